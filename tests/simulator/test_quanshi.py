"""Test Quanshi's token, result forms, bookings and sessions."""

from collections import Counter
import json
import time
from typing import Any

from aiohttp import ClientSession
import pytest

from simulator import Approval, ResultForm, Simulator
from simulator.company.booking import Booking, ConferenceSession

from .clients import QuanshiClient, send

HOUR = 3600
INFOS = "room/conference/infos"
LIST = "room/conference/list"
STATUS = "conference/getStatus"
RUNNING = "conference/listbystatus"
DASHBOARD = "admin/dashboard/conference/info"


@pytest.fixture
def booking(sim: Simulator) -> Booking:
    """Book two rooms for the coming hour."""
    now = time.time()
    first, second, *_ = sim.company.quanshi.rooms
    return sim.company.quanshi.book("评审", now, now + HOUR, first, second)


async def window(quanshi: QuanshiClient, in_cycle: int = 1) -> list[dict[str, Any]]:
    """Fetch the bookings from twelve hours ago to a day ahead."""
    now = int(time.time())
    body = {"startTime": now - 12 * HOUR, "endTime": now + 24 * HOUR}
    body |= {"userId": quanshi.host_id, "inCycle": in_cycle}
    rows: list[dict[str, Any]] = json.loads(
        (await quanshi.post(LIST, body)).json["result"]
    )
    return rows


def seconds(value: int | str) -> int:
    """Return a time in seconds, from a number, text or milliseconds."""
    number = int(value)
    return number // (1 + 999 * (number > 10**11))


async def infos(quanshi: QuanshiClient, event_id: int) -> dict[str, Any]:
    """Fetch one booking."""
    body = {"eventId": event_id, "userId": quanshi.host_id}
    row: dict[str, Any] = (await quanshi.post(INFOS, body)).json["result"][0]
    return row


async def live(quanshi: QuanshiClient, event_id: int) -> dict[str, Any]:
    """Fetch the live status of one booking."""
    answer = (await quanshi.post(STATUS, {"eventIds": [event_id]})).json
    row: dict[str, Any] = answer["result"]["conferences"][0]
    return row


async def test_a_wrong_token_is_rejected_with_401(quanshi: QuanshiClient) -> None:
    """The message names the token."""
    reply = await quanshi.post("room/listAll", {}, token="wrong")
    assert reply.status == 401
    assert "token" in reply.json["msg"]


async def test_a_wrong_token_can_be_rejected_with_a_status(
    sim: Simulator, quanshi: QuanshiClient
) -> None:
    """The vendor does not document the status."""
    sim.accounts.quanshi.token_error_status = 200
    reply = await quanshi.post("room/listAll", {}, token="wrong")
    assert reply.status == 200
    assert reply.json["status"] != 0


async def test_the_token_can_be_in_the_body(
    sim: Simulator, quanshi: QuanshiClient
) -> None:
    """The vendor's page on the dashboard documents this."""
    body = {"token": sim.accounts.quanshi.token}
    assert (await quanshi.post("room/listAll", body, token="")).json["status"] == 0


async def test_a_token_can_expire(sim: Simulator, quanshi: QuanshiClient) -> None:
    """The token is rejected until `token_expired` is reset."""
    sim.quanshi.expire_tokens()
    assert (await quanshi.post("room/listAll", {})).status == 401
    sim.accounts.quanshi.token_expired = False
    assert (await quanshi.post("room/listAll", {})).status == 200


