"""Follow the renames of the entities that the options of accounts name."""

from collections.abc import Mapping
from typing import Any

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..const import (
    CONF_CALENDAR,
    CONF_OFFICE_HOURS,
    CONF_PRESENCE,
    CONF_ROOM_SETTINGS,
    DOMAIN,
)
from .options import Options, stored_settings

_FIELDS = {CONF_CALENDAR, CONF_OFFICE_HOURS, CONF_PRESENCE}


@callback
def async_follow_renames(hass: HomeAssistant) -> None:
    """Update the options of every account, also of one that is not loaded."""

    @callback
    def is_rename(changes: er.EventEntityRegistryUpdatedData) -> bool:
        """Return whether the entity has a new id."""
        return "old_entity_id" in changes

    @callback
    def follow(event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        """Store the new id."""
        old, new = str(event.data.get("old_entity_id")), event.data["entity_id"]
        for entry in hass.config_entries.async_entries(DOMAIN):
            hass.config_entries.async_update_entry(
                entry, options=with_renamed(entry.options, old, new)
            )

    hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, follow, is_rename)


def with_renamed(options: Options, old: str, new: str) -> dict[str, Any]:
    """Return the options with the new id of an entity."""
    renamed = _renamed(options, old, new)
    if settings := stored_settings(options):
        renamed[CONF_ROOM_SETTINGS] = {
            room_id: _renamed(each, old, new) if isinstance(each, Mapping) else each
            for room_id, each in settings.items()
        }
    return renamed


def _renamed(fields: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """Return the fields with the new id of an entity."""
    return {
        key: _replaced(value, old, new) if key in _FIELDS else value
        for key, value in fields.items()
    }


def _replaced(value: Any, old: str, new: str) -> Any:
    """Return the value of a field with the new id of an entity."""
    if isinstance(value, list):
        return [new if each == old else each for each in value]
    return new if value == old else value
