"""The schedules of an account's rooms, from the vendor's bookings and linked calendars."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Protocol

from ..api.models.booking import Booking, Titles, reduced_bookings
from ..rooms.schedule import RoomSchedule, merge

type Bookings = tuple[Booking, ...]


class LinkedBookings(Protocol):
    """The bookings of linked calendars."""

    def of(self, room_id: str) -> Bookings | None:
        """Return the bookings of a room, None if they are unknown."""

    def awaits(self, room_id: str) -> bool:
        """Return whether the first read of the calendar of a room is not over."""


class RoomSchedules:
    """Keep the vendor's bookings, and merge them with those of linked calendars.

    The first schedule of a room waits for all sources: a room that is free by one of them may be
    booked by another one.
    """

    def __init__(
        self,
        linked: LinkedBookings,
        window: Callable[[], tuple[datetime, datetime]],
        *,
        expects_reports: bool,
    ) -> None:
        """Start without bookings; `window` returns the span that is kept."""
        self.expects_reports = expects_reports
        """Whether the vendor is to report the bookings of each room, apart from the polls."""
        self.titles = Titles.BUSY_ONLY
        """How much of the texts of bookings is kept."""
        self._linked = linked
        self._window = window
        self._reported: dict[str, Bookings | None] = {}

    def awaits(self, room_id: str) -> bool:
        """Return whether a source of the first bookings of a room has not responded yet."""
        expected = self.expects_reports and room_id not in self._reported
        return expected or self._linked.awaits(room_id)

    def report(self, bookings: Mapping[str, Bookings | None]) -> None:
        """Set the vendor's bookings of some rooms, None for unknown ones.

        The option of the texts may have changed during the request.
        """
        for room_id, each in bookings.items():
            self._reported[room_id] = each and reduced_bookings(each, self.titles)

    def apply_titles(self, titles: Titles) -> None:
        """Drop the texts of the vendor's bookings that are no longer to be kept."""
        self.titles = titles
        self.report(self._reported)

    def of(self, room_ids: Collection[str]) -> dict[str, RoomSchedule | None]:
        """Return the schedules of some rooms."""
        start, end = self._window()
        return {
            room_id: None
            if self.awaits(room_id)
            else merge(
                _within(self._reported.get(room_id), start, end),
                _within(self._linked.of(room_id), start, end),
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
