"""Measure, and print the tables."""

import argparse
import asyncio
from pathlib import Path
import sys

from .folder import COMPONENT
from .measure import measure
from .report import report
from .runs import Bench, ProbeFailed


def _arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--rooms", type=_sizes, default=_sizes("50,300,1000"))
    parser.add_argument(
        "--minutes", type=float, default=5, help="how long to let them live"
    )
    parser.add_argument(
        "--component",
        type=lambda text: Path(text).resolve(),
        default=COMPONENT,
        help="another copy of the integration, to compare it",
    )
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    """Return the numbers of rooms, from "50,300"."""
    return [int(part) for part in text.split(",")]


def main() -> int:
    """Measure everything there is to measure."""
    options = _arguments()
    bench = Bench(options.component, options.minutes)
    try:
        print(report(asyncio.run(measure(bench, options.rooms))))
    except ProbeFailed as err:
        print(f"error: {err}", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
