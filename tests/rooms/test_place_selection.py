"""Test that an account can be limited to the rooms of some places."""

from typing import Any

import pytest

from homeassistant.config_entries import ConfigEntryState

from ..forms import (
    choose,
    create,
    fields_of,
    fill_in,
    open_form,
    open_options,
    suggested,
)
from ..home import ALL_ROOMS, LISTERS, Home, chosen, credentials, is_in

A3 = {"city": "深圳", "building": "A座", "floor": "3F"}
A4 = {"city": "深圳", "building": "A座", "floor": "4F"}
B1 = {"city": "深圳", "building": "B座", "floor": "1F"}
AWAY = {"city": "上海", "building": "", "floor": ""}


def at(*places: str) -> dict[str, Any]:
    """Return the options of an account with the rooms of some places."""
    return {"all_rooms": True, "rooms": [], "places": [*places]}


@pytest.fixture
def four_places(home: Home) -> dict[str, list[str]]:
    """Distribute the rooms of each vendor over four places, and return the room ids."""
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
    """Return the rooms whose location begins with a prefix."""
    return {
        room.room_id
        for room in home.sim.company.rooms_of(vendor)
        if room.location.startswith(prefixes)
    }


@pytest.mark.usefixtures("four_places")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_every_city_building_and_floor_is_offered(
    home: Home, vendor: str
) -> None:
    """The places are sorted without duplicates, and none is selected by default."""
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
    done = await create(home.hass, form, at("深圳-A座-3F", "深圳-B座"))
    await home.settle()
    assert done["options"] == at("深圳-A座-3F", "深圳-B座")
    assert followed(home, vendor) == rooms_at(home, vendor, "深圳-A座-3F", "深圳-B座")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_places_are_not_offered_where_no_room_has_one(
    home: Home, vendor: str
) -> None:
    """The form has no places to select."""
    for room_id in home.sim.company.rooms_of(vendor).ids:
        home.sim.company.change(vendor, room_id, city="", building="", floor="")
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    assert fields_of(form) == ["all_rooms", "rooms", "budget_share"]


@pytest.mark.usefixtures("four_places")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_of_other_places_are_removed_immediately(
    home: Home, vendor: str
) -> None:
    """Devices and entities are removed with the rooms; those of other rooms are kept."""
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


@pytest.mark.usefixtures("four_places")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_options_form_shows_the_selected_places(
    home: Home, vendor: str
) -> None:
    """All rooms are added again after the places are cleared."""
    entry = await home.add(vendor, at("深圳-A座", "北京"))
    form = await open_options(home.hass, entry)
    assert suggested(form)["places"] == ["深圳-A座", "北京"]
    await choose(home.hass, form, ALL_ROOMS)
    assert entry.options == ALL_ROOMS
    assert followed(home, vendor) == {*home.sim.company.rooms_of(vendor).ids}


@pytest.mark.usefixtures("four_places")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_places_without_any_room_are_rejected(home: Home, vendor: str) -> None:
    """A place without rooms is accepted beside one with rooms."""
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
async def test_places_are_dropped_when_rooms_are_selected(
    home: Home, vendor: str, four_places: dict[str, list[str]]
) -> None:
    """The options contain only the room ids."""
    first = four_places[vendor][0]
    entry = await home.add(vendor, at("深圳-B座"))
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, {**chosen(first), "places": ["深圳-B座"]})
    assert entry.options == chosen(first)
    assert followed(home, vendor) == {first}


@pytest.mark.usefixtures("four_places")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_new_room_at_a_place_appears(home: Home, vendor: str) -> None:
    """The room is added within five minutes; a new room of another place is not."""
    await home.add(vendor, at("深圳-A座"))
    home.sim.company.add_room(vendor, "新会议室", "777777")
    home.sim.company.change(vendor, "777777", **A3)
    home.sim.company.add_room(vendor, "另一间", "888888")
    home.sim.company.change(vendor, "888888", **B1)
    await home.live(330)
    assert home.device(vendor, "777777") is not None
    assert home.device(vendor, "888888") is None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_moves_to_another_place_is_removed(
    home: Home, vendor: str, four_places: dict[str, list[str]]
) -> None:
    """The room is removed after a few polls, and added again when it moves back."""
    first = four_places[vendor][0]
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
async def test_a_room_whose_location_is_missing_is_kept(
    home: Home, vendor: str, four_places: dict[str, list[str]]
) -> None:
    """A missing location does not mean that the room has moved."""
    first = four_places[vendor][0]
    home.sim.company.change(vendor, first, status=2)
    await home.add(vendor, at("深圳-A座"))
    home.sim.company.change(vendor, first, status=3, city="", building="", floor="")
    await home.live(400)
    assert home.shown(vendor, first, "status") == "in_use"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_is_no_longer_in_the_list_is_removed(
    home: Home, vendor: str, four_places: dict[str, list[str]]
) -> None:
    """The room is removed after two complete polls."""
    first = four_places[vendor][0]
    await home.add(vendor, at("深圳-A座"))
    await home.polls(3)
    home.sim.company.remove_room(vendor, first)
    await home.polls(1)
    assert home.device(vendor, first) is not None
    await home.polls(1)
    assert home.device(vendor, first) is None
    assert followed(home, vendor) == rooms_at(home, vendor, "深圳-A座")


