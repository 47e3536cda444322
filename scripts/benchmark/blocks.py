"""Time how long the event loop keeps everybody else waiting."""

from dataclasses import dataclass
import gc
import selectors
from threading import get_ident
from time import perf_counter, thread_time
from typing import Literal, override


@dataclass(slots=True)
class Blocks:
    """The longest turns of a loop since the last reset, in seconds.

    A turn is all that runs between two looks at the sockets and timers. `cpu` is the processor
    time that a turn itself costs; `garbage` is Python's own collection of garbage, which may fall
    into any turn and takes as long as all of Home Assistant is large; `wall` is all of it with what
    other processes took.
    """

    cpu: float = 0.0
    garbage: float = 0.0
    wall: float = 0.0
    on: bool = True
    """Whether turns are timed, which takes some time itself."""

    def reset(self) -> None:
        """Forget what was."""
        self.cpu = self.garbage = self.wall = 0.0

    def add(self, cpu: float, garbage: float, wall: float) -> None:
        """Take a turn into account."""
        self.cpu = max(self.cpu, cpu - garbage)
        self.garbage = max(self.garbage, garbage)
        self.wall = max(self.wall, wall)

    def figures(self) -> dict[str, float]:
        """Return the longest turns under the names of the report."""
        return {
            "block": self.cpu,
            "block_garbage": self.garbage,
            "block_wall": self.wall,
        }


class StopwatchSelector(selectors.DefaultSelector):
    """A selector that notices how long the loop was away."""

    def __init__(self) -> None:
        """Start with nothing noticed."""
        super().__init__()
        self.blocks = Blocks()
        self._thread = get_ident()
        self._cpu = thread_time()
        self._wall = perf_counter()
        self._garbage = 0.0
        self._collection = 0.0
        gc.callbacks.append(self._collect)

    @override
    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait for sockets and timers, as the loop asks."""
        if not self.blocks.on:
            return super().select(timeout)
        self.blocks.add(
            thread_time() - self._cpu, self._garbage, perf_counter() - self._wall
        )
        ready = super().select(timeout)
        self._garbage = 0.0
        self._wall = perf_counter()
        self._cpu = thread_time()
        return ready

    @override
    def close(self) -> None:
        """Notice nothing more."""
        gc.callbacks.remove(self._collect)
        super().close()

    def _collect(self, phase: Literal["start", "stop"], info: dict[str, int]) -> None:
        """Notice a collection of garbage in the loop's own thread."""
        del info
        if get_ident() != self._thread:
            return
        if phase == "start":
            self._collection = thread_time()
        else:
            self._garbage += thread_time() - self._collection
