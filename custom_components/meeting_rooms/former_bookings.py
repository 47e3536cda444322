"""Remove the entities of bookings from rooms that have no source of bookings any more."""

from typing import Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .api.client import Feature
from .const import DOMAIN
from .coordinator import MeetingRoomsConfigEntry
from .descriptions.room import (
    ROOM_BINARY_SENSORS,
    ROOM_CALENDARS,
    ROOM_EVENTS,
    ROOM_SENSORS,
)
from .meetings.linked_entities import linked_calendars
from .rooms.room import Room

_SOURCES: Final = {
    Feature.ROOM_BOOKINGS,
    Feature.BOOKING_CALENDAR,
    Feature.HOST_BOOKINGS,
}
_KEYS: Final = [
    (platform, description.key)
    for platform, descriptions in (
        (Platform.SENSOR, ROOM_SENSORS),
        (Platform.BINARY_SENSOR, ROOM_BINARY_SENSORS),
        (Platform.CALENDAR, ROOM_CALENDARS),
        (Platform.EVENT, ROOM_EVENTS),
    )
    for description in descriptions
    if description.needs_bookings
]


@callback
def async_remove_former_bookings(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> None:
    """Remove them where neither the vendor nor a linked calendar can report bookings."""
    coordinator = entry.runtime_data
    if not coordinator.client.features.isdisjoint(_SOURCES):
        return
    entities = er.async_get(hass)
    rooms = coordinator.data.of(Room).keys()
    for room_id in rooms - linked_calendars(entry.options).keys():
        for platform, key in _KEYS:
            unique_id = f"{entry.unique_id}_{room_id}_{key}"
            if found := entities.async_get_entity_id(platform, DOMAIN, unique_id):
                entities.async_remove(found)
