"""Find the rooms that a user sees on dashboards, and may book."""

from collections.abc import Collection, Mapping
from typing import Final

from homeassistant.auth.models import User
from homeassistant.auth.permissions import filter_entity_ids_by_permission
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_registry import RegistryEntry

from .booking_actions import controlled_entity
from .const import DOMAIN
from .coordinator import MeetingRoomsConfigEntry
from .rooms.room import Room

_AVAILABILITY: Final = "availability"

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


def may_control(
    hass: HomeAssistant, user: User, entry: MeetingRoomsConfigEntry, room: Room
) -> bool:
    """Return whether a user may book and release a room."""
    entity_id = controlled_entity(hass, entry, room.room_id)
    if entity_id is None:
        return user.permissions.access_all_entities(POLICY_CONTROL)
    return user.permissions.check_entity(entity_id, POLICY_CONTROL)


def room_of(entry: MeetingRoomsConfigEntry, entity: RegistryEntry) -> Room | None:
    """Return the room of an availability entity; None if the entity is unavailable."""
    if entry.state is not ConfigEntryState.LOADED:
        return None
    coordinator = entry.runtime_data
    if not coordinator.last_update_success:
        return None
    room_id = entity.unique_id.removeprefix(f"{entry.unique_id}_")
    return coordinator.data.of(Room).get(room_id.removesuffix(f"_{_AVAILABILITY}"))
