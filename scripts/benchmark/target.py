"""What a probe measures: a Home Assistant, and an account at the simulated vendor."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .product import DOMAIN, VENDOR, lift_limits
from .stopwatch import Stopwatch

type Options = dict[str, Any]
type Listed = dict[str, Any]
"""What a bare entity needs to look like one of the account."""


@dataclass(frozen=True, slots=True)
class Target:
    """A Home Assistant, its stopwatch, and the options of the probe."""

    hass: HomeAssistant
    stopwatch: Stopwatch
    options: Options

    async def add_account(self) -> ConfigEntry[Any]:
        """Set the account up, and return when its first entities are there."""
        if self.options.get("unlimited"):
            lift_limits()
        return await add_entry(
            self.hass, DOMAIN, self.options["unique_id"], self.options["account"]
        )

    async def fetch_everything(self) -> None:
        """Wait until details, devices, alarms and controllers were fetched."""
        wanted = {f"{VENDOR}/details": len(self.options["rooms"])}
        wanted |= {f"{VENDOR}/{api}": 1 for api in ("devices", "alarms", "controllers")}
        url = f"{self.options['account']['base_url']}/_control/requests"
        sent: dict[str, int] = {}
        while any(sent.get(api, 0) < number for api, number in wanted.items()):
            await asyncio.sleep(0.5)
            sent = (await self.request("GET", url))["by_api"]
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def request(self, method: str, url: str) -> Any:
        """Return what the simulated office answers."""
        session = async_get_clientsession(self.hass)
        async with session.request(method, url) as response:
            return await response.json()

    def entities(self) -> Iterator[Listed]:
        """Return all entities of the account."""
        devices = dr.async_get(self.hass)
        for entity in er.async_get(self.hass).entities.values():
            if entity.platform != DOMAIN:
                continue
            device = devices.async_get(str(entity.device_id))
            state = self.hass.states.get(entity.entity_id)
            description: dict[str, Any] = {
                "key": str(entity.translation_key),
                "device_class": entity.original_device_class,
                "entity_category": entity.entity_category,
                "translation_key": entity.translation_key,
            }
            if entity.domain == "sensor":
                capabilities = entity.capabilities or {}
                options = capabilities.get("options")
                description |= {
                    "native_unit_of_measurement": entity.unit_of_measurement,
                    "options": options and tuple(options),
                    "state_class": capabilities.get("state_class"),
                }
            yield {
                "platform": entity.domain,
                "unique_id": entity.unique_id,
                "device_id": entity.device_id,
                "device_name": device and device.name,
                "enabled": entity.disabled_by is None,
                "state": state and state.state,
                "name": entity.original_name,
                "description": frozenset(description.items()),
            }


async def add_entry(
    hass: HomeAssistant, domain: str, unique_id: str, data: dict[str, Any]
) -> ConfigEntry[Any]:
    """Set a config entry up, and return it when its first entities are there."""
    entry = MockConfigEntry(domain=domain, unique_id=unique_id, data=data)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry
