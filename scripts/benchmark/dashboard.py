"""A real Home Assistant with one account, its dashboard, and a browser."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from playwright.async_api import (
    Browser,
    CDPSession,
    Page,
    ViewportSize,
    async_playwright,
)

from scripts.demo_home import accounts, home, server
from scripts.demo_home.browser import ARGUMENTS, find_chromium, log_in
from scripts.demo_home.client import HomeClient

from .product import DOMAIN
from .vendor import VENDOR, Vendor, start_vendor

_HOME: Final = "scripts.benchmark.fast_home"
_PATH: Final = "meeting-rooms"
_SIZE: Final[ViewportSize] = {"width": 1920, "height": 1080}
_TIMEOUT: Final = 120_000
_SETTLE_SECONDS: Final = 15.0
# Cards are in shadow roots of elements whose nesting is Home Assistant's own affair.
_REMEMBER_CARDS: Final = """(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (...options) {
        const root = attach.apply(this, options);
        if (this.localName.startsWith("meeting-rooms-")) window.ourCard = root;
        return root;
    };
})()"""
_IS_COMPLETE: Final = """rooms => {
    const drawn = window.ourCard?.querySelectorAll("[data-tone]").length;
    return drawn >= rooms && performance.now();
}"""

_USED: Final = {"status": "in_use", "in_use": "on", "availability": "in_use"}
_FREE: Final = {"status": "idle", "in_use": "off", "availability": "free"}

type Entities = dict[str, str]
"""The entities of a room by their translation key."""


class Dashboard:
    """The dashboard of an account."""

    def __init__(self, vendor: Vendor, client: HomeClient, browser: Browser) -> None:
        """Store the vendor, the owner of Home Assistant and the browser."""
        self.vendor = vendor
        self._client = client
        self._browser = browser

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Page]:
        """Open an empty page in a new profile, whose cache is empty."""
        await self._client.refresh()
        context = await self._browser.new_context(
            viewport=_SIZE, timezone_id=home.DEFAULT_TIME_ZONE
        )
        context.set_default_timeout(_TIMEOUT)
        await context.add_init_script(log_in(self._client, home.DEFAULT_LANGUAGE))
        await context.add_init_script(_REMEMBER_CARDS)
        try:
            yield await context.new_page()
        finally:
            await context.close()

    async def open(self, page: Page, view: str) -> float:
        """Open a view, and return the seconds until every room is drawn."""
        await page.goto(f"{self._client.url}/{_PATH}/{view}", wait_until="commit")
        drawn = await page.wait_for_function(
            _IS_COMPLETE, arg=len(self.vendor.rooms), polling="raf"
        )
        milliseconds: float = await drawn.json_value()
        return milliseconds / 1000

    async def rooms(self) -> list[Entities]:
        """Return the entities of each room."""
        async with self._client.websocket() as socket:
            listed = await socket.command("config/entity_registry/list_for_display")
        devices: dict[str, Entities] = {}
        for each in listed["entities"]:
            if each["pl"] == DOMAIN:
                devices.setdefault(each["di"], {})[each["tk"]] = each["ei"]
        return [each for each in devices.values() if "availability" in each]

    async def show(self, entity_id: str, state: str) -> None:
        """Change a state in Home Assistant, independent of the vendor."""
        path = f"/api/states/{entity_id}"
        attributes = (await self._client.get(path))["attributes"]
        await self._client.post(path, {"state": state, "attributes": attributes})


async def use_rooms(
    dashboard: Dashboard, rooms: Sequence[Entities]
) -> AsyncIterator[None]:
    """Occupy or leave one room after the other, with each step."""
    for states in cycle((_USED, _FREE)):
        for room in rooms:
            for key in states.keys() & room.keys():
                await dashboard.show(room[key], states[key])
            yield


@asynccontextmanager
async def start_dashboard(rooms: int) -> AsyncIterator[Dashboard]:
    """Start everything, and wait until the rooms are in Home Assistant."""
    with TemporaryDirectory() as name:
        folder, port = Path(name), home.free_port()
        home.prepare(folder, port, log_level="error")
        async with (
            start_vendor(rooms) as vendor,
            server.running(folder, port, module=_HOME) as running,
            HomeClient.connect(running.url, home.DEFAULT_LANGUAGE) as client,
            async_playwright() as playwright,
        ):
            await client.wait_until_started()
            form = {
                key: vendor.account[key] for key in vendor.account if key != "vendor"
            }
            await accounts.add(client, VENDOR, form)
            await _wait_for_everything(vendor)
            await _create(client)
            browser = await playwright.chromium.launch(
                executable_path=find_chromium(), args=ARGUMENTS
            )
            yield Dashboard(vendor, client, browser)
            await browser.close()


async def _wait_for_everything(vendor: Vendor) -> None:
    """Wait until the bookings and the details of all rooms were fetched, and all entities added."""
    sent: dict[str, int] = {}
    while any(sent.get(api, 0) < len(vendor.rooms) for api in ("meetings", "details")):
        await asyncio.sleep(1)
        sent = await vendor.sent()
    await asyncio.sleep(_SETTLE_SECONDS)


async def _create(client: HomeClient) -> None:
    """Create the dashboard, as a user does in the settings."""
    settings: dict[str, Any] = {"url_path": _PATH, "mode": "storage"}
    config = {"strategy": {"type": f"custom:{DOMAIN}"}}
    async with client.websocket() as socket:
        await socket.command(
            "lovelace/dashboards/create", **settings, title="Meeting rooms"
        )
        await socket.command("lovelace/config/save", url_path=_PATH, config=config)


class Meter:
    """Read the costs of a page from the browser."""

    def __init__(self, session: CDPSession) -> None:
        """Store the session of Chromium's developer tools."""
        self._session = session

    @classmethod
    async def of(cls, page: Page) -> Meter:
        """Attach to a page."""
        session = await page.context.new_cdp_session(page)
        # Processor time, which other processes do not affect.
        await session.send("Performance.enable", {"timeDomain": "threadTicks"})
        return cls(session)

    async def busy(self) -> float:
        """Return the seconds for which the main thread has been busy."""
        metrics = (await self._session.send("Performance.getMetrics"))["metrics"]
        (seconds,) = (
            each["value"] for each in metrics if each["name"] == "TaskDuration"
        )
        return float(seconds)

    async def heap(self) -> float:
        """Return the megabytes of JavaScript's objects after a garbage collection."""
        await self._session.send("HeapProfiler.collectGarbage")
        usage = await self._session.send("Runtime.getHeapUsage")
        return float(usage["usedSize"]) / 2**20

    async def scroll(self, pixels: int, pixels_a_second: int) -> None:
        """Scroll with the wheel in the middle of the page."""
        await self._session.send(
            "Input.synthesizeScrollGesture",
            {
                "x": _SIZE["width"] // 2,
                "y": _SIZE["height"] // 2,
                "yDistance": -pixels,
                "speed": pixels_a_second,
                "gestureSourceType": "mouse",
            },
        )
