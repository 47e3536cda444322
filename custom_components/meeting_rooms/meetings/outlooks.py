"""Keep the outlook of each room up to date: when something changes, and when time changes it."""

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import batched, islice
from typing import Final, Protocol

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from ..account.room_memories import RoomMemories
from ..account.snapshot import Snapshot
from ..rooms.availability import Rules
from ..rooms.meeting_events import (
    MeetingEvent,
    MeetingEventKind,
    Moment,
    meeting_events,
)
from ..rooms.observation import RoomMemory, Surroundings, observe
from ..rooms.room import Room
from .calendar_events import window

_AT_ONCE: Final = 50
_LATE: Final = timedelta(seconds=5)


class Evidence(Protocol):
    """The use of rooms as Home Assistant's own entities report it."""

    def of(self, room_id: str) -> bool | None:
        """Return whether a presence sensor of a room is on."""

    def awaits(self, room_id: str) -> bool:
        """Return whether a presence sensor of a room is still to be added."""

    @property
    def within_office_hours(self) -> bool | None:
        """Return whether the use counts now."""


@dataclass(slots=True)
class _Watched:
    """A room as it was observed last."""

    room: Room
    moment: Moment
    changes_at: datetime | None = None
    cancel_timer: CALLBACK_TYPE | None = None
    left_at: datetime | None = None
    """When the room became empty, as of the latest event of a meeting that ended early."""

    def is_late(self, now: datetime) -> bool:
        """Return whether the timer should have fired: the clock or the machine was stopped."""
        return self.changes_at is not None and self.changes_at < now - _LATE

    def is_new(self, event: MeetingEvent, memory: RoomMemory) -> bool:
        """Return whether an event was not fired before, with the memory after it.

        A state may return after a time in which the use was unknown.
        """
        match event.kind:
            case MeetingEventKind.NO_SHOW:
                return memory.no_shows > self.room.outlook.no_shows
            case MeetingEventKind.ENDED_EARLY:
                known, self.left_at = self.left_at, memory.usage.ended
                return known != self.left_at
        return True

    def stop(self) -> None:
        """Cancel the timer."""
        if self.cancel_timer is not None:
            self.cancel_timer()
            self.cancel_timer = None


