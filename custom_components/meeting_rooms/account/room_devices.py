"""Find the devices of rooms in the device registry."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceEntry

from ..const import DOMAIN
from .snapshot import CONTROLLER_PREFIX


def room_devices(hass: HomeAssistant, entry: ConfigEntry) -> dict[str, DeviceEntry]:
    """Return the devices of an account's rooms by room id, also before it is set up.

    Accounts and conferences are services, and controllers have ids of their own.
    """
    prefix = f"{entry.unique_id}_"
    return {
        room_id: device
        for device in dr.async_entries_for_config_entry(
            dr.async_get(hass), entry.entry_id
        )
        if device.entry_type is None
        for domain, identifier in device.identifiers
        if domain == DOMAIN and identifier.startswith(prefix)
        if not (room_id := identifier.removeprefix(prefix)).startswith(
            CONTROLLER_PREFIX
        )
    }


def device_name(device: DeviceEntry, room_id: str) -> str:
    """Return the name of a room's device as the user sees it."""
    return device.name_by_user or device.name or room_id
