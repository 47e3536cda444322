"""Fetch the bookings of rooms in any span, when a user or a write needs them."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from ..account.booking_requests import BookingRequests
from ..account.calendar_rooms import CalendarRooms
from ..account.request_order import RequestOrder
from ..account.room_schedules import Bookings
from ..api.client import VendorClient
from ..api.errors import DENIALS
from ..api.models.booking import HostBooking
from ..rooms.schedule import RoomSchedule, merge
from .calendar_events import window
from .linked_calendars import LinkedCalendars


class BookingFetcher:
    """Fetch the bookings of an account's rooms from the vendor and from linked calendars."""

    def __init__(
        self,
        client: VendorClient,
        calendar_rooms: CalendarRooms,
        linked: LinkedCalendars,
        publish: Callable[[Mapping[str, Bookings]], None],
    ) -> None:
        """Publish by `publish` what a reload finds for today and tomorrow."""
        self.order = RequestOrder()
        """The order of all requests for the bookings of rooms, also of those in the background."""
        self._requests = BookingRequests(client, calendar_rooms)
        self._linked = linked
        self._publish = publish

    def forget(self) -> None:
        """Forget the responses that are kept, as the privacy of titles has changed."""
        self._requests.clear()

    async def async_fetch(
        self, room_id: str, start: datetime, end: datetime
    ) -> Bookings:
        """Return the bookings of a room that overlap a span, by requests. Raises ApiError.

        Those of the vendor, where the linked calendar fails.
        """
        linked = await self._linked.fetch(room_id, start, end)
        schedule = await self._fetch_with(linked, room_id, start, end)
        return () if schedule is None else schedule.bookings

    async def async_fetch_all(
        self, room_ids: Collection[str], start: datetime, end: datetime
    ) -> bool:
        """Request the vendor's bookings of all rooms at once, for `async_fetch_schedule`.

        Return whether the vendor offers that. Raises ApiError.
        """
        return await self._requests.fetch_all(room_ids, start, end)

    async def async_fetch_schedule(
        self, room_id: str, start: datetime, end: datetime
    ) -> RoomSchedule | None:
        """Return the bookings of a room likewise; None where some may be missing.

        That is a room without a source, or one whose linked calendar fails.
        """
        linked = await self._linked.fetch(room_id, start, end)
        if linked is None and self.is_linked(room_id):
            return None
        return await self._fetch_with(linked, room_id, start, end)

    async def _fetch_with(
        self, linked: Bookings | None, room_id: str, start: datetime, end: datetime
    ) -> RoomSchedule | None:
        """Return the bookings of the vendor and of a linked calendar.

        The calendar alone is enough where the vendor denies the bookings.
        """
        try:
            reported = await self._requests.fetch(room_id, start, end)
        except DENIALS:
            if linked is None:
                raise
            reported = None
        return merge(reported, linked)

    def is_linked(self, room_id: str) -> bool:
        """Return whether a room has a linked calendar that exists."""
        return self._linked.exists(room_id)

    def calendar_id_of(self, room_id: str) -> str | None:
        """Return the id by which the vendor knows the bookings of a room."""
        return self._requests.id_of(room_id)

    async def async_fetch_again(
        self, room_id: str, calendar_id: str, start: datetime, end: datetime
    ) -> Bookings | None:
        """Return the vendor's bookings of a room that overlap a span, by a new request.

        None where the vendor denies them. Raises ApiError.
        """
        try:
            return await self._requests.fetch_again(room_id, calendar_id, start, end)
        except DENIALS:
            return None

    async def async_reload(
        self, room_id: str, calendar_id: str, start: datetime, end: datetime
    ) -> Bookings | None:
        """Return them likewise, and publish those of today and tomorrow if the span is near."""
        known_from, known_until = window()
        if start >= known_until or end <= known_from:
            return await self.async_fetch_again(room_id, calendar_id, start, end)
        request = self.order.begin()
        bookings = await self.async_fetch_again(
            room_id, calendar_id, min(start, known_from), max(end, known_until)
        )
        if bookings is None:
            return None
        self.order.supersede(room_id, request)
        self._publish({room_id: bookings})
        return tuple(each for each in bookings if each.start < end and each.end > start)

    async def async_fetch_linked(
        self, room_id: str, start: datetime, end: datetime
    ) -> Bookings:
        """Return the bookings of a room's linked calendar in a span, as far as they are known."""
        linked = await self._linked.fetch(room_id, start, end)
        return (self._linked.of(room_id) or ()) if linked is None else linked

    async def async_fetch_of_host(
        self, start: datetime, end: datetime
    ) -> tuple[HostBooking, ...]:
        """Return the bookings of the host that overlap a span. Raises ApiError."""
        return await self._requests.fetch_of_host(start, end)
