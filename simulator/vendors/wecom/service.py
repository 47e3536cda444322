"""Answer the room APIs of WeCom."""

from collections.abc import Callable, Iterable
from typing import override

from simulator.accounts import WecomAccount
from simulator.canaries import Canaries
from simulator.company.room import Room
from simulator.estate import Estate
from simulator.exchange import Answer, Call, Row
from simulator.vendor import Refusal, RoomStatus, Route, Vendor, VendorName
from simulator.vendors.tencent_meeting.answers import (
    controller_row,
    details,
    device_row,
    devices_of,
    list_row,
)

from .calendar import Calendar
from .cursors import Cursors, Place
from .errors import OK, error_answer
from .tokens import Tokens

ROOMS = "/cgi-bin/meeting/rooms/"
LIMIT_MOST = 50
TIERS = {0: "normal", 1: "special", 2: "special"}


class Wecom(Vendor):
    """Play WeCom's server."""

    name = VendorName.WECOM
    prefix = "/cgi-bin/"

    def __init__(
        self, estate: Estate, account: WecomAccount, canaries: Canaries
    ) -> None:
        """Serve the rooms of an estate to one application."""
        super().__init__(estate)
        self.tokens = Tokens(account, canaries)
        self._account = account
        self._rooms = estate.wecom
        self._cursors = Cursors(account.corp_secret)
        self._handlers: dict[str, tuple[str, Callable[[Call], Answer]]] = {
            "/cgi-bin/gettoken": ("gettoken", self._gettoken),
            ROOMS + "list": ("list", self._list),
            ROOMS + "get_info": ("get_info", self._get_info),
            ROOMS + "list_devices": ("list_devices", self._list_devices),
            ROOMS + "list_controllers": ("list_controllers", self._list_controllers),
            ROOMS + "get_inventory": ("get_inventory", self._get_inventory),
            **Calendar(estate.wecom, estate.clock).handlers,
        }

    @override
    def route(self, call: Call) -> Route | None:
        """Find the API by its path alone, as the method is checked with a code."""
        if call.path not in self._handlers:
            return None
        room_id = (call.json_object() or {}).get("meeting_room_id")
        return Route(
            *self._handlers[call.path], room_id if isinstance(room_id, str) else None
        )

    @override
    def admit(self, call: Call, route: Route) -> None:
        """Check the token, the address, the right and the form of the body."""
        if route.api == "gettoken":
            if call.method != "GET":
                raise Refusal(43001)
            return
        if call.method != "POST":
            raise Refusal(43002)
        self.tokens.check(call.query.get("access_token"), call.now)
        trusted = self._account.trusted
        if trusted is not None and self._address(call) not in trusted:
            raise Refusal(60020)
        if not self._account.grants.allow(route.api):
            raise Refusal(48002)
        if call.json_object() is None and call.body:
            raise Refusal(47001)
        if rb"\u" in call.body:
            raise Refusal(40058, "send raw UTF-8")

    @override
    def refuse(self, refusal: Refusal, call: Call, api: str) -> Answer:
        """Answer in the vendor's form."""
        return error_answer(refusal, api, self._address(call))

    @override
    def end_sessions(self) -> None:
        """End all tokens early."""
        self.tokens.end_all()

    def _address(self, call: Call) -> str:
        """Return the address that the caller seems to come from."""
        return self._account.seen_as or call.remote

    def _gettoken(self, call: Call) -> Answer:
        """Give out a token."""
        corp_id, secret = call.query.get("corpid", ""), call.query.get("corpsecret", "")
        token, life = self.tokens.issue(corp_id, secret, call.now)
        return Answer(OK | {"access_token": token, "expires_in": life})

    def _list(self, call: Call) -> Answer:
        """List the rooms."""
        return self._page(
            call, "list", "meeting_room_list", self._named(call), list_row
        )

    def _list_devices(self, call: Call) -> Answer:
        """List the devices."""
        devices = devices_of(self._named(call))
        return self._page(call, "list_devices", "device_info_list", devices, device_row)

    def _list_controllers(self, call: Call) -> Answer:
        """List the controllers."""
        wanted = text(call, "controller_name")
        rows = [
            controller_row(room, room.facts.controller)
            for room in self._rooms
            if room.facts.controller is not None
            if wanted in room.facts.controller.controller_name
        ]
        return self._page(
            call, "list_controllers", "controller_info_list", rows, lambda row: row
        )

    def _get_info(self, call: Call) -> Answer:
        """Print one room."""
        room_id = (call.json_object() or {}).get("meeting_room_id")
        if room_id is None:
            raise Refusal(40063, "missing meeting_room_id")
        if not isinstance(room_id, str):
            raise Refusal(40035, "meeting_room_id must be a string")
        room = self._rooms.get(room_id)
        if room is None:
            raise Refusal(40058, "meeting_room_id is invalid")
        return Answer(OK | details(room))

    def _get_inventory(self, call: Call) -> Answer:
        """Count the accounts."""
        del call
        kinds = [TIERS[room.facts.account.account_type] for room in self._rooms]
        asleep = RoomStatus.NOT_ACTIVATED
        used = [
            TIERS[room.facts.account.account_type]
            for room in self._rooms
            if room.status is not asleep
        ]
        counts: Row = {}
        for kind in ("normal", "special"):
            counts[f"{kind}_count"] = kinds.count(kind)
            counts[f"{kind}_used_count"] = used.count(kind)
            counts[f"{kind}_expired_count"] = 0
        return Answer(OK | counts)

    def _named(self, call: Call) -> list[Room]:
        """Return the rooms whose name holds what is asked for."""
        wanted = text(call, "meeting_room_name")
        return [room for room in self._rooms if wanted in room.name]

    def _page[T](
        self,
        call: Call,
        api: str,
        key: str,
        items: Iterable[T],
        row: Callable[[T], Row],
    ) -> Answer:
        """Cut one page out of the rows and say where the next begins."""
        limit = page_limit(call)
        name = text(call, "meeting_room_name") or text(call, "controller_name")
        cursor = text(call, "cursor")
        offset = self._cursors.read(cursor, api, name, limit) if cursor else 0
        everything = list(items)
        turned = everything[call.shift :] + everything[: call.shift]
        rows = [row(item) for item in turned[offset : offset + limit]]
        more = offset + limit < len(everything)
        following = (
            self._cursors.write(Place(api, name, limit, offset + limit)) if more else ""
        )
        return Answer(OK | {"has_more": more, "next_cursor": following, key: rows})


def text(call: Call, name: str) -> str:
    """Return a text from the body."""
    found = (call.json_object() or {}).get(name, "")
    if not isinstance(found, str):
        raise Refusal(40035, f"{name} must be a string")
    return found


def page_limit(call: Call) -> int:
    """Return the size of a page."""
    limit = (call.json_object() or {}).get("limit", 20)
    if type(limit) is not int or not 1 <= limit <= LIMIT_MOST:
        raise Refusal(40058, "limit must be within 1 and 50")
    return limit
