"""Test the client of Quanshi against the simulated vendor."""

from datetime import UTC, datetime
from itertools import chain
import json

from aiohttp import ClientSession, web
import pytest

from custom_components.meeting_rooms.api.client import TrackedConference
from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    InvalidAuth,
    InvalidResponse,
    NotFound,
    PermissionDenied,
    RateLimited,
    RequestRejected,
)
from custom_components.meeting_rooms.api.models.conference import ConferenceRun
from custom_components.meeting_rooms.api.models.room import RoomStatus, RoomSummary
from custom_components.meeting_rooms.api.quanshi.booking import (
    ConferenceBooking,
    ConferenceStatus,
    Recurrence,
)
from custom_components.meeting_rooms.api.quanshi.client import (
    DEFAULT_BASE_URL,
    QuanshiClient,
)
from simulator import Approval, Fault, ResultForm, Simulator
from simulator.company.booking import Booking as SimulatedBooking

from ..accounts import Company
from ..fixtures import answer, printed
from ..scripted import Received, ScriptedVendor

VENDOR = "quanshi"
BASE = "/confopenapi"
LIST_ALL = f"{BASE}/room/listAll"
LIST = f"{BASE}/room/conference/list"
INFOS = f"{BASE}/room/conference/infos"
GET_STATUS = f"{BASE}/conference/getStatus"
DASHBOARD = f"{BASE}/admin/dashboard/conference/info"
NOW = datetime(2024, 2, 21, 3, 0, tzinfo=UTC)
HOUR = 3600
OPENED = 6516


def good(result: object) -> dict[str, object]:
    """Return the vendor's envelope round a result."""
    return {"status": 0, "result": result, "timestamp": 1708481882552}


def state(event_id: object, status: object, run: str = "") -> dict[str, object]:
    """Return a row of getStatus."""
    return {"eventId": event_id, "status": status, "tempConferenceId": run}


def booked(
    event_id: object, start: float = 0, end: float = 0, **more: object
) -> dict[str, object]:
    """Return a booking that starts and ends some seconds from now."""
    at = int(NOW.timestamp())
    times = {"startTime": at + int(start), "endTime": at + int(end)}
    return {"eventId": event_id, "status": 1} | times | more


@pytest.fixture
def vendor(vendor: ScriptedVendor) -> ScriptedVendor:
    """Return a scripted vendor without rooms, bookings or states."""
    vendor.reply(LIST_ALL, good([]))
    vendor.reply(LIST, good([]))
    vendor.reply(GET_STATUS, good({"conferences": []}))
    return vendor


@pytest.fixture
def client(scripted: Company, vendor: ScriptedVendor) -> QuanshiClient:
    """Return a client of the scripted vendor, for which it is always the same moment."""
    account = scripted.quanshi_account(user_id="87679779")
    return QuanshiClient(scripted.transport, account, now=lambda: NOW)


def running(sim: Simulator) -> list[SimulatedBooking]:
    """Return the bookings that run now."""
    now = sim.company.clock.now
    return [each for each in sim.company.quanshi.bookings if each.session_at(now)]


def book(
    sim: Simulator, *room_ids: int, approval: Approval = Approval.APPROVED
) -> SimulatedBooking:
    """Book rooms for the present hour."""
    now = sim.company.clock.now
    diary = sim.company.quanshi
    return diary.book("周会", now - 60, now + HOUR, *room_ids, approval=approval)


# What goes out


def test_the_client_calls_the_vendors_public_host() -> None:
    """Unless another is given."""
    assert DEFAULT_BASE_URL == "https://openapi.quanshi.com"


async def test_the_token_goes_in_the_header_of_every_call(
    client: QuanshiClient, scripted: Company, vendor: ScriptedVendor
) -> None:
    """Every call is a POST with JSON."""
    vendor.reply(LIST, good([booked(7)]))
    vendor.reply(GET_STATUS, good([state(7, 2, "r7")]))
    vendor.reply(DASHBOARD, good({"tempConferenceId": "r7", "status": 2}))
    await client.fetch_live()
    token = scripted.quanshi_account().token
    paths = [LIST, LIST_ALL, GET_STATUS, DASHBOARD]
    assert [request.path for request in vendor.received] == paths
    assert [
        (each.method, each.headers["token"], each.headers["Content-Type"])
        for each in vendor.received
    ] == [("POST", token, "application/json")] * 4
    assert vendor.of(LIST_ALL)[0].asked == {}


