"""Evidence of use from Home Assistant: presence sensors of rooms, and the office hours."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import STATE_OFF, STATE_ON, Platform
from homeassistant.core import (
    CALLBACK_TYPE,
    CoreState,
    Event,
    EventStateChangedData,
    HassJob,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import EventDeviceRegistryUpdatedData
from homeassistant.helpers.entity_registry import EventEntityRegistryUpdatedData
from homeassistant.helpers.event import async_call_later, async_track_state_change_event
from homeassistant.helpers.start import async_at_started

from ..const import CONF_OFFICE_HOURS
from .linked_entities import LinkedEntities, is_missing
from .presence_sensors import select_sensors

_PREFIX: Final = f"{Platform.BINARY_SENSOR}."
_PREFIXES: Final = (_PREFIX, "input_boolean.", "schedule.")
"""The domains of sensors and of office hours."""
_DELAY_SECONDS: Final = 1.0
"""Seconds from a change of a registry until the sensors are selected again."""
_ENTITY_CHANGES: Final = frozenset(
    {"area_id", "device_class", "device_id", "disabled_by", "original_device_class"}
)
_DEVICE_CHANGES: Final = frozenset({"area_id", "disabled_by"})
_VALUES: Final[Mapping[str, bool]] = {STATE_ON: True, STATE_OFF: False}


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the sensors of a room report."""

    used: bool | None = None
    complete: bool = True
    """Whether each of them reports something, or will not."""


_NO_EVIDENCE: Final = _Evidence()


