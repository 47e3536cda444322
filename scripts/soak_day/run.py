"""Run a day in a loop that loses no time, and tell how it was."""

import asyncio
from pathlib import Path
import random
from tempfile import TemporaryDirectory
import time
import traceback

from homeassistant import runner
from simulator import Simulator

from .clock import Clock, HurriedLoop
from .day import Day
from .summary import summary


def run(rooms: int, hours: float, seed: int, clock: Clock) -> int:
    """Live through a day, print what it was like, and return an exit status."""
    random.seed(seed)
    loop = HurriedLoop(clock)
    runner.configure_event_loop(loop)
    asyncio.set_event_loop(loop)
    print(f"{rooms} rooms, {hours:g} hours, seed {seed}", flush=True)
    with TemporaryDirectory(prefix="meeting-rooms-") as folder:
        return loop.run_until_complete(
            _live(Path(folder), rooms, hours, seed, clock=clock)
        )


async def _live(
    folder: Path, rooms: int, hours: float, seed: int, *, clock: Clock
) -> int:
    """Live through a day; tell where it failed if it did."""
    started = time.perf_counter()
    async with Simulator(rooms=rooms, seed=seed, speed=1) as sim:
        day = Day(sim, folder, clock, seed)
        try:
            await day.live(hours)
        except Exception:  # noqa: BLE001
            traceback.print_exc()
            print(f"FAILED in {day.step} (seed {seed})")
            print(*day.log.text.splitlines()[-10:], sep="\n")
            return 1
        finally:
            print(summary(day, time.perf_counter() - started))
    print("ok")
    return 0
