"""Measure the event loop in processor time, which other processes do not affect."""

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
import gc
import selectors
from time import thread_time
from typing import override


class Stopwatch(selectors.DefaultSelector):
    """A selector that records the longest iteration of its event loop."""

    longest_block = 0.0
    _returned_at = 0.0

    @override
    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait for sockets and timers, which ends an iteration."""
        self.longest_block = max(self.longest_block, thread_time() - self._returned_at)
        ready = super().select(timeout)
        self._returned_at = thread_time()
        return ready


async def loop_time(work: Awaitable[object]) -> float:
    """Return the processor seconds of the loop's thread until some work is done."""
    start = thread_time()
    await work
    return thread_time() - start


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Disable the garbage collector, whose duration depends on all objects of the process."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
