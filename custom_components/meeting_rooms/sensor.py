"""Sensors of rooms, controllers, conferences and accounts."""

from datetime import timedelta
from typing import override

from homeassistant.components.sensor import SensorEntity
from homeassistant.const import MAX_LENGTH_STATE_STATE
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account.snapshot import RoomController, Snapshot
from .account_sensors import ACTIVITY_SENSORS, ActivitySensor
from .api.models.conference import Conference
from .coordinator import MeetingRoomsConfigEntry
from .descriptions.account import ACCOUNT_SENSORS
from .descriptions.base import SensorValue
from .descriptions.conference import CONFERENCE_SENSORS
from .descriptions.controller import CONTROLLER_SENSORS
from .descriptions.room import ROOM_SENSORS
from .entity import SubjectEntity, async_add_entities_of_subjects
from .rooms.room import Room

PARALLEL_UPDATES = 0
SCAN_INTERVAL = timedelta(minutes=5)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: MeetingRoomsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the sensors of an account."""
    async_add_entities(
        ActivitySensor(entry.runtime_data, description)
        for description in ACTIVITY_SENSORS
    )
    await async_add_entities_of_subjects(
        entry,
        async_add_entities,
        SubjectSensor,
        {
            Snapshot: ACCOUNT_SENSORS,
            Room: ROOM_SENSORS,
            RoomController: CONTROLLER_SENSORS,
            Conference: CONFERENCE_SENSORS,
        },
    )


class SubjectSensor(SubjectEntity[SensorValue], SensorEntity):
    """A value as a sensor."""

    @override
    def _show(self, value: SensorValue | None) -> None:
        """Show the value, a text as far as a state may be long."""
        self._attr_native_value = (
            value[:MAX_LENGTH_STATE_STATE] if isinstance(value, str) else value
        )
