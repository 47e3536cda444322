"""The client of Tencent Meeting Rooms, a REST API for enterprise applications.

Sources: the vendor's pages on signing, "企业自建应用鉴权(AKSK)"
(https://cloud.tencent.com/document/product/1095/58768), and on Rooms, such as "查询会议室详情"
(https://meeting.tencent.com/support/topic/574/index.html).
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
import hmac
from http import HTTPMethod
import secrets
import time
from typing import ClassVar, Final, override
from urllib.parse import quote, urlencode

from aiohttp import hdrs
import orjson

from ..budget import ApiRequest, Tier
from ..client import BookingRules, Feature, Listing, NewBooking
from ..errors import ApiError, NotFound, OperatorRequired, RequestRejected
from ..limits import RequestLimits
from ..models.booking import Booking, Titles
from ..models.room import DeviceAlarms, RoomDetails
from ..rooms_backend import RoomsBackendClient, parse_details
from ..rows import by_room, fetch_rows
from ..transport import Transport, VendorResponse
from ..values import sent_text
from ..wire import WireModel
from ..writes import write
from .bookings import OPERATOR_IS_USER_ID, fetch_bookings
from .errors import MISSING_OPERATOR, RETRY_ONCE, error_of
from .paging import PAGE_SIZE, NumberedPages
from .wire import AlarmsRow
from .writes import WRITES, Body, RoomWriter

DEFAULT_BASE_URL: Final = "https://api.meeting.qq.com"
PATHS: Final = {
    "list": "/v1/meeting-rooms",
    "details": "/v1/meeting-rooms/{meeting_room_id}",
    "devices": "/v1/devices",
    "alarms": "/v1/meeting-rooms-monitor/monitor-info",
    "controllers": "/v1/meeting-rooms-monitor/device-controller-info",
    "room_bookings": "/v1/meeting-rooms/{operator_id}/meetings",
}
"""The path of each API that takes GET requests."""

_OF_OPERATOR: Final = {Feature.ROOM_BOOKINGS, Feature.BOOK, Feature.CALL}
_MAX_NONCE: Final = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TencentMeetingAccount:
    """The credentials of an enterprise application, and its operator.

    The operator is the id of a user who is permitted to view the rooms.
    """

    app_id: str
    secret_id: str = field(repr=False)
    secret_key: str = field(repr=False)
    sdk_id: str | None = None
    operator_id: str | None = None


def sign(
    secret_id: str,
    secret_key: str,
    *,
    method: str,
    uri: str,
    nonce: str,
    timestamp: str,
    body: str = "",
) -> str:
    """Return the X-TC-Signature of a request: base64 of the hexadecimal HMAC-SHA256.

    `uri` is the path and query exactly as sent, without the path prefix of a proxy.
    """
    signed_headers = (
        f"X-TC-Key={secret_id}&X-TC-Nonce={nonce}&X-TC-Timestamp={timestamp}"
    )
    string_to_sign = f"{method}\n{signed_headers}\n{uri}\n{body}"
    digest = hmac.digest(secret_key.encode(), string_to_sign.encode(), "sha256")
    return b64encode(digest.hex().encode()).decode()


class TencentMeetingClient(RoomsBackendClient):
    """The client of one enterprise application.

    Besides the errors of VendorClient, each method may raise ClockSkew, InvalidOperator and
    OperatorRequired.
    """

    # The vendor allows 100 requests a minute for one API and 300 for all, and does not say which
    # APIs count as one: 100 for all of them never exceed a limit.
    limits: ClassVar = RequestLimits(per_minute=100, burst=20, per_day=200_000)
    features = frozenset(
        {Feature.DETAILS, Feature.DEVICES, Feature.ALARMS, Feature.CONTROLLERS}
    )
    page_size: ClassVar = PAGE_SIZE
    booking_rules: ClassVar = BookingRules(
        shortest=timedelta(minutes=15), longest=timedelta(hours=24)
    )

    def __init__(self, transport: Transport, account: TencentMeetingAccount) -> None:
        """Use a transport and the credentials."""
        self.budget = transport.budget
        self._transport = transport
        self._account = account
        self._writer = RoomWriter(self._write, account.operator_id)
        if account.operator_id is not None:
            self.features = self.features | _OF_OPERATOR

    @override
    async def fetch_details(
        self, room_id: str, tier: Tier = Tier.DETAILS
    ) -> RoomDetails:
        """Return the details of one room."""
        path = PATHS["details"].format(meeting_room_id=quote(room_id, safe=""))
        response = await self._get(ApiRequest("details", tier), path, {})
        return parse_details(response.fields)

    @override
    async def fetch_alarms(self) -> Listing[Mapping[str, tuple[DeviceAlarms, ...]]]:
        """Return the active alarms by room."""
        listing = await self._fetch_list(
            "alarms", Tier.HEALTH, "monitor_info_list", AlarmsRow
        )
        return by_room(listing)

    @override
    async def fetch_bookings(
        self, room_id: str, start: datetime, end: datetime, tier: Tier = Tier.BOOKINGS
    ) -> tuple[Booking, ...]:
        """Return the bookings of one room; raises OperatorRequired without an operator."""
        operator = self._account.operator_id
        if operator is None:
            raise OperatorRequired
        path = PATHS["room_bookings"].format(operator_id=quote(operator, safe=""))
        fetch_page = partial(self._send, ApiRequest("room_bookings", tier), path)
        return await fetch_bookings(room_id, start, end, self.titles, fetch_page)

    @override
    async def create_meeting(self, booking: NewBooking) -> str:
        """Create the meeting for which a room is booked, and return its id."""
        return await self._writer.create_meeting(booking)

    @override
    async def book_room(self, booking: NewBooking, meeting_id: str | None) -> str:
        """Book a room for a meeting; its screen shows the subject where all titles are shown."""
        if meeting_id is None:
            raise NotFound("no meeting to book the room for")
        show_subject = self.titles is Titles.FULL
        await self._writer.book(booking.room_id, meeting_id, show_subject=show_subject)
        return meeting_id

    @override
    async def release_room(self, room_id: str, booking_id: str) -> None:
        """Release the room of a meeting, which is kept."""
        await self._writer.release(room_id, booking_id)

    @override
    async def cancel_meeting(self, meeting_id: str) -> None:
        """Cancel a meeting of the operator."""
        await self._writer.cancel_meeting(meeting_id)

    @override
    async def call_room(self, room_id: str, meeting_id: str) -> str | None:
        """Call the system of a room into a meeting."""
        return await self._writer.call(room_id, sent_text(meeting_id))

    @override
    async def cancel_call(self, room_id: str, meeting_id: str) -> str | None:
        """Cancel the call of a room into a meeting."""
        return await self._writer.cancel_call(room_id, sent_text(meeting_id))

    @override
    async def _fetch_list[R: WireModel](
        self, api: str, tier: Tier, key: str, row: type[R], owner: str = "room_id"
    ) -> Listing[tuple[R, ...]]:
        """Return the rows of a list; raises OperatorRequired where the vendor requires an operator.

        A missing operator is the only possible error in the parameters of a list.
        """
        fetch_page = partial(self._get, ApiRequest(api, tier), PATHS[api])
        try:
            return await fetch_rows(row, key, NumberedPages(), fetch_page, owner=owner)
        except RequestRejected as err:
            if self._account.operator_id is None and err.code in MISSING_OPERATOR:
                raise OperatorRequired(code=err.code) from None
            raise

    async def _get(
        self, request: ApiRequest, path: str, query: Mapping[str, str | int]
    ) -> VendorResponse:
        """Return the response to a GET with the operator, if there is one."""
        if self._account.operator_id is not None:
            query = {
                **query,
                "operator_id": self._account.operator_id,
                "operator_id_type": OPERATOR_IS_USER_ID,
            }
        return await self._send(request, path, query)

    async def _send(
        self, request: ApiRequest, path: str, query: Mapping[str, str | int]
    ) -> VendorResponse:
        """Return the response to a GET, repeated once where that may help."""
        uri = f"{path}?{urlencode(query, quote_via=quote)}" if query else path
        send = partial(
            self._transport.send, request, HTTPMethod.GET, uri, error_of=error_of
        )
        try:
            return await send(headers=self._headers(HTTPMethod.GET, uri))
        except ApiError as err:
            if not err.retryable and err.code not in RETRY_ONCE:
                raise
        return await send(headers=self._headers(HTTPMethod.GET, uri))

    async def _write(self, api: str, path: str, body: Body) -> VendorResponse:
        """Return the response to a request that is sent once."""
        method, _ = WRITES[api]
        encoded = orjson.dumps(body)
        return await write(
            self._transport.send(
                ApiRequest(api, Tier.INTERACTIVE),
                method,
                path,
                error_of=error_of,
                headers=self._headers(method, path, encoded),
                body=encoded,
            ),
            may_be_empty=True,
        )

    def _headers(
        self, method: HTTPMethod, uri: str, body: bytes = b""
    ) -> dict[str, str]:
        """Return the headers of a request, signed with a new nonce."""
        account = self._account
        nonce = str(secrets.randbelow(_MAX_NONCE) + 1)
        timestamp = str(int(time.time()))
        headers = {
            hdrs.CONTENT_TYPE: "application/json",
            "X-TC-Key": account.secret_id,
            "X-TC-Timestamp": timestamp,
            "X-TC-Nonce": nonce,
            "X-TC-Signature": sign(
                account.secret_id,
                account.secret_key,
                method=method,
                uri=uri,
                nonce=nonce,
                timestamp=timestamp,
                body=body.decode(),
            ),
            "AppId": account.app_id,
            "X-TC-Registered": "1",
        }
        if account.sdk_id is not None:
            headers["SdkId"] = account.sdk_id
        return headers
