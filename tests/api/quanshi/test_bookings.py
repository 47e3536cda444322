"""Test the list of a host's bookings at Quanshi."""

from collections.abc import Callable
import json

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.meeting_rooms.api.models.conference import (
    ConferenceStatus,
    Recurrence,
)
from custom_components.meeting_rooms.api.models.room import RoomStatus
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from simulator import Fault, ResultForm

from ..accounts import Company
from ..scripted import ScriptedVendor
from .diary import book
from .responses import (
    GET_STATUS,
    HOUR,
    LIST,
    LIST_ALL,
    NOW,
    VENDOR,
    booked,
    booked_in_5,
    state,
    success,
)

WITHOUT_RESULT: list[dict[str, object]] = [
    {"status": 0},
    {"status": 0, "result": None},
    {"status": 0, "result": ""},
    {"status": 0, "data": []},
    {"status": 0, "data": [{"eventId": 8, "roomId": 8}]},
]


async def test_every_conference_has_its_current_status(company: Company) -> None:
    """A booking that getStatus reports as not existing is not returned."""
    live = await company.quanshi().fetch_live()
    truth = company.sim.company.quanshi.conference_truth()
    found = {event_id: str(each.status) for event_id, each in live.conferences.items()}
    assert found.items() <= truth.items()
    assert {"in_progress", "created", "ended"} <= {*found.values()}
    assert live.conferences_complete is True


@pytest.mark.parametrize("form", [*ResultForm])
@pytest.mark.parametrize("api", ["list", "getStatus", "dashboard", "listAll"])
async def test_the_form_of_a_result_makes_no_difference(
    company: Company, api: str, form: ResultForm
) -> None:
    """The result may be an object, an array, a map or a string of JSON."""
    usual = await company.quanshi().fetch_live()
    company.sim.quanshi.forms[api] = form
    assert await company.quanshi().fetch_live() == usual


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: [{"conferences": rows}],
        lambda rows: [rows],
        lambda rows: {"data": {"list": rows}},
        lambda rows: json.dumps([{"conferences": json.dumps(rows)}]),
    ],
    ids=["array around object", "array around array", "object twice", "string twice"],
)
async def test_nested_results_are_parsed(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    wrap: Callable[[list[object]], object],
) -> None:
    """The list, the live states and the rooms are complete."""
    vendor.reply(LIST_ALL, success(wrap([{"roomId": 5}])))
    vendor.reply(LIST, success(wrap([booked_in_5(7)])))
    vendor.reply(GET_STATUS, success(wrap([state(7, 2)])))
    live = await client.fetch_live()
    assert live.rooms["5"].status is RoomStatus.IN_USE
    assert live.conferences["7"].status is ConferenceStatus.IN_PROGRESS
    assert (live.rooms_complete, live.conferences_complete) == (True, True)


@pytest.mark.parametrize("status", [201, 203])
async def test_any_successful_http_status_is_accepted(
    company: Company, status: int
) -> None:
    """The body decides whether the request succeeded."""
    body = json.dumps(success([{"roomId": 5}]))
    company.sim.faults.add(Fault("http", VENDOR, "listAll", status=status, body=body))
    live = await company.quanshi().fetch_live()
    assert ([*live.rooms], live.rooms_complete) == (["5"], True)


@pytest.mark.parametrize("result", [[], {}, "[]", "{}"])
async def test_an_empty_list_is_complete(
    client: QuanshiClient, vendor: ScriptedVendor, result: object
) -> None:
    """The host has no bookings."""
    vendor.reply(LIST, success(result))
    live = await client.fetch_live()
    assert (live.conferences, live.conferences_complete) == ({}, True)


@pytest.mark.parametrize("response", WITHOUT_RESULT, ids=str)
async def test_a_response_without_a_result_is_incomplete(
    client: QuanshiClient, vendor: ScriptedVendor, response: dict[str, object]
) -> None:
    """The last rooms and bookings are kept."""
    vendor.reply(LIST_ALL, success([{"roomId": 5}]))
    vendor.reply(LIST, success([booked(7)]))
    before = await client.fetch_live()
    vendor.reply(LIST_ALL, response)
    vendor.reply(LIST, response)
    after = await client.fetch_live()
    assert (after.rooms, after.conferences) == (before.rooms, before.conferences)
    assert (after.rooms_complete, after.conferences_complete) == (False, False)


async def test_a_damaged_row_makes_the_list_incomplete(company: Company) -> None:
    """The other conferences are returned."""
    usual = await company.quanshi().fetch_live()
    company.sim.faults.add(Fault("bad_room", VENDOR, "list"))
    live = await company.quanshi().fetch_live()
    assert live.conferences == usual.conferences
    assert live.conferences_complete is False


