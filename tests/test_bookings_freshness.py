"""Count how often the bookings of each room are requested, in simulated time."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Final

import pytest

from homeassistant.util import dt as dt_util

from .home import MORNING, TENCENT, Home

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


@pytest.mark.timeout(180)
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


@pytest.mark.timeout(600)
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


@pytest.mark.timeout(600)
@pytest.mark.parametrize("rooms", [1000])
async def test_a_thousand_rooms_are_all_fetched(home: Home) -> None:
    """Their bookings are as fresh as the limit allows; the used ones are fetched more often."""
    used = leave_office(home, in_use=20)
    await home.add(TENCENT)
    await home.live(2100)
    since = home.clock().timestamp()
    await home.live(600)
    found = ages(home, home.sim.company.tencent_meeting.ids, since)
    assert max(found[each] for each in used) <= 500
    assert max(found.values()) <= 2700
    assert max(home.requests_by_minute(TENCENT).values()) <= PER_MINUTE
