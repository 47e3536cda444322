"""The client of WeCom Rooms, a server API for self-built applications.

Sources: the vendor's pages "获取access_token"
(https://developer.work.weixin.qq.com/document/path/91039) and "获取Rooms会议室详情"
(https://developer.work.weixin.qq.com/document/path/98793), and those on the lists beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from http import HTTPMethod
from typing import ClassVar, Final, override
from urllib.parse import quote, urlencode

from aiohttp import hdrs
import orjson

from ..budget import ApiRequest, Tier
from ..client import BookingRules, Feature, Listing, NewBooking
from ..errors import ApiError, InvalidResponse, NotFound, RequestRejected, TokenRejected
from ..limits import RequestLimits
from ..models.booking import Booking, CalendarRoom, Titles
from ..models.room import RoomDetails
from ..rooms_backend import RoomsBackendClient, parse_details
from ..rows import fetch_rows
from ..token import Token, TokenCache
from ..transport import Transport, VendorResponse
from ..values import measure, text
from ..wire import WireModel
from ..writes import write
from .calendar import CALENDAR_PATHS, BookingCalendar
from .errors import BAD_PARAMETERS, BUSY, error_of, token_error_of
from .paging import PAGE_SIZE, CursorPages
from .writes import WRITE_PATHS, RoomWriter

DEFAULT_BASE_URL: Final = "https://qyapi.weixin.qq.com"
PATHS: Final = {
    "list": "/cgi-bin/meeting/rooms/list",
    "details": "/cgi-bin/meeting/rooms/get_info",
    "devices": "/cgi-bin/meeting/rooms/list_devices",
    "controllers": "/cgi-bin/meeting/rooms/list_controllers",
    **CALENDAR_PATHS,
    **WRITE_PATHS,
}
"""The path of each API that takes POST requests with a token."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeComAccount:
    """A company and the secret of one of its applications."""

    corp_id: str
    corp_secret: str = field(repr=False)


