"""Remember when the status of each room was last told."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from ..const import UNKNOWN_AFTER


class Freshness:
    """Notice which rooms the readings leave out, and how old the oldest status is."""

    def __init__(self) -> None:
        """Start with nothing told."""
        self._told_at: dict[str, datetime] = {}
        self._left_out: Counter[str] = Counter()

    @property
    def oldest(self) -> datetime | None:
        """Return when the status was told that is the oldest of all."""
        return min(self._told_at.values(), default=None)

    def note(
        self, told: Collection[str], asked: Iterable[str], now: datetime
    ) -> set[str]:
        """Take a reading, and return the rooms that it left out for the third time in a row."""
        self._told_at |= dict.fromkeys(told, now)
        for room_id in self._left_out.keys() & told:
            del self._left_out[room_id]
        status_missing = {room_id for room_id in asked if room_id not in told}
        self._left_out.update(status_missing)
        return {
            room_id
            for room_id in status_missing
            if self._left_out[room_id] == UNKNOWN_AFTER
        }

    def forget(self, room_ids: Iterable[str]) -> None:
        """Forget rooms that are gone."""
        for room_id in room_ids:
            self._told_at.pop(room_id, None)
            self._left_out.pop(room_id, None)
