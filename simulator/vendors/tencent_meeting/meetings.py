"""List the meetings that a room is booked for, as Tencent Meeting does."""

from simulator.clock import DAY, Clock
from simulator.company.booked_day import RoomBookingStatus
from simulator.company.room import Room
from simulator.company.room_bookings import RoomBooking
from simulator.company.rooms import Rooms
from simulator.enums import RoomStatus
from simulator.messages import Request, Response, Row
from simulator.vendors.vendor import VendorError

from .pages import integer, page_response

MAX_MEETINGS = 20
MAX_WINDOW = 90 * DAY
REQUIRED = ("instanceid", "operator_id_type", "target_rooms_id")
ONE_OFF, RECURRING = 0, 1
STATES = {
    RoomBookingStatus.CANCELLED: "MEETING_STATE_CANCELLED",
    RoomBookingStatus.RELEASED: "MEETING_STATE_RECYCLED",
}
LISTED = {RoomBookingStatus.BOOKED, *STATES}


class Meetings:
    """Return the meetings of a room within a window; the vendor knows no requests."""

    def __init__(self, rooms: Rooms, clock: Clock) -> None:
        """Set the rooms and the clock."""
        self._rooms = rooms
        self._clock = clock

    def list(self, request: Request) -> Response:
        """Return one page of the meetings."""
        for name in REQUIRED:
            if not request.query.get(name):
                raise VendorError(190004, f"{name} is required")
        room = self._target(request)
        start = integer(request, "start_time", int(self._clock.now) - DAY)
        end = integer(request, "end_time", start + MAX_WINDOW)
        if not 0 <= end - start <= MAX_WINDOW:
            raise VendorError(190004, "time interval must be within 90 days")
        bookings = [
            each
            for each in room.bookings.between(start, end + 1)
            if each.status in LISTED
        ]
        return page_response(
            request,
            "meeting_info_list",
            bookings,
            lambda booking: self._row(room, booking),
            MAX_MEETINGS,
        )

    def _row(self, room: Room, booking: RoomBooking) -> Row:
        """Return the row of a booking; every third room sends its times as text."""
        times = {"start_time": booking.start, "end_time": booking.end}
        return {
            "meeting_id": booking.recurring_id or booking.booking_id,
            "meeting_code": booking.code,
            "subject": booking.subject,
            "status": self._state(room, booking),
            "meeting_type": RECURRING if booking.recurring_id else ONE_OFF,
            "join_url": booking.link,
            **{
                name: str(value) if room.index % 3 == 2 else value
                for name, value in times.items()
            },
        }

    def _state(self, room: Room, booking: RoomBooking) -> str:
        """Return the vendor's state of a booking: whether it is held, and over."""
        now = self._clock.now
        if booking.status in STATES:
            return STATES[booking.status]
        if booking.ended_at is not None:
            return "MEETING_STATE_ENDED"
        if now < booking.start:
            return "MEETING_STATE_INIT"
        if now < booking.end:
            used = room.status is RoomStatus.IN_USE
            return "MEETING_STATE_STARTED" if used else "MEETING_STATE_INIT"
        start = self._clock.to_simulated(booking.start)
        end = self._clock.to_simulated(booking.end)
        held = [
            each.interval
            for each in room.meetings
            if each.interval.start < end and each.interval.end > start
        ]
        if any(each.contains(self._clock.simulated) for each in held):
            return "MEETING_STATE_STARTED"
        return "MEETING_STATE_ENDED" if held else "MEETING_STATE_NULL"

    def _target(self, request: Request) -> Room:
        """Find the room by its id or by the id of its device."""
        wanted = request.query["target_rooms_id"]
        match request.query.get("target_rooms_id_type"):
            case "5":
                room = self._rooms.get(wanted)
            case "3":
                by_device = (
                    each
                    for each in self._rooms
                    if wanted in each.properties.basic.rooms_id_list
                )
                room = next(by_device, None)
            case _:
                raise VendorError(190004, "target_rooms_id_type is invalid")
        if room is None:
            raise VendorError(20201)
        return room
