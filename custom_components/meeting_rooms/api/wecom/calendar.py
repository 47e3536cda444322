"""The booking calendar of WeCom, whose rooms have other ids than the list of Rooms.

Sources: the vendor's pages "会议室管理"
(https://developer.work.weixin.qq.com/document/path/93619) and "会议室预定管理"
(https://developer.work.weixin.qq.com/document/path/93620). Neither returns the title of a booking.
"""

import asyncio
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Iterable,
    Iterator,
    Mapping,
)
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import batched
from math import ceil
from operator import attrgetter
from typing import Final, override

from .. import values
from ..budget import ApiRequest, Tier
from ..client import Listing
from ..errors import InvalidResponse, NotFound, RequestRejected
from ..models.booking import Booking, CalendarRoom, Titles
from ..transport import VendorResponse
from ..values import wire_field
from ..wire import WireModel, parse_rows, wire_rows
from .errors import BAD_PARAMETERS

CALENDAR_PATHS: Final = {
    "calendar_rooms": "/cgi-bin/oa/meetingroom/list",
    "booking_calendar": "/cgi-bin/oa/meetingroom/get_booking_info",
}

_BOOKED: Final = 0
_CANCELLED: Final = 1
_ROWS_AT_ONCE: Final = 25
"""Parsing more rows at once would block the event loop for too long."""

type Post = Callable[[ApiRequest, Mapping[str, str | int]], Awaitable[VendorResponse]]


