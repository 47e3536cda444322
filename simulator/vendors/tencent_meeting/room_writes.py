"""Create meetings, and book, release and call rooms, as Tencent Meeting does."""

from collections.abc import Callable, Iterator
import re

from simulator.accounts import TencentMeetingAccount
from simulator.clock import DAY, Clock
from simulator.company.booked_day import RoomBookingStatus
from simulator.company.company import Company
from simulator.company.room import Room
from simulator.company.room_bookings import RoomBooking
from simulator.company.scheduled_meetings import ScheduledMeeting
from simulator.company.writes import WriteKind
from simulator.enums import VendorName
from simulator.messages import Request, Response, Row
from simulator.vendors.vendor import Route, VendorError

from . import bodies

MINUTE = 60
SHORTEST, LONGEST = 15 * MINUTE, DAY
SCHEDULED, RECURRING = 0, 1
CALLING = 1
NO_MEETING, TOO_MANY_MEETINGS, NOT_OPEN, NOT_CREATOR = 9003, 9008, 9100, 9102
NO_ROOM, OCCUPIED = 20201, 20006
# The days before and after now whose occurrences of a recurring meeting are released.
BACK, AHEAD = 1, 31
FIXED = {
    ("POST", "/v1/meetings"): "create_meeting",
    ("PUT", "/v1/meeting-rooms/room-call"): "room_call",
    ("PUT", "/v1/meeting-rooms/cancel-room-call"): "cancel_room_call",
}
OF_MEETING = {
    "book-rooms": "book_rooms",
    "release-rooms": "release_rooms",
    "cancel": "cancel_meeting",
}