async def test_the_hosts_bookings_are_asked_for_round_the_present(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """From twelve hours back to twenty-four ahead, recurring ones too."""
    await client.fetch_live()
    [request] = vendor.of(LIST)
    at = int(NOW.timestamp())
    assert request.asked == {
        "startTime": at - 12 * HOUR,
        "endTime": at + 24 * HOUR,
        "userId": 87679779,
        "inCycle": 1,
    }


async def test_live_states_are_asked_for_by_fifties(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """With ids as numbers, each of them once."""

    def states(asked: Received) -> dict[str, object]:
        rows = [state(each, 1) for each in asked.asked["eventIds"]]
        return good({"conferences": rows})

    vendor.reply(LIST, good([booked(number) for number in range(1, 121)]))
    vendor.reply(GET_STATUS, states)
    reading = await client.fetch_live()
    batches = [request.asked["eventIds"] for request in vendor.of(GET_STATUS)]
    assert [*map(len, batches)] == [50, 50, 20]
    assert sorted(chain(*batches)) == [*range(1, 121)]
    assert {each.status for each in reading.conferences.values()} == {
        ConferenceStatus.CREATED
    }


async def test_without_bookings_no_state_is_asked_for(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """An empty list of ids would be refused."""
    reading = await client.fetch_live()
    assert (reading.conferences, reading.conferences_complete) == ({}, True)
    assert vendor.of(GET_STATUS) == []


@pytest.mark.parametrize(
    ("asked", "sent"),
    [
        ({"event_id": "200090", "pcode": None}, {"eventId": 200090}),
        (
            {"event_id": None, "pcode": "201501000037737137"},
            {"pcode": "201501000037737137"},
        ),
        ({"event_id": "e-7", "pcode": None}, {"eventId": "e-7"}),
        ({"event_id": "9" * 30, "pcode": None}, {"eventId": "9" * 30}),
        ({"event_id": str(2**64 - 1), "pcode": None}, {"eventId": 2**64 - 1}),
        ({"event_id": str(2**64), "pcode": None}, {"eventId": str(2**64)}),
    ],
)
async def test_a_conference_is_found_by_its_id_or_its_hosts_password(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    asked: dict[str, str | None],
    sent: dict[str, object],
) -> None:
    """The id goes out as a number, the password as the text that it is."""
    vendor.reply(INFOS, answer("quanshi_conference_infos"))
    found = await client.find_conference(**asked, run_id=None)
    [request] = vendor.of(INFOS)
    assert request.asked == sent | {"userId": 87679779}
    assert found.event_id == "649128"


async def test_a_proxy_that_strips_its_prefix_changes_nothing(
    sim: Simulator, session: ClientSession
) -> None:
    """The base URL may carry a path."""
    behind = Company(sim, session, f"{sim.url}/proxy")
    assert len((await behind.quanshi().fetch_live()).rooms) == 10


def test_an_account_does_not_show_its_token(company: Company) -> None:
    """Not even to whoever prints it."""
    assert company.sim.canaries.found_in(repr(company.quanshi_account())) == []


# Rooms


async def test_every_room_is_idle_or_in_use(company: Company) -> None:
    """As it truly is."""
    reading = await company.quanshi().fetch_live()
    found = {room_id: str(room.status) for room_id, room in reading.rooms.items()}
    assert found == company.sim.truth()[VENDOR]
    assert {*found.values()} == {"idle", "in_use"}
    assert reading.rooms_complete is True


async def test_a_room_is_read_field_by_field(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """It can be booked while it is enabled: that is no occupancy."""
    rooms = [
        {"roomId": 1, "name": "厅 ", "capacity": 6, "status": 1},
        {"roomId": "2", "name": "", "capacity": "0", "status": 2},
        {"roomId": 3},
    ]
    vendor.reply(LIST_ALL, good(rooms))
    assert (await client.fetch_live()).rooms == {
        "1": RoomSummary(
            room_id="1",
            name="厅",
            capacity=6,
            bookable=True,
            status=RoomStatus.IDLE,
        ),
        "2": RoomSummary(
            room_id="2", capacity=0, bookable=False, status=RoomStatus.IDLE
        ),
        "3": RoomSummary(room_id="3", status=RoomStatus.IDLE),
    }


async def test_a_room_is_taken_while_a_conference_runs_in_it(company: Company) -> None:
    """Neither before nor after."""
    sim = company.sim
    room = sim.company.quanshi.add_room()
    booking = book(sim, room.room_id)
    client = company.quanshi()
    states = [(await client.fetch_live()).rooms[str(room.room_id)].status]
    sim.company.quanshi.start_conference(booking.event_id)
    states.append((await client.fetch_live()).rooms[str(room.room_id)].status)
    sim.company.quanshi.end_conference(booking.event_id)
    states.append((await client.fetch_live()).rooms[str(room.room_id)].status)
    assert states == [RoomStatus.IDLE, RoomStatus.IN_USE, RoomStatus.IDLE]


@pytest.mark.parametrize(
    ("approval", "status"),
    [
        (Approval.PENDING, RoomStatus.IDLE),
        (Approval.REFUSED, RoomStatus.IDLE),
        (Approval.APPROVED, RoomStatus.IN_USE),
        (Approval.WITHDRAWN, RoomStatus.IDLE),
    ],
)
async def test_only_an_approved_room_is_taken(
    company: Company, approval: Approval, status: RoomStatus
) -> None:
    """However much the conference runs."""
    sim = company.sim
    room = sim.company.quanshi.add_room()
    booking = book(sim, room.room_id, approval=approval)
    sim.company.quanshi.start_conference(booking.event_id)
    reading = await company.quanshi().fetch_live()
    assert reading.conferences[str(booking.event_id)].in_progress is True
    assert reading.rooms[str(room.room_id)].status is status


async def test_a_cancelled_conference_takes_no_room(company: Company) -> None:
    """The room is free at once."""
    sim = company.sim
    room = sim.company.quanshi.add_room()
    booking = book(sim, room.room_id)
    sim.company.quanshi.start_conference(booking.event_id)
    sim.company.quanshi.cancel(booking.event_id)
    reading = await company.quanshi().fetch_live()
    assert reading.rooms[str(room.room_id)].status is RoomStatus.IDLE


async def test_without_the_right_to_list_rooms_conferences_are_read(
    company: Company,
) -> None:
    """No room is known to be gone."""
    company.sim.accounts.quanshi.permissions.revoke("listAll")
    reading = await company.quanshi().fetch_live()
    assert (reading.rooms, reading.rooms_complete) == ({}, False)
    assert len(reading.conferences) > 5
    assert reading.conferences_complete is True


async def test_rooms_that_were_known_stay_when_the_list_is_refused(
    company: Company,
) -> None:
    """And still show who meets in them."""
    client = company.quanshi()
    before = await client.fetch_live()
    company.sim.accounts.quanshi.permissions.revoke("listAll")
    after = await client.fetch_live()
    assert after.rooms == before.rooms
    assert after.rooms_complete is False


@pytest.mark.parametrize(
    "fault",
    [
        Fault("invalid_json", VENDOR, "listAll"),
        Fault("empty_404", VENDOR, "listAll"),
        Fault("http", VENDOR, "listAll", status=200, body='{"status":0,"result":7}'),
        Fault("http", VENDOR, "listAll", status=200, body='{"status":0,"result":"x"}'),
    ],
    ids=["no JSON", "unknown", "number", "words"],
)
async def test_rooms_that_were_known_stay_when_their_list_cannot_be_read(
    company: Company, fault: Fault
) -> None:
    """And the conferences are read all the same."""
    client = company.quanshi()
    before = await client.fetch_live()
    company.sim.faults.add(fault)
    after = await client.fetch_live()
    assert after.rooms == before.rooms
    assert after.conferences == before.conferences
    assert after.rooms_complete is False


async def test_one_bad_row_among_the_rooms_hurts_no_other(company: Company) -> None:
    """But no room is known to be gone."""
    company.sim.faults.add(Fault("bad_room", VENDOR, "listAll"))
    reading = await company.quanshi().fetch_live()
    assert [*reading.rooms] == [*map(str, company.sim.company.quanshi.rooms)]
    assert reading.rooms_complete is False


async def test_a_room_that_was_closed_is_gone(company: Company) -> None:
    """From a reading that was complete."""
    client = company.quanshi()
    await client.fetch_live()
    company.sim.company.quanshi.remove_room(OPENED)
    reading = await client.fetch_live()
    assert str(OPENED) not in reading.rooms
    assert reading.rooms_complete is True


# Conferences


async def test_every_conference_stands_where_it_truly_does(company: Company) -> None:
    """What getStatus does not know any more is not there."""
    reading = await company.quanshi().fetch_live()
    truth = company.sim.company.quanshi.conference_truth()
    found = {
        event_id: str(each.status) for event_id, each in reading.conferences.items()
    }
    assert found.items() <= truth.items()
    assert {"in_progress", "created", "ended"} <= {*found.values()}
    assert reading.conferences_complete is True


@pytest.mark.parametrize("form", [*ResultForm])
@pytest.mark.parametrize("api", ["list", "getStatus", "dashboard", "listAll"])
async def test_a_reading_is_the_same_in_whatever_form_it_comes(
    company: Company, api: str, form: ResultForm
) -> None:
    """Object, array, map, or text that holds JSON."""
    usual = await company.quanshi().fetch_live()
    company.sim.quanshi.forms[api] = form
    assert await company.quanshi().fetch_live() == usual


@pytest.mark.parametrize("form", [*ResultForm])
async def test_a_conference_is_found_in_whatever_form_it_comes(
    company: Company, form: ResultForm
) -> None:
    """Object, array, map, or text that holds JSON."""
    company.sim.quanshi.forms["infos"] = form
    [booking, *_] = running(company.sim)
    found = await company.quanshi().find_conference(
        event_id=str(booking.event_id), pcode=None, run_id=None
    )
    assert found.title == booking.title


@pytest.mark.parametrize("result", [[], {}, "[]", "{}"])
async def test_a_window_without_bookings_is_read_completely(
    client: QuanshiClient, vendor: ScriptedVendor, result: object
) -> None:
    """However the vendor says nothing."""
    vendor.reply(LIST, good(result))
    reading = await client.fetch_live()
    assert (reading.conferences, reading.conferences_complete) == ({}, True)


NO_RESULT: list[dict[str, object]] = [
    {"status": 0},
    {"status": 0, "result": None},
    {"status": 0, "result": ""},
    {"status": 0, "data": []},
    {"status": 0, "data": [{"eventId": 8, "roomId": 8}]},
]


@pytest.mark.parametrize("answered", NO_RESULT, ids=str)
async def test_an_answer_without_a_result_is_not_taken_for_an_empty_list(
    client: QuanshiClient, vendor: ScriptedVendor, answered: dict[str, object]
) -> None:
    """Neither of rooms nor of bookings: what is known stays."""
    vendor.reply(LIST_ALL, good([{"roomId": 5}]))
    vendor.reply(LIST, good([booked(7)]))
    before = await client.fetch_live()
    vendor.reply(LIST_ALL, answered)
    vendor.reply(LIST, answered)
    after = await client.fetch_live()
    assert (after.rooms, after.conferences) == (before.rooms, before.conferences)
    assert (after.rooms_complete, after.conferences_complete) == (False, False)


@pytest.mark.parametrize(
    "answered", [*NO_RESULT, good([{"eventId": None}]), good([booked(8)])], ids=str
)
async def test_a_watched_conference_is_gone_only_where_the_vendor_says_so(
    client: QuanshiClient, vendor: ScriptedVendor, answered: dict[str, object]
) -> None:
    """Not by an answer without a result, or about something else."""
    vendor.reply(INFOS, answered)
    reading = await client.fetch_live([TrackedConference(event_id="7")])
    assert (reading.conferences, reading.conferences_complete) == ({}, False)
    vendor.reply(INFOS, good([]))
    reading = await client.fetch_live([TrackedConference(event_id="7")])
    assert (reading.conferences, reading.conferences_complete) == ({}, True)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidResponse),
        (404, InvalidResponse),
        (429, RateLimited),
        (500, CannotConnect),
        (502, CannotConnect),
    ],
)
async def test_status_zero_is_no_success_where_http_says_otherwise(
    client: QuanshiClient, vendor: ScriptedVendor, status: int, kind: type[ApiError]
) -> None:
    """The answer may come from something before the vendor."""
    vendor.reply(LIST, lambda _: web.json_response(good([]), status=status))
    with pytest.raises(ApiError) as caught:
        await client.fetch_live()
    assert (type(caught.value), caught.value.code) == (kind, status)


async def test_one_bad_row_among_the_bookings_hurts_no_other(company: Company) -> None:
    """But no conference is known to be gone; nor is the bad one asked for any further."""
    usual = await company.quanshi().fetch_live()
    company.sim.faults.add(Fault("bad_room", VENDOR, "list"))
    reading = await company.quanshi().fetch_live()
    assert reading.conferences == usual.conferences
    assert reading.conferences_complete is False


async def test_the_vendors_samples_become_one_conference(company: Company) -> None:
    """Its booking and its run as the pages print them, once both are of one event."""
    sim = company.sim
    run = answer("quanshi_dashboard_conference_info")["result"] | {"eventId": 649128}
    texts = [
        printed("quanshi_conference_infos"),
        json.dumps(good([state(649128, 2, "56039682")])),
        json.dumps(good(run)),
    ]
    for api, text in zip(["infos", "getStatus", "dashboard"], texts, strict=True):
        sim.set_response(VENDOR, api, None, text)
    found = await company.quanshi().find_conference(
        event_id="649128", pcode=None, run_id=None
    )
    fields = answer("quanshi_conference_infos")["result"][0]
    assert found.booking == ConferenceBooking.from_dict(fields)
    assert found.run == ConferenceRun.from_dict(run)
    assert found.status is ConferenceStatus.IN_PROGRESS


async def test_a_hidden_subject_is_in_no_reading(company: Company) -> None:
    """The host is shown, the subject is not."""
    [booking] = [each for each in company.sim.company.quanshi.bookings if each.hidden]
    conference = (await company.quanshi().fetch_live()).conferences[
        str(booking.event_id)
    ]
    assert conference.title is None
    assert conference.host == booking.host_name
    assert booking.title not in repr(conference)


async def test_a_cancelled_booking_is_shown_as_cancelled(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """Status 0 of a booking is no missing booking."""
    vendor.reply(LIST, good([booked(7, status=0)]))
    vendor.reply(GET_STATUS, good([state(7, 1)]))
    reading = await client.fetch_live()
    assert reading.conferences["7"].status is ConferenceStatus.CANCELLED


async def test_a_booking_that_does_not_exist_is_gone(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """Status 0 of a live state is one."""
    vendor.reply(LIST, good([booked(7), booked(8)]))
    vendor.reply(GET_STATUS, good([state(7, 0), state(8, 1)]))
    reading = await client.fetch_live()
    assert [*reading.conferences] == ["8"]
    assert reading.conferences_complete is True


async def test_a_booking_without_a_live_state_is_kept(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The vendor did not say that it is gone."""
    vendor.reply(LIST, good([booked(7)]))
    reading = await client.fetch_live()
    assert reading.conferences["7"].status is ConferenceStatus.CREATED
    assert reading.conferences["7"].live is None


HOUSE = {"DeviceId": 5, "DeviceType": 2, "ApprovalStatus": 2}


def held(
    event_id: object, start: float = -HOUR, end: float = HOUR
) -> dict[str, object]:
    """Return a booking that holds room 5."""
    return booked(event_id, start, end, houseList=[HOUSE])


@pytest.fixture
def running_in_5(vendor: ScriptedVendor) -> ScriptedVendor:
    """Return a scripted vendor at which conference 7 runs in room 5."""
    vendor.reply(LIST_ALL, good([{"roomId": 5}]))
    vendor.reply(LIST, good([held(7)]))
    vendor.reply(GET_STATUS, good([state(7, 2)]))
    return vendor


REFUSED = {"status": 10001}


@pytest.mark.parametrize("answered", [REFUSED, {}, good("x"), good(7), good(None)])
async def test_live_states_that_cannot_be_read_stay(
    client: QuanshiClient, running_in_5: ScriptedVendor, answered: object
) -> None:
    """The room is still taken."""
    before = await client.fetch_live()
    running_in_5.reply(GET_STATUS, answered)
    assert await client.fetch_live() == before
    assert before.rooms["5"].status is RoomStatus.IN_USE


async def test_of_live_states_only_those_of_the_failing_call_stay(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The other calls tell what is new."""
    code = 2

    def states(asked: Received) -> object:
        ids = asked.asked["eventIds"]
        fails = code == 4 and 1001 in ids
        rows = good([state(each, code) for each in ids])
        return {True: REFUSED, False: rows}[fails]

    vendor.reply(LIST, good([booked(number) for number in range(1001, 1061)]))
    vendor.reply(GET_STATUS, states)
    await client.fetch_live()
    code = 4
    found = (await client.fetch_live()).conferences
    assert found["1050"].status is ConferenceStatus.IN_PROGRESS
    assert found["1051"].status is ConferenceStatus.ENDED


async def test_a_live_state_is_remembered_no_longer_than_its_booking(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """One that comes back is asked for anew."""
    await client.fetch_live()
    running_in_5.reply(LIST, good([]))
    await client.fetch_live()
    running_in_5.reply(LIST, good([held(7)]))
    running_in_5.reply(GET_STATUS, REFUSED)
    reading = await client.fetch_live()
    assert reading.conferences["7"].live is None
    assert reading.rooms["5"].status is RoomStatus.IDLE


async def test_live_states_that_were_never_read_leave_the_bookings(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """They are there without a state."""
    running_in_5.reply(GET_STATUS, REFUSED)
    reading = await client.fetch_live()
    assert reading.conferences["7"].status is ConferenceStatus.CREATED


@pytest.mark.parametrize("rows", [[held(8), {"eventId": None}], "x"])
async def test_a_running_conference_outlasts_a_list_that_is_not_whole(
    client: QuanshiClient, running_in_5: ScriptedVendor, rows: object
) -> None:
    """Its state is read, and its room is taken."""
    await client.fetch_live()
    running_in_5.reply(LIST, good(rows))
    reading = await client.fetch_live()
    assert reading.conferences_complete is False
    assert reading.conferences["7"].in_progress is True
    assert reading.rooms["5"].status is RoomStatus.IN_USE
    running_in_5.reply(GET_STATUS, good([state(7, 4)]))
    ended = await client.fetch_live()
    assert ended.conferences["7"].status is ConferenceStatus.ENDED
    assert ended.rooms["5"].status is RoomStatus.IDLE


async def test_a_list_that_is_whole_forgets_what_is_not_in_it(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """Also for the next one that is not whole."""
    await client.fetch_live()
    running_in_5.reply(LIST, good([]), good("x"))
    whole = await client.fetch_live()
    broken = await client.fetch_live()
    assert (whole.conferences, whole.conferences_complete) == ({}, True)
    assert (broken.conferences, broken.conferences_complete) == ({}, False)


async def test_what_is_long_over_is_not_kept_by_a_list_that_is_not_whole(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """A whole one would not tell of it either."""
    long_over = booked(7, -14 * HOUR, -13 * HOUR)
    vendor.reply(LIST, good([long_over, booked(8)]), good("x"))
    await client.fetch_live()
    assert [*(await client.fetch_live()).conferences] == ["8"]


async def test_a_watched_conference_is_read_afresh_while_the_list_is_not_whole(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """What is known of it stays only where it cannot be read, until it is told to be gone."""
    watched = [TrackedConference(event_id="7")]
    await client.fetch_live(watched)
    running_in_5.reply(LIST, good("x"))
    running_in_5.reply(INFOS, good([held(7) | {"title": "new"}]), REFUSED, good([]))
    titles = [
        [each.title for each in (await client.fetch_live(watched)).conferences.values()]
        for _ in range(3)
    ]
    assert titles == [["new"], ["new"], []]


@pytest.mark.parametrize(
    ("turns", "next_start"),
    [
        ([(-5, -4), (-1, 1), (3, 4)], -1),
        ([(3, 4), (-1, 1), (-5, -4)], -1),
        ([(-5, -4), (3, 4), (9, 10)], 3),
        ([(-9, -8), (-5, -4)], -5),
        ([(-5, -4), (-9, -8)], -5),
    ],
)
async def test_of_a_recurring_conference_the_present_or_next_turn_is_shown(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    turns: list[tuple[int, int]],
    next_start: int,
) -> None:
    """Or the last one where none is to come; all of them have one id."""
    rows = [booked(7, a * HOUR, b * HOUR, calType="M") for a, b in turns]
    vendor.reply(LIST, good(rows))
    [conference] = (await client.fetch_live()).conferences.values()
    assert conference.booking.start is not None
    shown = conference.booking.start.timestamp() - NOW.timestamp()
    assert shown == next_start * HOUR
    assert conference.booking.recurrence is Recurrence.RECURRING


# Runs


async def test_a_running_conference_tells_its_counts(company: Company) -> None:
    """As the dashboard does."""
    [booking, *_] = running(company.sim)
    reading = await company.quanshi().fetch_live()
    conference = reading.conferences[str(booking.event_id)]
    now = company.sim.company.clock.now
    run = booking.session_at(now)
    assert run is not None
    assert conference.latest_run.run_id == run.temp_id
    assert conference.latest_run.participants == run.counts(now)["attendeeCnt"]
    assert conference.latest_run.recording is run.recording


async def test_a_run_that_has_ended_is_read_once_more_and_then_kept(
    company: Company,
) -> None:
    """Its end does not change any more."""
    sim = company.sim
    booking = book(sim)
    sim.company.quanshi.start_conference(booking.event_id)
    client = company.quanshi()
    await client.fetch_live()
    sim.company.quanshi.end_conference(booking.event_id)
    ended = (await client.fetch_live()).conferences[str(booking.event_id)]
    assert ended.status is ConferenceStatus.ENDED
    assert ended.latest_run.ended_at is not None
    sim.requests.clear()
    kept = (await client.fetch_live()).conferences[str(booking.event_id)]
    assert kept.run is ended.run
    assert sim.requests.count(VENDOR, "dashboard", ended.latest_run.run_id) == 0


@pytest.mark.parametrize(
    "fault",
    [
        Fault("vendor_code", VENDOR, "dashboard", code=20404),
        Fault("invalid_json", VENDOR, "dashboard"),
        Fault("http", VENDOR, "dashboard", status=502),
        Fault("empty_404", VENDOR, "dashboard"),
        Fault("http", VENDOR, "dashboard", status=200, body='{"status":0}'),
    ],
    ids=["refused", "no JSON", "failed", "unknown", "empty"],
)
async def test_a_run_that_cannot_be_read_keeps_its_last_values(
    company: Company, fault: Fault
) -> None:
    """And everything else is read."""
    client = company.quanshi()
    before = await client.fetch_live()
    company.sim.faults.add(fault)
    assert await client.fetch_live() == before
    assert fault.used > 0


async def test_a_run_that_was_never_read_leaves_the_rest_alone(
    company: Company,
) -> None:
    """The conference is there without counts."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "dashboard", code=20404))
    reading = await company.quanshi().fetch_live()
    [booking, *_] = running(company.sim)
    conference = reading.conferences[str(booking.event_id)]
    assert (conference.in_progress, conference.run) == (True, None)


async def test_many_runs_are_read_by_turns(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """Twelve new ones with each reading, and four of those that were read longest ago."""
    ids = [*range(101, 131)]
    vendor.reply(LIST, good([booked(number) for number in ids]))
    vendor.reply(GET_STATUS, good([state(each, 2, f"r{each}") for each in ids]))
    vendor.reply(
        DASHBOARD,
        lambda asked: good({**asked.asked, "status": 2, "attendeeCnt": 5}),
    )
    first = await client.fetch_live()
    assert sum(each.run is not None for each in first.conferences.values()) == 12
    for _ in range(2):
        last = await client.fetch_live()
    assert all(each.run is not None for each in last.conferences.values())
    asked = [request.asked["tempConferenceId"] for request in vendor.of(DASHBOARD)]
    assert len(asked) == 12 + 16 + 10
    assert len({*asked[:12], *asked[12:24], *asked[28:34]}) == 30
    assert asked[24:28] == asked[:4]
    assert asked[34:38] == asked[4:8]


async def test_a_run_that_is_taken_up_again_is_read_again(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """Although it had ended."""
    vendor.reply(LIST, good([booked(7)]))
    vendor.reply(GET_STATUS, good([state(7, 4, "r7")]), good([state(7, 2, "r7")]))
    run = {"tempConferenceId": "r7", "eventId": 7}
    over = run | {"status": 4, "attendeeCnt": 3}
    vendor.reply(DASHBOARD, good(over), good(run | {"status": 2, "attendeeCnt": 5}))
    counts = [
        (await client.fetch_live()).conferences["7"].latest_run.participants
        for _ in range(2)
    ]
    assert counts == [3, 5]


async def test_a_run_of_another_conference_is_not_shown(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The user gave its id by mistake."""
    vendor.reply(LIST, good([booked(7)]))
    vendor.reply(DASHBOARD, good({"tempConferenceId": "r8", "eventId": 8, "status": 2}))
    reading = await client.fetch_live([TrackedConference(event_id="7", run_id="r8")])
    assert reading.conferences["7"].run is None
    assert reading.conferences["7"].status is ConferenceStatus.CREATED


async def test_a_conference_that_is_resumed_has_a_new_run(company: Company) -> None:
    """The counts are those of the present one."""
    sim = company.sim
    booking = book(sim)
    client = company.quanshi()
    first = sim.company.quanshi.start_conference(booking.event_id)
    await client.fetch_live()
    sim.company.quanshi.end_conference(booking.event_id)
    sim.company.advance(60)
    second = sim.company.quanshi.start_conference(booking.event_id)
    conference = (await client.fetch_live()).conferences[str(booking.event_id)]
    assert conference.latest_run.run_id == second.temp_id != first.temp_id


# Conferences that are watched


async def test_a_watched_conference_is_read_wherever_its_time_is(
    company: Company,
) -> None:
    """Beside the host's next bookings."""
    sim = company.sim
    now = sim.company.clock.now
    later = sim.company.quanshi.book("远", now + 100 * HOUR, now + 101 * HOUR)
    client = company.quanshi()
    unwatched = await client.fetch_live()
    watched = await client.fetch_live([TrackedConference(event_id=str(later.event_id))])
    assert str(later.event_id) not in unwatched.conferences
    assert watched.conferences[str(later.event_id)].title == "远"


async def test_a_watched_conference_among_the_bookings_is_not_read_twice(
    company: Company,
) -> None:
    """The list has told it."""
    [booking, *_] = running(company.sim)
    one = TrackedConference(event_id=str(booking.event_id))
    await company.quanshi().fetch_live([one])
    assert company.sim.requests.count(VENDOR, "infos") == 0


async def test_a_watched_conference_that_is_not_there_hurts_nothing(
    company: Company,
) -> None:
    """It is simply not in the reading."""
    usual = await company.quanshi().fetch_live()
    gone = await company.quanshi().fetch_live([TrackedConference(event_id="1")])
    assert gone == usual


async def test_a_watched_conference_that_cannot_be_read_is_not_taken_for_gone(
    company: Company,
) -> None:
    """Everything else is read; the reading is not complete."""
    company.sim.faults.add(Fault("http", VENDOR, "infos", status=200, body="<html>"))
    usual = await company.quanshi().fetch_live()
    reading = await company.quanshi().fetch_live([TrackedConference(event_id="1")])
    assert reading.conferences == usual.conferences
    assert reading.rooms == usual.rooms
    assert reading.conferences_complete is False


@pytest.mark.parametrize("status", [502, 403, 429])
async def test_a_call_for_watched_conferences_that_fails_takes_no_other_down(
    company: Company, status: int
) -> None:
    """What is known of them stands, and the others are not asked for in vain."""
    sim = company.sim
    later = sim.company.clock.now + 100 * HOUR
    booked = [sim.company.quanshi.book("远", later, later + HOUR) for _ in range(2)]
    watched = [TrackedConference(event_id=str(each.event_id)) for each in booked]
    client = company.quanshi()
    usual = await client.fetch_live(watched)
    sim.faults.add(Fault("http", VENDOR, "infos", status=status))
    sim.requests.clear()
    reading = await client.fetch_live(watched)
    assert reading.conferences == usual.conferences
    assert {each.event_id for each in watched} <= reading.conferences.keys()
    assert sim.requests.count(VENDOR, "infos") == 1


async def test_a_run_that_was_given_is_shown_until_another_one_starts(
    company: Company,
) -> None:
    """The user knew it."""
    sim = company.sim
    booking = book(sim)
    first = sim.company.quanshi.start_conference(booking.event_id)
    sim.company.quanshi.end_conference(booking.event_id)
    one = TrackedConference(event_id=str(booking.event_id), run_id=first.temp_id)
    client = company.quanshi()
    given = (await client.fetch_live([one])).conferences[one.event_id]
    assert given.latest_run.run_id == first.temp_id
    sim.company.advance(60)
    second = sim.company.quanshi.start_conference(booking.event_id)
    started = (await client.fetch_live([one])).conferences[one.event_id]
    assert started.latest_run.run_id == second.temp_id


# Finding one


async def test_a_conference_is_found_by_its_hosts_password(company: Company) -> None:
    """With its live state and its run."""
    [booking, *_] = running(company.sim)
    found = await company.quanshi().find_conference(
        event_id=None, pcode=booking.secrets.pcode1, run_id=None
    )
    assert found.event_id == str(booking.event_id)
    assert found.status is ConferenceStatus.IN_PROGRESS
    assert found.run is not None


async def test_a_conference_is_found_with_the_run_that_was_given(
    company: Company,
) -> None:
    """Although it is over."""
    sim = company.sim
    booking = book(sim)
    run = sim.company.quanshi.start_conference(booking.event_id)
    sim.company.quanshi.end_conference(booking.event_id)
    found = await company.quanshi().find_conference(
        event_id=str(booking.event_id), pcode=None, run_id=run.temp_id
    )
    assert found.latest_run.run_id == run.temp_id


@pytest.mark.parametrize(
    "asked",
    [{"event_id": "1", "pcode": None}, {"event_id": None, "pcode": "9" * 18}],
)
async def test_a_conference_that_the_vendor_refuses_is_not_found(
    company: Company, asked: dict[str, str | None]
) -> None:
    """By either way to ask."""
    with pytest.raises(NotFound) as caught:
        await company.quanshi().find_conference(**asked, run_id=None)
    assert caught.value.code == 20404


@pytest.mark.parametrize(
    "result", [None, [], {}, "[]", [{"eventId": None}], "no such conference"]
)
async def test_an_answer_without_a_booking_is_not_found(
    client: QuanshiClient, vendor: ScriptedVendor, result: object
) -> None:
    """However the vendor says nothing."""
    vendor.reply(INFOS, good(result))
    with pytest.raises(NotFound):
        await client.find_conference(event_id="7", pcode=None, run_id=None)


async def test_a_conference_whose_live_state_is_gone_is_not_found(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """Although its booking can still be read."""
    vendor.reply(INFOS, good([booked(7)]))
    vendor.reply(GET_STATUS, good([state(7, 0)]))
    with pytest.raises(NotFound):
        await client.find_conference(event_id="7", pcode=None, run_id=None)


@pytest.mark.parametrize(
    "answered",
    [
        REFUSED,
        {},
        good(None),
        good({"tempConferenceId": "r", "eventId": 8, "status": 4}),
    ],
    ids=["refused", "no answer", "nothing", "of another"],
)
@pytest.mark.parametrize("now_running", ["", "r9"])
async def test_a_run_that_is_not_the_conferences_is_not_found(
    client: QuanshiClient, vendor: ScriptedVendor, answered: object, now_running: str
) -> None:
    """Whether or not it is being held."""
    vendor.reply(INFOS, good([booked(7)]))
    vendor.reply(GET_STATUS, good([state(7, 2, now_running)]))
    vendor.reply(DASHBOARD, answered)
    with pytest.raises(NotFound):
        await client.find_conference(event_id="7", pcode=None, run_id="r")


async def test_a_run_that_cannot_be_reached_is_not_taken_for_missing(
    company: Company,
) -> None:
    """The vendor has failed."""
    booking = book(company.sim)
    run = company.sim.company.quanshi.start_conference(booking.event_id)
    company.sim.faults.add(Fault("http", VENDOR, "dashboard", status=502))
    with pytest.raises(CannotConnect):
        await company.quanshi().find_conference(
            event_id=str(booking.event_id), pcode=None, run_id=run.temp_id
        )


async def test_finding_one_conference_forgets_nothing_of_the_others(
    company: Company,
) -> None:
    """The next reading asks for no run that has ended."""
    sim = company.sim
    booking, other = book(sim), book(sim)
    run = sim.company.quanshi.start_conference(booking.event_id)
    client = company.quanshi()
    await client.fetch_live()
    sim.company.quanshi.end_conference(booking.event_id)
    before = await client.fetch_live()
    await client.find_conference(event_id=str(other.event_id), pcode=None, run_id=None)
    after = await client.fetch_live()
    event_id = str(booking.event_id)
    assert after.conferences[event_id] == before.conferences[event_id]
    assert after.conferences[event_id].latest_run.run_id == run.temp_id


# Refusals


@pytest.mark.parametrize("status", [401, 403, 200, 500])
async def test_a_refused_token_is_said_so(company: Company, status: int) -> None:
    """By the HTTP status, or by the message where that does not tell."""
    company.sim.accounts.quanshi.token_error_status = status
    with pytest.raises(InvalidAuth):
        await company.quanshi(token="wrong").fetch_live()


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("body", ["", "<html>", "{}", "[]", "null", '"Unauthorized"'])
async def test_a_refused_token_is_said_so_whatever_the_body(
    company: Company, status: int, body: str
) -> None:
    """A gateway in front may have refused it."""
    company.sim.faults.add(Fault("http", VENDOR, status=status, body=body))
    with pytest.raises(InvalidAuth) as caught:
        await company.quanshi().fetch_live()
    assert caught.value.code == status


@pytest.mark.parametrize("message", ["token expired", "Invalid TOKEN", "令牌无效"])
async def test_a_message_that_names_the_token_is_a_refused_token(
    company: Company, message: str
) -> None:
    """In whatever language."""
    fault = Fault("vendor_code", VENDOR, "list", code=77, message=message)
    company.sim.faults.add(fault)
    with pytest.raises(InvalidAuth):
        await company.quanshi().fetch_live()


@pytest.mark.parametrize("api", ["listAll", "getStatus"])
async def test_a_token_that_the_bookings_take_lacks_a_right_elsewhere(
    company: Company, api: str
) -> None:
    """It is good: to ask for another would help nobody."""
    company.sim.faults.add(Fault("http", VENDOR, api, status=403))
    with pytest.raises(PermissionDenied) as caught:
        await company.quanshi().fetch_live()
    assert caught.value.code == 403


async def test_runs_that_the_token_may_not_see_cost_nothing_else(
    company: Company,
) -> None:
    """And the call that refuses it does not get it again with the next reading."""
    usual = await company.quanshi().fetch_live()
    company.sim.faults.add(Fault("http", VENDOR, "dashboard", status=403))
    company.sim.requests.clear()
    client = company.quanshi()
    for _ in range(3):
        reading = await client.fetch_live()
        assert reading.rooms == usual.rooms
        assert reading.conferences.keys() == usual.conferences.keys()
        assert {each.run for each in reading.conferences.values()} == {None}
    assert company.sim.requests.count(VENDOR, "dashboard") == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault("vendor_code", VENDOR, "list", code=10001), RequestRejected),
        (Fault("http", VENDOR, "list", status=502), CannotConnect),
        (Fault("http", VENDOR, "listAll", status=502), CannotConnect),
        (Fault("http", VENDOR, "list", status=429), RateLimited),
        (Fault("invalid_json", VENDOR, "list"), InvalidResponse),
        (Fault("wrong_shape", VENDOR, "list"), InvalidResponse),
        (Fault("http", VENDOR, "list", status=200, body="{}"), InvalidResponse),
        (Fault("http", VENDOR, "getStatus", status=502), CannotConnect),
    ],
)
async def test_a_reading_that_fails_says_why(
    company: Company, fault: Fault, kind: type[ApiError]
) -> None:
    """In the words that all vendors share."""
    company.sim.faults.add(fault)
    with pytest.raises(ApiError) as caught:
        await company.quanshi().fetch_live()
    assert type(caught.value) is kind


async def test_another_host_is_refused(company: Company) -> None:
    """The bookings are the host's own."""
    with pytest.raises(RequestRejected):
        await company.quanshi(user_id="1").fetch_live()
