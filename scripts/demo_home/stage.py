"""Play the scenes in rooms of the simulated company, in real time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import count
from time import time
from typing import Protocol

from simulator import RoomBooking, RoomStatus, Simulator, VendorName

from .scenes import EXTENSION, SCENES, Act, Equipment, Scene

VENDOR = VendorName.TENCENT_MEETING
MINUTE = 60
DAY_MINUTES = 24 * 60
PAUSE = 0.5
"""Seconds between two acts, also when both are late."""


class Home(Protocol):
    """What Home Assistant itself has to do with the rooms."""

    async def set_presence(self, equipment: Equipment, *, present: bool) -> None:
        """Change the state of a presence sensor."""

    async def add_event(self, start: float, end: float) -> None:
        """Add an event to the linked calendar."""


class Actor:
    """Play one scene in one room."""

    def __init__(
        self, office: Simulator, scene: Scene, room_id: str, start: float
    ) -> None:
        """Take the room out of the simulated day; its first round begins at `start`."""
        self.scene = scene
        self.room_id = room_id
        self._company = office.company
        self._start = start
        self._bookings: dict[int, RoomBooking] = {}
        self._company.clear_bookings(VENDOR, room_id)
        self._set_status(RoomStatus.IDLE)
        self._book(0)

    @property
    def name(self) -> str:
        """Return the name of the room."""
        return self._company.room(VENDOR, self.room_id).name.strip()

    async def play(self, home: Home | None = None) -> None:
        """Repeat the scene; each round is booked one round ahead."""
        if home is not None:
            await self._add_event(0, home)
        for number in count():
            self._book(number + 1)
            if home is not None:
                await self._add_event(number + 1, home)
            for minute, act in self.scene.acts:
                await _sleep_until(self._moment(number, minute))
                await self._perform(act, number, home)
            await _sleep_until(self._moment(number + 1, 0))

    def _moment(self, number: int, minute: float) -> float:
        """Return the time of a minute of a round."""
        return self._start + (number * self.scene.period + minute) * MINUTE

    def _booked(self, number: int) -> tuple[float, float] | None:
        """Return the start and the end of the booking of a round."""
        if self.scene.booking is None:
            return None
        start, end = self.scene.booking
        return self._moment(number, start), self._moment(number, end)

    def _book(self, number: int) -> None:
        """Book the room for a round, if the vendor has the bookings of the scene."""
        booked = self._booked(number)
        if booked is not None and self.scene.equipment is not Equipment.CALENDAR:
            booking = self._company.book(VENDOR, self.room_id, *booked)
            self._bookings[number] = booking
            self._bookings.pop(number - 2, None)

    async def _add_event(self, number: int, home: Home) -> None:
        """Book the room for a round, if a calendar has the bookings of the scene."""
        booked = self._booked(number)
        if booked is not None and self.scene.equipment is Equipment.CALENDAR:
            await home.add_event(*booked)

    async def _perform(self, act: Act, number: int, home: Home | None) -> None:
        """Let something happen in the room."""
        match act:
            case Act.START:
                self._company.start_meeting(VENDOR, self.room_id, DAY_MINUTES)
                self._set_status(RoomStatus.IN_USE)
            case Act.END:
                self._company.end_meeting(VENDOR, self.room_id)
                self._set_status(RoomStatus.IDLE)
            case Act.DISCONNECT:
                self._set_status(RoomStatus.OFFLINE)
            case Act.CONNECT:
                self._set_status(RoomStatus.IDLE)
            case Act.CANCEL:
                booking = self._bookings[number]
                self._company.cancel_booking(VENDOR, booking.booking_id)
            case Act.EXTEND:
                booking = self._bookings[number]
                end = booking.end + EXTENSION * MINUTE
                self._company.move_booking(VENDOR, booking.booking_id, end=end)
            case Act.ENTER | Act.LEAVE if home and self.scene.equipment:
                present = act is Act.ENTER
                await home.set_presence(self.scene.equipment, present=present)

    def _set_status(self, status: RoomStatus) -> None:
        """Set the status of the room, independent of the simulated day."""
        self._company.change(VENDOR, self.room_id, status=status)


class Stage:
    """The rooms of the demo in which scenes are played."""

    def __init__(self, office: Simulator, scenes: Sequence[Scene] = SCENES) -> None:
        """Choose a room for each scene."""
        start = time()
        rooms = office.company.rooms_of(VENDOR)
        in_service = [each.room_id for each in rooms if each.fixed_status is None]
        # With too few rooms, the last scenes are left out.
        self.actors = [
            Actor(office, scene, room_id, start)
            for scene, room_id in zip(scenes, in_service, strict=False)
        ]
        self._playing: list[asyncio.Task[None]] = []

    def rooms(self) -> dict[Equipment, str]:
        """Return the room of each piece of equipment."""
        return {
            actor.scene.equipment: actor.room_id
            for actor in self.actors
            if actor.scene.equipment is not None
        }

    def play(self, home: Home | None = None) -> None:
        """Start the scenes without equipment, or those with equipment in a home."""
        self._playing += [
            asyncio.create_task(actor.play(home))
            for actor in self.actors
            if (actor.scene.equipment is None) == (home is None)
        ]

    async def stop(self) -> None:
        """Stop all scenes; raise the error of one that has failed."""
        for each in self._playing:
            each.cancel()
        for each in self._playing:
            with suppress(asyncio.CancelledError):
                await each


@asynccontextmanager
async def staged(
    office: Simulator, scenes: Sequence[Scene] = SCENES
) -> AsyncIterator[Stage]:
    """Play scenes until the block ends; those with equipment wait for a home."""
    stage = Stage(office, scenes)
    stage.play()
    try:
        yield stage
    finally:
        await stage.stop()


async def _sleep_until(moment: float) -> None:
    """Wait for a time, at least for a pause."""
    await asyncio.sleep(max(PAUSE, moment - time()))
