"""Serve the conference APIs of Quanshi."""

from collections.abc import Callable
import time
from typing import override

from simulator.accounts import QuanshiAccount
from simulator.canaries import Canaries
from simulator.company.booking import Booking, ConferenceSession
from simulator.company.company import Company
from simulator.enums import VendorName
from simulator.messages import Request, Response, Row
from simulator.vendors.vendor import Route, Vendor, VendorError

from .result_forms import DEFAULT_FORMS, Result, ResultForm
from .rows import booking_row, list_row, session_row, status_row

BASE = "/confopenapi/"
PATHS = {
    "room/conference/infos": "infos",
    "room/conference/list": "list",
    "conference/getStatus": "getStatus",
    "conference/listbystatus": "listbystatus",
    "admin/dashboard/conference/info": "dashboard",
    "room/listAll": "listAll",
    "room/getRoomById": "getRoomById",
}
WITHOUT_MSG = frozenset(("infos", "listAll"))
INVALID_TOKEN, BAD_PARAMETER, NOT_FOUND, NO_PERMISSION, BAD_METHOD = (
    40101,
    10001,
    20404,
    40301,
    10405,
)
MESSAGES = {
    INVALID_TOKEN: "token is invalid or expired",
    BAD_PARAMETER: "parameter error",
    NOT_FOUND: "conference not exist",
    NO_PERMISSION: "no permission",
    BAD_METHOD: "method not allowed",
}


