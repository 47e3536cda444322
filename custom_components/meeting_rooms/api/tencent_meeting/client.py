"""Tencent Meeting Rooms, by the REST API for enterprise applications.

Source: the vendor's pages on signing and on Rooms, https://cloud.tencent.com/document/product/1095.
"""

from base64 import b64encode
from collections.abc import Callable, Collection, Container, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
import hmac
from http import HTTPMethod
from math import ceil
import secrets
import time
from types import MappingProxyType
from typing import Any, ClassVar, Final, override
from urllib.parse import quote, urlencode

from aiohttp import hdrs

from ..budget import ApiRequest, Tier
from ..client import Feature, Listing, LiveStatus, TrackedConference, VendorClient
from ..errors import ApiError, InvalidResponse, RequestRejected
from ..limits import RequestLimits
from ..models.room import (
    Controller,
    Device,
    DeviceAlarms,
    RoomDetails,
    RoomSummary,
    parse_details,
)
from ..rows import MAX_PAGES, MAX_ROWS, ListPage, RowMemory, Rows, by_id, by_room
from ..transport import Transport, VendorResponse
from ..values import count
from ..wire import WireModel
from .errors import ONCE_MORE, error_of

DEFAULT_BASE_URL: Final = "https://api.meeting.qq.com"

_LIST: Final = ApiRequest("list", Tier.STATUS)
_ROOMS_PATH: Final = "/v1/meeting-rooms"
_ROOMS: Final = "meeting_room_list"
_DEVICES: Final = ApiRequest("devices", Tier.HEALTH)
_ALARMS: Final = ApiRequest("alarms", Tier.HEALTH)
_CONTROLLERS: Final = ApiRequest("controllers", Tier.REST)
_MAX_NONCE: Final = 2**31 - 1
_USER_ID: Final = "1"
_MOST_URIS: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class TencentMeetingAccount:
    """The credentials of an enterprise application, and the operator in whose name it asks."""

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

    `uri` is path and query exactly as they go out, without the prefix of a proxy.
    """
    signed_headers = (
        f"X-TC-Key={secret_id}&X-TC-Nonce={nonce}&X-TC-Timestamp={timestamp}"
    )
    string_to_sign = f"{method}\n{signed_headers}\n{uri}\n{body}"
    digest = hmac.digest(secret_key.encode(), string_to_sign.encode(), "sha256")
    return b64encode(digest.hex().encode()).decode()


class TencentMeetingClient(VendorClient):
    """The rooms of one enterprise application."""

    # The vendor allows 100 calls a minute of one API and 300 in all, but does not say which
    # APIs count as one: with 100 in all, none of its limits can be broken.
    limits: ClassVar = RequestLimits(per_minute=100, burst=20, per_day=200_000)
    features: ClassVar = frozenset(
        {Feature.DETAILS, Feature.DEVICES, Feature.ALARMS, Feature.CONTROLLERS}
    )
    page_size: ClassVar = 50

    def __init__(
        self,
        transport: Transport,
        account: TencentMeetingAccount,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Take the way out, the credentials and the clock, in Unix seconds."""
        self.budget = transport.budget
        self._transport = transport
        self._account = account
        self._now = now
        self._rows = RowMemory()
        self._pages: tuple[ListPage[RoomSummary], ...] = ()
        """The pages of the list when it was last read as a whole."""

    @override
    async def fetch_live(
        self,
        watched: Collection[TrackedConference] = (),
        only: Collection[str] | None = None,
    ) -> LiveStatus:
        """Return all rooms with their status. Source: GET /v1/meeting-rooms.

        Where only some rooms matter, their pages are asked for first, and the others just where
        one of them is no longer there.
        """
        wanted = frozenset(only or ())
        earlier: Mapping[int, VendorResponse] = {}
        if wanted and (numbers := self._pages_with(wanted)):
            part = self._rows.begin(RoomSummary, _ROOMS)
            earlier = await self._read_pages(numbers, part.before)
            for answer in earlier.values():
                part.add(answer)
            found = by_id(part.read)
            if wanted <= found.keys():
                self._rows.keep(part)
                return LiveStatus(rooms=found, rooms_complete=False)
        rows = await self._read_rows(_LIST, _ROOMS_PATH, _ROOMS, RoomSummary, earlier)
        self._pages = tuple(rows.pages.values())
        rooms = by_id(rows.read)
        return LiveStatus(
            rooms=rooms, rooms_complete=rows.whole and len(rooms) >= rows.seen
        )

    @override
    async def fetch_details(
        self, room_id: str, tier: Tier = Tier.DETAILS
    ) -> RoomDetails:
        """Return one room. Source: GET /v1/meeting-rooms/{meeting_room_id}."""
        path = f"/v1/meeting-rooms/{quote(room_id, safe='')}"
        answer = await self._get(ApiRequest("details", tier), path)
        return parse_details(answer.fields)

    @override
    async def fetch_devices(self) -> Listing[Mapping[str, tuple[Device, ...]]]:
        """Return the devices by room. Source: GET /v1/devices."""
        rows = await self._read_rows(
            _DEVICES, "/v1/devices", "device_info_list", Device
        )
        return Listing(by_room(rows.read), rows.whole)

    @override
    async def fetch_alarms(self) -> Listing[Mapping[str, tuple[DeviceAlarms, ...]]]:
        """Return what stands, by room. Source: GET /v1/meeting-rooms-monitor/monitor-info."""
        path = "/v1/meeting-rooms-monitor/monitor-info"
        rows = await self._read_rows(_ALARMS, path, "monitor_info_list", DeviceAlarms)
        return Listing(by_room(rows.read), rows.whole)

    @override
    async def fetch_controllers(self) -> Listing[tuple[Controller, ...]]:
        """Return the controllers. Source: GET /v1/meeting-rooms-monitor/device-controller-info."""
        path = "/v1/meeting-rooms-monitor/device-controller-info"
        rows = await self._read_rows(
            _CONTROLLERS, path, "controller_info_list", Controller
        )
        return Listing(tuple(rows.read), rows.whole)

    def _pages_with(self, wanted: Collection[str]) -> list[int]:
        """Return the numbers of the pages of the list on which some rooms stood."""
        return [
            number
            for number, page in enumerate(self._pages, 1)
            if any(room.room_id in wanted for _, room in page.rows)
        ]

    async def _read_pages(
        self, numbers: Iterable[int], known: Container[Hashable]
    ) -> Mapping[int, VendorResponse]:
        """Return what some pages of the list answer, by their numbers."""
        try:
            return {
                number: await self._get_page(_LIST, _ROOMS_PATH, number, known)
                for number in numbers
            }
        except RequestRejected:
            # The list may have become too short for the page: read all of it the next time.
            self._pages = ()
            raise

    async def _get_page(
        self, call: ApiRequest, path: str, number: int, known: Container[Hashable] = ()
    ) -> VendorResponse:
        """Return what the vendor answers to one page of a list."""
        return await self._get(call, path, known, page=number, page_size=self.page_size)

    async def _read_rows[P: WireModel](
        self,
        call: ApiRequest,
        path: str,
        key: str,
        row: type[P],
        earlier: Mapping[int, VendorResponse] = MappingProxyType({}),
    ) -> Rows[P]:
        """Return all rows of a list of numbered pages; an empty one may lack its list.

        Pages that were read a moment earlier are not asked for again. Raises InvalidAnswer for
        a list that goes on after the end that its first page told.
        """
        rows = self._rows.begin(row, key)
        last = MAX_PAGES
        for number in range(1, MAX_PAGES + 1):
            page, brought_new = rows.add(
                earlier.get(number)
                or await self._get_page(call, path, number, rows.before)
            )
            total = count(page.told.get("total_count"))
            pages = count(page.told.get("total_page"))
            if number == 1 and page.seen is None and total is None and pages is None:
                raise InvalidResponse("no list")
            if total is not None:
                end_told = rows.seen >= total
            else:
                end_told = pages is not None and number >= pages
            if end_told or not brought_new:
                came_round = page.seen and not brought_new
                rows.ended = not came_round and _fits(page, number, rows.seen)
                break
            if number == 1:
                last = _last_page(total, pages, rows.seen)
            if number > last:
                raise InvalidResponse("the list goes on after its end")
        self._rows.keep(rows)
        return rows

    async def _get(
        self,
        call: ApiRequest,
        path: str,
        known: Container[Hashable] = (),
        **query: str | int,
    ) -> VendorResponse:
        """Return what the vendor answers, asking once more where that may help."""
        if self._account.operator_id is not None:
            query |= {
                "operator_id": self._account.operator_id,
                "operator_id_type": _USER_ID,
            }
        uri = _uri(path, tuple(query.items()))
        try:
            return await self._get_once(call, uri, known)
        except ApiError as err:
            if not err.retryable and err.code not in ONCE_MORE:
                raise
        return await self._get_once(call, uri, known)

    async def _get_once(
        self, call: ApiRequest, uri: str, known: Container[Hashable]
    ) -> VendorResponse:
        """Return what the vendor answers to one signed request."""
        return await self._transport.send(
            call,
            HTTPMethod.GET,
            uri,
            error_of=lambda answer: error_of(answer, self._now()),
            headers=self._headers(uri),
            known=known,
        )

    def _headers(self, uri: str) -> dict[str, str]:
        """Return the headers of a GET, signed with a nonce of its own."""
        account = self._account
        nonce = str(secrets.randbelow(_MAX_NONCE) + 1)
        timestamp = str(int(self._now()))
        headers = {
            hdrs.CONTENT_TYPE: "application/json",
            "X-TC-Key": account.secret_id,
            "X-TC-Timestamp": timestamp,
            "X-TC-Nonce": nonce,
            "X-TC-Signature": sign(
                account.secret_id,
                account.secret_key,
                method=HTTPMethod.GET,
                uri=uri,
                nonce=nonce,
                timestamp=timestamp,
            ),
            "AppId": account.app_id,
            "X-TC-Registered": "1",
        }
        if account.sdk_id is not None:
            headers["SdkId"] = account.sdk_id
        return headers


