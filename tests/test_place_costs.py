"""Count the requests of an account of which only some rooms are selected."""

from typing import Any, Final

import pytest

from .home import LISTERS, TENCENT, WECOM, Home, chosen

ROOMS: Final = 300
PAGES: Final = 6
FLOOR: Final = slice(95, 115)
"""Twenty rooms: the last five of the second page, and fifteen of the third."""


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company at Tencent Meeting."""
    return ROOMS


@pytest.fixture
def floors(home: Home) -> dict[str, list[str]]:
    """Put twenty rooms of each vendor on one floor, and return their ids."""
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


def only_floor() -> dict[str, Any]:
    """Return the options of an account with the rooms of the floor."""
    return {"all_rooms": True, "rooms": [], "places": ["深圳-A座-3F"]}


def take_list_requests(home: Home, vendor: str) -> int:
    """Return the number of requested pages of the list, and reset it."""
    asked = home.sim.requests.count(vendor, "list")
    home.sim.requests.clear()
    return asked


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("by_place", [True, False])
async def test_a_poll_requests_each_page_of_the_list_once(
    home: Home, floors: dict[str, list[str]], vendor: str, by_place: bool
) -> None:
    """The selection of rooms does not matter, and the other rooms cause no other request."""
    options = {True: only_floor(), False: chosen(*floors[vendor])}[by_place]
    entry = await home.add(vendor, options)
    assert take_list_requests(home, vendor) == PAGES
    for _ in range(4):
        await home.polls(1)
        assert take_list_requests(home, vendor) == PAGES
    assert entry.runtime_data.plan.requests_per_poll == PAGES


@pytest.mark.parametrize("vendor", LISTERS)
async def test_only_the_details_of_selected_rooms_are_requested(
    home: Home, floors: dict[str, list[str]], vendor: str
) -> None:
    """The details of each room are requested once in five minutes."""
    await home.add(vendor, only_floor())
    await home.live(120)
    home.sim.requests.clear()
    await home.live(600)
    details = {TENCENT: "details", WECOM: "get_info"}[vendor]
    requested = [each.room_id for each in home.sim.requests if each.api == details]
    assert {*requested} == {*floors[vendor]}
    assert len(requested) <= 3 * len(floors[vendor])


@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_of_the_floor_are_added_and_removed_by_polls(
    home: Home, floors: dict[str, list[str]], vendor: str
) -> None:
    """The next poll adds a new room; the second complete list without a room removes it."""
    first, *others = floors[vendor]
    await home.add(vendor, only_floor())
    await home.polls(2)
    home.sim.company.add_room(vendor, "新会议室", "777777")
    place = {"city": "深圳", "building": "A座", "floor": "3F"}
    home.sim.company.change(vendor, "777777", status=3, **place)
    home.sim.company.remove_room(vendor, first)
    await home.polls(1)
    assert home.shown(vendor, "777777", "status") == "in_use"
    assert home.device(vendor, first) is not None
    await home.polls(1)
    assert home.device(vendor, first) is None
    assert all(home.device(vendor, each) is not None for each in others)


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("known", [True, False])
async def test_a_selected_room_outside_the_list_costs_one_request(
    home: Home, floors: dict[str, list[str]], vendor: str, known: bool
) -> None:
    """Each poll requests the details of the room, even if the vendor does not know it."""
    details = {TENCENT: "details", WECOM: "get_info"}[vendor]
    told = {True: '{"errcode":0,"basic_info":{"meeting_room_name":"X"}}', False: None}
    home.sim.set_response(vendor, details, "4711", told[known])
    await home.add(vendor, chosen(floors[vendor][0], "4711"))
    await home.polls(3)
    assert (home.device(vendor, "4711") is not None) is known
    home.sim.requests.clear()
    await home.polls(4)
    assert home.sim.requests.count(vendor, details, "4711") >= 4
    assert take_list_requests(home, vendor) == 4 * PAGES
