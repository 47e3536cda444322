"""One Home Assistant after the other in one folder, in this process and by its clock."""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from zeroconf import Zeroconf

from custom_components.meeting_rooms.account.snapshot import CONTROLLER_PREFIX
from homeassistant import bootstrap, config_entries, loader
from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_USER,
    ConfigEntry,
    ConfigEntryState,
)
from homeassistant.core import HomeAssistant
from homeassistant.core_config import async_process_ha_core_config
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from scripts.demo_home import home
from scripts.demo_home.accounts import DOMAIN
from scripts.demo_home.client import JSON

_LOADED: Final = ("network", "binary_sensor", "sensor")
"""What Home Assistant would load for the integration's own needs, in one go."""
_CONFIGURATION: Final = {"time_zone": "Asia/Shanghai", "country": "CN"}
_ZEROCONF: Final[Mapping[str, Callable[..., Any]]] = {
    "__new__": lambda cls, *args, **kwargs: object.__new__(cls),
    "__init__": Zeroconf.__init__,
}
"""What a Home Assistant replaces for good, counting on being the only one in its process."""
_ALL_ROOMS: Final[JSON] = {"all_rooms": True, "rooms": []}


class Home:
    """Start, stop and use a Home Assistant."""

    hass: HomeAssistant

    def __init__(self, folder: Path, watch: Callable[[HomeAssistant], None]) -> None:
        """Live in a folder, watched from each start on."""
        self._folder = folder
        self._watch = watch
        self._one_at_a_time = asyncio.Lock()
        folder.mkdir()
        home.prepare(folder, home.free_port())

    async def start(self) -> None:
        """Start the core as `hass` does, without the frontend and its company."""
        for name, original in _ZEROCONF.items():
            setattr(Zeroconf, name, original)
        hass = HomeAssistant(str(self._folder))
        hass.config.skip_pip = True
        self._watch(hass)
        loader.async_setup(hass)
        hass.config_entries = config_entries.ConfigEntries(hass, {})
        await loader.async_get_custom_components(hass)
        await bootstrap.async_load_base_functionality(hass)
        await async_process_ha_core_config(hass, _CONFIGURATION)
        for domain in (*bootstrap.CORE_INTEGRATIONS, *_LOADED):
            await async_setup_component(hass, domain, {})
        for entry in hass.config_entries.async_entries(DOMAIN):
            await async_setup_component(hass, entry.domain, {})
        await hass.async_start()
        self.hass = hass

    async def stop(self) -> None:
        """Stop it, its last writing included."""
        async with self._one_at_a_time:
            await self.hass.async_stop()

    async def restart(self) -> None:
        """Stop it and start another in its place."""
        async with self._one_at_a_time:
            await self.hass.async_stop()
            await self.start()

    async def add(self, vendor: str, form: JSON) -> None:
        """Add an account with all of its rooms, as a person does."""
        flow = self.hass.config_entries.flow
        step = await flow.async_init(DOMAIN, context={"source": SOURCE_USER})
        for typed in ({"next_step_id": vendor}, form, _ALL_ROOMS):
            if step["type"] is not FlowResultType.CREATE_ENTRY:
                step = await flow.async_configure(step["flow_id"], dict(typed))
        if step["type"] is not FlowResultType.CREATE_ENTRY:
            raise RuntimeError(f"{vendor} was not added: {step.get('errors')}")
        await self.hass.async_block_till_done()

    def enable(self, *keys: str) -> None:
        """Enable some diagnostics of every room, which are off where there are many."""
        registry = er.async_get(self.hass)
        for unique_id, entity in self.entities.items():
            if f"_{CONTROLLER_PREFIX}" in unique_id or entity.disabled_by is None:
                continue
            if entity.translation_key in keys:
                registry.async_update_entity(entity.entity_id, disabled_by=None)

    async def reload(self, vendor: str) -> None:
        """Load an account anew, where it is not about to do so by itself."""
        async with self._one_at_a_time:
            entry = self.entry(vendor)
            if entry.state is not ConfigEntryState.SETUP_IN_PROGRESS:
                await self.hass.config_entries.async_reload(entry.entry_id)

    async def unload(self) -> None:
        """Unload every account."""
        for entry in self.hass.config_entries.async_entries(DOMAIN):
            await self.hass.config_entries.async_unload(entry.entry_id)

    async def set_up(self) -> None:
        """Set every account up that was unloaded."""
        for entry in self.hass.config_entries.async_entries(DOMAIN):
            await self.hass.config_entries.async_setup(entry.entry_id)

    async def log_in_again(self, forms: dict[str, JSON]) -> list[str]:
        """Give each account what it asks for, and return the vendors of those that did."""
        flow = self.hass.config_entries.flow
        asked = []
        for step in flow.async_progress_by_handler(DOMAIN):
            if step["context"]["source"] == SOURCE_REAUTH:
                vendor = step["step_id"]
                await flow.async_configure(step["flow_id"], dict(forms[vendor]))
                asked.append(vendor)
        return asked

    def entry(self, vendor: str) -> ConfigEntry[Any]:
        """Return the account at a vendor."""
        return next(
            each
            for each in self.hass.config_entries.async_entries(DOMAIN)
            if each.data["vendor"] == vendor
        )

    @property
    def entities(self) -> dict[str, er.RegistryEntry]:
        """Return the integration's entities by unique id."""
        registry = er.async_get(self.hass)
        return {
            entity.unique_id: entity
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            for entity in er.async_entries_for_config_entry(registry, entry.entry_id)
        }

    @property
    def devices(self) -> dict[str, dr.DeviceEntry]:
        """Return the integration's devices by identifier."""
        registry = dr.async_get(self.hass)
        return {
            identifier: device
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            for device in dr.async_entries_for_config_entry(registry, entry.entry_id)
            for _, identifier in device.identifiers
        }

    def shown(self) -> dict[str, str]:
        """Return the state of every enabled entity by unique id."""
        return {
            unique_id: "missing" if state is None else state.state
            for unique_id, entity in self.entities.items()
            if entity.disabled_by is None
            for state in (self.hass.states.get(entity.entity_id),)
        }
