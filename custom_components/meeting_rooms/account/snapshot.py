"""The state of an account at one moment.

An update creates a new snapshot; a part, or a snapshot, without a change stays the same object.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from ..api.client import Feature, Listing, LiveStatus
from ..api.models.alert import RoomAlert
from ..api.models.booking import HostBooking, Titles, reduced_bookings
from ..api.models.conference import Conference
from ..api.models.room import Controller, Device, DeviceAlarms, RoomDetails, RoomStatus
from ..api.models.titles import reduced
from ..rooms.availability import Availability
from ..rooms.controllers import by_id
from ..rooms.current_conference import CurrentConference, current_conference
from ..rooms.room import Room
from ..rooms.schedule import RoomSchedule

CONFERENCE_PREFIX: Final = "event_"
CONTROLLER_PREFIX: Final = "controller_"
CURRENT_CONFERENCE: Final = "current"
"""The key of the current conference."""

_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomController:
    """A controller and the room that it belongs to."""

    room_id: str
    controller: Controller


type Subject = Room | Conference | RoomController | CurrentConference
"""The objects that have a device; of the conferences, those that the user added."""


def conference_key(event_id: str) -> str:
    """Return the key of a conference."""
    return f"{CONFERENCE_PREFIX}{event_id}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapshot:
    """The rooms, conferences and controllers of an account, by the key of their device."""

    subjects: Mapping[str, Subject] = _NONE
    confirmed: frozenset[type[Subject]] = frozenset()
    """The kinds whose subjects are all known."""
    host_bookings: tuple[HostBooking, ...] | None = None
    """The bookings of the host; None where they are unknown."""

    @cached_property
    def _by_kind(self) -> Mapping[type[Subject], Mapping[str, Any]]:
        """Return the subjects of each kind."""
        kinds: defaultdict[type[Subject], dict[str, Subject]] = defaultdict(dict)
        for key, subject in self.subjects.items():
            kinds[type(subject)][key] = subject
        return {kind: MappingProxyType(found) for kind, found in kinds.items()}

    def of[S: (Room, Conference, RoomController, CurrentConference)](
        self, kind: type[S]
    ) -> Mapping[str, S]:
        """Return the subjects of one kind."""
        return self._by_kind.get(kind, _NONE)

    def room(self, room_id: str) -> Room:
        """Return a room, a new one if it is unknown."""
        return self.of(Room).get(room_id) or Room(room_id=room_id)

    @cached_property
    def statuses(self) -> Counter[RoomStatus | None]:
        """Return the number of rooms with each status."""
        return Counter(room.status for room in self.of(Room).values())

    @cached_property
    def availabilities(self) -> Counter[Availability | None]:
        """Return the number of rooms with each availability."""
        return Counter(room.outlook.availability for room in self.of(Room).values())

    @cached_property
    def offline_controllers(self) -> Mapping[str, bool]:
        """Return whether each room has an offline controller, where any of its own is known."""
        offline: dict[str, bool] = {}
        for each in self.of(RoomController).values():
            if (online := each.controller.online) is not None:
                offline[each.room_id] = offline.get(each.room_id, False) or not online
        return offline

    @cached_property
    def rooms_with_bookings(self) -> frozenset[str]:
        """Return the ids of the rooms whose bookings are known."""
        return frozenset(
            room_id
            for room_id, room in self.of(Room).items()
            if room.schedule is not None
        )

    def with_schedules(self, schedules: Mapping[str, RoomSchedule | None]) -> Snapshot:
        """Return the snapshot with the bookings of some rooms."""
        rooms = self.of(Room)
        return self.with_subjects(
            {
                room_id: replace(rooms[room_id], schedule=schedule)
                for room_id, schedule in schedules.items()
                if room_id in rooms and rooms[room_id].schedule != schedule
            }
        )

    def changed_since(self, earlier: Snapshot) -> set[str]:
        """Return the keys of subjects that are new, removed or changed."""
        return {
            key
            for key in self.subjects.keys() | earlier.subjects.keys()
            if self.subjects.get(key) is not earlier.subjects.get(key)
        }

    def with_live(self, status: LiveStatus) -> Snapshot:
        """Return the snapshot with the rooms and conferences of a poll."""
        rooms = self.of(Room)
        changed: dict[str, Subject] = {
            room_id: self.room(room_id).with_row(row)
            for room_id, row in status.rooms.items()
            if (known := rooms.get(room_id)) is None or known.summary != row
        }
        for event_id, conference in status.conferences.items():
            changed[conference_key(event_id)] = conference
        snapshot = self.with_subjects(changed)
        if snapshot.host_bookings == status.host_bookings:
            return snapshot
        return replace(snapshot, host_bookings=status.host_bookings)

    def reduced(self, titles: Titles) -> Snapshot:
        """Return the snapshot without the texts of conferences that must not be kept."""
        if titles is Titles.FULL:
            return self
        changed: dict[str, Subject] = {
            key: reduced(each, titles) for key, each in self.of(Conference).items()
        }
        for key, each in self.of(CurrentConference).items():
            if each.conference is not None:
                changed[key] = CurrentConference(reduced(each.conference, titles))
        snapshot = self.with_subjects(changed)
        bookings = self.host_bookings
        if bookings is not None:
            bookings = reduced_bookings(bookings, titles)
        if bookings == snapshot.host_bookings:
            return snapshot
        return replace(snapshot, host_bookings=bookings)

    def with_current_conference(self, now: datetime, until: datetime) -> Snapshot:
        """Return the snapshot with the current conference, or the next one until some time."""
        current = current_conference(self.of(Conference).values(), now, until)
        return self.with_subjects({CURRENT_CONFERENCE: CurrentConference(current)})

    def with_details(
        self, details: Mapping[str, RoomDetails | None], *, unlisted: bool = False
    ) -> Snapshot:
        """Return the snapshot with the details of some rooms, None for unknown ones.

        The details of unlisted rooms replace what an earlier list contained.
        """
        rooms = {}
        for room_id, each in details.items():
            room = replace(self.room(room_id), details=each)
            if unlisted:
                room = replace(room, summary=None, status_missing=False)
            rooms[room_id] = room
        return self.with_subjects(rooms)

    def without_status(self, room_ids: Iterable[str]) -> Snapshot:
        """Return the snapshot without the status of some rooms, until a poll reports it again."""
        rooms = self.of(Room)
        return self.with_subjects(
            {
                room_id: replace(
                    room,
                    summary=None,
                    # The details of a listed room are fetched apart from its status.
                    details=None if room.summary is None else room.details,
                    status_missing=True,
                )
                for room_id in room_ids
                if (room := rooms.get(room_id)) is not None
            }
        )

    def with_devices(
        self, devices: Listing[Mapping[str, tuple[Device, ...]]]
    ) -> Snapshot:
        """Return the snapshot with the devices of the rooms in a list."""
        return self.with_subjects(
            {
                room_id: replace(room, devices=devices.items.get(room_id, ()))
                for room_id, room in self.of(Room).items()
                if devices.complete or room_id in devices.items
            }
        )

    def with_alarms(
        self, alarms: Listing[Mapping[str, tuple[DeviceAlarms, ...]]], begun: datetime
    ) -> Snapshot:
        """Return the snapshot with the alarms in a list that was requested at `begun`."""
        return self.with_subjects(
            {
                room_id: room.with_alarms(alarms.items.get(room_id, ()), begun)
                for room_id, room in self.of(Room).items()
                if alarms.complete or room_id in alarms.items
            }
        )

    def with_alert(self, alert: RoomAlert) -> Snapshot:
        """Return the snapshot with a pushed alert."""
        return self._with_rooms(lambda room: room.with_alert(alert))

    def without_alerts_before(self, moment: datetime) -> Snapshot:
        """Return the snapshot without the alerts that were pushed before some moment."""
        return self._with_rooms(lambda room: room.without_alerts_before(moment))

    def without(self, feature: Feature) -> Snapshot:
        """Return the snapshot without the values of a feature."""
        match feature:
            case Feature.DETAILS:
                return self._with_rooms(lambda room: replace(room, details=None))
            case Feature.DEVICES:
                return self._with_rooms(lambda room: replace(room, devices=None))
            case Feature.ALARMS:
                return self._with_rooms(lambda room: replace(room, device_alarms=None))
            case Feature.CONTROLLERS:
                return self.with_subjects(
                    {
                        key: replace(each, controller=each.controller.identity)
                        for key, each in self.of(RoomController).items()
                    }
                )
            case _:
                return self

    def _with_rooms(self, change: Callable[[Room], Room]) -> Snapshot:
        """Return the snapshot with a function applied to every room."""
        rooms = self.of(Room).items()
        return self.with_subjects({key: change(room) for key, room in rooms})

    def place_controllers(
        self, controllers: Iterable[Controller]
    ) -> dict[str, RoomController]:
        """Return the controllers whose room is known, by key.

        A controller stays in its room while the devices of the room are unknown.
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
        """Return whether each controller has a room or the devices of all rooms are known."""
        placed = self.place_controllers(controllers)
        return len(placed) == len(controllers) or (
            Room in self.confirmed
            and all(room.details is not None for room in self.of(Room).values())
        )

    def without_subjects(
        self, keys: Collection[str], *, confirmed: Collection[type[Subject]] = ()
    ) -> Snapshot:
        """Return the snapshot without some subjects and the controllers of removed rooms."""
        all_confirmed = self.confirmed.union(confirmed)
        if not keys and all_confirmed == self.confirmed:
            return self
        subjects = {
            key: subject
            for key, subject in self.subjects.items()
            if key not in keys
            and not (isinstance(subject, RoomController) and subject.room_id in keys)
        }
        return replace(
            self, subjects=MappingProxyType(subjects), confirmed=all_confirmed
        )

    def with_subjects(self, updated: Mapping[str, Subject]) -> Snapshot:
        """Return the snapshot with new or updated subjects, or itself if they are equal."""
        changed = {
            key: subject
            for key, subject in updated.items()
            if self.subjects.get(key) != subject
        }
        if not changed:
            return self
        subjects = MappingProxyType({**self.subjects, **changed})
        return replace(self, subjects=subjects)
