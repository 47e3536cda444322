"""Test that the vendors' pages become rooms, field by field."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
import pytest

from custom_components.meeting_rooms.api.errors import InvalidResponse
from custom_components.meeting_rooms.api.models.room import (
    AccountDetails,
    AccountTier,
    AccountType,
    Alarm,
    BasicDetails,
    Controller,
    Device,
    DeviceAlarms,
    DeviceHealth,
    HardwareDetails,
    Health,
    MeetingNumber,
    RoomDetails,
    RoomStatus,
    RoomSummary,
    parse_details,
    parse_health,
    parse_processor,
)
from custom_components.meeting_rooms.api.wire import WireModel, parse_rows

from ..any_json import ANY_JSON, MANY, objects_of
from ..fixtures import answer

DETAIL_PARTS = ("basic_info", "account_info", "hardware_info", "pmi_info")


@pytest.mark.parametrize(
    ("page", "camera"),
    [
        ("tencent_meeting_room_details", "FaceTime 高清摄像头(内建)"),
        ("wecom_get_info", "FaceTime 高清摄像头（内建）"),
    ],
)
def test_the_sample_on_the_vendors_page_is_read_field_by_field(
    page: str, camera: str
) -> None:
    """What is empty there, "-" or 0 hertz is unknown; the passwords have no field."""
    assert parse_details(answer(page)) == RoomDetails(
        basic=BasicDetails(
            rooms_ids=("200115200039985708",),
            name="会议室测试1",
            city="广州",
            building="大厦",
            floor="10",
            capacity=3,
            equipment="ROOMS",
            description="hello",
        ),
        account=AccountDetails(type=AccountType.ORDINARY, tier=None, valid_until=None),
        hardware=HardwareDetails(
            manufacturer=None,
            model=None,
            serial_number=None,
            ip_address="10.10.10.69",
            mac_address="a1:ee:27:c1:8a:1a",
            software_version="2.7.2.420",
            firmware_version=None,
            health=Health.ERROR,
            system="10.13.6",
            status=RoomStatus.NOT_BOUND,
            activated_at=datetime(2021, 3, 23, 7, 37, 34, tzinfo=UTC),
            cpu_model=answer(page)["hardware_info"]["cpu_info"].split("|")[0],
            cpu_usage=None,
            gpu_model=None,
            network_type="ethernet",
            memory=None,
            refresh_rate=None,
            camera_model=camera,
            video_mirroring=True,
            microphone_model="内建麦克风",
            speaker_model="内建输出",
        ),
        meeting_number=MeetingNumber(number="12345678"),
        alerts_enabled=False,
        callable=True,
        bookable=True,
    )


def test_a_newer_details_page_is_read_too() -> None:
    """It has a tier, and a password that may be missing; the meeting number may too."""
    page = answer("tencent_meeting_room_details")
    del page["pmi_info"], page["basic_info"]["password"]
    page["basic_info"] |= {"admin_password_enabled": True, "admin_password": "MzMz"}
    page["account_info"] |= {"account_new_type": 1, "valid_period": "2027-03-31"}
    read = parse_details(page)
    assert read.account == AccountDetails(
        tier=AccountTier.PROFESSIONAL,
        type=AccountType.ORDINARY,
        valid_until="2027-03-31",
    )
    assert read.meeting_number == MeetingNumber()
    assert "MzMz" not in repr(read)


@pytest.mark.parametrize("missing", DETAIL_PARTS)
def test_a_part_of_the_details_may_be_missing(missing: str) -> None:
    """The others are read all the same."""
    page = answer("wecom_get_info")
    del page[missing]
    assert parse_details(page).alerts_enabled is False


@pytest.mark.parametrize("part", DETAIL_PARTS)
@pytest.mark.parametrize("nonsense", [None, "text", 7, [], [{}]])
def test_a_part_that_is_no_object_is_unknown(part: str, nonsense: object) -> None:
    """The others are read all the same."""
    read = parse_details(answer("wecom_get_info") | {part: nonsense})
    whole = parse_details(answer("wecom_get_info"))
    assert read != whole
    assert read.callable is whole.callable


@pytest.mark.parametrize(
    "page",
    [{}, {"basic_info": []}, {"error": "no such page"}, {"monitor_status": 1}],
)
def test_an_object_that_is_no_details_page_is_an_invalid_answer(
    page: dict[str, object],
) -> None:
    """A room is not wiped by somebody else's JSON."""
    with pytest.raises(InvalidResponse):
        parse_details(page)


