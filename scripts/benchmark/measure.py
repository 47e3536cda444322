"""What is measured for one number of rooms, and for all of them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
import sys
from typing import Any, Final

from .runs import Bench, Figures

_SET_UPS: Final = 3
"""Set-ups are measured as often as this, ours and bare in turns; the medians count."""
_LARGE: Final = 500
"""From here on one set-up is enough, and memory is weighed from outside only."""
_MOST_FOR_REST: Final = 1000
"""Beyond this `rest` would take the machine from everybody else."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one number of rooms, in seconds and bytes; what is missing was not measured."""

    rooms: int
    ours: Figures
    rest: Figures
    bare: Figures


async def measure(bench: Bench, sizes: Sequence[int]) -> list[Measured]:
    """Measure everything: what is timed alone and in turn, what lives for minutes side by side."""
    measured = [await _alone(bench, rooms) for rooms in sizes]
    _say(f"letting all of them live for {bench.minutes:g} minutes")
    lives = [
        (figures, bench.run(f"live_{side}", each.rooms))
        for each in measured
        for side, figures in (("ours", each.ours), ("rest", each.rest))
        if figures
    ]
    found = await asyncio.gather(*(life for _, life in lives))
    for (figures, _), life in zip(lives, found, strict=True):
        figures["life"] = life
    return measured


async def _alone(bench: Bench, rooms: int) -> Measured:
    """Measure what nothing else may disturb."""
    _say(f"setting {rooms} rooms up")
    ours, bare = [], []
    for _ in range(_SET_UPS if rooms < _LARGE else 1):
        ours.append(await bench.run("set_up_ours", rooms))
        entities = ours[-1].pop("entities")
        first = [each for each in entities if each["kind"] != "controller"]
        bare.append(await bench.run("set_up_bare", rooms, entities=first))
    full = await bench.run("set_up_bare", rooms, entities=entities)
    floor = _medians(bare) | {"resident": full["resident"]}
    own = _medians(ours)
    if rooms < _LARGE:
        _say(f"weighing {rooms} rooms")
        traced = await bench.run("set_up_bare", rooms, "--trace", entities=entities)
        floor["allocated"] = traced["allocated"]
        own["allocated"] = (await bench.run("set_up_ours", rooms, "--trace"))[
            "allocated"
        ]
    _say(f"polling {rooms} rooms")
    own["poll"] = await bench.run("poll_ours", rooms)
    rest: Figures = {}
    if rooms <= _MOST_FOR_REST:
        rest = await bench.run("set_up_rest", rooms)
        rest["poll"] = await bench.run("poll_rest", rooms)
    return Measured(rooms, own, rest, floor)


def _medians(runs: list[dict[str, Any]]) -> Figures:
    """Return the medians of the numbers that several runs found."""
    return {
        name: median(run[name] for run in runs)
        for name, value in runs[0].items()
        if isinstance(value, int | float) and name != "allocated"
    }


def _say(text: str) -> None:
    """Tell the person who waits what goes on."""
    print(f"… {text}", file=sys.stderr, flush=True)
