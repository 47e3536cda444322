"""What a vendor allows an account, and how often that lets the states be read."""

from dataclasses import dataclass, replace
from typing import Final, Self

POLL_INTERVALS: Final = (15, 30, 60, 120)
"""The intervals of status readings, in seconds."""
POLL_SHARE: Final = 0.5
"""The part of the limits that the status readings may take."""

_MINUTE_SECONDS: Final = 60
_DAY_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLimits:
    """What we allow ourselves of what a vendor allows one account."""

    per_minute: int
    burst: int
    """How many calls of a minute may be made without a wait between them."""
    per_day: int | None = None
    exponential_backoff: bool = False
    """Whether each further refusal of the same API is to be waited out twice as long."""

    @property
    def sustained_per_minute(self) -> int:
        """Return how many calls a minute can be made for ever."""
        return self.per_minute - self.burst

    def share(self, percent: float) -> Self:
        """Return a part of these limits; a call can always be made, and others after it."""
        burst = max(1, int(self.burst * percent / 100))
        per_day = self.per_day
        return replace(
            self,
            burst=burst,
            per_minute=max(burst + 1, int(self.per_minute * percent / 100)),
            per_day=None if per_day is None else max(1, int(per_day * percent / 100)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PollPlan:
    """How often the states are read, and why."""

    requests_per_poll: int
    interval: int
    """Seconds from one reading to the next."""
    allowed_per_minute: float
    """How many calls a minute the readings may take."""

    @property
    def requests_per_minute(self) -> float:
        """Return how many calls a minute the readings take."""
        return self.requests_per_poll * _MINUTE_SECONDS / self.interval


def plan_polling(limits: RequestLimits, requests_per_poll: int) -> PollPlan:
    """Return the shortest interval of status readings that takes no more than its share."""
    allowed = limits.per_minute * POLL_SHARE
    if limits.per_day is not None:
        allowed = min(allowed, limits.per_day * POLL_SHARE / _DAY_MINUTES)
    plans = [
        PollPlan(
            requests_per_poll=requests_per_poll,
            interval=interval,
            allowed_per_minute=allowed,
        )
        for interval in POLL_INTERVALS
    ]
    return next(
        (plan for plan in plans if plan.requests_per_minute <= allowed), plans[-1]
    )
