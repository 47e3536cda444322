"""Hold Quanshi's rooms, bookings and sessions, and change them manually."""

from simulator.canaries import Canaries
from simulator.clock import Clock

from .booking import Approval, Booking, ConferenceSession, RoomRequest
from .booking_plan import HOUR, PERIOD, BookingPlanner
from .conference_room import ConferenceRoom, generate_conference_room

PAST, FUTURE = 14 * HOUR, 54 * HOUR
MIN_TRACKS, MAX_TRACKS = 2, 12


class HostBookings:
    """Hold the bookings of one host and the rooms they request."""

    def __init__(
        self, seed: int, rooms: int, host_id: int, clock: Clock, canaries: Canaries
    ) -> None:
        """Create the rooms and generate the bookings around now."""
        self.host_id = host_id
        self.rooms: dict[int, ConferenceRoom] = {}
        self._seed = seed
        self._clock = clock
        self._created = 0
        self._bookings: list[Booking] = []
        self._other_hosts: list[ConferenceSession] = []
        self._canaries = canaries
        self._planner = BookingPlanner(seed, host_id, clock.now, canaries)
        self._tracks = min(max(MIN_TRACKS, rooms // 3), MAX_TRACKS)
        self._next_cycle = -(PAST // PERIOD)
        for _ in range(rooms):
            self.add_room()
        self._start = clock.now
        self._planned_rooms = list(self.rooms.values())
        self._extend()

    @property
    def bookings(self) -> list[Booking]:
        """Return all bookings; a recurring event has one for each occurrence."""
        self._extend()
        return self._bookings

    @property
    def sessions(self) -> list[tuple[Booking | None, ConferenceSession]]:
        """Return all sessions with their booking; those of other hosts have none."""
        own: list[tuple[Booking | None, ConferenceSession]] = [
            (booking, session)
            for booking in self.bookings
            for session in booking.sessions
        ]
        return own + [(None, session) for session in self._other_hosts]

    def booking(self, event_id: int) -> Booking | None:
        """Return the current occurrence of an event, else the next, else the last."""
        now = self._clock.now
        found = [each for each in self.bookings if each.event_id == event_id]
        running = [each for each in found if each.session_at(now)]
        coming = [each for each in found if each.end > now]
        return next(iter(running or coming or found[-1:]), None)

    def booking_by_pcode(self, pcode: str) -> Booking | None:
        """Return the booking with a host password."""
        found = [
            each.event_id for each in self.bookings if each.secrets.pcode1 == pcode
        ]
        return self.booking(found[0]) if found else None

    def between(self, start: float, end: float, *, recurring: bool) -> list[Booking]:
        """Return the bookings that overlap a window."""
        return [
            each
            for each in self.bookings
            if each.start <= end and each.end >= start
            if not each.deleted and (recurring or not each.recurring)
        ]

    def book(
        self,
        title: str,
        start: float,
        end: float,
        *room_ids: int,
        approval: Approval = Approval.APPROVED,
    ) -> Booking:
        """Book rooms for a new conference."""
        booking = self._planner.manual(title, int(start), int(end))
        booking.requests = [RoomRequest(room_id, approval, 1) for room_id in room_ids]
        self._bookings.append(booking)
        return booking

    def approve(
        self, event_id: int, room_id: int, approval: Approval = Approval.APPROVED
    ) -> None:
        """Set the approval of a room request."""
        for booking in self.bookings:
            for request in booking.requests:
                if (booking.event_id, request.room_id) == (event_id, room_id):
                    request.approval = approval

    def start_conference(self, event_id: int) -> ConferenceSession:
        """Start a conference now; it runs until `end_conference`."""
        booking = self._existing(event_id)
        session = self._planner.manual_session(self._clock.now)
        booking.sessions = [
            each for each in booking.sessions if each.start <= self._clock.now
        ]
        booking.sessions.append(session)
        return session

    def end_conference(self, event_id: int) -> None:
        """End the conference that is in progress."""
        now = self._clock.now
        for booking in self.bookings:
            if booking.event_id == event_id and (session := booking.session_at(now)):
                session.end = now

    def start_meeting(self, room_id: int, minutes: float = 30) -> Booking:
        """Book a room from now on and start the conference in it."""
        now = self._clock.now
        booking = self.book("临时会议", now, now + minutes * 60, room_id)
        self.start_conference(booking.event_id)
        return booking

    def end_meeting(self, room_id: int) -> None:
        """End every conference in a room."""
        now = self._clock.now
        for booking in self.bookings:
            if booking.uses_room(room_id) and booking.session_at(now):
                self.end_conference(booking.event_id)

    def cancel(self, event_id: int) -> None:
        """Cancel all occurrences of a booking; the vendor still returns it."""
        self.end_conference(event_id)
        now = self._clock.now
        for booking in self.bookings:
            if booking.event_id == event_id:
                booking.cancelled = True
                booking.sessions = [
                    session for session in booking.sessions if session.start <= now
                ]

    def move(self, event_id: int, seconds: int) -> None:
        """Move all occurrences of a booking; sessions that have not begun move with it."""
        for booking in self.bookings:
            if booking.event_id == event_id:
                booking.start += seconds
                booking.end += seconds
                for session in booking.sessions:
                    if session.start > self._clock.now:
                        session.start += seconds
                        session.end += seconds

    def delete(self, event_id: int) -> None:
        """Delete a booking; the vendor does not return it any more."""
        for booking in self.bookings:
            booking.deleted = booking.deleted or booking.event_id == event_id

    def add_room(self, name: str | None = None) -> ConferenceRoom:
        """Add a room."""
        room = generate_conference_room(self._seed, self._created)
        self._created += 1
        room.name = name or room.name
        self.rooms[room.room_id] = room
        return room

    def remove_room(self, room_id: int) -> None:
        """Remove a room."""
        del self.rooms[room_id]

    def truth(self) -> dict[str, str]:
        """Return the expected status of every room."""
        now = self._clock.now
        live = [
            each for each in self.bookings if not each.deleted and each.session_at(now)
        ]
        return {
            str(room_id): "in_use"
            if any(each.uses_room(room_id) for each in live)
            else "idle"
            for room_id in self.rooms
        }

    def conference_truth(self) -> dict[str, str]:
        """Return the expected status of every booking."""
        now = self._clock.now
        events = {
            each.event_id: self._existing(each.event_id) for each in self.bookings
        }
        return {str(event_id): each.state(now) for event_id, each in events.items()}

    def _existing(self, event_id: int) -> Booking:
        """Return an existing booking."""
        booking = self.booking(event_id)
        if booking is None:
            raise KeyError(event_id)
        return booking

    def _extend(self) -> None:
        """Generate bookings so that there are always some two days ahead."""
        while self._start + self._next_cycle * PERIOD < self._clock.now + FUTURE:
            for track in range(self._tracks):
                self._bookings.append(
                    self._planner.book(
                        self._planned_rooms, track, self._tracks, self._next_cycle
                    )
                )
            self._other_hosts += [
                self._planner.other_host_session(self._next_cycle * 3 + n)
                for n in range(3)
            ]
            self._next_cycle += 1
