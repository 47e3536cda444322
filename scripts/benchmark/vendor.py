"""The simulated vendor in its own process: run as a module it serves, imported it is a client."""

import asyncio
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle
import json
from random import Random
import sys
import time
from typing import Any, Final

from aiohttp import ClientSession, web

from scripts.demo_home.office import account_ids, forms
from simulator import RoomStatus, Simulator
from simulator.vendors.room_rows import details

VENDOR: Final = "tencent_meeting"
_CHANGED_SHARE: Final = 0.05
_CHANGED_IN_SECONDS: Final = 30.0
_NEXT: Final = {"idle": RoomStatus.IN_USE, "in_use": RoomStatus.IDLE}


class Vendor:
    """The benchmark's client of the vendor process."""

    def __init__(self, session: ClientSession, served: dict[str, Any]) -> None:
        """Store the addresses that the vendor process printed."""
        self.account: dict[str, str] = served["account"]
        self.account_id: str = served["account_id"]
        self.office: str = served["office"]
        self.rooms: list[str] = served["rooms"]
        self._session = session

    async def change(self) -> None:
        """Change the status of one room in twenty."""
        await self._get(f"{self.office}/change")

    async def start_meeting(self) -> None:
        """Let a meeting begin in one idle room."""
        control = f"{self.account['base_url']}/_control"
        truth = (await self._get(f"{control}/truth"))[VENDOR]
        room_id = next(room_id for room_id, status in truth.items() if status == "idle")
        url = f"{control}/rooms/{VENDOR}/{room_id}"
        async with self._session.patch(url, json={"meeting": True}) as response:
            response.raise_for_status()

    async def observed(self) -> dict[str, Any]:
        """Return the changes of rooms, and the times of the requests for the list of rooms."""
        return await self._get(f"{self.office}/observed")

    async def sent(self) -> dict[str, int]:
        """Return the number of requests by API."""
        requests = await self._get(f"{self.account['base_url']}/_control/requests")
        by_api: dict[str, int] = requests["by_api"]
        return {api.rpartition("/")[2]: number for api, number in by_api.items()}

    async def _get(self, url: str) -> dict[str, Any]:
        """Return the JSON response of the vendor process."""
        async with self._session.get(url) as response:
            returned: dict[str, Any] = await response.json()
            return returned


@asynccontextmanager
async def start_vendor(rooms: int, *, busy: bool = False) -> AsyncIterator[Vendor]:
    """Serve a number of rooms; if busy, one in twenty changes every 30 seconds."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", __name__, str(rooms), *["busy"] * busy),
        stdout=PIPE,
        limit=2**20,
    )
    assert process.stdout is not None
    served = json.loads(await process.stdout.readline())
    async with ClientSession() as session:
        try:
            yield Vendor(session, served)
        finally:
            process.terminate()
            await process.wait()


class _Office:
    """Endpoints beyond the simulator's: changing rooms, and details without a signature."""

    def __init__(self, sim: Simulator) -> None:
        """Store the simulator."""
        self._sim = sim
        self._changes: list[tuple[str, str, float]] = []
        rooms = [room for room, word in sim.truth()[VENDOR].items() if word in _NEXT]
        Random(1).shuffle(rooms)
        self._next = cycle(rooms)
        self._share = max(round(len(sim.truth()[VENDOR]) * _CHANGED_SHARE), 1)

    async def serve(self, *, busy: bool) -> None:
        """Serve until the process is terminated."""
        app = web.Application()
        app.router.add_get("/rooms/{room_id}", self._details)
        app.router.add_get("/change", self._change_some)
        app.router.add_get("/observed", self._observed)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        served = {
            "account": {"vendor": VENDOR, **forms(self._sim)[VENDOR]},
            "account_id": account_ids(self._sim)[VENDOR],
            "office": f"http://127.0.0.1:{runner.addresses[0][1]}",
            "rooms": [*self._sim.truth()[VENDOR]],
        }
        print(json.dumps(served), flush=True)
        while True:
            await asyncio.sleep(_CHANGED_IN_SECONDS / self._share)
            for _ in range(busy):
                self._change()

    def _change(self) -> None:
        """Occupy or leave the next room."""
        room_id = next(self._next)
        status = _NEXT[self._sim.truth()[VENDOR][room_id]]
        self._sim.company.change(VENDOR, room_id, status=int(status))
        self._changes.append((room_id, status.name.lower(), time.time()))

    async def _change_some(self, _request: web.Request) -> web.Response:
        """Change one room in twenty."""
        for _ in range(self._share):
            self._change()
        return web.json_response({})

    async def _details(self, request: web.Request) -> web.Response:
        """Return the details of a room."""
        room = self._sim.company.room(VENDOR, request.match_info["room_id"])
        return web.json_response(details(room))

    async def _observed(self, _request: web.Request) -> web.Response:
        """Return the changes, and the times of the requests for the list."""
        lists = [each.when for each in self._sim.requests if each.api == "list"]
        return web.json_response({"changes": self._changes, "lists": lists})


async def _main(rooms: str, busy: str = "") -> None:
    """Run the simulated vendor without its rate limits."""
    async with Simulator(rooms=int(rooms), seed=1, speed=0) as sim:
        sim.accounts.tencent_meeting.limits.enabled = False
        await _Office(sim).serve(busy=bool(busy))


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
