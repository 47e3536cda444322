"""What changes in the office itself, besides the meetings of its usual day."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

from simulator import RoomStatus

from .kinds import LISTERS, QUANSHI, Kind, Scene

_SOME: Final = 3


def _rooms(scene: Scene, number: int = _SOME) -> list[str]:
    """Return some rooms that nobody closes: those of the first half."""
    ids = [*scene.sim.truth()[scene.vendor]]
    return scene.chance.sample(ids[: len(ids) // 2], number)


@asynccontextmanager
async def _opened(scene: Scene) -> AsyncIterator[None]:
    """Open some rooms, and close them again."""
    company = scene.sim.company
    rooms = [company.add_room(scene.vendor, f"新会议室 {n}") for n in range(_SOME)]
    yield
    for room in rooms:
        company.remove_room(scene.vendor, str(room.room_id))


@asynccontextmanager
async def _closed(scene: Scene) -> AsyncIterator[None]:
    """Close some rooms, and open them again."""
    company = scene.sim.company
    ids = company.rooms_of(scene.vendor).ids
    closed = scene.chance.sample(ids[len(ids) // 2 :], _SOME)
    for room_id in closed:
        company.remove_room(scene.vendor, room_id)
    yield
    for room_id in closed:
        company.add_room(scene.vendor, room_id=room_id)


@asynccontextmanager
async def _renamed(scene: Scene) -> AsyncIterator[None]:
    """Give some rooms another name for good."""
    for room_id in _rooms(scene):
        name = f"会议室 {scene.chance.randrange(1000)}"
        scene.sim.company.rename(scene.vendor, room_id, name)
    yield


@asynccontextmanager
async def _offline(scene: Scene) -> AsyncIterator[None]:
    """Take one room in ten off the network, and put them back."""
    company = scene.sim.company
    rooms = _rooms(scene, max(len(company.rooms_of(scene.vendor)) // 10, 1))
    for room_id in rooms:
        company.change(scene.vendor, room_id, status=RoomStatus.OFFLINE)
    yield
    for room_id in rooms:
        company.room(scene.vendor, room_id).release()


@asynccontextmanager
async def _failing(scene: Scene) -> AsyncIterator[None]:
    """Break cameras and fill processors, and mend it all."""
    company = scene.sim.company
    rooms = _rooms(scene)
    for room_id in rooms:
        company.change(
            scene.vendor, room_id, camera=False, cpu_usage="97%", health_status="ERROR"
        )
    yield
    for room_id in rooms:
        company.room(scene.vendor, room_id).release()


@asynccontextmanager
async def _meetings(scene: Scene) -> AsyncIterator[None]:
    """Start meetings on the spot, and end them."""
    company = scene.sim.company
    rooms = _rooms(scene)
    for room_id in rooms:
        company.start_meeting(scene.vendor, room_id)
    yield
    for room_id in rooms:
        company.end_meeting(scene.vendor, room_id)


@asynccontextmanager
async def _bookings(scene: Scene) -> AsyncIterator[None]:
    """Cancel a booking, delete another, and hold a third that was not planned."""
    diary = scene.sim.company.quanshi
    now = scene.sim.company.clock.now
    to_come = [each for each in diary.bookings if each.start > now and not each.deleted]
    cancelled, deleted, held = scene.chance.sample(to_come, 3)
    diary.cancel(cancelled.event_id)
    diary.delete(deleted.event_id)
    diary.start_conference(held.event_id)
    yield
    diary.end_conference(held.event_id)


CHANGES: Final[Mapping[str, Kind]] = {
    "rooms opened": Kind(happening=_opened, apis=None),
    "rooms closed": Kind(happening=_closed, vendors=LISTERS, apis=None),
    "rooms renamed": Kind(happening=_renamed, apis=None, seconds=(0, 0)),
    "rooms offline": Kind(happening=_offline, vendors=LISTERS, apis=None),
    "machines failing": Kind(happening=_failing, vendors=LISTERS, apis=None),
    "meetings started": Kind(happening=_meetings, apis=None),
    "bookings changed": Kind(happening=_bookings, vendors=(QUANSHI,), apis=None),
}
