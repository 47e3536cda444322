"""Let a day pass as fast as the work in it can be done.

The clock all but stands still while anybody has something to do, and jumps to the next thing that is
due as soon as nobody has. Waits of the loop therefore end in the order and at the times they
would in life, time-outs included, only sooner. It is to be installed before anything is
imported that takes the time from the time module by name.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
import datetime as dt
import selectors
import time
from typing import Any, Final, override

_GRACE_SECONDS: Final = 0.001
"""What a packet on loopback may need to arrive, in real time."""
_PATIENCE_SECONDS: Final = 0.05
"""How long a thread is waited for at once, in real time."""
_TURN_SECONDS: Final = 0.000_001
"""What a turn of the loop takes: who looks again until a moment has passed must see it pass."""
_NANOSECONDS: Final = 10**9
_Usual = dt.datetime


class Clock:
    """Tell a time that moves only when it is told to."""

    def __init__(self, start: float) -> None:
        """Start at a moment, in seconds since 1970."""
        self.passed = 0.0
        self._start = start

    def unix(self) -> float:
        """Return the seconds since 1970."""
        return self._start + self.passed

    def monotonic(self) -> float:
        """Return the seconds since the start; never 0, which some take for never."""
        return 1000.0 + self.passed

    def install(self) -> None:
        """Make it the clock of everything that is imported from now on."""
        replaced: dict[str, Callable[[], float]] = {
            "time": self.unix,
            "time_ns": lambda: int(self.unix() * _NANOSECONDS),
            "monotonic": self.monotonic,
        }
        for name, function in replaced.items():
            setattr(time, name, function)
        setattr(dt, "datetime", _datetime_by(self))


def _datetime_by(clock: Clock) -> type[dt.datetime]:
    """Return a class that makes the usual moments, but takes the present from a clock."""

    class Meta(type):
        """Take the usual moments for its own."""

        @override
        def __instancecheck__(cls, instance: object) -> bool:
            """Return whether something is a moment."""
            return isinstance(instance, _Usual)

    class Datetime(_Usual, metaclass=Meta):
        """Make the usual moments."""

        def __new__(cls, *args: Any, **kwargs: Any) -> Any:
            """Return a usual moment."""
            return _Usual(*args, **kwargs)

        @classmethod
        @override
        def now(cls, tz: dt.tzinfo | None = None) -> Any:
            """Return the present by the clock."""
            return _Usual.fromtimestamp(clock.unix(), tz)

    return Datetime


class _Selector(selectors.EpollSelector):
    """Wait for nothing but sockets and threads: what is due later is due now."""

    def __init__(self, clock: Clock) -> None:
        """Move a clock instead of waiting."""
        super().__init__()
        self.threads = 0
        self._clock = clock

    @override
    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready; where nothing is, let the time pass at once."""
        self._clock.passed += _TURN_SECONDS
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self.threads or timeout is None:
            return super().select(_PATIENCE_SECONDS)
        ready = super().select(_GRACE_SECONDS)
        if not ready:
            self._clock.passed += timeout
        return ready


class HurriedLoop(asyncio.SelectorEventLoop):
    """An event loop in which no time is lost."""

    def __init__(self, clock: Clock) -> None:
        """Live by a clock."""
        self.clock = clock
        self._hurry = _Selector(clock)
        super().__init__(self._hurry)

    @override
    def time(self) -> float:
        """Return the loop's time."""
        return self.clock.monotonic()

    @override
    def run_in_executor[*Ts, T](
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Let time stand still until a thread is done."""
        future = super().run_in_executor(executor, func, *args)
        self._hurry.threads += 1
        future.add_done_callback(self._thread_done)
        return future

    def _thread_done(self, _future: asyncio.Future[Any]) -> None:
        """Let time pass again."""
        self._hurry.threads -= 1
