"""Triggers of rooms."""

from typing import ClassVar, Final, override

from homeassistant.components.binary_sensor.const import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.event.const import (
    DOMAIN as EVENT_DOMAIN,
    EventEntityStateAttribute,
)
from homeassistant.components.sensor.const import DOMAIN as SENSOR_DOMAIN
from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    EntityTargetStateTriggerBase,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
)

from .room_targets import RoomEntities
from .rooms.availability import FREE, USED, Availability
from .rooms.meeting_events import MeetingEventKind


class AvailabilityTrigger(RoomEntities, EntityTargetStateTriggerBase):
    """A trigger for rooms that get an availability."""

    _key = "availability"
    _domain_specs = {SENSOR_DOMAIN: DomainSpec()}


class BecameFreeTrigger(AvailabilityTrigger):
    """A room can be used from now on."""

    _to_states = {*FREE}


class BecameUsedTrigger(AvailabilityTrigger):
    """A room is used from now on, booked or not."""

    _to_states = {*USED}


class StartingSoonTrigger(AvailabilityTrigger):
    """A free room has a booking soon."""

    _to_states = {Availability.STARTING_SOON}


class ConnectivityTrigger(RoomEntities, EntityTargetStateTriggerBase):
    """A trigger for rooms that connect or disconnect."""

    _key = "online"
    _domain_specs = {BINARY_SENSOR_DOMAIN: DomainSpec()}


class OfflineTrigger(ConnectivityTrigger):
    """A room is no longer connected."""

    _to_states = {STATE_OFF}


class OnlineTrigger(ConnectivityTrigger):
    """A room is connected again."""

    _to_states = {STATE_ON}


class NotReadyTrigger(RoomEntities, EntityTargetStateTriggerBase):
    """A room is not ready for its next meeting."""

    _key = "not_ready"
    _domain_specs = {BINARY_SENSOR_DOMAIN: DomainSpec()}
    _to_states = {STATE_ON}


class MeetingTrigger(RoomEntities, StatelessEntityTriggerBase):
    """A trigger for an event of a booking.

    The first event of a new entity counts. A restored event does not: Home Assistant restores it
    before the entity's first state, so that it follows no state, or the state unavailable.
    """

    _key = "meeting"
    _domain_specs = {EVENT_DOMAIN: DomainSpec()}
    _kind: ClassVar[MeetingEventKind]

    @override
    def is_valid_state(
        self, state: State, report_not_triggered: NotTriggeredReasonReporter
    ) -> bool:
        """Return whether the latest event of a room is of this kind."""
        kind = state.attributes.get(EventEntityStateAttribute.EVENT_TYPE)
        return bool(kind == self._kind)


class BookingStartedTrigger(MeetingTrigger):
    """A booking has started, whether the room is used or not."""

    _kind = MeetingEventKind.STARTED


class BookingEndedTrigger(MeetingTrigger):
    """A booking is over, whether the room is still used or not."""

    _kind = MeetingEventKind.ENDED


class NoShowTrigger(MeetingTrigger):
    """A booked room has been empty since the start of its booking."""

    _kind = MeetingEventKind.NO_SHOW


TRIGGERS: Final[dict[str, type[Trigger]]] = {
    "became_free": BecameFreeTrigger,
    "became_used": BecameUsedTrigger,
    "starting_soon": StartingSoonTrigger,
    "booking_started": BookingStartedTrigger,
    "booking_ended": BookingEndedTrigger,
    "no_show": NoShowTrigger,
    "not_ready": NotReadyTrigger,
    "offline": OfflineTrigger,
    "online": OnlineTrigger,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers of the integration."""
    return TRIGGERS
