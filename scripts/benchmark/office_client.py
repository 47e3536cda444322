"""Ask the office for what the vendors' APIs do not offer."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .company import Company


async def set_limits(hass: HomeAssistant, company: Company, *, on: bool) -> None:
    """Let the vendor hold to its limits or not."""
    await ask(hass, company, "POST", "limits", on)


async def ask(
    hass: HomeAssistant, company: Company, method: str, path: str, body: Any = None
) -> Any:
    """Return what the office answers, if it answers anything."""
    session = async_get_clientsession(hass)
    url = f"{company.office}/{path}"
    async with session.request(method, url, json=body) as response:
        return await response.json() if response.content_length else None
