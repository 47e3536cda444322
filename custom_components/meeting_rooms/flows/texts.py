"""The texts that a flow stores, such as a title."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from ..const import DOMAIN


async def async_text(hass: HomeAssistant, category: str, key: str) -> str:
    """Return a text of the integration in Home Assistant's language."""
    texts = await async_get_translations(hass, hass.config.language, category, {DOMAIN})
    return texts[f"component.{DOMAIN}.{category}.{key}"]
