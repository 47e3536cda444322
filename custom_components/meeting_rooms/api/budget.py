"""How many calls an account may make, and whose turn it is.

Every call of an account passes its Budget. It keeps below the vendor's limit in any minute,
counts the calls of the vendor's day, lets what is urgent go first, and holds back what the
vendor has told us to stop.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import count
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
_LONGEST_PAUSE_SECONDS: Final = 3600.0
_MOMENT_SECONDS: Final = 60.0
"""A pause no longer than this is but a moment."""


class Tier(IntEnum):
    """What a call is for, the most urgent first."""

    STATUS = 0
    INTERACTIVE = 1
    HEALTH = 2
    DETAILS = 3
    REST = 4


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """One API of a vendor, and what it is called for."""

    api: str
    tier: Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyCount:
    """The calls of one day of the vendor's, to be kept over a restart."""

    day: int
    calls: int


@dataclass(frozen=True, slots=True)
class _Pause:
    """Until when an API is stopped on the monotonic clock, and what is raised meanwhile."""

    until: float
    kind: type[RateLimited]
    refusals: int
    refused: frozenset[str]
    """The APIs that were refused and have not been answered since."""


@dataclass(slots=True, order=True)
class _Waiter:
    """A call whose turn has not come."""

    tier: Tier
    arrival: int
    called: asyncio.Future[None] = field(compare=False)


def seconds_left_of_day(now: float) -> float:
    """Return the seconds until midnight in Beijing, where the vendors' days begin."""
    return _DAY_SECONDS - (now + _BEIJING_OFFSET_SECONDS) % _DAY_SECONDS