def _fits(page: ListPage[Any], number: int, seen: int) -> bool:
    """Return whether what the last page tells of the list fits the rows that were seen.

    An empty list is an end only where a number says so too: errors come with one.
    """
    total = count(page.told.get("total_count"))
    pages = count(page.told.get("total_page"))
    if total is not None:
        return seen == total and (pages is None or number >= pages)
    if pages is None:
        return False
    if page.seen is None:
        return number > pages
    return number >= pages if page.seen == 0 else number == pages


def _last_page(total: int | None, pages: int | None, on_first: int) -> int:
    """Return the page with which a list should have ended, by what its first page tells.

    Twice as many may come, because rooms are added meanwhile and pages may be short. Of two
    numbers the one counts that a company can have; where there is none such, the first page
    should have been the last.
    """
    told = (total, None if pages is None else pages * on_first)
    if told == (None, None):
        return MAX_PAGES
    rows = next((each for each in told if each is not None and each <= MAX_ROWS), None)
    return 1 if rows is None else 2 * ceil(rows / on_first)


@lru_cache(maxsize=_MOST_URIS)
def _uri(path: str, query: tuple[tuple[str, str | int], ...]) -> str:
    """Return path and query; polls ask for the same pages again and again."""
    return f"{path}?{urlencode(query, quote_via=quote)}" if query else path
