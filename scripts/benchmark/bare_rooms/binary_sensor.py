"""Bare binary sensors."""

from typing import Any, override

from homeassistant.components.binary_sensor import BinarySensorEntity
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
    """Add the binary sensors."""
    add_bare(hass, entry, async_add_entities, Platform.BINARY_SENSOR, BareBinarySensor)


class BareBinarySensor(BareEntity, BinarySensorEntity):
    """A value as a binary sensor."""

    @override
    def show(self, value: Any) -> None:
        """Show the value."""
        self._attr_is_on = value
