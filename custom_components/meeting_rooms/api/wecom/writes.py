"""The requests that book and release a room of the booking calendar, and that call a room.

Sources: the vendor's page "会议室预定管理"
(https://developer.work.weixin.qq.com/document/path/93620), and those on calling Rooms. The booking
calendar and Rooms have different ids of a room.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from ..client import NewBooking
from ..errors import NotFound, OutcomeUnknown, RequestRejected
from ..transport import VendorResponse
from ..values import identifier, integer, sent_text
from .errors import BAD_PARAMETERS

WRITE_PATHS: Final = {
    "book_room": "/cgi-bin/oa/meetingroom/book",
    "release_room": "/cgi-bin/oa/meetingroom/cancel_book",
    "call_room": "/cgi-bin/meeting/rooms/call",
    "cancel_call": "/cgi-bin/meeting/rooms/cancel_call",
}
"""The path of each API."""

type Write = Callable[[str, Mapping[str, object]], Awaitable[VendorResponse]]


class RoomWriter:
    """Book, release and call rooms."""

    def __init__(self, write: Write) -> None:
        """Use a function that sends each request once."""
        self._write = write

    async def book(self, booking: NewBooking) -> str:
        """Book a room for the organizer, and return the id of the booking."""
        number = integer(booking.room_id)
        if number is None:
            raise NotFound("not an id of the booking calendar")
        response = await self._write(
            "book_room",
            {
                "meetingroom_id": number,
                "start_time": int(booking.start.timestamp()),
                "end_time": int(booking.end.timestamp()),
                "booker": sent_text(booking.organizer or ""),
                "subject": sent_text(booking.subject),
            },
        )
        fields = response.fields
        # The older name of the id.
        booking_id = fields.get("booking_id", fields.get("meeting_id"))
        if (found := identifier(booking_id)) is None:
            raise OutcomeUnknown("no id of the booking")
        return found

    async def release(self, booking_id: str) -> None:
        """Cancel a booking; raises NotFound for an unknown one."""
        try:
            await self._write("release_room", {"booking_id": booking_id})
        except RequestRejected as err:
            if err.code in BAD_PARAMETERS:
                raise NotFound(code=err.code) from None
            raise

    async def call(self, api: str, room_id: str, meeting_id: str) -> str | None:
        """Call a room into a meeting or cancel the call, and return its status if there is one."""
        body = {"meetingid": sent_text(meeting_id), "meeting_room_id": room_id}
        response = await self._write(api, body)
        return identifier(response.fields.get("status"))
