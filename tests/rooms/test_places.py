"""Test that an account follows the rooms of some places only."""

from typing import Any

import pytest

from homeassistant.config_entries import ConfigEntryState

from ..forms import choose, fields_of, fill_in, open_form, open_options, suggested
from ..home import ALL_ROOMS, LISTERS, Home, chosen, credentials, is_in

A3 = {"city": "深圳", "building": "A座", "floor": "3F"}
A4 = {"city": "深圳", "building": "A座", "floor": "4F"}
B1 = {"city": "深圳", "building": "B座", "floor": "1F"}
AWAY = {"city": "上海", "building": "", "floor": ""}


def at(*places: str) -> dict[str, Any]:
    """Return the options of an account that follows the rooms at some places."""
    return {"all_rooms": True, "rooms": [], "places": [*places]}


@pytest.fixture
def homes(home: Home) -> dict[str, list[str]]:
    """Return the rooms of each vendor, put at four places in turn."""
    rooms = {vendor: home.sim.company.rooms_of(vendor).ids[:8] for vendor in LISTERS}
    for vendor in LISTERS:
        for index, room_id in enumerate(home.sim.company.rooms_of(vendor).ids):
            place = (A3, A4, B1, AWAY)[index % 4]
            home.sim.company.change(vendor, room_id, **place)
    return rooms


def followed(home: Home, vendor: str) -> set[str]:
    """Return the rooms that have a device."""
    ids = home.sim.company.rooms_of(vendor).ids
    return {room_id for room_id in ids if home.device(vendor, room_id) is not None}


