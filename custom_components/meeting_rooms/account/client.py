"""The client of an account."""

from collections.abc import Mapping
from typing import Any

from aiohttp import ClientSession, DummyCookieJar

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_create_clientsession
from homeassistant.helpers.singleton import singleton

from ..api.client import VendorClient
from ..api.errors import InvalidAuth
from ..api.registry import VENDORS
from ..api.transport import Transport
from ..api.vendor import Vendor
from ..const import CONF_BASE_URL, CONF_VENDOR, DOMAIN, FULL_BUDGET
from .budgets import async_get_budgets


def vendor_of(entry: ConfigEntry[Any]) -> Vendor | None:
    """Return the vendor of an account, None if this version does not know it."""
    return VENDORS.get(entry.data.get(CONF_VENDOR, ""))


def account_id(data: Mapping[str, Any]) -> str:
    """Return the unique id of an account, by its config entry's data."""
    vendor_key = data[CONF_VENDOR]
    return f"{vendor_key}_{data[VENDORS[vendor_key].account_field]}"


@singleton(f"{DOMAIN}_session")
@callback
def _session(hass: HomeAssistant) -> ClientSession:
    """Return the session of all accounts, over Home Assistant's connections.

    It keeps no cookies: no vendor needs any, and an account must not send those of another.
    """
    return async_create_clientsession(
        hass, auto_cleanup=False, cookie_jar=DummyCookieJar()
    )


async def async_create_client(
    hass: HomeAssistant,
    data: Mapping[str, Any],
    name: str | None = None,
    budget_share: float = FULL_BUDGET,
) -> VendorClient:
    """Return the client of an account, by its config entry's data.

    All clients of an account share its request budget, of which this Home Assistant may use
    some percent. A client without a name serves a form: its requests are interactive.
    """
    vendor = VENDORS[data[CONF_VENDOR]]
    budgets = await async_get_budgets(hass)
    budget = budgets.of(account_id(data), vendor.limits.share(budget_share), name)
    base_url = data.get(CONF_BASE_URL, vendor.base_url)
    return vendor.create_client(
        Transport(_session(hass), base_url, budget, interactive=name is None),
        data,
    )


def refusal_of(entry: ConfigEntry[Any]) -> InvalidAuth | None:
    """Return a new error if the vendor has refused the credentials of an account."""
    # An entry that was never set up has no coordinator.
    coordinator = getattr(entry, "runtime_data", None)
    return None if coordinator is None else coordinator.refusal
