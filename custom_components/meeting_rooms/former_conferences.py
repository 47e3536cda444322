"""Remove what earlier versions left of conferences: they had a device for each of the host's."""

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.recorder import get_instance

from .account.snapshot import CONFERENCE_PREFIX
from .coordinator import MeetingRoomsConfigEntry
from .devices import subject_keys


@callback
def async_remove_former_conferences(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> None:
    """Remove the devices, entities and statistics of conferences that have no subentry."""
    devices, entities = dr.async_get(hass), er.async_get(hass)
    statistic_ids: list[str] = []
    for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
        keys = subject_keys(entry, device)
        if not any(key.startswith(CONFERENCE_PREFIX) for key in keys) or any(
            map(entry.runtime_data.has_device, keys)
        ):
            continue
        statistic_ids += [
            entity.entity_id
            for entity in er.async_entries_for_device(
                entities, device.id, include_disabled_entities=True
            )
            if entity.domain == Platform.SENSOR
        ]
        devices.async_remove_device(device.id)
    if statistic_ids and "recorder" in hass.config.components:
        get_instance(hass).async_clear_statistics(statistic_ids)
