"""The occurrences of bookings by event id."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from ..models.booking import Titles
from ..models.titles import reduced
from .booking import QuanshiBooking

type Occurrences = tuple[QuanshiBooking, ...]
"""The rows of one booking: a recurring booking has one for each occurrence."""


def by_event(rows: Iterable[QuanshiBooking]) -> dict[str, Occurrences]:
    """Return the occurrences of each booking by its event id."""
    occurrences: dict[str, Occurrences] = {}
    for row in rows:
        if row.event_id is not None:
            occurrences[row.event_id] = (*occurrences.get(row.event_id, ()), row)
    return occurrences


def between(
    start: datetime, end: datetime, bookings: Mapping[str, Occurrences]
) -> dict[str, Occurrences]:
    """Return the occurrences in a period, of the bookings that have any."""
    found = {
        event_id: tuple(
            each
            for each in occurrences
            if (each.start is None or each.start <= end)
            and (each.end is None or each.end >= start)
        )
        for event_id, occurrences in bookings.items()
    }
    return {
        event_id: occurrences for event_id, occurrences in found.items() if occurrences
    }


def reduced_bookings(
    bookings: Mapping[str, Occurrences], titles: Titles
) -> dict[str, Occurrences]:
    """Return the bookings without the texts that must not be kept."""
    return {
        event_id: tuple(reduced(each, titles) for each in occurrences)
        for event_id, occurrences in bookings.items()
    }
