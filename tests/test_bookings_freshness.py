"""Count how often the bookings of each room are requested, in simulated time."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from .home import MORNING, TENCENT, Home
from .webhooks import add_pushed, path_of

pytestmark = pytest.mark.timeout(300)

WARM_UP: Final = 720
"""The seconds in which the bookings of all rooms are fetched for the first time."""
PER_MINUTE: Final = 100
BUSY, QUIET = 120, 600
"""The seconds between two requests for the bookings of a room."""


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms."""
    return 300


def leave_office(home: Home, *, in_use: int = 0) -> list[str]:
    """Cancel all bookings, use some rooms, leave the others, and return the used ones."""
    company = home.sim.company
    company.clear_bookings(TENCENT)
    ids = company.tencent_meeting.ids
    used = ids[::2][:in_use]
    for room_id in ids:
        status = {True: 3, False: 2}[room_id in used]
        company.change(TENCENT, room_id, status=status)
    return used


def requested(home: Home) -> Mapping[str, list[float]]:
    """Return the times of the requests for the bookings of each room."""
    times: defaultdict[str, list[float]] = defaultdict(list)
    for each in home.sim.requests:
        if each.vendor == TENCENT and each.api == "meetings":
            times[str(each.room_id)].append(each.when)
    return times


def ages(home: Home, room_ids: Collection[str], since: float) -> dict[str, float]:
    """Return how old the bookings of each room became since a time."""
    now, times = home.clock().timestamp(), requested(home)
    return {
        room_id: max(
            later - earlier
            for earlier, later in pairwise([*times[room_id], now])
            if later > since
        )
        for room_id in room_ids
    }


@pytest.mark.parametrize("in_use", [20, 50])
async def test_bookings_of_used_rooms_are_two_minutes_old_and_others_ten(
    home: Home, in_use: int
) -> None:
    """Details and devices give way, but not completely; the limit a minute is kept."""
    used = leave_office(home, in_use=in_use)
    await home.add(TENCENT)
    await home.live(WARM_UP)
    since, sent = home.clock().timestamp(), home.sim.requests.count(TENCENT, "details")
    await home.live(900)
    found = ages(home, home.sim.company.tencent_meeting.ids, since)
    assert max(found[each] for each in used) <= BUSY
    assert max(found.values()) <= QUIET
    assert max(home.requests_by_minute(TENCENT).values()) <= PER_MINUTE
    assert home.sim.requests.count(TENCENT, "details") >= sent + 8


async def test_used_rooms_are_first(home: Home) -> None:
    """Then the rooms follow whose bookings were never fetched."""
    used = leave_office(home, in_use=20)
    await home.add(TENCENT)
    await home.live(60)
    assert {*[*requested(home)][:24]} >= {*used}
    await home.live(WARM_UP - 120)
    assert len(requested(home)) == len(home.sim.company.tencent_meeting.ids)
    assert max(ages(home, used, MORNING.timestamp()).values()) <= BUSY


async def test_too_many_used_rooms_are_all_a_little_older(home: Home) -> None:
    """Each is fetched about as often as the others, and some details are fetched too."""
    used = leave_office(home, in_use=150)
    await home.add(TENCENT)
    await home.live(WARM_UP)
    since, sent = home.clock().timestamp(), home.sim.requests.count(TENCENT, "details")
    await home.live(1200)
    found = ages(home, home.sim.company.tencent_meeting.ids, since)
    assert max(found[each] for each in used) <= 2.5 * BUSY
    assert max(found.values()) <= 2.5 * QUIET
    assert max(home.requests_by_minute(TENCENT).values()) <= PER_MINUTE
    assert home.sim.requests.count(TENCENT, "details") >= sent + 40


async def test_bookings_are_two_minutes_old_before_a_boundary(home: Home) -> None:
    """A quarter of an hour before a booking starts and before it ends."""
    leave_office(home)
    start = MORNING + timedelta(minutes=40)
    booked = home.sim.company.tencent_meeting.ids[:40]
    for room_id in booked:
        end = start + timedelta(minutes=60)
        home.sim.company.book(TENCENT, room_id, start, end)
    await home.add(TENCENT)
    before = start - timedelta(minutes=15)
    await home.live((before - dt_util.utcnow()).total_seconds())
    await home.live(840)
    assert max(ages(home, booked, before.timestamp()).values()) <= BUSY


@pytest.mark.parametrize("rooms", [700])
async def test_many_rooms_are_as_fresh_as_the_limit_allows(
    home: Home, hass_client: ClientSessionGenerator
) -> None:
    """Used rooms are fetched more often; the diagnostics contain the ages."""
    assert await async_setup_component(home.hass, "diagnostics", {})
    used = leave_office(home, in_use=100)
    entry = await home.add(TENCENT)
    await home.live(1500)
    since = home.clock().timestamp()
    assert {*requested(home)} == {*home.sim.company.tencent_meeting.ids}
    await home.live(300)
    found = ages(home, home.sim.company.tencent_meeting.ids, since)
    assert max(found[each] for each in used) <= 3 * BUSY
    assert max(home.requests_by_minute(TENCENT).values()) <= PER_MINUTE
    shown: Any = await get_diagnostics_for_config_entry(home.hass, hass_client, entry)
    bookings = shown["bookings"]
    assert (bookings["busy"], bookings["quiet"]) == (100, 600)
    assert bookings["never_fetched"] == 0
    assert BUSY < bookings["oldest_seconds"] <= 1500
    assert 0 < bookings["median_seconds"] < bookings["oldest_seconds"]
    assert {*bookings["next_rooms"]} <= {*found}
    assert bookings["requests"] == home.sim.requests.count(TENCENT, "meetings")


async def test_a_room_that_a_push_names_is_fetched_at_once(
    home: Home, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """Also where the requests of others wait; a push that names none costs nothing."""
    leave_office(home, in_use=150)
    assert await async_setup_component(home.hass, DOMAIN, {})
    client = await hass_client_no_auth()
    home.sim.webhook.url = str(client.make_url(path_of()))
    await add_pushed(home)
    await home.live(120)
    start, end = dt_util.utcnow(), dt_util.utcnow() + timedelta(hours=1)
    named = home.sim.company.tencent_meeting.ids[-1]
    booking = home.sim.company.book(TENCENT, named, start, end)
    before = {room_id: len(times) for room_id, times in requested(home).items()}
    row = {"operate_time": 1, "meeting_info": {"meeting_id": "1", "subject": "会议"}}
    unnamed = {"event": "meeting.created", "trace_id": "1", "payload": [row]}
    assert (await home.sim.webhook.push(unnamed)).acknowledged
    assert (await home.sim.webhook.meeting("meeting.created", booking)).acknowledged
    await home.settle()
    after = {room_id: len(times) for room_id, times in requested(home).items()}
    assert after == before | {named: before.get(named, 0) + 1}
    assert home.shown(TENCENT, named, "availability") == "booked"
