"""How fresh the bookings of an account are, for its diagnostics."""

from collections.abc import Collection
from dataclasses import dataclass
from math import isfinite
from statistics import median
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """The age of the bookings of an account, and what is fetched next."""

    busy: int = 0
    """How many rooms are used, or have a boundary soon."""
    quiet: int = 0
    never_fetched: int = 0
    """How many of the rooms have no bookings yet."""
    oldest_seconds: float | None = None
    median_seconds: float | None = None
    next_rooms: tuple[str, ...] = ()
    """The ids of the next rooms, in the order in which they are fetched."""

    @classmethod
    def create(
        cls,
        ages: Collection[float],
        *,
        busy: int,
        quiet: int,
        next_rooms: tuple[str, ...] = (),
    ) -> Self:
        """Return the freshness by the age of each room's bookings, infinite for none."""
        known = [age for age in ages if isfinite(age)]
        return cls(
            busy=busy,
            quiet=quiet,
            never_fetched=len(ages) - len(known),
            oldest_seconds=max(known, default=None),
            median_seconds=median(known) if known else None,
            next_rooms=next_rooms,
        )
