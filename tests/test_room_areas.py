"""Test that rooms are placed into areas and floors, and that a user's arrangement is kept."""

from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.helpers import area_registry as ar, floor_registry as fr
from homeassistant.helpers.area_registry import AreaEntry
from simulator import Fault

from .forms import choose, open_options
from .home import ALL_ROOMS, LISTERS, TENCENT, WECOM, Home, chosen
from .vendors import OTHER_ROOM, ROOM, VENDOR_TABLE

PER_ROOM: Final = {**ALL_ROOMS, "areas": "per_room"}
PER_FLOOR: Final = {**ALL_ROOMS, "areas": "per_floor"}
HERE: Final = {"city": "上海", "building": "A座", "floor": "3F"}
BELOW: Final = {"city": "上海", "building": "A座", "floor": "B1"}
BESIDE: Final = {"city": "上海", "building": "B座", "floor": "3F"}
NAME: Final = "长安"


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company."""
    return 2


@pytest.fixture(autouse=True)
def office(home: Home) -> None:
    """Let each vendor have two rooms on the same floor, with clear names."""
    for vendor in LISTERS:
        for room_id, name in ((ROOM[vendor], NAME), (OTHER_ROOM[vendor], "洛阳")):
            home.sim.company.rename(vendor, room_id, name)
            home.sim.company.change(vendor, room_id, **HERE)


def areas(home: Home) -> ar.AreaRegistry:
    """Return the areas."""
    return ar.async_get(home.hass)


def floors(home: Home) -> fr.FloorRegistry:
    """Return the floors."""
    return fr.async_get(home.hass)


def area_of(home: Home, vendor: str, room_id: str) -> AreaEntry | None:
    """Return the area of a room."""
    area_id = home.known_device(vendor, room_id).area_id
    return areas(home).async_get_area(area_id or "")


def place_of(home: Home, vendor: str, room_id: str) -> tuple[str, str | None]:
    """Return the names of the area and of the floor of a room."""
    area = area_of(home, vendor, room_id)
    assert area is not None
    floor = floors(home).async_get_floor(area.floor_id or "")
    return area.name, None if floor is None else floor.name


def move(home: Home, vendor: str, room_id: str, area_id: str | None) -> None:
    """Move a room to another area, as a user does."""
    device = home.known_device(vendor, room_id)
    home.devices.async_update_device(device.id, area_id=area_id)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_of_a_floor_are_placed_into_its_area(
    home: Home, vendor: str
) -> None:
    """The area is on a floor with its level, and the ids of the entities begin with it."""
    home.sim.company.change(vendor, OTHER_ROOM[vendor], **BELOW)
    await home.add(vendor, PER_FLOOR)
    assert place_of(home, vendor, ROOM[vendor]) == ("3F", "3F")
    assert place_of(home, vendor, OTHER_ROOM[vendor]) == ("B1", "B1")
    found = {floor.name: floor.level for floor in floors(home).async_list_floors()}
    assert found == {"3F": 3, "B1": -1}
    status = home.entity(vendor, ROOM[vendor], "status").entity_id
    assert status.startswith("sensor.3f_")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_each_room_is_placed_into_an_area_with_its_name(
    home: Home, vendor: str
) -> None:
    """The areas are on the floor of the rooms."""
    await home.add(vendor, PER_ROOM)
    assert place_of(home, vendor, ROOM[vendor]) == (NAME, "3F")
    assert place_of(home, vendor, OTHER_ROOM[vendor]) == ("洛阳", "3F")
    assert len(floors(home).floors) == 1


async def test_nothing_is_placed_without_the_option(home: Home) -> None:
    """No area and no floor is created."""
    await home.add(TENCENT)
    assert area_of(home, TENCENT, ROOM[TENCENT]) is None
    assert (len(areas(home).areas), len(floors(home).floors)) == (0, 0)


@pytest.mark.parametrize(
    "names", [{"name": "3 f"}, {"name": "三层", "aliases": {"3F"}}]
)
async def test_an_existing_area_is_used_and_not_changed(
    home: Home, names: dict[str, Any]
) -> None:
    """Only an area that the integration creates is placed onto a floor."""
    existing = areas(home).async_create(**names)
    await home.add(TENCENT, PER_FLOOR)
    assert area_of(home, TENCENT, ROOM[TENCENT]) == existing
    assert len(areas(home).areas) == 1
    assert len(floors(home).floors) == 0


async def test_an_existing_area_with_the_name_of_a_room_is_used(home: Home) -> None:
    """It stays without a floor."""
    existing = areas(home).async_create(NAME)
    await home.add(TENCENT, PER_ROOM)
    assert area_of(home, TENCENT, ROOM[TENCENT]) == existing


@pytest.mark.parametrize(
    "names", [{"name": "3 f"}, {"name": "三层", "aliases": {"3F"}}]
)
async def test_an_existing_floor_is_used_and_not_changed(
    home: Home, names: dict[str, Any]
) -> None:
    """The floor keeps its level."""
    existing = floors(home).async_create(**names)
    await home.add(TENCENT, PER_FLOOR)
    area = area_of(home, TENCENT, ROOM[TENCENT])
    assert area is not None
    assert (area.name, area.floor_id) == ("3F", existing.floor_id)
    assert [*floors(home).async_list_floors()] == [existing]


@pytest.mark.parametrize("options", [PER_ROOM, PER_FLOOR])
async def test_what_a_user_arranged_is_kept(
    home: Home, options: dict[str, Any]
) -> None:
    """Rooms that were moved or removed from their area stay so, also after a restart."""
    entry = await home.add(TENCENT, options)
    own = areas(home).async_create("Own")
    move(home, TENCENT, ROOM[TENCENT], own.id)
    move(home, TENCENT, OTHER_ROOM[TENCENT], None)
    await home.polls(2)
    await home.restart(entry)
    home.sim.company.rename(TENCENT, OTHER_ROOM[TENCENT], "renamed")
    await home.polls(2)
    assert area_of(home, TENCENT, ROOM[TENCENT]) == own
    assert area_of(home, TENCENT, OTHER_ROOM[TENCENT]) is None


async def test_rooms_that_have_an_area_are_not_placed(home: Home) -> None:
    """The user removes the room from the area later, which is kept too."""
    entry = await home.add(TENCENT)
    own = areas(home).async_create("Own")
    move(home, TENCENT, ROOM[TENCENT], own.id)
    await choose(
        home.hass,
        await open_options(home.hass, entry, "areas"),
        {"areas": "per_floor"},
    )
    await home.settle()
    assert area_of(home, TENCENT, ROOM[TENCENT]) == own
    assert place_of(home, TENCENT, OTHER_ROOM[TENCENT]) == ("3F", "3F")
    move(home, TENCENT, ROOM[TENCENT], None)
    await home.restart(entry)
    assert area_of(home, TENCENT, ROOM[TENCENT]) is None


async def test_another_choice_places_the_rooms_without_an_area_again(
    home: Home,
) -> None:
    """Rooms that have an area stay in it."""
    entry = await home.add(TENCENT, PER_FLOOR)
    move(home, TENCENT, ROOM[TENCENT], None)
    await choose(
        home.hass, await open_options(home.hass, entry, "areas"), {"areas": "per_room"}
    )
    await home.settle()
    assert place_of(home, TENCENT, ROOM[TENCENT]) == (NAME, "3F")
    assert place_of(home, TENCENT, OTHER_ROOM[TENCENT]) == ("3F", "3F")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_appears_later_is_placed_at_once(
    home: Home, vendor: str
) -> None:
    """It joins the rooms of its floor, whose area the user has renamed."""
    await home.add(vendor, PER_FLOOR)
    area = area_of(home, vendor, ROOM[vendor])
    assert area is not None
    areas(home).async_update(area.id, name="Third floor")
    home.sim.company.add_room(vendor, "新会议室", "777777")
    home.sim.company.change(vendor, "777777", status=2, **HERE)
    await home.polls(2)
    assert place_of(home, vendor, "777777") == ("Third floor", "3F")
    status = home.entity(vendor, "777777", "status").entity_id
    assert status.startswith("sensor.third_floor_")
    assert len(areas(home).areas) == 1


@pytest.mark.parametrize("vendor", LISTERS)
async def test_floors_of_several_buildings_are_told_apart(
    home: Home, vendor: str
) -> None:
    """The level is that of the floor."""
    home.sim.company.change(vendor, OTHER_ROOM[vendor], **BESIDE)
    await home.add(vendor, PER_FLOOR)
    assert place_of(home, vendor, ROOM[vendor]) == ("A座 · 3F", "A座 · 3F")
    assert place_of(home, vendor, OTHER_ROOM[vendor]) == ("B座 · 3F", "B座 · 3F")
    assert [floor.level for floor in floors(home).async_list_floors()] == [3, 3]


async def test_floors_of_several_accounts_are_told_apart(home: Home) -> None:
    """The first account keeps the short name."""
    for room_id in (ROOM[WECOM], OTHER_ROOM[WECOM]):
        home.sim.company.change(WECOM, room_id, **BESIDE)
    await home.add(TENCENT, PER_FLOOR)
    await home.add(WECOM, PER_FLOOR)
    assert place_of(home, TENCENT, ROOM[TENCENT]) == ("3F", "3F")
    assert place_of(home, WECOM, ROOM[WECOM]) == ("B座 · 3F", "B座 · 3F")


@pytest.mark.parametrize(
    ("options", "before", "after"),
    [(PER_FLOOR, [], ("4F", "4F")), (PER_ROOM, [(NAME, None)], (NAME, "4F"))],
)
async def test_a_floor_that_only_the_details_report_is_used_later(
    home: Home,
    options: dict[str, Any],
    before: list[tuple[str, str | None]],
    after: tuple[str, str],
) -> None:
    """A location of four parts in the list is not clear."""
    room_id, details = ROOM[TENCENT], VENDOR_TABLE[TENCENT].apis["details"]
    place = {**HERE, "building": "T3-A座", "floor": "4F"}
    home.sim.company.change(TENCENT, room_id, **place)
    home.sim.faults.add(Fault("http", TENCENT, details, status=502))
    await home.add(TENCENT, {**options, **chosen(room_id)})
    created = [(area.name, area.floor_id) for area in areas(home).async_list_areas()]
    assert created == before
    home.sim.faults.clear()
    await home.live(400)
    assert place_of(home, TENCENT, room_id) == after


async def test_a_room_whose_device_was_removed_is_not_placed(home: Home) -> None:
    """The account still has the room, which changes."""
    room_id, details = ROOM[TENCENT], VENDOR_TABLE[TENCENT].apis["details"]
    home.sim.company.change(TENCENT, room_id, **{**HERE, "building": "T3-A座"})
    home.sim.faults.add(Fault("http", TENCENT, details, status=502))
    await home.add(TENCENT, {**PER_FLOOR, **chosen(room_id)})
    home.devices.async_remove_device(home.known_device(TENCENT, room_id).id)
    await home.polls(2)
    home.sim.company.change(TENCENT, OTHER_ROOM[TENCENT], status=1)
    await home.polls(2)
    assert len(areas(home).areas) == 0


async def test_an_area_that_a_user_arranges_first_gets_no_floor(home: Home) -> None:
    """The details report the floor after the user has deleted one area and placed another."""
    details = VENDOR_TABLE[TENCENT].apis["details"]
    for room_id in (ROOM[TENCENT], OTHER_ROOM[TENCENT]):
        home.sim.company.change(TENCENT, room_id, **{**HERE, "building": "T3-A座"})
    home.sim.faults.add(Fault("http", TENCENT, details, status=502))
    await home.add(TENCENT, PER_ROOM)
    first, second = (
        area_of(home, TENCENT, each) for each in (ROOM[TENCENT], OTHER_ROOM[TENCENT])
    )
    assert first is not None
    assert second is not None
    own = floors(home).async_create("Own")
    areas(home).async_update(first.id, floor_id=own.floor_id)
    areas(home).async_delete(second.id)
    home.sim.faults.clear()
    await home.live(400)
    assert place_of(home, TENCENT, ROOM[TENCENT]) == (NAME, "Own")
    assert area_of(home, TENCENT, OTHER_ROOM[TENCENT]) is None
    assert [*floors(home).async_list_floors()] == [own]


async def test_rooms_that_cannot_be_told_apart_are_not_placed(home: Home) -> None:
    """Two rooms of the same name on the same floor would share an area."""
    home.sim.company.rename(TENCENT, OTHER_ROOM[TENCENT], NAME)
    await home.add(TENCENT, PER_ROOM)
    assert len(areas(home).areas) == 0


@pytest.mark.parametrize("stored", [{"version": 99}, {"version": 1, "data": []}])
async def test_no_room_is_placed_if_the_placed_rooms_are_unknown(
    home: Home, hass_storage: dict[str, Any], stored: dict[str, Any]
) -> None:
    """A room whose area the user cleared could be placed again."""
    entry = home.entry(TENCENT, PER_FLOOR)
    key = f"{DOMAIN}.areas_{entry.entry_id}"
    hass_storage[key] = {"key": key, "minor_version": 1, "data": {}, **stored}
    await home.start(entry)
    assert area_of(home, TENCENT, ROOM[TENCENT]) is None
    await home.hass.config_entries.async_unload(entry.entry_id)
    assert hass_storage[key] == {
        "key": key,
        "minor_version": 1,
        "data": {},
        **stored,
    }


async def test_a_removed_account_leaves_its_areas_but_no_file(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """The areas belong to the user."""
    entry = await home.add(TENCENT, PER_FLOOR)
    key = f"{DOMAIN}.areas_{entry.entry_id}"
    await home.restart(entry)
    assert key in hass_storage
    await home.hass.config_entries.async_remove(entry.entry_id)
    await home.settle()
    assert key not in hass_storage
    assert [area.name for area in areas(home).async_list_areas()] == ["3F"]


async def test_a_room_that_is_chosen_again_stays_where_it_was(home: Home) -> None:
    """Home Assistant restores its device."""
    entry = await home.add(TENCENT, PER_FLOOR)
    move(home, TENCENT, OTHER_ROOM[TENCENT], None)
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, chosen(ROOM[TENCENT]))
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, ALL_ROOMS)
    await home.settle()
    assert area_of(home, TENCENT, OTHER_ROOM[TENCENT]) is None
    assert place_of(home, TENCENT, ROOM[TENCENT]) == ("3F", "3F")
