"""Measure the integration, and print each figure beside its target."""

import argparse
import asyncio
from collections.abc import Iterable
import logging
import sys
from typing import Final

# Imported first, so that Python does not find the custom_components of the test kit instead.
import custom_components.meeting_rooms  # isort: skip # noqa: F401

from homeassistant import runner

from .figures import Figure
from .live import live
from .page import measure_hour, measure_page
from .polls import compare_polls
from .set_up import compare_memory, compare_set_up
from .stopwatch import Stopwatch, without_garbage_collection

_SET_UPS: Final = 3


async def measure(options: argparse.Namespace, stopwatch: Stopwatch) -> list[Figure]:
    """Measure all figures."""
    rooms, large, minutes = options.rooms, options.large, options.minutes
    _say(f"comparing polls of {rooms} rooms")
    quiet, changed = await compare_polls(rooms, options.pairs)
    _say(f"setting {rooms} rooms up")
    set_up = await compare_set_up(rooms, _SET_UPS)
    _say(f"measuring the memory of {rooms} rooms")
    memory = await compare_memory(rooms)
    _say(f"polling {rooms} rooms")
    ours = await live(rooms, minutes, stopwatch)
    interval = max(round(ours.interval, 1), 1.0)
    _say(f"polling {rooms} rooms with rest every {interval:g} s")
    rest = await live(rooms, minutes, stopwatch, interval)
    _say(f"polling {large} rooms")
    with without_garbage_collection():
        many = await live(large, minutes, stopwatch)
    return [
        Figure(
            f"CPU a minute, `rest` / ours ({rest.cpu:.2f} s / {ours.cpu:.2f} s), {rooms} rooms",
            10,
            rest.cpu / ours.cpu,
            at_least=True,
        ),
        Figure(f"quiet poll / fetch, decode and parse, {rooms} rooms", 1.5, quiet),
        Figure(
            f"poll with 5 % changed / the same and bare writes, {rooms} rooms",
            2,
            changed,
        ),
        Figure(
            f"longest block of the event loop, {large} rooms",
            50,
            many.block * 1000,
            "ms",
        ),
        Figure(f"set-up / bare entities, {rooms} rooms", 1.5, set_up),
        Figure(
            f"memory a room over bare entities, {rooms} rooms", 30, memory / 1024, "KB"
        ),
        Figure(f"status age p95, {large} rooms", 60, many.age, "s"),
    ]


async def measure_pages(options: argparse.Namespace) -> list[Figure]:
    """Measure the dashboard in a browser."""
    figures = []
    for rooms in dict.fromkeys((options.rooms, options.large)):
        _say(f"showing {rooms} rooms in a browser")
        figures += await measure_page(rooms)
    return figures


async def measure_wall(options: argparse.Namespace) -> list[Figure]:
    """Measure a dashboard that stays open."""
    _say(f"showing {options.rooms} rooms for an hour at high speed")
    return await measure_hour(options.rooms)


def _say(text: str) -> None:
    """Print the name of the current measurement."""
    print(f"… {text}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description=__doc__,
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--rooms", type=int, default=300, help="number of rooms")
    add("--large", type=int, default=1000, help="rooms for the loop and status age")
    add("--minutes", type=float, default=3, help="minutes of polling")
    add("--pairs", type=int, default=30, help="pairs of polls to compare")
    add(
        "--page", action="store_true", help="measure the dashboard in a browser instead"
    )
    add("--hour", action="store_true", help="with --page: a page that stays open")
    return parser.parse_args()


def main() -> None:
    """Measure, and print the table."""
    options = _arguments()
    logging.basicConfig(level=logging.ERROR)
    if options.page:
        pages = measure_wall if options.hour else measure_pages
        _print(asyncio.run(pages(options)))
        return
    stopwatch = Stopwatch()
    loop = asyncio.SelectorEventLoop(stopwatch)
    runner.configure_event_loop(loop)
    asyncio.set_event_loop(loop)
    _print(loop.run_until_complete(measure(options, stopwatch)))


def _print(figures: Iterable[Figure]) -> None:
    """Print the table."""
    print("| figure | target | measured | ok |\n| --- | --- | ---: | --- |")
    print(*(figure.row for figure in figures), sep="\n")


if __name__ == "__main__":
    main()
