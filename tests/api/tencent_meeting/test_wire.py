"""Test the wire models that only Tencent Meeting has."""

from typing import Any

from hypothesis import given
import pytest

from custom_components.meeting_rooms.api.models.room import Health
from custom_components.meeting_rooms.api.tencent_meeting.wire import (
    AlarmInfo,
    AlarmsRow,
)

from ..any_json import ANY_JSON, MANY, objects_of


def test_a_row_of_the_alarms_is_parsed_field_by_field() -> None:
    """An alarm with an undocumented code is kept."""
    row = {
        "rooms_id": "200115200039985708",
        "meeting_room_id": 100001,
        "health_status": 2,
        "alarm_info_list": [
            {"health_code": "device_off_line", "health_desc": "设备离线"},
            {"health_code": "on_fire"},
            "nonsense",
        ],
    }
    assert AlarmsRow.from_dict(row) == AlarmsRow(
        room_id="100001",
        rooms_id="200115200039985708",
        health=Health.ERROR,
        alarms=(
            AlarmInfo(code="device_off_line", description="设备离线"),
            AlarmInfo(code="on_fire"),
        ),
    )


@pytest.mark.parametrize("alarms", ["none", {}, 7, True])
def test_a_row_with_unreadable_alarms_is_unreadable(alarms: object) -> None:
    """The alarms of the room are not treated as ended."""
    row = {"meeting_room_id": 100001, "alarm_info_list": alarms}
    assert AlarmsRow.from_dict(row) == AlarmsRow()


@given(
    sent=objects_of(["meeting_room_id", "health_status", "alarm_info_list"]) | ANY_JSON
)
@MANY
def test_a_row_of_the_alarms_accepts_any_json_value(sent: Any) -> None:
    """Values that cannot be parsed are unknown."""
    assert isinstance(AlarmsRow.from_dict(sent), AlarmsRow)
