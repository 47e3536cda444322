"""Test the wire models of rooms, which Tencent Meeting and WeCom share."""

from dataclasses import fields
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, ClassVar

from hypothesis import given
import pytest

from custom_components.meeting_rooms.api import rooms_backend
from custom_components.meeting_rooms.api.errors import InvalidResponse
from custom_components.meeting_rooms.api.models.room import (
    AccountTier,
    AccountType,
    Health,
    RoomStatus,
)
from custom_components.meeting_rooms.api.wire import WireModel, parse_rows

from .any_json import ANY_JSON, MANY, objects_of
from .fixtures import sample_json

PARTS = ("basic_info", "account_info", "hardware_info", "pmi_info")
SAMPLES = pytest.mark.parametrize(
    "sample", ["tencent_meeting_room_details", "wecom_get_info"]
)


class Checked(WireModel):
    """A model with a field that must be a list."""

    expected_types: ClassVar = MappingProxyType({"rows": list})


@pytest.mark.parametrize("value", [None, "text", 7, [], True])
def test_any_other_value_becomes_an_empty_object(value: object) -> None:
    """The documentation specifies an object."""
    assert Checked.__pre_deserialize__(value) == {}


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"rows": [], "a": 1}, {"rows": [], "a": 1}),
        ({"a": 1}, {"a": 1}),
        ({"rows": None}, {"rows": None}),
        ({"rows": "none", "a": 1}, {}),
    ],
)
def test_an_object_with_a_field_of_another_type_is_unreadable(
    sent: object, expected: object
) -> None:
    """The field may be absent."""
    assert Checked.__pre_deserialize__(sent) == expected


@pytest.mark.parametrize("rows", [None, {}, "rows", 7])
def test_parse_rows_returns_no_rows_without_a_list(rows: object) -> None:
    """A list inside a row may be absent."""
    assert parse_rows(rooms_backend.DeviceRow, rows) == ()


# Details


@SAMPLES
def test_the_documented_sample_is_parsed_field_by_field(sample: str) -> None:
    """Empty text, "-", 0 hertz and a filler serial number are unknown."""
    page = sample_json(sample)
    assert rooms_backend.parse_details(page) == rooms_backend.DetailsPage(
        basic=rooms_backend.BasicInfo(
            rooms_ids=("200115200039985708",),
            name="会议室测试1",
            city="广州",
            building="大厦",
            floor="10",
            capacity=3,
            equipment="ROOMS",
            description="hello",
        ),
        account=rooms_backend.AccountInfo(type=AccountType.ORDINARY),
        hardware=rooms_backend.HardwareInfo(
            ip_address="10.10.10.69",
            mac_address="a1:ee:27:c1:8a:1a",
            software_version="2.7.2.420",
            health=Health.ERROR,
            system="10.13.6",
            status=RoomStatus.NOT_BOUND,
            activated_at=datetime(2021, 3, 23, 7, 37, 34, tzinfo=UTC),
            cpu_model=page["hardware_info"]["cpu_info"].split("|")[0],
            network_type="ethernet",
            camera_model=page["hardware_info"]["camera_model"],
            video_mirroring=True,
            microphone_model="内建麦克风",
            speaker_model="内建输出",
        ),
        meeting_number="12345678",
        alerts_enabled=False,
        callable=True,
        bookable=True,
    )


@SAMPLES
def test_a_newer_details_page_is_parsed(sample: str) -> None:
    """The page has a tier, another field for the password, and perhaps no meeting number."""
    page = sample_json(sample)
    page.pop("pmi_info", None)
    page["basic_info"].pop("password", None)
    page["basic_info"] |= {"admin_password_enabled": True, "admin_password": "MzMz"}
    page["account_info"] |= {"account_new_type": 1, "valid_period": "2027-03-31"}
    details = rooms_backend.parse_details(page)
    assert details.account == rooms_backend.AccountInfo(
        tier=AccountTier.PROFESSIONAL,
        type=AccountType.ORDINARY,
        valid_until="2027-03-31",
    )
    assert details.meeting_number is None
    assert "MzMz" not in repr(details)


