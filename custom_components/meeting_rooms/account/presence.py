"""Who was there when all were read, so that what is gone for good can be told."""

from collections.abc import Iterable
from typing import Final

SETTLED_AFTER: Final = 2
"""Complete readings after which what was in none of them is known to be gone."""


class Attendance:
    """Notice what is missing from two complete readings in a row."""

    def __init__(self) -> None:
        """Start with nothing missing."""
        self.readings = 0
        self._missing: frozenset[str] = frozenset()

    def gone(self, known: Iterable[str], found: Iterable[str]) -> frozenset[str]:
        """Return what of the known a complete reading is the second in a row to miss."""
        self.readings += 1
        asked_for = frozenset(known)
        missing = asked_for.difference(found)
        gone = missing & self._missing
        self._missing = (self._missing - asked_for) | (missing - gone)
        return gone
