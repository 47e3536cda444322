"""Place the rooms of an account into areas, and the areas that it creates onto floors."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    floor_registry as fr,
)
from homeassistant.helpers.area_registry import AreaEntry

from .account.options import area_mode
from .account.placed_rooms import PlacedRooms
from .const import DOMAIN
from .coordinator import MeetingRoomsConfigEntry
from .rooms.areas import AreaMode, AreaNames
from .rooms.floors import level_of
from .rooms.places import Location
from .rooms.room import Room


async def async_place_rooms(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> None:
    """Place the rooms of an account now, and those that it has later."""
    mode = area_mode(entry.options)
    if mode is AreaMode.NONE:
        return
    placed = PlacedRooms(hass, entry.entry_id, mode)
    if not await placed.async_load():
        return
    areas = _RoomAreas(hass, entry, mode, placed)
    areas.place_rooms()
    entry.async_on_unload(entry.runtime_data.async_add_listener(areas.place_rooms))
    entry.async_on_unload(placed.async_save)


class _RoomAreas:
    """Place each room once, unless it has an area; areas and floors of a user stay as they are."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: MeetingRoomsConfigEntry,
        mode: AreaMode,
        placed: PlacedRooms,
    ) -> None:
        """Use the registries, and the rooms that were placed before."""
        self._hass = hass
        self._entry = entry
        self._mode = mode
        self._placed = placed
        self._areas = ar.async_get(hass)
        self._devices = dr.async_get(hass)
        self._floors = fr.async_get(hass)
        self._without_floor: dict[str, str] = {}
        """The areas that were created while the place of their room was unknown, by room."""

    @callback
    def place_rooms(self) -> None:
        """Place the rooms that were not placed before and whose place is known."""
        rooms = self._entry.runtime_data.data.of(Room)
        waiting = [rooms[key] for key in rooms.keys() - self._placed.areas.keys()]
        if not waiting and not self._without_floor:
            return
        names = AreaNames(rooms.values(), self._places())
        by_place = {
            rooms[key].place: area_id
            for key, area_id in self._placed.areas.items()
            if key in rooms and area_id and self._areas.async_get_area(area_id)
        }
        for room in sorted(waiting, key=lambda room: room.room_id):
            if area_id := self._place(room, names, by_place):
                by_place[room.place] = area_id
        self._add_floors(names)

    def _places(self) -> set[Location]:
        """Return the places of the rooms of all accounts."""
        return {
            room.place
            for entry in (
                self._entry,
                *self._hass.config_entries.async_loaded_entries(DOMAIN),
            )
            for room in entry.runtime_data.data.of(Room).values()
        }

    def _place(
        self, room: Room, names: AreaNames, by_place: dict[Location, str]
    ) -> str | None:
        """Place a room without an area, and return the area."""
        device = self._devices.async_get_device_by_identifier(
            (DOMAIN, f"{self._entry.unique_id}_{room.room_id}"), self._entry.entry_id
        )
        if device is None:
            return None
        if device.area_id is not None:
            self._placed.remember(room.room_id, None)
            return None
        if self._mode is AreaMode.PER_ROOM:
            area_id = self._area_of_room(room, names)
        else:
            area_id = by_place.get(room.place) or self._area_of_floor(room, names)
        if area_id is not None:
            self._devices.async_update_device(device.id, area_id=area_id)
            self._placed.remember(room.room_id, area_id)
        return area_id

    def _area_of_room(self, room: Room, names: AreaNames) -> str | None:
        """Return the area with the name of a room."""
        if (name := names.room(room)) is None:
            return None
        if (area := self._area(name)) is not None:
            return area.id
        floor_id = self._floor_of(room.place, names)
        area_id = self._areas.async_create(name, floor_id=floor_id).id
        if floor_id is None:
            self._without_floor[room.room_id] = area_id
        return area_id

    def _area_of_floor(self, room: Room, names: AreaNames) -> str | None:
        """Return the area with the name of a room's floor."""
        if (name := names.floor(room.place)) is None:
            return None
        area = self._area(name) or self._areas.async_create(
            name, floor_id=self._floor_of(room.place, names)
        )
        return area.id

    def _area(self, name: str) -> AreaEntry | None:
        """Return the area with a name or alias."""
        if area := self._areas.async_get_area_by_name(name):
            return area
        return next(iter(self._areas.async_get_areas_by_alias(name)), None)

    def _floor_of(self, place: Location, names: AreaNames) -> str | None:
        """Return the floor of a place, a new one if there is none of that name or alias."""
        if (name := names.floor(place)) is None:
            return None
        if floor := self._floors.async_get_floor_by_name(name):
            return floor.floor_id
        for floor in self._floors.async_get_floors_by_alias(name):
            return floor.floor_id
        level = level_of(place.floor or "")
        return self._floors.async_create(name, level=level).floor_id

    def _add_floors(self, names: AreaNames) -> None:
        """Add the floors of created areas whose place is known by now."""
        rooms = self._entry.runtime_data.data.of(Room)
        for room_id, area_id in [*self._without_floor.items()]:
            area = self._areas.async_get_area(area_id)
            if room_id not in rooms or area is None or area.floor_id is not None:
                del self._without_floor[room_id]
            elif floor_id := self._floor_of(rooms[room_id].place, names):
                del self._without_floor[room_id]
                self._areas.async_update(area_id, floor_id=floor_id)
