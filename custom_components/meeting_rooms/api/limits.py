"""The rate limits of an account, and the poll interval that they allow."""

from dataclasses import dataclass, replace
from typing import Final, Self

POLL_INTERVALS: Final = (15, 30, 60, 120)
"""The possible intervals between polls, in seconds."""
DENIED_SECONDS: Final = 3600.0
"""How long an API that is not permitted is not requested again."""
POLL_SHARE: Final = 0.5
"""The part of the limits that polls may use."""

_MINUTE_SECONDS: Final = 60
_DAY_MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLimits:
    """The part of a vendor's rate limits that one account uses."""

    per_minute: int
    burst: int
    """How many of a minute's requests may be sent without a wait between them."""
    per_day: int | None = None
    exponential_backoff: bool = False
    """Whether the pause doubles each time that the vendor limits the same API again."""

    @property
    def sustained_per_minute(self) -> int:
        """Return how many requests a minute can be sent permanently."""
        return self.per_minute - self.burst

    def share(self, percent: float) -> Self:
        """Return a part of these limits, at least a burst of one and one request a minute."""
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
    """The poll interval of an account, and how it was chosen."""

    requests_per_poll: int
    interval: int
    """Seconds between the starts of two polls."""
    allowed_per_minute: float
    """How many requests a minute the polls may send."""

    @property
    def requests_per_minute(self) -> float:
        """Return how many requests a minute the polls send."""
        return self.requests_per_poll * _MINUTE_SECONDS / self.interval


def plan_polling(limits: RequestLimits, requests_per_poll: int) -> PollPlan:
    """Return the shortest interval at which polls stay within their part of the limits."""
    allowed = limits.per_minute * POLL_SHARE
    if limits.per_day is not None:
        allowed = min(allowed, limits.per_day * POLL_SHARE / _DAY_MINUTES)
    for interval in POLL_INTERVALS:
        plan = PollPlan(
            requests_per_poll=requests_per_poll,
            interval=interval,
            allowed_per_minute=allowed,
        )
        if plan.requests_per_minute <= allowed:
            break
    return plan
