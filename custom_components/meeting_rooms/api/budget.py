"""The requests that an account may send."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from enum import StrEnum
import logging
import time
from typing import Final

from aiolimiter import AsyncLimiter

from .errors import (
    DailyLimitReached,
    InvalidAuth,
    NotFound,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    Throttled,
)
from .limits import RequestLimits

_LOGGER: Final = logging.getLogger(__package__)
_MINUTE_SECONDS: Final = 60
_DAY_SECONDS: Final = 86_400
_BEIJING_OFFSET_SECONDS: Final = 8 * 3600
_MAX_BACKOFF_SECONDS: Final = 3600.0
_MAX_DOUBLINGS: Final = 12
_OTHER_SECONDS: Final = 10.0
_INTERACTIVE_RESERVE: Final = 5
"""The requests that background tiers always leave for a form or an action."""
_SHORT_PAUSE_SECONDS: Final = 60.0
"""The longest pause that is reported as Throttled."""


class Tier(StrEnum):
    """The purpose of a request."""

    STATUS = "status"
    INTERACTIVE = "interactive"
    REQUESTED = "requested"
    """What a push of the vendor says has changed; it may use the reserve of the next poll."""
    BOOKINGS = "bookings"
    HEALTH = "health"
    DETAILS = "details"
    OTHER = "other"


_GIVES_WAY: Final = {Tier.HEALTH, Tier.DETAILS, Tier.OTHER}
"""The tiers that wait while bookings are waiting."""
_BACKGROUND: Final = {Tier.BOOKINGS, *_GIVES_WAY}


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A request to one API of a vendor."""

    api: str
    tier: Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyCount:
    """The number of requests of one day in Beijing."""

    day: int
    """Days since 1970-01-01."""
    requests: int


@dataclass(frozen=True, slots=True)
class _Pause:
    """A pause of one API, or of all APIs."""

    until: float
    """A time of the monotonic clock."""
    kind: type[RateLimited]
    """The error that is raised during the pause."""
    api: str
    """The API that was limited; the limit is over once it responds again."""
    refusals: int
    """The number of consecutive earlier limits."""


def seconds_left_of_day(now: float) -> float:
    """Return the seconds from a Unix time until midnight in Beijing, when the day begins."""
    return _DAY_SECONDS - (now + _BEIJING_OFFSET_SECONDS) % _DAY_SECONDS


