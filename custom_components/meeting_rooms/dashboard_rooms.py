"""Find the rooms that a user sees on dashboards, and may book."""

from collections.abc import Collection, Mapping
from typing import Final

from homeassistant.auth.models import User
from homeassistant.auth.permissions import filter_entity_ids_by_permission
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_registry import RegistryEntry

from .const import DOMAIN
from .coordinator import MeetingRoomsConfigEntry
from .rooms.room import Room

_AVAILABILITY: Final = "availability"
_BOOKINGS: Final = "bookings"

type RoomEntities = Mapping[str, tuple[MeetingRoomsConfigEntry, RegistryEntry]]
"""The availability of each room with its account, by the entity id."""


def loaded_entries(hass: HomeAssistant) -> list[MeetingRoomsConfigEntry]:
    """Return the accounts that are loaded."""
    return [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN)
        if entry.state is ConfigEntryState.LOADED
    ]


def is_availability(entity: RegistryEntry) -> bool:
    """Return whether an entity is the availability of a room, and enabled."""
    ours = (entity.platform, entity.translation_key) == (DOMAIN, _AVAILABILITY)
    return ours and not entity.disabled


def availability_entities(hass: HomeAssistant) -> RoomEntities:
    """Return the availability of each room that is registered."""
    registry = er.async_get(hass)
    return {
        entity.entity_id: (entry, entity)
        for entry in hass.config_entries.async_entries(DOMAIN)
        for entity in er.async_entries_for_config_entry(registry, entry.entry_id)
        if is_availability(entity)
    }


def readable_ids(user: User, entity_ids: Collection[str]) -> list[str]:
    """Return the entities that a user may read."""
    return filter_entity_ids_by_permission(user, entity_ids, POLICY_READ)


def may_control(hass: HomeAssistant, user: User, entity: RegistryEntry) -> bool:
    """Return whether a user may book and release the room of an availability entity.

    It is a right on the calendar of the room, or on its availability if it has no calendar.
    """
    unique_id = entity.unique_id.removesuffix(_AVAILABILITY) + _BOOKINGS
    calendar = er.async_get(hass).async_get_entity_id(Platform.CALENDAR, DOMAIN, unique_id)
    return user.permissions.check_entity(calendar or entity.entity_id, POLICY_CONTROL)


def room_of(entry: MeetingRoomsConfigEntry, entity: RegistryEntry) -> Room | None:
    """Return the room of an availability entity; None if the entity is unavailable."""
    if entry.state is not ConfigEntryState.LOADED:
        return None
    coordinator = entry.runtime_data
    if not coordinator.last_update_success:
        return None
    room_id = entity.unique_id.removeprefix(f"{entry.unique_id}_")
    return coordinator.data.of(Room).get(room_id.removesuffix(f"_{_AVAILABILITY}"))
