"""Test that Quanshi's pages become conferences, field by field."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
import pytest

from custom_components.meeting_rooms.api.models.conference import (
    Conference,
    ConferenceRun,
    LiveState,
    rooms_in_use,
)
from custom_components.meeting_rooms.api.quanshi.attendees import (
    Attendee,
    AttendeeKind,
    InvitationReply,
    Role,
    RoleKind,
)
from custom_components.meeting_rooms.api.quanshi.booking import (
    BookingSettings,
    ConferenceBooking,
    ConferenceMode,
    ConferenceStatus,
    NodeType,
    Recurrence,
    parse_recurrence,
)
from custom_components.meeting_rooms.api.quanshi.rooms import (
    RequestedDevice,
    RequestedRoom,
    Venue,
)
from custom_components.meeting_rooms.api.wire import WireModel

from ..any_json import ANY_JSON, MANY, objects_of
from ..fixtures import answer

ROLES = {
    "采购代理都看": ("1000", RoleKind.HOST),
    "监管-看视频": ("1001", RoleKind.CO_HOST),
    "评标人被监控": ("1003", RoleKind.PARTICIPANT),
    "联席-看桌面": ("1004", RoleKind.CO_HOST),
}
APPROVED, ROOM, DEVICE = 2, 2, 3


def printed_booking() -> dict[str, Any]:
    """Return the booking that the vendor's page prints."""
    booking: dict[str, Any] = answer("quanshi_conference_infos")["result"][0]
    return booking


def test_the_sample_booking_on_the_vendors_page_is_read_field_by_field() -> None:
    """Passwords and join links have no field."""
    assert ConferenceBooking.from_dict(printed_booking()) == ConferenceBooking(
        event_id="649128",
        conference_id="239828761",
        title="112233",
        host="特色图",
        host_id="88893351",
        status=ConferenceStatus.CREATED,
        start=datetime(2024, 2, 21, 2, 30, tzinfo=UTC),
        end=datetime(2024, 2, 21, 3, 30, tzinfo=UTC),
        length=60,
        created_at=datetime(2024, 2, 21, 2, 14, 41, tzinfo=UTC),
        modified_at=datetime(2024, 2, 21, 2, 14, 40, tzinfo=UTC),
        timezone="Asia/Shanghai",
        recurrence=None,
        mode=None,
        node_type=NodeType.STANDARD,
        in_cloud=True,
        login_required=False,
        tags_offered=False,
        tags=None,
        billing_code="95519736",
        customer_code="154553",
        invited=1,
        attendees=(
            Attendee(
                answer=InvitationReply.CONFIRMED,
                kind=AttendeeKind.INTERNAL,
                role_id="1000",
            ),
        ),
        h323_addresses=("192.168.37.91",),
        houses=(),
        detailed_houses=(),
        equipment=(),
        roles=tuple(
            Role(role_id=role_id, name=name, kind=kind)
            for name, (role_id, kind) in ROLES.items()
        ),
        settings=BookingSettings(
            h323=False,
            watchword_required=False,
            labels=None,
            created_by=None,
            template_id="191005",
            encryption=0,
            extended=False,
            hidden=False,
            test=False,
            live=False,
            hub=False,
            rebroadcast=False,
            same_password=False,
            access_numbers_shown=False,
            web_link_shown=False,
        ),
    )


