"""Book and release the rooms of WeCom's booking calendar."""

from collections.abc import Callable

from simulator.company.booked_day import RoomBookingStatus
from simulator.company.calendar_rooms import CalendarRoom
from simulator.company.company import Company
from simulator.company.writes import WriteKind
from simulator.enums import VendorName
from simulator.messages import Request, Response, Row
from simulator.vendors.vendor import VendorError

from .errors import OK

BASE = "/cgi-bin/oa/meetingroom/"
BOOK, CANCEL = "book", "cancel_book"
STEP = 30 * 60
SHORTEST = 30 * 60
PREFIX = "bk"
INVALID, MISSING = 40058, 40063


class CalendarWrites:
    """Book a room for any member, from half hour to half hour, and cancel bookings."""

    def __init__(self, company: Company) -> None:
        """Set the company whose calendar it is."""
        self._rooms = company.calendar
        self._clock = company.clock
        self._writes = company.writes
        self.handlers: dict[str, tuple[str, Callable[[Request], Response]]] = {
            BASE + "book": (BOOK, self._book),
            BASE + "cancel_book": (CANCEL, self._cancel),
        }

    def _book(self, request: Request) -> Response:
        """Book a room; where bookings need an approval, request it."""
        body = request.json_object() or {}
        room = self._room(number(body, "meetingroom_id"))
        start, end = number(body, "start_time"), number(body, "end_time")
        booker = required_text(body, "booker")
        subject = body.get("subject", "")
        attendees = body.get("attendees", [])
        if not isinstance(subject, str) or not isinstance(attendees, list):
            raise VendorError(INVALID, "subject or attendees is invalid")
        if end - start < SHORTEST or end <= self._clock.now:
            raise VendorError(INVALID, "end_time is invalid")
        first, last = start // STEP * STEP, -(-end // STEP) * STEP
        if room.bookings.reserved(first, last):
            raise VendorError(INVALID, "meetingroom is booked")
        status = RoomBookingStatus.BOOKED
        if needs_approval(room):
            status = RoomBookingStatus.REQUESTED
        booking = room.bookings.book(
            first, last, subject=subject, organizer=booker, status=status
        )
        self._record(WriteKind.BOOK, booking.booking_id, room)
        ids = {
            "booking_id": f"{PREFIX}{booking.booking_id}",
            "schedule_id": f"sc{booking.booking_id}",
        }
        return Response(OK | ids)

    def _cancel(self, request: Request) -> Response:
        """Cancel a booking."""
        body = request.json_object() or {}
        booking_id = required_text(body, "booking_id")
        if type(body.get("keep_schedule", 0)) is not int:
            raise VendorError(INVALID, "keep_schedule is invalid")
        room = self._booked_room(booking_id)
        known = booking_id.removeprefix(PREFIX)
        room.bookings.cancel(known)
        self._record(WriteKind.RELEASE, known, room)
        return Response(OK)

    def _room(self, room_number: int) -> CalendarRoom:
        """Return a room by its id."""
        try:
            return self._rooms[room_number]
        except KeyError:
            raise VendorError(INVALID, "meetingroom_id is invalid") from None

    def _booked_room(self, booking_id: str) -> CalendarRoom:
        """Return the room of a booking that is not over and not cancelled."""
        over = {RoomBookingStatus.CANCELLED, RoomBookingStatus.RELEASED}
        for room in self._rooms:
            booking = room.bookings.get(booking_id.removeprefix(PREFIX))
            if (
                booking is not None
                and booking_id.startswith(PREFIX)
                and booking.status not in over
                and booking.end > self._clock.now
            ):
                return room
        raise VendorError(INVALID, "booking_id is invalid")

    def _record(self, kind: WriteKind, booking_id: str, room: CalendarRoom) -> None:
        """Record a change, under the ids that the calendar returns."""
        self._writes.add(
            VendorName.WECOM, kind, f"{PREFIX}{booking_id}", str(room.number)
        )


def needs_approval(room: CalendarRoom) -> bool:
    """Return whether a booking of a room is only a request at first."""
    return bool(room.number % 2)


def number(body: Row, name: str) -> int:
    """Return a required integer."""
    value = body.get(name)
    if value is None:
        raise VendorError(MISSING, f"missing {name}")
    if type(value) is not int:
        raise VendorError(INVALID, f"{name} must be an integer")
    return value


def required_text(body: Row, name: str) -> str:
    """Return a required text, which may not be empty."""
    value = body.get(name)
    if value in (None, ""):
        raise VendorError(MISSING, f"missing {name}")
    if not isinstance(value, str):
        raise VendorError(INVALID, f"{name} must be a string")
    return value
