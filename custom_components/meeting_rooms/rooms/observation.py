"""Observe a room: derive its outlook from all that is known, and remember what matters later."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from ..api.models.booking import Booking
from .availability import Availability, Circumstances, Forecast, Rules, forecast
from .outlook import Outlook
from .readiness import CONTROLLER_OFFLINE, problem_times, readiness, worst_of
from .room import Room
from .schedule import RoomSchedule, Span
from .usage import Usage, is_used
from .uses import Use, with_use

_NONE_SEEN: Final[Mapping[datetime, datetime]] = MappingProxyType({})
_NO_PROBLEMS: Final[Mapping[str, datetime]] = MappingProxyType({})
_NONE_MISSED: Final[Mapping[Span, frozenset[str]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomMemory:
    """What must be remembered of a room, also across a restart."""

    usage: Usage = Usage()
    uses: tuple[Use, ...] = ()
    """When the room was used today, and until a day ago."""
    first_seen: Mapping[datetime, datetime] = field(default=_NONE_SEEN)
    """When each booking that is not over was first known, by its start."""
    last_end: datetime | None = None
    """When the latest booking ended, which may have been before today."""
    no_shows: int = 0
    missed: Mapping[Span, frozenset[str]] = field(default=_NONE_MISSED)
    """The spans that are not over and were no-shows, also under maintenance.

    The ids of their bookings tell that one of them was moved.
    """
    maintenance: bool = False
    problems: Mapping[str, datetime] = field(default=_NO_PROBLEMS)
    """Since when the room has each of its problems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known of a room besides the vendor's report."""

    evidence: bool | None = None
    """Whether a presence sensor is on; None without an available sensor."""
    awaits_evidence: bool = False
    """Whether a presence sensor may still be added, so that an empty room is not known to be."""
    awaits_bookings: bool = False
    """Whether a source of bookings has not responded yet."""
    controller_offline: bool | None = None
    """Whether a controller is offline; None without a known controller."""
    counts_use: bool = True
    """Whether the use counts now: within the office hours."""
    rules: Rules = Rules()
    window_end: datetime | None = None
    """The end of the time in which bookings are known."""
    midnight: datetime | None = None
    """When the next day begins, and that end moves."""


@dataclass(frozen=True, slots=True)
class Observation:
    """The outlook of a room, what to remember, and when time alone may change the outlook."""

    outlook: Outlook
    memory: RoomMemory
    changes_at: datetime | None


def observe(
    room: Room, memory: RoomMemory, around: Surroundings, now: datetime
) -> Observation:
    """Observe a room at a moment."""
    used = is_used(room.status, around.evidence)
    if around.awaits_evidence and not used:
        used = None
    memory = _remembered(memory, room.schedule, used, now)
    span = None if room.schedule is None else room.schedule.span_at(now)
    known = Circumstances(
        schedule=room.schedule,
        status=room.status,
        usage=memory.usage,
        last_end=memory.last_end,
        span_seen=None if span is None else memory.first_seen.get(span.start),
        rules=around.rules,
    )
    found = Forecast(None) if around.awaits_bookings else forecast(known, now)
    if found.availability is Availability.NO_SHOW:
        memory = _with_no_show(memory, room.schedule, now)
    reason = worst_of(
        room.problem_reason, controller_offline=around.controller_offline is True
    )
    memory = _with_problems(memory, room, around.controller_offline, now)
    ready = readiness(room.schedule, reason, around.rules.ready, now)
    current, following = _bookings(room.schedule, now)
    until = _within(found.until, around.window_end)
    outlook = Outlook(
        availability=found.availability,
        until=until,
        next_start=None if following is None else following.start,
        current_title=None if current is None else current.shown_title,
        next_title=None if following is None else following.shown_title,
        booked=None if room.schedule is None else current is not None,
        used=used,
        uses=memory.uses,
        counts_use=around.counts_use,
        not_ready=None if memory.maintenance else ready.not_ready,
        not_ready_reason=None if memory.maintenance else ready.reason,
        problem_since=None if reason is None else memory.problems.get(reason),
        no_shows=memory.no_shows,
    )
    boundary = None if room.schedule is None else room.schedule.next_boundary(now)
    appears = around.midnight if until != found.until else None
    moments = (found.changes_at, ready.changes_at, boundary, appears)
    return Observation(outlook, memory, min(filter(None, moments), default=None))


