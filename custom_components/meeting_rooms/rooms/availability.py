"""Whether a room is free, until when, and when that may change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ..api.models.room import RoomStatus
from .schedule import RoomSchedule, Span
from .usage import Usage

_EMPTY_TIME: Final = timedelta(minutes=5)
"""How long a room must be empty before its meeting counts as ended."""
_UNREACHABLE: Final = {RoomStatus.OFFLINE, RoomStatus.NOT_LOGGED_IN}


class Availability(StrEnum):
    """What can be done with a room now."""

    FREE = "free"
    STARTING_SOON = "starting_soon"
    BOOKED = "booked"
    IN_USE = "in_use"
    RUNNING_OVER = "running_over"
    NO_SHOW = "no_show"
    ENDED_EARLY = "ended_early"
    UNBOOKED_USE = "unbooked_use"
    OFFLINE = "offline"


FREE: Final = frozenset({Availability.FREE, Availability.STARTING_SOON})
"""In these states a room can be used now."""
USED: Final = frozenset(
    {Availability.IN_USE, Availability.RUNNING_OVER, Availability.UNBOOKED_USE}
)
"""In these states a room is used now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The times of an account's options."""

    soon: timedelta = timedelta(minutes=10)
    """How long before a booking a free room is `starting_soon`."""
    ready: timedelta = timedelta(minutes=15)
    """How long before a booking the devices of a room must work."""
    no_show: timedelta = timedelta(minutes=10)
    """How long after the start of a booking an unused room is a `no_show`."""
    no_show_exempt: timedelta = timedelta(hours=3)
    """The length from which a booking is never a `no_show`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """All that the availability of a room depends on, except the time."""

    schedule: RoomSchedule | None
    """The bookings; None where no source of bookings is known."""
    status: RoomStatus | None
    usage: Usage
    last_end: datetime | None = None
    """When the latest booking ended that `schedule` no longer contains."""
    span_seen: datetime | None = None
    """When the present span was first known."""
    rules: Rules = Rules()


@dataclass(frozen=True, slots=True)
class Forecast:
    """The availability of a room, and the next moment at which time alone may change it."""

    availability: Availability | None
    until: datetime | None = None
    changes_at: datetime | None = None


def forecast(known: Circumstances, now: datetime) -> Forecast:
    """Return the availability of a room at a moment."""
    schedule = known.schedule
    if schedule is None:
        return Forecast(_without_bookings(known))
    if (span := schedule.span_at(now)) is not None:
        return _in_booking(known, schedule, span, now)
    following = schedule.next_span(now)
    begins = None if following is None else following.start
    state = _between_bookings(known, schedule, begins, now)
    soon = None if begins is None else begins - known.rules.soon
    return Forecast(
        state,
        begins if state in FREE else None,
        _first_after(now, (soon, begins)),
    )


def _without_bookings(known: Circumstances) -> Availability | None:
    """Return the availability of a room whose bookings are unknown."""
    if known.usage.used:
        return Availability.IN_USE
    if known.usage.used is False:
        return Availability.FREE
    return Availability.OFFLINE if known.status in _UNREACHABLE else None


def _in_booking(
    known: Circumstances, schedule: RoomSchedule, span: Span, now: datetime
) -> Forecast:
    """Return the forecast for a booked room."""
    state = Availability.IN_USE if known.usage.used else Availability.BOOKED
    turns_at: datetime | None = None
    if known.usage.used is False:
        empty_state, turns_at = _when_empty(known, span)
        if turns_at is not None and turns_at <= now:
            state = empty_state
    until = schedule.busy_until(now)
    if state is Availability.ENDED_EARLY:
        following = schedule.next_span(now)
        until = None if following is None else following.start
    return Forecast(state, until, _first_after(now, (turns_at, span.end)))


def _when_empty(
    known: Circumstances, span: Span
) -> tuple[Availability, datetime | None]:
    """Return what becomes of a booked room that stays empty, and when."""
    usage, rules = known.usage, known.rules
    if usage.ended is not None and usage.was_used_since(span.start):
        return Availability.ENDED_EARLY, usage.ended + _EMPTY_TIME
    if span.length >= rules.no_show_exempt:
        return Availability.BOOKED, None
    seen = max(span.start, known.span_seen or span.start)
    return Availability.NO_SHOW, seen + rules.no_show


def _between_bookings(
    known: Circumstances,
    schedule: RoomSchedule,
    begins: datetime | None,
    now: datetime,
) -> Availability | None:
    """Return the availability of a room without a booking now."""
    usage = known.usage
    if usage.used:
        ends = filter(None, (schedule.last_end(now), known.last_end))
        ended = max(ends, default=None)
        began = usage.began or now
        if ended is not None and began < ended:
            return Availability.RUNNING_OVER
        return Availability.UNBOOKED_USE
    if usage.used is None and known.status in _UNREACHABLE:
        return Availability.OFFLINE
    if begins is not None and begins - known.rules.soon <= now:
        return Availability.STARTING_SOON
    return Availability.FREE


def _first_after(now: datetime, moments: Iterable[datetime | None]) -> datetime | None:
    """Return the first of the moments that are still to come."""
    return min((each for each in moments if each and each > now), default=None)
