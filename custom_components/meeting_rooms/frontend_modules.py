"""Serve the JavaScript modules of the dashboard, and load them while there is an account."""

from pathlib import Path
from typing import Final

from homeassistant.components.frontend import add_extra_js_url, remove_extra_js_url
from homeassistant.components.http import StaticPathConfig  # type: ignore[attr-defined]
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.loader import async_get_integration

from .const import DOMAIN

_FOLDER: Final = Path(__file__).with_name("frontend")
_ENTRY: Final = "entry.js"


async def async_serve_frontend(hass: HomeAssistant) -> None:
    """Serve the modules; browsers cache them, so each version has its own URL."""
    integration = await async_get_integration(hass, DOMAIN)
    url = f"/{DOMAIN}/{integration.version}"
    await hass.http.async_register_static_paths(
        [StaticPathConfig(url, str(_FOLDER), cache_headers=True)]
    )
    _FrontendModule(hass, f"{url}/{_ENTRY}").follow_accounts()


class _FrontendModule:
    """The module that pages of the frontend load while there is an enabled account."""

    def __init__(self, hass: HomeAssistant, url: str) -> None:
        """Store the URL of the module, which is not loaded yet."""
        self._hass = hass
        self._url = url
        self._loaded = False

    def follow_accounts(self) -> None:
        """Load the module now and after each change of the accounts, if there is one."""
        async_dispatcher_connect(
            self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._account_changed
        )
        self._update()

    @callback
    def _account_changed(self, _change: ConfigEntryChange, entry: ConfigEntry) -> None:
        """Update after an account was added, removed, enabled or disabled."""
        if entry.domain == DOMAIN:
            self._update()

    def _update(self) -> None:
        """Add the module, or remove it after the last account.

        An account that is being reloaded or tried again keeps the module: its dashboard shows
        that the account is unavailable.
        """
        wanted = bool(
            self._hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        )
        if wanted != self._loaded:
            self._loaded = wanted
            change = add_extra_js_url if wanted else remove_extra_js_url
            change(self._hass, self._url)
