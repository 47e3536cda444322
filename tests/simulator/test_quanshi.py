"""Test Quanshi: its token, its forms, its bookings and its runs."""

from collections import Counter
import json
import time
from typing import Any

from aiohttp import ClientSession
import pytest

from simulator import Approval, ResultForm, Simulator
from simulator.company.booking import Booking

from .callers import QuanshiCaller, send

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
    first, second, *_ = sim.estate.quanshi.rooms
    return sim.estate.quanshi.book("评审", now, now + HOUR, first, second)


async def window(quanshi: QuanshiCaller, in_cycle: int = 1) -> list[dict[str, Any]]:
    """List the bookings from twelve hours back to a day ahead."""
    now = int(time.time())
    asked = {"startTime": now - 12 * HOUR, "endTime": now + 24 * HOUR}
    asked |= {"userId": quanshi.host_id, "inCycle": in_cycle}
    rows: list[dict[str, Any]] = json.loads(
        (await quanshi.post(LIST, asked)).json["result"]
    )
    return rows


def seconds(printed: int | str) -> int:
    """Read a time that is a number, text or in milliseconds."""
    number = int(printed)
    return number // (1 + 999 * (number > 10**11))


async def infos(quanshi: QuanshiCaller, event_id: int) -> dict[str, Any]:
    """Print one booking."""
    asked = {"eventId": event_id, "userId": quanshi.host_id}
    row: dict[str, Any] = (await quanshi.post(INFOS, asked)).json["result"][0]
    return row


async def live(quanshi: QuanshiCaller, event_id: int) -> dict[str, Any]:
    """Print the live state of one booking."""
    answer = (await quanshi.post(STATUS, {"eventIds": [event_id]})).json
    row: dict[str, Any] = answer["result"]["conferences"][0]
    return row


async def test_a_refused_token_is_a_401(quanshi: QuanshiCaller) -> None:
    """The message names the token."""
    reply = await quanshi.post("room/listAll", {}, token="wrong")
    assert reply.status == 401
    assert "token" in reply.json["msg"]


async def test_a_refused_token_may_come_as_a_status(
    sim: Simulator, quanshi: QuanshiCaller
) -> None:
    """Which one it is, no page says."""
    sim.accounts.quanshi.refusal_status = 200
    reply = await quanshi.post("room/listAll", {}, token="wrong")
    assert reply.status == 200
    assert reply.json["status"] != 0


async def test_the_token_may_stand_in_the_body(
    sim: Simulator, quanshi: QuanshiCaller
) -> None:
    """The dashboard's page says so."""
    body = {"token": sim.accounts.quanshi.token}
    assert (await quanshi.post("room/listAll", body, token="")).json["status"] == 0


async def test_a_token_can_be_ended(sim: Simulator, quanshi: QuanshiCaller) -> None:
    """It is refused until it is taken back."""
    sim.quanshi.end_sessions()
    assert (await quanshi.post("room/listAll", {})).status == 401
    sim.accounts.quanshi.token_ended = False
    assert (await quanshi.post("room/listAll", {})).status == 200


async def test_only_posted_json_is_read(
    sim: Simulator, session: ClientSession, quanshi: QuanshiCaller
) -> None:
    """GET and other bodies are refused within HTTP 200."""
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
async def test_a_wrong_question_is_refused_with_a_status(
    quanshi: QuanshiCaller, path: str, body: dict[str, Any]
) -> None:
    """HTTP is well, the status is not 0, and there is a message."""
    reply = await quanshi.post(path, {"userId": quanshi.host_id} | body)
    assert reply.status == 200
    assert reply.json["status"] != 0
    assert reply.json["msg"]


async def test_an_unknown_path_is_not_found(
    sim: Simulator, session: ClientSession
) -> None:
    """There is nothing else at the address."""
    reply = await send(session, "POST", f"{sim.url}/confopenapi/nothing", body=b"{}")
    assert reply.status == 404


async def test_a_withdrawn_right_is_refused(
    sim: Simulator, quanshi: QuanshiCaller
) -> None:
    """Only that API is."""
    sim.accounts.quanshi.grants.withdraw("dashboard")
    assert (await quanshi.post(DASHBOARD, {})).json["status"] == 40301
    assert (await quanshi.post("room/listAll", {})).json["status"] == 0


