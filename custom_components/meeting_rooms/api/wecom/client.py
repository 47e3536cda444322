"""WeCom Rooms, by the server API for self-built applications.

Source: the vendor's pages on Rooms, https://developer.work.weixin.qq.com/document/path/98793.
"""

from collections.abc import Callable, Collection, Container, Hashable, Mapping
from http import HTTPMethod
from typing import ClassVar, Final, override
from urllib.parse import quote

from aiohttp import hdrs
import orjson

from ..budget import ApiRequest, Tier
from ..client import Feature, Listing, LiveStatus, TrackedConference, VendorClient
from ..errors import ApiError, InvalidResponse, NotFound, RequestRejected, TokenRejected
from ..limits import RequestLimits
from ..models.room import Controller, Device, RoomDetails, RoomSummary, parse_details
from ..rows import MAX_PAGES, RowMemory, Rows, by_id, by_room
from ..transport import Transport, VendorResponse
from ..values import flag, text
from ..wire import WireModel
from .errors import BAD_PARAMETERS, BUSY, TOKEN_ENDED, error_of
from .token import WeComToken

DEFAULT_BASE_URL: Final = "https://qyapi.weixin.qq.com"

_LIST: Final = ApiRequest("list", Tier.STATUS)
_DEVICES: Final = ApiRequest("list_devices", Tier.HEALTH)
_CONTROLLERS: Final = ApiRequest("list_controllers", Tier.REST)
_ONCE_MORE: Final = {BUSY, *TOKEN_ENDED}


class WeComClient(VendorClient):
    """The rooms that one application may see."""

    # The vendor allows 10,000 a minute of one API; a company's other applications share them.
    limits: ClassVar = RequestLimits(per_minute=180, burst=60, exponential_backoff=True)
    features: ClassVar = frozenset(
        {Feature.DETAILS, Feature.DEVICES, Feature.CONTROLLERS}
    )
    page_size: ClassVar = 50

    def __init__(self, transport: Transport, token: WeComToken) -> None:
        """Take the way out and the token to send along."""
        self.budget = transport.budget
        self._transport = transport
        self._token = token
        self._rows = RowMemory()

    @override
    async def fetch_live(
        self,
        watched: Collection[TrackedConference] = (),
        only: Collection[str] | None = None,
    ) -> LiveStatus:
        """Return all rooms with their status. Source: POST /cgi-bin/meeting/rooms/list.

        Where only some rooms matter, the pages after the last of them are not asked for.
        """
        wanted = None if only is None else frozenset(only)

        def enough(rows: Rows[RoomSummary]) -> bool:
            """Return whether all rooms that matter were read."""
            return wanted is not None and wanted <= by_id(rows.read).keys()

        rows = await self._read_rows(_LIST, "meeting_room_list", RoomSummary, enough)
        rooms = by_id(rows.read)
        return LiveStatus(
            rooms=rooms, rooms_complete=rows.whole and len(rooms) >= rows.seen
        )

    @override
    async def fetch_details(
        self, room_id: str, tier: Tier = Tier.DETAILS
    ) -> RoomDetails:
        """Return one room. Source: POST /cgi-bin/meeting/rooms/get_info."""
        try:
            answer = await self._post(
                ApiRequest("get_info", tier), {"meeting_room_id": room_id}
            )
        except RequestRejected as err:
            if err.code in BAD_PARAMETERS:
                raise NotFound(code=err.code) from None
            raise
        return parse_details(answer.fields)

    @override
    async def fetch_devices(self) -> Listing[Mapping[str, tuple[Device, ...]]]:
        """Return the devices by room. Source: POST /cgi-bin/meeting/rooms/list_devices."""
        rows = await self._read_rows(_DEVICES, "device_info_list", Device)
        return Listing(by_room(rows.read), rows.whole)

    @override
    async def fetch_controllers(self) -> Listing[tuple[Controller, ...]]:
        """Return the controllers. Source: POST /cgi-bin/meeting/rooms/list_controllers."""
        rows = await self._read_rows(_CONTROLLERS, "controller_info_list", Controller)
        return Listing(tuple(rows.read), rows.whole)

    async def _read_rows[P: WireModel](
        self,
        call: ApiRequest,
        key: str,
        row: type[P],
        enough: Callable[[Rows[P]], bool] = lambda _: False,
    ) -> Rows[P]:
        """Return all rows of a list that is continued by cursors, or those that are enough.

        A list that has no more, and a cursor all the same, was not read to its end: nobody can
        tell which of both is wrong.
        """
        rows = self._rows.begin(row, key)
        body: dict[str, object] = {"limit": self.page_size}
        used: set[str] = set()
        brought_new = True
        for _ in range(MAX_PAGES):
            brought_before = brought_new
            answer = await self._post(call, body, rows.before)
            page, brought_new = rows.add(answer)
            if page.seen is None and "has_more" not in page.told:
                raise InvalidResponse("no list")
            told_cursor = page.told.get("next_cursor")
            if flag(page.told.get("has_more")) is False:
                rows.ended = page.seen is not None and not told_cursor
                break
            cursor = _cursor(told_cursor)
            if cursor is None or cursor in used or not (brought_new or brought_before):
                break
            if enough(rows):
                break
            used.add(cursor)
            body["cursor"] = cursor
        self._rows.keep(rows)
        return rows

    async def _post(
        self,
        call: ApiRequest,
        body: Mapping[str, object],
        known: Container[Hashable] = (),
    ) -> VendorResponse:
        """Return what the vendor answers, asking once more where that may help."""
        try:
            return await self._post_once(call, body, known)
        except ApiError as err:
            if not err.retryable and err.code not in _ONCE_MORE:
                raise
        return await self._post_once(call, body, known, again=True)

    async def _post_once(
        self,
        call: ApiRequest,
        body: Mapping[str, object],
        known: Container[Hashable],
        *,
        again: bool = False,
    ) -> VendorResponse:
        """Return what the vendor answers to one call with the present token.

        One that the first attempt finds refused is forgotten. That of the second was as a rule
        just fetched, and stays: other calls may find it good.
        """
        token = await self._token.get()
        try:
            return await self._transport.send(
                call,
                HTTPMethod.POST,
                f"/cgi-bin/meeting/rooms/{call.api}?access_token={quote(token, safe='')}",
                error_of=error_of,
                headers={hdrs.CONTENT_TYPE: "application/json"},
                body=orjson.dumps(body),
                known=known,
            )
        except ApiError as err:
            if err.code not in TOKEN_ENDED:
                raise
            if again:
                raise TokenRejected(code=err.code) from None
            self._token.drop(token)
            raise


def _cursor(value: object) -> str | None:
    """Return a cursor just as it came; a number as its digits."""
    return value or None if isinstance(value, str) else text(value)
