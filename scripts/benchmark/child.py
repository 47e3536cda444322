"""Run one probe in this process, and write its figures, pickled, to its output."""

import asyncio
from collections.abc import Callable, Coroutine
import logging
from pathlib import Path
import pickle
import sys
from typing import Any, Final

# The first import: else the custom_components of the test kit would be in the way.
import custom_components.meeting_rooms  # isort: skip # noqa: F401

from homeassistant import runner
from homeassistant.components.rest import (  # noqa: F401 # No probe measures imports.
    binary_sensor as rest_binary_sensor,
    sensor as rest_sensor,
)
from scripts.core import start_core

from .live import live
from .polls import compare_polls
from .set_up import set_up
from .stopwatch import Stopwatch
from .target import Target

PROBES: Final[dict[str, Callable[[Target], Coroutine[Any, Any, dict[str, Any]]]]] = {
    "live": live,
    "polls": compare_polls,
    "set_up": set_up,
}


async def _measure(probe: str, folder: Path, stopwatch: Stopwatch) -> dict[str, Any]:
    """Start Home Assistant, run the probe and stop it."""
    hass = await start_core(folder)
    try:
        return await PROBES[probe](
            Target(hass, stopwatch, pickle.load(sys.stdin.buffer))
        )
    finally:
        await hass.async_stop(force=True)


def main(probe: str, folder: str) -> None:
    """Run a probe in a configuration folder."""
    logging.basicConfig(level=logging.WARNING)
    # Its warning says that this is a custom integration.
    logging.getLogger("homeassistant.loader").setLevel(logging.ERROR)
    stopwatch = Stopwatch()
    loop = asyncio.SelectorEventLoop(stopwatch)
    runner.configure_event_loop(loop)
    asyncio.set_event_loop(loop)
    figures = loop.run_until_complete(_measure(probe, Path(folder), stopwatch))
    sys.stdout.buffer.write(pickle.dumps(figures))


main(*sys.argv[1:])