class RequestBudget:
    """The calls that one account may still make."""

    def __init__(self, limits: RequestLimits, name: str = "an account") -> None:
        """Take the vendor's limits, and what the account is called in the log."""
        self.limits = limits
        self.name = name
        self.sent: Counter[Tier] = Counter()
        self.reserve = 0
        """The requests that background tiers leave for the next poll."""
        self._limiter = _limiter(limits)
        self._today = DailyCount(day=_day(), calls=0)
        self._recent: deque[float] = deque()
        self._pauses: dict[str | None, _Pause] = {}
        self._waiting: list[_Waiter] = []
        self._arrivals = count()

    @property
    def today(self) -> DailyCount:
        """Return the calls of the present day."""
        if self._today.day != (today := _day()):
            self._today = DailyCount(day=today, calls=0)
        return self._today

    @property
    def used(self) -> float:
        """Return the share of a minute's calls that the last minute took, from 0 to 1."""
        while self._recent and self._recent[0] <= time.monotonic() - _MINUTE_SECONDS:
            self._recent.popleft()
        return len(self._recent) / self.limits.per_minute

    @property
    def paused(self) -> dict[str | None, float]:
        """Return how many seconds the vendor wants an API left alone; None stands for all."""
        now = time.monotonic()
        return {
            api: pause.until - now
            for api, pause in self._pauses.items()
            if pause.until > now
        }

    def has_capacity(self, calls: int) -> bool:
        """Return whether so many calls could be made now without a wait."""
        return not self._waiting and self._limiter.has_capacity(calls)

    def set_limits(self, limits: RequestLimits) -> None:
        """Keep to other limits from now on; what was counted and stopped stays so."""
        if limits != self.limits:
            self.limits = limits
            self._limiter = _limiter(limits)

    def restore(self, earlier: DailyCount) -> None:
        """Take up the count from before a restart, if that was the same day."""
        if earlier.day == self.today.day:
            self._add(earlier.calls)

    @asynccontextmanager
    async def slot(self, call: ApiRequest) -> AsyncGenerator[None]:
        """Wait for the turn of one call, and learn from how it ends.

        Raises RateLimited without a wait while the vendor wants this API left alone, and once
        the day's calls are used up: HeldBack where that is but a moment. A person who asks is
        not held back: the vendor itself says whether it still refuses.
        """
        self._check(call)
        await self._turn(call.tier)
        self._check(call)
        self._add(1)
        self.sent[call.tier] += 1
        self._recent.append(time.monotonic())
        try:
            yield
        except RateLimited as err:
            self._pause(call.api, err)
            raise
        except InvalidAuth, PermissionDenied, NotFound, RequestRejected:
            self._resume(call)
            raise
        self._resume(call)

    def _check(self, call: ApiRequest) -> None:
        """Refuse what is stopped, unless a person asks."""
        if call.tier is Tier.INTERACTIVE:
            return
        now = time.monotonic()
        for concerned in (call.api, None):
            pause = self._pauses.get(concerned)
            if pause is not None and (left := pause.until - now) > 0:
                raise pause.kind(left, whole_account=concerned is None)
        if self.limits.per_day is not None and self.today.calls >= self.limits.per_day:
            raise DailyLimitReached(
                seconds_left_of_day(time.time()), whole_account=True
            )

    async def _turn(self, tier: Tier) -> None:
        """Wait until there is room for a call and nobody more urgent waits for it."""
        if tier > Tier.INTERACTIVE:
            while not self.has_capacity(self.reserve + 1):
                await asyncio.sleep(_MINUTE_SECONDS / self.limits.sustained_per_minute)
        if self.has_capacity(1):
            await self._limiter.acquire()
            return
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if not self._waiting:
            called.set_result(None)
        waiter = _Waiter(tier, next(self._arrivals), called)
        self._waiting.append(waiter)
        try:
            await called
            await self._limiter.acquire()
        finally:
            self._waiting.remove(waiter)
            # Only one is called at a time: whoever was calls the next one on leaving.
            if not called.cancelled():
                self._call_next()

    def _call_next(self) -> None:
        """Call the most urgent of those who wait."""
        waiting = [waiter for waiter in self._waiting if not waiter.called.done()]
        if waiting:
            min(waiting).called.set_result(None)

    def _pause(self, api: str, err: RateLimited) -> None:
        """Stop what the vendor wants to be stopped, for as long as it wants."""
        concerned = None if err.whole_account else api
        seconds = err.retry_after
        before = self._pauses.get(concerned)
        refusals = 0 if before is None else before.refusals + 1
        if self.limits.exponential_backoff:
            longest = max(seconds, _LONGEST_PAUSE_SECONDS)
            seconds = min(seconds * 2**refusals, longest)
        kind = Throttled if seconds <= _MOMENT_SECONDS else type(err)
        refused = frozenset({api}) if before is None else before.refused | {api}
        until = time.monotonic() + seconds
        self._pauses[concerned] = _Pause(until, kind, refusals, refused)
        if before is None:
            _LOGGER.warning(
                "%s: the vendor limits calls of %s; asking again in %.0f seconds",
                self.name,
                concerned or "the account",
                seconds,
            )

    def _resume(self, call: ApiRequest) -> None:
        """Forget a stop once each API that was refused answers now that it is asked again."""
        asked = call.tier is Tier.INTERACTIVE
        for concerned in (call.api, None):
            pause = self._pauses.get(concerned)
            # Other calls may have been on their way when the vendor refused one.
            if pause is None or not (asked or pause.until <= time.monotonic()):
                continue
            refused = pause.refused - {call.api}
            if refused and not asked:
                self._pauses[concerned] = replace(pause, refused=refused)
            else:
                del self._pauses[concerned]
                _LOGGER.info(
                    "%s: calls of %s are answered again",
                    self.name,
                    concerned or "the account",
                )

    def _add(self, calls: int) -> None:
        """Count calls of the present day."""
        today = self.today
        self._today = DailyCount(day=today.day, calls=today.calls + calls)


def _limiter(limits: RequestLimits) -> AsyncLimiter:
    """Return what spreads calls over a minute."""
    return AsyncLimiter(
        limits.burst,
        _MINUTE_SECONDS * limits.burst / limits.sustained_per_minute,
    )


def _day() -> int:
    """Return the number of the present day in Beijing."""
    return int(time.time() + _BEIJING_OFFSET_SECONDS) // _DAY_SECONDS
