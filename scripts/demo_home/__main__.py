"""Run the demo, or its check."""

import argparse
import asyncio
import signal
import sys

from . import home
from .check import check
from .client import HomeError
from .demo import demo

PORT = 8123
SIMULATOR_PORT = 8124
SPEED = 5


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description="Run a real Home Assistant with three simulated accounts.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="do it without a person, in a fresh folder, and say whether all is right",
    )
    parser.add_argument(
        "--port",
        type=int,
        help=f"Home Assistant's port (default {PORT}; with --check a free one)",
    )
    parser.add_argument(
        "--simulator-port",
        type=int,
        help=f"the simulator's port (default {SIMULATOR_PORT}; with --check a free one)",
    )
    parser.add_argument(
        "--rooms", type=int, default=40, help="rooms at Tencent Meeting (default 40)"
    )
    parser.add_argument(
        "--speed",
        type=float,
        default=SPEED,
        help=f"how fast the office lives (default {SPEED}; with --check it stands still)",
    )
    return parser.parse_args()


async def run(options: argparse.Namespace) -> None:
    """Run until done, or until told to end."""
    if task := asyncio.current_task():
        for ending in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(ending, task.cancel)
    if options.check:
        _need_free(options.port, options.simulator_port)
        await check(options.port, options.simulator_port or 0, options.rooms)
        return
    port = options.port or PORT
    simulator_port = options.simulator_port or SIMULATOR_PORT
    _need_free(port, simulator_port)
    await demo(port, simulator_port, options.rooms, options.speed)


def _need_free(*ports: int | None) -> None:
    """Refuse a port that somebody else listens on."""
    for port in ports:
        if port is not None and not home.is_free(port):
            raise HomeError(
                f"port {port} is taken; choose others with --port and --simulator-port"
            )


def main() -> int:
    """Turn every end into an exit status."""
    options = arguments()
    try:
        asyncio.run(run(options))
    except KeyboardInterrupt, asyncio.CancelledError:
        print("ended")
        return 130 if options.check else 0
    except TimeoutError:
        print("error: this took too long", file=sys.stderr)
        return 1
    except HomeError as err:
        print(f"error: {err}", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
