"""Count what an account costs of which only some rooms are followed. Never seconds."""

from typing import Any, Final

import pytest

from simulator import Fault

from .home import LISTERS, POLL, TENCENT, WECOM, Home, chosen
from .vendors import DETAILS_API

ROOMS: Final = 300
PAGES: Final = 6
FLOOR: Final = slice(95, 115)
"""Twenty rooms: the last five of the second page, and fifteen of the third."""
QUIET: Final = {TENCENT: 2, WECOM: 3}
"""What a poll of that floor asks for; WeCom's pages come one after the other."""


@pytest.fixture
def rooms() -> int:
    """Return how many rooms the company has at Tencent Meeting."""
    return ROOMS


@pytest.fixture
def floors(home: Home) -> dict[str, list[str]]:
    """Put twenty rooms of each vendor on one floor, and return them."""
    while len(home.sim.company.wecom) < ROOMS:
        home.sim.company.add_room(WECOM)
    found = {}
    for vendor in LISTERS:
        for room_id in home.sim.company.rooms_of(vendor).ids:
            home.sim.company.change(vendor, room_id, city="深圳", building="B座")
        found[vendor] = home.sim.company.rooms_of(vendor).ids[FLOOR]
        for room_id in found[vendor]:
            home.sim.company.change(vendor, room_id, building="A座", floor="3F")
    return found


def floor_alone() -> dict[str, Any]:
    """Return the options of an account that follows the floor."""
    return {"all_rooms": True, "rooms": [], "places": ["深圳-A座-3F"]}


def lists_read(home: Home, vendor: str) -> int:
    """Return how many pages of the list were asked for, and forget it."""
    asked = home.sim.requests.count(vendor, "list")
    home.sim.requests.clear()
    return asked


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("by_place", [True, False])
async def test_a_quiet_poll_asks_for_the_pages_of_the_followed_rooms(
    home: Home, floors: dict[str, list[str]], vendor: str, by_place: bool
) -> None:
    """The whole list is read twice at the start, then every five minutes."""
    options = {True: floor_alone(), False: chosen(*floors[vendor])}[by_place]
    entry = await home.add(vendor, options)
    assert lists_read(home, vendor) == PAGES
    await home.polls(1)
    assert lists_read(home, vendor) == PAGES
    for _ in range(8):
        await home.polls(1)
        assert lists_read(home, vendor) == QUIET[vendor]
    assert entry.runtime_data.plan.requests_per_poll == QUIET[vendor]
    await home.polls(3)
    assert lists_read(home, vendor) == 2 * QUIET[vendor] + PAGES
    assert entry.runtime_data.plan.interval == 15


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_floor_costs_no_more_than_it_needs_in_ten_minutes(
    home: Home, floors: dict[str, list[str]], vendor: str
) -> None:
    """Its pages with each poll, the whole list twice, and its own rooms' details."""
    await home.add(vendor, floor_alone())
    await home.live(120)
    home.sim.requests.clear()
    await home.live(600)
    polls = 600 // 15
    details = DETAILS_API[vendor]
    asked = home.sim.requests.count(vendor, "list")
    assert asked == (polls - 2) * QUIET[vendor] + 2 * PAGES
    detailed = {each.room_id for each in home.sim.requests if each.api == details}
    assert detailed == {*floors[vendor]}
    assert home.sim.requests.count(vendor, details) <= 3 * len(floors[vendor])


@pytest.mark.parametrize("vendor", LISTERS)
async def test_partial_readings_bring_what_changes_and_leave_nobody_out(
    home: Home, floors: dict[str, list[str]], vendor: str
) -> None:
    """No status is ever given up for want of a complete reading."""
    for room_id in floors[vendor]:
        home.sim.company.change(vendor, room_id, status=2)
    await home.add(vendor, floor_alone())
    await home.polls(2)
    for status, word in ((3, "in_use"), (2, "idle")):
        for room_id in floors[vendor]:
            home.sim.company.change(vendor, room_id, status=status)
        await home.polls(4)
        shown = {home.shown(vendor, each, "status") for each in floors[vendor]}
        assert shown == {word}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_followed_room_that_disappears_is_looked_for_and_removed(
    home: Home, floors: dict[str, list[str]], vendor: str
) -> None:
    """By two complete readings in a row; then a poll is as cheap as before."""
    first, *others = floors[vendor]
    await home.add(vendor, floor_alone())
    await home.polls(3)
    home.sim.company.remove_room(vendor, first)
    home.sim.requests.clear()
    await home.polls(1)
    assert home.device(vendor, first) is not None
    await home.polls(1)
    assert home.device(vendor, first) is None
    assert all(home.device(vendor, each) is not None for each in others)
    assert lists_read(home, vendor) == 2 * PAGES
    await home.polls(1)
    assert lists_read(home, vendor) == QUIET[vendor]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_come_and_go_elsewhere_without_a_further_call(
    home: Home, floors: dict[str, list[str]], vendor: str
) -> None:
    """Behind the floor; it is somebody else's business."""
    await home.add(vendor, floor_alone())
    await home.polls(3)
    home.sim.requests.clear()
    home.sim.company.remove_room(vendor, home.sim.company.rooms_of(vendor).ids[200])
    home.sim.company.add_room(vendor, "新会议室", "777777")
    await home.polls(2)
    assert lists_read(home, vendor) == 2 * QUIET[vendor]
    assert all(home.device(vendor, each) is not None for each in floors[vendor])


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_new_room_of_the_floor_is_found_within_five_minutes(
    home: Home, floors: dict[str, list[str]], vendor: str
) -> None:
    """On a page that was of no interest before."""
    await home.add(vendor, floor_alone())
    await home.polls(2)
    home.sim.company.add_room(vendor, "新会议室", "777777")
    place = {"city": "深圳", "building": "A座", "floor": "3F"}
    home.sim.company.change(vendor, "777777", status=3, **place)
    await home.live(300 + POLL)
    assert home.shown(vendor, "777777", "status") == "in_use"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_outage_among_partial_readings_removes_nothing(
    home: Home, floors: dict[str, list[str]], vendor: str
) -> None:
    """All rooms are there again with the first poll that succeeds."""
    await home.add(vendor, floor_alone())
    await home.polls(3)
    home.sim.faults.add(Fault("http", vendor, status=502))
    await home.polls(4)
    home.sim.faults.clear()
    await home.polls(1)
    truths = home.sim.truth()[vendor]
    for room_id in floors[vendor]:
        assert home.shown(vendor, room_id, "status") == truths[room_id]


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("known", [True, False])
async def test_a_chosen_room_outside_the_list_makes_no_poll_dearer(
    home: Home, floors: dict[str, list[str]], vendor: str, known: bool
) -> None:
    """It is read by itself; the list is not searched for it, whether it exists or not."""
    details = DETAILS_API[vendor]
    told = {True: '{"errcode":0,"basic_info":{"meeting_room_name":"X"}}', False: None}
    home.sim.set_response(vendor, details, "4711", told[known])
    await home.add(vendor, chosen(floors[vendor][0], "4711"))
    await home.polls(3)
    assert (home.device(vendor, "4711") is not None) is known
    home.sim.requests.clear()
    await home.polls(4)
    assert home.sim.requests.count(vendor, details, "4711") >= 4
    assert lists_read(home, vendor) == 4 * (QUIET[vendor] - 1)
