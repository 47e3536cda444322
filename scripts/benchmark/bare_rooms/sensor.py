"""Bare sensors."""

from typing import Any, override

from homeassistant.components.sensor import SensorEntity
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import BareEntity, add_bare


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors."""
    add_bare(hass, entry, async_add_entities, Platform.SENSOR, BareSensor)


class BareSensor(BareEntity, SensorEntity):
    """A value as a sensor."""

    @override
    def show(self, value: Any) -> None:
        """Show the value."""
        self._attr_native_value = value
