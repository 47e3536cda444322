"""Events of rooms."""

from typing import override

from homeassistant.components.event import EventEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import MeetingRoomsConfigEntry
from .descriptions.room import ROOM_EVENTS
from .entity import SubjectEntity
from .rooms.meeting_events import MeetingEvent, MeetingEventKind
from .rooms.room import Room
from .subject_entities import SubjectEntities

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: MeetingRoomsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the events of an account."""
    await SubjectEntities(
        entry, async_add_entities, MeetingEventEntity, {Room: ROOM_EVENTS}
    ).async_set_up()


class MeetingEventEntity(SubjectEntity[None], EventEntity):
    """The events of the meetings of a room; Home Assistant stores their attributes."""

    _attr_event_types = [*MeetingEventKind]

    @override
    async def async_added_to_hass(self) -> None:
        """Listen for the events of the room."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self.coordinator.meetings.async_add_listener(str(self._key), self._handle)
        )

    @override
    def _show(self, value: None) -> None:
        """Show nothing: the state is the time of the latest event."""

    @callback
    def _handle(self, event: MeetingEvent) -> None:
        """Fire an event."""
        self._trigger_event(
            event.kind,
            {"start": event.start.isoformat(), "end": event.end.isoformat()},
        )
        self.async_write_ha_state()
