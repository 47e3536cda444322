"""All that is known of an account at one moment, and how a reading makes the next one of it.

A snapshot never changes. What a reading leaves as it was stays the same object: each room,
and the snapshot itself when nothing changed at all.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from ..api.client import Feature, Listing, LiveStatus
from ..api.models.alert import RoomAlert
from ..api.models.conference import Conference
from ..api.models.room import Controller, Device, DeviceAlarms, RoomDetails, RoomStatus
from ..rooms.controllers import by_id
from ..rooms.room import Room

CONFERENCE_PREFIX: Final = "event_"
CONTROLLER_PREFIX: Final = "controller_"

_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomController:
    """A controller and the room that it stands in."""

    room_id: str
    controller: Controller


type Subject = Room | Conference | RoomController
"""What has a device of its own."""


def conference_key(event_id: str) -> str:
    """Return the key of a conference among the subjects."""
    return f"{CONFERENCE_PREFIX}{event_id}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """The rooms, conferences and controllers of an account, by the key of their device."""

    subjects: Mapping[str, Subject] = _NOTHING
    confirmed: frozenset[type[Subject]] = frozenset()
    """The kinds of which what is not in here is known to be gone, not just unread."""

    @cached_property
    def _by_kind(self) -> Mapping[type[Subject], Mapping[str, Any]]:
        """Return the subjects of each kind."""
        kinds: defaultdict[type[Subject], dict[str, Subject]] = defaultdict(dict)
        for key, subject in self.subjects.items():
            kinds[type(subject)][key] = subject
        return {kind: MappingProxyType(found) for kind, found in kinds.items()}

    def of[S: (Room, Conference, RoomController)](
        self, kind: type[S]
    ) -> Mapping[str, S]:
        """Return the subjects of one kind."""
        return self._by_kind.get(kind, _NOTHING)

    @cached_property
    def statuses(self) -> Counter[RoomStatus | None]:
        """Return how many rooms are doing what."""
        return Counter(room.status for room in self.of(Room).values())

    def changed_since(self, earlier: Snapshot) -> set[str]:
        """Return the keys of what is new, gone, or another object than before."""
        if self is earlier:
            return set()
        before = earlier.subjects.get
        changed = {
            key for key, subject in self.subjects.items() if before(key) is not subject
        }
        return changed | (earlier.subjects.keys() - self.subjects.keys())

    def same_subjects(self, earlier: Snapshot) -> bool:
        """Return whether nothing came, went, or was found to be gone for good."""
        return (
            self.subjects.keys() == earlier.subjects.keys()
            and self.confirmed == earlier.confirmed
        )

    def silent_about(self, reading: LiveStatus) -> set[str]:
        """Return the rooms of which a reading does not tell the status as those before did."""
        rooms = self.of(Room)
        return {
            room_id
            for room_id, row in reading.rooms.items()
            if row.raw_status is None
            and (room := rooms.get(room_id)) is not None
            and room.reports_status
        }

    def with_live(
        self,
        reading: LiveStatus,
        *,
        gone: Collection[str] = (),
        confirmed: Collection[type[Subject]] = (),
    ) -> Snapshot:
        """Return what a reading of the live states makes of this, without what is gone."""
        rooms = self.of(Room)
        found: dict[str, Subject] = {
            room_id: self.room(room_id).with_row(summary)
            for room_id, summary in reading.rooms.items()
            # After a failed reading the rows are read anew: equal, and other objects.
            if (known := rooms.get(room_id)) is None
            or (known.summary is not summary and known.summary != summary)
        }
        found |= {
            conference_key(event_id): conference
            for event_id, conference in reading.conferences.items()
        }
        return self._next(found, gone=gone, confirmed=confirmed)

    def with_details(
        self, details: Mapping[str, RoomDetails], *, unlisted: bool = False
    ) -> Snapshot:
        """Return what the details of some rooms make of this.

        Where the list is not granted, what it told before would only be older.
        """
        rooms = {
            room_id: replace(self.room(room_id), details=known)
            for room_id, known in details.items()
        }
        if unlisted:
            rooms = {
                room_id: replace(room, summary=None, status_missing=False)
                for room_id, room in rooms.items()
            }
        return self._next(rooms)

    def without_status(self, room_ids: Iterable[str]) -> Snapshot:
        """Return this without the status of rooms, until a live reading tells it again.

        Where the list told it, the details are read apart from it, and stay.
        """
        rooms = [self.room(room_id) for room_id in room_ids if room_id in self.subjects]
        return self._next(
            {
                room.room_id: replace(
                    room,
                    summary=None,
                    details=None if room.summary is None else room.details,
                    status_missing=True,
                )
                for room in rooms
            }
        )

    def without_details(self, room_id: str) -> Snapshot:
        """Return this without the details of a room that cannot be read any more."""
        return self._next({room_id: replace(self.room(room_id), details=None)})

    def with_devices(
        self, reading: Listing[Mapping[str, tuple[Device, ...]]]
    ) -> Snapshot:
        """Return what a reading of all devices makes of this."""
        return self._next(
            {
                room_id: replace(room, devices=devices)
                for room_id, room in self.of(Room).items()
                if (devices := _told(reading, room_id, room.devices)) != room.devices
            }
        )

    def with_alarms(
        self, reading: Listing[Mapping[str, tuple[DeviceAlarms, ...]]], begun: datetime
    ) -> Snapshot:
        """Return what a reading of all alarms that began at a moment makes of this."""
        return self._next(
            {
                room_id: room.with_alarms(reading.found.get(room_id, ()), begun)
                for room_id, room in self.of(Room).items()
                if reading.whole or room_id in reading.found
            }
        )

    def with_alert(self, alert: RoomAlert) -> Snapshot:
        """Return what a pushed alert makes of this: itself where it concerns no known room."""
        return self._next(
            {
                room_id: room.with_alert(alert)
                for room_id, room in self.of(Room).items()
                if _is_about(alert, room)
            }
        )

    def without_alerts_before(self, moment: datetime) -> Snapshot:
        """Return this without what was pushed before a moment."""
        return self._next(
            {
                room_id: room.without_alerts_before(moment)
                for room_id, room in self.of(Room).items()
                if room.alerts
            }
        )

    def without(self, feature: Feature) -> Snapshot:
        """Return this without what the vendor tells no longer."""

        def forget(room: Room) -> Room:
            """Return the room without what is told no longer."""
            match feature:
                case Feature.DETAILS:
                    return replace(room, details=None)
                case Feature.DEVICES:
                    return replace(room, devices=None)
                case Feature.ALARMS:
                    return replace(room, device_alarms=None)
            return room

        return self._next(
            {
                **{key: forget(room) for key, room in self.of(Room).items()},
                **(
                    self._silent_controllers() if feature is Feature.CONTROLLERS else {}
                ),
            }
        )

    def _silent_controllers(self) -> dict[str, RoomController]:
        """Return the controllers with nothing but what tells them apart."""
        return {
            key: replace(each, controller=each.controller.identity)
            for key, each in self.of(RoomController).items()
        }

    def with_controllers(
        self,
        controllers: Mapping[str, RoomController],
        *,
        gone: Collection[str] = (),
        confirmed: bool = False,
    ) -> Snapshot:
        """Return what a reading of all controllers makes of this, without what is gone."""
        kinds = {RoomController} if confirmed else ()
        return self._next(controllers, gone=gone, confirmed=kinds)

    def place_controllers(
        self, controllers: Iterable[Controller]
    ) -> dict[str, RoomController]:
        """Return the controllers whose room is known, by key.

        One that was placed before stays where it is, although nobody tells any longer which
        machines its room has.
        """
        rooms = {
            each.controller.rooms_id: each.room_id
            for each in self.of(RoomController).values()
        } | {
            rooms_id: room.room_id
            for room in self.of(Room).values()
            for rooms_id in room.rooms_ids
        }
        return {
            f"{CONTROLLER_PREFIX}{controller_id}": RoomController(
                room_id=rooms[controller.rooms_id], controller=controller
            )
            for controller_id, controller in by_id(controllers).items()
            if controller.rooms_id in rooms
        }

    def can_place_all(self, controllers: Collection[Controller]) -> bool:
        """Return whether a controller that is not placed cannot stand in a room of the account.

        It may, as long as a room is not known yet, or not all of it.
        """
        placed = self.place_controllers(controllers)
        return len(placed) == len(controllers) or (
            Room in self.confirmed
            and all(room.details is not None for room in self.of(Room).values())
        )

    def room(self, room_id: str) -> Room:
        """Return a room, a new one where there was none."""
        found = self.subjects.get(room_id)
        return found if isinstance(found, Room) else Room(room_id=room_id)

    def _next(
        self,
        found: Mapping[str, Subject],
        *,
        gone: Collection[str] = (),
        confirmed: Collection[type[Subject]] = (),
    ) -> Snapshot:
        """Return this with what was found and without what is gone; itself if that is the same."""
        news = {
            key: subject
            for key, subject in found.items()
            if self.subjects.get(key) != subject
        }
        all_settled = self.confirmed.union(confirmed)
        if not news and not gone and all_settled == self.confirmed:
            return self
        subjects = {**self.subjects, **news}
        if gone:
            subjects = {
                key: subject
                for key, subject in subjects.items()
                if not _left(key, subject, gone)
            }
        return Snapshot(subjects=MappingProxyType(subjects), confirmed=all_settled)


def _is_about(alert: RoomAlert, room: Room) -> bool:
    """Return whether an alert names a room, or else a device of it."""
    if alert.room_id is None:
        return alert.rooms_id in room.rooms_ids
    return alert.room_id == room.room_id


def _told[R](
    reading: Listing[Mapping[str, tuple[R, ...]]],
    room_id: str,
    known: tuple[R, ...] | None,
) -> tuple[R, ...] | None:
    """Return what is told of a room; what is missing counts only in a whole reading."""
    return reading.found.get(room_id, () if reading.whole else known)


def _left(key: str, subject: Subject, gone: Collection[str]) -> bool:
    """Return whether a subject is gone, itself or with its room."""
    return key in gone or (
        isinstance(subject, RoomController) and subject.room_id in gone
    )
