"""Test that the stored options are read with their defaults."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.meeting_rooms.account.options import (
    MeetingOptions,
    RoomSettings,
    room_settings,
)
from custom_components.meeting_rooms.api.models.booking import Titles
from custom_components.meeting_rooms.rooms.availability import Rules

NONSENSE: list[Any] = [None, "", "full ", [], {}, ["full"], -1, 0, float("nan"), 1e9]


def test_options_have_the_documented_defaults() -> None:
    """An account without options keeps no title."""
    options = MeetingOptions.from_options({})
    assert options == MeetingOptions()
    assert options.titles is Titles.BUSY_ONLY
    assert options.rules == Rules(
        soon=timedelta(minutes=10),
        ready=timedelta(minutes=15),
        no_show=timedelta(minutes=10),
        no_show_exempt=timedelta(hours=3),
    )
    assert options.area_presence
    assert options.office_hours is None
    assert not options.booking_rooms


def test_stored_options_are_read() -> None:
    """Read every option; numbers may be stored as decimals."""
    options = MeetingOptions.from_options(
        {
            "titles": "organizer",
            "soon_minutes": 60,
            "ready_minutes": 120.0,
            "no_show_minutes": 1,
            "no_show_exempt_hours": 24,
            "area_presence": False,
            "office_hours": "schedule.office",
            "booking_rooms": True,
        }
    )
    assert options == MeetingOptions(
        titles=Titles.ORGANIZER,
        rules=Rules(
            soon=timedelta(hours=1),
            ready=timedelta(hours=2),
            no_show=timedelta(minutes=1),
            no_show_exempt=timedelta(hours=24),
        ),
        area_presence=False,
        office_hours="schedule.office",
        booking_rooms=True,
    )


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize(
    "key",
    [
        "titles",
        "soon_minutes",
        "ready_minutes",
        "no_show_minutes",
        "no_show_exempt_hours",
        "area_presence",
        "booking_rooms",
    ],
)
def test_a_stored_value_that_is_not_valid_counts_as_the_default(
    key: str, value: Any
) -> None:
    """An account is set up in spite of it."""
    assert MeetingOptions.from_options({key: value}) == MeetingOptions()


@pytest.mark.parametrize("value", [True, 61, 60.5, "10"])
def test_a_number_out_of_range_counts_as_the_default(value: Any) -> None:
    """Accept only 1 to 60 minutes."""
    options = MeetingOptions.from_options({"soon_minutes": value})
    assert options == MeetingOptions()


@pytest.mark.parametrize("value", [None, "", " ", 1, ["schedule.office"]])
def test_office_hours_without_an_entity_are_none(value: Any) -> None:
    """Count the utilization at any time."""
    assert MeetingOptions.from_options({"office_hours": value}) == MeetingOptions()


def test_settings_of_a_room_are_read() -> None:
    """Return those of the room, and none of another one."""
    options = {
        "room_settings": {
            "1": {
                "calendar": "calendar.one",
                "presence": ["binary_sensor.one", "binary_sensor.two"],
                "booking_room": "7",
            }
        }
    }
    assert room_settings(options, "1") == RoomSettings(
        calendar="calendar.one",
        presence=("binary_sensor.one", "binary_sensor.two"),
        booking_room="7",
    )
    assert room_settings(options, "2") == RoomSettings()


@pytest.mark.parametrize(
    "options",
    [
        {},
        *({"room_settings": each} for each in NONSENSE),
        *({"room_settings": {"1": each}} for each in NONSENSE),
        {"room_settings": {"1": {"calendar": 1, "presence": "binary_sensor.one"}}},
        {"room_settings": {"1": {"presence": [None, "", 1], "booking_room": []}}},
    ],
)
def test_room_without_valid_settings_has_none(options: dict[str, Any]) -> None:
    """A room is set up in spite of them."""
    assert room_settings(options, "1") == RoomSettings()
