"""A schedule that spreads its updates evenly over time."""

from collections.abc import Callable, Collection
from math import inf
from time import monotonic
from typing import Final, override

from .schedule import Schedule

_MAX_CREDIT: Final = 10.0
"""How many updates may be made up for at once."""


class SpreadSchedule[K](Schedule[K]):
    """Make items due early while fewer are due than on average.

    Items that were added at once would otherwise be due at once in each interval, and leave no
    requests for those that need some just then.
    """

    def __init__(self, interval: Callable[[K], float], due_share: float = 1) -> None:
        """Start without an item."""
        super().__init__(interval, due_share)
        self._rate = 0.0
        """Updates a second on average."""
        self._credit = 0.0
        self._counted_at = monotonic()

    @override
    def keep(self, items: Collection[K]) -> None:
        """Count the updates on average, too."""
        super().keep(items)
        interval = self._interval
        self._rate = sum(1 / interval(item) for item in items) / self._due_share

    @override
    def due(self, due_by: float = inf) -> list[K]:
        """Return the items that are due, or an early one."""
        found = super().due(due_by)
        now = monotonic()
        credit = self._credit + (now - self._counted_at) * self._rate
        self._credit, self._counted_at = min(credit, _MAX_CREDIT), now
        if found or due_by < inf or self._credit < 1 or self.is_paused:
            return found
        updated, interval = self._updated, self._interval
        waiting = [item for item in updated if item not in self._retry_at]
        early = max(
            waiting,
            key=lambda item: (now - updated[item]) / interval(item),
            default=None,
        )
        return [] if early is None else [early]

    @override
    def _take(self, items: Collection[K]) -> K | None:
        """Count the update, too."""
        item = super()._take(items)
        if item is not None:
            self._credit = max(self._credit - 1, 0.0)
        return item