class RoomWrites:
    """Change the meetings and bookings of a company on behalf of an account's operator."""

    def __init__(self, company: Company, account: TencentMeetingAccount) -> None:
        """Start without calls."""
        self._account = account
        self._rooms = company.tencent_meeting
        self._meetings = company.meetings
        self._writes = company.writes
        self._clock: Clock = company.clock
        self._calls: dict[str, tuple[str, str]] = {}
        self._handlers: dict[str, Callable[[Request], Response]] = {
            "create_meeting": self._create,
            "book_rooms": self._book,
            "release_rooms": self._release,
            "cancel_meeting": self._cancel,
            "room_call": self._call,
            "cancel_room_call": self._cancel_call,
        }

    def route(self, request: Request) -> Route | None:
        """Find the API by method and path."""
        api = FIXED.get((request.method, request.path))
        found = re.fullmatch(r"/v1/meetings/[^/]+/([^/]+)", request.path)
        if found is not None and request.method == "POST":
            api = OF_MEETING.get(found[1])
        if api is None:
            return None
        return Route(api, self._handlers[api], _room_of(request))

    def _create(self, request: Request) -> Response:
        """Create a scheduled meeting without a room."""
        body = bodies.json_body(request)
        bodies.check_user(self._account, body, "instanceid")
        subject = bodies.field(body, "subject", str)
        start, end = (
            bodies.timestamp(body, "start_time"),
            bodies.timestamp(body, "end_time"),
        )
        if bodies.field(body, "type", int) != SCHEDULED:
            raise VendorError(bodies.INVALID, "only scheduled meetings are simulated")
        if end <= start or end <= self._clock.now:
            raise VendorError(bodies.INVALID, "end_time is invalid")
        self._check_number(request.now)
        meeting = self._meetings.create(
            subject,
            self._account.operator_id,
            start,
            end,
            recurring=body.get("meeting_type", SCHEDULED) == RECURRING,
            created_at=request.now,
        )
        self._record(WriteKind.CREATE_MEETING, meeting.meeting_id)
        row: Row = {
            "meeting_id": meeting.meeting_id,
            "meeting_code": meeting.meeting_id[-9:],
            "subject": subject,
            "type": SCHEDULED,
            "join_url": f"https://join.example.com/m/{meeting.meeting_id[-9:]}",
            "start_time": str(start),
            "end_time": str(end),
        }
        return Response({"meeting_number": 1, "meeting_info_list": [row]})

    def _book(self, request: Request) -> Response:
        """Book rooms for a meeting: all of them or none."""
        body = bodies.json_body(request)
        bodies.check_operator(self._account, body)
        rooms = self._rooms_of(body)
        if type(body.get("subject_visible", True)) is not bool:
            raise VendorError(bodies.INVALID, "subject_visible is invalid")
        meeting = self._meeting(_meeting_id(request))
        if meeting.recurring:
            raise VendorError(bodies.INVALID, "recurring meetings are not supported")
        if not SHORTEST <= meeting.end - meeting.start <= LONGEST:
            raise VendorError(bodies.INVALID, "from 15 minutes to 24 hours")
        for room in rooms:
            if not room.properties.settings.scheduled_status:
                raise VendorError(NOT_OPEN)
            if room.bookings.reserved(meeting.start, meeting.end):
                raise VendorError(OCCUPIED)
        for room in rooms:
            room.bookings.book(
                meeting.start,
                meeting.end,
                subject=meeting.subject,
                organizer=meeting.creator,
                booking_id=meeting.meeting_id,
            )
            meeting.room_ids.add(room.room_id)
            self._record(WriteKind.BOOK, meeting.meeting_id, room.room_id)
        named = [
            {"meeting_room_id": room.room_id, "meeting_room_name": room.name}
            for room in rooms
        ]
        return Response({"meeting_room_list": named})

    def _release(self, request: Request) -> Response:
        """Release rooms of a meeting: of a recurring one, for all of its occurrences."""
        body = bodies.json_body(request)
        bodies.check_operator(self._account, body)
        meeting_id = _meeting_id(request)
        rooms = self._rooms_of(body)
        if not self._is_known(meeting_id):
            raise VendorError(NO_MEETING)
        booked = [(room, self._booked(room, meeting_id)) for room in rooms]
        if not all(bookings for _, bookings in booked):
            raise VendorError(NO_ROOM, "the room is not booked for the meeting")
        meeting = self._meetings.get(meeting_id)
        for room, bookings in booked:
            for booking in bookings:
                room.bookings.cancel(booking.booking_id, RoomBookingStatus.RELEASED)
            if meeting is not None:
                meeting.room_ids.discard(room.room_id)
            self._record(WriteKind.RELEASE, meeting_id, room.room_id)
        return Response({})

    def _cancel(self, request: Request) -> Response:
        """Cancel a meeting that its creator cancels."""
        body = bodies.json_body(request)
        bodies.check_user(self._account, body, "instanceid")
        bodies.field(body, "reason_code", int)
        meeting_id = _meeting_id(request)
        if not self._is_known(meeting_id):
            raise VendorError(NO_MEETING)
        meeting = self._meetings.get(meeting_id)
        if meeting is None:
            raise VendorError(NOT_CREATOR)
        meeting.cancelled = True
        for room_id in meeting.room_ids:
            if (room := self._rooms.get(room_id)) is not None:
                room.bookings.cancel(meeting_id)
        meeting.room_ids.clear()
        self._record(WriteKind.CANCEL_MEETING, meeting_id)
        return Response({})

    def _call(self, request: Request) -> Response:
        """Call a room into a meeting."""
        body = bodies.json_body(request)
        bodies.check_operator(self._account, body)
        room = self._room(bodies.field(body, "meeting_room_id", str))
        meeting_id = str(bodies.field(body, "meeting_id", int))
        if not self._is_known(meeting_id):
            raise VendorError(NO_MEETING)
        if not room.properties.settings.is_allow_call:
            raise VendorError(bodies.INVALID, "the room does not allow calls")
        invite_id = f"invite{len(self._calls) + 1:06}"
        self._calls[invite_id] = (room.room_id, meeting_id)
        self._record(WriteKind.CALL, meeting_id, room.room_id)
        return Response({"status": CALLING, "invite_id": invite_id})

    def _cancel_call(self, request: Request) -> Response:
        """Cancel the call of a room."""
        body = bodies.json_body(request)
        bodies.check_operator(self._account, body)
        bodies.field(body, "instance_id", int)
        room = self._room(bodies.field(body, "meeting_room_id", str))
        meeting_id = bodies.field(body, "meeting_id", str)
        invite_id = bodies.field(body, "invite_id", str)
        if self._calls.pop(invite_id, None) != (room.room_id, meeting_id):
            raise VendorError(bodies.INVALID, "invite_id is invalid")
        self._record(WriteKind.CANCEL_CALL, meeting_id, room.room_id)
        return Response({})

    def _check_number(self, now: float) -> None:
        """Reject more meetings than a user may create in a minute or in a day."""
        limits = self._account.limits
        created = [now - each.created_at for each in self._meetings]
        recent = sum(age < MINUTE for age in created)
        today = sum(age < DAY for age in created)
        if limits.enabled and (
            recent >= limits.meetings_per_minute or today >= limits.meetings_per_day
        ):
            raise VendorError(TOO_MANY_MEETINGS)

    def _meeting(self, meeting_id: str) -> ScheduledMeeting:
        """Return a meeting that is not over, also one that is only known from a room."""
        if not self._is_known(meeting_id):
            raise VendorError(NO_MEETING)
        if (meeting := self._meetings.get(meeting_id)) is not None:
            return meeting
        booking = next(self._bookings(meeting_id))
        return ScheduledMeeting(
            meeting_id=meeting_id,
            subject=booking.subject,
            creator=booking.organizer,
            start=booking.start,
            end=booking.end,
            recurring=booking.recurring_id is not None,
        )

    def _is_known(self, meeting_id: str) -> bool:
        """Return whether a meeting exists that is neither cancelled nor over."""
        if (meeting := self._meetings.get(meeting_id)) is not None:
            return not meeting.cancelled and meeting.end > self._clock.now
        return any(self._bookings(meeting_id))

    def _bookings(self, meeting_id: str) -> Iterator[RoomBooking]:
        """Yield the bookings of a meeting in any room."""
        for room in self._rooms:
            yield from self._booked(room, meeting_id)

    def _booked(self, room: Room, meeting_id: str) -> list[RoomBooking]:
        """Return the bookings of a room for a meeting that are not over."""
        now = self._clock.now
        return [
            booking
            for booking in room.bookings.reserved(now - BACK * DAY, now + AHEAD * DAY)
            if meeting_id == (booking.recurring_id or booking.booking_id)
            if booking.end > now
        ]

    def _rooms_of(self, body: Row) -> list[Room]:
        """Return the rooms that a body names."""
        return [self._room(each) for each in bodies.texts(body, "meeting_room_id_list")]

    def _room(self, room_id: str) -> Room:
        """Return a room by its id."""
        if (room := self._rooms.get(room_id)) is None:
            raise VendorError(NO_ROOM)
        return room

    def _record(
        self, kind: WriteKind, meeting_id: str, room_id: str | None = None
    ) -> None:
        """Record a change."""
        self._writes.add(VendorName.TENCENT_MEETING, kind, meeting_id, room_id)


def _meeting_id(request: Request) -> str:
    """Return the id of the meeting in the path of a request."""
    return request.path.split("/")[3]


def _room_of(request: Request) -> str | None:
    """Return the first room that the body of a request names."""
    body = request.json_object() or {}
    rooms = body.get("meeting_room_id_list")
    named = [body.get("meeting_room_id"), *(rooms if isinstance(rooms, list) else [])]
    return next((each for each in named if isinstance(each, str)), None)