@SAMPLES
def test_fillers_in_the_details_are_unknown(sample: str) -> None:
    """Fillers are a capacity of 0, a constant MAC address, a zero serial number and broken text."""
    page = sample_json(sample)
    page["basic_info"] |= {"participant_number": 0, "meeting_room_name": "会\ufffd"}
    page["hardware_info"] |= {"mac": "02:00:00:00:00:00", "sn": "0000000"}
    details = rooms_backend.parse_details(page)
    assert details.basic.capacity is None
    assert details.basic.name is None
    assert details.hardware.mac_address is None
    assert details.hardware.serial_number is None


@SAMPLES
@pytest.mark.parametrize("missing", PARTS)
def test_a_part_of_the_details_may_be_missing(sample: str, missing: str) -> None:
    """The other parts are parsed."""
    page = sample_json(sample)
    del page[missing]
    assert rooms_backend.parse_details(page).alerts_enabled is False


@SAMPLES
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("value", [None, "text", 7, [], [{}]])
def test_a_part_that_is_no_object_is_unknown(
    sample: str, part: str, value: object
) -> None:
    """The other parts are parsed."""
    details = rooms_backend.parse_details(sample_json(sample) | {part: value})
    complete = rooms_backend.parse_details(sample_json(sample))
    assert details != complete
    assert details.callable is complete.callable


@pytest.mark.parametrize(
    "page", [{}, {"basic_info": []}, {"error": "no such page"}, {"monitor_status": 1}]
)
def test_an_object_without_details_is_an_invalid_response(
    page: dict[str, object],
) -> None:
    """The last details of the room are kept."""
    with pytest.raises(InvalidResponse):
        rooms_backend.parse_details(page)


# Rows


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (0, RoomStatus.NOT_ACTIVATED),
        (1, RoomStatus.NOT_BOUND),
        (2, RoomStatus.IDLE),
        (3, RoomStatus.IN_USE),
        (4, RoomStatus.OFFLINE),
        (5, RoomStatus.NOT_LOGGED_IN),
        ("3", RoomStatus.IN_USE),
        (6, None),
        ("", None),
        (None, None),
    ],
)
def test_a_row_has_the_status_of_its_code(
    code: object, status: RoomStatus | None
) -> None:
    """An undocumented code is unknown."""
    assert (
        rooms_backend.RoomRow.from_dict({"meeting_room_status": code}).status is status
    )


def test_a_row_of_the_list_is_parsed_field_by_field() -> None:
    """The activation code has no field."""
    row = {
        "meeting_room_id": 100001,
        "meeting_room_name": "会议室测试1 ",
        "meeting_room_location": "广州-大厦-10",
        "account_new_type": 0,
        "account_type": 2,
        "active_code": "ACTIVE-CODE",
        "participant_number": 12,
        "meeting_room_status": 3,
        "scheduled_status": 0,
        "is_allow_call": False,
    }
    assert rooms_backend.RoomRow.from_dict(row) == rooms_backend.RoomRow(
        room_id="100001",
        name="会议室测试1",
        location="广州-大厦-10",
        status=RoomStatus.IN_USE,
        raw_status="3",
        capacity=12,
        bookable=False,
        callable=False,
        account_type=AccountType.TRIAL,
        account_tier=AccountTier.BASIC,
    )


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (0, AccountType.ORDINARY),
        (1, AccountType.SPECIAL),
        (2, AccountType.TRIAL),
        (3, None),
        (None, None),
    ],
)
def test_an_account_has_the_type_of_its_code(
    code: object, kind: AccountType | None
) -> None:
    """An undocumented code is unknown."""
    assert rooms_backend.AccountInfo.from_dict({"account_type": code}).type is kind


