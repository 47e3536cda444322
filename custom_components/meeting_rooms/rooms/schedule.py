"""The bookings of a room, merged from all of its sources."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from ..api.models.booking import Booking


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A span of time that one booking, or several overlapping ones, reserve; without its end."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """Return the length."""
        return self.end - self.start

    def contains(self, moment: datetime) -> bool:
        """Return whether a moment is within the span."""
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class RoomSchedule:
    """The bookings of a room, sorted by their start."""

    bookings: tuple[Booking, ...] = ()
    sources: int = 1
    """How many sources the bookings are from."""
    spans: tuple[Span, ...] = field(init=False, compare=False)
    """The reserved spans; one that starts when another ends is separate."""

    def __post_init__(self) -> None:
        """Sort the bookings and unite those that overlap."""
        bookings = tuple(sorted(self.bookings, key=_order))
        spans: list[Span] = []
        for booking in filter(_reserves, bookings):
            if spans and booking.start < spans[-1].end:
                end = max(spans[-1].end, booking.end)
                spans[-1] = Span(spans[-1].start, end)
            else:
                spans.append(Span(booking.start, booking.end))
        object.__setattr__(self, "bookings", bookings)
        object.__setattr__(self, "spans", tuple(spans))

    def span_at(self, moment: datetime) -> Span | None:
        """Return the span that contains a moment."""
        index = bisect_right(self.spans, moment, key=_start) - 1
        if index >= 0 and self.spans[index].contains(moment):
            return self.spans[index]
        return None

    def ids_in(self, span: Span) -> frozenset[str]:
        """Return the ids of the bookings that reserve a span."""
        return frozenset(
            booking.booking_id
            for booking in filter(_reserves, self.bookings)
            if booking.booking_id is not None and span.contains(booking.start)
        )

    def next_span(self, moment: datetime) -> Span | None:
        """Return the first span that starts after a moment."""
        index = bisect_right(self.spans, moment, key=_start)
        return self.spans[index] if index < len(self.spans) else None

    def last_end(self, moment: datetime) -> datetime | None:
        """Return when the latest span ended that is over at a moment."""
        ends = (span.end for span in self.spans if span.end <= moment)
        return max(ends, default=None)

    def busy_until(self, moment: datetime) -> datetime | None:
        """Return when the room is no longer booked, if it is booked at a moment."""
        if (span := self.span_at(moment)) is None:
            return None
        later = self.spans[self.spans.index(span) :]
        gaps = (one.end for one, other in pairwise(later) if one.end < other.start)
        return next(gaps, later[-1].end)

    def booking_at(self, moment: datetime) -> Booking | None:
        """Return the booking at a moment, of several the one that began last."""
        found = (
            booking
            for booking in reversed(self.bookings)
            if _reserves(booking) and booking.start <= moment < booking.end
        )
        return next(found, None)

    def next_booking(self, moment: datetime) -> Booking | None:
        """Return the first booking that starts after a moment."""
        found = (
            booking
            for booking in self.bookings
            if _reserves(booking) and booking.start > moment
        )
        return next(found, None)

    def next_boundary(self, moment: datetime) -> datetime | None:
        """Return when a booking next starts or ends, also one that overlaps another."""
        boundaries = (
            boundary
            for booking in filter(_reserves, self.bookings)
            for boundary in (booking.start, booking.end)
            if boundary > moment
        )
        return min(boundaries, default=None)


def merge(
    vendor: Iterable[Booking] | None, linked: Iterable[Booking] | None
) -> RoomSchedule | None:
    """Return the bookings of both sources, each once; None where neither is known.

    Bookings with the same id and start, or with the same start and end, are the same: the
    vendor's replaces that of a linked calendar, and a confirmed one a tentative one of the same
    source. The order within a source has no effect.
    """
    if vendor is None and linked is None:
        return None
    seen: set[tuple[object, ...]] = set()
    merged: list[Booking] = []
    for source in (vendor or (), linked or ()):
        for booking in sorted(source, key=_preference):
            keys: set[tuple[object, ...]] = {(booking.start, booking.end)}
            if booking.booking_id is not None:
                keys.add((booking.booking_id, booking.start))
            if seen.isdisjoint(keys):
                merged.append(booking)
                seen |= keys
    return RoomSchedule(tuple(merged), sources=2 - (vendor, linked).count(None))


def _start(span: Span) -> datetime:
    """Return the start of a span."""
    return span.start


def _reserves(booking: Booking) -> bool:
    """Return whether a booking reserves the room."""
    return not booking.tentative and booking.start < booking.end


def _order(booking: Booking) -> tuple[datetime, datetime, str]:
    """Return the key that sorts bookings."""
    return booking.start, booking.end, booking.booking_id or ""


def _preference(booking: Booking) -> tuple[object, ...]:
    """Return the key that sorts the bookings of a source, the preferred one first."""
    texts = (booking.title or "", booking.organizer or "")
    return booking.tentative, *_order(booking), *texts
