"""Find the rooms that suit a meeting, the best first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Final

from .problems import ProblemReason
from .readiness import worst_of
from .room import Room
from .schedule import RoomSchedule, Span

_BY_READY: Final = {True: 0, None: 1, False: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a room is needed for."""

    span: Span
    people: int | None = None
    include_not_ready: bool = False
    nearby: frozenset[str] = frozenset()
    """The keys of the rooms that are better than all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A room that may suit a meeting."""

    key: str
    """An id that no other candidate has."""
    name: str
    """The name of the room as the user sees it."""
    room: Room
    controller_offline: bool = False
    schedule: RoomSchedule | None = None
    """The bookings at the time of the meeting; None where they are unknown."""

    @property
    def reason(self) -> str | None:
        """Return the worst problem of the devices; None where nothing is known of them."""
        return worst_of(
            self.room.problem_reason, controller_offline=self.controller_offline
        )

    @property
    def ready(self) -> bool | None:
        """Return whether the devices are ready for a meeting."""
        reason = self.reason
        return None if reason is None else reason == ProblemReason.NONE

    @property
    def bookings_known(self) -> bool:
        """Return whether the bookings at the time of the meeting are known."""
        return self.schedule is not None

    def free_until(self, span: Span) -> datetime | None:
        """Return when the room is booked next after a span, as far as bookings are known."""
        spans = () if self.schedule is None else self.schedule.spans
        return next((each.start for each in spans if each.start >= span.end), None)

    def is_booked(self, span: Span) -> bool:
        """Return whether the room is known to be booked in some part of a span."""
        spans = () if self.schedule is None else self.schedule.spans
        return any(each.start < span.end and each.end > span.start for each in spans)

    def suits(self, wish: Wish, now: datetime) -> bool:
        """Return whether the room can be used, apart from its bookings."""
        room = self.room
        if wish.people is not None and (room.capacity or 0) < wish.people:
            return False
        if room.maintenance or (self.ready is False and not wish.include_not_ready):
            return False
        return not (room.outlook.used and wish.span.start <= now)


def find_rooms(
    candidates: Iterable[Candidate], wish: Wish, now: datetime
) -> list[Candidate]:
    """Return the rooms that suit a meeting and are not known to be booked, the best first."""
    found = (
        each
        for each in candidates
        if each.suits(wish, now) and not each.is_booked(wish.span)
    )
    return sorted(found, key=lambda each: _rank(each, wish))


def fit(candidate: Candidate, wish: Wish) -> tuple[bool, float, int]:
    """Return the key that sorts the rooms, apart from their bookings.

    The best is nearby, has the fewest seats left over, and is ready.
    """
    capacity = candidate.room.capacity
    return (
        candidate.key not in wish.nearby,
        inf if capacity is None else capacity - (wish.people or 0),
        _BY_READY[candidate.ready],
    )


def _rank(candidate: Candidate, wish: Wish) -> tuple[object, ...]:
    """Return the key that sorts the rooms: of those that fit equally, by their bookings.

    The best has known bookings, and is free longest.
    """
    until = candidate.free_until(wish.span)
    return (
        *fit(candidate, wish),
        not candidate.bookings_known,
        -inf if until is None else -until.timestamp(),
        candidate.name,
        candidate.key,
    )