def test_the_sample_run_on_the_vendors_page_is_read_field_by_field() -> None:
    """A run that goes on has no end; the host's mail, mobile and address have no field."""
    fields = answer("quanshi_dashboard_conference_info")["result"]
    assert ConferenceRun.from_dict(fields) == ConferenceRun(
        run_id="56039682",
        event_id="1165158",
        status=ConferenceStatus.IN_PROGRESS,
        host="张三",
        host_id="10001",
        host_organization="2001",
        host_location="上海",
        billing_code="990001_239848688",
        customer_code="990001",
        started_at=datetime(2024, 5, 13, 11, 33, 20, tzinfo=UTC),
        ended_at=None,
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


def test_no_secret_of_the_vendors_samples_is_kept() -> None:
    """Neither of the booking nor of the run."""
    booking = printed_booking()
    run = answer("quanshi_dashboard_conference_info")["result"]
    secrets = {
        *(booking[key] for key in ("pcode1", "pcode2", "hostJoinUrl", "wcallurl")),
        *(booking[key] for key in ("attendeeJoinUrl", "webRTCUrl")),
        booking["calExtraInfo"]["eventHostSecret"],
        *(role["link"] for role in booking["btplRole"]),
        *(run[key] for key in ("pcode2", "hostMobile", "hostEmail", "hostIp")),
    }
    kept = repr(ConferenceBooking.from_dict(booking)) + repr(
        ConferenceRun.from_dict(run)
    )
    assert [secret for secret in secrets if secret in kept] == []


def test_the_rooms_of_the_vendors_samples_are_asked_for_but_not_held() -> None:
    """Both samples show a request that was refused."""
    booking = ConferenceBooking.from_dict(
        printed_booking() | answer("quanshi_booked_rooms")
    )
    assert [(room.room_id, room.name) for room in booking.houses] == [
        ("6518", "杏花村"),
        ("6516", "杏花村2"),
    ]
    assert [room.room_id for room in booking.detailed_houses] == ["6516"]
    assert booking.held_rooms == frozenset()


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
        ({"ApprovalStatus": 2, "DeviceType": ROOM}, True),
        ({"ApprovalStatus": 2, "DeviceType": DEVICE}, False),
    ],
)
def test_a_room_is_held_only_when_approved(room: dict[str, object], held: bool) -> None:
    """Pending, refused, withdrawn and unknown do not hold; a device is no room."""
    assert RequestedRoom.from_dict(room).held is held


def test_held_rooms_are_found_in_either_list() -> None:
    """With ids as numbers or text; what stands in a room is none."""
    fields = {
        "houseList": [{"DeviceId": 1, "ApprovalStatus": 2}, {"ApprovalStatus": 2}],
        "detailHouseList": [
            {"DeviceId": "1", "ApplyStatus": 2},
            {"DeviceId": "2", "ApplyStatus": 2, "SubDevices": [{"DeviceId": 9}]},
        ],
        "equipList": [{"DeviceId": 3, "DeviceType": 3, "ApprovalStatus": 2}],
    }
    assert ConferenceBooking.from_dict(fields).held_rooms == {"1", "2"}


def test_the_rooms_of_the_vendors_samples_are_read_field_by_field() -> None:
    """Who asked for them has no field."""
    booking = ConferenceBooking.from_dict(answer("quanshi_booked_rooms"))
    assert booking.houses[0] == RequestedRoom(
        room_id="6518",
        name="杏花村",
        kind=ROOM,
        city="西安",
        location="锦业路",
        floor="14",
        venue=None,
        parent_id="0",
        parent_kind=0,
        approval=1,
    )
    assert booking.detailed_houses[0].devices == (
        RequestedDevice(device_id="6546", name="盒子", kind=DEVICE),
        RequestedDevice(device_id="6547", name="盒子2", kind=DEVICE),
    )
    assert "22563698" not in repr(booking)


def booked(**fields: object) -> Conference:
    """Return a conference of whose booking some fields are known."""
    return Conference(event_id="7", booking=ConferenceBooking.from_dict(fields))


def asked_for(number: int, name: str | None, **fields: object) -> dict[str, object]:
    """Return a room or a device, which is approved unless it says otherwise."""
    return {"DeviceId": number, "DeviceName": name, "ApprovalStatus": 2} | fields


