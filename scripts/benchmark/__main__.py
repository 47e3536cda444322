"""Measure what the integration costs, and print each figure beside its target."""

import argparse
import asyncio
from dataclasses import dataclass
from statistics import median
import sys
from typing import Final

from .figures import Figure, status_age, table
from .office import Figures, Office, ProbeError, open_office

_MOST_SET_UPS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured."""

    rooms: int
    large: int
    minutes: float
    pairs: int


def arguments() -> Scale:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--rooms", type=int, default=300, help="rooms (default 300)")
    parser.add_argument(
        "--large",
        type=int,
        default=1000,
        help="rooms for the longest block and the status age (default 1000)",
    )
    parser.add_argument(
        "--minutes", type=float, default=3, help="minutes of polling (default 3)"
    )
    parser.add_argument(
        "--pairs", type=int, default=30, help="pairs of polls (default 30)"
    )
    return Scale(**vars(parser.parse_args()))


async def measure(scale: Scale) -> list[Figure]:
    """Return all figures: first what must run alone, then what takes minutes."""
    async with open_office(scale.rooms) as office, open_office(scale.large) as large:
        _say(f"comparing polls of {scale.rooms} rooms")
        polls = await office.run("polls", unlimited=True, pairs=scale.pairs)
        _say(f"setting {scale.rooms} rooms up")
        set_up = await _set_up(office, min(scale.pairs, _MOST_SET_UPS))
        _say(f"measuring the memory of {scale.rooms} rooms")
        memory = await _memory(office)
        _say(f"polling {scale.rooms} rooms")
        ours = await _live(office, scale, garbage=True)
        interval = round(office.poll_interval(), 1)
        _say(f"polling {scale.rooms} rooms with rest every {interval:g} s")
        rest = await _live(office, scale, garbage=True, rest_interval=interval)
        _say(f"polling {scale.large} rooms")
        life = await _live(large, scale, garbage=False)
    age = status_age(large.changes, life["shown"], life["started"], life["ended"])
    rooms, many = f"{scale.rooms} rooms", f"{scale.large} rooms"
    seconds = f"{rest['cpu']:.2f} s / {ours['cpu']:.2f} s"
    return [
        Figure(
            f"CPU a minute, `rest` / ours, {rooms}",
            10,
            rest["cpu"] / ours["cpu"],
            at_least=True,
            remark=seconds,
        ),
        Figure(f"quiet poll / fetch, decode and parse, {rooms}", 1.5, polls["quiet"]),
        Figure(
            f"poll with 5 % changed / the same and bare writes, {rooms}",
            2,
            polls["changed"],
        ),
        Figure(
            f"longest block of the event loop, {many}", 50, life["block"] * 1000, "ms"
        ),
        Figure(f"set-up / bare entities, {rooms}", 1.5, set_up),
        Figure(
            f"memory a room over bare entities, {rooms}",
            30,
            memory / scale.rooms / 1024,
            "KB",
        ),
        Figure(f"status age p95, {many}", 60, age, "s"),
    ]


async def _set_up(office: Office, pairs: int) -> float:
    """Return how many times the processor time of bare entities the set-up takes."""
    ratios: list[float] = []
    for _ in range(pairs):
        ours = await office.run("set_up", trace=False)
        bare = await office.run("set_up", trace=False, bare=ours["entities"])
        ratios.append(ours["seconds"] / bare["seconds"])
    return median(ratios)


async def _memory(office: Office) -> int:
    """Return the bytes that the account takes over bare entities."""
    ours = await office.run("set_up", trace=True, unlimited=True)
    bare = await office.run("set_up", trace=True, bare=ours["entities"])
    size: int = ours["bytes"] - bare["bytes"]
    return size


async def _live(office: Office, scale: Scale, **options: float) -> Figures:
    """Let an account, or `rest`, poll a busy office for some minutes."""
    async with office.busy():
        return await office.run("live", minutes=scale.minutes, **options)


def _say(text: str) -> None:
    """Print what is being measured."""
    print(f"… {text}", file=sys.stderr, flush=True)


def main() -> int:
    """Measure, and print the table."""
    try:
        print(table(asyncio.run(measure(arguments()))))
    except ProbeError as err:
        print(f"error: {err}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
