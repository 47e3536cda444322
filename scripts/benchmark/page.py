"""Measure the dashboard in a browser."""

import asyncio
from collections.abc import AsyncIterator
import json
from statistics import median
from typing import Any, Final

from playwright.async_api import Page, WebSocket

from .dashboard import Dashboard, Meter, start_dashboard, use_rooms
from .figures import Figure

_VISITS: Final = 3
_CHANGES: Final = 20
_WINDOW: Final = 1.0
"""The seconds in which a page has drawn a change."""
_IDLE_SECONDS: Final = 3.0
_SCROLLS: Final = (2000, -2000, 2000)
_PIXELS_A_SECOND: Final = 1000
_POLLS: Final = 60.0
"""The seconds after which a change at the vendor was sent to the page."""
_MINUTES: Final = 60
_WARM_UP: Final = 5
_CHANGED_SHARE: Final = 0.05
"""The share of the rooms that change in a minute: each three times an hour."""
_COUNT_FRAMES: Final = """() => {
    const frames = { count: 0, since: performance.now() };
    window.ourFrames = frames;
    const next = () => {
        frames.count += 1;
        if (window.ourFrames === frames) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
}"""
_RATE: Final = (
    """() => 1000 * ourFrames.count / (performance.now() - ourFrames.since)"""
)


async def measure_page(rooms: int) -> list[Figure]:
    """Measure the board and the timeline."""
    async with start_dashboard(rooms) as dashboard:
        views = []
        for _ in range(_VISITS):
            async with dashboard.page() as page:
                views.append(await dashboard.open(page, "board"))
        async with dashboard.page() as page:
            await dashboard.open(page, "board")
            meter = await Meter.of(page)
            await asyncio.sleep(_IDLE_SECONDS)
            heap = await meter.heap()
            change = await _measure_change(dashboard, meter)
        async with dashboard.page() as page:
            events = _timeline_events(page)
            await dashboard.open(page, "timeline")
            await asyncio.sleep(_IDLE_SECONDS)
            frames = await _measure_scrolling(page)
            size = await _measure_message(dashboard, events)
    return [
        Figure(f"first view of the board, {rooms} rooms", 4, median(views), "s"),
        Figure(f"change of a room on the board, {rooms} rooms", 50, change, "ms"),
        Figure(f"heap of the board, {rooms} rooms", 50, heap, "MB"),
        Figure(
            f"scrolling the timeline, {rooms} rooms",
            50,
            frames,
            "frames/s",
            at_least=True,
        ),
        Figure(f"message for a changed room, {rooms} rooms", 2000, size, "bytes"),
    ]


async def measure_hour(rooms: int) -> list[Figure]:
    """Measure the memory of a board in an hour of an office, whose minutes take a second or less."""
    async with start_dashboard(rooms) as dashboard, dashboard.page() as page:
        await page.clock.install()
        await dashboard.open(page, "board")
        meter = await Meter.of(page)
        changes = use_rooms(dashboard, await dashboard.rooms())
        await _pass_minutes(page, changes, _WARM_UP, rooms)
        heaps = [await meter.heap()]
        for _ in range(2):
            await _pass_minutes(page, changes, _MINUTES // 2, rooms)
            heaps.append(await meter.heap())
    start, middle, end = heaps
    name = (
        f"heap of the board after an hour / at its start ({start:.1f} MB,"
        f" {middle:.1f} MB halfway, {end:.1f} MB), {rooms} rooms"
    )
    return [Figure(name, 1.1, end / start)]


async def _measure_change(dashboard: Dashboard, meter: Meter) -> float:
    """Return the milliseconds for which a change of one room keeps the main thread busy."""
    changes = use_rooms(dashboard, await dashboard.rooms())
    idle, busy = [], []
    for _ in range(_CHANGES):
        start = await meter.busy()
        await asyncio.sleep(_WINDOW)
        changed = await meter.busy()
        idle.append(changed - start)
        await anext(changes)
        await asyncio.sleep(_WINDOW)
        busy.append(await meter.busy() - changed)
    return (median(busy) - median(idle)) * 1000


async def _measure_scrolling(page: Page) -> float:
    """Return the frames a second while the timeline is scrolled with the wheel."""
    meter = await Meter.of(page)
    rates: list[float] = []
    for pixels in _SCROLLS:
        await page.evaluate(_COUNT_FRAMES)
        await meter.scroll(pixels, _PIXELS_A_SECOND)
        rates.append(await page.evaluate(_RATE))
    return median(rates)


async def _measure_message(dashboard: Dashboard, events: list[dict[str, Any]]) -> float:
    """Return the bytes that the timeline gets for one changed room."""
    events.clear()
    await dashboard.vendor.start_meeting()
    async with asyncio.timeout(_POLLS):
        while not events:
            await asyncio.sleep(_WINDOW)
    (event, *_) = events
    message = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
    return len(message.encode()) / len(event["event"]["rooms"])


def _timeline_events(page: Page) -> list[dict[str, Any]]:
    """Return a list to which each later event of the timeline is added."""
    events: list[dict[str, Any]] = []

    def receive(frame: str | bytes) -> None:
        """Add the events of a frame, which may have several messages."""
        messages = json.loads(frame)
        several = messages if isinstance(messages, list) else [messages]
        events.extend(each for each in several if "rooms" in (each.get("event") or {}))

    def follow(socket: WebSocket) -> None:
        """Receive the frames of a connection."""
        socket.on("framereceived", receive)

    page.on("websocket", follow)
    return events


async def _pass_minutes(
    page: Page, changes: AsyncIterator[None], minutes: int, rooms: int
) -> None:
    """Let minutes pass in the page, and some rooms change in each."""
    for _ in range(minutes):
        for _ in range(round(rooms * _CHANGED_SHARE)):
            await anext(changes)
        await page.clock.fast_forward(60_000)