@pytest.mark.parametrize(
    ("houses", "detailed", "names"),
    [
        ([], None, None),
        ([asked_for(1, "A")], None, "A"),
        ([asked_for(1, "A", ApprovalStatus=1)], None, None),
        ([asked_for(1, None, City="西安")], None, None),
        (
            [asked_for(1, "A", City="西安", Location="锦业路", Floor=14)],
            [asked_for(1, "A")],
            "A (西安 锦业路 14)",
        ),
        ([asked_for(1, None)], [asked_for(1, "A", Floor="B1")], "A (B1)"),
        (
            [asked_for(1, "A", City=""), asked_for(2, "B")],
            [asked_for(2, "B"), asked_for(3, "C", City="上海")],
            "A, B, C (上海)",
        ),
    ],
)
def test_held_rooms_are_named_once_with_their_place(
    houses: object, detailed: object, names: str | None
) -> None:
    """As far as the place is known."""
    assert booked(houseList=houses, detailHouseList=detailed).room_names == names


@pytest.mark.parametrize(
    ("first", "second", "main"),
    [
        ({}, {}, None),
        ({"IsMainRoom": 0}, {"IsMainRoom": 0}, None),
        ({"IsMainRoom": 2}, {"IsMainRoom": 1}, "B"),
        ({"IsMainRoom": "1"}, {"IsMainRoom": 2}, "A"),
        ({"IsMainRoom": 1, "ApprovalStatus": 1}, {"IsMainRoom": 2}, None),
    ],
)
def test_the_main_room_is_one_that_is_held(
    first: dict[str, object], second: dict[str, object], main: str | None
) -> None:
    """Whether one list tells of it, or both."""
    rooms = [asked_for(1, "A", **first), asked_for(2, "B", **second)]
    assert booked(houseList=rooms).main_room == main
    assert booked(houseList=rooms, detailHouseList=rooms).main_room == main


def test_rooms_lead_or_follow() -> None:
    """By the vendor's number, of which 0 says nothing."""
    venues = [
        RequestedRoom.from_dict({"IsMainRoom": number}).venue for number in range(4)
    ]
    assert venues == [None, Venue.MAIN, Venue.BRANCH, None]


@pytest.mark.parametrize("devices", ["{}", '"', "[1]", "", None, 7, [None]])
def test_devices_that_cannot_be_read_are_none(devices: object) -> None:
    """The room is there all the same."""
    held = booked(detailHouseList=[asked_for(1, "A", SubDevices=devices)])
    assert (held.room_names, held.room_devices) == ("A", None)


@pytest.mark.parametrize(
    ("detailed", "equipment", "devices"),
    [
        ([asked_for(9, "Box")], [], "Box (A)"),
        ('[{"DeviceId": 9, "DeviceName": "Box"}]', [], "Box (A)"),
        ([asked_for(9, None)], [], None),
        ([], [asked_for(9, "Box", ParentDeviceId=1, City="西安")], "Box (A)"),
        ([], [asked_for(9, "Box", ParentDeviceId=0, City="西安")], "Box (西安)"),
        ([], [asked_for(9, "Box", ParentDeviceId=5)], "Box"),
        ([], [asked_for(9, "Box", ApprovalStatus=0)], None),
        ([asked_for(9, "Box")], [asked_for(9, "Box", City="西安")], "Box (A)"),
        ([{"DeviceName": "Box"}], [asked_for(9, "Box", ParentDeviceId=1)], "Box (A)"),
        (
            [asked_for(9, "Box")],
            [asked_for(8, "Box"), asked_for(7, "Panel", ParentDeviceId="1")],
            "Box (A), Box, Panel (A)",
        ),
    ],
)
def test_devices_are_named_once_with_their_room(
    detailed: object, equipment: object, devices: str | None
) -> None:
    """With their place where the room is not known."""
    held = booked(
        detailHouseList=[asked_for(1, "A", SubDevices=detailed)], equipList=equipment
    )
    assert held.room_devices == devices


def test_devices_of_rooms_that_are_not_held_are_not_named() -> None:
    """They are not there for this conference."""
    refused = asked_for(1, "A", ApprovalStatus=1, SubDevices=[asked_for(9, "Box")])
    assert booked(detailHouseList=[refused]).room_devices is None


