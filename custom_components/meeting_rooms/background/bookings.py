"""Fetch the bookings of rooms in the background."""

from collections.abc import Collection
from typing import ClassVar, Final, override

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..account.booking_needs import DUE_SHARE, BookingNeeds
from ..account.freshness import Freshness
from ..account.schedule import INTERVAL_SECONDS
from ..account.spread_schedule import SpreadSchedule
from ..api.budget import Tier
from ..api.client import Feature
from ..api.errors import DENIALS, ApiError, NotFound, RequestRejected
from ..api.limits import DENIED_SECONDS
from ..coordinator import AccountCoordinator
from ..meetings.calendar_events import window
from ..rooms.room import Room
from .updater import BackgroundUpdater, retry_seconds

_SHOWN_ROOMS: Final = 10
"""How many of the next rooms the diagnostics contain."""
_MOST_REQUESTED: Final = 20
"""How many rooms are fetched at once; more are fetched in turn, before all others."""


class RoomBookingsUpdater(BackgroundUpdater[str]):
    """Fetch the bookings of each room, those of rooms in use and with a boundary soon more often."""

    max_workers: ClassVar[int] = 4

    def __init__(self, coordinator: AccountCoordinator) -> None:
        """Use an interval for each room."""
        self._needs = BookingNeeds()
        super().__init__(coordinator, SpreadSchedule(self._needs.interval, DUE_SHARE))
        self._fetches_requested = False
        coordinator.meetings.async_add_request_listener(self._request)
        coordinator.meetings.freshness = self._freshness

    @override
    def _items(self) -> Collection[str]:
        """Return the rooms, and note which of them are busy."""
        coordinator = self._coordinator
        rooms = coordinator.data.of(Room)
        self._needs.update(rooms, dt_util.utcnow())
        budget = coordinator.client.budget
        left = budget.limits.sustained_per_minute - coordinator.plan.requests_per_minute
        budget.other_interval = 60 / self._needs.others_per_minute(left)
        self._schedule.overloaded = self._needs.per_minute > left
        return rooms.keys()

    @override
    async def _work(self, due_by: float) -> None:
        """Fetch the bookings that are due, before the details and devices."""
        with self._coordinator.client.budget.prefer_bookings():
            await super()._work(due_by)

    @override
    async def _update(self, room_id: str) -> bool:
        """Fetch and publish the bookings of one room."""
        return await self._fetch(room_id, Tier.BOOKINGS)

    async def _fetch(self, room_id: str, tier: Tier) -> bool:
        """Fetch and publish the bookings of one room, and return whether that succeeded."""
        coordinator = self._coordinator
        request = coordinator.meetings.fetcher.order.begin()
        try:
            bookings = await coordinator.client.fetch_bookings(room_id, *window(), tier)
        except ApiError as err:
            self._handle(room_id, err, tier)
            return False
        self._schedule.succeeded(room_id)
        self._report_success(Feature.ROOM_BOOKINGS)
        coordinator.meetings.take_response({room_id: bookings}, request)
        return True

    @override
    def _expire(self, room_id: str) -> None:
        """Publish that the bookings of a room are unknown."""
        self._coordinator.meetings.take_bookings({room_id: None})

    @callback
    def _request(self, room_ids: Collection[str]) -> None:
        """Fetch the bookings of some rooms before all others."""
        for room_id in room_ids:
            self._schedule.request(room_id)
        entry = self._coordinator.config_entry
        if len(room_ids) > _MOST_REQUESTED or entry.pref_disable_polling:
            self.start_workers()
        elif not self._fetches_requested:
            self._fetches_requested = True
            entry.async_create_background_task(
                self._coordinator.hass,
                self._fetch_requested(),
                f"{entry.title} requested bookings",
            )

    async def _fetch_requested(self) -> None:
        """Fetch the bookings of the requested rooms, beside the workers, which wait their turn."""
        try:
            while (
                self._may_run
                and (room_id := self._schedule.take_requested()) is not None
            ):
                await self._fetch(room_id, Tier.REQUESTED)
        finally:
            self._fetches_requested = False

    @callback
    def _freshness(self) -> Freshness:
        """Return how fresh the bookings are."""
        busy = len(self._needs.busy)
        ages = self._schedule.ages.values()
        return Freshness.create(
            ages,
            busy=busy,
            quiet=len(ages) - busy,
            next_rooms=tuple(self._schedule.next_items(_SHOWN_ROOMS)),
        )

    def _handle(self, room_id: str, err: ApiError, tier: Tier) -> None:
        """Decide when to fetch the bookings of one room, or of all, again."""
        match err:
            case _ if isinstance(err, DENIALS):
                self._schedule.pause(DENIED_SECONDS, failing=True)
                self._report_error(Feature.ROOM_BOOKINGS, err)
                coordinator = self._coordinator
                coordinator.meetings.deny_bookings(coordinator.data.of(Room))
            case NotFound() | RequestRejected():
                self._retry(room_id, Feature.ROOM_BOOKINGS, err, INTERVAL_SECONDS)
                self._coordinator.meetings.skip_bookings(room_id)
            case _ if err.account_wide:
                if tier is Tier.REQUESTED:
                    self._schedule.request(room_id)
                self._schedule.pause(retry_seconds(err), failing=True)
                self._report_error(Feature.ROOM_BOOKINGS, err)
            case _:
                self._retry(room_id, Feature.ROOM_BOOKINGS, err, retry_seconds(err))