def rooms_at(home: Home, vendor: str, *prefixes: str) -> set[str]:
    """Return the rooms whose location begins in one of some ways."""
    return {
        room.room_id
        for room in home.sim.company.rooms_of(vendor)
        if room.location.startswith(prefixes)
    }


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_every_city_building_and_floor_is_offered(
    home: Home, vendor: str
) -> None:
    """Sorted, each once; none is chosen at first."""
    form = await open_form(home.hass, vendor)
    form = await fill_in(home.hass, form, credentials(home.sim, vendor))
    schema = form["data_schema"]
    assert schema is not None
    assert fields_of(form) == ["all_rooms", "places", "rooms"]
    picker = schema.schema["places"].config
    assert picker["options"] == [
        "上海",
        "深圳",
        "深圳-A座",
        "深圳-A座-3F",
        "深圳-A座-4F",
        "深圳-B座",
        "深圳-B座-1F",
    ]
    assert picker["multiple"] is True
    assert suggested(form) == {"places": []}
    assert schema({}) == ALL_ROOMS
    done = await fill_in(home.hass, form, at("深圳-A座-3F", "深圳-B座"))
    await home.settle()
    assert done["options"] == at("深圳-A座-3F", "深圳-B座")
    assert followed(home, vendor) == rooms_at(home, vendor, "深圳-A座-3F", "深圳-B座")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_places_are_not_offered_where_no_room_has_one(
    home: Home, vendor: str
) -> None:
    """There would be nothing to choose from."""
    for room_id in home.sim.company.rooms_of(vendor).ids:
        home.sim.company.change(vendor, room_id, city="", building="", floor="")
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    assert fields_of(form) == ["all_rooms", "rooms", "budget_share"]


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_rooms_of_other_places_leave_at_once(home: Home, vendor: str) -> None:
    """With their devices and entities; those that stay are left alone."""
    entry = await home.add(vendor)
    stays = rooms_at(home, vendor, "深圳-A座")
    before = {room_id: home.known_device(vendor, room_id).id for room_id in stays}
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, at("深圳-A座"))
    assert entry.options == at("深圳-A座")
    assert followed(home, vendor) == stays
    assert {each: home.known_device(vendor, each).id for each in stays} == before
    for room_id in rooms_at(home, vendor, "上海", "深圳-B座"):
        assert home.unique_id(vendor, room_id, "status") not in home.all_entities()
    await home.live(660)
    assert followed(home, vendor) == stays


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_places_are_shown_as_they_were_chosen(
    home: Home, vendor: str
) -> None:
    """Left empty, the rooms of everywhere are followed again."""
    entry = await home.add(vendor, at("深圳-A座", "北京"))
    form = await open_options(home.hass, entry)
    assert suggested(form)["places"] == ["深圳-A座", "北京"]
    await choose(home.hass, form, ALL_ROOMS)
    assert entry.options == ALL_ROOMS
    assert followed(home, vendor) == {*home.sim.company.rooms_of(vendor).ids}


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_at_least_one_room_is_at_the_places(home: Home, vendor: str) -> None:
    """A place that no longer exists is kept beside one that does."""
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    form = await choose(home.hass, form, at("北京", "深圳-A"))
    assert form["errors"] == {"places": "places_empty"}
    assert suggested(form)["places"] == ["北京", "深圳-A"]
    assert entry.options == ALL_ROOMS
    await choose(home.hass, form, at("北京", " 深圳 - B座 ", "", "深圳-B座"))
    assert entry.options == at("北京", "深圳-B座")
    assert followed(home, vendor) == rooms_at(home, vendor, "深圳-B座")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_places_do_not_matter_where_rooms_are_chosen(
    home: Home, vendor: str, homes: dict[str, list[str]]
) -> None:
    """They are dropped."""
    first = homes[vendor][0]
    entry = await home.add(vendor, at("深圳-B座"))
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, {**chosen(first), "places": ["深圳-B座"]})
    assert entry.options == chosen(first)
    assert followed(home, vendor) == {first}


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_new_room_at_a_place_appears(home: Home, vendor: str) -> None:
    """Within five minutes; one of another place does not."""
    await home.add(vendor, at("深圳-A座"))
    home.sim.company.add_room(vendor, "新会议室", "777777")
    home.sim.company.change(vendor, "777777", **A3)
    home.sim.company.add_room(vendor, "另一间", "888888")
    home.sim.company.change(vendor, "888888", **B1)
    await home.live(330)
    assert home.device(vendor, "777777") is not None
    assert home.device(vendor, "888888") is None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_moves_to_another_place_leaves(
    home: Home, vendor: str, homes: dict[str, list[str]]
) -> None:
    """After a few polls, and comes back with the place; the others never notice."""
    first = homes[vendor][0]
    await home.add(vendor, at("深圳-A座"))
    await home.polls(3)
    home.sim.company.change(vendor, first, **B1)
    await home.polls(4)
    assert home.device(vendor, first) is None
    assert followed(home, vendor) == rooms_at(home, vendor, "深圳-A座")
    home.sim.company.change(vendor, first, **A4)
    await home.live(330)
    assert followed(home, vendor) == rooms_at(home, vendor, "深圳-A座")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_whose_location_is_missing_for_a_while_stays(
    home: Home, vendor: str, homes: dict[str, list[str]]
) -> None:
    """Nothing says that it was moved."""
    first = homes[vendor][0]
    home.sim.company.change(vendor, first, status=2)
    await home.add(vendor, at("深圳-A座"))
    home.sim.company.change(vendor, first, status=3, city="", building="", floor="")
    await home.live(400)
    assert home.shown(vendor, first, "status") == "in_use"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_at_a_place_that_disappears_is_removed(
    home: Home, vendor: str, homes: dict[str, list[str]]
) -> None:
    """Two complete readings say so, one after the other."""
    first = homes[vendor][0]
    await home.add(vendor, at("深圳-A座"))
    await home.polls(3)
    home.sim.company.remove_room(vendor, first)
    await home.polls(1)
    assert home.device(vendor, first) is not None
    await home.polls(1)
    assert home.device(vendor, first) is None
    assert followed(home, vendor) == rooms_at(home, vendor, "深圳-A座")


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_place_that_has_lost_all_of_its_rooms(home: Home, vendor: str) -> None:
    """The account works on, and follows the next room that comes."""
    entry = await home.add(vendor, at("北京"))
    assert is_in(entry, ConfigEntryState.LOADED)
    assert followed(home, vendor) == set()
    told = home.issues()["places_empty"]
    assert told is not None
    assert told["places"] == "北京"
    room_id = home.sim.company.rooms_of(vendor).ids[0]
    home.sim.company.change(vendor, room_id, city="北京")
    await home.polls(2)
    assert followed(home, vendor) == {room_id}
    assert home.issues() == {}


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_of_a_place_that_is_renamed_stay(home: Home, vendor: str) -> None:
    """They are followed on, and people are asked for its new name."""
    entry = await home.add(vendor, at("深圳-A座", "深圳-B座"))
    await home.polls(3)
    before = followed(home, vendor)
    renamed = sorted(rooms_at(home, vendor, "深圳-A座"))
    for room_id in renamed:
        home.sim.company.change(vendor, room_id, building="A 座", status=3)
    await home.live(600)
    assert followed(home, vendor) == before
    assert home.shown(vendor, renamed[0], "status") == "in_use"
    told = home.issues()["places_empty"]
    assert told is not None
    assert told["places"] == "深圳-A座"
    options = at("深圳-A 座", "深圳-B座")
    home.hass.config_entries.async_update_entry(entry, options=options)
    await home.settle()
    await home.polls(3)
    assert home.issues() == {}
    assert followed(home, vendor) == before


