"""The calls to Quanshi, and what each of them answers.

Source: the vendor's pages of the /confopenapi/ interfaces; every call is a POST with JSON.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPMethod
from time import monotonic
from typing import Final

from aiohttp import hdrs
import orjson

from ..budget import ApiRequest, Tier
from ..errors import (
    ApiError,
    InvalidAuth,
    InvalidResponse,
    NotFound,
    PermissionDenied,
    RateLimited,
)
from ..models.conference import ConferenceRun, LiveState
from ..transport import Transport
from .booking import ConferenceBooking
from .envelope import REFUSED_TOKEN, ResultRows, error_of, parse_result
from .occurrences import Occurrences, RoomRow, by_event

_ROOMS: Final = ApiRequest("room/listAll", Tier.STATUS)
_BOOKINGS: Final = ApiRequest("room/conference/list", Tier.STATUS)
_BOOKING: Final = ApiRequest("room/conference/infos", Tier.STATUS)
_STATES: Final = ApiRequest("conference/getStatus", Tier.STATUS)
_RUN: Final = ApiRequest("admin/dashboard/conference/info", Tier.DETAILS)
_WITH_RECURRING: Final = 1
_ASK_AGAIN_SECONDS: Final = 3600.0
_MAX_ID_DIGITS: Final = 20
_IDS_END: Final = 2**64


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiAccount:
    """The token of an application, and the host whose bookings are followed."""

    user_id: str
    token: str = field(repr=False)


class QuanshiRequests:
    """The interfaces of Quanshi that tell of rooms and conferences."""

    def __init__(self, transport: Transport, account: QuanshiAccount) -> None:
        """Take the way out and the credentials."""
        self._transport = transport
        self._account = account
        self._ask_again: dict[ApiRequest, float] = {}
        """When calls that refused the token may be made again, by the monotonic clock."""

    async def rooms(self) -> ResultRows[RoomRow]:
        """Return every room. Source: /confopenapi/room/listAll."""
        return parse_result(RoomRow, await self._post_beside(_ROOMS, {}), "roomId")

    async def bookings(
        self, start: datetime, end: datetime
    ) -> tuple[dict[str, Occurrences], bool]:
        """Return the host's bookings of a time, and whether all could be read.

        Source: /confopenapi/room/conference/list.
        """
        result = await self._post(
            _BOOKINGS,
            {
                "startTime": int(start.timestamp()),
                "endTime": int(end.timestamp()),
                "userId": _id(self._account.user_id),
                "inCycle": _WITH_RECURRING,
            },
        )
        found = parse_result(ConferenceBooking, result, "eventId")
        rows = [row for row in found.rows if _is_number(row.event_id)]
        whole = found.whole and len(rows) == len(found.rows)
        return by_event(rows), whole

    async def booking(
        self, *, event_id: str | None = None, pcode: str | None = None
    ) -> tuple[dict[str, Occurrences], bool]:
        """Return one booking by its event id or its host's password, and whether all was read.

        Source: /confopenapi/room/conference/infos.
        """
        by = {"pcode": pcode} if event_id is None else {"eventId": _id(event_id)}
        return _booking_of(await self._post(_BOOKING, self._of_host(by)))

    async def watched_booking(
        self, event_id: str
    ) -> tuple[dict[str, Occurrences], bool]:
        """Return one booking by its event id, after those of the host, as `booking` does."""
        body = self._of_host({"eventId": _id(event_id)})
        return _booking_of(await self._post_beside(_BOOKING, body))

    async def states(self, event_ids: Collection[str]) -> ResultRows[LiveState]:
        """Return the live states of some bookings.

        Source: /confopenapi/conference/getStatus.
        """
        ids = [_id(event_id) for event_id in event_ids]
        result = await self._post_beside(_STATES, {"eventIds": ids})
        return parse_result(LiveState, result, "eventId")

    async def run(self, run_id: str) -> ConferenceRun:
        """Return one run; NotFound where there is none.

        Source: /confopenapi/admin/dashboard/conference/info.
        """
        result = await self._post_beside(_RUN, {"tempConferenceId": run_id})
        found = parse_result(ConferenceRun, result, "tempConferenceId")
        if not found.rows:
            raise NotFound
        return found.rows[0]

    def _of_host(self, body: Mapping[str, object]) -> dict[str, object]:
        """Return a body that asks for something of the host's."""
        return {**body, "userId": _id(self._account.user_id)}

    async def _post_beside(
        self, call: ApiRequest, body: Mapping[str, object]
    ) -> object:
        """Return the `result` of a call after the list of bookings has taken the token.

        Whatever refuses it then does not grant this call: PermissionDenied, and for an hour
        it is not asked again.
        """
        if self._ask_again.get(call, 0.0) > monotonic():
            raise PermissionDenied
        try:
            return await self._post(call, body)
        except InvalidAuth as err:
            self._ask_again[call] = monotonic() + _ASK_AGAIN_SECONDS
            raise PermissionDenied(code=err.code) from None

    async def _post(self, call: ApiRequest, body: Mapping[str, object]) -> object:
        """Return the `result` of a call, asking once more where that may help."""
        try:
            return await self._post_once(call, body)
        except ApiError as err:
            if not err.retryable:
                raise
        return await self._post_once(call, body)

    async def _post_once(self, call: ApiRequest, body: Mapping[str, object]) -> object:
        """Return the `result` of a call, whatever its form."""
        try:
            answer = await self._transport.send(
                call,
                HTTPMethod.POST,
                f"/confopenapi/{call.api}",
                error_of=error_of,
                headers={
                    hdrs.CONTENT_TYPE: "application/json",
                    "token": self._account.token,
                },
                body=orjson.dumps(body),
            )
        except InvalidResponse as err:
            if err.code in REFUSED_TOKEN:
                raise InvalidAuth(code=err.code) from None
            raise
        return answer.fields.get("result")


def _booking_of(result: object) -> tuple[dict[str, Occurrences], bool]:
    """Return the booking of a result, and whether all of it could be read."""
    found = parse_result(ConferenceBooking, result, "eventId")
    return by_event(found.rows), found.whole


def is_limited_to_api(err: ApiError) -> bool:
    """Return whether the vendor's other APIs may well answer."""
    return isinstance(err, RateLimited) or not err.account_wide


def _id(number: str) -> int | str:
    """Return an id as the number that the vendor expects."""
    return int(number) if _is_number(number) else number


def _is_number(text_id: str | None) -> bool:
    """Return whether an id is a number, as the vendor's pages say."""
    return (
        text_id is not None
        and text_id.isascii()
        and text_id.isdigit()
        and len(text_id) <= _MAX_ID_DIGITS
        and int(text_id) < _IDS_END
    )
