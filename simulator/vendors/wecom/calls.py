"""Call WeCom's Rooms into a meeting."""

from collections.abc import Callable

from simulator.accounts import WecomAccount
from simulator.company.company import Company
from simulator.company.writes import WriteKind
from simulator.enums import VendorName
from simulator.messages import Request, Response
from simulator.vendors.vendor import VendorError

from .calendar_writes import INVALID, required_text
from .errors import OK

BASE = "/cgi-bin/meeting/rooms/"


class Calls:
    """Call rooms into the meetings that the application has created, and cancel the calls."""

    def __init__(self, company: Company, account: WecomAccount) -> None:
        """Start without calls."""
        self._rooms = company.wecom
        self._writes = company.writes
        self._account = account
        self._calls: set[tuple[str, str]] = set()
        self.handlers: dict[str, tuple[str, Callable[[Request], Response]]] = {
            BASE + "call": ("call", self._call),
            BASE + "cancel_call": ("cancel_call", self._cancel),
        }

    def _call(self, request: Request) -> Response:
        """Call a room."""
        room_id, meeting_id = self._named(request)
        if not self._rooms[room_id].properties.settings.is_allow_call:
            raise VendorError(INVALID, "the room does not allow calls")
        self._calls.add((room_id, meeting_id))
        self._writes.add(VendorName.WECOM, WriteKind.CALL, meeting_id, room_id)
        return Response(OK)

    def _cancel(self, request: Request) -> Response:
        """Cancel the call of a room."""
        room_id, meeting_id = self._named(request)
        if (room_id, meeting_id) not in self._calls:
            raise VendorError(INVALID, "no call")
        self._calls.remove((room_id, meeting_id))
        self._writes.add(VendorName.WECOM, WriteKind.CANCEL_CALL, meeting_id, room_id)
        return Response(OK)

    def _named(self, request: Request) -> tuple[str, str]:
        """Return the room and the meeting that a body names."""
        body = request.json_object() or {}
        meeting_id = required_text(body, "meetingid")
        room_id = required_text(body, "meeting_room_id")
        if meeting_id not in self._account.meetings:
            raise VendorError(INVALID, "not a meeting of this application")
        if room_id not in self._rooms:
            raise VendorError(INVALID, "meeting_room_id is invalid")
        return room_id, meeting_id