@pytest.mark.usefixtures("four_places")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_place_without_rooms_is_a_repair_issue(home: Home, vendor: str) -> None:
    """The account stays loaded, and adds the next room of the place."""
    entry = await home.add(vendor, at("北京"))
    assert is_in(entry, ConfigEntryState.LOADED)
    assert followed(home, vendor) == set()
    issue = home.issues()["places_empty"]
    assert issue is not None
    assert issue["places"] == "北京"
    room_id = home.sim.company.rooms_of(vendor).ids[0]
    home.sim.company.change(vendor, room_id, city="北京")
    await home.polls(2)
    assert followed(home, vendor) == {room_id}
    assert home.issues() == {}


@pytest.mark.usefixtures("four_places")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_of_a_renamed_place_are_kept(home: Home, vendor: str) -> None:
    """The rooms are updated, and a repair issue asks the user to select the new place."""
    entry = await home.add(vendor, at("深圳-A座", "深圳-B座"))
    await home.polls(3)
    before = followed(home, vendor)
    renamed = sorted(rooms_at(home, vendor, "深圳-A座"))
    for room_id in renamed:
        home.sim.company.change(vendor, room_id, building="A 座", status=3)
    await home.live(600)
    assert followed(home, vendor) == before
    assert home.shown(vendor, renamed[0], "status") == "in_use"
    issue = home.issues()["places_empty"]
    assert issue is not None
    assert issue["places"] == "深圳-A座"
    options = at("深圳-A 座", "深圳-B座")
    home.hass.config_entries.async_update_entry(entry, options=options)
    await home.settle()
    await home.polls(3)
    assert home.issues() == {}
    assert followed(home, vendor) == before


@pytest.mark.usefixtures("four_places")
@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_of_a_renamed_place_are_kept_after_a_restart(
    home: Home, vendor: str
) -> None:
    """The devices are kept until the user selects the places again."""
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
    """Add four idle rooms at a place, and return their ids."""
    taken = len(home.sim.company.rooms_of(vendor).ids)
    added = [str(777000 + taken + number) for number in range(4)]
    for room_id in added:
        home.sim.company.add_room(vendor, f"会议室{room_id}", room_id)
        home.sim.company.change(vendor, room_id, status=2, **place)
    return added


def let_all_go_offline(home: Home, vendor: str, room_ids: list[str]) -> None:
    """Set rooms to offline."""
    for room_id in room_ids:
        home.sim.company.change(vendor, room_id, status=4)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_only_selected_places_are_reported_as_offline(
    home: Home, vendor: str
) -> None:
    """Rooms of other places are not counted."""
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
    issue = home.issues()["place_offline"]
    assert issue is not None
    assert (issue["place"], issue["offline"], issue["rooms"]) == ("深圳-A座", "4", "4")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_selected_room_of_another_place_is_not_reported_as_unknown(
    home: Home, vendor: str, four_places: dict[str, list[str]]
) -> None:
    """Places have no effect while rooms are selected by id."""
    elsewhere = four_places[vendor][2]
    entry = await home.add(
        vendor, {**chosen(elsewhere, "404404"), "places": ["深圳-A座"]}
    )
    await home.polls(1)
    issue = home.issues()["rooms_unknown"]
    assert issue is not None
    assert issue["rooms"] == "404404"
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, at("深圳-A座"))
    await home.polls(1)
    assert home.issues() == {}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_leaves_its_place_is_not_reported_as_unknown(
    home: Home, vendor: str, four_places: dict[str, list[str]]
) -> None:
    """The room may have moved, or the vendor may have removed it."""
    moved, closed = four_places[vendor][0], four_places[vendor][1]
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
