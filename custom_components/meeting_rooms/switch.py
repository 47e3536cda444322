"""Switches of rooms."""

from typing import Any, override

from homeassistant.components.switch import SwitchEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import MeetingRoomsConfigEntry
from .descriptions.room import ROOM_SWITCHES
from .entity import SubjectEntity
from .rooms.room import Room
from .subject_entities import SubjectEntities

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: MeetingRoomsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the switches of an account."""
    await SubjectEntities(
        entry, async_add_entities, MaintenanceSwitch, {Room: ROOM_SWITCHES}
    ).async_set_up()


class MaintenanceSwitch(SubjectEntity[bool], SwitchEntity):
    """The switch of a room under maintenance, whose problems are not reported."""

    @override
    def _show(self, value: bool | None) -> None:
        """Set the value."""
        self._attr_is_on = value

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Begin the maintenance."""
        self.coordinator.meetings.set_maintenance(str(self._key), on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """End the maintenance."""
        self.coordinator.meetings.set_maintenance(str(self._key), on=False)
