"""The rooms of a vendor's booking calendar, and the account's rooms that they match."""

import asyncio
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from time import monotonic
from typing import Final

from ..api.client import LiveStatus, VendorClient
from ..api.errors import ApiError
from ..api.models.booking import CalendarRoom
from ..api.models.room import RoomSummary
from ..rooms.matching import Matches, booking_room_summary, match_rooms
from ..rooms.room import Room

_LIST_SECONDS: Final = 600.0
_RETRY_SECONDS: Final = 60.0


class CalendarRooms:
    """Keep the list of the booking calendar's rooms."""

    def __init__(
        self,
        client: VendorClient,
        chosen: Callable[[], Mapping[str, str]],
        *,
        follow_all: bool,
    ) -> None:
        """Match by the choices of the user first; follow the other rooms too if wanted."""
        self.matches: Matches | None = None
        self._client = client
        self._chosen = chosen
        self.follow_all = follow_all
        self._rooms: tuple[CalendarRoom, ...] | None = None
        self._error: ApiError | None = None
        self._fetch_at = 0.0
        self._fetching = asyncio.Lock()

    async def fetch(self) -> None:
        """Fetch the list, unless that was tried in the last minutes. Raises ApiError.

        A second caller waits for the response to the first one.
        """
        async with self._fetching:
            await self._fetch()

    async def _fetch(self) -> None:
        """Fetch the list, unless that was tried in the last minutes."""
        if monotonic() >= self._fetch_at:
            try:
                listing = await self._client.fetch_calendar_rooms()
            except ApiError as err:
                self._error = err
                self._fetch_at = monotonic() + _RETRY_SECONDS
                raise
            self._error = None
            if listing.complete or self._rooms is None:
                self._rooms = listing.items
            self._fetch_at = monotonic() + _LIST_SECONDS
        elif self._error is not None:
            raise copy(self._error)

    def match(self, rooms: Mapping[str, Room]) -> Matches:
        """Return the matches of rooms with the latest list."""
        self.matches = match_rooms(rooms, self._rooms or (), self._chosen())
        return self.matches

    async def extended(self, status: LiveStatus) -> LiveStatus:
        """Return the list of rooms with those of the booking calendar alone, if wanted.

        While these are unknown, the list is not complete.
        """
        if not self.follow_all:
            return status
        try:
            await self.fetch()
        except ApiError:
            if self._rooms is None:
                return replace(status, rooms_complete=False)
        rooms = {
            room_id: Room(room_id=room_id, summary=row)
            for room_id, row in status.rooms.items()
        }
        matches = match_rooms(rooms, self._rooms or (), self._chosen())
        others: dict[str, RoomSummary] = {}
        for each in matches.unmatched:
            row = booking_room_summary(each)
            others[str(row.room_id)] = row
        return replace(status, rooms={**status.rooms, **others})
