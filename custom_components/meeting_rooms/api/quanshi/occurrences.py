"""The occurrences of bookings at Quanshi: a recurring booking has one row for each."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from ..models.conference import ConferenceStatus
from .booking import QuanshiBooking
from .live import QuanshiLiveState

type Occurrences = tuple[QuanshiBooking, ...]
"""The rows of one booking."""


def by_event(rows: Iterable[QuanshiBooking]) -> dict[str, Occurrences]:
    """Return the occurrences of each booking by its event id."""
    occurrences: dict[str, Occurrences] = {}
    for row in rows:
        if row.event_id is not None:
            occurrences[row.event_id] = (*occurrences.get(row.event_id, ()), row)
    return occurrences


def not_ended_before(
    moment: datetime, bookings: Mapping[str, Occurrences]
) -> dict[str, Occurrences]:
    """Return the bookings with an occurrence that ends at a moment or later."""
    return {
        event_id: occurrences
        for event_id, occurrences in bookings.items()
        if any(each.end is None or each.end >= moment for each in occurrences)
    }


def current_occurrence(
    occurrences: Occurrences, state: QuanshiLiveState | None
) -> QuanshiBooking | None:
    """Return the occurrence to show: the running one, else the next, else the last.

    None where the live state says that the booking does not exist; a cancelled one is shown.
    """
    now = datetime.now(UTC)
    running = state is not None and state.status is ConferenceStatus.IN_PROGRESS

    def rank(booking: QuanshiBooking) -> tuple[bool, float]:
        """Return a smaller value for an occurrence that is preferred."""
        start = booking.start.timestamp() if booking.start else 0.0
        started = start <= now.timestamp()
        if running:
            return not started, -start if started else start
        over = started if booking.end is None else booking.end < now
        return over, -start if over else start

    current = min(occurrences, key=rank, default=None)
    if current is None or state is None or not state.does_not_exist:
        return current
    cancelled = current.booking_status is ConferenceStatus.CANCELLED
    return current if cancelled else None
