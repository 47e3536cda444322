"""Serve WeCom's booking calendar, which has room ids of its own."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from simulator.clock import BEIJING, Clock
from simulator.company.booked_day import RoomBookingStatus
from simulator.company.calendar_rooms import CalendarRoom, CalendarRooms
from simulator.company.room_bookings import RoomBooking
from simulator.messages import Request, Response, Row
from simulator.vendors.vendor import VendorError

from .calendar_writes import needs_approval
from .errors import OK

BASE = "/cgi-bin/oa/meetingroom/"
LIST, BOOKINGS = "meetingroom_list", "get_booking_info"
EQUIPMENT = ((1, 4), (5,), (), (1, 2, 3))
PLACE = ("city", "building", "floor")
STATUSES = {
    RoomBookingStatus.BOOKED: 0,
    RoomBookingStatus.CANCELLED: 1,
    RoomBookingStatus.RELEASED: 1,
    RoomBookingStatus.REQUESTED: 2,
    RoomBookingStatus.IN_APPROVAL: 3,
}


class Calendar:
    """Return the rooms of the calendar and their bookings."""

    def __init__(self, rooms: CalendarRooms, clock: Clock) -> None:
        """Set the rooms and the clock."""
        self._rooms = rooms
        self._clock = clock
        self.handlers: dict[str, tuple[str, Callable[[Request], Response]]] = {
            BASE + "list": (LIST, self._list),
            BASE + "get_booking_info": (BOOKINGS, self._bookings),
        }

    def _list(self, request: Request) -> Response:
        """Return the rooms at a place, with all of the requested equipment."""
        body = request.json_object() or {}
        wanted = body.get("equipment", [])
        if not isinstance(wanted, list) or any(
            type(each) is not int for each in wanted
        ):
            raise VendorError(40058, "equipment is invalid")
        rows = [_room_row(room) for room in self._at_place(body)]
        matching = [row for row in rows if {*wanted} <= {*row["equipment"]}]
        return Response(OK | {"meetingroom_list": matching})

    def _bookings(self, request: Request) -> Response:
        """Return the bookings of one room or of all rooms, within one day."""
        body = request.json_object() or {}
        start, end = self._window(body)
        rooms = self._at_place(body)
        number = body.get("meetingroom_id")
        if number is not None:
            rooms = [room for room in rooms if room.number == number]
            if type(number) is not int or not rooms:
                raise VendorError(40058, "meetingroom_id is invalid")
        rows = [
            {
                "meetingroom_id": room.number,
                "schedule": [
                    _booking_row(room.number, booking)
                    for booking in room.bookings.between(start, end)
                ],
            }
            for room in rooms
        ]
        return Response(OK | {"booking_list": rows})

    def _window(self, body: Row) -> tuple[int, int]:
        """Return the requested window; the default is the rest of the day."""
        now = datetime.fromtimestamp(self._clock.now, BEIJING)
        midnight = datetime.combine(now + timedelta(days=1), time.min, BEIJING)
        start = body.get("start_time", int(now.timestamp()))
        end = body.get("end_time", int(midnight.timestamp()))
        if type(start) is not int or type(end) is not int or end <= start:
            raise VendorError(40058, "start_time or end_time is invalid")
        first = datetime.fromtimestamp(start, BEIJING).date()
        if datetime.fromtimestamp(end - 1, BEIJING).date() != first:
            raise VendorError(40058, "start_time and end_time must be on the same day")
        return start, end

    def _at_place(self, body: Row) -> list[CalendarRoom]:
        """Return the rooms at a place, which must be named from the city down."""
        wanted = [body.get(key) or "" for key in PLACE]
        known = [bool(part) for part in wanted]
        if not all(isinstance(part, str) for part in wanted):
            raise VendorError(40058, "city, building or floor is invalid")
        if known != sorted(known, reverse=True):
            raise VendorError(40058, "city or building is missing")
        return [
            room
            for room in self._rooms
            if all(
                part in ("", found)
                for part, found in zip(wanted, _place(room), strict=True)
            )
        ]


def _place(room: CalendarRoom) -> tuple[str, str, str]:
    """Return city, building and floor of a room."""
    return room.city, room.building, room.floor


def _room_row(room: CalendarRoom) -> Row:
    """Return the row of a room; its id differs from that of the Rooms room."""
    return {
        "meetingroom_id": room.number,
        "name": room.name,
        "capacity": room.capacity,
        **dict(zip(PLACE, _place(room), strict=True)),
        "equipment": list(EQUIPMENT[room.number % len(EQUIPMENT)]),
        "coordinate": {"latitude": "34.19", "longitude": "108.87"},
        "need_approval": int(needs_approval(room)),
    }


def _booking_row(number: int, booking: RoomBooking) -> Row:
    """Return the row of a booking; every fifth room uses the older key of its id."""
    series = booking.recurring_id or booking.booking_id
    return {
        "meeting_id" if number % 5 == 0 else "booking_id": f"bk{booking.booking_id}",
        "schedule_id": f"sc{series}",
        "start_time": booking.start,
        "end_time": booking.end,
        # A user id has no blanks.
        "booker": booking.organizer.rpartition(" ")[2],
        "status": STATUSES[booking.status],
    }
