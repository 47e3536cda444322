"""The actions that book, release and call a room."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions."""


def controlled_entity(
    hass: HomeAssistant, entry: ConfigEntry, room_id: str
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