INVITED = [
    {"status": "W", "userType": 1, "roleId": 1000},
    {"status": "A", "userType": 1, "roleId": "1001"},
    {"status": "a ", "userType": 2, "roleId": 1003},
    {"status": "R", "userType": "3", "roleId": 1003},
    {"status": "X", "userType": 4, "roleId": 7},
    {},
]


def test_those_invited_are_counted_by_answer_kind_and_role() -> None:
    """What the vendor does not document counts for nothing."""
    fields = printed_booking() | {"attendList": INVITED}
    booking = ConferenceBooking.from_dict(fields)
    assert booking.invited == len(INVITED)
    assert [booking.answered(answer) for answer in InvitationReply] == [1, 2, 1]
    assert [booking.invited_as(kind) for kind in AttendeeKind] == [2, 1, 1]
    assert booking.invited_hosts == 2


@pytest.mark.parametrize(
    ("invited", "number"), [([], 0), ([{}], None), (["text"], None), (None, None)]
)
def test_nobody_is_not_the_same_as_unknown(invited: object, number: int | None) -> None:
    """Only an empty list says that nobody is invited."""
    booking = ConferenceBooking.from_dict(printed_booking() | {"attendList": invited})
    assert {booking.answered(answer) for answer in InvitationReply} == {number}
    assert {booking.invited_as(kind) for kind in AttendeeKind} == {number}
    assert booking.invited_hosts == number


def test_a_role_without_an_id_is_nobodys() -> None:
    """Those invited without a role are not its holders."""
    booking = ConferenceBooking.from_dict(
        {"btplRole": [{"managerType": 1}], "attendList": [{}]}
    )
    assert booking.invited_hosts is None


def test_nothing_that_says_who_is_invited_is_kept() -> None:
    """Of every field of the vendor's table."""
    personal = dict.fromkeys(
        [
            "user",
            "phoneName",
            "phoneEmail",
            "countryCode",
            "companyName",
            "orgName",
            "mobileNumber",
            "officePhone",
            "cityCode",
            "displayName",
            "userProfile",
        ],
        "canary",
    )
    booking = ConferenceBooking.from_dict({"attendList": [INVITED[0] | personal]})
    assert "canary" not in repr(booking)
    assert booking.answered(InvitationReply.CONFIRMED) == 1


@pytest.mark.parametrize("hide", [1, "1", True])
def test_a_hidden_subject_is_not_kept(hide: object) -> None:
    """No entity can show what is not there."""
    fields = printed_booking() | {
        "title": "Secret plan",
        "calExtraInfo": {"hide": hide},
    }
    booking = ConferenceBooking.from_dict(fields)
    assert booking.title is None
    assert "Secret plan" not in repr(booking)
    assert fields["title"] == "Secret plan"


@pytest.mark.parametrize("settings", [{"hide": 0}, {}, None, [], "text"])
def test_a_subject_that_need_not_be_hidden_is_kept(settings: object) -> None:
    """Also where the settings are missing."""
    fields = printed_booking() | {"calExtraInfo": settings}
    assert ConferenceBooking.from_dict(fields).title == "112233"


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
    """The table says one, the sample the other."""
    assert ConferenceBooking.from_dict(fields).billing_code == code


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
def test_a_booking_never_says_that_it_is_running(
    number: object, status: ConferenceStatus | None
) -> None:
    """That comes from the live state or the run."""
    assert ConferenceBooking.from_dict({"status": number}).status is status


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
def test_a_live_state_is_read_by_its_number(
    number: object, status: ConferenceStatus | None
) -> None:
    """0 is no state: there is no such booking."""
    state = LiveState.from_dict({"eventId": 7, "status": number})
    assert (state.event_id, state.status, state.code) == ("7", status, number)


def test_a_conference_that_does_not_run_has_no_run() -> None:
    """The vendor sends an empty text."""
    assert LiveState.from_dict({"tempConferenceId": ""}).run_id is None