async def test_a_booking_is_printed_with_its_rooms(
    quanshi: QuanshiCaller, booking: Booking
) -> None:
    """Seconds, minutes, and each room with its approval."""
    row = await infos(quanshi, booking.event_id)
    assert (row["title"], row["length"], row["calType"]) == ("评审", 60, "E")
    assert seconds(row["startTime"]) == booking.start
    assert [house["ApprovalStatus"] for house in row["houseList"]] == [2, 2]
    assert len(row["detailHouseList"]) == 2


async def test_a_booking_is_found_by_the_hosts_password(
    quanshi: QuanshiCaller, booking: Booking
) -> None:
    """Eighteen digits instead of the event's id."""
    code = booking.secrets.pcode1
    reply = await quanshi.post(INFOS, {"pcode": code, "userId": quanshi.host_id})
    assert len(code) == 18
    assert reply.json["result"][0]["eventId"] == booking.event_id


async def test_the_list_leaves_recurring_bookings_out_unless_asked(
    quanshi: QuanshiCaller,
) -> None:
    """Without them only single ones are there."""
    every, single = await window(quanshi), await window(quanshi, 0)
    assert {row["calType"] for row in every} == {"E", "M"}
    assert {row["calType"] for row in single} == {"E"}
    assert all("roomId" in row for row in every)


async def test_the_list_shows_every_kind_of_booking(quanshi: QuanshiCaller) -> None:
    """Cancelled and ended ones, hidden ones, and every state of approval."""
    rows = await window(quanshi)
    houses = [house for row in rows for house in row["houseList"]]
    assert {row["status"] for row in rows} == {0, 1, 4}
    assert {row["calExtraInfo"]["hide"] for row in rows} == {0, 1}
    assert {house["ApprovalStatus"] for house in houses} == {0, 1, 2, 3}
    assert {row["isGnet"] for row in rows} == {0, 1}


async def test_a_booking_lives_from_created_to_ended(
    sim: Simulator, quanshi: QuanshiCaller, booking: Booking
) -> None:
    """`infos` never says that it runs; the run has an id while it is on."""
    event_id, diary = booking.event_id, sim.estate.quanshi
    assert (await live(quanshi, event_id))["status"] == 1
    run = diary.start_run(event_id)
    running = await live(quanshi, event_id)
    assert (running["status"], running["tempConferenceId"]) == (2, run.temp_id)
    assert (await infos(quanshi, event_id))["status"] == 1
    diary.end_run(event_id)
    ended = await live(quanshi, event_id)
    assert (ended["status"], ended["tempConferenceId"]) == (4, "")
    assert (await infos(quanshi, event_id))["status"] == 4
    assert diary.start_run(event_id).temp_id != run.temp_id


async def test_a_booking_that_nobody_holds_expires(
    sim: Simulator, quanshi: QuanshiCaller, booking: Booking
) -> None:
    """Once its end is over."""
    sim.estate.advance(HOUR + 1)
    assert (await live(quanshi, booking.event_id))["status"] == 5


async def test_a_cancelled_booking_is_still_shown(
    sim: Simulator, quanshi: QuanshiCaller, booking: Booking
) -> None:
    """As cancelled."""
    sim.estate.quanshi.cancel(booking.event_id)
    assert (await infos(quanshi, booking.event_id))["status"] == 0


async def test_a_deleted_booking_is_gone(
    sim: Simulator, quanshi: QuanshiCaller, booking: Booking
) -> None:
    """It does not exist any more."""
    sim.estate.quanshi.delete(booking.event_id)
    asked = {"eventId": booking.event_id, "userId": quanshi.host_id}
    assert (await live(quanshi, booking.event_id))["status"] == 0
    assert (await quanshi.post(INFOS, asked)).json["status"] != 0
    listed = [int(row["eventId"]) for row in await window(quanshi)]
    assert booking.event_id not in listed


async def test_a_room_is_in_use_only_when_it_was_approved(
    sim: Simulator, booking: Booking
) -> None:
    """A run alone does not hold a room."""
    first, second = [str(each.room_id) for each in booking.requests]
    diary = sim.estate.quanshi
    diary.end_meeting(int(first))
    diary.end_meeting(int(second))
    diary.start_run(booking.event_id)
    diary.approve(booking.event_id, int(second), Approval.PENDING)
    assert (sim.truth()["quanshi"][first], sim.truth()["quanshi"][second]) == (
        "in_use",
        "idle",
    )
    diary.approve(booking.event_id, int(second))
    assert sim.truth()["quanshi"][second] == "in_use"


