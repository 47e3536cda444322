"""The rooms of all accounts, as Home Assistant knows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from homeassistant.auth.models import User
from homeassistant.auth.permissions import filter_entity_ids_by_permission
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import UnknownUser
from homeassistant.helpers import (
    area_registry as ar,
    entity_registry as er,
    floor_registry as fr,
)
from homeassistant.helpers.area_registry import AreaEntry
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.helpers.entity_registry import RegistryEntry
from homeassistant.helpers.floor_registry import FloorEntry

from .account.room_devices import device_name, room_devices
from .const import DOMAIN
from .coordinator import MeetingRoomsConfigEntry
from .rooms.finder import Candidate
from .rooms.place_words import PlaceWords
from .rooms.places import Location
from .rooms.room import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRoom:
    """A room with its account, its device and the entity of its availability."""

    room_id: str
    entry: MeetingRoomsConfigEntry
    device: DeviceEntry
    entity: RegistryEntry

    @property
    def entity_id(self) -> str:
        """Return the id of the entity of the availability."""
        return self.entity.entity_id

    @property
    def name(self) -> str:
        """Return the name of the room as the user sees it."""
        return device_name(self.device, self.room_id)

    @property
    def area_id(self) -> str | None:
        """Return the area of the room: that of the entity, or else of the device."""
        return self.entity.area_id or self.device.area_id

    @property
    def room(self) -> Room | None:
        """Return the room as it is now; None while it is unavailable."""
        if self.entry.state is not ConfigEntryState.LOADED:
            return None
        coordinator = self.entry.runtime_data
        if not coordinator.last_update_success:
            return None
        return coordinator.data.of(Room).get(self.room_id)

    @property
    def candidate(self) -> Candidate | None:
        """Return the room likewise, with what else decides whether it suits a meeting."""
        if (room := self.room) is None:
            return None
        offline = self.entry.runtime_data.data.offline_controllers
        return Candidate(
            key=self.entity_id,
            name=self.name,
            room=room,
            controller_offline=offline.get(self.room_id, False),
            schedule=room.schedule,
        )


@callback
def account_rooms(hass: HomeAssistant) -> list[AccountRoom]:
    """Return the rooms of all accounts whose availability is not disabled."""
    registry = er.async_get(hass)
    rooms = []
    for entry in hass.config_entries.async_entries(DOMAIN):
        for room_id, device in room_devices(hass, entry).items():
            unique_id = f"{entry.unique_id}_{room_id}_availability"
            entity_id = registry.async_get_entity_id(Platform.SENSOR, DOMAIN, unique_id)
            if entity_id is None or (entity := registry.entities[entity_id]).disabled:
                continue
            rooms.append(
                AccountRoom(room_id=room_id, entry=entry, device=device, entity=entity)
            )
    return rooms


@callback
def readable(user: User, rooms: Iterable[AccountRoom]) -> list[AccountRoom]:
    """Return the rooms that a user may read."""
    by_id = {each.entity_id: each for each in rooms}
    ids = filter_entity_ids_by_permission(user, by_id, POLICY_READ)
    return [by_id[entity_id] for entity_id in ids]


def controlled_entity(
    hass: HomeAssistant, entry: ConfigEntry[Any], room_id: str
) -> str | None:
    """Return the entity that a user must be permitted to control to book a room.

    It is the calendar, or the availability of a room without a calendar.
    """
    registry = er.async_get(hass)
    for platform, key in (("calendar", "bookings"), ("sensor", "availability")):
        unique_id = f"{entry.unique_id}_{room_id}_{key}"
        entity_id = registry.async_get_entity_id(platform, DOMAIN, unique_id)
        if entity_id is not None:
            return entity_id
    return None


@callback
def may_control(hass: HomeAssistant, user: User, room: AccountRoom) -> bool:
    """Return whether a user may book and release a room."""
    entity_id = controlled_entity(hass, room.entry, room.room_id)
    if entity_id is None:
        return user.permissions.access_all_entities(POLICY_CONTROL)
    return user.permissions.check_entity(entity_id, POLICY_CONTROL)


async def async_readable(
    hass: HomeAssistant, rooms: Iterable[AccountRoom], context: Context | None
) -> list[AccountRoom]:
    """Return the rooms that the user of a context may read; without a user, all of them."""
    if context is None or context.user_id is None:
        return [*rooms]
    if (user := await hass.auth.async_get_user(context.user_id)) is None:
        raise UnknownUser(context=context)
    return readable(user, rooms)


@callback
def at_place(
    hass: HomeAssistant, rooms: Iterable[AccountRoom], location: str
) -> list[AccountRoom]:
    """Return the available rooms whose city, building or floor contain all words of a text."""
    words = PlaceWords(location)
    return [
        each
        for each in rooms
        if (room := each.room) is not None
        and words.match(_place_of(room), _floor_names(hass, each))
    ]


@callback
def area_of(hass: HomeAssistant, room: AccountRoom) -> AreaEntry | None:
    """Return the area in which Home Assistant has a room."""
    area_id = room.area_id
    return None if area_id is None else ar.async_get(hass).async_get_area(area_id)


@callback
def floor_of(hass: HomeAssistant, room: AccountRoom) -> FloorEntry | None:
    """Return the floor on which Home Assistant has a room."""
    area = area_of(hass, room)
    if area is None or area.floor_id is None:
        return None
    return fr.async_get(hass).async_get_floor(area.floor_id)


def _place_of(room: Room) -> Location:
    """Return the place of a room; a text that names no parts counts as the building."""
    return room.place if any(room.place) else Location(building=room.location)


def _floor_names(hass: HomeAssistant, room: AccountRoom) -> list[str]:
    """Return the names of the floor on which Home Assistant has a room."""
    floor = floor_of(hass, room)
    return [] if floor is None else [floor.name, *sorted(floor.aliases)]
