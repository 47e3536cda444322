"""The one way out to a vendor: a call with a time limit, a size limit, and no secrets in its errors."""

import asyncio
from collections.abc import Callable, Container, Hashable, Mapping
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from http import HTTPMethod, HTTPStatus
import time
from typing import Final

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHandlerType,
    ClientOSError,
    ClientRequest,
    ClientResponse,
    ClientSession,
    ServerDisconnectedError,
    hdrs,
)
from yarl import URL

from .budget import ApiRequest, RequestBudget, Tier
from .errors import (
    ApiError,
    CannotConnect,
    ConnectionLost,
    InvalidResponse,
    RateLimited,
    RequestTimedOut,
)
from .lenient_json import read_json

MAX_ANSWER_BYTES: Final = 4 * 1024 * 1024
SECONDS_PER_CALL: Final = 20.0
LIMIT_WINDOW_SECONDS: Final = 60.0
_MAX_RETRY_AFTER_SECONDS: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class VendorResponse:
    """A JSON object that a vendor answered, with its HTTP status."""

    status: int
    fields: dict[str, object]
    """What it says; nothing of an answer that was known."""
    retry_after: float = LIMIT_WINDOW_SECONDS
    fingerprint: Hashable = field(default_factory=object, compare=False)
    """What tells it from others, without a word of what it says."""

    @property
    def error(self) -> ApiError | None:
        """Return the error that the HTTP status amounts to, for want of the vendor's code."""
        if self.status < HTTPStatus.MULTIPLE_CHOICES:
            return None
        if self.status == HTTPStatus.TOO_MANY_REQUESTS:
            return RateLimited(self.retry_after, code=self.status)
        if self.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return CannotConnect("failed inside", code=self.status)
        return InvalidResponse("no error code", code=self.status)


class Transport:
    """Send the calls of one account to its vendor's base URL, as its budget allows."""

    def __init__(
        self,
        session: ClientSession,
        base_url: str,
        budget: RequestBudget,
        *,
        asked: bool = False,
        seconds: float = SECONDS_PER_CALL,
    ) -> None:
        """Take the session to send with, the base URL, path prefix included, and the budget.

        `asked` says that a person waits for the answers.
        """
        self._session = session
        self._base_url = base_url.rstrip("/")
        self.budget = budget
        self._asked = asked
        self._seconds = seconds

    async def send(
        self,
        call: ApiRequest,
        method: HTTPMethod,
        path_and_query: str,
        *,
        error_of: Callable[[VendorResponse], ApiError | None],
        headers: Mapping[str, str],
        body: bytes | None = None,
        known: Container[Hashable] = (),
    ) -> VendorResponse:
        """Return the JSON object that the vendor answers; the path goes out exactly as given.

        One whose fingerprint is known comes without its fields. `error_of` tells the vendor's
        errors. Raises these, CannotConnect, TimedOut and InvalidAnswer; what is no JSON object is
        judged by its HTTP status, which is then the code of the error, 429 as RateLimited.
        """
        if self._asked:
            call = replace(call, tier=Tier.INTERACTIVE)
        async with self.budget.slot(call):
            # Raised here, outside any except block: the errors of the HTTP and JSON libraries
            # hold the URL and the body, and would be printed as the cause of ours. Nothing of
            # the answer is in this frame, which the error keeps.
            outcome = _settle(
                await self._exchange(method, path_and_query, headers, body, known),
                known,
                error_of,
            )
            if isinstance(outcome, ApiError):
                raise outcome.again()
        return outcome

    async def _exchange(
        self,
        method: HTTPMethod,
        path_and_query: str,
        headers: Mapping[str, str],
        body: bytes | None,
        known: Container[Hashable],
    ) -> VendorResponse | ApiError:
        """Return the answer, or the error to raise."""
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._session.request(
                    method,
                    URL(self._base_url + path_and_query, encoded=True),
                    headers=headers,
                    data=body,
                    allow_redirects=False,
                    # Instead of the session's own, which look at redirects alone.
                    middlewares=(_send_once,),
                ) as response,
            ):
                return _judge(response, await _read_limited(response), known)
        except _BrokenOff as err:
            return ConnectionLost(str(err))
        except TimeoutError:
            return RequestTimedOut()
        except (ClientError, OSError, RuntimeError, ValueError) as err:
            return CannotConnect(type(err).__name__)


class _BrokenOff(ClientError):
    """The connection broke before the head of an answer."""


async def _send_once(
    request: ClientRequest, handler: ClientHandlerType
) -> ClientResponse:
    """Send a request, and keep the HTTP library from sending it again by itself.

    It would send the same signature once more, past our budget and our own second attempt.
    """
    try:
        return await handler(request)
    except ClientConnectorError:
        raise
    except (ClientOSError, ServerDisconnectedError) as err:
        raise _BrokenOff(type(err).__name__) from None


def _settle(
    outcome: VendorResponse | ApiError,
    known: Container[Hashable],
    error_of: Callable[[VendorResponse], ApiError | None],
) -> VendorResponse | ApiError:
    """Return an answer, or the error that it tells of; one that is known tells of none."""
    if isinstance(outcome, ApiError) or outcome.fingerprint in known:
        return outcome
    return error_of(outcome) or outcome


async def _read_limited(response: ClientResponse) -> bytes | None:
    """Return the body, or None once it turns out to be too large."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > MAX_ANSWER_BYTES:
            response.close()
            return None
    return bytes(body)


def _judge(
    response: ClientResponse, body: bytes | None, known: Container[Hashable]
) -> VendorResponse | ApiError:
    """Return the JSON object of a body, or the error that status and body amount to."""
    status = response.status
    if body is None:
        return InvalidResponse("larger than 4 MiB")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        return InvalidResponse("leads elsewhere", code=status)
    fingerprint = hash((status, body))
    if fingerprint in known:
        return VendorResponse(status, {}, fingerprint=fingerprint)
    try:
        fields = read_json(body)
    except ValueError:
        fields = None
    if isinstance(fields, dict):
        return VendorResponse(status, fields, _retry_after(response), fingerprint)
    bare = VendorResponse(status, {}, _retry_after(response))
    return bare.error or InvalidResponse("no JSON object", code=status)


def _retry_after(response: ClientResponse) -> float:
    """Return the seconds that the vendor asks us to wait; a minute where it does not say."""
    value = response.headers.get(hdrs.RETRY_AFTER)
    if value is None:
        return LIMIT_WINDOW_SECONDS
    if value.isascii() and value.isdigit():
        return min(max(float(value), 1.0), _MAX_RETRY_AFTER_SECONDS)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError, OverflowError:
        return LIMIT_WINDOW_SECONDS
    seconds = moment.timestamp() - time.time()
    # In the past by our clock: one of the clocks is wrong.
    return (
        min(seconds, _MAX_RETRY_AFTER_SECONDS) if seconds > 0 else LIMIT_WINDOW_SECONDS
    )
