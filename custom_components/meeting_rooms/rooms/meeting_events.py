"""What happens to the bookings of a room between two moments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ..api.models.booking import Booking
from .availability import Availability
from .schedule import RoomSchedule


class MeetingEventKind(StrEnum):
    """What happens to a booking."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    STARTED = "started"
    NO_SHOW = "no_show"
    ENDED_EARLY = "ended_early"
    ENDED = "ended"


_ORDER: Final = (
    MeetingEventKind.BOOKED,
    MeetingEventKind.CANCELLED,
    MeetingEventKind.ENDED,
    MeetingEventKind.NO_SHOW,
    MeetingEventKind.ENDED_EARLY,
    MeetingEventKind.STARTED,
)
"""The order of simultaneous events: a booking ends before the next one starts."""
_BY_AVAILABILITY: Final[Mapping[Availability | None, MeetingEventKind]] = {
    Availability.NO_SHOW: MeetingEventKind.NO_SHOW,
    Availability.ENDED_EARLY: MeetingEventKind.ENDED_EARLY,
}


@dataclass(frozen=True, slots=True)
class MeetingEvent:
    """An event of a booking, without anything that identifies its people."""

    kind: MeetingEventKind
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The bookings of a room and its availability as known at a moment."""

    schedule: RoomSchedule | None
    availability: Availability | None
    at: datetime
    window_end: datetime
    """Where the fetched bookings end; later ones are not in the schedule."""


def meeting_events(before: Moment, after: Moment) -> tuple[MeetingEvent, ...]:
    """Return what happened between two moments.

    Nothing where the bookings were unknown, or where a source of bookings came or went.
    """
    if before.schedule is None or after.schedule is None:
        return ()
    if before.schedule.sources != after.schedule.sources:
        return ()
    events = [
        *_booking_events(before, before.schedule, after, after.schedule),
        *_availability_events(before, after, after.schedule),
    ]
    # Events of the same kind keep the order of the bookings.
    return tuple(sorted(events, key=lambda event: _ORDER.index(event.kind)))


def _booking_events(
    before: Moment, earlier: RoomSchedule, after: Moment, later: RoomSchedule
) -> Iterator[MeetingEvent]:
    """Yield the events of the bookings."""
    old, new = _Confirmed(earlier), _Confirmed(later)
    for booking in new.bookings:
        known = old.same_as(booking)
        if known is None and _is_new(booking, before, after):
            yield _event(MeetingEventKind.BOOKED, booking)
        if _runs(booking, after.at) and not _runs(known, before.at):
            yield _event(MeetingEventKind.STARTED, booking)
    for booking in old.bookings:
        current = new.same_as(booking)
        if current is None and booking.end > after.at:
            if booking.start < after.window_end:
                yield _event(MeetingEventKind.CANCELLED, booking)
        elif _runs(booking, before.at) and (current or booking).end <= after.at:
            yield _event(MeetingEventKind.ENDED, current or booking)


def _availability_events(
    before: Moment, after: Moment, later: RoomSchedule
) -> Iterator[MeetingEvent]:
    """Yield the event of a changed availability."""
    if before.availability in {None, after.availability}:
        return
    kind = _BY_AVAILABILITY.get(after.availability)
    span = later.span_at(after.at)
    if kind is not None and span is not None:
        yield MeetingEvent(kind, span.start, span.end)


class _Confirmed:
    """The confirmed bookings of a schedule, and which of them is the same as another one.

    Bookings are the same by the rule of `merge`: by id and start, or by start and end. So a
    booking that another source reports from now on is neither cancelled nor booked.
    """

    def __init__(self, schedule: RoomSchedule) -> None:
        """Index the bookings."""
        confirmed = [each for each in schedule.bookings if not each.tentative]
        self.bookings = [each for each in confirmed if each.start < each.end]
        self._by_id: dict[tuple[str | None, datetime], Booking] = {
            (each.booking_id, each.start): each
            for each in confirmed
            if each.booking_id is not None
        }
        self._by_time = {(each.start, each.end): each for each in confirmed}

    def same_as(self, booking: Booking) -> Booking | None:
        """Return the booking that is the same as one of another schedule."""
        by_id = self._by_id.get((booking.booking_id, booking.start))
        return by_id or self._by_time.get((booking.start, booking.end))


def _is_new(booking: Booking, before: Moment, after: Moment) -> bool:
    """Return whether an unknown booking was made since, and did not enter the window."""
    return booking.end > after.at and booking.start < before.window_end


def _runs(booking: Booking | None, moment: datetime) -> bool:
    """Return whether a booking has begun and is not over."""
    return booking is not None and booking.start <= moment < booking.end


def _event(kind: MeetingEventKind, booking: Booking) -> MeetingEvent:
    """Return an event of a booking."""
    return MeetingEvent(kind, booking.start, booking.end)