async def test_only_json_by_post_is_accepted(
    sim: Simulator, session: ClientSession, quanshi: QuanshiClient
) -> None:
    """GET and other bodies are rejected with HTTP 200."""
    url = f"{sim.url}/confopenapi/room/listAll"
    headers = {"token": sim.accounts.quanshi.token, "Content-Type": "application/json"}
    got = await send(session, "GET", url, headers)
    bare = await send(session, "POST", url, headers, b"no json")
    assert [got.status, bare.status] == [200, 200]
    assert 0 not in (got.json["status"], bare.json["status"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (INFOS, {"eventId": "650000"}),
        (INFOS, {}),
        (INFOS, {"eventId": 1}),
        (INFOS, {"eventId": 650000, "userId": "84908940"}),
        (INFOS, {"eventId": 650000, "userId": 1}),
        (INFOS, {"pcode": "1"}),
        (LIST, {"startTime": "1", "endTime": 2}),
        (LIST, {"startTime": 2, "endTime": 1}),
        (LIST, {"startTime": 1, "endTime": 2, "inCycle": 2}),
        (STATUS, {"eventIds": ["650000"]}),
        (STATUS, {"eventIds": []}),
        (STATUS, {}),
        (RUNNING, {"page": 0}),
        (DASHBOARD, {"tempConferenceId": 56000000}),
        (DASHBOARD, {"tempConferenceId": "1"}),
        ("room/getRoomById", {"roomId": 1}),
    ],
)
async def test_invalid_parameters_are_rejected(
    quanshi: QuanshiClient, path: str, body: dict[str, Any]
) -> None:
    """The HTTP status is 200, the vendor's status is not 0, and there is a message."""
    reply = await quanshi.post(path, {"userId": quanshi.host_id} | body)
    assert reply.status == 200
    assert reply.json["status"] != 0
    assert reply.json["msg"]


async def test_an_unknown_path_is_not_found(
    sim: Simulator, session: ClientSession
) -> None:
    """The response is HTTP 404."""
    reply = await send(session, "POST", f"{sim.url}/confopenapi/nothing", body=b"{}")
    assert reply.status == 404


async def test_a_missing_permission_is_rejected(
    sim: Simulator, quanshi: QuanshiClient
) -> None:
    """Other APIs succeed."""
    sim.accounts.quanshi.permissions.revoke("dashboard")
    assert (await quanshi.post(DASHBOARD, {})).json["status"] == 40301
    assert (await quanshi.post("room/listAll", {})).json["status"] == 0


async def test_a_booking_has_its_rooms(
    quanshi: QuanshiClient, booking: Booking
) -> None:
    """Times are in seconds, the length in minutes, and each room has its approval."""
    row = await infos(quanshi, booking.event_id)
    assert (row["title"], row["length"], row["calType"]) == ("评审", 60, "E")
    assert seconds(row["startTime"]) == booking.start
    assert [room["ApprovalStatus"] for room in row["houseList"]] == [2, 2]
    assert len(row["detailHouseList"]) == 2


async def test_a_booking_is_found_by_the_host_password(
    quanshi: QuanshiClient, booking: Booking
) -> None:
    """Eighteen digits replace the event id."""
    code = booking.secrets.pcode1
    reply = await quanshi.post(INFOS, {"pcode": code, "userId": quanshi.host_id})
    assert len(code) == 18
    assert reply.json["result"][0]["eventId"] == booking.event_id


async def test_the_list_contains_recurring_bookings_on_request(
    quanshi: QuanshiClient,
) -> None:
    """By default the list contains only single bookings."""
    every, single = await window(quanshi), await window(quanshi, 0)
    assert {row["calType"] for row in every} == {"E", "M"}
    assert {row["calType"] for row in single} == {"E"}
    assert all("roomId" in row for row in every)


async def test_the_list_contains_every_kind_of_booking(quanshi: QuanshiClient) -> None:
    """There are cancelled, ended and hidden bookings, and every approval status."""
    rows = await window(quanshi)
    rooms = [room for row in rows for room in row["houseList"]]
    assert {row["status"] for row in rows} == {0, 1, 4}
    assert {row["calExtraInfo"]["hide"] for row in rows} == {0, 1}
    assert {room["ApprovalStatus"] for room in rooms} == {0, 1, 2, 3}
    assert {row["isGnet"] for row in rows} == {0, 1}


