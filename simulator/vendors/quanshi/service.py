"""Answer the conference APIs of Quanshi."""

from collections.abc import Callable
import time
from typing import override

from simulator.accounts import QuanshiAccount
from simulator.canaries import Canaries
from simulator.company.booking import Booking, Run
from simulator.estate import Estate
from simulator.exchange import Answer, Call, Row
from simulator.vendor import Refusal, Route, Vendor, VendorName

from .answers import booking_row, list_row, run_row, status_row
from .forms import DEFAULT_FORMS, Result, ResultForm

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
REFUSED_TOKEN, BAD_PARAMETER, NOT_FOUND, NO_RIGHT, BAD_METHOD = (
    40101,
    10001,
    20404,
    40301,
    10405,
)
MESSAGES = {
    REFUSED_TOKEN: "token is invalid or expired",
    BAD_PARAMETER: "parameter error",
    NOT_FOUND: "conference not exist",
    NO_RIGHT: "no permission",
    BAD_METHOD: "method not allowed",
}


class Quanshi(Vendor):
    """Play Quanshi's server."""

    name = VendorName.QUANSHI
    prefix = BASE

    def __init__(
        self, estate: Estate, account: QuanshiAccount, canaries: Canaries
    ) -> None:
        """Serve the bookings of one host."""
        super().__init__(estate)
        self.forms: dict[str, ResultForm] = dict(DEFAULT_FORMS)
        self._account = account
        self._diary = estate.quanshi
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
    def route(self, call: Call) -> Route | None:
        """Find the API by its path alone."""
        api = PATHS.get(call.path.removeprefix(BASE))
        if api is None:
            return None
        asked = call.json_object() or {}
        keys = ("tempConferenceId", "roomId", "eventId", "pcode")
        subject = next((str(asked[key]) for key in keys if key in asked), None)
        return Route(api, lambda call: self._answer(api, call), subject)

    @override
    def admit(self, call: Call, route: Route) -> None:
        """Check the method, the token, the right and the form of the body."""
        asked = call.json_object()
        if call.method != "POST":
            raise Refusal(BAD_METHOD)
        token = call.headers.get("token") or (asked or {}).get("token")
        if self._account.token_ended or token != self._account.token:
            raise Refusal(REFUSED_TOKEN, status=self._account.refusal_status)
        if not self._account.grants.allow(route.api):
            raise Refusal(NO_RIGHT)
        if "json" not in call.headers.get("Content-Type", "") or asked is None:
            raise Refusal(BAD_PARAMETER, "body is no json object")

    @override
    def refuse(self, refusal: Refusal, call: Call, api: str) -> Answer:
        """Answer in the vendor's envelope."""
        message = refusal.message or MESSAGES.get(refusal.code, "unknown error")
        content: Row = {"status": refusal.code, "msg": message}
        return Answer(content | envelope(), status=refusal.status or 200, good=False)

    @override
    def end_sessions(self) -> None:
        """End the token for good, until `token_ended` is taken back."""
        self._account.token_ended = True

    @property
    def _now(self) -> float:
        """Return the present of the bookings."""
        return self.estate.clock.present

    def _answer(self, api: str, call: Call) -> Answer:
        """Put the result of an API into the envelope, in the form it uses."""
        result = self._handlers[api](call.json_object() or {})
        message = {} if api in WITHOUT_MSG else {"msg": "success"}
        content: Row = {"status": 0, "result": result.in_form(self.forms[api])}
        return Answer(content | message | envelope())

    def _infos(self, asked: Row) -> Result:
        """Print one booking."""
        self._check_host(asked)
        if "eventId" in asked:
            booking = self._diary.booking(number(asked, "eventId"))
        else:
            booking = self._diary.booking_of_code(text(asked, "pcode"))
        if booking is None or booking.deleted:
            raise Refusal(NOT_FOUND)
        return Result([booking_row(booking, self._diary.rooms, self._now)], "eventId")

    def _list(self, asked: Row) -> Result:
        """List the host's bookings within a window."""
        self._check_host(asked)
        start, end = number(asked, "startTime"), number(asked, "endTime")
        recurring = asked.get("inCycle", 0)
        if recurring not in (0, 1) or end < start:
            raise Refusal(BAD_PARAMETER, "startTime, endTime or inCycle is invalid")
        found = self._diary.between(start, end, recurring=recurring == 1)
        rows = [list_row(each, self._diary.rooms, self._now) for each in found]
        return Result(rows, "eventId")

    def _get_status(self, asked: Row) -> Result:
        """Print the live state of many bookings."""
        ids = asked.get("eventIds")
        if (
            not isinstance(ids, list)
            or not ids
            or any(type(each) is not int for each in ids)
        ):
            raise Refusal(BAD_PARAMETER, "eventIds must be integers")
        rows = [status_row(each, self._diary.booking(each), self._now) for each in ids]
        return Result(rows, "eventId", ("conferences", {}))

    def _list_by_status(self, asked: Row) -> Result:
        """List every conference that runs in the company."""
        page, count = asked.get("page", 1), asked.get("count", 20)
        if type(page) is not int or type(count) is not int or page < 1 or count < 1:
            raise Refusal(BAD_PARAMETER, "page or count is invalid")
        live = [each for each in self._diary.runs if each[1].live(self._now)]
        rows = [
            self._run_row(*each) for each in live[(page - 1) * count : page * count]
        ]
        return Result(rows, "tempConferenceId", ("confList", {"totalCount": len(live)}))

    def _dashboard(self, asked: Row) -> Result:
        """Print one run."""
        temp_id = text(asked, "tempConferenceId")
        found = [each for each in self._diary.runs if each[1].temp_id == temp_id]
        if not found or found[0][1].start > self._now:
            raise Refusal(NOT_FOUND)
        return Result([self._run_row(*found[0])], "tempConferenceId")

    def _list_all(self, asked: Row) -> Result:
        """List every room."""
        del asked
        return Result([room.listed() for room in self._diary.rooms.values()], "roomId")

    def _get_room(self, asked: Row) -> Result:
        """Print one room with its devices."""
        wanted = str(asked.get("roomId", ""))
        for room in self._diary.rooms.values():
            if str(room.room_id) == wanted:
                return Result([room.detailed()], "roomId")
        raise Refusal(NOT_FOUND, "room not exist")

    def _run_row(self, booking: Booking | None, run: Run) -> Row:
        """Print a run, the host's own or another's."""
        return run_row(booking, run, self._now, self._other_host)

    def _check_host(self, asked: Row) -> None:
        """Refuse another host than the account's."""
        if number(asked, "userId") != int(self._account.user_id):
            raise Refusal(BAD_PARAMETER, "userId is not the host")


def envelope() -> Row:
    """Return what stands round every answer."""
    now = int(time.time() * 1000)
    request_id = f"uniformserver-2887001363-{now}.51"
    return {"request_id": request_id, "timestamp": now, "request_duration": "97.8ms"}


def number(asked: Row, name: str) -> int:
    """Return a whole number from the body; text is none."""
    value = asked.get(name)
    if type(value) is not int:
        raise Refusal(BAD_PARAMETER, f"{name} must be an integer")
    return value


def text(asked: Row, name: str) -> str:
    """Return a text from the body."""
    value = asked.get(name)
    if not isinstance(value, str) or not value:
        raise Refusal(BAD_PARAMETER, f"{name} must be a string")
    return value
