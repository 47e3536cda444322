"""A Home Assistant core in this process: its own loop, bootstrap and storage, no recorder."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from homeassistant import block_async_io, bootstrap, config_entries, loader, runner

# Imported before anything is timed: nobody pays for an import.
from homeassistant.components.rest import (  # noqa: F401
    binary_sensor as rest_binary_sensor,
    sensor as rest_sensor,
)
from homeassistant.config_entries import SOURCE_USER, ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.setup import async_setup_component

from .blocks import Blocks, StopwatchSelector

_LOADED: Final = ("network", "binary_sensor", "sensor")
"""What every side finds loaded, as it does in a Home Assistant that runs other things too."""


def run[T](
    probe: Callable[[HomeAssistant, Blocks], Coroutine[Any, Any, T]], folder: Path
) -> T:
    """Start a Home Assistant, let a probe look at it, and stop it."""
    selector = StopwatchSelector()
    loop = asyncio.SelectorEventLoop(selector)
    runner.configure_event_loop(loop)
    asyncio.set_event_loop(loop)

    async def look() -> T:
        """Look at a running Home Assistant."""
        hass = await _start(folder)
        try:
            return await probe(hass, selector.blocks)
        finally:
            await hass.async_stop(force=True)

    return loop.run_until_complete(look())


async def _start(folder: Path) -> HomeAssistant:
    """Start the core as `hass` does, without the frontend and its company."""
    hass = HomeAssistant(str(folder))
    hass.config.skip_pip = True
    loader.async_setup(hass)
    block_async_io.enable()
    hass.config_entries = config_entries.ConfigEntries(hass, {})
    await loader.async_get_custom_components(hass)
    await bootstrap.async_load_base_functionality(hass)
    await async_process_ha_core_config(hass, {})
    for domain in (*bootstrap.CORE_INTEGRATIONS, *_LOADED):
        await async_setup_component(hass, domain, {})
    await hass.async_start()
    return hass


async def add_entry(
    hass: HomeAssistant, domain: str, unique_id: str, **fields: Any
) -> ConfigEntry[Any]:
    """Add a config entry, and return it when all its entities are there."""
    entry: ConfigEntry[Any] = ConfigEntry(
        domain=domain,
        unique_id=unique_id,
        title="Benchmark",
        data=fields,
        options={},
        source=SOURCE_USER,
        version=1,
        minor_version=1,
        discovery_keys=MappingProxyType({}),
        subentries_data=(),
    )
    await hass.config_entries.async_add(entry)
    await hass.async_block_till_done()
    return entry
