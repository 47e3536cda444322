"""Find a room, book it and release it, and compare each step with the simulator."""

import asyncio
from typing import Any

from simulator import Simulator
from simulator.company.booked_day import RoomBookingStatus
from simulator.enums import VendorName

from .accounts import DOMAIN
from .client import HomeError, HomeSocket

PEOPLE = 2
HOUR = 3600
TIMEOUT = 120


async def check_booking(socket: HomeSocket, office: Simulator, account: str) -> None:
    """Book the best free room of the account with a unique id, and release it."""
    registered = await socket.command("config/device_registry/list")
    entry_id = next(
        entry
        for device in registered
        for entry in device["config_entries"]
        if [DOMAIN, account] in device["identifiers"]
    )
    room = await _free_room(socket, entry_id)
    booked = await _act(socket, "book_room", device_id=room["device_id"])
    if _status(office, booked["booking_id"]) is not RoomBookingStatus.BOOKED:
        raise HomeError(f"{room['name']} is not booked at the vendor")
    await _act(socket, "release_room", device_id=room["device_id"])
    if _status(office, booked["booking_id"]) is RoomBookingStatus.BOOKED:
        raise HomeError(f"{room['name']} is still booked at the vendor")
    print(f"found, booked and released: {room['name']} ({room['capacity']} seats)")


async def _free_room(socket: HomeSocket, entry_id: str) -> dict[str, Any]:
    """Return a free room as soon as its bookings are known; they are fetched after the start."""
    wish = {"people": PEOPLE, "limit": 20, "config_entry_id": entry_id}
    async with asyncio.timeout(TIMEOUT):
        while True:
            rooms: list[dict[str, Any]] = (await _act(socket, "find_room", **wish))[
                "rooms"
            ]
            if known := [room for room in rooms if room["bookings_known"]]:
                return known[0]
            await asyncio.sleep(1)


async def _act(socket: HomeSocket, action: str, **fields: Any) -> dict[str, Any]:
    """Run an action of the integration, and return its response."""
    result = await socket.command(
        "call_service",
        domain=DOMAIN,
        service=action,
        service_data=fields,
        return_response=True,
    )
    response: dict[str, Any] = result["response"]
    return response


def _status(office: Simulator, booking_id: str) -> RoomBookingStatus | None:
    """Return the status of a booking at the simulated Tencent Meeting."""
    now = office.company.clock.now
    found = (
        booking.status
        for room in office.company.tencent_meeting
        for booking in office.company.bookings.between(
            VendorName.TENCENT_MEETING, room.room_id, now - HOUR, now + HOUR
        )
        if booking.booking_id == booking_id
    )
    return next(found, None)