async def test_a_booking_goes_from_created_to_ended(
    sim: Simulator, quanshi: QuanshiClient, booking: Booking
) -> None:
    """`infos` never reports in progress; the session has an id while it is in progress."""
    event_id, bookings = booking.event_id, sim.company.quanshi
    assert (await live(quanshi, event_id))["status"] == 1
    session = bookings.start_conference(event_id)
    running = await live(quanshi, event_id)
    assert (running["status"], running["tempConferenceId"]) == (2, session.temp_id)
    assert (await infos(quanshi, event_id))["status"] == 1
    bookings.end_conference(event_id)
    ended = await live(quanshi, event_id)
    assert (ended["status"], ended["tempConferenceId"]) == (4, "")
    assert (await infos(quanshi, event_id))["status"] == 4
    assert bookings.start_conference(event_id).temp_id != session.temp_id


async def test_a_booking_without_a_session_expires(
    sim: Simulator, quanshi: QuanshiClient, booking: Booking
) -> None:
    """The booking expires at its end."""
    sim.company.advance(HOUR + 1)
    assert (await live(quanshi, booking.event_id))["status"] == 5


async def test_a_cancelled_booking_is_still_returned(
    sim: Simulator, quanshi: QuanshiClient, booking: Booking
) -> None:
    """The status of the booking is cancelled."""
    sim.company.quanshi.cancel(booking.event_id)
    assert (await infos(quanshi, booking.event_id))["status"] == 0


async def test_a_deleted_booking_is_not_found(
    sim: Simulator, quanshi: QuanshiClient, booking: Booking
) -> None:
    """The list does not contain the booking either."""
    sim.company.quanshi.delete(booking.event_id)
    body = {"eventId": booking.event_id, "userId": quanshi.host_id}
    assert (await live(quanshi, booking.event_id))["status"] == 0
    assert (await quanshi.post(INFOS, body)).json["status"] != 0
    listed = [int(row["eventId"]) for row in await window(quanshi)]
    assert booking.event_id not in listed


async def test_a_room_is_in_use_only_with_an_approval(
    sim: Simulator, booking: Booking
) -> None:
    """An active session alone does not occupy the room."""
    first, second = [str(each.room_id) for each in booking.requests]
    bookings = sim.company.quanshi
    bookings.end_meeting(int(first))
    bookings.end_meeting(int(second))
    bookings.start_conference(booking.event_id)
    bookings.approve(booking.event_id, int(second), Approval.PENDING)
    assert (sim.truth()["quanshi"][first], sim.truth()["quanshi"][second]) == (
        "in_use",
        "idle",
    )
    bookings.approve(booking.event_id, int(second))
    assert sim.truth()["quanshi"][second] == "in_use"


async def test_the_dashboard_counts_the_participants(
    sim: Simulator, quanshi: QuanshiClient, booking: Booking
) -> None:
    """The counts change, and the status becomes ended."""
    session = sim.company.quanshi.start_conference(booking.event_id)
    seen = []
    for _ in range(6):
        sim.company.advance(20)
        reply = await quanshi.post(DASHBOARD, {"tempConferenceId": session.temp_id})
        seen.append(reply.json["result"])
    assert {row["status"] for row in seen} == {2}
    assert {row["stopTime"] for row in seen} == {0}
    assert len({row["attendeeCnt"] for row in seen}) > 1
    sim.company.quanshi.end_conference(booking.event_id)
    reply = await quanshi.post(DASHBOARD, {"tempConferenceId": session.temp_id})
    assert reply.json["result"]["status"] == 4
    assert reply.json["result"]["stopTime"] > 0


async def test_all_sessions_of_the_company_are_listed(
    quanshi: QuanshiClient,
) -> None:
    """The pages include the sessions of other hosts."""
    complete = (await quanshi.post(RUNNING, {})).json["result"]
    pages = [
        (await quanshi.post(RUNNING, {"page": page, "count": 1})).json["result"]
        for page in range(1, complete["totalCount"] + 1)
    ]
    hosts = {row["hostId"] for row in complete["confList"]}
    assert hosts > {quanshi.host_id}
    assert [page["confList"][0] for page in pages] == complete["confList"]