class OutlookUpdater:
    """Observe the rooms of one account, each when it changes or when its time has come."""

    def __init__(
        self,
        hass: HomeAssistant,
        memories: RoomMemories,
        evidence: Evidence,
        awaits_bookings: Callable[[str], bool],
        on_due: Callable[[], None],
    ) -> None:
        """Call `on_due` when the outlook of a room is to be updated."""
        self.rules = Rules()
        self.events: list[tuple[str, MeetingEvent]] = []
        """The events of meetings that are not yet fired."""
        self._hass = hass
        self._memories = memories
        self._evidence = evidence
        self._awaits_bookings = awaits_bookings
        self._on_due = on_due
        self._watched: dict[str, _Watched] = {}
        self._stopped = False
        self._due: set[str] = set()
        self._offline_controllers: Mapping[str, bool] = {}

    @callback
    def request(self, room_ids: Collection[str] | None = None) -> None:
        """Observe some rooms, or all, as soon as possible."""
        self._due |= self._watched.keys() if room_ids is None else {*room_ids}
        self._on_due()

    async def async_observe(self, snapshot: Snapshot) -> Snapshot:
        """Return a snapshot with the outlook of each room, of some rooms at a time."""
        for room_ids in batched(snapshot.of(Room), _AT_ONCE, strict=False):
            snapshot = self._observed_in(snapshot, room_ids)
            await asyncio.sleep(0)
        return snapshot

    @callback
    def updated(self, snapshot: Snapshot) -> Snapshot:
        """Return a snapshot with the outlook of each room that has changed, or is due.

        At the full hour many rooms are due, and a new list may change all: those beyond a part
        are left for the next update.
        """
        if self._stopped:
            return snapshot
        rooms = snapshot.of(Room)
        self._drop(self._watched.keys() - rooms.keys())
        offline, before = snapshot.offline_controllers, self._offline_controllers
        self._due |= {room_id for room_id, _ in offline.items() ^ before.items()}
        self._offline_controllers = offline
        watched, now = self._watched, dt_util.utcnow()
        new = [room_id for room_id in rooms if room_id not in watched]
        self._due |= {
            room_id
            for room_id, known in watched.items()
            if known.room is not rooms[room_id] or known.is_late(now)
        }
        self._due &= rooms.keys()
        due = {*islice(self._due, _AT_ONCE)}
        self._due -= due
        snapshot = self._observed_in(snapshot, [*new, *due])
        if self._due:
            self._on_due()
        return snapshot

    def _observed_in(self, snapshot: Snapshot, room_ids: Collection[str]) -> Snapshot:
        """Return a snapshot with the present outlook of some rooms."""
        rooms = snapshot.of(Room)
        snapshot = snapshot.with_subjects(
            {room_id: self._observed(rooms[room_id]) for room_id in room_ids}
        )
        rooms = snapshot.of(Room)
        for room_id in room_ids:
            self._watched[room_id].room = rooms[room_id]
        return snapshot

    @callback
    def stop(self) -> None:
        """Cancel all timers for good."""
        self._stopped = True
        for each in self._watched.values():
            each.stop()

    @callback
    def set_maintenance(self, room_id: str, *, on: bool) -> None:
        """Begin or end the maintenance of a room."""
        memory = replace(self._memories[room_id], maintenance=on)
        self._memories.remember(room_id, memory)
        self.request([room_id])

    @callback
    def take_events(self) -> Iterator[tuple[str, MeetingEvent]]:
        """Yield the events that have not been fired, with their room."""
        while self.events:
            yield self.events.pop(0)

    def _observed(self, room: Room) -> Room:
        """Return a room with its present outlook, and set its timer."""
        now, room_id = dt_util.utcnow(), room.room_id
        window_end = window()[1]
        midnight = dt_util.start_of_local_day(dt_util.as_local(now) + timedelta(days=1))
        around = Surroundings(
            evidence=self._evidence.of(room_id),
            awaits_evidence=self._evidence.awaits(room_id),
            awaits_bookings=self._awaits_bookings(room_id),
            controller_offline=self._offline_controllers.get(room_id),
            counts_use=self._evidence.within_office_hours is True,
            rules=self.rules,
            window_end=window_end,
            midnight=midnight,
        )
        seen = observe(room, self._memories[room_id], around, now)
        self._memories.remember(room_id, seen.memory)
        room = replace(room, outlook=seen.outlook, maintenance=seen.memory.maintenance)
        moment = Moment(
            schedule=room.schedule,
            availability=seen.outlook.availability,
            at=now,
            window_end=window_end,
        )
        watched = self._watched.get(room_id)
        if watched is None:
            watched = self._watched[room_id] = _Watched(room, moment)
        else:
            self.events += [
                (room_id, event)
                for event in meeting_events(watched.moment, moment)
                if watched.is_new(event, seen.memory)
            ]
        watched.moment = moment
        self._set_timer(room_id, watched, seen.changes_at)
        return room

    def _set_timer(
        self, room_id: str, watched: _Watched, changes_at: datetime | None
    ) -> None:
        """Observe a room again at the moment at which time alone may change its outlook."""
        if changes_at == watched.changes_at and watched.cancel_timer is not None:
            return
        watched.stop()
        watched.changes_at = changes_at
        if changes_at is None or self._stopped:
            return

        @callback
        def due(_now: datetime) -> None:
            """Update the room."""
            watched.cancel_timer = None
            self._due.add(room_id)
            self._on_due()

        seconds = (changes_at - dt_util.utcnow()).total_seconds()
        watched.cancel_timer = async_call_later(
            self._hass, max(seconds, 0), HassJob(due, cancel_on_shutdown=True)
        )

    def _drop(self, room_ids: Collection[str]) -> None:
        """Forget removed rooms."""
        for room_id in [*room_ids]:
            self._watched.pop(room_id).stop()
        self._memories.forget(room_ids)
