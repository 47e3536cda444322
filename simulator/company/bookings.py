"""Book the rooms of all vendors in the same way."""

from simulator.enums import VendorName

from .booked_day import RoomBookingStatus
from .booking import Approval, Booking
from .host_bookings import HostBookings
from .room_bookings import Moment, RoomBooking, seconds
from .rooms import Rooms

APPROVALS = {
    RoomBookingStatus.BOOKED: Approval.APPROVED,
    RoomBookingStatus.CANCELLED: Approval.APPROVED,
    RoomBookingStatus.REQUESTED: Approval.PENDING,
    RoomBookingStatus.IN_APPROVAL: Approval.PENDING,
    RoomBookingStatus.RELEASED: Approval.WITHDRAWN,
}


class Bookings:
    """Add and change bookings; at Quanshi they are the host's, with event ids."""

    def __init__(self, rooms: tuple[Rooms, ...], quanshi: HostBookings) -> None:
        """Set the rooms of the vendors."""
        self._rooms = {each.vendor: each for each in rooms}
        self._quanshi = quanshi

    def between(
        self, vendor: str, room_id: str, start: Moment, end: Moment
    ) -> list[RoomBooking]:
        """Return the bookings of a room that overlap a span."""
        if vendor != VendorName.QUANSHI:
            return self._of(vendor)[room_id].bookings.between(start, end)
        return [
            _of_host(booking, room_id)
            for booking in self._quanshi.bookings
            if booking.start < seconds(end) and booking.end > seconds(start)
            if any(str(each.room_id) == room_id for each in booking.requests)
            if not booking.deleted
        ]

    def book(
        self,
        vendor: str,
        room_id: str,
        start: Moment,
        end: Moment,
        *,
        subject: str | None = None,
        organizer: str | None = None,
        status: RoomBookingStatus = RoomBookingStatus.BOOKED,
        recurring_id: str | None = None,
    ) -> RoomBooking:
        """Book a room; at Quanshi the organizer is always the host."""
        if vendor != VendorName.QUANSHI:
            return self._of(vendor)[room_id].bookings.book(
                start,
                end,
                subject=subject,
                organizer=organizer,
                status=status,
                recurring_id=recurring_id,
            )
        title = "会议" if subject is None else subject
        times = seconds(start), seconds(end)
        approval = APPROVALS[RoomBookingStatus(status)]
        booking = self._quanshi.book(title, *times, int(room_id), approval=approval)
        booking.cancelled = status == RoomBookingStatus.CANCELLED
        return _of_host(booking, room_id)

    def cancel(self, vendor: str, booking_id: str) -> RoomBooking:
        """Cancel a booking."""
        if vendor != VendorName.QUANSHI:
            return self._of(vendor).with_booking(booking_id).bookings.cancel(booking_id)
        self._quanshi.cancel(int(booking_id))
        return _of_host(self._hosted(booking_id))

    def move(
        self,
        vendor: str,
        booking_id: str,
        start: Moment | None = None,
        end: Moment | None = None,
    ) -> RoomBooking:
        """Change the start or the end of a booking."""
        if vendor != VendorName.QUANSHI:
            room = self._of(vendor).with_booking(booking_id)
            return room.bookings.move(booking_id, start, end)
        booking = self._hosted(booking_id)
        booking.start = booking.start if start is None else seconds(start)
        booking.end = booking.end if end is None else seconds(end)
        return _of_host(booking)

    def end_early(self, vendor: str, booking_id: str) -> RoomBooking:
        """Let the host end the meeting of a booking now; the booked end stays."""
        if vendor != VendorName.QUANSHI:
            room = self._of(vendor).with_booking(booking_id)
            return room.bookings.end_early(booking_id)
        self._quanshi.end_conference(int(booking_id))
        return _of_host(self._hosted(booking_id))

    def clear(self, vendor: str, room_id: str | None = None) -> None:
        """Remove all bookings of one room or of all rooms; the plan adds none any more."""
        if vendor == VendorName.QUANSHI:
            for booking in self._quanshi.bookings:
                wanted = {None, *(str(each.room_id) for each in booking.requests)}
                booking.deleted = booking.deleted or room_id in wanted
            return
        for room in self._of(vendor):
            if room_id in (None, room.room_id):
                room.bookings.clear()

    def _of(self, vendor: str) -> Rooms:
        """Return the rooms of Tencent Meeting or WeCom."""
        return self._rooms[VendorName(vendor)]

    def _hosted(self, booking_id: str) -> Booking:
        """Return a booking of Quanshi's host."""
        booking = self._quanshi.booking(int(booking_id))
        if booking is None:
            raise KeyError(booking_id)
        return booking


def _of_host(booking: Booking, room_id: str | None = None) -> RoomBooking:
    """Return a booking of Quanshi's host as that of a room, by default its first one."""
    status = RoomBookingStatus.BOOKED
    rooms = {str(each.room_id): each.approval for each in booking.requests}
    wanted = room_id or next(iter(rooms), "")
    if rooms.get(wanted) is Approval.PENDING:
        status = RoomBookingStatus.REQUESTED
    elif rooms.get(wanted) in (Approval.REFUSED, Approval.WITHDRAWN):
        status = RoomBookingStatus.RELEASED
    if booking.cancelled:
        status = RoomBookingStatus.CANCELLED
    return RoomBooking(
        booking_id=str(booking.event_id),
        room_id=wanted,
        start=booking.start,
        end=booking.end,
        subject=booking.title,
        organizer=booking.host_name,
        status=status,
        recurring_id=str(booking.event_id) if booking.recurring else None,
    )
