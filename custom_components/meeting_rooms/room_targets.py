"""Select the entities of rooms that a trigger or condition is about."""

from collections.abc import Iterable

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .account.snapshot import CONTROLLER_PREFIX
from .const import DOMAIN


def entities_of_rooms(
    hass: HomeAssistant, entity_ids: Iterable[str], key: str
) -> set[str]:
    """Return the entities with a key that belong to rooms of this integration."""
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entity_ids
        if (entry := registry.async_get(entity_id)) is not None
        and entry.platform == DOMAIN
        and entry.translation_key == key
        and not _is_of_controller(hass, entry)
    }


def _is_of_controller(hass: HomeAssistant, entry: er.RegistryEntry) -> bool:
    """Return whether an entity belongs to a controller, which shares keys with rooms."""
    account = hass.config_entries.async_get_entry(str(entry.config_entry_id))
    return account is not None and entry.unique_id.startswith(
        f"{account.unique_id}_{CONTROLLER_PREFIX}"
    )
