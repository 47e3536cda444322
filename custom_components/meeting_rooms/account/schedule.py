"""When the items of an account are fetched in the background."""

from collections.abc import Callable, Collection
from math import inf
from time import monotonic
from typing import Final

from ..const import DETAILS_INTERVAL, UNKNOWN_AFTER

INTERVAL_SECONDS: Final = DETAILS_INTERVAL.total_seconds()
_EXPIRED_SECONDS: Final = UNKNOWN_AFTER * INTERVAL_SECONDS
"""Seconds of failed attempts after which the last values are unknown."""


class Schedule[K]:
    """Track when each item is due, and since when its updates fail."""

    def __init__(
        self, interval: Callable[[K], float] = lambda _item: INTERVAL_SECONDS
    ) -> None:
        """Start without an item; `interval` returns the seconds between two updates of one."""
        self._interval = interval
        self._updated: dict[K, float] = {}
        """When the latest update of each item began or ended; minus infinity for none."""
        self._retry_at: dict[K, float] = {}
        self._failing_since: dict[K, float] = {}
        self._paused_until = 0.0
        self._stopped_since = inf
        """Since when an error that affects all items has prevented every update."""

    def keep(self, items: Collection[K]) -> None:
        """Make new items due immediately, and drop the items that no longer exist."""
        if self._updated.keys() != {*items}:
            self._updated = {item: self._updated.get(item, -inf) for item in items}
            for times in (self._retry_at, self._failing_since):
                for item in times.keys() - self._updated.keys():
                    del times[item]

    def due(self, due_by: float = inf) -> list[K]:
        """Return the items that are due now and were already due at `due_by`."""
        now = monotonic()
        if now < self._paused_until:
            return []
        latest = min(now, due_by)
        return [item for item in self._updated if self._due_at(item) <= latest]

    def take(self, due_by: float = inf) -> K | None:
        """Return the next item to fetch.

        Items without failures are first, then those that are late by most of their intervals.
        """
        now = monotonic()
        item = min(
            self.due(due_by),
            key=lambda item: (
                item in self._failing_since,
                (self._updated[item] - now) / self._interval(item),
            ),
            default=None,
        )
        if item is not None:
            self._updated[item] = now
            self._retry_at.pop(item, None)
        return item

    def request(self, item: K) -> None:
        """Make an item due now, before all others."""
        if item in self._updated:
            self._updated[item] = -inf
            self._retry_at.pop(item, None)

    def succeeded(self, item: K) -> None:
        """Make an item due again after its interval."""
        self._failing_since.pop(item, None)
        self._retry_at.pop(item, None)
        self._stopped_since = inf
        if self._was_not_requested(item):
            self._updated[item] = monotonic()

    def failed(self, item: K, retry_after: float) -> None:
        """Make an item due again some seconds after the start of the failed attempt."""
        self._failing_since.setdefault(item, monotonic())
        if self._was_not_requested(item):
            self._retry_at[item] = self._updated[item] + retry_after

    def pause(self, seconds: float, *, failing: bool = False) -> None:
        """Pause all items for some seconds, because of an error that affects every item."""
        self._paused_until = max(self._paused_until, monotonic() + seconds)
        if failing:
            self._stopped_since = min(self._stopped_since, monotonic())

    def expire(self) -> list[K]:
        """Return each item once that has failed for too long and is not due now."""
        now, due = monotonic(), {*self.due()}
        since = dict.fromkeys(self._updated, self._stopped_since) | self._failing_since
        expired = [
            item
            for item in since
            if now - since[item] >= _EXPIRED_SECONDS and item not in due
        ]
        for item in expired:
            self._failing_since[item] = inf
        return expired

    def age(self, item: K) -> float:
        """Return the seconds since the latest update of an item began, infinite for none."""
        return monotonic() - self._updated.get(item, -inf)

    def _was_not_requested(self, item: K) -> bool:
        """Return whether an item exists that was not requested again during its update."""
        return self._updated.get(item, -inf) > -inf

    def _due_at(self, item: K) -> float:
        """Return when an item is due."""
        return self._retry_at.get(item, self._updated[item] + self._interval(item))
