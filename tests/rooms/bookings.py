"""Bookings of one day in the tests."""

from datetime import UTC, datetime, timedelta

from custom_components.meeting_rooms.api.models.booking import Booking
from custom_components.meeting_rooms.rooms.schedule import RoomSchedule, Span

DAY = datetime(2026, 3, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def at(clock: str) -> datetime:
    """Return the moment of "HH:MM" or "HH:MM:SS" of the day; hours above 23 are later days."""
    hours, minutes, seconds = (*map(int, clock.split(":")), 0)[:3]
    return DAY + timedelta(hours=hours, minutes=minutes, seconds=seconds)


def booking(
    start: str,
    end: str,
    booking_id: str | None = None,
    *,
    tentative: bool = False,
    title: str | None = None,
) -> Booking:
    """Return a booking of the day."""
    return Booking(
        booking_id=booking_id,
        start=at(start),
        end=at(end),
        tentative=tentative,
        title=title,
    )


def span(start: str, end: str) -> Span:
    """Return a span of the day."""
    return Span(at(start), at(end))


def schedule(*times: str) -> RoomSchedule:
    """Return a schedule with a booking for each "HH:MM-HH:MM"."""
    return RoomSchedule(tuple(booking(*time.split("-")) for time in times))
