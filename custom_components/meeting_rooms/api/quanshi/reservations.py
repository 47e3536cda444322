"""Build the vendor-neutral bookings from the host's bookings."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta

from ..models.booking import Booking, HostBooking
from ..models.conference import ConferenceStatus
from .booking import QuanshiBooking

type _Span = tuple[datetime, datetime]


class Reservations:
    """Build the bookings of the host and of the rooms.

    A booking reserves its rooms until its end, also when its conference ends early.
    """

    def __init__(self) -> None:
        """Start without deleted bookings."""
        self._missing: Collection[str] = frozenset()

    def update(self, missing: Collection[str]) -> None:
        """Use the ids of bookings that a poll found not to exist any more."""
        self._missing = missing

    def of_host(self, rows: Iterable[QuanshiBooking]) -> tuple[HostBooking, ...]:
        """Return the bookings in the order of their start."""
        bookings = {
            HostBooking(
                booking_id=row.event_id,
                start=span[0],
                end=span[1],
                title=row.title,
                organizer=row.host,
                location=_names(row),
            )
            for row in rows
            if (span := self._span(row)) is not None
        }
        return tuple(sorted(bookings, key=_order))

    def of_rooms(
        self, rows: Iterable[QuanshiBooking]
    ) -> dict[str, tuple[Booking, ...]]:
        """Return the bookings of each room that has any, in the order of their start."""
        rooms: dict[str, set[Booking]] = {}
        for row in rows:
            if (span := self._span(row)) is None:
                continue
            for room_id, pending in row.room_requests.items():
                booking = Booking(
                    booking_id=row.event_id,
                    start=span[0],
                    end=span[1],
                    tentative=pending,
                    title=row.title,
                    organizer=row.host,
                )
                rooms.setdefault(room_id, set()).add(booking)
        return {
            room_id: tuple(sorted(bookings, key=_order))
            for room_id, bookings in rooms.items()
        }

    def _span(self, row: QuanshiBooking) -> _Span | None:
        """Return the span that an occurrence reserves; None for none."""
        start, end = row.start, _booked_end(row)
        if (
            start is None
            or end is None
            or end <= start
            or row.event_id in self._missing
            or row.booking_status is ConferenceStatus.CANCELLED
        ):
            return None
        held_before = (
            row.booking_status is ConferenceStatus.ENDED and datetime.now(UTC) < start
        )
        return None if held_before else (start, end)


def _booked_end(row: QuanshiBooking) -> datetime | None:
    """Return the booked end, which may follow from the length."""
    if row.end is None and row.start is not None and row.booked_duration:
        try:
            return row.start + timedelta(minutes=row.booked_duration)
        except OverflowError:
            return None
    return row.end


def _names(row: QuanshiBooking) -> str | None:
    """Return the names of the held rooms."""
    names = {room.device_id: room.name for room in row.held if room.name}
    return ", ".join(dict.fromkeys(names.values())) or None


def _order(booking: Booking) -> tuple[datetime, datetime, str]:
    """Return the key that sorts bookings."""
    return booking.start, booking.end, booking.booking_id or ""
