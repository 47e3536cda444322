"""Run the simulator from the command line."""

import argparse
import asyncio
import json
import signal
from typing import Any

from .server import LOOPBACK, Simulator, loopback_only


def arguments() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        prog="simulator",
        description="Simulate the APIs of Tencent Meeting, WeCom and Quanshi.",
    )
    parser.add_argument(
        "--rooms", type=int, default=40, help="number of Tencent Meeting rooms"
    )
    parser.add_argument("--seed", type=int, default=1, help="seed of the random data")
    parser.add_argument("--port", type=int, default=0, help="0 uses a free port")
    parser.add_argument(
        "--host", type=loopback_only, default=LOOPBACK, help="a loopback address"
    )
    parser.add_argument(
        "--speed",
        type=float,
        default=1,
        help="speed of the simulated time; 0 stops it",
    )
    return parser.parse_args()


def credentials(simulator: Simulator) -> dict[str, Any]:
    """Return what the account forms of the integration need."""
    tencent, wecom, quanshi = (
        simulator.accounts.tencent_meeting,
        simulator.accounts.wecom,
        simulator.accounts.quanshi,
    )
    return {
        "url": simulator.url,
        "tencent_meeting": {
            "app_id": tencent.app_id,
            "secret_id": tencent.secret_id,
            "secret_key": tencent.secret_key,
            "sdk_id": tencent.sdk_id,
            "operator_id": tencent.operator_id,
        },
        "wecom": {"corp_id": wecom.corp_id, "corp_secret": wecom.corp_secret},
        "quanshi": {"token": quanshi.token, "user_id": quanshi.user_id},
    }


async def serve(options: argparse.Namespace) -> None:
    """Print the credentials and serve until SIGTERM or SIGINT."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopping.set)
    async with Simulator(**vars(options)) as simulator:
        print(json.dumps(credentials(simulator)), flush=True)
        await stopping.wait()


if __name__ == "__main__":
    asyncio.run(serve(arguments()))
