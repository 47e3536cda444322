"""The schedules of an account's rooms, from the vendor's bookings and linked calendars."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from ..api.models.booking import Booking, Titles
from ..rooms.schedule import RoomSchedule, merge

type Bookings = tuple[Booking, ...]


class RoomSchedules:
    """Keep the vendor's bookings, and merge them with those of linked calendars."""

    def __init__(
        self,
        linked: Callable[[str], Bookings | None],
        window: Callable[[], tuple[datetime, datetime]],
    ) -> None:
        """Start without bookings; `window` returns the span that is kept."""
        self._linked = linked
        self._window = window
        self._reported: dict[str, Bookings] = {}

    def reported(self, room_id: str) -> Bookings | None:
        """Return the vendor's bookings of a room; None while they are unknown."""
        return self._reported.get(room_id)

    def report(self, bookings: Mapping[str, Bookings | None]) -> None:
        """Set the vendor's bookings of some rooms, None for unknown ones."""
        for room_id, each in bookings.items():
            if each is None:
                self._reported.pop(room_id, None)
            else:
                self._reported[room_id] = each

    def reduce(self, titles: Titles) -> None:
        """Drop the texts of the vendor's bookings that are no longer to be kept."""
        self._reported = {
            room_id: tuple(each.reduced(titles) for each in bookings)
            for room_id, bookings in self._reported.items()
        }

    def of(self, room_ids: Collection[str]) -> dict[str, RoomSchedule | None]:
        """Return the schedules of some rooms."""
        start, end = self._window()
        return {
            room_id: merge(
                _within(self._reported.get(room_id), start, end),
                _within(self._linked(room_id), start, end),
            )
            for room_id in room_ids
        }


def _within(
    bookings: Bookings | None, start: datetime, end: datetime
) -> Bookings | None:
    """Return the bookings that overlap a span."""
    if bookings is None:
        return None
    return tuple(each for each in bookings if each.start < end and each.end > start)
