"""Run the demo or its check from the command line."""

import argparse
import asyncio
import signal
import sys

from . import home
from .check import check
from .client import HomeError
from .demo import demo
from .texts import LANGUAGES

PORT = 8123
SIMULATOR_PORT = 8124
SPEED = 5


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        prog="scripts/demo",
        description="Run a real Home Assistant with three simulated accounts.",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="run without a person in a temporary folder; exit status 0 or 1",
    )
    parser.add_argument(
        "--language",
        choices=LANGUAGES,
        help="language of Home Assistant (default: the one used last, or en)",
    )
    parser.add_argument(
        "--fresh",
        action="store_true",
        help="delete the folder .demo first, with its accounts and history",
    )
    parser.add_argument(
        "--port",
        type=int,
        help=f"port of Home Assistant (default {PORT}; with --check a free one)",
    )
    parser.add_argument(
        "--simulator-port",
        type=int,
        help=f"port of the simulator (default {SIMULATOR_PORT}; with --check a free one)",
    )
    parser.add_argument(
        "--rooms",
        type=int,
        default=40,
        help="number of Tencent Meeting rooms (default 40)",
    )
    parser.add_argument(
        "--speed",
        type=float,
        default=SPEED,
        help=f"speed of the simulated day (default {SPEED}; 0 with --check)",
    )
    return parser.parse_args()


async def run(options: argparse.Namespace) -> None:
    """Run until finished or stopped by a signal."""
    if task := asyncio.current_task():
        for ending in (signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(ending, task.cancel)
    if options.check:
        _require_free(options.port, options.simulator_port)
        await check(
            options.port,
            options.simulator_port or 0,
            rooms=options.rooms,
            language=options.language or LANGUAGES[0],
        )
        return
    port = options.port or PORT
    simulator_port = options.simulator_port or SIMULATOR_PORT
    _require_free(port, simulator_port)
    await demo(
        port,
        simulator_port,
        rooms=options.rooms,
        speed=options.speed,
        language=options.language,
        fresh=options.fresh,
    )


def _require_free(*ports: int | None) -> None:
    """Raise HomeError for a port that is in use."""
    for port in ports:
        if port is not None and not home.is_free(port):
            raise HomeError(
                f"port {port} is in use; choose others with --port and --simulator-port"
            )


def main() -> int:
    """Return the exit status for every way to end."""
    options = arguments()
    try:
        asyncio.run(run(options))
    except KeyboardInterrupt, asyncio.CancelledError:
        print("stopped")
        return 130 if options.check else 0
    except TimeoutError:
        print("error: timeout", file=sys.stderr)
        return 1
    except HomeError as err:
        print(f"error: {err}", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
