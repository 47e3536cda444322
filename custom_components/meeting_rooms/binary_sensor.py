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
from .entity import SubjectEntity
from .rooms.current_conference import CurrentConference
from .rooms.room import Room
from .subject_entities import SubjectEntities

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: MeetingRoomsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the binary sensors of an account."""
    await SubjectEntities(
        entry,
        async_add_entities,
        SubjectBinarySensor,
        {
            Room: ROOM_BINARY_SENSORS,
            RoomController: CONTROLLER_BINARY_SENSORS,
            Conference: CONFERENCE_BINARY_SENSORS,
            CurrentConference: CONFERENCE_BINARY_SENSORS,
        },
    ).async_set_up()


class SubjectBinarySensor(SubjectEntity[bool], BinarySensorEntity):
    """A binary sensor of one value of a subject."""

    @override
    def _show(self, value: bool | None) -> None:
        """Set the value."""
        self._attr_is_on = value
