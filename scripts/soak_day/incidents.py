"""The incidents of the day: each starts, lasts some time and ends."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory

from simulator import Fault, RoomStatus, Simulator

from .home import Home

TENCENT: Final = "tencent_meeting"
WECOM: Final = "wecom"
QUANSHI: Final = "quanshi"
_LISTERS: Final = (TENCENT, WECOM)
_APIS: Final = {
    TENCENT: ("list", "details", "devices", "alarms", "controllers"),
    WECOM: ("gettoken", "list", "get_info", "list_devices", "list_controllers"),
    QUANSHI: ("list", "listAll", "getStatus", "dashboard"),
}
SOON: Final = 300.0
HOUR: Final = 3900.0
"""The integration pauses for up to an hour after a rate limit or a missing permission."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The place and time of an incident."""

    sim: Simulator
    home: Home
    time: FrozenDateTimeFactory
    vendor: str
    random: Random


@dataclass(frozen=True, slots=True)
class Incident:
    """A kind of incident: its action, its vendors, and the time limit for the recovery."""

    happen: Callable[[Scene], AbstractAsyncContextManager[None]]
    vendors: tuple[str, ...] = (TENCENT, WECOM, QUANSHI)
    limit: float = SOON
    lasts: bool = True


def _fault(kind: str, *vendors: str, limit: float = SOON, **details: Any) -> Incident:
    """Return an incident in which one API of a vendor, or each API, returns errors."""

    @asynccontextmanager
    async def happen(scene: Scene) -> AsyncIterator[None]:
        """Add a fault, and remove it later."""
        api = scene.random.choice([None, *_APIS[scene.vendor]])
        fault = Fault(kind, vendor=scene.vendor, api=api, **details)
        scene.sim.faults.add(fault)
        yield
        scene.sim.faults.remove(fault)

    return Incident(happen, vendors or (*_APIS,), limit)


@asynccontextmanager
async def _server_down(scene: Scene) -> AsyncIterator[None]:
    """Refuse all connections to all vendors."""
    await scene.sim.stop()
    yield
    await scene.sim.start()


@asynccontextmanager
async def _rooms_change(scene: Scene) -> AsyncIterator[None]:
    """Add and rename rooms, set some offline, and later remove the new ones."""
    company = scene.sim.company
    rooms = scene.random.sample([*scene.sim.truth()[scene.vendor]], 2)
    added = [company.add_room(scene.vendor, f"新会议室 {n}") for n in range(2)]
    company.rename(scene.vendor, rooms[0], f"会议室 {scene.random.randrange(1000)}")
    company.change(scene.vendor, rooms[1], status=RoomStatus.OFFLINE)
    yield
    company.room(scene.vendor, rooms[1]).release()
    for room in added:
        company.remove_room(scene.vendor, str(room.room_id))


@asynccontextmanager
async def _meetings_start(scene: Scene) -> AsyncIterator[None]:
    """Start meetings, and end them."""
    rooms = scene.random.sample([*scene.sim.truth()[scene.vendor]], 2)
    for room_id in rooms:
        scene.sim.company.start_meeting(scene.vendor, room_id)
    yield
    for room_id in rooms:
        scene.sim.company.end_meeting(scene.vendor, room_id)


@asynccontextmanager
async def _reload(scene: Scene) -> AsyncIterator[None]:
    """Reload the account."""
    await scene.home.reload(scene.vendor)
    yield


@asynccontextmanager
async def _restart(scene: Scene) -> AsyncIterator[None]:
    """Restart Home Assistant."""
    await scene.home.restart()
    yield


@asynccontextmanager
async def _sleep(scene: Scene) -> AsyncIterator[None]:
    """Suspend the machine for up to an hour."""
    scene.time.tick(scene.random.uniform(600, 3600))
    yield


_HTML: Final = "<html><body><h1>Please log in</h1></body></html>"
_RETRY: Final = {"Retry-After": "45"}
INCIDENTS: Final[Mapping[str, Incident]] = {
    "connection reset": _fault("reset"),
    "connection refused": Incident(_server_down),
    "no response": _fault("hang_before"),
    "half a response": _fault("hang_within"),
    "truncated body": _fault("truncate"),
    "502 in HTML": _fault("http", status=502, body=_HTML),
    "200 in HTML": _fault("http", status=200, body=_HTML),
    "401 in HTML": _fault("http", status=401, body=_HTML),
    "429": _fault("http", status=429, headers=_RETRY, limit=HOUR),
    "empty 404": _fault("empty_404"),
    "invalid JSON": _fault("invalid_json"),
    "wrong types": _fault("wrong_types"),
    "deep nesting": _fault("deep_nesting"),
    "redirect": _fault("redirect"),
    "repeated pages": _fault("repeat_page", *_LISTERS),
    "endless cursor": _fault("endless_cursor", *_LISTERS),
    "rooms move between pages": _fault("shift_page", *_LISTERS),
    "rate limit": _fault("vendor_code", TENCENT, code=190310, limit=HOUR),
    "rate limit of WeCom": _fault("vendor_code", WECOM, code=45009, limit=HOUR),
    "permission missing": _fault("vendor_code", WECOM, code=48002, limit=HOUR),
    "credentials refused": _fault("vendor_code", TENCENT, code=190303, limit=HOUR),
    "rooms changed": Incident(_rooms_change, _LISTERS),
    "meetings started": Incident(_meetings_start),
    "account reloaded": Incident(_reload, lasts=False),
    "Home Assistant restarted": Incident(_restart, lasts=False),
    "machine suspended": Incident(_sleep, lasts=False),
}
