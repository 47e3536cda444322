"""Serve the simulated vendor from the benchmark's own process, and run what is measured in another."""

import asyncio
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle, pairwise
from pathlib import Path
import pickle
from random import Random
from statistics import median
import sys
from tempfile import TemporaryDirectory
import time
from typing import Any, Final

from aiohttp import web

from scripts.demo_home.office import account_ids, forms
from simulator import RoomStatus, Simulator
from simulator.vendors.tencent_meeting.answers import details

from .product import VENDOR, pages_of

type Figures = dict[str, Any]
type Change = tuple[str, str, float]
"""A room, its new status, and the Unix time of the change."""

_SEED: Final = 1
_CHANGED_SHARE: Final = 0.05
_OPPOSITE: Final = {"idle": RoomStatus.IN_USE, "in_use": RoomStatus.IDLE}


class ProbeError(Exception):
    """A measuring process ended without figures."""


class Office:
    """A company whose rooms change only on request."""

    def __init__(self, sim: Simulator) -> None:
        """Take the simulator of the company."""
        self.changes: list[Change] = []
        self.url = ""
        self._sim = sim
        self._rooms = [*sim.truth()[VENDOR]]
        changing = [
            room_id
            for room_id, status in sim.truth()[VENDOR].items()
            if status in _OPPOSITE
        ]
        Random(_SEED).shuffle(changing)
        self._next = cycle(changing)

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        """Serve what the vendor has not: details without a signature, and changes on request."""
        app = web.Application()
        app.router.add_get("/rooms/{room_id}", self._details)
        app.router.add_post("/change", self._change_some)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield
        await runner.cleanup()

    async def _details(self, request: web.Request) -> web.Response:
        """Return the details of a room."""
        room = self._sim.estate.room(VENDOR, request.match_info["room_id"])
        return web.json_response(details(room))

    async def _change_some(self, _request: web.Request) -> web.Response:
        """Change one room in twenty, spread over all pages of the list."""
        for _ in range(max(round(len(self._rooms) * _CHANGED_SHARE), 1)):
            self._change()
        return web.json_response({})

    def _change(self) -> None:
        """Let the next room be occupied or left."""
        room_id = next(self._next)
        status = _OPPOSITE[self._sim.truth()[VENDOR][room_id]]
        self._sim.estate.change(VENDOR, room_id, status=int(status))
        self.changes.append((room_id, status.word, time.time()))

    @asynccontextmanager
    async def busy(self) -> AsyncIterator[None]:
        """Let one room in twenty change every 30 seconds."""

        async def change() -> None:
            """Change room after room."""
            while True:
                self._change()
                await asyncio.sleep(30 / (len(self._rooms) * _CHANGED_SHARE))

        task = asyncio.create_task(change())
        yield
        task.cancel()

    async def run(self, probe: str, **options: Any) -> Figures:
        """Run a probe in a process of its own, and return its figures."""
        options |= {
            "account": {"vendor": VENDOR, **forms(self._sim)[VENDOR]},
            "unique_id": account_ids(self._sim)[VENDOR],
            "office": self.url,
            "rooms": self._rooms,
        }
        self._sim.requests.clear()
        self._sim.accounts.tencent_meeting.limits.on = not options.get("unlimited")
        with TemporaryDirectory() as folder:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "scripts.benchmark.child", probe, folder),
                cwd=Path(__file__).parents[2],
                stdin=PIPE,
                stdout=PIPE,
            )
            output, _ = await process.communicate(pickle.dumps(options))
        if process.returncode:
            raise ProbeError(f"{probe} ended without figures")
        figures: Figures = pickle.loads(output)
        return figures

    def poll_interval(self) -> float:
        """Return the seconds between two polls in the last run."""
        times = [each.when for each in self._sim.requests if each.api == "list"]
        first_pages = times[:: len(pages_of(len(self._rooms)))]
        return median(later - earlier for earlier, later in pairwise(first_pages))


@asynccontextmanager
async def open_office(rooms: int) -> AsyncIterator[Office]:
    """Serve a company with so many rooms."""
    async with Simulator(rooms=rooms, seed=_SEED, speed=0) as sim:
        office = Office(sim)
        async with office.serve():
            yield office
