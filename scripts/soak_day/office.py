"""Let the office hold its breath, so that all that is shown can be compared."""

from collections.abc import Iterator
from contextlib import contextmanager

from simulator import Simulator
from simulator.clock import Clock


@contextmanager
def held(sim: Simulator) -> Iterator[None]:
    """Let nothing change in the office but what is changed by hand."""
    _set_speed(sim.company.clock, 0)
    yield
    _set_speed(sim.company.clock, 1)


def _set_speed(clock: Clock, speed: float) -> None:
    """Let the office go on at another speed, from the moment that it is at."""
    elapsed = clock.elapsed
    clock.speed = speed
    clock.advance(elapsed - clock.elapsed)
