"""Build the vendor-neutral bookings from the host's bookings and their live states."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from ..models.booking import Booking, HostBooking
from ..models.conference import Conference, ConferenceStatus, Recurrence
from .booking import QuanshiBooking

_OVER: Final = frozenset({ConferenceStatus.ENDED, ConferenceStatus.EXPIRED})

type _Span = tuple[datetime, datetime]


class Reservations:
    """Build the bookings of the host and of the rooms.

    A booking whose conference ended early ends with it, so that its rooms are free.
    """

    def __init__(self) -> None:
        """Start without conferences."""
        self._conferences: Mapping[str, Conference] = {}
        self._missing: Collection[str] = frozenset()
        self._ended_at: dict[str, datetime] = {}

    def update(
        self, conferences: Mapping[str, Conference], missing: Collection[str]
    ) -> None:
        """Use the conferences of a poll, and the event ids that do not exist any more."""
        now = datetime.now(UTC).replace(microsecond=0)
        self._conferences, self._missing = conferences, missing
        self._ended_at = {
            event_id: conference.ended_at or self._ended_at.get(event_id, now)
            for event_id, conference in conferences.items()
            if conference.status in _OVER
        }

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
            or row.event_id in self._missing
            or row.booking_status is ConferenceStatus.CANCELLED
        ):
            return None
        end = min(end, self._early_end(row, start, end))
        return (start, end) if start < end else None

    def _early_end(
        self, row: QuanshiBooking, start: datetime, end: datetime
    ) -> datetime:
        """Return when the conference of an occurrence ended; the booked end if it did not."""
        event_id = row.event_id or ""
        ended = self._ended_at.get(event_id)
        if row.recurrence is Recurrence.RECURRING:
            # The live state is that of one occurrence, which the times of its run identify.
            if ended is not None and start < ended:
                return ended
        elif ended is not None:
            return ended
        elif (known := self._conferences.get(event_id)) and known.status is not None:
            return end
        if row.booking_status is ConferenceStatus.ENDED and datetime.now(UTC) < end:
            return start
        return end


def _booked_end(row: QuanshiBooking) -> datetime | None:
    """Return the booked end, which may follow from the length."""
    if row.end is None and row.start is not None and row.booked_duration:
        return row.start + timedelta(minutes=row.booked_duration)
    return row.end


def _names(row: QuanshiBooking) -> str | None:
    """Return the names of the held rooms."""
    names = {room.device_id: room.name for room in row.held if room.name}
    return ", ".join(dict.fromkeys(names.values())) or None


def _order(booking: Booking) -> tuple[datetime, datetime, str]:
    """Return the key that sorts bookings."""
    return booking.start, booking.end, booking.booking_id or ""
