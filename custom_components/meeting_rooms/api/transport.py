"""HTTP transport of one account: time limit, size limit, and errors without secrets."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPMethod, HTTPStatus
import json
import time
from typing import Final

import aiohttp
from yarl import URL

from .budget import ApiRequest, RequestBudget, Tier
from .errors import (
    ApiError,
    CannotConnect,
    ConnectionLost,
    EmptyResponse,
    InvalidResponse,
    NotSent,
    RateLimited,
    RequestTimedOut,
)

MAX_BODY_BYTES: Final = 4 * 1024 * 1024
MAX_VALUES: Final = 200_000
"""Decoding more values than this would block the event loop for too long."""
TIMEOUT_SECONDS: Final = 20.0
RATE_LIMIT_SECONDS: Final = 60.0
"""The pause after a rate limit for which the vendor reports no duration."""
_MAX_RETRY_AFTER_SECONDS: Final = 86_400.0
_SUPERSETS: Final = {"gb2312": "gb18030", "gbk": "gb18030"}
"""Charsets that servers declare, and the newer standard whose characters they may send."""


@dataclass(frozen=True, slots=True)
class VendorResponse:
    """A JSON object that a vendor sent, with its HTTP status."""

    status: int
    fields: dict[str, object]
    retry_after: float | None = None
    """Seconds, from the Retry-After header; None without a valid one."""

    @property
    def error(self) -> ApiError | None:
        """Return the error that the HTTP status means, for a response without a vendor's code."""
        if 200 <= self.status < 300:
            return None
        if self.status == HTTPStatus.TOO_MANY_REQUESTS or (
            self.status == HTTPStatus.SERVICE_UNAVAILABLE
            and self.retry_after is not None
        ):
            return RateLimited(self.retry_after or RATE_LIMIT_SECONDS, code=self.status)
        if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return CannotConnect("internal failure", code=self.status)
        return InvalidResponse("no error code", code=self.status)


class Transport:
    """Send the requests of one account to its vendor, as its budget allows."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base_url: str,
        budget: RequestBudget,
        *,
        interactive: bool = False,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        """Use a base URL that may have a path prefix; `interactive` marks requests of a form."""
        self._session = session
        self._base_url = base_url
        self.budget = budget
        self._interactive = interactive
        self._timeout_seconds = timeout_seconds

    async def send(
        self,
        request: ApiRequest,
        method: HTTPMethod,
        path_and_query: str,
        *,
        error_of: Callable[[VendorResponse], ApiError | None],
        headers: Mapping[str, str],
        body: bytes | None = None,
    ) -> VendorResponse:
        """Return the JSON object that the vendor sends; the path is sent exactly as given.

        `error_of` returns the vendor's error in a JSON object. Raises that error, RateLimited,
        CannotConnect and InvalidResponse; where the body is no JSON object, the HTTP status
        decides and is the error's code.
        """
        if self._interactive:
            request = replace(request, tier=Tier.INTERACTIVE)
        async with self.budget.slot(request):
            outcome = await self._exchange(method, path_and_query, headers, body)
            if isinstance(outcome, VendorResponse):
                outcome = _error(outcome, error_of) or outcome
            # Outside any except block: the errors of aiohttp and json carry the URL and the
            # body, and Home Assistant prints the cause of an exception as well.
            if isinstance(outcome, ApiError):
                raise outcome
        return outcome

    async def _exchange(
        self,
        method: HTTPMethod,
        path_and_query: str,
        headers: Mapping[str, str],
        body: bytes | None,
    ) -> VendorResponse | ApiError:
        """Return the response to one HTTP request, or the error to raise."""
        try:
            async with (
                asyncio.timeout(self._timeout_seconds),
                self._session.request(
                    method,
                    _url(self._base_url, path_and_query),
                    headers=headers,
                    data=body,
                    allow_redirects=False,
                    middlewares=(_send_once,),
                ) as response,
            ):
                return _parse(response, await _read(response))
        except _Disconnected as err:
            return ConnectionLost(str(err))
        except TimeoutError:
            return RequestTimedOut()
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as err:
            return NotSent(type(err).__name__)
        except (aiohttp.ClientError, OSError, RuntimeError, ValueError) as err:
            return CannotConnect(type(err).__name__)


class _Disconnected(aiohttp.ClientError):
    """The connection was closed before a response."""


async def _send_once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Keep aiohttp from repeating a GET after a lost connection.

    A vendor may reject a signature that it receives for the second time.
    """
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as err:
        raise _Disconnected(type(err).__name__) from None


def _url(base_url: str, path_and_query: str) -> URL:
    """Return a URL whose host is punycode and whose path prefix is percent-encoded."""
    return URL(str(URL(base_url)).rstrip("/") + path_and_query, encoded=True)


def _error(
    response: VendorResponse, error_of: Callable[[VendorResponse], ApiError | None]
) -> ApiError | None:
    """Return the vendor's error; a pause that the HTTP headers require precedes a failure."""
    error = error_of(response)
    if isinstance(error, CannotConnect) and isinstance(response.error, RateLimited):
        return response.error
    return error


async def _read(response: aiohttp.ClientResponse) -> bytes | None:
    """Return the body, None as soon as it exceeds the limit."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            response.close()
            return None
    return bytes(body)


def _parse(
    response: aiohttp.ClientResponse, body: bytes | None
) -> VendorResponse | ApiError:
    """Return the JSON object of a body, or the error that status and body mean."""
    status = response.status
    if body is None:
        return InvalidResponse("larger than 4 MiB")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return InvalidResponse("redirect", code=status)
    retry_after = _retry_after(response.headers)
    try:
        fields = _decode(body, response.charset)
    except RecursionError, ValueError:
        fields = None
    if isinstance(fields, dict):
        return VendorResponse(status, fields, retry_after)
    if (error := VendorResponse(status, {}, retry_after).error) is not None:
        return error
    kind = InvalidResponse if body.strip() else EmptyResponse
    return kind("no JSON object", code=status)


def _decode(body: bytes, charset: str | None) -> object:
    """Return the JSON value of a body in the stated charset; raises ValueError for none.

    Bytes that do not fit the charset become U+FFFD; NaN and infinity become None.
    """
    charset = (charset or "utf-8").lower()
    try:
        text = body.decode(_SUPERSETS.get(charset, charset), errors="replace")
    except LookupError, UnicodeError:
        text = body.decode(errors="replace")
    text = text.lstrip("\ufeff \t\r\n")
    if sum(map(text.count, ",[{")) > MAX_VALUES:
        raise ValueError("too many values")
    return json.loads(text, strict=False, parse_constant=lambda _: None)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of a Retry-After header, None without a valid one.

    A date is compared with the vendor's clock, because the local clock may be wrong.
    """
    value = headers.get(aiohttp.hdrs.RETRY_AFTER, "")
    if value.isascii() and value.isdigit():
        return min(max(float(value), 1.0), _MAX_RETRY_AFTER_SECONDS)
    if (until := _http_date(value)) is None:
        return None
    now = _http_date(headers.get(aiohttp.hdrs.DATE, ""))
    seconds = until - (time.time() if now is None else now)
    # A date in the past: one of the clocks is wrong.
    return min(seconds, _MAX_RETRY_AFTER_SECONDS) if seconds > 0 else RATE_LIMIT_SECONDS


def _http_date(value: str) -> float | None:
    """Return the Unix seconds of a date in an HTTP header."""
    try:
        moment = parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except OverflowError, ValueError:
        return None