class WeComClient(RoomsBackendClient):
    """The client of one application.

    Besides the errors of VendorClient, each method may raise TokenRejected.
    """

    # The vendor allows 10,000 a minute for one API; a company's other applications share them.
    limits: ClassVar = RequestLimits(per_minute=180, burst=60, exponential_backoff=True)
    features = frozenset(
        {
            Feature.DETAILS,
            Feature.DEVICES,
            Feature.CONTROLLERS,
            Feature.BOOKING_CALENDAR,
            Feature.BOOK,
            Feature.CALL,
        }
    )
    page_size: ClassVar = PAGE_SIZE
    booking_rules: ClassVar = BookingRules(
        shortest=timedelta(minutes=30),
        longest=timedelta(hours=24),
        step=timedelta(minutes=30),
        needs_organizer=True,
    )

    def __init__(self, transport: Transport, account: WeComAccount) -> None:
        """Use a transport and the credentials."""
        self.budget = transport.budget
        self._transport = transport
        self._account = account
        self._token = TokenCache(self._fetch_token)
        self._calendar = BookingCalendar(self._post)
        self._writer = RoomWriter(self._write)

    @override
    async def fetch_details(
        self, room_id: str, tier: Tier = Tier.DETAILS
    ) -> RoomDetails:
        """Return the details of one room."""
        body = {"meeting_room_id": room_id}
        try:
            response = await self._post(ApiRequest("details", tier), body)
        except RequestRejected as err:
            if err.code in BAD_PARAMETERS:
                raise NotFound(code=err.code) from None
            raise
        return parse_details(response.fields)

    @override
    async def fetch_bookings(
        self, room_id: str, start: datetime, end: datetime, tier: Tier = Tier.BOOKINGS
    ) -> tuple[Booking, ...]:
        """Return the bookings of one room of the booking calendar, by its id there."""
        return await self._calendar.fetch_room(room_id, start, end, self.titles, tier)

    @override
    async def fetch_calendar_rooms(self) -> Listing[tuple[CalendarRoom, ...]]:
        """Return the rooms of the booking calendar."""
        return await self._calendar.fetch_rooms()

    @override
    async def fetch_calendar(
        self, start: datetime, end: datetime, tier: Tier = Tier.BOOKINGS
    ) -> Mapping[str, tuple[Booking, ...]]:
        """Return the bookings of all rooms of the booking calendar."""
        return await self._calendar.fetch_all(start, end, self.titles, tier)

    @override
    async def book_room(self, booking: NewBooking, meeting_id: str | None) -> str:
        """Book a room of the booking calendar; a booking there needs no meeting."""
        return await self._writer.book(booking)

    @override
    async def find_booking(self, booking: NewBooking) -> str | None:
        """Return the id of a booking of the organizer; ids of users ignore the case."""
        found = await self._calendar.fetch_room(
            booking.room_id,
            booking.start,
            booking.end,
            Titles.ORGANIZER,
            Tier.INTERACTIVE,
        )
        organizer = (booking.organizer or "").casefold()
        same = (
            each.booking_id
            for each in found
            if (each.start, each.end) == (booking.start, booking.end)
            and (each.organizer or "").casefold() == organizer
        )
        return next(same, None)

    @override
    async def release_room(self, room_id: str, booking_id: str) -> None:
        """Cancel a booking of the booking calendar."""
        await self._writer.release(booking_id)

    @override
    async def call_room(self, room_id: str, meeting_id: str) -> str | None:
        """Call the system of a room into a meeting, by its id in the list of Rooms."""
        return await self._writer.call("call_room", room_id, meeting_id)

    @override
    async def cancel_call(self, room_id: str, meeting_id: str) -> str | None:
        """Cancel the call of a room into a meeting, by its id in the list of Rooms."""
        return await self._writer.call("cancel_call", room_id, meeting_id)

    @override
    async def _fetch_list[R: WireModel](
        self, api: str, tier: Tier, key: str, row: type[R], owner: str = "room_id"
    ) -> Listing[tuple[R, ...]]:
        """Return the rows of a list."""
        fetch_page = partial(self._post, ApiRequest(api, tier))
        return await fetch_rows(row, key, CursorPages(), fetch_page, owner=owner)

    async def _post(
        self, request: ApiRequest, body: Mapping[str, str | int]
    ) -> VendorResponse:
        """Return the response to a POST, repeated once where that may help.

        A token that the vendor rejects is replaced before the second attempt. The second one is
        as a rule new, and is kept: it may be valid for the other APIs.
        """
        token = None
        try:
            token = await self._token.get()
            return await self._send(request, body, token)
        except TokenRejected:
            self._token.drop(token)
        except ApiError as err:
            if not err.retryable and err.code != BUSY:
                raise
        return await self._send(request, body, await self._token.get())

    async def _write(self, api: str, body: Mapping[str, object]) -> VendorResponse:
        """Return the response to a POST that is sent once, or again after a rejected token.

        The vendor checks the token first, so that the first request was not carried out.
        """
        request = ApiRequest(api, Tier.INTERACTIVE)
        token = await self._token.get()
        try:
            return await write(self._send(request, body, token))
        except TokenRejected:
            self._token.drop(token)
        return await write(self._send(request, body, await self._token.get()))

    async def _send(
        self, request: ApiRequest, body: Mapping[str, object], token: str
    ) -> VendorResponse:
        """Return the response to one POST."""
        return await self._transport.send(
            request,
            HTTPMethod.POST,
            f"{PATHS[request.api]}?access_token={quote(token, safe='')}",
            error_of=error_of,
            headers={hdrs.CONTENT_TYPE: "application/json"},
            body=orjson.dumps(body),
        )

    async def _fetch_token(self) -> Token:
        """Return a new token, by GET /cgi-bin/gettoken."""
        query = urlencode(
            {"corpid": self._account.corp_id, "corpsecret": self._account.corp_secret},
            quote_via=quote,
        )
        response = await self._transport.send(
            ApiRequest("gettoken", Tier.STATUS),
            HTTPMethod.GET,
            f"/cgi-bin/gettoken?{query}",
            error_of=token_error_of,
            headers={},
        )
        value = text(response.fields.get("access_token"))
        if value is None:
            raise InvalidResponse("no token")
        return Token(value, measure(response.fields.get("expires_in")))
