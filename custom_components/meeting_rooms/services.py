"""The actions of the integration."""

from homeassistant.core import HomeAssistant, callback

from . import find_room


@callback
def async_register_actions(hass: HomeAssistant) -> None:
    """Register the actions."""
    find_room.async_register(hass)
