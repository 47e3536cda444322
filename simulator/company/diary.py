"""Keep Quanshi's rooms, bookings and runs, and change them by hand."""

from simulator.canaries import Canaries
from simulator.clock import Clock

from .booking import Approval, Booking, RoomRequest, Run
from .booking_plan import HOUR, PERIOD, Planner
from .conference_room import ConferenceRoom, furnish_conference_room

BACK, AHEAD = 14 * HOUR, 28 * HOUR
TRACKS_LEAST, TRACKS_MOST = 2, 12


class Diary:
    """Know the truth of one host's bookings and of the rooms they ask for."""

    def __init__(
        self, seed: int, rooms: int, host_id: int, clock: Clock, canaries: Canaries
    ) -> None:
        """Open the rooms and plan the bookings around now."""
        self.host_id = host_id
        self.rooms: dict[int, ConferenceRoom] = {}
        self._seed = seed
        self._clock = clock
        self._opened = 0
        self._bookings: list[Booking] = []
        self._foreign: list[Run] = []
        self._canaries = canaries
        self._planner = Planner(seed, host_id, clock.present, canaries)
        self._tracks = min(max(TRACKS_LEAST, rooms // 3), TRACKS_MOST)
        self._next_cycle = -(BACK // PERIOD)
        for _ in range(rooms):
            self.add_room()
        self._start = clock.present
        self._planned_rooms = list(self.rooms.values())
        self._extend()

    @property
    def bookings(self) -> list[Booking]:
        """Return all bookings; an event that recurs stands there several times."""
        self._extend()
        return self._bookings

    @property
    def runs(self) -> list[tuple[Booking | None, Run]]:
        """Return all runs with their booking, where it is the host's own."""
        own: list[tuple[Booking | None, Run]] = [
            (booking, run) for booking in self.bookings for run in booking.runs
        ]
        return own + [(None, run) for run in self._foreign]

    def booking(self, event_id: int) -> Booking | None:
        """Return the booking of an event: the occurrence that is on, else the next, else the last."""
        now = self._clock.present
        found = [each for each in self.bookings if each.event_id == event_id]
        running = [each for each in found if each.run_at(now)]
        coming = [each for each in found if each.end > now]
        return next(iter(running or coming or found[-1:]), None)

    def booking_of_code(self, pcode: str) -> Booking | None:
        """Return the booking that a host's password opens."""
        found = [
            each.event_id for each in self.bookings if each.secrets.pcode1 == pcode
        ]
        return self.booking(found[0]) if found else None

    def between(self, start: float, end: float, *, recurring: bool) -> list[Booking]:
        """Return the bookings that touch a window."""
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
        """Book rooms for a new conference, by hand."""
        booking = self._planner.by_hand(title, int(start), int(end))
        booking.requests = [RoomRequest(room_id, approval, 1) for room_id in room_ids]
        self._bookings.append(booking)
        return booking

    def approve(
        self, event_id: int, room_id: int, approval: Approval = Approval.APPROVED
    ) -> None:
        """Decide on the request for a room."""
        for booking in self.bookings:
            for request in booking.requests:
                if (booking.event_id, request.room_id) == (event_id, room_id):
                    request.approval = approval

    def start_run(self, event_id: int) -> Run:
        """Start a conference now; it runs until it is ended."""
        booking = self._known(event_id)
        run = self._planner.run_by_hand(self._clock.present)
        booking.runs = [
            each for each in booking.runs if each.start <= self._clock.present
        ]
        booking.runs.append(run)
        return run

    def end_run(self, event_id: int) -> None:
        """End the conference that is on."""
        now = self._clock.present
        for booking in self.bookings:
            if booking.event_id == event_id and (run := booking.run_at(now)):
                run.end = now

    def start_meeting(self, room_id: int, minutes: float = 30) -> Booking:
        """Book a room on the spot and start the conference in it."""
        now = self._clock.present
        booking = self.book("临时会议", now, now + minutes * 60, room_id)
        self.start_run(booking.event_id)
        return booking

    def end_meeting(self, room_id: int) -> None:
        """End every conference that is held in a room."""
        now = self._clock.present
        for booking in self.bookings:
            if booking.holds(room_id) and booking.run_at(now):
                self.end_run(booking.event_id)

    def cancel(self, event_id: int) -> None:
        """Cancel all occurrences of a booking, which is not held then; it is still shown."""
        self.end_run(event_id)
        now = self._clock.present
        for booking in self.bookings:
            if booking.event_id == event_id:
                booking.cancelled = True
                booking.runs = [run for run in booking.runs if run.start <= now]

    def delete(self, event_id: int) -> None:
        """Remove a booking so that the vendor does not know it any more."""
        for booking in self.bookings:
            booking.deleted = booking.deleted or booking.event_id == event_id

    def add_room(self, name: str | None = None) -> ConferenceRoom:
        """Open one more room."""
        room = furnish_conference_room(self._seed, self._opened)
        self._opened += 1
        room.name = name or room.name
        self.rooms[room.room_id] = room
        return room

    def remove_room(self, room_id: int) -> None:
        """Close a room."""
        del self.rooms[room_id]

    def truth(self) -> dict[str, str]:
        """Return the right state of every room in words."""
        now = self._clock.present
        live = [each for each in self.bookings if not each.deleted and each.run_at(now)]
        return {
            str(room_id): "in_use"
            if any(each.holds(room_id) for each in live)
            else "idle"
            for room_id in self.rooms
        }

    def conference_truth(self) -> dict[str, str]:
        """Return the right state of every booking in words."""
        now = self._clock.present
        events = {each.event_id: self._known(each.event_id) for each in self.bookings}
        return {str(event_id): each.word(now) for event_id, each in events.items()}

    def _known(self, event_id: int) -> Booking:
        """Return a booking that must be there."""
        booking = self.booking(event_id)
        if booking is None:
            raise KeyError(event_id)
        return booking

    def _extend(self) -> None:
        """Plan on, so that there are always bookings a day ahead."""
        while self._start + self._next_cycle * PERIOD < self._clock.present + AHEAD:
            for track in range(self._tracks):
                self._bookings.append(
                    self._planner.book(
                        self._planned_rooms, track, self._tracks, self._next_cycle
                    )
                )
            self._foreign += [
                self._planner.foreign_run(self._next_cycle * 3 + n) for n in range(3)
            ]
            self._next_cycle += 1