@pytest.mark.parametrize(
    ("number", "status", "ended"),
    [
        (2, ConferenceStatus.IN_PROGRESS, False),
        (4, ConferenceStatus.ENDED, True),
        (1, None, False),
    ],
)
def test_a_run_goes_on_or_has_ended(
    number: int, status: ConferenceStatus | None, ended: bool
) -> None:
    """There is no third state."""
    run = ConferenceRun.from_dict({"status": number, "stopTime": 1715603600000})
    assert (run.status, run.ended) == (status, ended)
    assert run.ended_at == datetime(2024, 5, 13, 12, 33, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "recurrence"),
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
def test_a_conference_is_held_once_or_again_and_again(
    sent: object, recurrence: Recurrence | None
) -> None:
    """Whatever else the vendor sends is unknown."""
    assert parse_recurrence(sent) is recurrence


@pytest.mark.parametrize(
    ("sent", "mode"), [(0, ConferenceMode.VIDEO), (1, ConferenceMode.DATA), (2, None)]
)
def test_a_conference_carries_video_or_data(
    sent: object, mode: ConferenceMode | None
) -> None:
    """By the vendor's number."""
    assert ConferenceBooking.from_dict({"confMode": sent}).mode is mode


def conference(
    booked: int | None = None, live: int | None = None, run: int | None = None
) -> Conference:
    """Return a conference of which three pages tell a status."""
    return Conference(
        event_id="7",
        booking=ConferenceBooking.from_dict({"status": booked}),
        live=None if live is None else LiveState.from_dict({"status": live}),
        run=None if run is None else ConferenceRun.from_dict({"status": run}),
    )


@pytest.mark.parametrize(
    ("known", "status"),
    [
        (conference(), None),
        (conference(booked=1), ConferenceStatus.CREATED),
        (conference(booked=1, live=2), ConferenceStatus.IN_PROGRESS),
        (conference(booked=1, run=2), ConferenceStatus.IN_PROGRESS),
        (conference(booked=1, live=3, run=2), ConferenceStatus.IN_PROGRESS),
        (conference(booked=1, live=4, run=2), ConferenceStatus.ENDED),
        (conference(booked=1, live=3), None),
        (conference(booked=1, live=9, run=4), ConferenceStatus.ENDED),
        (conference(booked=1, live=0), ConferenceStatus.CREATED),
        (conference(booked=0, live=0), ConferenceStatus.CANCELLED),
        (conference(booked=1, live=5), ConferenceStatus.EXPIRED),
        (conference(booked=4, live=2), ConferenceStatus.IN_PROGRESS),
        (conference(booked=0, live=1), ConferenceStatus.CANCELLED),
        (conference(booked=0, live=2), ConferenceStatus.CANCELLED),
    ],
)
def test_where_a_conference_stands_is_told_by_the_freshest_page(
    known: Conference, status: ConferenceStatus | None
) -> None:
    """But what is cancelled stays cancelled."""
    assert known.status is status


@pytest.mark.parametrize(
    ("known", "in_progress"),
    [
        (conference(), None),
        (conference(booked=1, live=1), False),
        (conference(booked=1, live=2), True),
        (conference(booked=1, live=4), False),
        (conference(booked=0, live=2), False),
    ],
)
def test_a_conference_is_in_progress_or_not_or_unknown(
    known: Conference, in_progress: bool | None
) -> None:
    """Unknown is never taken for no."""
    assert known.in_progress is in_progress


def test_a_conference_tells_what_its_pages_tell() -> None:
    """The booking first, the run where the booking does not know."""
    booking = ConferenceBooking.from_dict(printed_booking())
    run = ConferenceRun.from_dict(answer("quanshi_dashboard_conference_info")["result"])
    known = Conference(event_id="7", booking=booking, run=run)
    assert (known.title, known.host, known.host_id) == (
        "112233",
        "特色图",
        "88893351",
    )
    assert (known.billing_code, known.customer_code) == ("95519736", "154553")
    assert known.roles == ", ".join(ROLES)
    assert known.host_roles == "采购代理都看"
    assert known.co_host_roles == "监管-看视频, 联席-看桌面"
    assert known.h323_addresses == "192.168.37.91"
    bare = Conference(event_id="7", booking=ConferenceBooking(), run=run)
    assert (bare.title, bare.host, bare.host_id) == (None, "张三", "10001")
    assert (bare.billing_code, bare.customer_code) == ("990001_239848688", "990001")


