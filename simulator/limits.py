"""Enforce the request limits of a vendor."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Limits:
    """Limit the requests and the new meetings, unless `enabled` is false."""

    per_api: int = 100
    per_minute: int = 300
    per_day: int = 200_000
    meetings_per_minute: int = 9
    meetings_per_day: int = 100
    enabled: bool = True
    _counts: Counter[tuple[str, int]] = field(default_factory=Counter)

    def exceeded(self, api: str, now: float) -> str | None:
        """Count a request and return the name of the limit that it exceeds."""
        if not self.enabled:
            return None
        minute, day = int(now // 60), int(now // 86_400)
        self._drop_old_counts(minute, day)
        limits = {
            "per_day": (("", day), self.per_day),
            "per_minute": (("", minute), self.per_minute),
            "per_api": ((api, minute), self.per_api),
        }
        self._counts.update(key for key, _ in limits.values())
        return next(
            (
                name
                for name, (key, limit) in limits.items()
                if self._counts[key] > limit
            ),
            None,
        )

    def reset(self) -> None:
        """Reset the counts."""
        self._counts.clear()

    def _drop_old_counts(self, minute: int, day: int) -> None:
        """Drop the counts of earlier minutes and days."""
        for key in [key for key in self._counts if key[1] not in (minute, day)]:
            del self._counts[key]
