"""A Home Assistant in this process, with an account at the simulated vendor."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry
from scripts.core import start_core

from .product import DOMAIN
from .vendor import Vendor

type Listed = dict[str, Any]
"""The properties that a bare entity copies from an entity of the account."""

type Shown = tuple[str, str, float]
"""The unique id of an entity, its new state, and the Unix time of the change."""


@asynccontextmanager
async def start_home() -> AsyncIterator[HomeAssistant]:
    """Start Home Assistant, and stop it at the end of the context."""
    with TemporaryDirectory() as folder:
        hass = await start_core(Path(folder))
        try:
            yield hass
        finally:
            await hass.async_stop(force=True)


async def add_entry(
    hass: HomeAssistant, domain: str, unique_id: str, data: dict[str, Any]
) -> ConfigEntry[Any]:
    """Set up a config entry, and return it once its first entities exist."""
    entry = MockConfigEntry(domain=domain, unique_id=unique_id, data=data)
    entry.add_to_hass(hass)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


async def add_account(hass: HomeAssistant, vendor: Vendor) -> ConfigEntry[Any]:
    """Set the account up."""
    return await add_entry(hass, DOMAIN, vendor.account_id, vendor.account)


async def fetch_everything(hass: HomeAssistant, vendor: Vendor) -> None:
    """Wait until bookings, details, devices, alarms and controllers were fetched."""
    wanted = dict.fromkeys(("meetings", "details"), len(vendor.rooms))
    wanted |= dict.fromkeys(("devices", "alarms", "controllers"), 1)
    sent: dict[str, int] = {}
    while any(sent.get(api, 0) < number for api, number in wanted.items()):
        await asyncio.sleep(0.5)
        sent = await vendor.sent()
    await hass.async_block_till_done(wait_background_tasks=True)


def list_entities(hass: HomeAssistant) -> Iterator[Listed]:
    """Return all entities of the account."""
    for entity in er.async_get(hass).entities.values():
        if entity.platform != DOMAIN:
            continue
        device = dr.async_get(hass).async_get(str(entity.device_id))
        state = hass.states.get(entity.entity_id)
        description: dict[str, Any] = {
            "key": str(entity.translation_key),
            "device_class": entity.original_device_class,
            "entity_category": entity.entity_category,
            "translation_key": entity.translation_key,
        }
        if entity.domain == "sensor":
            capabilities = entity.capabilities or {}
            description |= {
                "native_unit_of_measurement": entity.unit_of_measurement,
                "options": tuple(capabilities.get("options", ())) or None,
                "state_class": capabilities.get("state_class"),
            }
        yield {
            "platform": entity.domain,
            "unique_id": entity.unique_id,
            "name": entity.original_name,
            "device_id": entity.device_id,
            "device_name": device and device.name,
            "enabled": entity.disabled_by is None,
            "state": state and state.state,
            "description": frozenset(description.items()),
        }


def watch_states(hass: HomeAssistant) -> list[Shown]:
    """Return a list to which each later state change is added."""
    registry = er.async_get(hass)
    shown: list[Shown] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        """Record one state change."""
        entity = registry.async_get(event.data["entity_id"])
        state = event.data["new_state"]
        if entity is not None and state is not None:
            shown.append((entity.unique_id, state.state, event.time_fired_timestamp))

    hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    return shown