class Quanshi(Vendor):
    """Simulate Quanshi's server."""

    name = VendorName.QUANSHI
    prefix = BASE

    def __init__(
        self, company: Company, account: QuanshiAccount, canaries: Canaries
    ) -> None:
        """Serve the bookings of one host."""
        super().__init__()
        self._clock = company.clock
        self.forms: dict[str, ResultForm] = dict(DEFAULT_FORMS)
        self._account = account
        self._bookings = company.quanshi
        self._other_host = (canaries.mobile("hostMobile"), canaries.mail("hostEmail"))
        self._handlers: dict[str, Callable[[Row], Result]] = {
            "infos": self._infos,
            "list": self._list,
            "getStatus": self._get_status,
            "listbystatus": self._list_by_status,
            "dashboard": self._dashboard,
            "listAll": self._list_all,
            "getRoomById": self._get_room,
        }

    @override
    def route(self, request: Request) -> Route | None:
        """Find the API by the path alone."""
        api = PATHS.get(request.path.removeprefix(BASE))
        if api is None:
            return None
        body = request.json_object() or {}
        keys = ("tempConferenceId", "roomId", "eventId", "pcode")
        subject = next((str(body[key]) for key in keys if key in body), None)
        return Route(api, lambda request: self._respond(api, request), subject)

    @override
    def check(self, request: Request, route: Route) -> None:
        """Check the method, the token, the permission and the format of the body."""
        body = request.json_object()
        if request.method != "POST":
            raise VendorError(BAD_METHOD)
        token = request.headers.get("token") or (body or {}).get("token")
        if self._account.token_expired or token != self._account.token:
            raise VendorError(INVALID_TOKEN, status=self._account.token_error_status)
        if not self._account.permissions.allows(route.api):
            raise VendorError(NO_PERMISSION)
        if "json" not in request.headers.get("Content-Type", "") or body is None:
            raise VendorError(BAD_PARAMETER, "body is not a json object")

    @override
    def error_response(
        self, error: VendorError, request: Request, api: str
    ) -> Response:
        """Return an error in the vendor's envelope."""
        message = error.message or MESSAGES.get(error.code, "unknown error")
        content: Row = {"status": error.code, "msg": message}
        return Response(content | envelope(), status=error.status or 200, success=False)

    @override
    def expire_tokens(self, code: int | None = None) -> None:
        """Let the token expire until `token_expired` is reset."""
        self._account.token_expired = True

    @property
    def _now(self) -> float:
        """Return the current time of the bookings."""
        return self._clock.now

    def _respond(self, api: str, request: Request) -> Response:
        """Return the result of an API in the envelope and in its current form."""
        result = self._handlers[api](request.json_object() or {})
        message = {} if api in WITHOUT_MSG else {"msg": "success"}
        content: Row = {"status": 0, "result": result.in_form(self.forms[api])}
        return Response(content | message | envelope())

    def _infos(self, body: Row) -> Result:
        """Return one booking."""
        self._check_host(body)
        if "eventId" in body:
            booking = self._bookings.booking(number(body, "eventId"))
        else:
            booking = self._bookings.booking_by_pcode(text(body, "pcode"))
        if booking is None or booking.deleted:
            raise VendorError(NOT_FOUND)
        return Result(
            [booking_row(booking, self._bookings.rooms, self._now)], "eventId"
        )

    def _list(self, body: Row) -> Result:
        """Return the host's bookings within a window."""
        self._check_host(body)
        start, end = number(body, "startTime"), number(body, "endTime")
        recurring = body.get("inCycle", 0)
        if recurring not in (0, 1) or end < start:
            raise VendorError(BAD_PARAMETER, "startTime, endTime or inCycle is invalid")
        found = self._bookings.between(start, end, recurring=recurring == 1)
        rows = [list_row(each, self._bookings.rooms, self._now) for each in found]
        return Result(rows, "eventId")

    def _get_status(self, body: Row) -> Result:
        """Return the live status of several bookings."""
        ids = body.get("eventIds")
        if (
            not isinstance(ids, list)
            or not ids
            or any(type(each) is not int for each in ids)
        ):
            raise VendorError(BAD_PARAMETER, "eventIds must be integers")
        rows = [
            status_row(each, self._bookings.booking(each), self._now) for each in ids
        ]
        return Result(rows, "eventId", ("conferences", {}))

    def _list_by_status(self, body: Row) -> Result:
        """Return every conference of the company that is in progress."""
        page, count = body.get("page", 1), body.get("count", 20)
        if type(page) is not int or type(count) is not int or page < 1 or count < 1:
            raise VendorError(BAD_PARAMETER, "page or count is invalid")
        live = [
            each for each in self._bookings.sessions if each[1].is_active(self._now)
        ]
        rows = [
            self._session_row(*each) for each in live[(page - 1) * count : page * count]
        ]
        return Result(rows, "tempConferenceId", ("confList", {"totalCount": len(live)}))

    def _dashboard(self, body: Row) -> Result:
        """Return one session."""
        temp_id = text(body, "tempConferenceId")
        found = [each for each in self._bookings.sessions if each[1].temp_id == temp_id]
        if not found or found[0][1].start > self._now:
            raise VendorError(NOT_FOUND)
        return Result([self._session_row(*found[0])], "tempConferenceId")

    def _list_all(self, body: Row) -> Result:
        """Return every room."""
        del body
        return Result(
            [room.list_row() for room in self._bookings.rooms.values()], "roomId"
        )

    def _get_room(self, body: Row) -> Result:
        """Return one room with its devices."""
        wanted = str(body.get("roomId", ""))
        for room in self._bookings.rooms.values():
            if str(room.room_id) == wanted:
                return Result([room.detail_row()], "roomId")
        raise VendorError(NOT_FOUND, "room not exist")

    def _session_row(self, booking: Booking | None, session: ConferenceSession) -> Row:
        """Return the row of a session."""
        return session_row(booking, session, self._now, self._other_host)

    def _check_host(self, body: Row) -> None:
        """Reject a host other than the account's."""
        if number(body, "userId") != int(self._account.user_id):
            raise VendorError(BAD_PARAMETER, "userId is not the host")


def envelope() -> Row:
    """Return the fields that every response has."""
    now = int(time.time() * 1000)
    request_id = f"uniformserver-2887001363-{now}.51"
    return {"request_id": request_id, "timestamp": now, "request_duration": "97.8ms"}


def number(body: Row, name: str) -> int:
    """Return an integer from the body; a number as text is rejected."""
    value = body.get(name)
    if type(value) is not int:
        raise VendorError(BAD_PARAMETER, f"{name} must be an integer")
    return value


def text(body: Row, name: str) -> str:
    """Return a text from the body."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise VendorError(BAD_PARAMETER, f"{name} must be a string")
    return value