class PresenceEvidence:
    """Track the presence sensors of an account's rooms, and its office hours."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        on_change: Callable[[frozenset[str]], None],
    ) -> None:
        """Use the present states; `on_change` gets the ids of rooms whose evidence changes."""
        self._hass = hass
        self._entry = entry
        self._on_change = on_change
        self._linked = LinkedEntities(hass, entry)
        self._started = hass.state is CoreState.running
        self._sensors = select_sensors(hass, entry)
        """The sensors of each room of the account."""
        self._rooms: dict[str, set[str]] = {}
        """The rooms of each sensor."""
        self._evidence: dict[str, _Evidence] = {}
        self._within_office_hours: bool | None = True
        self._tracked: frozenset[str] = frozenset()
        self._stop_tracking: CALLBACK_TYPE | None = None
        self._cancel_selection: CALLBACK_TYPE | None = None
        # The first poll is over before the start.
        self._update(self._sensors)

    @property
    def within_office_hours(self) -> bool | None:
        """Return whether it is within the office hours; always, if there are none."""
        return self._within_office_hours

    def of(self, room_id: str) -> bool | None:
        """Return whether the sensors of a room report that it is used; None without evidence."""
        return self._evidence.get(room_id, _NO_EVIDENCE).used

    def awaits(self, room_id: str) -> bool:
        """Return whether Home Assistant starts and has not yet added all sensors of a room."""
        return not self._evidence.get(room_id, _NO_EVIDENCE).complete

    @callback
    def start(self) -> None:
        """Track the sensors until the account is unloaded."""
        self._select_now()
        listen = self._hass.bus.async_listen
        for unsubscribe in (
            listen(
                er.EVENT_ENTITY_REGISTRY_UPDATED,
                self._select_soon,
                event_filter=_concerns_entity,
            ),
            listen(
                dr.EVENT_DEVICE_REGISTRY_UPDATED,
                self._select_soon,
                event_filter=_concerns_device,
            ),
            async_at_started(self._hass, self._begin),
            self._stop,
        ):
            self._entry.async_on_unload(unsubscribe)
        self._linked.start()

    @callback
    def configure(self) -> None:
        """Apply changed options."""
        self._linked.check()
        if self._cancel_selection is None:
            self._select_now()

    @callback
    def _begin(self, _hass: HomeAssistant) -> None:
        """Await no more sensors."""
        self._started = True
        self._report(self._update(self._sensors))

    @callback
    def _stop(self) -> None:
        """Cancel the subscriptions that change while the account is loaded."""
        for cancel in (self._cancel_selection, self._stop_tracking):
            if cancel is not None:
                cancel()
        self._cancel_selection = self._stop_tracking = None

    @callback
    def _select_soon(self, _event: Event[Any]) -> None:
        """Select the sensors at most once a second: Home Assistant's start changes thousands."""
        if self._cancel_selection is None:
            self._cancel_selection = async_call_later(
                self._hass,
                _DELAY_SECONDS,
                HassJob(self._select_now, cancel_on_shutdown=True),
            )

    @callback
    def _select_now(self, _now: datetime | None = None) -> None:
        """Select the sensors, and report the rooms whose evidence changed."""
        self._cancel_selection = None
        before = self._sensors.keys()
        self._select()
        self._report(self._update(before | self._sensors.keys()))

    def _select(self) -> None:
        """Select the sensors of each room, and track exactly these."""
        self._sensors = select_sensors(self._hass, self._entry)
        self._rooms = defaultdict(set)
        for room_id, sensors in self._sensors.items():
            for sensor in sensors:
                self._rooms[sensor].add(room_id)
        office_hours = self._entry.options.get(CONF_OFFICE_HOURS)
        tracked = frozenset(filter(None, (*self._rooms, office_hours)))
        if tracked == self._tracked:
            return
        if self._stop_tracking is not None:
            self._stop_tracking()
        self._tracked = tracked
        self._stop_tracking = async_track_state_change_event(
            self._hass, tracked, self._handle_state
        )

    @callback
    def _handle_state(self, event: Event[EventStateChangedData]) -> None:
        """Update the rooms of a sensor whose state changed."""
        if event.data["new_state"] is None and self._cancel_selection is not None:
            # The entity may only have a new entity id: the pending selection finds out.
            return
        self._report(self._update(self._rooms.get(event.data["entity_id"], ())))

    def _update(self, room_ids: Iterable[str]) -> set[str]:
        """Update the evidence of some rooms, and return the ids of those that changed."""
        changed = set()
        for room_id in room_ids:
            evidence = self._evidence_of(self._sensors.get(room_id, ()))
            if evidence != self._evidence.get(room_id, _NO_EVIDENCE):
                changed.add(room_id)
                self._evidence[room_id] = evidence
        within = self._is_within_office_hours()
        if within is not self._within_office_hours:
            self._within_office_hours = within
            changed |= self._sensors.keys()
        return changed

    def _is_within_office_hours(self) -> bool | None:
        """Return whether it is within the office hours; a removed entity is ignored.

        While Home Assistant starts, the entity may still be added.
        """
        entity_id = self._entry.options.get(CONF_OFFICE_HOURS)
        if entity_id is None or (self._started and is_missing(self._hass, entity_id)):
            return True
        return self._value(entity_id)

    def _report(self, room_ids: Collection[str]) -> None:
        """Report the rooms whose evidence changed, if there are any."""
        if room_ids:
            self._on_change(frozenset(room_ids))

    def _evidence_of(self, sensors: Iterable[str]) -> _Evidence:
        """Return what some sensors report: presence, if any of them does."""
        values = {self._value(sensor) for sensor in sensors}
        known = values - {None}
        return _Evidence(
            used=any(known) if known else None,
            complete=self._started or None not in values,
        )

    def _value(self, entity_id: str) -> bool | None:
        """Return whether an entity is on; None if that is not known."""
        state = self._hass.states.get(entity_id)
        return None if state is None else _VALUES.get(state.state)


@callback
def _concerns_entity(event: EventEntityRegistryUpdatedData) -> bool:
    """Return whether a change of an entity may change the evidence of a room."""
    if event["action"] != "update":
        return event["entity_id"].startswith(_PREFIXES)
    if "old_entity_id" in event:
        # Whatever the options name may be renamed.
        return True
    return event["entity_id"].startswith(_PREFIX) and not _ENTITY_CHANGES.isdisjoint(
        event["changes"]
    )


@callback
def _concerns_device(event: EventDeviceRegistryUpdatedData) -> bool:
    """Return whether a change of a device may change the sensors of a room."""
    return event["action"] != "update" or not _DEVICE_CHANGES.isdisjoint(
        event["changes"]
    )
