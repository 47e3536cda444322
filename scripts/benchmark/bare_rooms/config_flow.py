"""What a config entry needs to exist."""

from homeassistant.config_entries import ConfigFlow

from . import DOMAIN


class BareRoomsFlow(ConfigFlow, domain=DOMAIN):
    """A flow that nobody ever starts."""
