"""The requests to Quanshi's APIs: each is a POST with a JSON body and the token in a header."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from http import HTTPMethod, HTTPStatus
import re
from time import monotonic
from typing import Final

from aiohttp import hdrs
import orjson

from ..budget import ApiRequest, Tier
from ..client import Listing
from ..errors import (
    ApiError,
    InvalidAuth,
    InvalidResponse,
    NotFound,
    PermissionDenied,
    WrongService,
)
from ..limits import DENIED_SECONDS
from ..models.booking import Titles
from ..models.titles import reduced
from ..transport import Transport
from .booking import QuanshiBooking
from .envelope import AUTH_STATUSES, error_of, parse_result
from .live import QuanshiLiveState, QuanshiRun
from .rooms import QuanshiRoom

BASE_PATH: Final = "/confopenapi/"
BOOKINGS: Final = ApiRequest("room/conference/list", Tier.STATUS)
_BOOKING: Final = ApiRequest("room/conference/infos", Tier.STATUS)
_ROOMS: Final = ApiRequest("room/listAll", Tier.STATUS)
_STATES: Final = ApiRequest("conference/getStatus", Tier.STATUS)
_RUN: Final = ApiRequest("admin/dashboard/conference/info", Tier.DETAILS)
APIS: Final = (BOOKINGS, _BOOKING, _ROOMS, _STATES, _RUN)

_ID_LIMIT: Final = 2**64
_DIGITS: Final = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiAccount:
    """The token of an application, and the host whose bookings are followed."""

    user_id: str
    token: str = field(repr=False)


class QuanshiRequests:
    """The APIs of Quanshi that concern rooms and conferences.

    The list of bookings decides about the token. An API that refuses a token which the list
    accepts raises PermissionDenied, is named in `denied`, and does not get the token again for
    an hour where the refusal is the vendor's own. Before the list has accepted the token, any
    API may raise InvalidAuth, and WrongService for HTTP 404.
    """

    def __init__(self, transport: Transport, account: QuanshiAccount) -> None:
        """Use a transport and the credentials."""
        self.titles = Titles.BUSY_ONLY
        """How much of the texts of bookings and runs is returned."""
        self._transport = transport
        self._account = account
        self._token_accepted = False
        self._denied: dict[ApiRequest, float] = {}
        """The APIs that refuse the token, and when to try each again by the monotonic clock."""

    @property
    def denied(self) -> frozenset[str]:
        """Return the names of the APIs that refuse a token which the list accepts."""
        return frozenset(request.api for request in self._denied)

    async def rooms(self) -> Listing[tuple[QuanshiRoom, ...]]:
        """Return every room of the company. Source: /confopenapi/room/listAll."""
        return parse_result(QuanshiRoom, await self._post(_ROOMS, {}), "roomId")

    async def bookings(
        self, start: datetime, end: datetime, tier: Tier = Tier.STATUS
    ) -> Listing[tuple[QuanshiBooking, ...]]:
        """Return the host's bookings in a period, one row for each occurrence.

        The period is sent in Unix seconds. Source: /confopenapi/room/conference/list.
        """
        body = {
            "startTime": int(start.timestamp()),
            "endTime": int(end.timestamp()),
            "userId": _id(self._account.user_id),
            # Include recurring bookings.
            "inCycle": 1,
        }
        found = self._parse(await self._post(replace(BOOKINGS, tier=tier), body))
        # getStatus takes numbers only.
        rows = tuple(row for row in found.items if _is_number(row.event_id))
        return Listing(rows, complete=found.complete and len(rows) == len(found.items))

    async def booking(
        self, *, event_id: str | None = None, pcode: str | None = None
    ) -> Listing[tuple[QuanshiBooking, ...]]:
        """Return one booking by its event id or the host's password.

        Source: /confopenapi/room/conference/infos.
        """
        by = {"pcode": pcode} if event_id is None else {"eventId": _id(event_id)}
        body = {**by, "userId": _id(self._account.user_id)}
        return self._parse(await self._post(_BOOKING, body))

    async def states(
        self, event_ids: Collection[str]
    ) -> Listing[tuple[QuanshiLiveState, ...]]:
        """Return the live states of bookings. Source: /confopenapi/conference/getStatus."""
        body = {"eventIds": [*map(_id, event_ids)]}
        return parse_result(
            QuanshiLiveState, await self._post(_STATES, body), "eventId"
        )

    async def run(self, run_id: str) -> QuanshiRun:
        """Return one run of a conference; NotFound where there is none.

        Source: /confopenapi/admin/dashboard/conference/info.
        """
        result = await self._post(_RUN, {"tempConferenceId": run_id})
        found = parse_result(QuanshiRun, result, "tempConferenceId")
        if not found.items:
            raise NotFound
        return reduced(found.items[0], self.titles)

    def _parse(self, result: object) -> Listing[tuple[QuanshiBooking, ...]]:
        """Return the bookings of a result, without the texts that must not be kept."""
        found = parse_result(QuanshiBooking, result, "eventId")
        rows = tuple(reduced(row, self.titles) for row in found.items)
        return Listing(rows, complete=found.complete)

    async def _post(self, request: ApiRequest, body: Mapping[str, object]) -> object:
        """Return the `result` of an API in any of its forms."""
        if self._denied.get(request, 0.0) > monotonic():
            raise PermissionDenied
        try:
            result = await self._send(request, body)
        except ApiError as err:
            raise self._error_for(request, err) from None
        self._token_accepted |= request.api == BOOKINGS.api
        self._denied.pop(request, None)
        return result

    def _error_for(self, request: ApiRequest, err: ApiError) -> ApiError:
        """Return the error of an API, which depends on whether the list accepts the token."""
        if request.api == BOOKINGS.api or not self._token_accepted:
            not_found = err.code == HTTPStatus.NOT_FOUND
            if isinstance(err, InvalidResponse) and not_found:
                return WrongService(code=err.code)
            return err
        match err:
            case InvalidAuth():
                self._denied[request] = monotonic() + DENIED_SECONDS
                return PermissionDenied(code=err.code)
            case InvalidResponse() if err.code in AUTH_STATUSES:
                self._denied[request] = monotonic()
                return PermissionDenied(code=err.code)
            case WrongService():
                return InvalidResponse(code=err.code)
        return err

    async def _send(self, request: ApiRequest, body: Mapping[str, object]) -> object:
        """Return the `result` of an API, with a second attempt where that may help."""
        send = partial(
            self._transport.send,
            request,
            HTTPMethod.POST,
            f"{BASE_PATH}{request.api}",
            error_of=error_of,
            headers={
                hdrs.CONTENT_TYPE: "application/json",
                "token": self._account.token,
            },
            body=orjson.dumps(body),
        )
        try:
            return (await send()).fields.get("result")
        except ApiError as err:
            if not err.retryable:
                raise
        return (await send()).fields.get("result")


def _id(number: str) -> int | str:
    """Return an id as the number that the vendor expects, any other text unchanged."""
    return int(number) if _is_number(number) else number


def _is_number(value: str | None) -> bool:
    """Return whether an id is a number that fits in 64 bits."""
    return (
        value is not None
        and _DIGITS.fullmatch(value) is not None
        and int(value) < _ID_LIMIT
    )
