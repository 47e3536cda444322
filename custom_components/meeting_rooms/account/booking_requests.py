"""The bookings of a room in any span, which a calendar requests from the vendor."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from functools import partial
from time import monotonic
from typing import Any, Final

from ..api.budget import Tier
from ..api.client import Feature, VendorClient
from ..api.models.booking import Booking, HostBooking, reduced_bookings
from ..rooms.matching import calendar_id_of
from .calendar_rooms import CalendarRooms
from .request_order import RequestOrder
from .room_schedules import Bookings

_LONGEST: Final = timedelta(days=31)
_KEPT_SECONDS: Final = 300.0
_PARALLEL: Final = 4
"""The panel of calendars requests those of all rooms at once."""
_SOURCES: Final = {
    Feature.ROOM_BOOKINGS,
    Feature.BOOKING_CALENDAR,
    Feature.HOST_BOOKINGS,
}
_AT_ONCE: Final = {Feature.BOOKING_CALENDAR, Feature.HOST_BOOKINGS}
"""The sources that return the bookings of all rooms."""

type _Key = tuple[str | None, datetime, datetime]
type _Call[B: Booking] = Callable[[datetime, datetime], Awaitable[tuple[B, ...]]]


class BookingRequests:
    """Request bookings of the vendor, and keep each response for five minutes."""

    def __init__(self, client: VendorClient, calendar_rooms: CalendarRooms) -> None:
        """Use the client of the account."""
        self._client = client
        self._calendar_rooms = calendar_rooms
        self._kept: dict[_Key, tuple[float, tuple[Any, ...]]] = {}
        self._slots = asyncio.Semaphore(_PARALLEL)
        self._order = RequestOrder()

    async def fetch(
        self, room_id: str, start: datetime, end: datetime
    ) -> Bookings | None:
        """Return the bookings that overlap a span, of which the first 31 days are requested.

        None where the vendor has no bookings of the room. Raises ApiError.
        """
        if (vendor_id := self.id_of(room_id)) is None:
            return None
        call = partial(self._client.fetch_bookings, vendor_id, tier=Tier.INTERACTIVE)
        return await self._fetch(room_id, start, end, call)

    async def fetch_all(
        self, room_ids: Collection[str], start: datetime, end: datetime
    ) -> bool:
        """Request the bookings of all rooms at once, and keep them for `fetch`.

        Return whether the vendor offers that. Raises ApiError.
        """
        if self._client.features.isdisjoint(_AT_ONCE):
            return False
        ids = {room_id: self.id_of(room_id) for room_id in room_ids}
        keys = {(each, start, end) for each, found in ids.items() if found is not None}
        async with self._slots:
            self._drop_old()
            if keys <= self._kept.keys():
                return True
            request = self._order.begin()
            found = await self._client.fetch_calendar(start, end, Tier.INTERACTIVE)
            for room_id, vendor_id in ids.items():
                if vendor_id is not None:
                    self._keep((room_id, start, end), found.get(vendor_id, ()), request)
        return True

    async def fetch_again(
        self, room_id: str, vendor_id: str, start: datetime, end: datetime
    ) -> Bookings:
        """Return the bookings in a span by a new request, and forget the kept ones of the room."""
        self._order.supersede(room_id, self._order.begin())
        for key in [key for key in self._kept if key[0] == room_id]:
            del self._kept[key]
        requested = await self._client.fetch_bookings(
            vendor_id, start, end, Tier.INTERACTIVE
        )
        return reduced_bookings(requested, self._client.titles)

    async def fetch_of_host(
        self, start: datetime, end: datetime
    ) -> tuple[HostBooking, ...]:
        """Return the bookings of the host likewise."""
        call = partial(self._client.fetch_host_bookings, tier=Tier.INTERACTIVE)
        return await self._fetch(None, start, end, call)

    def id_of(self, room_id: str) -> str | None:
        """Return the id by which the vendor knows the bookings of a room."""
        features = self._client.features
        if Feature.BOOKING_CALENDAR in features:
            matches = self._calendar_rooms.matches
            matched = None if matches is None else matches.calendar_ids.get(room_id)
            return matched or calendar_id_of(room_id)
        return None if features.isdisjoint(_SOURCES) else room_id

    async def _fetch[B: Booking](
        self, room_id: str | None, start: datetime, end: datetime, call: _Call[B]
    ) -> tuple[B, ...]:
        """Return the kept response, or request one."""
        end = min(end, start + _LONGEST)
        async with self._slots:
            self._drop_old()
            if (kept := self._kept.get((room_id, start, end))) is not None:
                return kept[1]
            request = self._order.begin()
            requested = await call(start, end)
            return self._keep((room_id, start, end), requested, request)

    def _keep[B: Booking](
        self, key: _Key, requested: tuple[B, ...], request: int
    ) -> tuple[B, ...]:
        """Return a response, and keep it unless the room was requested again meanwhile."""
        # The option may have changed meanwhile.
        bookings = reduced_bookings(requested, self._client.titles)
        room_id = key[0]
        if room_id is None or not self._order.is_superseded(room_id, request):
            self._kept[key] = (monotonic(), bookings)
        return bookings

    def clear(self) -> None:
        """Forget all responses."""
        self._kept.clear()

    def _drop_old(self) -> None:
        """Forget the responses that are older than five minutes."""
        oldest = monotonic() - _KEPT_SECONDS
        self._kept = {key: kept for key, kept in self._kept.items() if kept[0] > oldest}
