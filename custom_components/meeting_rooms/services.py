"""The actions of the integration."""

from homeassistant.core import HomeAssistant, callback

from . import booking_actions, find_room


@callback
def async_register_actions(hass: HomeAssistant) -> None:
    """Register all actions, which do not depend on an account."""
    find_room.async_register(hass)
    booking_actions.async_register(hass)
