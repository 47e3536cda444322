"""Book rooms by actions, and see what the vendors carried out."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from simulator import Fault
from simulator.company.room_bookings import RoomBooking

from .home import ALL_ROOMS, QUANSHI, TENCENT, WECOM, Home

ROOM: Final = {TENCENT: "100001", WECOM: "RoomId004", QUANSHI: "6516"}
"""A room whose bookings need no approval, at each vendor."""
ORGANIZER: Final = "zhangsan"
OPTIONS: Final[Mapping[str, Mapping[str, Any]]] = {
    TENCENT: ALL_ROOMS,
    WECOM: {**ALL_ROOMS, "organizer": ORGANIZER},
    QUANSHI: ALL_ROOMS,
}
"""The options of an account that can book from calendars and dashboards."""
CREATE_API: Final = "create_meeting"
BOOK_API: Final = {TENCENT: "book_rooms", WECOM: "book"}
READ_API: Final = {TENCENT: "meetings", WECOM: "get_booking_info"}
RELEASE_API: Final = {TENCENT: "release_rooms", WECOM: "cancel_book"}
MADE: Final = {TENCENT: ["create_meeting", "book"], WECOM: ["book"]}
"""What a vendor carries out for a booking."""
RELEASED: Final = {TENCENT: ["release", "cancel_meeting"], WECOM: ["release"]}
"""What a vendor carries out when a booking of our own is released."""


class Desk:
    """A person who books, releases and calls the rooms of a Home Assistant."""

    def __init__(self, home: Home) -> None:
        """Use a Home Assistant."""
        self.home = home
        self.context = Context()

    async def open(
        self, vendor: str, options: Mapping[str, Any] | None = None, **fields: str
    ) -> MockConfigEntry:
        """Add an account whose room is empty, and wait for its bookings."""
        self.home.sim.company.end_meeting(vendor, ROOM[vendor])
        entry = await self.home.add(vendor, options or OPTIONS[vendor], **fields)
        await self.home.live(10)
        return entry

    def device(self, vendor: str, room_id: str = "") -> str:
        """Return the id of the device of a room."""
        return self.home.known_device(vendor, room_id or ROOM[vendor]).id

    async def act(self, action: str, device_id: str, **fields: Any) -> Any:
        """Carry out an action on a device, and return its response."""
        return await self.call(action, device_id=device_id, **fields)

    async def call(self, action: str, **fields: Any) -> Any:
        """Carry out an action, and return its response."""
        return await self.home.hass.services.async_call(
            DOMAIN,
            action,
            fields,
            blocking=True,
            context=self.context,
            return_response=True,
        )

    async def book(self, vendor: str, **fields: Any) -> Any:
        """Book the room of a vendor."""
        return await self.act("book_room", self.device(vendor), **fields)

    async def release(self, vendor: str, **fields: Any) -> Any:
        """Release the room of a vendor."""
        return await self.act("release_room", self.device(vendor), **fields)

    async def refusal(self, action: str, vendor: str, **fields: Any) -> str | None:
        """Return the translation key of the error of an action on the room of a vendor."""
        return await self.refusal_at(action, self.device(vendor), **fields)

    async def refusal_at(
        self, action: str, device_id: str, **fields: Any
    ) -> str | None:
        """Return the translation key of the error of an action on a device."""
        with pytest.raises(HomeAssistantError) as caught:
            await self.act(action, device_id, **fields)
        return caught.value.translation_key

    async def meeting(self, vendor: str) -> str:
        """Return the id of a meeting of the account."""
        if vendor == WECOM:
            return next(iter(self.home.sim.accounts.wecom.meetings))
        booked = await self.book(vendor)
        return str(booked["booking_id"])

    def fault(self, kind: str, vendor: str, api: str, **fields: Any) -> Fault:
        """Return a fault of the next request to an API."""
        return Fault(kind, vendor, api, times=1, **fields)

    def written(self) -> list[str]:
        """Return what the vendors have carried out."""
        return self.home.sim.company.writes.kinds()

    def left_over(self) -> int:
        """Return the number of meetings without a room that are not cancelled."""
        return len(self.home.sim.company.meetings.left_over)

    def availability(self, vendor: str) -> str:
        """Return the availability of the room of a vendor."""
        return self.home.shown(vendor, ROOM[vendor], "availability")

    def at_vendor(self, vendor: str) -> list[RoomBooking]:
        """Return the bookings that reserve the vendor's room from now until tomorrow."""
        now = dt_util.utcnow().timestamp()
        room = self.home.sim.company.room(vendor, ROOM[vendor])
        return room.bookings.reserved(now, now + 2 * 86_400)

    def bookings(self, vendor: str) -> list[tuple[datetime, datetime]]:
        """Return the times of these bookings."""
        return [
            (
                dt_util.utc_from_timestamp(each.start),
                dt_util.utc_from_timestamp(each.end),
            )
            for each in self.at_vendor(vendor)
        ]


def lose_answer(desk: Desk, vendor: str, api: str, **fields: Any) -> None:
    """Lose the answer to the next write."""
    desk.home.sim.faults.add(Fault(vendor=vendor, api=api, times=1, **fields))


async def book_in_the_dark(desk: Desk, vendor: str, *, carried_out: bool) -> Fault:
    """Lose the answer to a booking, and every answer about bookings until the fault is removed."""
    lose_answer(desk, vendor, BOOK_API[vendor], kind="reset", carried_out=carried_out)
    booking = asyncio.ensure_future(desk.refusal("book_room", vendor))
    await arrival(desk, vendor, BOOK_API[vendor])
    fault = Fault("http", vendor, READ_API[vendor], status=502)
    desk.home.sim.faults.add(fault)
    assert await booking == "outcome_unknown"
    return fault


async def arrival(desk: Desk, vendor: str, api: str) -> None:
    """Wait until the vendor has received a request."""
    while desk.home.sim.requests.count(vendor, api) == 0:
        await desk.home.breathe()
