"""Test that Quanshi's pages become conferences, field by field."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given
import pytest

from custom_components.meeting_rooms.api.booking import (
    BookedRoom,
    Booking,
    BookingSettings,
    ConferenceMode,
    ConferenceStatus,
    NodeType,
    Recurrence,
    Role,
    read_recurrence,
)
from custom_components.meeting_rooms.api.conference import (
    Conference,
    LiveState,
    Run,
    rooms_in_use,
)
from custom_components.meeting_rooms.api.models import Page

from .any_json import ANY_JSON, MANY, objects_of
from .fixtures import answer

ROLES = ("采购代理都看", "监管-看视频", "评标人被监控", "联席-看桌面")
APPROVED, ROOM, DEVICE = 2, 2, 3


def printed_booking() -> dict[str, Any]:
    """Return the booking that the vendor's page prints."""
    booking: dict[str, Any] = answer("quanshi_conference_infos")["result"][0]
    return booking


def test_the_sample_booking_on_the_vendors_page_is_read_field_by_field() -> None:
    """Passwords and join links have no field."""
    assert Booking.from_dict(printed_booking()) == Booking(
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
        h323_addresses=("192.168.37.91",),
        houses=(),
        detailed_houses=(),
        equipment=(),
        roles=tuple(Role(name=name) for name in ROLES),
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
    assert Run.from_dict(fields) == Run(
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
    kept = repr(Booking.from_dict(booking)) + repr(Run.from_dict(run))
    assert [secret for secret in secrets if secret in kept] == []


def test_the_rooms_of_the_vendors_samples_are_asked_for_but_not_held() -> None:
    """Both samples show a request that was refused."""
    booking = Booking.from_dict(printed_booking() | answer("quanshi_booked_rooms"))
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
    assert BookedRoom.from_dict(room).held is held


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
    assert Booking.from_dict(fields).held_rooms == {"1", "2"}


@pytest.mark.parametrize("hide", [1, "1", True])
def test_a_hidden_subject_is_not_kept(hide: object) -> None:
    """No entity can show what is not there."""
    fields = printed_booking() | {
        "title": "Secret plan",
        "calExtraInfo": {"hide": hide},
    }
    booking = Booking.from_dict(fields)
    assert booking.title is None
    assert "Secret plan" not in repr(booking)
    assert fields["title"] == "Secret plan"


@pytest.mark.parametrize("settings", [{"hide": 0}, {}, None, [], "text"])
def test_a_subject_that_need_not_be_hidden_is_kept(settings: object) -> None:
    """Also where the settings are missing."""
    fields = printed_booking() | {"calExtraInfo": settings}
    assert Booking.from_dict(fields).title == "112233"


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
    assert Booking.from_dict(fields).billing_code == code


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
    assert Booking.from_dict({"status": number}).status is status


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
    run = Run.from_dict({"status": number, "stopTime": 1715603600000})
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
    assert read_recurrence(sent) is recurrence


@pytest.mark.parametrize(
    ("sent", "mode"), [(0, ConferenceMode.VIDEO), (1, ConferenceMode.DATA), (2, None)]
)
def test_a_conference_carries_video_or_data(
    sent: object, mode: ConferenceMode | None
) -> None:
    """By the vendor's number."""
    assert Booking.from_dict({"confMode": sent}).mode is mode


def conference(
    booked: int | None = None, live: int | None = None, run: int | None = None
) -> Conference:
    """Return a conference of which three pages tell a status."""
    return Conference(
        event_id="7",
        booking=Booking.from_dict({"status": booked}),
        live=None if live is None else LiveState.from_dict({"status": live}),
        run=None if run is None else Run.from_dict({"status": run}),
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
    booking = Booking.from_dict(printed_booking())
    run = Run.from_dict(answer("quanshi_dashboard_conference_info")["result"])
    booked = Conference(event_id="7", booking=booking, run=run)
    assert (booked.title, booked.host, booked.host_id) == (
        "112233",
        "特色图",
        "88893351",
    )
    assert (booked.billing_code, booked.customer_code) == ("95519736", "154553")
    assert booked.roles == ", ".join(ROLES)
    assert booked.h323_addresses == "192.168.37.91"
    bare = Conference(event_id="7", booking=Booking(), run=run)
    assert (bare.title, bare.host, bare.host_id) == (None, "张三", "10001")
    assert (bare.billing_code, bare.customer_code) == ("990001_239848688", "990001")


def test_a_conference_of_which_nothing_is_known_tells_nothing() -> None:
    """All of it is unknown."""
    bare = Conference(event_id="7", booking=Booking())
    assert {
        bare.title,
        bare.host,
        bare.host_id,
        bare.billing_code,
        bare.customer_code,
        bare.on_site,
        bare.roles,
        bare.h323_addresses,
        bare.latest_run.participants,
    } == {None}


@pytest.mark.parametrize(("sent", "on_site"), [(0, True), (1, False), (None, None)])
def test_a_conference_without_the_cloud_is_on_site(
    sent: object, on_site: bool | None
) -> None:
    """The vendor asks the other way round."""
    booking = Booking.from_dict({"isGnet": sent})
    assert Conference(event_id="7", booking=booking).on_site is on_site


def test_rooms_are_in_use_only_by_conferences_that_run() -> None:
    """A booking alone takes no room."""
    booked = [
        Booking(houses=(BookedRoom(room_id=room, approval=APPROVED),)) for room in "12"
    ]
    running = LiveState(status=ConferenceStatus.IN_PROGRESS)
    conferences = [
        Conference(event_id="1", booking=booked[0], live=running),
        Conference(event_id="2", booking=booked[1]),
    ]
    assert rooms_in_use(conferences) == {"1"}


PAGES: list[tuple[type[Page], tuple[str, ...]]] = [
    (Booking, tuple(printed_booking())),
    (BookingSettings, tuple(printed_booking()["calExtraInfo"])),
    (BookedRoom, tuple(answer("quanshi_booked_rooms")["houseList"][0])),
    (LiveState, ("eventId", "status", "tempConferenceId")),
    (Run, tuple(answer("quanshi_dashboard_conference_info")["result"])),
    (Role, ("roleName",)),
]


@pytest.mark.parametrize(("page", "keys"), PAGES)
def test_no_json_value_whatever_upsets_a_page(
    page: type[Page], keys: tuple[str, ...]
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
        booking=Booking.from_dict(sent),
        live=LiveState.from_dict(state),
        run=Run.from_dict(state),
    )
    assert isinstance(known.status, ConferenceStatus | None)
    assert isinstance(known.roles, str | None)
    assert isinstance(known.h323_addresses, str | None)
    assert isinstance(rooms_in_use([known]), frozenset)
