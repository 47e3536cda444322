"""The vendor's side, in a process of its own: the simulator, and an unsigned copy of its details."""

import argparse
import asyncio
from itertools import cycle, islice
import json
from random import Random
import signal
import time
from typing import Any

from aiohttp import web

from simulator import RoomStatus, Simulator
from simulator.__main__ import credentials
from simulator.company.room import Room
from simulator.messages import JSON_TYPE, Response
from simulator.vendors.room_rows import details

SEED = 1
CHANGED_SHARE = 0.05
SLOWEST_CHANGE = 2.0
POLL_SECONDS = 30.0


class Office:
    """A company in which rooms change only when the benchmark wants it."""

    def __init__(self, simulator: Simulator) -> None:
        """Take the company; its rooms take turns in changing, all over the list's pages."""
        self._simulator = simulator
        self._rooms = list(simulator.company.tencent_meeting)
        turns = [
            room
            for room in self._rooms
            if room.status in {RoomStatus.IDLE, RoomStatus.IN_USE}
        ]
        Random(SEED).shuffle(turns)
        self._turns = cycle(turns)
        self._unsigned = 0
        self._changes: list[tuple[str, str, float]] = []
        self._life: asyncio.Task[None] | None = None

    def routes(self) -> list[web.RouteDef]:
        """Return what the benchmark may ask for."""
        return [
            web.get("/rooms/{room_id}", self._details),
            web.get("/requests", self._requests),
            web.post("/change", self._change),
            web.post("/limits", self._limits),
            web.post("/live", self._live),
            web.post("/freeze", self._freeze),
        ]

    async def _details(self, request: web.Request) -> web.Response:
        """Serve the details page of a room to whoever asks."""
        self._unsigned += 1
        room = self._simulator.company.room(
            "tencent_meeting", request.match_info["room_id"]
        )
        return web.Response(
            body=Response(details(room)).payload, headers={"Content-Type": JSON_TYPE}
        )

    async def _requests(self, request: web.Request) -> web.Response:
        """Count what was asked so far, signed or not."""
        del request
        return web.json_response(len(self._simulator.requests) + self._unsigned)

    async def _change(self, request: web.Request) -> web.Response:
        """Let one room in twenty change."""
        del request
        number = max(round(len(self._rooms) * CHANGED_SHARE), 1)
        for room in islice(self._turns, number):
            _change(room)
        return web.json_response(number)

    async def _limits(self, request: web.Request) -> web.Response:
        """Hold to the vendor's limits, or let everything through."""
        self._simulator.accounts.tencent_meeting.limits.enabled = await request.json()
        return web.Response(status=204)

    async def _live(self, request: web.Request) -> web.Response:
        """Let time pass, and one room in twenty change in the time of a poll."""
        del request
        pause = min(SLOWEST_CHANGE, POLL_SECONDS / (len(self._rooms) * CHANGED_SHARE))
        self._life = asyncio.create_task(self._go_on(pause))
        return web.Response(status=204)

    async def _freeze(self, request: web.Request) -> web.Response:
        """Stop the time, and tell what changed while it passed."""
        del request
        if self._life is not None:
            self._life.cancel()
        changes, self._changes = self._changes, []
        return web.json_response(changes)

    async def _go_on(self, pause: float) -> None:
        """Change one room after the other."""
        for room in self._turns:
            self._changes.append((room.room_id, _change(room), time.time()))
            self._simulator.company.advance(pause)
            await asyncio.sleep(pause)


def _change(room: Room) -> str:
    """Start or end the use of a room, and return its state in words."""
    busy = room.status is RoomStatus.IN_USE
    room.status = RoomStatus.IDLE if busy else RoomStatus.IN_USE
    return room.status.label


async def serve(rooms: int) -> None:
    """Serve until told to end."""
    ending = asyncio.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, ending.set)
    async with Simulator(rooms=rooms, seed=SEED, speed=0) as simulator:
        app = web.Application()
        app.add_routes(Office(simulator).routes())
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = runner.addresses[0][1]
        told: dict[str, Any] = {
            "rooms": [room.room_id for room in simulator.company.tencent_meeting],
            "office": f"http://127.0.0.1:{port}",
        }
        print(json.dumps(credentials(simulator) | told), flush=True)
        await ending.wait()
        await runner.cleanup()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, required=True)
    asyncio.run(serve(parser.parse_args().rooms))