@pytest.mark.usefixtures("homes")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_restart_after_a_place_was_renamed_loses_no_room(
    home: Home, vendor: str
) -> None:
    """Their devices wait until the places are chosen again."""
    entry = await home.add(vendor, at("深圳-A座"))
    await home.polls(3)
    before = followed(home, vendor)
    for room_id in before:
        home.sim.company.change(vendor, room_id, building="A 座")
    await home.restart(entry)
    await home.polls(4)
    assert followed(home, vendor) == before
    home.hass.config_entries.async_update_entry(entry, options=at("深圳-A 座"))
    await home.settle()
    await home.polls(3)
    assert home.issues() == {}
    assert followed(home, vendor) == before


def let_rooms_be_idle_at(home: Home, vendor: str, place: dict[str, str]) -> list[str]:
    """Add four rooms at a place, and return them."""
    taken = len(home.sim.company.rooms_of(vendor).ids)
    added = [str(777000 + taken + number) for number in range(4)]
    for room_id in added:
        home.sim.company.add_room(vendor, f"会议室{room_id}", room_id)
        home.sim.company.change(vendor, room_id, status=2, **place)
    return added


def let_all_go_offline(home: Home, vendor: str, room_ids: list[str]) -> None:
    """Cut the network of a place."""
    for room_id in room_ids:
        home.sim.company.change(vendor, room_id, status=4)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_only_followed_places_are_told_to_be_offline(
    home: Home, vendor: str
) -> None:
    """The rest of the company is another instance's business."""
    for room_id in home.sim.company.rooms_of(vendor).ids:
        home.sim.company.change(vendor, room_id, **AWAY)
    ours = let_rooms_be_idle_at(home, vendor, A3)
    theirs = let_rooms_be_idle_at(home, vendor, B1)
    await home.add(vendor, at("深圳-A座"))
    await home.polls(2)
    let_all_go_offline(home, vendor, theirs)
    await home.live(330)
    assert home.shown(vendor, "rooms_offline") == "0"
    assert home.issues() == {}
    let_all_go_offline(home, vendor, ours)
    await home.polls(1)
    assert home.shown(vendor, "rooms_offline") == "4"
    told = home.issues()["place_offline"]
    assert told is not None
    assert (told["place"], told["offline"], told["rooms"]) == ("深圳-A座", "4", "4")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_chosen_room_at_another_place_is_not_unknown(
    home: Home, vendor: str, homes: dict[str, list[str]]
) -> None:
    """Places that were left beside the chosen rooms do not count; the vendor's list does."""
    elsewhere = homes[vendor][2]
    entry = await home.add(
        vendor, {**chosen(elsewhere, "404404"), "places": ["深圳-A座"]}
    )
    await home.polls(1)
    told = home.issues()["rooms_unknown"]
    assert told is not None
    assert told["rooms"] == "404404"
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, at("深圳-A座"))
    await home.polls(1)
    assert home.issues() == {}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_leaves_its_place_is_not_unknown(
    home: Home, vendor: str, homes: dict[str, list[str]]
) -> None:
    """Nobody chose it: neither one that moved nor one that was closed is to be mended."""
    moved, closed = homes[vendor][0], homes[vendor][1]
    let_rooms_be_idle_at(home, vendor, A3)
    options = {**at("深圳-A座"), "rooms": [moved, closed, "404404"]}
    await home.add(vendor, options)
    await home.polls(3)
    home.sim.company.change(vendor, moved, **B1)
    home.sim.company.remove_room(vendor, closed)
    for _ in range(4):
        await home.polls(1)
        assert home.issues() == {}
    assert followed(home, vendor) == rooms_at(home, vendor, "深圳-A座")
