"""Hold the rooms of all vendors, and change them manually."""

from typing import Any

from simulator.canaries import Canaries
from simulator.clock import Clock
from simulator.enums import VendorName

from .booked_day import RoomBookingStatus
from .bookings import Bookings
from .calendar_rooms import CalendarRooms
from .conference_room import ConferenceRoom
from .day_plan import MeetingRate
from .host_bookings import HostBookings
from .room import Room
from .room_bookings import Moment, RoomBooking
from .rooms import Rooms
from .scheduled_meetings import ScheduledMeetings
from .writes import Writes

MIN_ROOMS = 2


class Company:
    """Hold the rooms of all three vendors.

    Tencent Meeting has the given number of rooms, WeCom half and Quanshi a quarter of it.
    Every state follows from the seed and the simulated time; at speed 0 states change
    only by `advance` and by manual changes.
    """

    def __init__(
        self, rooms: int, seed: int, clock: Clock, canaries: Canaries, host_id: int
    ) -> None:
        """Create the rooms."""
        counts = [max(rooms // share, MIN_ROOMS) for share in (1, 2, 4)]
        rate = MeetingRate.for_rooms(counts[0] + counts[1])
        self.clock = clock
        self.tencent_meeting = Rooms(
            VendorName.TENCENT_MEETING, seed, clock, rate, canaries
        )
        self.wecom = Rooms(VendorName.WECOM, seed, clock, rate, canaries)
        self.quanshi = HostBookings(seed, counts[2], host_id, clock, canaries)
        self.bookings = Bookings((self.tencent_meeting, self.wecom), self.quanshi)
        for vendor_rooms, count in zip(
            (self.tencent_meeting, self.wecom), counts, strict=False
        ):
            for _ in range(count):
                vendor_rooms.add(in_service=False)
        self.calendar = CalendarRooms(self.wecom, seed, clock, canaries)
        self.meetings = ScheduledMeetings()
        self.writes = Writes()

    def advance(self, seconds: float) -> None:
        """Advance the simulated time."""
        self.clock.advance(seconds)

    def rooms_of(self, vendor: str) -> Rooms:
        """Return the rooms of Tencent Meeting or WeCom."""
        by_vendor = {each.vendor: each for each in (self.tencent_meeting, self.wecom)}
        return by_vendor[VendorName(vendor)]

    def room(self, vendor: str, room_id: str) -> Room:
        """Return a room of Tencent Meeting or WeCom."""
        return self.rooms_of(vendor)[room_id]

    def change(self, vendor: str, room_id: str, **values: Any) -> None:
        """Set live values (status, cpu_usage, camera, …) or properties of a room."""
        if vendor == VendorName.QUANSHI:
            room = self.quanshi.rooms[int(room_id)]
            for name, value in values.items():
                setattr(room, name, value)
        else:
            self.room(vendor, room_id).change(**values)

    def add_room(
        self, vendor: str, name: str | None = None, room_id: str | None = None
    ) -> Room | ConferenceRoom:
        """Add a room."""
        if vendor == VendorName.QUANSHI:
            return self.quanshi.add_room(name)
        return self.rooms_of(vendor).add(name, room_id)

    def remove_room(self, vendor: str, room_id: str) -> None:
        """Remove a room."""
        if vendor == VendorName.QUANSHI:
            self.quanshi.remove_room(int(room_id))
        else:
            self.rooms_of(vendor).remove(room_id)

    def rename(self, vendor: str, room_id: str, name: str) -> None:
        """Rename a room."""
        field = "name" if vendor == VendorName.QUANSHI else "meeting_room_name"
        self.change(vendor, room_id, **{field: name})

    def start_meeting(self, vendor: str, room_id: str, minutes: float = 30) -> None:
        """Start a meeting in a room now."""
        if vendor == VendorName.QUANSHI:
            self.quanshi.start_meeting(int(room_id), minutes)
        else:
            self.room(vendor, room_id).start_meeting(minutes)

    def end_meeting(self, vendor: str, room_id: str) -> None:
        """End the meeting in a room now."""
        if vendor == VendorName.QUANSHI:
            self.quanshi.end_meeting(int(room_id))
        else:
            self.room(vendor, room_id).end_meeting()

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
        """Book a room, in real time; nobody comes before `start_meeting`."""
        return self.bookings.book(
            vendor,
            room_id,
            start,
            end,
            subject=subject,
            organizer=organizer,
            status=status,
            recurring_id=recurring_id,
        )

    def cancel_booking(self, vendor: str, booking_id: str) -> RoomBooking:
        """Cancel a booking."""
        return self.bookings.cancel(vendor, booking_id)

    def move_booking(
        self,
        vendor: str,
        booking_id: str,
        start: Moment | None = None,
        end: Moment | None = None,
    ) -> RoomBooking:
        """Change the start or the end of a booking."""
        return self.bookings.move(vendor, booking_id, start, end)

    def end_booking(self, vendor: str, booking_id: str) -> RoomBooking:
        """Let the host end the meeting of a booking now; the booked end stays."""
        return self.bookings.end_early(vendor, booking_id)

    def clear_bookings(self, vendor: str, room_id: str | None = None) -> None:
        """Remove the bookings of one room or of all rooms; the plan adds none any more."""
        self.bookings.clear(vendor, room_id)

    def truth(self) -> dict[str, dict[str, str]]:
        """Return the expected status of every room, by vendor and room id."""
        statuses = {
            str(rooms.vendor): {room.room_id: room.status.label for room in rooms}
            for rooms in (self.tencent_meeting, self.wecom)
        }
        return statuses | {str(VendorName.QUANSHI): self.quanshi.truth()}
