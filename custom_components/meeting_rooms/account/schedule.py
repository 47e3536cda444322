"""When the items of an account are fetched in the background."""

from collections.abc import Callable, Collection
from heapq import nsmallest
from math import inf
from time import monotonic
from typing import Final

from ..const import DETAILS_INTERVAL, UNKNOWN_AFTER

INTERVAL_SECONDS: Final = DETAILS_INTERVAL.total_seconds()
_EXPIRED_SECONDS: Final = UNKNOWN_AFTER * INTERVAL_SECONDS
"""Seconds of failed attempts after which the last values are unknown."""
_FAILING_FACTOR: Final = 3.0
"""How much less an item that fails is preferred than others of the same age."""
_NEW_FACTOR: Final = 3.0
"""How much more a new item is preferred if not all can be fetched in time."""


class Schedule[K]:
    """Track when each item is due, and since when its updates fail."""

    def __init__(
        self,
        interval: Callable[[K], float] = lambda _item: INTERVAL_SECONDS,
        due_share: float = 1,
    ) -> None:
        """Start without an item; `interval` returns the most seconds between two updates of one.

        An item is due after a part of them, because a request has to wait for the budget.
        """
        self.overloaded = False
        """Whether not all items can be fetched in time."""
        self._due_share = due_share
        self._interval = interval
        self._updated: dict[K, float] = {}
        """When the latest update of each item began or ended, or when a new item was added.

        Minus infinity for a requested item."""
        self._succeeded: dict[K, float] = {}
        self._retry_at: dict[K, float] = {}
        self._failing_since: dict[K, float] = {}
        self._paused_until = 0.0
        self._stopped_since = inf
        """Since when an error that affects all items has prevented every update."""

    @property
    def is_paused(self) -> bool:
        """Return whether all items are paused."""
        return monotonic() < self._paused_until

    def keep(self, items: Collection[K]) -> None:
        """Make new items due immediately, and drop the items that no longer exist."""
        if self._updated.keys() == (kept := {*items}):
            return
        now = monotonic()
        self._retry_at |= dict.fromkeys(kept - self._updated.keys(), -inf)
        self._updated = {item: self._updated.get(item, now) for item in items}
        for times in (self._retry_at, self._failing_since, self._succeeded):
            for item in times.keys() - kept:
                del times[item]

    def due(self, due_by: float = inf) -> list[K]:
        """Return the items that are due now and were already due at `due_by`."""
        if self.is_paused:
            return []
        now = monotonic()
        latest, retry_at = min(now, due_by), self._retry_at
        interval, share = self._interval, self._due_share
        return [
            item
            for item, updated in self._updated.items()
            if (
                retry_at[item] if item in retry_at else updated + share * interval(item)
            )
            <= latest
        ]

    def take(self, due_by: float = inf) -> K | None:
        """Return the next item to fetch: the one whose interval ends first.

        If not all can be fetched in time, it is the one that is late by most of its intervals,
        so that no item waits forever.
        """
        return self._take(self.due(due_by))

    def take_requested(self) -> K | None:
        """Return an item that is requested, if there is one."""
        if self.is_paused:
            return None
        return self._take(
            [item for item, updated in self._updated.items() if updated == -inf]
        )

    def next_items(self, most: int) -> list[K]:
        """Return the items that would be fetched first if all were due."""
        return nsmallest(most, self._updated, key=self._order(monotonic()))

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
        if item in self._updated:
            self._succeeded[item] = monotonic()
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
        if not self._failing_since and self._stopped_since == inf:
            return []
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

    @property
    def ages(self) -> dict[K, float]:
        """Return the seconds since the latest success of each item; infinite for none."""
        now = monotonic()
        return {item: now - self._succeeded.get(item, -inf) for item in self._updated}

    def _take(self, items: Collection[K]) -> K | None:
        """Return the first of some items, and note that its update begins."""
        now = monotonic()
        item = min(items, key=self._order(now), default=None)
        if item is not None:
            self._updated[item] = now
            self._retry_at.pop(item, None)
        return item

    def _order(self, now: float) -> Callable[[K], tuple[float, float]]:
        """Return the key that sorts items, the next one to fetch first."""
        updated, interval, failing = self._updated, self._interval, self._failing_since
        overloaded, retry_at = self.overloaded, self._retry_at

        def order(item: K) -> tuple[float, float]:
            """Return when the interval ends, or the negative age in intervals."""
            seconds = interval(item)
            if item in failing:
                seconds *= _FAILING_FACTOR
            elif overloaded and retry_at.get(item) == -inf:
                seconds /= _NEW_FACTOR
            age = now - updated[item]
            return -age / seconds if overloaded else seconds - age, seconds

        return order

    def _was_not_requested(self, item: K) -> bool:
        """Return whether an item exists that was not requested again during its update."""
        return self._updated.get(item, -inf) > -inf
