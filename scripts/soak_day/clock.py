"""Advance the time as fast as the work permits.

Time is frozen while there is work, and moves to the next timer as soon as there is none. So all
waits and time-outs end in the order and at the times of real life.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
import selectors
from typing import Any, Final, cast, override

from freezegun import config, freeze_time
from freezegun.api import FrozenDateTimeFactory

_START: Final = "2026-03-21 04:00:00"
"""Saturday noon in Beijing."""
_NETWORK_SECONDS: Final = 0.001
"""How long a packet on loopback may take, in real time."""
_THREAD_SECONDS: Final = 0.05
"""How long to wait for a thread at a time, in real time."""
_ITERATION_SECONDS: Final = 0.000_001
"""The time that each iteration of the loop advances, for code that polls until a later time."""


@contextmanager
def frozen_time() -> Iterator[FrozenDateTimeFactory]:
    """Freeze the time for everything that is imported from now on."""
    config.configure(default_ignore_list=["freezegun"])
    with freeze_time(_START) as time:
        yield cast(FrozenDateTimeFactory, time)


class _Selector(selectors.EpollSelector):
    """Wait for sockets and threads only; instead of waiting for a timer, advance the time."""

    def __init__(self, time: FrozenDateTimeFactory) -> None:
        """Store the frozen time."""
        super().__init__()
        self.threads = 0
        self._time = time

    @override
    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        """Return the events that are ready; without any, advance to the next timer."""
        self._time.tick(_ITERATION_SECONDS)
        ready = super().select(0)
        if ready or timeout == 0:
            return ready
        if self.threads or timeout is None:
            return super().select(_THREAD_SECONDS)
        ready = super().select(_NETWORK_SECONDS)
        if not ready:
            self._time.tick(float(timeout))
        return ready


class FastLoop(asyncio.SelectorEventLoop):
    """An event loop that advances the frozen time."""

    def __init__(self, time: FrozenDateTimeFactory) -> None:
        """Store the frozen time."""
        self.frozen = time
        self._fast = _Selector(time)
        super().__init__(self._fast)

    @override
    def run_in_executor[*Ts, T](
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> asyncio.Future[T]:
        """Keep the time frozen until a thread is done."""
        future = super().run_in_executor(executor, func, *args)
        self._fast.threads += 1
        future.add_done_callback(self._thread_done)
        return future

    def _thread_done(self, _future: asyncio.Future[Any]) -> None:
        """Let the time advance again."""
        self._fast.threads -= 1