async def test_rooms_are_listed_and_returned_one_by_one(
    sim: Simulator, quanshi: QuanshiClient
) -> None:
    """The list has no live status; one room has its devices."""
    rows = (await quanshi.post("room/listAll", {})).json["result"]
    assert [row["roomId"] for row in rows] == list(sim.company.quanshi.rooms)
    assert {row["status"] for row in rows} == {1, 2}
    reply = await quanshi.post("room/getRoomById", {"roomId": rows[2]["roomId"]})
    assert len(reply.json["result"]["devices"]) == 2


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        (ResultForm.OBJECT, dict),
        (ResultForm.ARRAY, list),
        (ResultForm.MAP, dict),
        (ResultForm.STRING, str),
    ],
)
async def test_a_result_can_have_any_form(
    sim: Simulator, quanshi: QuanshiClient, form: ResultForm, kind: type
) -> None:
    """The form can be set for each API."""
    sim.quanshi.forms["listAll"] = form
    result = (await quanshi.post("room/listAll", {})).json["result"]
    assert isinstance(result, kind)
    assert str(next(iter(sim.company.quanshi.rooms))) in json.dumps(result)


async def test_bookings_are_around_the_current_time(quanshi: QuanshiClient) -> None:
    """There are current, past and future bookings."""
    now = time.time()
    times = [
        (seconds(row["startTime"]), seconds(row["endTime"]))
        for row in await window(quanshi)
    ]
    assert any(start < now < end for start, end in times)
    assert any(end < now for start, end in times)
    assert any(start > now + 12 * HOUR for start, end in times)


async def test_a_daily_conference_keeps_its_event_id(quanshi: QuanshiClient) -> None:
    """The occurrences share one id, and `infos` returns the next one."""
    ids = Counter(int(row["eventId"]) for row in await window(quanshi))
    (daily, often), *_ = ids.most_common()
    assert often == 2
    assert seconds((await infos(quanshi, daily))["startTime"]) > time.time()


async def test_ids_and_times_have_different_types(quanshi: QuanshiClient) -> None:
    """Ids and times are numbers, text, seconds or milliseconds."""
    rows = await window(quanshi)
    assert {type(row["eventId"]) for row in rows} == {int, str}
    assert {type(row["roomId"]) for row in rows} == {int, str}
    assert {(type(row["startTime"]), len(str(row["startTime"]))) for row in rows} == {
        (int, 10),
        (int, 13),
        (str, 10),
    }
    rooms = [room for row in rows for room in row["detailHouseList"]]
    assert {type(room["DeviceId"]) for room in rooms} == {int, str}
    assert {key for room in rooms for key in room} >= {
        "ApprovalStatus",
        "ApplyStatus",
    }


async def test_a_resumed_conference_is_ended_in_between(
    sim: Simulator, quanshi: QuanshiClient, booking: Booking
) -> None:
    """The conference is in progress again with another session."""
    bookings, event_id = sim.company.quanshi, booking.event_id
    states = []
    for act in (
        bookings.start_conference,
        bookings.end_conference,
        bookings.start_conference,
        bookings.end_conference,
    ):
        act(event_id)
        states.append((await live(quanshi, event_id))["status"])
    assert states == [2, 4, 2, 4]


async def test_the_rooms_have_approved_and_pending_bookings_for_two_days(
    sim: Simulator,
) -> None:
    """Some bookings are cancelled."""
    now = sim.company.clock.now
    bookings = [each for each in sim.company.quanshi.bookings if each.start > now]
    approvals = {each.approval for booking in bookings for each in booking.requests}
    assert {Approval.APPROVED, Approval.PENDING} <= approvals
    assert max(each.start for each in bookings) > now + 45 * HOUR
    assert any(each.cancelled for each in bookings)


async def test_a_moved_booking_takes_place_later(sim: Simulator) -> None:
    """Its sessions move with it unless they have begun."""
    quanshi, now = sim.company.quanshi, sim.company.clock.now
    coming = next(each for each in quanshi.bookings if each.start > now + HOUR)
    coming.sessions = [ConferenceSession("1", now - 5, now - 1, "")]
    coming.sessions.append(ConferenceSession("2", now + HOUR, now + 2 * HOUR, ""))
    start = coming.start
    quanshi.move(coming.event_id, 600)
    assert coming.start == start + 600
    assert [each.start for each in coming.sessions] == [now - 5, now + HOUR + 600]