def test_a_conference_of_which_nothing_is_known_tells_nothing() -> None:
    """All of it is unknown."""
    bare = Conference(event_id="7", booking=ConferenceBooking())
    assert {
        bare.title,
        bare.host,
        bare.host_id,
        bare.billing_code,
        bare.customer_code,
        bare.on_site,
        bare.roles,
        bare.host_roles,
        bare.co_host_roles,
        bare.room_names,
        bare.main_room,
        bare.room_devices,
        bare.booking.invited_hosts,
        bare.h323_addresses,
        bare.latest_run.participants,
    } == {None}


@pytest.mark.parametrize(("sent", "on_site"), [(0, True), (1, False), (None, None)])
def test_a_conference_without_the_cloud_is_on_site(
    sent: object, on_site: bool | None
) -> None:
    """The vendor asks the other way round."""
    booking = ConferenceBooking.from_dict({"isGnet": sent})
    assert Conference(event_id="7", booking=booking).on_site is on_site


def test_rooms_are_in_use_only_by_conferences_that_run() -> None:
    """A booking alone takes no room; one for now of which nobody knows may take it."""
    now = datetime(2026, 3, 17, 2, 5, tzinfo=UTC)
    booked = [
        ConferenceBooking(houses=(RequestedRoom(room_id=room, approval=APPROVED),))
        for room in "123"
    ]
    over = replace(booked[2], end=now - timedelta(minutes=1))
    running = LiveState(status=ConferenceStatus.IN_PROGRESS)
    conferences = [
        Conference(event_id="1", booking=booked[0], live=LiveState()),
        Conference(event_id="1", booking=booked[0], live=running),
        Conference(event_id="1", booking=booked[0], live=LiveState()),
        Conference(event_id="2", booking=booked[1], live=LiveState()),
        Conference(event_id="3", booking=over, live=LiveState()),
    ]
    assert rooms_in_use(conferences, now) == {"1": True, "2": None}


PAGES: list[tuple[type[WireModel], tuple[str, ...]]] = [
    (ConferenceBooking, tuple(printed_booking())),
    (BookingSettings, tuple(printed_booking()["calExtraInfo"])),
    (RequestedRoom, (*answer("quanshi_booked_rooms")["houseList"][0], "SubDevices")),
    (RequestedDevice, ("DeviceId", "DeviceName", "DeviceType")),
    (Attendee, ("status", "userType", "roleId")),
    (LiveState, ("eventId", "status", "tempConferenceId")),
    (ConferenceRun, tuple(answer("quanshi_dashboard_conference_info")["result"])),
    (Role, ("roleId", "roleName", "managerType")),
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


@given(sent=objects_of(printed_booking()), state=objects_of(["status"]))
@MANY
def test_a_conference_can_be_told_whatever_its_pages_hold(
    sent: dict[str, Any], state: dict[str, Any]
) -> None:
    """None of what is derived from them fails."""
    known = Conference(
        event_id="7",
        booking=ConferenceBooking.from_dict(sent),
        live=LiveState.from_dict(state),
        run=ConferenceRun.from_dict(state),
    )
    assert isinstance(known.status, ConferenceStatus | None)
    assert isinstance(known.roles, str | None)
    assert isinstance(known.h323_addresses, str | None)
    assert isinstance(known.room_names, str | None)
    assert isinstance(known.main_room, str | None)
    assert isinstance(known.room_devices, str | None)
    assert isinstance(known.booking.invited_hosts, int | None)
    assert isinstance(known.booking.answered(InvitationReply.ACCEPTED), int | None)
    now = datetime(2026, 3, 17, 2, 5, tzinfo=UTC)
    assert rooms_in_use([known], now).keys() <= known.booking.held_rooms
