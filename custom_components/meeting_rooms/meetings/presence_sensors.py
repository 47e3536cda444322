"""Select the presence sensors of rooms: of their options, or of their areas."""

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..account.room_devices import room_devices
from ..const import CONF_AREA_PRESENCE, DOMAIN
from .linked_entities import linked_presence

_CLASSES: Final = frozenset(
    {
        BinarySensorDeviceClass.MOTION,
        BinarySensorDeviceClass.OCCUPANCY,
        BinarySensorDeviceClass.PRESENCE,
    }
)


def select_sensors(
    hass: HomeAssistant, entry: ConfigEntry
) -> dict[str, frozenset[str]]:
    """Return the presence sensors of each room of an account.

    The sensors in the options of a room replace those of its area. The sensors of an area are
    evidence only where a single room is in the area.
    """
    linked = linked_presence(entry.options)
    sensors: dict[str, frozenset[str]] = {
        room_id: frozenset(linked.get(room_id, ()))
        for room_id in room_devices(hass, entry).keys() | linked.keys()
    }
    if not entry.options.get(CONF_AREA_PRESENCE, True):
        return sensors
    areas = {
        room_id: area_id
        for room_id, area_id in _areas_of_single_rooms(hass, entry).items()
        if room_id not in linked
    }
    found = _area_sensors(hass, set(areas.values()))
    return sensors | {
        room_id: frozenset(found.get(area_id, ())) for room_id, area_id in areas.items()
    }


def _areas_of_single_rooms(hass: HomeAssistant, entry: ConfigEntry) -> dict[str, str]:
    """Return the area of each room of an account that shares it with no room of any account."""
    rooms: Counter[str] = Counter()
    own: dict[str, str] = {}
    for account in hass.config_entries.async_entries(DOMAIN):
        areas = {
            room_id: device.area_id
            for room_id, device in room_devices(hass, account).items()
            if device.area_id is not None and not device.disabled
        }
        rooms.update(areas.values())
        if account.entry_id == entry.entry_id:
            own = areas
    return {room_id: area_id for room_id, area_id in own.items() if rooms[area_id] == 1}


def _area_sensors(hass: HomeAssistant, areas: Collection[str]) -> dict[str, list[str]]:
    """Return the enabled presence sensors of other integrations in some areas."""
    sensors: defaultdict[str, list[str]] = defaultdict(list)
    if not areas:
        return sensors
    for entity in er.async_get(hass).entities.values():
        if (
            entity.domain == Platform.BINARY_SENSOR
            and (entity.device_class or entity.original_device_class) in _CLASSES
            and not entity.disabled
            and entity.platform != DOMAIN
            and (area_id := er.async_get_effective_area_id(hass, entity)) in areas
        ):
            sensors[str(area_id)].append(entity.entity_id)
    return sensors
