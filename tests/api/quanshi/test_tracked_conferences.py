"""Test conferences of Quanshi that the user added manually."""

import pytest

from custom_components.meeting_rooms.api.client import TrackedConference
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from simulator import Fault

from ..accounts import Company
from ..scripted import ScriptedVendor
from .diary import running
from .responses import HOUR, INFOS, LIST, REJECTED, VENDOR, booked, booked_in_5, success


async def test_a_tracked_conference_outside_the_period_of_the_list_is_returned(
    company: Company,
) -> None:
    """The list of bookings does not contain the conference."""
    sim = company.sim
    now = sim.company.clock.now
    later = sim.company.quanshi.book("远", now + 100 * HOUR, now + 101 * HOUR)
    event_id = str(later.event_id)
    client = company.quanshi()
    assert event_id not in (await client.fetch_live()).conferences
    live = await client.fetch_live([TrackedConference(event_id=event_id)])
    assert live.conferences[event_id].title == "远"


async def test_a_tracked_conference_in_the_list_is_not_fetched_twice(
    company: Company,
) -> None:
    """The row of the list has all fields."""
    [booking, *_] = running(company.sim)
    one = TrackedConference(event_id=str(booking.event_id))
    await company.quanshi().fetch_live([one])
    assert company.sim.requests.count(VENDOR, "infos") == 0


async def test_a_tracked_conference_that_the_vendor_rejects_affects_nothing(
    company: Company,
) -> None:
    """The conference is not returned."""
    usual = await company.quanshi().fetch_live()
    live = await company.quanshi().fetch_live([TrackedConference(event_id="1")])
    assert live == usual


async def test_a_tracked_conference_that_cannot_be_parsed_is_not_removed(
    company: Company,
) -> None:
    """The result is incomplete, and nothing else is affected."""
    company.sim.faults.add(Fault("http", VENDOR, "infos", status=200, body="<html>"))
    usual = await company.quanshi().fetch_live()
    live = await company.quanshi().fetch_live([TrackedConference(event_id="1")])
    assert live.conferences == usual.conferences
    assert live.rooms == usual.rooms
    assert live.conferences_complete is False


@pytest.mark.parametrize(
    "response",
    [
        {"status": 0},
        {"status": 0, "result": None},
        {"status": 0, "result": ""},
        {"status": 0, "data": []},
        success([{"eventId": None}]),
        success([booked(8)]),
    ],
    ids=str,
)
async def test_only_an_empty_result_removes_a_tracked_conference(
    client: QuanshiClient, vendor: ScriptedVendor, response: dict[str, object]
) -> None:
    """A response without a result, or with another conference, does not."""
    vendor.reply(INFOS, response)
    live = await client.fetch_live([TrackedConference(event_id="7")])
    assert (live.conferences, live.conferences_complete) == ({}, False)
    vendor.reply(INFOS, success([]))
    live = await client.fetch_live([TrackedConference(event_id="7")])
    assert (live.conferences, live.conferences_complete) == ({}, True)


async def test_a_tracked_conference_is_fetched_while_the_list_is_incomplete(
    client: QuanshiClient, running_in_5: ScriptedVendor
) -> None:
    """The last values are kept only while the vendor rejects the request."""
    tracked = [TrackedConference(event_id="7")]
    await client.fetch_live(tracked)
    running_in_5.reply(LIST, success("x"))
    renamed = success([booked_in_5(7) | {"title": "new"}])
    running_in_5.reply(INFOS, renamed, REJECTED, success([]))
    titles = [
        [each.title for each in (await client.fetch_live(tracked)).conferences.values()]
        for _ in range(3)
    ]
    assert titles == [["new"], ["new"], []]


@pytest.mark.parametrize("status", [502, 403, 429])
async def test_after_a_failure_of_the_api_no_other_conference_is_requested(
    company: Company, status: int
) -> None:
    """The last values of all of them are kept."""
    sim = company.sim
    later = sim.company.clock.now + 100 * HOUR
    bookings = [sim.company.quanshi.book("远", later, later + HOUR) for _ in range(2)]
    tracked = [TrackedConference(event_id=str(each.event_id)) for each in bookings]
    client = company.quanshi()
    usual = await client.fetch_live(tracked)
    sim.faults.add(Fault("http", VENDOR, "infos", status=status))
    sim.requests.clear()
    live = await client.fetch_live(tracked)
    assert live.conferences == usual.conferences
    assert {each.event_id for each in tracked} <= live.conferences.keys()
    assert sim.requests.count(VENDOR, "infos") == 1
