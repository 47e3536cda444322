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
"""From here on one set-up is enough: it takes long, and what disturbs it evens out."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one number of rooms, in seconds and bytes."""

    rooms: int
    ours: Figures
    rest: Figures
    bare: Figures


async def measure(bench: Bench, sizes: Sequence[int]) -> list[Measured]:
    """Measure everything: what is timed alone and in turn, what lives for minutes side by side."""
    alone = [await _alone(bench, rooms) for rooms in sizes]
    _say(f"letting all of them live for {bench.minutes:g} minutes")
    lives = await asyncio.gather(
        *(bench.run(f"live_{side}", n) for n in sizes for side in ("ours", "rest"))
    )
    for measured, ours, rest in zip(alone, lives[::2], lives[1::2], strict=True):
        measured.ours["life"] = ours
        measured.rest["life"] = rest
    return alone


async def _alone(bench: Bench, rooms: int) -> Measured:
    """Measure what nothing else may disturb."""
    _say(f"setting {rooms} rooms up")
    ours, bare = [], []
    for _ in range(_SET_UPS if rooms < _LARGE else 1):
        ours.append(await bench.run("set_up_ours", rooms))
        entities = ours[-1].pop("entities")
        first = [each for each in entities if each["kind"] != "controller"]
        bare.append(await bench.run("set_up_bare", rooms, entities=first))
    rest = await bench.run("set_up_rest", rooms)
    _say(f"weighing {rooms} rooms")
    full = await bench.run("set_up_bare", rooms, entities=entities)
    traced = await bench.run("set_up_ours", rooms, "--trace")
    traced_bare = await bench.run("set_up_bare", rooms, "--trace", entities=entities)
    _say(f"polling {rooms} rooms")
    return Measured(
        rooms,
        ours=_medians(ours)
        | {"allocated": traced["allocated"]}
        | {"poll": await bench.run("poll_ours", rooms)},
        rest=rest | {"poll": await bench.run("poll_rest", rooms)},
        bare=_medians(bare)
        | {"resident": full["resident"], "allocated": traced_bare["allocated"]},
    )


def _medians(runs: list[dict[str, Any]]) -> Figures:
    """Return the medians of the numbers that several runs found."""
    return {
        name: median(run[name] for run in runs)
        for name, value in runs[0].items()
        if isinstance(value, int | float)
    }


def _say(text: str) -> None:
    """Tell the person who waits what goes on."""
    print(f"… {text}", file=sys.stderr, flush=True)
