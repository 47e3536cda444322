"""What the benchmark knows of the integration's inside: the one file to change with it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from itertools import batched
from math import ceil
from typing import Any, Final

from custom_components.meeting_rooms.account_sensors import ACTIVITY_SENSORS
from custom_components.meeting_rooms.api.client import Listing
from custom_components.meeting_rooms.api.limits import RequestLimits, plan_polling
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    TencentMeetingClient,
)
from custom_components.meeting_rooms.const import DOMAIN
from custom_components.meeting_rooms.coordinator import AccountCoordinator
from custom_components.meeting_rooms.descriptions.account import ACCOUNT_SENSORS
from custom_components.meeting_rooms.descriptions.controller import (
    CONTROLLER_BINARY_SENSORS,
    CONTROLLER_SENSORS,
)
from custom_components.meeting_rooms.descriptions.room import (
    ROOM_BINARY_SENSORS,
    ROOM_SENSORS,
)
from custom_components.meeting_rooms.rooms.room import Room
from homeassistant.components.binary_sensor import BinarySensorEntityDescription
from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity import EntityDescription
from homeassistant.util import dt as dt_util

from .company import VENDOR, Company
from .home import add_entry
from .office_client import set_limits

_FORMS: Final[dict[str, type[EntityDescription]]] = {
    "binary_sensor": BinarySensorEntityDescription,
    "sensor": SensorEntityDescription,
}
_NO_LIMITS: Final = RequestLimits(per_minute=1_000_001, burst=1_000_000)
_DESCRIPTIONS: Final[dict[str, tuple[EntityDescription, ...]]] = {
    "room": (*ROOM_SENSORS, *ROOM_BINARY_SENSORS),
    "controller": (*CONTROLLER_SENSORS, *CONTROLLER_BINARY_SENSORS),
    "account": (*ACCOUNT_SENSORS, *ACTIVITY_SENSORS),
}


async def add_account(
    hass: HomeAssistant, company: Company
) -> ConfigEntry[AccountCoordinator]:
    """Set the account up, as it is after the config flow."""
    fields = {"vendor": VENDOR, "base_url": company.url, **company.tencent_meeting}
    return await add_entry(hass, DOMAIN, company.account, **fields)


async def add_full_account(
    hass: HomeAssistant, company: Company
) -> ConfigEntry[AccountCoordinator]:
    """Set the account up and read everything, as fast as the machine can."""
    entry = await add_account(hass, company)
    async with without_limits(hass, entry, company):
        await read_everything(hass, entry)
    return entry


@asynccontextmanager
async def without_limits(
    hass: HomeAssistant, entry: ConfigEntry[AccountCoordinator], company: Company
) -> AsyncGenerator[None]:
    """Let the vendor answer every call, and the account's budget wait for none.

    Nothing is left for what is read in the background, so that it does not fall into a figure.
    """
    budget = entry.runtime_data.client.budget
    limits = budget.limits
    await set_limits(hass, company, on=False)
    budget.set_limits(_NO_LIMITS)
    try:
        yield
    finally:
        budget.set_limits(limits)
        await set_limits(hass, company, on=True)


def status_interval(rooms: int) -> int:
    """Return how many seconds lie between two polls of so many rooms."""
    client = TencentMeetingClient
    return plan_polling(client.limits, ceil(rooms / client.page_size)).interval


async def poll(entry: ConfigEntry[AccountCoordinator]) -> None:
    """Read the live states once."""
    await entry.runtime_data.async_refresh()


async def read_everything(
    hass: HomeAssistant, entry: ConfigEntry[AccountCoordinator]
) -> None:
    """Read at once what the integration reads in the course of minutes."""
    coordinator = entry.runtime_data
    client = coordinator.client
    for room_id in coordinator.data.of(Room):
        details = {room_id: await client.fetch_details(room_id)}
        coordinator.publish(coordinator.data.with_details(details))
    devices = await client.fetch_devices()
    for rows in batched(devices.items.items(), 50, strict=False):
        part = Listing(dict(rows), complete=False)
        coordinator.publish(coordinator.data.with_devices(part))
        await asyncio.sleep(0)
    begun = dt_util.utcnow()
    device_alarms = await client.fetch_alarms()
    for alarms in batched(device_alarms.items.items(), 50, strict=False):
        told = Listing(dict(alarms), complete=False)
        coordinator.publish(coordinator.data.with_alarms(told, begun))
        await asyncio.sleep(0)
    coordinator.publish(coordinator.data.with_alarms(device_alarms, begun))
    controllers = await client.fetch_controllers()
    placed = coordinator.data.place_controllers(controllers.items)
    for some in batched(placed.items(), 50, strict=False):
        coordinator.publish(coordinator.data.with_controllers(dict(some)))
        await asyncio.sleep(0)
    await hass.async_block_till_done()


def list_entities(hass: HomeAssistant, company: Company) -> list[dict[str, Any]]:
    """Return all entities of the account, for the bare ones to be made after them."""
    registry = er.async_get(hass)
    return [
        _listed(hass, company.account, entity)
        for entity in registry.entities.values()
        if entity.platform == DOMAIN
    ]


def _listed(
    hass: HomeAssistant, account: str, entity: er.RegistryEntry
) -> dict[str, Any]:
    """Return one entity with its kind, its device and its value."""
    key = str(entity.translation_key)
    device = entity.unique_id.removesuffix(f"_{key}")
    kind = "controller" if device.startswith(f"{account}_controller_") else "room"
    state = hass.states.get(entity.entity_id)
    registered = dr.async_get(hass).async_get(str(entity.device_id))
    return {
        "platform": entity.domain,
        "unique_id": entity.unique_id,
        "device_id": device,
        "device_name": registered and registered.name,
        "kind": "account" if device == account else kind,
        "key": key,
        "enabled": entity.disabled_by is None,
        "state": None if state is None else state.state,
    }


def description_of(listed: dict[str, Any]) -> EntityDescription:
    """Return the integration's own description of an entity that was listed."""
    form = _FORMS[listed["platform"]]
    return next(
        description
        for description in _DESCRIPTIONS[listed["kind"]]
        if isinstance(description, form) and description.key == listed["key"]
    )
