"""When the items of an account are fetched in the background."""

from collections.abc import Collection
from math import inf
from time import monotonic
from typing import Final

from ..const import DETAILS_INTERVAL, UNKNOWN_AFTER

INTERVAL_SECONDS: Final = DETAILS_INTERVAL.total_seconds()
_EXPIRED_SECONDS: Final = UNKNOWN_AFTER * INTERVAL_SECONDS
"""Seconds of failed attempts after which the last values are unknown."""


class Schedule[K]:
    """Track when each item is due, and since when its updates fail."""

    def __init__(self) -> None:
        """Start without an item."""
        self._due: dict[K, float] = {}
        self._started: dict[K, float] = {}
        self._failing_since: dict[K, float] = {}
        self._paused_until = 0.0
        self._stopped_since = inf
        """Since when an error that affects all items has prevented every update."""

    def keep(self, items: Collection[K]) -> None:
        """Make new items due immediately, and drop the items that no longer exist."""
        if self._due.keys() != {*items}:
            self._due = {item: self._due.get(item, 0.0) for item in items}
            for times in (self._started, self._failing_since):
                for item in times.keys() - self._due.keys():
                    del times[item]

    def due(self, due_by: float = inf) -> list[K]:
        """Return the items that are due now and were already due at `due_by`."""
        now = monotonic()
        if now < self._paused_until:
            return []
        return [item for item, due in self._due.items() if due <= min(now, due_by)]

    def take(self, due_by: float = inf) -> K | None:
        """Return the next item to fetch: items without failures first, then the longest due."""
        item = min(
            self.due(due_by),
            key=lambda item: (item in self._failing_since, self._due[item]),
            default=None,
        )
        if item is not None:
            self._started[item] = monotonic()
            self._due[item] = self._started[item] + INTERVAL_SECONDS
        return item

    def succeeded(self, item: K) -> None:
        """Make an item due again after the usual interval."""
        self._failing_since.pop(item, None)
        self._stopped_since = inf
        self._due[item] = monotonic() + INTERVAL_SECONDS

    def failed(self, item: K, retry_after: float) -> None:
        """Make an item due again some seconds after the start of the failed attempt."""
        self._failing_since.setdefault(item, monotonic())
        self._due[item] = self._started.get(item, monotonic()) + retry_after

    def pause(self, seconds: float, *, failing: bool = False) -> None:
        """Pause all items for some seconds, because of an error that affects every item."""
        self._paused_until = max(self._paused_until, monotonic() + seconds)
        if failing:
            self._stopped_since = min(self._stopped_since, monotonic())

    def expire(self) -> list[K]:
        """Return each item once that has failed for too long and is not due now."""
        now, due = monotonic(), {*self.due()}
        since = dict.fromkeys(self._due, self._stopped_since) | self._failing_since
        expired = [
            item
            for item in since
            if now - since[item] >= _EXPIRED_SECONDS and item not in due
        ]
        for item in expired:
            self._failing_since[item] = inf
        return expired
