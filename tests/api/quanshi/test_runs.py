"""Test the runs of conferences at Quanshi."""

import pytest

from custom_components.meeting_rooms.api.client import TrackedConference
from custom_components.meeting_rooms.api.models.conference import ConferenceStatus
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from simulator import Fault

from ..accounts import Company
from ..scripted import ScriptedVendor
from .diary import book, running
from .responses import DASHBOARD, GET_STATUS, LIST, VENDOR, booked, state, success


async def test_a_running_conference_has_its_live_counts(company: Company) -> None:
    """The counts are those of the dashboard."""
    [booking, *_] = running(company.sim)
    live = await company.quanshi().fetch_live()
    conference = live.conferences[str(booking.event_id)]
    now = company.sim.company.clock.now
    run = booking.session_at(now)
    assert run is not None
    assert conference.run_id == run.temp_id
    assert conference.participants == run.counts(now)["attendeeCnt"]
    assert conference.recording is run.recording


async def test_a_run_that_has_ended_is_fetched_once_more(company: Company) -> None:
    """The values of the last fetch are kept."""
    sim = company.sim
    booking = book(sim)
    sim.company.quanshi.start_conference(booking.event_id)
    client = company.quanshi()
    await client.fetch_live()
    sim.company.quanshi.end_conference(booking.event_id)
    ended = (await client.fetch_live()).conferences[str(booking.event_id)]
    assert ended.status is ConferenceStatus.ENDED
    assert ended.ended_at is not None
    sim.requests.clear()
    assert (await client.fetch_live()).conferences[str(booking.event_id)] == ended
    assert sim.requests.count(VENDOR, "dashboard", ended.run_id) == 0


@pytest.mark.parametrize(
    "fault",
    [
        Fault("vendor_code", VENDOR, "dashboard", code=20404),
        Fault("invalid_json", VENDOR, "dashboard"),
        Fault("http", VENDOR, "dashboard", status=502),
        Fault("empty_404", VENDOR, "dashboard"),
        Fault("http", VENDOR, "dashboard", status=200, body='{"status":0}'),
    ],
    ids=["rejected", "no JSON", "HTTP 502", "HTTP 404", "empty"],
)
async def test_the_values_of_a_run_are_kept_for_two_failed_polls(
    company: Company, fault: Fault
) -> None:
    """The values are unknown from the third failed poll on; nothing else is affected."""
    [booking, *_] = running(company.sim)
    client = company.quanshi()
    before = await client.fetch_live()
    company.sim.faults.add(fault)
    assert [await client.fetch_live() for _ in range(2)] == [before, before]
    conference = (await client.fetch_live()).conferences[str(booking.event_id)]
    assert (conference.in_progress, conference.participants) == (True, None)
    assert fault.used > 0


async def test_a_run_that_was_never_fetched_is_unknown(company: Company) -> None:
    """The conference is returned without live counts."""
    company.sim.faults.add(Fault("vendor_code", VENDOR, "dashboard", code=20404))
    live = await company.quanshi().fetch_live()
    [booking, *_] = running(company.sim)
    conference = live.conferences[str(booking.event_id)]
    assert (conference.in_progress, conference.participants) == (True, None)


async def test_many_runs_are_fetched_in_rotation(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """A poll fetches twelve new runs, and the four that were fetched longest ago."""
    ids = [*range(101, 131)]
    vendor.reply(LIST, success([booked(number) for number in ids]))
    vendor.reply(GET_STATUS, success([state(each, 2, f"r{each}") for each in ids]))
    vendor.reply(
        DASHBOARD,
        lambda received: success({**received.json_body, "status": 2, "attendeeCnt": 5}),
    )
    first = await client.fetch_live()
    assert sum(each.participants == 5 for each in first.conferences.values()) == 12
    for _ in range(2):
        last = await client.fetch_live()
    assert all(each.participants == 5 for each in last.conferences.values())
    fetched = [
        request.json_body["tempConferenceId"] for request in vendor.of(DASHBOARD)
    ]
    assert len(fetched) == 12 + 16 + 10
    assert len({*fetched[:12], *fetched[12:24], *fetched[28:34]}) == 30
    assert fetched[24:28] == fetched[:4]
    assert fetched[34:38] == fetched[4:8]


async def test_a_run_that_is_resumed_is_fetched_again(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """A run that has ended can become active again."""
    vendor.reply(LIST, success([booked(7)]))
    vendor.reply(GET_STATUS, success([state(7, 4, "r7")]), success([state(7, 2, "r7")]))
    run = {"tempConferenceId": "r7", "eventId": 7}
    ended = run | {"status": 4, "attendeeCnt": 3}
    vendor.reply(
        DASHBOARD, success(ended), success(run | {"status": 2, "attendeeCnt": 5})
    )
    counts = [
        (await client.fetch_live()).conferences["7"].participants for _ in range(2)
    ]
    assert counts == [3, 5]


async def test_the_run_of_another_conference_is_not_shown(
    client: QuanshiClient, vendor: ScriptedVendor
) -> None:
    """A user may have entered a wrong id."""
    vendor.reply(LIST, success([booked(7)]))
    vendor.reply(
        DASHBOARD, success({"tempConferenceId": "r8", "eventId": 8, "status": 2})
    )
    live = await client.fetch_live([TrackedConference(event_id="7", run_id="r8")])
    assert live.conferences["7"].run_id is None
    assert live.conferences["7"].status is ConferenceStatus.CREATED


async def test_a_conference_that_starts_again_has_a_new_run(company: Company) -> None:
    """The counts are those of the new run."""
    sim = company.sim
    booking = book(sim)
    client = company.quanshi()
    first = sim.company.quanshi.start_conference(booking.event_id)
    await client.fetch_live()
    sim.company.quanshi.end_conference(booking.event_id)
    sim.company.advance(60)
    second = sim.company.quanshi.start_conference(booking.event_id)
    conference = (await client.fetch_live()).conferences[str(booking.event_id)]
    assert conference.run_id == second.temp_id != first.temp_id


async def test_a_tracked_run_is_shown_until_another_one_starts(
    company: Company,
) -> None:
    """The user entered the id of the run."""
    sim = company.sim
    booking = book(sim)
    first = sim.company.quanshi.start_conference(booking.event_id)
    sim.company.quanshi.end_conference(booking.event_id)
    one = TrackedConference(event_id=str(booking.event_id), run_id=first.temp_id)
    client = company.quanshi()
    entered = (await client.fetch_live([one])).conferences[one.event_id]
    assert entered.run_id == first.temp_id
    sim.company.advance(60)
    second = sim.company.quanshi.start_conference(booking.event_id)
    started = (await client.fetch_live([one])).conferences[one.event_id]
    assert started.run_id == second.temp_id
