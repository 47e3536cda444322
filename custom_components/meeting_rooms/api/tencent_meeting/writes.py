"""The requests that book and release a room for a meeting, and that call it into one.

Sources: the vendor's pages "创建会议", "取消会议", "预定会议室（Rooms）"
(https://cloud.tencent.com/document/product/1095/55313), "释放会议室（Rooms）"
(https://cloud.tencent.com/document/product/1095/55314) and "呼叫会议室", and its published client.
"""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPMethod
from typing import Final
from urllib.parse import quote

from ..client import NewBooking
from ..errors import NotFound, OperatorRequired, OutcomeUnknown
from ..transport import VendorResponse
from ..values import integer, sent_text
from ..wire import parse_rows
from .bookings import INSTANCE_IS_PC, OPERATOR_IS_USER_ID
from .errors import NO_MEETING
from .wire import CallPage, NewMeeting

_MEETING: Final = "/v1/meetings/{meeting_id}"
WRITES: Final = {
    "create_meeting": (HTTPMethod.POST, "/v1/meetings"),
    "book_room": (HTTPMethod.POST, f"{_MEETING}/book-rooms"),
    "release_room": (HTTPMethod.POST, f"{_MEETING}/release-rooms"),
    "cancel_meeting": (HTTPMethod.POST, f"{_MEETING}/cancel"),
    "call_room": (HTTPMethod.PUT, "/v1/meeting-rooms/room-call"),
    "cancel_call": (HTTPMethod.PUT, "/v1/meeting-rooms/cancel-room-call"),
}
"""The method and the path of each API."""

_SCHEDULED: Final = 0
_NO_REASON: Final = 1
"""The caller may choose the code of the reason."""

type Body = Mapping[str, object]
type Write = Callable[[str, str, Body], Awaitable[VendorResponse]]
"""A function that sends a request to an API, at a path, with a body."""


class RoomWriter:
    """Book, release and call rooms on behalf of the operator."""

    def __init__(self, write: Write, operator_id: str | None) -> None:
        """Use a function that sends each request once."""
        self._write = write
        self._operator_id = operator_id
        self._invites: dict[tuple[str, str], str] = {}
        """The vendor's ids of the calls, by room and meeting."""

    async def create_meeting(self, booking: NewBooking) -> str:
        """Create a scheduled meeting, and return its id."""
        body: Body = {
            **self._user,
            "subject": sent_text(booking.subject),
            "type": _SCHEDULED,
            "start_time": str(int(booking.start.timestamp())),
            "end_time": str(int(booking.end.timestamp())),
        }
        response = await self._send("create_meeting", body)
        meetings = parse_rows(NewMeeting, response.fields.get("meeting_info_list"))
        ids = [each.meeting_id for each in meetings if each.meeting_id is not None]
        if not ids:
            raise OutcomeUnknown("no id of the meeting")
        return ids[0]

    async def book(self, room_id: str, meeting_id: str, *, show_subject: bool) -> None:
        """Book a room for a meeting; its screen may show the subject."""
        rooms = {"meeting_room_id_list": [room_id], "subject_visible": show_subject}
        await self._send("book_room", {**self._operator, **rooms}, meeting_id)

    async def release(self, room_id: str, meeting_id: str) -> None:
        """Release the room of a meeting; of a recurring one, for all of its occurrences."""
        body = {**self._operator, "meeting_room_id_list": [room_id]}
        await self._send("release_room", body, meeting_id)

    async def cancel_meeting(self, meeting_id: str) -> None:
        """Cancel a meeting, which may be cancelled already."""
        try:
            await self._send(
                "cancel_meeting", {**self._user, "reason_code": _NO_REASON}, meeting_id
            )
        except NotFound as err:
            if err.code != NO_MEETING:
                raise

    async def call(self, room_id: str, meeting_id: str) -> str | None:
        """Call a room into a meeting, and return the status of the call."""
        body = {
            **self._operator,
            "meeting_id": _number(meeting_id),
            "meeting_room_id": room_id,
        }
        response = await self._send("call_room", body)
        page = CallPage.from_dict(response.fields)
        self._invites.pop((room_id, meeting_id), None)
        if page.invite_id is not None:
            self._invites[room_id, meeting_id] = page.invite_id
        return page.status

    async def cancel_call(self, room_id: str, meeting_id: str) -> str | None:
        """Cancel a call, and return its status; the vendor identifies it by its own id."""
        body: dict[str, object] = {
            **self._operator,
            "instance_id": INSTANCE_IS_PC,
            "meeting_id": meeting_id,
            "meeting_room_id": room_id,
        }
        if (invite_id := self._invites.get((room_id, meeting_id))) is not None:
            body["invite_id"] = invite_id
        response = await self._send("cancel_call", body)
        self._invites.pop((room_id, meeting_id), None)
        return CallPage.from_dict(response.fields).status

    @property
    def _operator(self) -> Body:
        """Return the operator, under the names that the APIs of rooms use."""
        return {"operator_id": self._known, "operator_id_type": OPERATOR_IS_USER_ID}

    @property
    def _user(self) -> Body:
        """Return the operator, under the names that the APIs of meetings use."""
        return {"userid": self._known, "instanceid": INSTANCE_IS_PC}

    @property
    def _known(self) -> str:
        """Return the operator's id; raises OperatorRequired without one."""
        if self._operator_id is None:
            raise OperatorRequired
        return self._operator_id

    async def _send(self, api: str, body: Body, meeting_id: str = "") -> VendorResponse:
        """Return the response of an API to a request about a meeting."""
        _, path = WRITES[api]
        path = path.format(meeting_id=quote(meeting_id, safe=""))
        return await self._write(api, path, body)


def _number(meeting_id: str) -> int | str:
    """Return an id as the integer that the vendor documents; any other text unchanged."""
    number = integer(meeting_id)
    return meeting_id if number is None else number
