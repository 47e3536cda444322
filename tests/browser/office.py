"""Run a real Home Assistant with the simulated company, beside the test's thread."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
import threading
from typing import Any, Final

from scripts.demo_home import accounts, home, server
from scripts.demo_home.client import JSON, HomeClient
from scripts.demo_home.office import SEED
from simulator import Simulator

ROOMS: Final = 12
VISITOR: Final = "visitor"
DAY_MINUTES: Final = 24 * 60
CALL_TIMEOUT: Final = 120
MORNING: Final = 10
"""The hour of the day in Home Assistant, whenever the tests run."""


def morning_zone() -> str:
    """Return a time zone in which it is morning now, so that no test meets midnight."""
    offset = MORNING - datetime.now(UTC).hour
    offset += 24 if offset < -MORNING else 0
    # The names of these zones count the other way round.
    return f"Etc/GMT{-offset:+d}" if offset else "Etc/UTC"


class Office:
    """A Home Assistant with the accounts of all vendors, its owner and an ordinary user."""

    def __init__(self, folder: Path) -> None:
        """Start the loop; `open` starts the servers."""
        self.simulator = Simulator(rooms=ROOMS, seed=SEED, speed=0)
        # A company whose accounts only the tests of the forms add.
        self.newcomer = Simulator(rooms=4, seed=SEED + 1, speed=0)
        self.zone = morning_zone()
        self.port = home.free_port()
        self.url = f"http://{home.LOOPBACK}:{self.port}"
        self.owner: HomeClient
        self.visitor: HomeClient
        self._folder = folder
        self._home: server.Home
        self._running = AsyncExitStack()
        self._stack = AsyncExitStack()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def do[T](self, what: Coroutine[Any, Any, T]) -> T:
        """Wait for a coroutine that runs in the loop of the servers."""
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(CALL_TIMEOUT)

    def open(self) -> None:
        """Start the vendors and Home Assistant, and create its users and accounts."""
        self.do(self._open())

    def close(self) -> None:
        """Stop everything."""
        try:
            self.do(self._close())
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def restart(self) -> None:
        """Stop Home Assistant and start it again."""
        self.do(self._restart())

    def command(self, kind: str, **arguments: Any) -> Any:
        """Send a websocket command as the owner."""
        return self.do(self._command(kind, arguments))

    def act(self, action: str, **values: Any) -> None:
        """Call an action as the owner."""
        self.do(self.owner.post(f"/api/services/{action}", values))

    def add(self, vendor: str, form: JSON) -> str:
        """Add an account as the form does, and return its title."""
        return self.do(accounts.add(self.owner, vendor, form))

    def entries(self) -> list[JSON]:
        """Return the config entries of the integration."""
        found: list[JSON] = self.command("config_entries/get", domain=accounts.DOMAIN)
        return found

    def remove(self, entry_id: str) -> None:
        """Remove an account."""
        self.do(self.owner.delete(f"/api/config/config_entries/entry/{entry_id}"))

    def reload(self, title: str) -> None:
        """Reload the account with a title."""
        (entry_id,) = (
            each["entry_id"] for each in self.entries() if each["title"] == title
        )
        path = f"/api/config/config_entries/entry/{entry_id}/reload"
        self.do(self.owner.post(path, {}))

    @property
    def log(self) -> str:
        """Return the output of Home Assistant since its last start."""
        return self._home.log

    async def _open(self) -> None:
        for company in (self.simulator, self.newcomer):
            await self._stack.enter_async_context(company)
        home.prepare(self._folder, self.port, time_zone=self.zone)
        await self._start()
        self.owner = await self._stack.enter_async_context(
            HomeClient.connect(self.url, home.DEFAULT_LANGUAGE)
        )
        await self._create_visitor()
        self.visitor = await self._stack.enter_async_context(
            HomeClient.connect(self.url, home.DEFAULT_LANGUAGE, VISITOR, VISITOR)
        )

    async def _start(self) -> None:
        self._home = await self._running.enter_async_context(
            server.running(self._folder, self.port)
        )

    async def _restart(self) -> None:
        await self._running.aclose()
        await self._start()
        await self.owner.wait_until_started()

    async def _close(self) -> None:
        await self._running.aclose()
        await self._stack.aclose()

    async def _create_visitor(self) -> None:
        async with self.owner.websocket() as socket:
            created = await socket.command(
                "config/auth/create", name="Visitor", group_ids=["system-users"]
            )
            await socket.command(
                "config/auth_provider/homeassistant/create",
                user_id=created["user"]["id"],
                username=VISITOR,
                password=VISITOR,
            )

    async def _command(self, kind: str, arguments: JSON) -> Any:
        async with self.owner.websocket() as socket:
            return await socket.command(kind, **arguments)
