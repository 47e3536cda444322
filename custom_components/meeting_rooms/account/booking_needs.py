"""How often the bookings of each room are needed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf
from typing import Final, Self

from ..rooms.room import Room

BUSY_SECONDS: Final = 120.0
"""How old the bookings of a busy room may be: used, or with a boundary soon."""
_QUIET_SECONDS: Final = 600.0
"""How old the bookings of another room may be."""
DUE_SHARE: Final = 0.875
"""The part of these after which bookings are fetched: requests wait for the budget."""
_SMALL_SHARE: Final = 1 / 3
"""The part of the requests below which bookings need no precedence."""
_SAFE_SHARE: Final = 0.8
"""The part of the requests that bookings leave, which others may use."""
_LEAST_OTHERS: Final = 1.0
_SOME_OTHERS: Final = 6.0
"""The requests a minute of other kinds that are sent while there are bookings to fetch."""
_SOON: Final = timedelta(minutes=17)
"""Fifteen minutes before a boundary, the bookings are not older than two minutes."""


@dataclass(frozen=True, slots=True)
class _Need:
    """When a room needs its bookings often, valid until its room changes or the boundary passes."""

    room: Room
    boundary: datetime | None

    @classmethod
    def of(cls, room: Room, now: datetime) -> Self:
        """Return the need of a room."""
        schedule = room.schedule
        return cls(room, None if schedule is None else schedule.next_boundary(now))

    def is_valid(self, room: Room, now: datetime) -> bool:
        """Return whether the need of a room is still the same."""
        return self.room is room and (self.boundary is None or self.boundary > now)

    def is_busy(self, now: datetime) -> bool:
        """Return whether the room is used, or a booking starts or ends soon."""
        return self.room.outlook.used is True or (
            self.boundary is not None and self.boundary - now <= _SOON
        )


class BookingNeeds:
    """Tell apart the rooms whose bookings are needed often, and share the budget."""

    def __init__(self) -> None:
        """Start without rooms."""
        self.busy: frozenset[str] = frozenset()
        """The rooms that are used, or have a boundary soon."""
        self._needs: dict[str, _Need] = {}

    def update(self, rooms: Mapping[str, Room], now: datetime) -> None:
        """Note which of the rooms are busy; rooms that did not change cost little."""
        known = self._needs
        self._needs = {
            room_id: (
                need
                if (need := known.get(room_id)) is not None and need.is_valid(room, now)
                else _Need.of(room, now)
            )
            for room_id, room in rooms.items()
        }
        self.busy = frozenset(
            room_id for room_id, need in self._needs.items() if need.is_busy(now)
        )

    def interval(self, room_id: str) -> float:
        """Return the seconds between two updates of a room."""
        return BUSY_SECONDS if room_id in self.busy else _QUIET_SECONDS

    @property
    def per_minute(self) -> float:
        """Return how many requests a minute keep the bookings of all rooms fresh."""
        busy = len(self.busy)
        quiet = len(self._needs) - busy
        return 60 * (busy / BUSY_SECONDS + quiet / _QUIET_SECONDS)

    def others_per_minute(self, left: float) -> float:
        """Return how many other requests are sent beside bookings, with so many left by polls.

        They give way as far as the bookings of all rooms can be fetched in time.
        """
        if self.per_minute < left * _SMALL_SHARE:
            return inf
        if self.per_minute > left:
            return _SOME_OTHERS
        spare = left - self.per_minute / DUE_SHARE
        return max(_SAFE_SHARE * spare, _LEAST_OTHERS)