def _remembered(
    memory: RoomMemory,
    schedule: RoomSchedule | None,
    used: bool | None,
    now: datetime,
) -> RoomMemory:
    """Return the memory with the use and the bookings of a moment."""
    usage = memory.usage.updated(used, now)
    first_seen, missed = memory.first_seen, memory.missed
    last_end = memory.last_end
    if schedule is not None:
        last_end = _latest(last_end, schedule.last_end(now))
        if missed:
            missed = _still_missed(memory, schedule, now)
        starts = [span.start for span in schedule.spans if span.end > now]
        if [*first_seen] != starts:
            first_seen = MappingProxyType(
                {start: first_seen.get(start, now) for start in starts}
            )
    return replace(
        memory,
        usage=usage,
        uses=with_use(memory.uses, used, now),
        first_seen=first_seen,
        last_end=last_end,
        missed=missed,
    )


def _still_missed(
    memory: RoomMemory, schedule: RoomSchedule, now: datetime
) -> Mapping[Span, frozenset[str]]:
    """Return the no-shows that are not over, also those that were moved.

    A moved booking has a start that was not known before. Another occurrence of its series may
    have the same id, but was known.
    """
    by_start = {span.start: ids for span, ids in memory.missed.items()}
    starts = {span.start for span in schedule.spans}
    moved = {
        booking_id
        for span, ids in memory.missed.items()
        if span.end > now and span.start not in starts
        for booking_id in ids
    }
    missed: dict[Span, frozenset[str]] = {}
    for span in schedule.spans:
        if span.end <= now:
            continue
        if span.start in by_start:
            missed[span] = by_start[span.start]
        elif span.start not in memory.first_seen and moved & schedule.ids_in(span):
            missed[span] = schedule.ids_in(span)
    return MappingProxyType(missed)


def _with_no_show(
    memory: RoomMemory, schedule: RoomSchedule | None, now: datetime
) -> RoomMemory:
    """Return the memory with the present booking as a no-show, which counts once."""
    span = None if schedule is None else schedule.span_at(now)
    if schedule is None or span is None or span in memory.missed:
        return memory
    return replace(
        memory,
        no_shows=memory.no_shows + (not memory.maintenance),
        missed=MappingProxyType({**memory.missed, span: schedule.ids_in(span)}),
    )


def _with_problems(
    memory: RoomMemory, room: Room, controller_offline: bool | None, now: datetime
) -> RoomMemory:
    """Return the memory with the problems of a moment; maintenance ends all of them."""
    reported: dict[str, bool] = {str(each): on for each, on in room.problems.items()}
    if controller_offline is not None:
        reported[CONTROLLER_OFFLINE] = controller_offline
    found = _NO_PROBLEMS
    if not memory.maintenance:
        found = problem_times(memory.problems, reported, now)
    return memory if found == memory.problems else replace(memory, problems=found)


def _within(moment: datetime | None, end: datetime | None) -> datetime | None:
    """Return a moment that is not later than an end."""
    return None if moment and end and moment > end else moment


def _latest(*moments: datetime | None) -> datetime | None:
    """Return the latest one of some moments."""
    return max(filter(None, moments), default=None)


def _bookings(
    schedule: RoomSchedule | None, now: datetime
) -> tuple[Booking | None, Booking | None]:
    """Return the booking at a moment, and the next one."""
    if schedule is None:
        return None, None
    return schedule.booking_at(now), schedule.next_booking(now)