@pytest.mark.parametrize("rows", [[booked_in_5(8), {"eventId": None}], "x"])
async def test_a_booking_is_kept_while_the_list_is_incomplete(
    client: QuanshiClient, running_in_5: ScriptedVendor, rows: object
) -> None:
    """The live state of the booking is still fetched, and its room is in use."""
    await client.fetch_live()
    running_in_5.reply(LIST, success(rows))
    live = await client.fetch_live()
    assert live.conferences_complete is False
    assert live.conferences["7"].in_progress is True
    assert live.rooms["5"].status is RoomStatus.IN_USE
    running_in_5.reply(GET_STATUS, success([state(7, 4)]))
    ended = await client.fetch_live()
    assert ended.conferences["7"].status is ConferenceStatus.ENDED
    assert ended.rooms["5"].status is RoomStatus.IDLE


async def test_a_complete_list_removes_what_it_does_not_contain(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """An incomplete list after it does not bring it back."""
    running_in_5.reply(GET_STATUS, success([state(7, 1)]))
    await client.fetch_live()
    running_in_5.reply(LIST, success([]), success("x"))
    complete = await client.fetch_live()
    incomplete = await client.fetch_live()
    assert (complete.conferences, complete.conferences_complete) == ({}, True)
    assert (incomplete.conferences, incomplete.conferences_complete) == ({}, False)


@pytest.mark.parametrize("state_of_7", [2, 77])
async def test_a_running_conference_is_returned_until_its_live_state_is_over(
    client: QuanshiClient, running_in_5: ScriptedVendor, state_of_7: int
) -> None:
    """The host may have deleted the booking, or the conference lasts for longer."""
    await client.fetch_live()
    running_in_5.reply(LIST, success([]))
    states = [success([state(7, code)]) for code in (state_of_7, 2, 4, 4)]
    running_in_5.reply(GET_STATUS, *states)
    found = [[*(await client.fetch_live()).conferences] for _ in range(4)]
    assert found == [["7"], ["7"], ["7"], []]


async def test_a_conference_that_runs_for_more_than_12_hours_is_returned(
    client: QuanshiClient, running_in_5: ScriptedVendor, freezer: FrozenDateTimeFactory
) -> None:
    """Its room is in use until the live state says that it is over."""
    await client.fetch_live()
    freezer.tick(16 * HOUR)
    running = await client.fetch_live()
    running_in_5.reply(GET_STATUS, success([state(7, 4)]))
    ended = await client.fetch_live()
    assert running.conferences["7"].in_progress is True
    assert running.rooms["5"].status is RoomStatus.IN_USE
    assert ended.rooms["5"].status is RoomStatus.IDLE
    assert (await client.fetch_live()).conferences == {}


async def test_an_incomplete_list_does_not_keep_bookings_older_than_12_hours(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """A complete list would not contain these bookings."""
    old = booked(7, -14 * HOUR, -13 * HOUR)
    vendor.reply(LIST, success([old, booked(8)]), success("x"))
    await client.fetch_live()
    assert [*(await client.fetch_live()).conferences] == ["8"]


async def test_a_hidden_title_is_not_returned(company: Company) -> None:
    """The host is returned."""
    booking = book(company.sim)
    booking.hidden = True
    live = await company.quanshi().fetch_live()
    conference = live.conferences[str(booking.event_id)]
    assert conference.title is None
    assert conference.host == booking.host_name
    assert booking.title not in repr(conference)


async def test_a_cancelled_booking_is_returned_as_cancelled(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """Status 0 of a booking is not a missing booking."""
    vendor.reply(LIST, success([booked(7, status=0)]))
    vendor.reply(GET_STATUS, success([state(7, 1)]))
    live = await client.fetch_live()
    assert live.conferences["7"].status is ConferenceStatus.CANCELLED


@pytest.mark.parametrize(
    ("occurrences", "shown"),
    [
        ([(-5, -4), (-1, 1), (3, 4)], -1),
        ([(3, 4), (-1, 1), (-5, -4)], -1),
        ([(-5, -4), (3, 4), (9, 10)], 3),
        ([(-9, -8), (-5, -4)], -5),
        ([(-5, -4), (-9, -8)], -5),
    ],
)
async def test_the_current_or_next_occurrence_of_a_series_is_shown(
    client: QuanshiClient,
    vendor: ScriptedVendor,
    occurrences: list[tuple[int, int]],
    shown: int,
) -> None:
    """Without either the last one is shown; all occurrences have the same event id."""
    rows = [booked(7, a * HOUR, b * HOUR, calType="M") for a, b in occurrences]
    vendor.reply(LIST, success(rows))
    [conference] = (await client.fetch_live()).conferences.values()
    assert conference.start is not None
    assert conference.start.timestamp() - NOW.timestamp() == shown * HOUR
    assert conference.recurrence is Recurrence.RECURRING


async def test_the_occurrence_that_overruns_is_shown_while_it_is_running(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """The next occurrence has not started."""
    rows = [booked(7, a * HOUR, b * HOUR) for a, b in [(-9, -8), (-2, -1), (3, 4)]]
    vendor.reply(LIST, success(rows))
    vendor.reply(GET_STATUS, success([state(7, 2)]))
    [conference] = (await client.fetch_live()).conferences.values()
    assert conference.start is not None
    assert conference.start.timestamp() - NOW.timestamp() == -2 * HOUR
