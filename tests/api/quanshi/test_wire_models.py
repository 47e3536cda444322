"""Test the wire models of Quanshi, field by field."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
import pytest

from custom_components.meeting_rooms.api.models.conference import (
    ConferenceMode,
    ConferenceStatus,
    NodeType,
    Recurrence,
)
from custom_components.meeting_rooms.api.quanshi.booking import (
    QuanshiAttendee,
    QuanshiBookedRoom,
    QuanshiBooking,
    QuanshiRole,
    QuanshiRoomDevice,
)
from custom_components.meeting_rooms.api.quanshi.live import (
    QuanshiLiveState,
    QuanshiRun,
)
from custom_components.meeting_rooms.api.quanshi.rooms import QuanshiRoom
from custom_components.meeting_rooms.api.wire import WireModel

from ..any_json import ANY_JSON, MANY, objects_of
from ..fixtures import sample_json
from .responses import sample_booking, sample_run

ROLES = {
    "采购代理都看": ("1000", 1),
    "监管-看视频": ("1001", 2),
    "评标人被监控": ("1003", 3),
    "联席-看桌面": ("1004", 2),
}


def test_the_vendors_sample_of_a_booking_is_parsed() -> None:
    """The model has no field for passwords and join links."""
    assert QuanshiBooking.from_dict(sample_booking()) == QuanshiBooking(
        event_id="649128",
        conference_id="239828761",
        title="112233",
        host="特色图",
        host_id="88893351",
        booking_status=ConferenceStatus.CREATED,
        start=datetime(2024, 2, 21, 2, 30, tzinfo=UTC),
        end=datetime(2024, 2, 21, 3, 30, tzinfo=UTC),
        booked_duration=60,
        created_at=datetime(2024, 2, 21, 2, 14, 41, tzinfo=UTC),
        modified_at=datetime(2024, 2, 21, 2, 14, 40, tzinfo=UTC),
        time_zone="Asia/Shanghai",
        node_type=NodeType.STANDARD,
        on_site=False,
        login_required=False,
        tags_offered=False,
        billing_code="95519736",
        customer_code="154553",
        h323_addresses="192.168.37.91",
        invited=1,
        attendees=(QuanshiAttendee(reply="W", kind=1, role_id="1000"),),
        template_roles=tuple(
            QuanshiRole(role_id=role_id, name=name, kind=kind)
            for name, (role_id, kind) in ROLES.items()
        ),
        h323=False,
        watchword_required=False,
        template_id="191005",
        encryption=0,
        extended=False,
        test=False,
        live=False,
        hub=False,
        rebroadcast=False,
        same_password=False,
        access_numbers_shown=False,
        web_link_shown=False,
    )


def test_the_vendors_sample_of_a_run_is_parsed() -> None:
    """An active run has no end; the host's mail, phone and IP address have no field."""
    assert QuanshiRun.from_dict(sample_run()) == QuanshiRun(
        run_id="56039682",
        event_id="1165158",
        run_status=ConferenceStatus.IN_PROGRESS,
        host="张三",
        host_id="10001",
        host_organization="2001",
        host_location="上海",
        billing_code="990001_239848688",
        customer_code="990001",
        started_at=datetime(2024, 5, 13, 11, 33, 20, tzinfo=UTC),
        duration=3600,
        secure=False,
        recording=True,
        data_center="阿里云",
        participants=15,
        voip=10,
        phone=2,
        video=8,
        screen_shares=3,
        hardware_video=0,
        room_boxes=0,
        raw_participants=15,
        raw_phone=2,
    )


def test_the_vendors_sample_of_booked_rooms_is_parsed() -> None:
    """The model has no field for the applicant."""
    booking = QuanshiBooking.from_dict(sample_json("quanshi_booked_rooms"))
    assert booking.houses[0] == QuanshiBookedRoom(
        device_id="6518",
        name="杏花村",
        kind=2,
        city="西安",
        location="锦业路",
        floor="14",
        venue=0,
        parent_id="0",
        approval=1,
    )
    assert booking.detailed_houses[0].devices == (
        QuanshiRoomDevice(device_id="6546", name="盒子"),
        QuanshiRoomDevice(device_id="6547", name="盒子2"),
    )
    assert "22563698" not in repr(booking)


