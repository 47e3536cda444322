"""Simulate a day at high speed, and check what Home Assistant shows, logs and keeps in memory."""

import argparse
import asyncio
from pathlib import Path
import sys
from tempfile import TemporaryDirectory

# Imported first, so that Python does not find the custom_components of the test kit instead.
import custom_components  # isort: skip # noqa: F401

from .clock import FastLoop, frozen_time


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument(
        "--rooms", type=int, default=300, help="rooms at Tencent Meeting (default 300)"
    )
    parser.add_argument(
        "--hours", type=float, default=24, help="hours to simulate (default 24)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="order of the faults (default 1)"
    )
    return parser.parse_args()


def main() -> int:
    """Simulate a day, and return 1 if a check failed."""
    options = arguments()
    with frozen_time() as time, TemporaryDirectory() as folder:
        # Imported here, so that every module uses the frozen time.
        from .day import CheckError, simulate

        loop = FastLoop(time)
        asyncio.set_event_loop(loop)
        print(f"{options.rooms} rooms, {options.hours:g} hours, seed {options.seed}")
        try:
            loop.run_until_complete(simulate(Path(folder), loop, options))
        except CheckError as err:
            print(f"FAILED (seed {options.seed}): {err}")
            return 1
    print("ok")
    return 0


sys.exit(main())
