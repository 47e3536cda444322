"""Fetch the booking calendar of an account in the background."""

import asyncio
from collections.abc import Collection
from itertools import batched
from math import inf
from typing import Final, override

from homeassistant.core import callback

from ..account.booking_needs import BUSY_SECONDS, DUE_SHARE
from ..account.freshness import Freshness
from ..account.room_schedules import Bookings
from ..account.schedule import Schedule
from ..api.client import Feature
from ..api.errors import ApiError, PermissionDenied
from ..coordinator import AccountCoordinator
from ..meetings.calendar_events import window
from ..rooms.matching import calendar_id_of
from ..rooms.room import Room
from .updater import BackgroundUpdater, retry_seconds

_AT_ONCE: Final = 50
"""The number of rooms that are published before the event loop may run other tasks."""


class BookingCalendarUpdater(BackgroundUpdater[Feature]):
    """Fetch the booking calendar, whose bookings of all rooms are one list."""

    def __init__(self, coordinator: AccountCoordinator) -> None:
        """Use the interval of rooms in use for all rooms."""
        super().__init__(
            coordinator, Schedule(lambda _feature: BUSY_SECONDS, DUE_SHARE)
        )
        coordinator.meetings.async_add_request_listener(self._request)
        coordinator.meetings.freshness = self._freshness

    @override
    def _items(self) -> Collection[Feature]:
        """Return the calendar."""
        return [Feature.BOOKING_CALENDAR]

    @override
    async def _update(self, feature: Feature) -> bool:
        """Fetch the calendar, and publish the bookings of the rooms that match."""
        coordinator = self._coordinator
        try:
            await coordinator.meetings.calendar_rooms.fetch()
            # Rooms can be booked even if their bookings are denied.
            coordinator.meetings.calendar_rooms.match(coordinator.data.of(Room))
            request = coordinator.meetings.fetcher.order.begin()
            calendar = await coordinator.client.fetch_calendar(*window())
        except ApiError as err:
            self._schedule.failed(feature, retry_seconds(err))
            self._report_error(feature, err)
            if isinstance(err, PermissionDenied):
                coordinator.meetings.deny_bookings(coordinator.data.of(Room))
            return False
        self._schedule.succeeded(feature)
        self._report_success(feature)
        rooms = coordinator.data.of(Room)
        ids = coordinator.meetings.calendar_rooms.match(rooms).calendar_ids
        bookings: dict[str, Bookings | None] = {}
        for room_id in rooms:
            calendar_id = ids.get(room_id) or calendar_id_of(room_id)
            bookings[room_id] = (
                None if calendar_id is None else calendar.get(calendar_id, ())
            )
        for part in batched(bookings.items(), _AT_ONCE, strict=False):
            coordinator.meetings.take_response(dict(part), request)
            await asyncio.sleep(0)
        return True

    @override
    def _expire(self, feature: Feature) -> None:
        """Publish that all bookings are unknown."""
        rooms = self._coordinator.data.of(Room)
        self._coordinator.meetings.take_bookings(dict.fromkeys(rooms))

    @callback
    def _request(self, _room_ids: Collection[str]) -> None:
        """Fetch the calendar now."""
        self._schedule.request(Feature.BOOKING_CALENDAR)
        self.start_workers()

    @callback
    def _freshness(self) -> Freshness:
        """Return how fresh the bookings are: all rooms are fetched as often as busy ones."""
        rooms = len(self._coordinator.data.of(Room))
        (age,) = self._schedule.ages.values() or (inf,)
        return Freshness.create([age] * rooms, busy=rooms, quiet=0)
