"""The errors of a file in Home Assistant's storage that cannot be loaded."""

from typing import Final

from homeassistant.exceptions import HomeAssistantError

LOAD_ERRORS: Final = (
    AttributeError,
    HomeAssistantError,
    LookupError,
    NotImplementedError,
    OSError,
    TypeError,
    ValueError,
)
"""The errors of Store for an unsupported version, a folder, and JSON of another form."""
