"""Values that are kept while they cannot be fetched."""

from collections import Counter
from collections.abc import Set as AbstractSet
from typing import Final

_FAILURES: Final = 3
"""Failures in a row after which a value is unknown."""


class LastValues[T]:
    """The last value of each id; it is kept for two failures in a row."""

    def __init__(self) -> None:
        """Start without values."""
        self.known: dict[str, T] = {}
        """The values by id, the one that was stored longest ago first."""
        self._failures = Counter[str]()

    def failed(self, key: str) -> bool:
        """Return whether the last attempt to fetch a value failed."""
        return key in self._failures

    def store(self, key: str, value: T | None) -> None:
        """Store what was fetched; None where there is no value."""
        self.known.pop(key, None)
        self._failures.pop(key, None)
        if value is not None:
            self.known[key] = value

    def fail(self, key: str) -> None:
        """Count a failure, and drop the value with the third in a row."""
        self._failures[key] += 1
        if self._failures[key] >= _FAILURES:
            self.known.pop(key, None)

    def retain(self, keys: AbstractSet[str]) -> None:
        """Drop all other ids."""
        for key in self.known.keys() - keys:
            del self.known[key]
        for key in self._failures.keys() - keys:
            del self._failures[key]
