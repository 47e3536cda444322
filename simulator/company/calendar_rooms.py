"""List the rooms of WeCom's booking calendar, which have other ids than the Rooms rooms."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.canaries import Canaries
from simulator.clock import Clock
from simulator.enums import VendorName

from .booked_day import plan_bookings
from .day_plan import MeetingRate, plan_day
from .room import Room
from .room_bookings import BookingTexts, RoomBookings
from .rooms import Rooms

FIRST_ID = 31
TWIN_ID, ONLY_ID = 9001, 9002
TWIN_OF = 2
RATE = MeetingRate.for_rooms(1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRoom:
    """Hold a room of the booking calendar; `room_id` is that of the same Rooms room."""

    number: int
    name: str
    capacity: int
    bookings: RoomBookings
    city: str = ""
    building: str = ""
    floor: str = ""
    room_id: str | None = None


class CalendarRooms:
    """List the bookable rooms, a second room like one of them, and a room without Rooms."""

    def __init__(
        self, rooms: Rooms, seed: int, clock: Clock, canaries: Canaries
    ) -> None:
        """Choose the room that has a twin, unless there are too few rooms."""
        self._rooms = rooms
        bookable = [room.room_id for room in rooms if is_bookable(room)]
        self.twin_of = bookable[TWIN_OF] if len(bookable) > TWIN_OF + 1 else None
        self._own = {
            number: _own_bookings(number, seed, clock, canaries)
            for number in (TWIN_ID, ONLY_ID)
        }

    def __iter__(self) -> Iterator[CalendarRoom]:
        """Iterate over the rooms in the order of the list."""
        bookable = [_of_room(room) for room in self._rooms if is_bookable(room)]
        yield from bookable
        for room in bookable:
            if room.room_id == self.twin_of:
                yield CalendarRoom(
                    number=TWIN_ID,
                    name=room.name,
                    capacity=room.capacity,
                    bookings=self._own[TWIN_ID],
                )
        yield CalendarRoom(
            number=ONLY_ID,
            name="培训教室",
            capacity=60,
            bookings=self._own[ONLY_ID],
            city="西安",
            building="高新中心",
            floor="2",
        )

    def __getitem__(self, number: int) -> CalendarRoom:
        """Return a room by its id; an unknown one is a KeyError."""
        return {room.number: room for room in self}[number]

    def number_of(self, room_id: str) -> int:
        """Return the id of a Rooms room in the calendar; a missing one is a KeyError."""
        return {room.room_id: room.number for room in self}[room_id]


def is_bookable(room: Room) -> bool:
    """Return whether a room is open for booking."""
    return bool(room.properties.settings.scheduled_status)


def _of_room(room: Room) -> CalendarRoom:
    """Return a Rooms room as it is in the calendar: the floor may differ in case."""
    basic, number = room.properties.basic, FIRST_ID + room.index
    return CalendarRoom(
        number=number,
        name=room.name.strip(),
        capacity=basic.participant_number,
        bookings=room.bookings,
        city=basic.city,
        building=basic.building,
        floor=basic.floor.lower() if number % 2 else basic.floor,
        room_id=room.room_id,
    )


def _own_bookings(
    number: int, seed: int, clock: Clock, canaries: Canaries
) -> RoomBookings:
    """Return the bookings of a room that is only in the calendar."""
    rng_seed = f"{seed}/calendar/{number}"
    return RoomBookings(
        str(number),
        BookingTexts.create(VendorName.WECOM, number, canaries),
        clock,
        RATE.grid,
        lambda day: plan_bookings(
            rng_seed, day, plan_day(rng_seed, day, RATE).meetings
        ),
    )
