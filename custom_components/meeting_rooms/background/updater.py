"""Fetch in the background, every five minutes if possible, what the polls do not report."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from datetime import datetime, timedelta
from math import inf
from time import monotonic
from typing import ClassVar, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval

from ..account.schedule import Schedule
from ..api.client import Feature
from ..api.errors import (
    ApiError,
    CannotConnect,
    InvalidAuth,
    PermissionDenied,
    RateLimited,
    TokenRejected,
)
from ..api.limits import DENIED_SECONDS
from ..const import LOGGER
from ..coordinator import AccountCoordinator, MeetingRoomsConfigEntry

_TICK: Final = timedelta(seconds=5)
_RETRY_SECONDS: Final = 30.0
"""The time to the next attempt where the cause may be a short one."""
_UNREACHABLE_SECONDS: Final = 5.0
"""How long nothing is fetched after the vendor did not respond; a poll may fail meanwhile."""


def retry_seconds(err: ApiError) -> float:
    """Return how long to wait after an error before the same request is sent again."""
    match err:
        case PermissionDenied() | InvalidAuth() | TokenRejected():
            return DENIED_SECONDS
        case RateLimited():
            return err.retry_after
    return _RETRY_SECONDS


class BackgroundUpdater[K](ABC):
    """Fetch some items of an account, each when it is due.

    What has been fetched is published at each tick, and when the last worker is done.
    """

    max_workers: ClassVar[int] = 1

    def __init__(
        self, coordinator: AccountCoordinator, schedule: Schedule[K] | None = None
    ) -> None:
        """Start with nothing scheduled, by default at the usual interval."""
        self._coordinator = coordinator
        self._schedule = schedule or Schedule[K]()
        self._workers = 0
        self._succeeding = False
        self._seen_polls = -1
        self._denied: set[Feature] = set()

    @abstractmethod
    def _items(self) -> Collection[K]:
        """Return what there is to fetch."""

    @abstractmethod
    async def _update(self, item: K) -> bool:
        """Fetch one item, and return whether that succeeded."""

    @abstractmethod
    def _expire(self, item: K) -> None:
        """Note that the values of one item are unknown."""

    def _flush(self) -> None:
        """Publish what is not yet published."""

    @property
    def _may_run(self) -> bool:
        """Return whether anything is to be fetched now."""
        return self._coordinator.allows_background

    @callback
    def start(self, hass: HomeAssistant, entry: MeetingRoomsConfigEntry) -> None:
        """Fetch at once, and from then on until the entry is unloaded."""

        @callback
        def tick(_now: datetime | None = None) -> None:
            """Start workers, and publish what was fetched or has expired."""
            self.start_workers()
            self._expire_old()
            self._flush()

        entry.async_on_unload(
            async_track_time_interval(hass, tick, _TICK, cancel_on_shutdown=True)
        )
        tick()

    @callback
    def start_workers(self) -> None:
        """Start workers, where polling is disabled only after a manual update."""
        entry, due_by = self._coordinator.config_entry, inf
        if entry.pref_disable_polling:
            if self._seen_polls == self._coordinator.polls:
                return
            due_by = monotonic()
        self._seen_polls = self._coordinator.polls
        self._schedule.keep(self._items())
        for _ in range(self._wanted_workers(due_by)):
            entry.async_create_background_task(
                self._coordinator.hass,
                self._work(due_by),
                f"{entry.title} background",
            )

    def _wanted_workers(self, due_by: float) -> int:
        """Return how many more workers there may be: one until a request has succeeded."""
        if not self._may_run:
            return 0
        most = self.max_workers if self._succeeding else 1
        return min(most - self._workers, len(self._schedule.due(due_by)))

    async def _work(self, due_by: float) -> None:
        """Fetch one item after the other, until none is due."""
        self._workers += 1
        try:
            while self._may_run and (item := self._schedule.take(due_by)) is not None:
                self._succeeding = await self._update(item)
                self._expire_old()
        finally:
            self._workers -= 1
            if not self._workers:
                self._succeeding = False
                self._flush()

    def _expire_old(self) -> None:
        """Make the values unknown that could not be fetched for too long."""
        if self._may_run:
            for item in self._schedule.expire():
                self._expire(item)

    def _retry(self, item: K, feature: Feature, err: ApiError, seconds: float) -> None:
        """Fetch one item again some seconds after the start of the failed attempt."""
        LOGGER.debug("%s: %s of one room: %s", self._coordinator.name, feature, err)
        self._schedule.failed(item, seconds)
        if isinstance(err, CannotConnect):
            self._schedule.pause(_UNREACHABLE_SECONDS)

    def _report_success(self, feature: Feature) -> None:
        """Report that the API of a feature responds."""
        coordinator = self._coordinator
        if feature in self._denied:
            LOGGER.info("%s: %s are known again", coordinator.name, feature)
            self._denied.remove(feature)
        coordinator.issues.report(feature)

    def _report_error(self, feature: Feature, err: ApiError) -> None:
        """Report an error of the API of a feature; the values of a denied one are unknown."""
        coordinator = self._coordinator
        refused = isinstance(err, InvalidAuth | TokenRejected)
        denied = refused or isinstance(err, PermissionDenied)
        if denied and feature not in self._denied:
            LOGGER.info("%s: %s are unknown: %s", coordinator.name, feature, err)
            self._denied.add(feature)
        else:
            LOGGER.debug("%s: %s: %s", coordinator.name, feature, err)
        if refused:
            coordinator.note_refusal(feature)
        coordinator.issues.report_error(feature, err)
        if denied:
            coordinator.publish(coordinator.data.without(feature))