@pytest.mark.parametrize(
    ("sent", "health"),
    [
        ("OK", Health.OK),
        ("ok", Health.OK),
        ("Warning", Health.WARNING),
        (" error ", Health.ERROR),
        (1, Health.WARNING),
        ("1", Health.WARNING),
        (2, Health.ERROR),
        ("2", Health.ERROR),
        (0, None),
        (3, None),
        ("NORMAL", None),
        ("", None),
        (None, None),
        (True, None),
        ([], None),
    ],
)
def test_health_is_a_word_or_a_number(sent: object, health: Health | None) -> None:
    """Any other value is unknown, never OK."""
    assert (
        rooms_backend.HardwareInfo.from_dict({"health_status": sent}).health is health
    )


def test_a_device_is_parsed_field_by_field() -> None:
    """The id of the room may be a number."""
    row = {
        "meeting_room_id": 100001,
        "rooms_id": "200115200039985708",
        "device_model": "IdeaHub B2",
        "app_version": "3.19.1.512",
        "device_monitor_info": {"camera_status": True, "microphone_status": False},
    }
    assert rooms_backend.DeviceRow.from_dict(row) == rooms_backend.DeviceRow(
        room_id="100001",
        rooms_id="200115200039985708",
        model="IdeaHub B2",
        software_version="3.19.1.512",
        health=rooms_backend.DeviceMonitorInfo(camera=True, microphone=False),
    )


def test_a_controller_is_parsed_field_by_field() -> None:
    """All values are text."""
    row = {
        "rooms_id": "200115200039985708",
        "controller_name": "Controller 1",
        "manufacture_name": "Apple",
        "controller_model": "iPad7,11",
        "app_version": "3.19.1.512",
        "status": "1",
        "framework_version": "1.2.0",
        "ip_address": "10.11.0.1",
        "mac_address": "A2:EE:27:00:00:01",
        "cpu_type": "ARM",
        "cpu_usage": "1.7",
        "network_type": "wifi",
        "mem_usage": "3.6GB",
    }
    assert rooms_backend.ControllerRow.from_dict(row) == rooms_backend.ControllerRow(
        rooms_id="200115200039985708",
        name="Controller 1",
        manufacturer="Apple",
        model="iPad7,11",
        software_version="3.19.1.512",
        firmware_version="1.2.0",
        online=True,
        ip_address="10.11.0.1",
        mac_address="a2:ee:27:00:00:01",
        cpu_model="ARM",
        cpu_usage=1.7,
        network_type="wifi",
        memory_usage="3.6GB",
    )


def test_a_controller_with_an_unreadable_mac_address_is_unreadable() -> None:
    """Without the address the controller would get another id, and thus another device."""
    row = {"rooms_id": "7", "controller_name": "Left", "mac_address": 7}
    assert rooms_backend.ControllerRow.from_dict(row) == rooms_backend.ControllerRow()


# Any JSON value


MODELS = (
    "RoomRow",
    "DetailsPage",
    "BasicInfo",
    "AccountInfo",
    "HardwareInfo",
    "DeviceMonitorInfo",
    "DeviceRow",
    "ControllerRow",
)


def keys_of(model: Any) -> list[str]:
    """Return the vendor's names of a model's fields."""
    return [field.metadata["alias"] for field in fields(model) if field.init]


@pytest.mark.parametrize("name", MODELS)
def test_a_model_accepts_any_json_value(name: str) -> None:
    """Values that cannot be parsed are unknown."""
    model = getattr(rooms_backend, name)

    @given(sent=objects_of(keys_of(model)) | ANY_JSON)
    @MANY
    def check(sent: Any) -> None:
        assert isinstance(model.from_dict(sent), model)

    check()


@given(sent=objects_of([*PARTS, "monitor_status", "is_allow_call"]))
@MANY
def test_details_accept_any_json_object(sent: dict[str, object]) -> None:
    """Return details or raise InvalidResponse."""
    outcome: object
    try:
        outcome = rooms_backend.parse_details(sent)
    except InvalidResponse as err:
        outcome = err
    assert isinstance(outcome, rooms_backend.DetailsPage | InvalidResponse)