def test_no_secret_of_the_vendors_samples_is_kept() -> None:
    """Neither the booking nor the run contains a secret."""
    booking, run = sample_booking(), sample_run()
    secrets = {
        *(booking[key] for key in ("pcode1", "pcode2", "hostJoinUrl", "wcallurl")),
        *(booking[key] for key in ("attendeeJoinUrl", "webRTCUrl")),
        booking["calExtraInfo"]["eventHostSecret"],
        *(role["link"] for role in booking["btplRole"]),
        *(run[key] for key in ("pcode2", "hostMobile", "hostEmail", "hostIp")),
    }
    kept = repr(QuanshiBooking.from_dict(booking)) + repr(QuanshiRun.from_dict(run))
    assert [secret for secret in secrets if secret in kept] == []


@pytest.mark.parametrize("hide", [1, "1", True])
@pytest.mark.parametrize("more", [{}, {"hide": 0}])
def test_a_hidden_title_is_dropped(hide: object, more: dict[str, object]) -> None:
    """The settings of the booking hide the title; the response itself is not changed."""
    settings = {"hide": hide, "title": "Secret plan"}
    fields = (
        sample_booking() | {"title": "Secret plan", "calExtraInfo": settings} | more
    )
    booking = QuanshiBooking.from_dict(fields)
    assert booking.title is None
    assert "Secret plan" not in repr(booking)
    assert fields["title"] == "Secret plan"


@pytest.mark.parametrize("settings", [{"hide": 0}, {}, None, [], "text"])
def test_a_title_that_is_not_hidden_is_kept(settings: object) -> None:
    """The settings may be missing."""
    fields = sample_booking() | {"calExtraInfo": settings}
    assert QuanshiBooking.from_dict(fields).title == "112233"


def test_settings_may_be_a_string_of_json() -> None:
    """Settings in a string hide the title as an object does."""
    fields = sample_booking() | {"calExtraInfo": '{"hide": 1, "isTest": 1}'}
    booking = QuanshiBooking.from_dict(fields)
    assert (booking.title, booking.test) == (None, True)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"billingcode": "a"}, "a"),
        ({"billingCode": "b"}, "b"),
        ({"billingCode": "b", "billingcode": "a"}, "b"),
        ({}, None),
    ],
)
def test_the_billing_code_has_two_spellings(
    fields: dict[str, object], code: str | None
) -> None:
    """The vendor's table and its sample spell the field differently."""
    assert QuanshiBooking.from_dict(fields).billing_code == code


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (0, ConferenceStatus.CANCELLED),
        (1, ConferenceStatus.CREATED),
        (2, None),
        (4, ConferenceStatus.ENDED),
        ("4", ConferenceStatus.ENDED),
        (None, None),
    ],
)
def test_each_code_of_a_booking_has_its_status(
    number: object, status: ConferenceStatus | None
) -> None:
    """No code means that the conference is running."""
    assert QuanshiBooking.from_dict({"status": number}).booking_status is status


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (0, None),
        (1, ConferenceStatus.CREATED),
        (2, ConferenceStatus.IN_PROGRESS),
        (4, ConferenceStatus.ENDED),
        (5, ConferenceStatus.EXPIRED),
        (3, None),
    ],
)
def test_each_code_of_a_live_state_has_its_status(
    number: int, status: ConferenceStatus | None
) -> None:
    """Code 0 means that there is no such booking."""
    state = QuanshiLiveState.from_dict({"eventId": 7, "status": number})
    assert (state.event_id, state.status) == ("7", status)
    assert state.does_not_exist is (number == 0)


def test_a_conference_that_is_not_running_has_no_run_id() -> None:
    """The vendor sends an empty string."""
    assert QuanshiLiveState.from_dict({"tempConferenceId": ""}).run_id is None


