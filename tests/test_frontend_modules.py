"""Test that the frontend loads the integration's JavaScript modules while there is an account."""

import asyncio
from http import HTTPStatus
import json
from pathlib import Path
from typing import Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from simulator import Fault

from .home import QUANSHI, TENCENT, Home, is_in

COMPONENT: Final = Path("custom_components", DOMAIN)
FOLDER: Final = COMPONENT / "frontend"
VERSION: Final = json.loads((COMPONENT / "manifest.json").read_text("utf-8"))["version"]
BASE: Final = f"/{DOMAIN}/{VERSION}"
ENTRY: Final = f"{BASE}/entry.js"
FILES: Final = sorted(
    path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()
)


def is_loaded(home: Home) -> bool:
    """Return whether pages of the frontend load the module."""
    return ENTRY in home.hass.data[DATA_EXTRA_MODULE_URL].urls


@pytest.mark.parametrize("name", FILES)
async def test_a_browser_gets_and_caches_each_file_without_a_login(
    home: Home, hass_client_no_auth: ClientSessionGenerator, name: str
) -> None:
    """The URL has the version, so that an update is loaded at once."""
    await home.add(TENCENT)
    client = await hass_client_no_auth()
    answer = await client.get(f"{BASE}/{name}")
    assert answer.status == HTTPStatus.OK
    assert answer.headers["Cache-Control"] == "public, max-age=2678400"
    content = await asyncio.to_thread((FOLDER / name).read_bytes)
    assert await answer.read() == content


async def test_a_browser_accepts_the_entry_file_as_a_module(
    home: Home, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """A browser refuses a module with another content type."""
    await home.add(TENCENT)
    client = await hass_client_no_auth()
    answer = await client.get(ENTRY)
    assert answer.content_type == "text/javascript"


async def test_the_module_is_loaded_until_the_last_account_is_removed(
    home: Home,
) -> None:
    """A reload of one of two accounts changes nothing."""
    first, second = await home.add(TENCENT), await home.add(QUANSHI)
    assert is_loaded(home)
    await home.restart(first)
    assert is_loaded(home)
    await home.hass.config_entries.async_remove(first.entry_id)
    assert is_loaded(home)
    await home.restart(second)
    assert is_loaded(home)
    await home.hass.config_entries.async_remove(second.entry_id)
    assert not is_loaded(home)


async def test_the_module_is_loaded_again_with_the_next_account(home: Home) -> None:
    """The files are served under the same URL."""
    entry = await home.add(TENCENT)
    await home.hass.config_entries.async_remove(entry.entry_id)
    assert not is_loaded(home)
    await home.add(QUANSHI)
    assert is_loaded(home)


async def test_other_integrations_do_not_affect_the_module(home: Home) -> None:
    """An entry of another integration is removed."""
    await home.add(TENCENT)
    other = MockConfigEntry(domain="another")
    other.add_to_hass(home.hass)
    await home.hass.config_entries.async_remove(other.entry_id)
    assert is_loaded(home)


async def test_a_disabled_account_does_not_load_the_module(home: Home) -> None:
    """The module is loaded again when the account is enabled."""
    entry = await home.add(TENCENT)
    disable = home.hass.config_entries.async_set_disabled_by
    await disable(entry.entry_id, ConfigEntryDisabler.USER)
    assert not is_loaded(home)
    await disable(entry.entry_id, None)
    assert is_loaded(home)


async def test_the_module_is_loaded_although_the_vendor_does_not_respond(
    home: Home,
) -> None:
    """The dashboard shows the account as unavailable instead of an unknown strategy."""
    home.sim.faults.add(Fault("http", status=502))
    entry = await home.add(TENCENT)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    assert is_loaded(home)