async def test_the_dashboard_counts_the_people_of_a_run(
    sim: Simulator, quanshi: QuanshiCaller, booking: Booking
) -> None:
    """The counts move, and when it has ended it says so."""
    run = sim.estate.quanshi.start_run(booking.event_id)
    seen = []
    for _ in range(6):
        sim.estate.advance(20)
        reply = await quanshi.post(DASHBOARD, {"tempConferenceId": run.temp_id})
        seen.append(reply.json["result"])
    assert {row["status"] for row in seen} == {2}
    assert {row["stopTime"] for row in seen} == {0}
    assert len({row["attendeeCnt"] for row in seen}) > 1
    sim.estate.quanshi.end_run(booking.event_id)
    reply = await quanshi.post(DASHBOARD, {"tempConferenceId": run.temp_id})
    assert reply.json["result"]["status"] == 4
    assert reply.json["result"]["stopTime"] > 0


async def test_all_runs_of_the_company_are_listed(
    quanshi: QuanshiCaller,
) -> None:
    """Those of other hosts too, page by page."""
    whole = (await quanshi.post(RUNNING, {})).json["result"]
    pages = [
        (await quanshi.post(RUNNING, {"page": page, "count": 1})).json["result"]
        for page in range(1, whole["totalCount"] + 1)
    ]
    hosts = {row["hostId"] for row in whole["confList"]}
    assert hosts > {quanshi.host_id}
    assert [page["confList"][0] for page in pages] == whole["confList"]


async def test_rooms_are_listed_and_printed_one_by_one(
    sim: Simulator, quanshi: QuanshiCaller
) -> None:
    """The list has no live state; one room has its devices."""
    rows = (await quanshi.post("room/listAll", {})).json["result"]
    assert [row["roomId"] for row in rows] == list(sim.estate.quanshi.rooms)
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
async def test_a_result_comes_in_any_form(
    sim: Simulator, quanshi: QuanshiCaller, form: ResultForm, kind: type
) -> None:
    """Each API can be told which."""
    sim.quanshi.forms["listAll"] = form
    result = (await quanshi.post("room/listAll", {})).json["result"]
    assert isinstance(result, kind)
    assert str(next(iter(sim.estate.quanshi.rooms))) in json.dumps(result)


async def test_times_are_around_the_real_present(quanshi: QuanshiCaller) -> None:
    """Something runs now, something was, something comes."""
    now = time.time()
    times = [
        (seconds(row["startTime"]), seconds(row["endTime"]))
        for row in await window(quanshi)
    ]
    assert any(start < now < end for start, end in times)
    assert any(end < now for start, end in times)
    assert any(start > now + 12 * HOUR for start, end in times)


async def test_a_daily_conference_keeps_its_event(quanshi: QuanshiCaller) -> None:
    """Its occurrences share one id, and asking for it prints the coming one."""
    ids = Counter(int(row["eventId"]) for row in await window(quanshi))
    (daily, often), *_ = ids.most_common()
    assert often == 2
    assert seconds((await infos(quanshi, daily))["startTime"]) > time.time()


async def test_ids_and_times_come_in_every_way(quanshi: QuanshiCaller) -> None:
    """A number, a text, seconds or milliseconds."""
    rows = await window(quanshi)
    assert {type(row["eventId"]) for row in rows} == {int, str}
    assert {type(row["roomId"]) for row in rows} == {int, str}
    assert {(type(row["startTime"]), len(str(row["startTime"]))) for row in rows} == {
        (int, 10),
        (int, 13),
        (str, 10),
    }
    houses = [house for row in rows for house in row["detailHouseList"]]
    assert {type(house["DeviceId"]) for house in houses} == {int, str}
    assert {key for house in houses for key in house} >= {
        "ApprovalStatus",
        "ApplyStatus",
    }


async def test_a_resumed_conference_is_over_in_between(
    sim: Simulator, quanshi: QuanshiCaller, booking: Booking
) -> None:
    """It goes back to started with another run."""
    diary, event_id = sim.estate.quanshi, booking.event_id
    states = []
    for act in (diary.start_run, diary.end_run, diary.start_run, diary.end_run):
        act(event_id)
        states.append((await live(quanshi, event_id))["status"])
    assert states == [2, 4, 2, 4]