@pytest.mark.parametrize(
    ("number", "status"),
    [
        (2, ConferenceStatus.IN_PROGRESS),
        (4, ConferenceStatus.ENDED),
        (1, None),
    ],
)
def test_each_code_of_a_run_has_its_status(
    number: int, status: ConferenceStatus | None
) -> None:
    """The magnitude of a time shows whether the unit is seconds or milliseconds."""
    run = QuanshiRun.from_dict({"status": number, "stopTime": 1715603600000})
    assert run.run_status is status
    assert run.ended_at == datetime(2024, 5, 13, 12, 33, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("letter", "recurrence"),
    [
        ("E", Recurrence.SINGLE),
        ("M", Recurrence.RECURRING),
        ("m ", Recurrence.RECURRING),
        ("X", None),
        ("", None),
        (None, None),
        (1, None),
    ],
)
def test_each_letter_has_its_recurrence(
    letter: object, recurrence: Recurrence | None
) -> None:
    """Undocumented letters are unknown."""
    assert QuanshiBooking.from_dict({"calType": letter}).recurrence is recurrence


@pytest.mark.parametrize(
    ("number", "mode"), [(0, ConferenceMode.VIDEO), (1, ConferenceMode.DATA), (2, None)]
)
def test_each_number_has_its_mode(number: object, mode: ConferenceMode | None) -> None:
    """Undocumented numbers are unknown."""
    assert QuanshiBooking.from_dict({"confMode": number}).mode is mode


@pytest.mark.parametrize(("number", "on_site"), [(0, True), (1, False), (None, None)])
def test_a_conference_without_the_cloud_is_on_site(
    number: object, on_site: bool | None
) -> None:
    """The vendor's flag is the inverse of the field."""
    assert QuanshiBooking.from_dict({"isGnet": number}).on_site is on_site


@pytest.mark.parametrize(
    ("room", "held"),
    [
        ({"ApprovalStatus": 0}, False),
        ({"ApprovalStatus": 1}, False),
        ({"ApprovalStatus": 2}, True),
        ({"ApprovalStatus": "2"}, True),
        ({"ApprovalStatus": 3}, False),
        ({"ApplyStatus": 2}, True),
        ({"ApplyStatus": 1}, False),
        ({"ApprovalStatus": 1, "ApplyStatus": 2}, False),
        ({"ApprovalStatus": None, "ApplyStatus": 2}, True),
        ({}, False),
        ({"ApprovalStatus": 2, "DeviceType": 2}, True),
        ({"ApprovalStatus": 2, "DeviceType": 3}, False),
    ],
)
def test_only_an_approved_room_is_held(room: dict[str, object], held: bool) -> None:
    """A device is not a room, and a room with an unknown approval is not held."""
    assert QuanshiBookedRoom.from_dict(room).held is held


MODELS: list[tuple[type[WireModel], tuple[str, ...]]] = [
    (QuanshiBooking, (*sample_booking(), *sample_booking()["calExtraInfo"])),
    (
        QuanshiBookedRoom,
        (*sample_json("quanshi_booked_rooms")["houseList"][0], "SubDevices"),
    ),
    (QuanshiRoomDevice, ("DeviceId", "DeviceName", "DeviceType")),
    (QuanshiAttendee, ("status", "userType", "roleId")),
    (QuanshiLiveState, ("eventId", "status", "tempConferenceId")),
    (QuanshiRun, tuple(sample_run())),
    (QuanshiRole, ("roleId", "roleName", "managerType")),
    (QuanshiRoom, ("roomId", "name", "capacity", "status")),
]


@pytest.mark.parametrize(("model", "keys"), MODELS)
def test_any_json_value_is_parsed(
    model: type[WireModel], keys: tuple[str, ...]
) -> None:
    """A value that cannot be parsed is unknown."""

    @given(sent=objects_of(keys) | ANY_JSON)
    @MANY
    def check(sent: Any) -> None:
        """Parse one value."""
        assert isinstance(model.from_dict(sent), model)

    check()
