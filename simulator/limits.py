"""Count calls against a vendor's limits."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Limits:
    """Allow so many calls a minute and a day; `on = False` allows any number."""

    per_api: int = 100
    per_minute: int = 300
    per_day: int = 200_000
    on: bool = True
    _counts: Counter[tuple[str, int]] = field(default_factory=Counter)

    def exceeded(self, api: str, now: float) -> str | None:
        """Count a call and return which limit it breaks."""
        if not self.on:
            return None
        minute, day = int(now // 60), int(now // 86_400)
        self._forget(minute, day)
        limits = {
            "per_day": (("", day), self.per_day),
            "per_minute": (("", minute), self.per_minute),
            "per_api": ((api, minute), self.per_api),
        }
        self._counts.update(key for key, _ in limits.values())
        return next(
            (n for n, (key, most) in limits.items() if self._counts[key] > most), None
        )

    def reset(self) -> None:
        """Start counting anew."""
        self._counts.clear()

    def _forget(self, minute: int, day: int) -> None:
        """Drop the counts of the past."""
        for key in [key for key in self._counts if key[1] not in (minute, day)]:
            del self._counts[key]