@pytest.mark.parametrize(
    ("number", "status"),
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
def test_a_row_of_the_list_tells_the_status(
    number: object, status: RoomStatus | None
) -> None:
    """Also 5, which the pages of old do not name."""
    assert RoomSummary.from_dict({"meeting_room_status": number}).status is status


def test_the_states_of_a_room_stand_in_their_fixed_order() -> None:
    """Automations and dashboards list them so."""
    assert [*RoomStatus] == [
        "idle",
        "in_use",
        "offline",
        "not_logged_in",
        "not_bound",
        "not_activated",
    ]


def test_a_row_of_the_list_is_read_field_by_field() -> None:
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
    assert RoomSummary.from_dict(row) == RoomSummary(
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
    ("number", "kind"),
    [
        (0, AccountType.ORDINARY),
        (1, AccountType.SPECIAL),
        (2, AccountType.TRIAL),
        (3, None),
        (None, None),
    ],
)
def test_the_kind_of_account_is_read_by_its_number(
    number: object, kind: AccountType | None
) -> None:
    """A new kind is unknown."""
    assert AccountDetails.from_dict({"account_type": number}).type is kind


@pytest.mark.parametrize(
    ("sent", "health"),
    [
        ("OK", Health.OK),
        ("ok", Health.OK),
        ("WARNING", Health.WARNING),
        ("Warning", Health.WARNING),
        ("ERROR", Health.ERROR),
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
def test_health_comes_as_a_word_or_a_number(
    sent: object, health: Health | None
) -> None:
    """Whatever else comes is unknown, never well."""
    assert parse_health(sent) is health


@pytest.mark.parametrize(
    ("sent", "model"),
    [
        ("i7|i7|i7", "i7"),
        ("i7 | i5 |i7", "i7, i5"),
        ("i7", "i7"),
        ("|", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_a_processor_is_named_once(sent: object, model: str | None) -> None:
    """The vendors repeat it for every logical one."""
    assert parse_processor(sent) == model


@pytest.mark.parametrize(
    ("place", "location"),
    [
        ({"city": "广州", "building": "大厦", "floor": "10"}, "广州-大厦-10"),
        ({"city": "广州", "building": "", "floor": 10}, "广州-10"),
        ({}, None),
    ],
)
def test_a_location_is_put_together_as_the_list_does(
    place: dict[str, object], location: str | None
) -> None:
    """What is not known is left out."""
    assert BasicDetails.from_dict(place).location == location


def test_a_row_of_the_device_list_is_read_field_by_field() -> None:
    """The id of the room may be a number."""
    row = {
        "meeting_room_id": 100001,
        "rooms_id": "200115200039985708",
        "device_model": "IdeaHub B2",
        "app_version": "3.19.1.512",
        "device_monitor_info": {"camera_status": True, "microphone_status": False},
    }
    assert Device.from_dict(row) == Device(
        room_id="100001",
        rooms_id="200115200039985708",
        model="IdeaHub B2",
        software_version="3.19.1.512",
        health=DeviceHealth(camera=True, microphone=False, speaker=None),
    )


def test_a_row_of_the_alarm_list_is_read_field_by_field() -> None:
    """An alarm that no page knows is an alarm all the same."""
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
    assert DeviceAlarms.from_dict(row) == DeviceAlarms(
        room_id="100001",
        rooms_id="200115200039985708",
        health=Health.ERROR,
        alarms=(
            Alarm(code="device_off_line", description="设备离线"),
            Alarm(code="on_fire"),
        ),
    )


def test_a_controller_is_read_field_by_field() -> None:
    """All of it comes as text."""
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
    assert Controller.from_dict(row) == Controller(
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


@pytest.mark.parametrize(
    ("controller", "identifier"),
    [
        (
            Controller(rooms_id="7", mac_address="a2:ee:27:00:00:01", name="Left"),
            "7_a2:ee:27:00:00:01",
        ),
        (Controller(rooms_id="7", name="Left"), "7_Left"),
        (Controller(rooms_id="7"), "7_1"),
        (Controller(name="Left"), None),
    ],
)
def test_a_controller_is_told_from_the_others_of_its_room(
    controller: Controller, identifier: str | None
) -> None:
    """By its network address, or else by its name."""
    assert controller.controller_id == identifier


@pytest.mark.parametrize("rows", [None, {}, "rows", 7])
def test_rows_that_are_no_list_are_no_rows(rows: object) -> None:
    """A list inside a row may be missing."""
    assert parse_rows(Alarm, rows) == ()


PAGES: list[tuple[type[WireModel], tuple[str, ...]]] = [
    (
        RoomSummary,
        (
            "meeting_room_id",
            "meeting_room_name",
            "meeting_room_location",
            "meeting_room_status",
            "participant_number",
            "scheduled_status",
            "is_allow_call",
            "account_type",
            "account_new_type",
        ),
    ),
    (
        RoomDetails,
        (*DETAIL_PARTS, "monitor_status", "is_allow_call", "scheduled_status"),
    ),
    (
        BasicDetails,
        (
            "rooms_id_list",
            "meeting_room_name",
            "city",
            "building",
            "floor",
            "participant_number",
            "device",
            "desc",
        ),
    ),
    (AccountDetails, ("account_new_type", "account_type", "valid_period")),
    (
        HardwareDetails,
        (
            "factory",
            "device_model",
            "sn",
            "ip",
            "mac",
            "rooms_version",
            "firmware_version",
            "health_status",
            "system_type",
            "meeting_room_status",
            "active_time",
            "cpu_info",
            "cpu_usage",
            "gpu_info",
            "net_type",
            "memory_info",
            "monitor_frequency",
            "camera_model",
            "enable_video_mirror",
            "microphone_info",
            "speaker_info",
        ),
    ),
    (MeetingNumber, ("pmi_code",)),
    (DeviceHealth, ("camera_status", "microphone_status", "speaker_status")),
    (Device, ("meeting_room_id", "rooms_id", "device_model", "device_monitor_info")),
    (DeviceAlarms, ("meeting_room_id", "health_status", "alarm_info_list")),
    (Alarm, ("health_code", "health_desc")),
    (
        Controller,
        (
            "rooms_id",
            "controller_name",
            "controller_model",
            "status",
            "ip_address",
            "mac_address",
            "cpu_type",
            "cpu_usage",
            "mem_usage",
        ),
    ),
]


@pytest.mark.parametrize(("page", "keys"), PAGES)
def test_no_json_value_whatever_upsets_a_page(
    page: type[WireModel], keys: tuple[str, ...]
) -> None:
    """It is read, with what cannot be read unknown."""

    @given(sent=objects_of(keys) | ANY_JSON)
    @MANY
    def check(sent: Any) -> None:
        assert isinstance(page.from_dict(sent), page)

    check()


@given(sent=objects_of([*DETAIL_PARTS, "monitor_status", "is_allow_call"]))
@MANY
def test_no_json_object_whatever_upsets_the_details(sent: dict[str, object]) -> None:
    """It is read, or an invalid answer, and nothing else."""
    outcome: RoomDetails | InvalidResponse
    try:
        outcome = parse_details(sent)
    except InvalidResponse as err:
        outcome = err
    objects = [sent.get(part) for part in DETAIL_PARTS]
    assert isinstance(outcome, RoomDetails) is any(isinstance(o, dict) for o in objects)
