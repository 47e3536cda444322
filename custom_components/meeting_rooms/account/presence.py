"""Track since when rooms, conferences and controllers are missing from the vendor's lists."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Final

from homeassistant.util import dt as dt_util

from ..api.models.conference import Conference
from ..const import UNKNOWN_AFTER
from ..rooms.room import Room
from .snapshot import RoomController, Snapshot, Subject, conference_key
from .status_reader import StatusUpdate

REMOVED_AFTER: Final = 2
"""Complete lists in a row without an item, after which the vendor has removed it."""
_LONG_SECONDS: Final = 3600.0
"""Seconds without an item in any list, after which a user may delete the device."""


@dataclass(slots=True)
class _Absence:
    """The lists in a row that do not contain an item."""

    since: float
    lists: int = 0
    complete_lists: int = 0


class ListPresence:
    """Track since when each item is missing from one kind of list."""

    def __init__(self) -> None:
        """Start without a list."""
        self._complete_lists = 0
        self._absences: dict[str, _Absence] = {}

    @property
    def confirmed(self) -> bool:
        """Return whether an item that no list contained does not exist."""
        return self._complete_lists >= REMOVED_AFTER

    def update(
        self, expected: Iterable[str], found: Collection[str], *, complete: bool
    ) -> frozenset[str]:
        """Count a list, and return the expected items that have been removed."""
        self._complete_lists += complete
        self.forget(self._absences.keys() & found)
        for key in expected:
            if key not in found:
                absence = self._absences.setdefault(key, _Absence(monotonic()))
                absence.lists += 1
                absence.complete_lists += complete
        removed = frozenset(
            key
            for key, absence in self._absences.items()
            if absence.complete_lists >= REMOVED_AFTER
        )
        self.forget(removed)
        return removed

    def missing_from(self, lists: int) -> set[str]:
        """Return the items that exactly this number of consecutive lists has not contained."""
        return {
            key for key, absence in self._absences.items() if absence.lists == lists
        }

    def is_long_missing(self, key: str) -> bool:
        """Return whether no list has contained an item for an hour."""
        absence = self._absences.get(key)
        return absence is not None and monotonic() - absence.since >= _LONG_SECONDS

    def forget(self, keys: Iterable[str]) -> None:
        """Reset the absence of some items."""
        for key in keys:
            self._absences.pop(key, None)


class Presence:
    """Track since when rooms, conferences and controllers of one account are missing."""

    def __init__(self) -> None:
        """Start without a missing item."""
        kinds: tuple[type[Subject], ...] = (Room, Conference, RoomController)
        self.lists = {kind: ListPresence() for kind in kinds}
        """The lists of each kind of subject."""
        self._single_rooms = ListPresence()
        self._statuses = ListPresence()
        self._updated_at: dict[str, float] = {}

    @property
    def confirmed(self) -> set[type[Subject]]:
        """Return the kinds whose subjects are all known."""
        return {kind for kind, presence in self.lists.items() if presence.confirmed}

    @property
    def oldest_update(self) -> datetime | None:
        """Return the time of the oldest room status."""
        if not self._updated_at:
            return None
        age = max(0.0, monotonic() - min(self._updated_at.values()))
        return (dt_util.utcnow() - timedelta(seconds=age)).replace(microsecond=0)

    def removed(self, update: StatusUpdate, before: Snapshot) -> frozenset[str]:
        """Return the rooms and conferences that have been removed as of a poll."""
        listed, present = update.listed, update.tried - update.not_found
        if listed is None:
            removed = self._single_rooms.update(update.tried, present, complete=True)
        else:
            removed = self.lists[Room].update(
                before.of(Room).keys() - update.waiting,
                listed.rooms.keys() | present,
                complete=listed.rooms_complete,
            ) | self.lists[Conference].update(
                before.of(Conference).keys(),
                {conference_key(event_id) for event_id in listed.conferences},
                complete=listed.conferences_complete,
            )
        self.forget(removed)
        return removed

    def without_status(self, update: StatusUpdate, before: Snapshot) -> set[str]:
        """Return the rooms that have had no status in three consecutive polls."""
        reported = {*update.details}
        expected: Iterable[str] = update.tried
        if update.listed is not None:
            reported |= {
                room_id
                for room_id, row in update.listed.rooms.items()
                if row.raw_status is not None or not before.room(room_id).reports_status
            }
            expected = before.of(Room).keys() - update.waiting
        self._updated_at |= dict.fromkeys(reported, monotonic())
        self._statuses.update(expected, reported, complete=False)
        return self._statuses.missing_from(UNKNOWN_AFTER).intersection(expected)

    def is_long_missing(self, key: str) -> bool:
        """Return whether no list has contained an item for an hour."""
        return any(presence.is_long_missing(key) for presence in self.lists.values())

    def forget(self, keys: Collection[str]) -> None:
        """Drop items that are no longer part of the account."""
        for key in keys:
            self._updated_at.pop(key, None)
        for presence in (*self.lists.values(), self._statuses):
            presence.forget(keys)