def calendar_id(value: object) -> str | None:
    """Return the integer id of a room as text."""
    number = values.integer(value)
    return None if number is None else str(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRoomRow(WireModel):
    """A row of the list of rooms."""

    calendar_id: str | None = wire_field("meetingroom_id", calendar_id)
    name: str | None = wire_field("name", values.text)
    city: str | None = wire_field("city", values.text)
    building: str | None = wire_field("building", values.text)
    floor: str | None = wire_field("floor", values.text)
    capacity: int | None = wire_field("capacity", values.capacity)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRow(WireModel):
    """A booking of a room; `booker` is the id of a user."""

    booking_id: str | None = wire_field("booking_id", values.identifier)
    start: datetime | None = wire_field("start_time", values.unix_time)
    end: datetime | None = wire_field("end_time", values.unix_time)
    status: int | None = wire_field("status", values.integer)
    booker: str | None = wire_field("booker", values.text)

    @classmethod
    @override
    def __pre_deserialize__(cls, d: object) -> dict[object, object]:
        """Accept the older name of the id."""
        fields = super().__pre_deserialize__(d)
        return {"booking_id": fields.get("meeting_id"), **fields}

    def booking(self, titles: Titles) -> Booking | None:
        """Return the booking, None for a cancelled one and for one without valid times.

        A status other than booked is tentative, even one that is not documented.
        """
        if self.start is None or self.end is None or self.end <= self.start:
            return None
        if self.status == _CANCELLED:
            return None
        return Booking(
            booking_id=self.booking_id,
            start=self.start,
            end=self.end,
            tentative=self.status != _BOOKED,
            organizer=self.booker,
        ).reduced(titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow(WireModel):
    """The bookings of one room."""

    calendar_id: str | None = wire_field("meetingroom_id", calendar_id)
    bookings: tuple[BookingRow, ...] = wire_rows("schedule", BookingRow)


class BookingCalendar:
    """Fetch the rooms and the bookings of the booking calendar."""

    def __init__(self, post: Post) -> None:
        """Use a function that sends a POST request."""
        self._post = post

    async def fetch_rooms(self) -> Listing[tuple[CalendarRoom, ...]]:
        """Return the rooms; the vendor sends all of them at once."""
        response = await self._post(ApiRequest("calendar_rooms", Tier.BOOKINGS), {})
        listed = _list(response, "meetingroom_list")
        rooms: dict[str, CalendarRoom] = {}
        async for row in _parsed(CalendarRoomRow, listed):
            if row.calendar_id is not None:
                rooms[row.calendar_id] = CalendarRoom(
                    calendar_id=row.calendar_id,
                    name=row.name,
                    city=row.city,
                    building=row.building,
                    floor=row.floor,
                    capacity=row.capacity,
                )
        return Listing((*rooms.values(),), complete=len(rooms) == len(listed))

    async def fetch_all(
        self, start: datetime, end: datetime, titles: Titles, tier: Tier
    ) -> Mapping[str, tuple[Booking, ...]]:
        """Return the bookings of all rooms that overlap a span, by room."""
        return await self._fetch(start, end, titles, tier, {})

    async def fetch_room(
        self, room: str, start: datetime, end: datetime, titles: Titles, tier: Tier
    ) -> tuple[Booking, ...]:
        """Return the bookings of one room; raises NotFound for an unknown one."""
        number = values.integer(room)
        if number is None:
            raise NotFound("not an id of the booking calendar")
        try:
            found = await self._fetch(
                start, end, titles, tier, {"meetingroom_id": number}
            )
        except RequestRejected as err:
            if err.code in BAD_PARAMETERS:
                raise NotFound(code=err.code) from None
            raise
        return found.get(str(number), ())

    async def _fetch(
        self,
        start: datetime,
        end: datetime,
        titles: Titles,
        tier: Tier,
        room: Mapping[str, int],
    ) -> Mapping[str, tuple[Booking, ...]]:
        """Return the bookings by room, with one request for each day.

        A booking across midnight is reported for both days, as a whole or a part for each, and
        returned once.
        """
        found: dict[str, dict[tuple[object, ...], Booking]] = {}
        for first, last in days(start, end):
            body = {**room, "start_time": first, "end_time": last}
            response = await self._post(ApiRequest("booking_calendar", tier), body)
            async for row in _parsed(ScheduleRow, _list(response, "booking_list")):
                if row.calendar_id is None:
                    continue
                bookings = found.setdefault(row.calendar_id, {})
                for booking in _bookings(row, titles):
                    if booking.start < end and booking.end > start:
                        bookings[_identity(booking)] = booking
        return {room: _joined(bookings.values()) for room, bookings in found.items()}


def days(start: datetime, end: datetime) -> Iterator[tuple[int, int]]:
    """Return the parts of a span that are within one day in Beijing, in Unix seconds."""
    begin = start.astimezone(values.BEIJING)
    while begin < end:
        tomorrow = begin.date() + timedelta(days=1)
        midnight = datetime.combine(tomorrow, time.min, values.BEIJING)
        last = min(midnight, end)
        yield int(begin.timestamp()), ceil(last.timestamp())
        begin = midnight


def _bookings(row: ScheduleRow, titles: Titles) -> Iterator[Booking]:
    """Return the bookings of a room that can be parsed and are not cancelled."""
    for each in row.bookings:
        if (booking := each.booking(titles)) is not None:
            yield booking


def _identity(booking: Booking) -> tuple[object, ...]:
    """Return what two reports of a booking have in common."""
    if booking.booking_id is None:
        return booking.start, booking.end
    return booking.booking_id, booking.start


def _joined(parts: Iterable[Booking]) -> tuple[Booking, ...]:
    """Return bookings, of which adjoining parts with the same id are one."""
    joined: list[Booking] = []
    latest: dict[str, int] = {}
    for part in sorted(parts, key=attrgetter("start")):
        index = latest.get(part.booking_id or "")
        if index is not None and part.start <= joined[index].end:
            end = max(part.end, joined[index].end)
            joined[index] = replace(joined[index], end=end)
            continue
        if part.booking_id is not None:
            latest[part.booking_id] = len(joined)
        joined.append(part)
    return (*joined,)


def _list(response: VendorResponse, key: str) -> list[object]:
    """Return a list of a response; raises InvalidResponse where it has none."""
    listed = response.fields.get(key)
    if not isinstance(listed, list):
        raise InvalidResponse("no list")
    return listed


async def _parsed[R: WireModel](row: type[R], listed: list[object]) -> AsyncIterator[R]:
    """Return the rows of a list, which are parsed in parts that do not block."""
    for part in batched(listed, _ROWS_AT_ONCE, strict=False):
        for parsed in parse_rows(row, [*part]):
            yield parsed
        await asyncio.sleep(0)
