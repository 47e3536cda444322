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
    """Return how many rooms the company has at Tencent Meeting."""
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


def floor_alone() -> dict[str, Any]:
    """Return the options of an account of which the floor is selected."""
    return {"all_rooms": True, "rooms": [], "places": ["深圳-A座-3F"]}


def lists_read(home: Home, vendor: str) -> int:
    """Return how many pages of the list were requested, and start anew."""
    asked = home.sim.requests.count(vendor, "list")
    home.sim.requests.clear()
    return asked


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("by_place", [True, False])
async def test_a_poll_requests_each_page_of_the_list_once(
    home: Home, floors: dict[str, list[str]], vendor: str, by_place: bool
) -> None:
    """However the rooms are selected; the other rooms cause no other request."""
    options = {True: floor_alone(), False: chosen(*floors[vendor])}[by_place]
    entry = await home.add(vendor, options)
    assert lists_read(home, vendor) == PAGES
    for _ in range(4):
        await home.polls(1)
        assert lists_read(home, vendor) == PAGES
    assert entry.runtime_data.plan.requests_per_poll == PAGES


@pytest.mark.parametrize("vendor", LISTERS)
async def test_only_the_details_of_selected_rooms_are_requested(
    home: Home, floors: dict[str, list[str]], vendor: str
) -> None:
    """Each of them once in five minutes."""
    await home.add(vendor, floor_alone())
    await home.live(120)
    home.sim.requests.clear()
    await home.live(600)
    details = {TENCENT: "details", WECOM: "get_info"}[vendor]
    requested = [each.room_id for each in home.sim.requests if each.api == details]
    assert {*requested} == {*floors[vendor]}
    assert len(requested) <= 3 * len(floors[vendor])


@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_of_the_floor_come_and_go_with_the_polls(
    home: Home, floors: dict[str, list[str]], vendor: str
) -> None:
    """A new one with the next poll, a removed one after the second complete list."""
    first, *others = floors[vendor]
    await home.add(vendor, floor_alone())
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
    """Its details with each poll, whether the vendor knows it or not."""
    details = {TENCENT: "details", WECOM: "get_info"}[vendor]
    told = {True: '{"errcode":0,"basic_info":{"meeting_room_name":"X"}}', False: None}
    home.sim.set_response(vendor, details, "4711", told[known])
    await home.add(vendor, chosen(floors[vendor][0], "4711"))
    await home.polls(3)
    assert (home.device(vendor, "4711") is not None) is known
    home.sim.requests.clear()
    await home.polls(4)
    assert home.sim.requests.count(vendor, details, "4711") >= 4
    assert lists_read(home, vendor) == 4 * PAGES
