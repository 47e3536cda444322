"""Sensors of rooms, controllers, conferences and accounts."""

from datetime import timedelta
from typing import override

from homeassistant.components.sensor import SensorEntity
from homeassistant.const import MAX_LENGTH_STATE_STATE
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity
from homeassistant.util import dt as dt_util

from .account.snapshot import RoomController, Snapshot
from .api.models.conference import Conference
from .const import DOMAIN
from .coordinator import AccountCoordinator, MeetingRoomsConfigEntry
from .descriptions.account import (
    ACCOUNT_SENSORS,
    ACTIVITY_SENSORS,
    ActivitySensorDescription,
)
from .descriptions.base import SensorValue
from .descriptions.conference import CONFERENCE_SENSORS, CURRENT_CONFERENCE_SENSORS
from .descriptions.controller import CONTROLLER_SENSORS
from .descriptions.room import ROOM_SENSORS
from .entity import SubjectEntity
from .rooms.current_conference import CurrentConference
from .rooms.room import Room
from .subject_entities import SubjectEntities

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
    await SubjectEntities(
        entry,
        async_add_entities,
        SubjectSensor,
        {
            Snapshot: ACCOUNT_SENSORS,
            Room: ROOM_SENSORS,
            RoomController: CONTROLLER_SENSORS,
            Conference: CONFERENCE_SENSORS,
            CurrentConference: CURRENT_CONFERENCE_SENSORS,
        },
    ).async_set_up()


class SubjectSensor(SubjectEntity[SensorValue], SensorEntity):
    """A sensor of one value of a subject."""

    @override
    def _show(self, value: SensorValue | None) -> None:
        """Set the value; Home Assistant limits the length of a state."""
        self._attr_native_value = (
            value[:MAX_LENGTH_STATE_STATE] if isinstance(value, str) else value
        )


class ActivitySensor(CoordinatorEntity[AccountCoordinator], SensorEntity):
    """A sensor of an account's API requests.

    Its value changes with every poll, so the platform updates it every five minutes instead.
    """

    _attr_has_entity_name = True
    entity_description: ActivitySensorDescription

    def __init__(
        self, coordinator: AccountCoordinator, description: ActivitySensorDescription
    ) -> None:
        """Initialize with the first value."""
        super().__init__(coordinator)
        account = str(coordinator.config_entry.unique_id)
        self.entity_description = description
        self._attr_translation_key = description.key
        self._attr_unique_id = f"{account}_{description.key}"
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, account)})
        self._was_available = self.available
        self._updated_at = dt_util.utcnow()

    @property
    @override
    def should_poll(self) -> bool:
        """Return that the platform updates the sensor."""
        return True

    @property
    @override
    def native_value(self) -> SensorValue | None:
        """Return the current value."""
        coordinator = self.coordinator
        return self.entity_description.value_fn(
            coordinator.client.budget, coordinator.presence
        )

    @override
    async def async_update(self) -> None:
        """Write the current value, without the poll that the base class would request."""
        self._updated_at = dt_util.utcnow()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write the state when the availability changes, or after the clock was set back."""
        now = dt_util.utcnow()
        if self._was_available != self.available or now < self._updated_at:
            self._was_available, self._updated_at = self.available, now
            self.async_write_ha_state()