class RequestBudget:
    """The request budget of an account.

    It keeps the account below the vendor's limit in any minute, counts the requests of the vendor's
    day, reserves requests for the next poll, and pauses the APIs that the vendor has limited.
    """

    def __init__(self, limits: RequestLimits, name: str = "an account") -> None:
        """Use the account's limits, and its name in the log."""
        self.limits = limits
        self.name = name
        self.sent: Counter[Tier] = Counter()
        self.reserve = 0
        """The requests that background tiers leave for the next poll."""
        self._limiter = _limiter(limits)
        self._today = DailyCount(day=_day(), requests=0)
        self._recent: deque[float] = deque()
        self.other_interval = _OTHER_SECONDS
        """The seconds after which one request of the other tiers is sent beside bookings."""
        self._waiting_bookings = 0
        self._other_sent_at = 0.0
        self._pauses: dict[str | None, _Pause] = {}

    @property
    def today(self) -> DailyCount:
        """Return the requests of the current day.

        The day does not change when the clock is set back by some hours.
        """
        if not 0 <= self._today.day - _day() <= 1:
            self._today = DailyCount(day=_day(), requests=0)
        return self._today

    @property
    def used(self) -> float:
        """Return the used share of the limit per minute, from 0 to 1."""
        while self._recent and self._recent[0] <= time.monotonic() - _MINUTE_SECONDS:
            self._recent.popleft()
        return len(self._recent) / self.limits.per_minute

    @property
    def paused(self) -> dict[str | None, float]:
        """Return the seconds left of each pause by API; the key None means all APIs."""
        now = time.monotonic()
        return {
            api: pause.until - now
            for api, pause in self._pauses.items()
            if pause.until > now
        }

    def set_limits(self, limits: RequestLimits) -> None:
        """Change the limits; counts and pauses are kept."""
        if limits != self.limits:
            self.limits = limits
            self._limiter = _limiter(limits)

    def restore(self, earlier: DailyCount) -> None:
        """Add the count from before a restart if it is of the same day."""
        if earlier.day == self.today.day:
            self._count(earlier.requests)

    @contextmanager
    def prefer_bookings(self) -> Generator[None]:
        """Let the details and devices give way while there are bookings to fetch."""
        self._waiting_bookings += 1
        try:
            yield
        finally:
            self._waiting_bookings -= 1

    @asynccontextmanager
    async def slot(self, request: ApiRequest) -> AsyncGenerator[None]:
        """Wait until a request may be sent; its outcome starts or ends a pause.

        Raises RateLimited immediately while the API is paused or the daily limit is reached, and
        Throttled for a short pause. An interactive request is sent nevertheless.
        """
        self._check(request)
        await self._wait(request.tier)
        self._check(request)
        self._count(1)
        self.sent[request.tier] += 1
        self._recent.append(time.monotonic())
        try:
            yield
        except RateLimited as err:
            self._pause(request.api, err)
            raise
        except InvalidAuth, PermissionDenied, NotFound, RequestRejected:
            self._resume(request)
            raise
        self._resume(request)

    def _check(self, request: ApiRequest) -> None:
        """Raise RateLimited for an API that is paused, unless the request is interactive."""
        if request.tier is Tier.INTERACTIVE:
            return
        for api in (request.api, None):
            pause = self._pauses.get(api)
            if pause is not None and (left := pause.until - time.monotonic()) > 0:
                raise pause.kind(left, whole_account=api is None)
        per_day = self.limits.per_day
        if per_day is not None and self.today.requests >= per_day:
            raise DailyLimitReached(
                seconds_left_of_day(time.time()), whole_account=True
            )

    async def _wait(self, tier: Tier) -> None:
        """Wait until the limiter has capacity, for a background request beyond the reserve.

        At most half of a burst is reserved: a longer poll waits anyway.
        """
        if tier is Tier.BOOKINGS:
            with self.prefer_bookings():
                await self._wait_for_capacity(tier)
        else:
            await self._wait_for_capacity(tier)
        if tier in _GIVES_WAY:
            self._other_sent_at = time.monotonic()

    async def _wait_for_capacity(self, tier: Tier) -> None:
        """Wait until the limiter has capacity, and use it."""
        if tier in _BACKGROUND:
            pause = _MINUTE_SECONDS / self.limits.sustained_per_minute
            while not self._has_spare_capacity(tier):
                await asyncio.sleep(pause)
        await self._limiter.acquire()

    def _has_spare_capacity(self, tier: Tier) -> bool:
        """Return whether a background request may be sent before the next poll."""
        reserve = max(self.reserve, _INTERACTIVE_RESERVE)
        if not self._limiter.has_capacity(1 + min(reserve, self.limits.burst // 2)):
            return False
        gives_way = tier in _GIVES_WAY and self._waiting_bookings > 0
        waited = time.monotonic() - self._other_sent_at
        return not gives_way or waited >= self.other_interval

    def _pause(self, api: str, err: RateLimited) -> None:
        """Pause the API that the vendor has limited, or all APIs."""
        paused = None if err.whole_account else api
        before = self._pauses.get(paused)
        refusals = 0 if before is None else before.refusals + 1
        seconds = err.retry_after
        if self.limits.exponential_backoff:
            backoff = seconds * 2 ** min(refusals, _MAX_DOUBLINGS)
            seconds = max(seconds, min(backoff, _MAX_BACKOFF_SECONDS))
        kind = Throttled if seconds <= _SHORT_PAUSE_SECONDS else type(err)
        until = time.monotonic() + seconds
        self._pauses[paused] = _Pause(until, kind, api, refusals)
        if before is None:
            _LOGGER.warning(
                "%s: the vendor limits requests to %s; pausing for %.0f seconds",
                self.name,
                paused or "all APIs",
                seconds,
            )

    def _resume(self, request: ApiRequest) -> None:
        """End the pauses of an API that responds again after them."""
        interactive = request.tier is Tier.INTERACTIVE
        for paused in (request.api, None):
            pause = self._pauses.get(paused)
            if pause is None or pause.api != request.api:
                continue
            # Other requests may have been under way when the vendor limited one.
            if interactive or pause.until <= time.monotonic():
                del self._pauses[paused]
                _LOGGER.info(
                    "%s: %s responds again", self.name, paused or "the account"
                )

    def _count(self, requests: int) -> None:
        """Count requests of the current day."""
        today = self.today
        self._today = DailyCount(day=today.day, requests=today.requests + requests)


def _limiter(limits: RequestLimits) -> AsyncLimiter:
    """Return the limiter that spreads requests over a minute."""
    return AsyncLimiter(
        limits.burst, _MINUTE_SECONDS * limits.burst / limits.sustained_per_minute
    )


def _day() -> int:
    """Return the number of the current day in Beijing."""
    return int(time.time() + _BEIJING_OFFSET_SECONDS) // _DAY_SECONDS
