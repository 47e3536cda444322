"""Rooms in areas with presence sensors and calendars of other integrations."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any, override

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_registry import RegistryEntry
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    setup_test_component_platform,
)

from .home import Home

ROOM = "100001"
OTHER = "100002"


class PresenceSensor(BinarySensorEntity):
    """A presence sensor of another integration."""

    _attr_should_poll = False

    def __init__(
        self,
        name: str,
        device_class: BinarySensorDeviceClass = BinarySensorDeviceClass.OCCUPANCY,
    ) -> None:
        """Start without presence."""
        self._attr_name = self._attr_unique_id = name
        self._attr_device_class = device_class
        self._attr_is_on = False

    def show(self, is_on: bool | None, *, available: bool = True) -> None:
        """Report presence, absence, or neither."""
        self._attr_is_on = is_on
        self._attr_available = available
        self.async_write_ha_state()


class OfficeCalendar(CalendarEntity):
    """A calendar of another integration."""

    _attr_should_poll = False

    def __init__(self, name: str, *, registered: bool = True) -> None:
        """Start without events."""
        self._attr_name = name
        self._attr_unique_id = name if registered else None
        self.events: list[CalendarEvent] = []
        self.reads = 0
        self.error: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.changes = 0

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Return no event, so that the state only changes when a test says so."""
        return None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        """Return an attribute that changes with the calendar."""
        return {"changes": self.changes}

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return all events, also those outside of the span; wait while the gate is closed."""
        self.reads += 1
        events = [*self.events]
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return events

    def change(self, *events: CalendarEvent) -> None:
        """Replace the events, and change the state."""
        self.events = [*events]
        self.changes += 1
        self.async_write_ha_state()

    def set_available(self, available: bool) -> None:
        """Become available or unavailable."""
        self._attr_available = available
        self.async_write_ha_state()


async def add_entities(home: Home, platform: str, *entities: Entity) -> None:
    """Add entities of another integration."""
    setup_test_component_platform(home.hass, platform, entities)
    assert await async_setup_component(
        home.hass, platform, {platform: {"platform": "test"}}
    )
    await home.settle()


def add_room(home: Home, entry: MockConfigEntry, room_id: str, name: str) -> None:
    """Add the device of a room."""
    home.devices.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, f"{entry.unique_id}_{room_id}")},
        name=name,
    )


def add_account(
    home: Home, vendor: str, options: Mapping[str, Any] | None = None
) -> MockConfigEntry:
    """Add an account with two rooms that does not poll the vendor."""
    entry = home.entry(vendor, options or {})
    add_room(home, entry, ROOM, "Beijing")
    add_room(home, entry, OTHER, "Shanghai")
    return entry


def area(home: Home, name: str) -> str:
    """Return the id of an area; a new one is created."""
    return ar.async_get(home.hass).async_get_or_create(name).id


def room_device(home: Home, entry: ConfigEntry, room_id: str) -> DeviceEntry:
    """Return the device of a room."""
    device = home.devices.async_get_device_by_identifier(
        (DOMAIN, f"{entry.unique_id}_{room_id}"), entry.entry_id
    )
    assert device is not None
    return device


def move_room(home: Home, entry: ConfigEntry, room_id: str, name: str) -> None:
    """Move a room to an area."""
    device = room_device(home, entry, room_id)
    home.devices.async_update_device(device.id, area_id=area(home, name))


def move(home: Home, entity: Entity | RegistryEntry, name: str) -> None:
    """Move an entity to an area."""
    home.entities.async_update_entity(entity.entity_id, area_id=area(home, name))


def change_options(home: Home, entry: MockConfigEntry, **options: Any) -> None:
    """Change some options of an account."""
    home.hass.config_entries.async_update_entry(
        entry, options={**entry.options, **options}
    )


def linked(room_id: str = ROOM, **settings: Any) -> dict[str, Any]:
    """Return the options with the settings of a room."""
    return {"room_settings": {room_id: settings}}
