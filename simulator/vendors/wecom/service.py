"""Serve the room APIs of WeCom."""

from collections.abc import Callable, Iterable
from typing import override

from simulator.accounts import WecomAccount
from simulator.canaries import Canaries
from simulator.company.company import Company
from simulator.company.room import Room
from simulator.enums import RoomStatus, VendorName
from simulator.messages import Request, Response, Row
from simulator.vendors.room_rows import (
    controller_row,
    details,
    device_row,
    devices_of,
    list_row,
)
from simulator.vendors.vendor import Route, Vendor, VendorError

from .calendar import BOOKINGS, LIST, Calendar
from .calendar_writes import BOOK, CANCEL, CalendarWrites
from .calls import Calls
from .cursors import Cursors, Position
from .errors import OK, render_error
from .tokens import Tokens

ROOMS = "/cgi-bin/meeting/rooms/"
MAX_LIMIT = 50
ACCOUNT_KINDS = {0: "normal", 1: "special", 2: "special"}


class Wecom(Vendor):
    """Simulate WeCom's server."""

    name = VendorName.WECOM
    prefix = "/cgi-bin/"

    def __init__(
        self, company: Company, account: WecomAccount, canaries: Canaries
    ) -> None:
        """Serve the rooms of a company to one application."""
        super().__init__()
        self.tokens = Tokens(account, canaries)
        self._account = account
        self._rooms = company.wecom
        self._cursors = Cursors(account.corp_secret)
        self._handlers: dict[str, tuple[str, Callable[[Request], Response]]] = {
            "/cgi-bin/gettoken": ("gettoken", self._gettoken),
            ROOMS + "list": ("list", self._list),
            ROOMS + "get_info": ("get_info", self._get_info),
            ROOMS + "list_devices": ("list_devices", self._list_devices),
            ROOMS + "list_controllers": ("list_controllers", self._list_controllers),
            ROOMS + "get_inventory": ("get_inventory", self._get_inventory),
            **Calendar(company.calendar, company.clock).handlers,
            **CalendarWrites(company).handlers,
            **Calls(company, account).handlers,
        }

    @override
    def route(self, request: Request) -> Route | None:
        """Find the API by the path alone; `check` rejects a wrong method."""
        if request.path not in self._handlers:
            return None
        body = request.json_object() or {}
        room_id = body.get("meeting_room_id", body.get("meetingroom_id"))
        known = isinstance(room_id, str | int)
        return Route(*self._handlers[request.path], str(room_id) if known else None)

    @override
    def check(self, request: Request, route: Route) -> None:
        """Check the method, the token, the IP address, the permission and the body."""
        if route.api == "gettoken":
            if request.method != "GET":
                raise VendorError(43001)
            return
        if request.method != "POST":
            raise VendorError(43002)
        self.tokens.check(request.query.get("access_token"), request.now)
        trusted = self._account.trusted_ips
        if trusted is not None and self._address(request) not in trusted:
            raise VendorError(60020)
        if not self._permits(route.api):
            raise VendorError(48002)
        if request.json_object() is None and request.body:
            raise VendorError(47001)
        if rb"\u" in request.body:
            raise VendorError(40058, "send raw UTF-8")

    @override
    def error_response(
        self, error: VendorError, request: Request, api: str
    ) -> Response:
        """Return an error in the vendor's format."""
        return render_error(error, api, self._address(request))

    @override
    def expire_tokens(self, code: int | None = None) -> None:
        """Invalidate all tokens."""
        self.tokens.expire_all(code)

    def _permits(self, api: str) -> bool:
        """Return whether the application may use an API; the calendar has a list of its own."""
        of_calendar = api in (LIST, BOOKINGS, BOOK, CANCEL)
        listed = self._account.calendar_permitted if of_calendar else True
        return listed and self._account.permissions.allows(api)

    def _address(self, request: Request) -> str:
        """Return the IP address of the client."""
        return self._account.client_ip or request.remote

    def _gettoken(self, request: Request) -> Response:
        """Issue a token."""
        corp_id, secret = (
            request.query.get("corpid", ""),
            request.query.get("corpsecret", ""),
        )
        token, lifetime = self.tokens.issue(corp_id, secret, request.now)
        return Response(OK | {"access_token": token, "expires_in": lifetime})

    def _list(self, request: Request) -> Response:
        """Return the rooms."""
        return self._page(
            request, "list", "meeting_room_list", self._named(request), list_row
        )

    def _list_devices(self, request: Request) -> Response:
        """Return the devices."""
        devices = devices_of(self._named(request))
        return self._page(
            request, "list_devices", "device_info_list", devices, device_row
        )

    def _list_controllers(self, request: Request) -> Response:
        """Return the controllers."""
        wanted = text(request, "controller_name")
        rows = [
            controller_row(room, room.properties.controller)
            for room in self._rooms
            if room.properties.controller is not None
            if wanted in room.properties.controller.controller_name
        ]
        return self._page(
            request, "list_controllers", "controller_info_list", rows, lambda row: row
        )

    def _get_info(self, request: Request) -> Response:
        """Return one room."""
        room_id = (request.json_object() or {}).get("meeting_room_id")
        if room_id is None:
            raise VendorError(40063, "missing meeting_room_id")
        if not isinstance(room_id, str):
            raise VendorError(40035, "meeting_room_id must be a string")
        room = self._rooms.get(room_id)
        if room is None:
            raise VendorError(40058, "meeting_room_id is invalid")
        return Response(OK | details(room))

    def _get_inventory(self, request: Request) -> Response:
        """Return the number of accounts."""
        del request
        kinds = [
            ACCOUNT_KINDS[room.properties.account.account_type] for room in self._rooms
        ]
        used = [
            ACCOUNT_KINDS[room.properties.account.account_type]
            for room in self._rooms
            if room.status is not RoomStatus.NOT_ACTIVATED
        ]
        counts: Row = {}
        for kind in ("normal", "special"):
            counts[f"{kind}_count"] = kinds.count(kind)
            counts[f"{kind}_used_count"] = used.count(kind)
            counts[f"{kind}_expired_count"] = 0
        return Response(OK | counts)

    def _named(self, request: Request) -> list[Room]:
        """Return the rooms whose name contains the requested text."""
        wanted = text(request, "meeting_room_name")
        return [room for room in self._rooms if wanted in room.name]

    def _page[T](
        self,
        request: Request,
        api: str,
        key: str,
        items: Iterable[T],
        row: Callable[[T], Row],
    ) -> Response:
        """Return one page of the rows and the cursor of the next one."""
        limit = page_limit(request)
        name = text(request, "meeting_room_name") or text(request, "controller_name")
        cursor = text(request, "cursor")
        offset = self._cursors.read(cursor, api, name, limit) if cursor else 0
        all_items = list(items)
        rotated = all_items[request.shift :] + all_items[: request.shift]
        rows = [row(item) for item in rotated[offset : offset + limit]]
        more = offset + limit < len(all_items)
        next_cursor = (
            self._cursors.write(Position(api, name, limit, offset + limit))
            if more
            else ""
        )
        return Response(OK | {"has_more": more, "next_cursor": next_cursor, key: rows})


def text(request: Request, name: str) -> str:
    """Return a text from the body."""
    found = (request.json_object() or {}).get(name, "")
    if not isinstance(found, str):
        raise VendorError(40035, f"{name} must be a string")
    return found


def page_limit(request: Request) -> int:
    """Return the page size."""
    limit = (request.json_object() or {}).get("limit", 20)
    if type(limit) is not int or not 1 <= limit <= MAX_LIMIT:
        raise VendorError(40058, "limit must be within 1 and 50")
    return limit
