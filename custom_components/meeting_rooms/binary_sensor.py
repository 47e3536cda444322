"""Binary sensors of rooms, controllers and conferences."""

from typing import override

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account.snapshot import RoomController
from .api.models.conference import Conference
from .coordinator import MeetingRoomsConfigEntry
from .descriptions.conference import CONFERENCE_BINARY_SENSORS
from .descriptions.controller import CONTROLLER_BINARY_SENSORS
from .descriptions.room import ROOM_BINARY_SENSORS
from .entity import SubjectEntity, async_add_entities_of_subjects
from .rooms.room import Room

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: MeetingRoomsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of an account."""
    await async_add_entities_of_subjects(
        entry,
        async_add_entities,
        SubjectBinarySensor,
        {
            Room: ROOM_BINARY_SENSORS,
            RoomController: CONTROLLER_BINARY_SENSORS,
            Conference: CONFERENCE_BINARY_SENSORS,
        },
    )


class SubjectBinarySensor(SubjectEntity[bool], BinarySensorEntity):
    """A value as a binary sensor."""

    @override
    def _show(self, value: bool | None) -> None:
        """Show the value."""
        self._attr_is_on = value
