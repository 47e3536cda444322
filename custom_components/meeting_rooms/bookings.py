"""Fetch the bookings of rooms in the background."""

from collections.abc import Collection
from datetime import timedelta
from typing import ClassVar, Final, override

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from .account.room_schedules import Bookings
from .account.schedule import INTERVAL_SECONDS, Schedule
from .api.client import Feature
from .api.errors import (
    ApiError,
    InvalidOperator,
    NotFound,
    OperatorRequired,
    PermissionDenied,
    RequestRejected,
)
from .api.limits import DENIED_SECONDS
from .background import BackgroundUpdater, retry_seconds
from .calendar_events import window
from .const import LOGGER
from .coordinator import AccountCoordinator
from .rooms.matching import calendar_id_of
from .rooms.room import Room

_BUSY_SECONDS: Final = 100.0
"""The interval for a room that is used or has a boundary soon; its bookings are at most two
minutes old, with the time that a request waits."""
_QUIET_SECONDS: Final = 540.0
_SOON: Final = timedelta(minutes=15)


class RoomBookingsUpdater(BackgroundUpdater[str]):
    """Fetch the bookings of each room, those of rooms in use and with a boundary soon more often."""

    max_workers: ClassVar[int] = 4

    def __init__(self, coordinator: AccountCoordinator) -> None:
        """Use an interval for each room."""
        super().__init__(coordinator, Schedule(self._interval))
        coordinator.meetings.async_add_request_listener(self._request)

    @override
    def _items(self) -> Collection[str]:
        """Return the rooms."""
        return self._coordinator.data.of(Room).keys()

    @override
    async def _update(self, room_id: str) -> bool:
        """Fetch and publish the bookings of one room."""
        coordinator = self._coordinator
        try:
            bookings = await self._fetch(room_id)
        except ApiError as err:
            self._handle(room_id, err)
            return False
        self._schedule.succeeded(room_id)
        self._report_success(Feature.ROOM_BOOKINGS)
        coordinator.meetings.take_bookings({room_id: bookings})
        return True

    @override
    def _expire(self, room_id: str) -> None:
        """Publish that the bookings of a room are unknown."""
        self._coordinator.meetings.take_bookings({room_id: None})

    async def _fetch(self, room_id: str) -> Bookings:
        """Return the bookings of today and tomorrow.

        Those that ended before are kept: the list of a full day has several pages.
        """
        start, end = window()
        known = self._coordinator.meetings.reported(room_id)
        if known is not None:
            start = max(start, dt_util.utcnow() - _SOON)
        found = await self._coordinator.client.fetch_bookings(room_id, start, end)
        return (*(each for each in known or () if each.end <= start), *found)

    @callback
    def _request(self, room_ids: Collection[str]) -> None:
        """Fetch the bookings of some rooms before all others."""
        for room_id in room_ids:
            self._schedule.request(room_id)
        self.start_workers()

    def _interval(self, room_id: str) -> float:
        """Return the seconds between two updates of a room."""
        room = self._coordinator.data.room(room_id)
        now, outlook = dt_util.utcnow(), room.outlook
        soon = any(
            moment is not None and now <= moment <= now + _SOON
            for moment in (outlook.until, outlook.next_start)
        )
        return _BUSY_SECONDS if outlook.used or soon else _QUIET_SECONDS

    def _handle(self, room_id: str, err: ApiError) -> None:
        """Decide when to fetch the bookings of one room, or of all, again."""
        match err:
            case InvalidOperator() | OperatorRequired() | PermissionDenied():
                self._schedule.pause(DENIED_SECONDS, failing=True)
                self._report_error(Feature.ROOM_BOOKINGS, err)
                coordinator = self._coordinator
                coordinator.meetings.deny_bookings(coordinator.data.of(Room))
            case NotFound() | RequestRejected():
                self._fail(room_id, err, INTERVAL_SECONDS)
                self._coordinator.meetings.skip_bookings(room_id)
            case _ if err.account_wide:
                self._schedule.pause(retry_seconds(err), failing=True)
                self._report_error(Feature.ROOM_BOOKINGS, err)
            case _:
                self._fail(room_id, err, retry_seconds(err))

    def _fail(self, room_id: str, err: ApiError, retry_after: float) -> None:
        """Fetch the bookings of one room again after some seconds."""
        LOGGER.debug("%s: bookings of a room: %s", self._coordinator.name, err)
        self._schedule.failed(room_id, retry_after)


class BookingCalendarUpdater(BackgroundUpdater[Feature]):
    """Fetch the booking calendar, whose bookings of all rooms are one list."""

    def __init__(self, coordinator: AccountCoordinator) -> None:
        """Use the interval of rooms in use for all rooms."""
        super().__init__(coordinator, Schedule(lambda _feature: _BUSY_SECONDS))
        coordinator.meetings.async_add_request_listener(self._request)

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
        coordinator.meetings.take_bookings(bookings)
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
