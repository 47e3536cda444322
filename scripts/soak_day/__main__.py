"""Read the command line, make time pass fast, and live through the day."""

import argparse
import sys

from .clock import Clock

_MIDNIGHT = 1_774_022_400.0
"""A Saturday in Beijing begins."""


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/soak",
        description="Let a simulated day of faults, reloads and a restart pass at high speed,"
        " and see whether Home Assistant shows what is true and nothing has grown.",
    )
    parser.add_argument(
        "--rooms",
        type=int,
        default=1000,
        help="rooms at Tencent Meeting (default 1000)",
    )
    parser.add_argument(
        "--hours", type=float, default=24, help="hours that pass (default 24)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="what happens when (default 1)"
    )
    return parser.parse_args()


def main() -> int:
    """Return the exit status of the day."""
    options = arguments()
    clock = Clock(_MIDNIGHT - options.hours * 1800)
    clock.install()
    # Not before: what is imported takes the functions that tell the time with it.
    from .run import run

    return run(options.rooms, options.hours, options.seed, clock)


sys.exit(main())
