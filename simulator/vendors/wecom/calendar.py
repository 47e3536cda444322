"""Serve WeCom's booking calendar, which has room ids of its own."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from simulator.clock import BEIJING, Clock
from simulator.company.day_plan import Meeting
from simulator.company.room import Room
from simulator.company.rooms import Rooms
from simulator.messages import Request, Response, Row
from simulator.vendors.vendor import VendorError

from .errors import OK

BASE = "/cgi-bin/oa/meetingroom/"
FIRST_ID = 31
EQUIPMENT = ((1, 4), (5,), (), (1, 2, 3))
BOOKED, REQUESTED, IN_APPROVAL = 0, 2, 3


class Calendar:
    """Return the bookings of the bookable rooms."""

    def __init__(self, rooms: Rooms, clock: Clock) -> None:
        """Set the rooms and the clock."""
        self._rooms = rooms
        self._clock = clock
        self.handlers: dict[str, tuple[str, Callable[[Request], Response]]] = {
            BASE + "list": ("meetingroom_list", self._list),
            BASE + "get_booking_info": ("get_booking_info", self._bookings),
        }

    def _list(self, request: Request) -> Response:
        """Return the rooms at a location."""
        body = request.json_object() or {}
        rows = [
            self._room_row(number, room)
            for number, room in self._bookable_rooms().items()
        ]
        matching = [
            row
            for row in rows
            if all(
                body.get(key) in (None, "", row[key])
                for key in ("city", "building", "floor")
            )
        ]
        return Response(OK | {"meetingroom_list": matching})

    def _bookings(self, request: Request) -> Response:
        """Return the bookings of one room or of all rooms, within one day."""
        body = request.json_object() or {}
        start, end = self._window(body)
        by_id = self._bookable_rooms()
        wanted = body.get("meetingroom_id")
        if wanted is not None and (type(wanted) is not int or wanted not in by_id):
            raise VendorError(40058, "meetingroom_id is invalid")
        rows = [
            {
                "meetingroom_id": number,
                "schedule": [
                    row
                    for row in self._schedule(number, room)
                    if row["start_time"] < end and row["end_time"] > start
                ],
            }
            for number, room in by_id.items()
            if wanted in (None, number)
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

    def _bookable_rooms(self) -> dict[int, Room]:
        """Return the bookable rooms by their ids in the calendar."""
        return {
            FIRST_ID + room.index: room
            for room in self._rooms
            if room.properties.settings.scheduled_status
        }

    def _room_row(self, number: int, room: Room) -> Row:
        """Return the row of a room; its id differs from that in `list`."""
        basic = room.properties.basic
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
        """Return the bookings of a room; every fifth room uses the older key."""
        key = "meeting_id" if number % 5 == 0 else "booking_id"
        meetings = sorted(room.meetings, key=lambda each: each.interval.start)
        return [
            {
                key: f"bk{each.meeting_id}",
                "schedule_id": f"sc{each.code}",
                "start_time": self._clock.to_real(each.interval.start),
                "end_time": self._clock.to_real(each.interval.end),
                "booker": f"user{each.code[:3]}",
                "status": self._status(each),
            }
            for each in meetings
        ]

    def _status(self, meeting: Meeting) -> int:
        """Return the status of a booking; a current meeting is booked."""
        upcoming = meeting.interval.start > self._clock.simulated
        states = (BOOKED, BOOKED, BOOKED, REQUESTED, IN_APPROVAL)
        return states[int(meeting.code) % len(states)] if upcoming else BOOKED
