"""Answer WeCom's booking calendar, which numbers the rooms in its own way."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from simulator.clock import BEIJING, Clock
from simulator.company.day import Meeting
from simulator.company.room import Room
from simulator.company.rooms import RoomBook
from simulator.exchange import Answer, Call, Row
from simulator.vendor import Refusal

from .errors import OK

BASE = "/cgi-bin/oa/meetingroom/"
FIRST_ID = 31
EQUIPMENT = ((1, 4), (5,), (), (1, 2, 3))
BOOKED, REQUESTED, IN_APPROVAL = 0, 2, 3


class Calendar:
    """Tell the bookings of those rooms that may be booked."""

    def __init__(self, rooms: RoomBook, clock: Clock) -> None:
        """Serve the rooms of WeCom."""
        self._rooms = rooms
        self._clock = clock
        self.handlers: dict[str, tuple[str, Callable[[Call], Answer]]] = {
            BASE + "list": ("meetingroom_list", self._list),
            BASE + "get_booking_info": ("get_booking_info", self._bookings),
        }

    def _list(self, call: Call) -> Answer:
        """List the rooms of a place."""
        asked = call.json_object() or {}
        rows = [
            self._room_row(number, room) for number, room in self._numbered().items()
        ]
        fitting = [
            row
            for row in rows
            if all(
                asked.get(key) in (None, "", row[key])
                for key in ("city", "building", "floor")
            )
        ]
        return Answer(OK | {"meetingroom_list": fitting})

    def _bookings(self, call: Call) -> Answer:
        """List the bookings of one room or of all rooms, within one day."""
        asked = call.json_object() or {}
        start, end = self._window(asked)
        numbered = self._numbered()
        wanted = asked.get("meetingroom_id")
        if wanted is not None and (type(wanted) is not int or wanted not in numbered):
            raise Refusal(40058, "meetingroom_id is invalid")
        rows = [
            {
                "meetingroom_id": number,
                "schedule": [
                    row
                    for row in self._schedule(number, room)
                    if row["start_time"] < end and row["end_time"] > start
                ],
            }
            for number, room in numbered.items()
            if wanted in (None, number)
        ]
        return Answer(OK | {"booking_list": rows})

    def _window(self, asked: Row) -> tuple[int, int]:
        """Return the window; it is the rest of the day unless asked otherwise."""
        now = datetime.fromtimestamp(self._clock.present, BEIJING)
        midnight = datetime.combine(now + timedelta(days=1), time.min, BEIJING)
        start = asked.get("start_time", int(now.timestamp()))
        end = asked.get("end_time", int(midnight.timestamp()))
        if type(start) is not int or type(end) is not int or end <= start:
            raise Refusal(40058, "start_time or end_time is invalid")
        first = datetime.fromtimestamp(start, BEIJING).date()
        if datetime.fromtimestamp(end - 1, BEIJING).date() != first:
            raise Refusal(40058, "start_time and end_time must be on the same day")
        return start, end

    def _numbered(self) -> dict[int, Room]:
        """Return the rooms that may be booked by their numbers."""
        return {
            FIRST_ID + room.index: room
            for room in self._rooms
            if room.facts.switches.scheduled_status
        }

    def _room_row(self, number: int, room: Room) -> Row:
        """Print a room; no id links it to the other list."""
        basic = room.facts.basic
        return {
            "meetingroom_id": number,
            "name": room.name.strip(),
            "capacity": basic.participant_number,
            "city": basic.city,
            "building": basic.building,
            "floor": basic.floor,
            "equipment": list(EQUIPMENT[number % len(EQUIPMENT)]),
            "coordinate": {"latitude": "34.19", "longitude": "108.87"},
            "need_approval": number % 2,
        }

    def _schedule(self, number: int, room: Room) -> list[Row]:
        """Print the bookings of a room; every fifth room prints the older key."""
        key = "meeting_id" if number % 5 == 0 else "booking_id"
        meetings = sorted(room.meetings, key=lambda each: each.span.start)
        return [
            {
                key: f"bk{each.meeting_id}",
                "schedule_id": f"sc{each.code}",
                "start_time": self._clock.wall_label(each.span.start),
                "end_time": self._clock.wall_label(each.span.end),
                "booker": f"user{each.code[:3]}",
                "status": self._state(each),
            }
            for each in meetings
        ]

    def _state(self, meeting: Meeting) -> int:
        """Return the state of a booking; what goes on is booked."""
        coming = meeting.span.start > self._clock.office
        states = (BOOKED, BOOKED, BOOKED, REQUESTED, IN_APPROVAL)
        return states[int(meeting.code) % len(states)] if coming else BOOKED
