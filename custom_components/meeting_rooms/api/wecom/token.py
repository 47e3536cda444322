"""The access token of a WeCom application.

Source: the vendor's page on gettoken, https://developer.work.weixin.qq.com/document/path/91039.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPMethod
import time
from typing import Final
from urllib.parse import quote, urlencode

from ..budget import ApiRequest, Tier
from ..errors import ApiError, InvalidAuth, InvalidResponse
from ..transport import Transport
from ..values import measure, text
from .errors import error_of

_GETTOKEN: Final = ApiRequest("gettoken", Tier.STATUS)
_USUAL_TOKEN_SECONDS: Final = 7200.0
_SHORTEST_TOKEN_SECONDS: Final = 120.0
"""No token is taken to live less: the vendor tells when one has ended."""
_RENEW_BEFORE_END_SECONDS: Final = 300.0
_RENEW_AGAIN_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WeComAccount:
    """A company and the secret of one of its applications."""

    corp_id: str
    corp_secret: str = field(repr=False)


class WeComToken:
    """The access token of an application: fetched once however many calls wait for it."""

    def __init__(
        self,
        transport: Transport,
        account: WeComAccount,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the way out, the credentials and the clock, in seconds."""
        self._transport = transport
        self._account = account
        self._now = now
        self._lock = asyncio.Lock()
        self._value: str | None = None
        self._renew_from = 0.0
        self._ends = 0.0
        self._failure: ApiError | None = None

    async def get(self) -> str:
        """Return a token that is good for a while.

        Those who wait while a fetch fails share its error, and credentials that were refused
        are never sent again: WeCom bans the address that repeats a wrong secret. A token that
        could not be renewed is good until its end.
        """
        earlier_failure = self._failure
        async with self._lock:
            if self._value is not None and self._now() < self._renew_from:
                return self._value
            failure = self._failure
            if failure is not None and (
                failure is not earlier_failure or isinstance(failure, InvalidAuth)
            ):
                raise failure.again()
            try:
                self._value = await self._fetch()
            except ApiError as err:
                now = self._now()
                if (
                    self._value is None
                    or now >= self._ends
                    or isinstance(err, InvalidAuth)
                ):
                    self._failure = err.again()
                    raise
                self._renew_from = min(self._ends, now + _RENEW_AGAIN_SECONDS)
            return self._value

    def drop(self, token: str) -> None:
        """Forget a token that the vendor no longer takes, unless there is a newer one."""
        if self._value == token:
            self._value = None

    async def _fetch(self) -> str:
        """Return a new token. Source: GET /cgi-bin/gettoken."""
        query = urlencode(
            {"corpid": self._account.corp_id, "corpsecret": self._account.corp_secret},
            quote_via=quote,
        )
        answer = await self._transport.send(
            _GETTOKEN,
            HTTPMethod.GET,
            f"/cgi-bin/gettoken?{query}",
            error_of=error_of,
            headers={},
        )
        token = text(answer.fields.get("access_token"))
        if token is None:
            raise InvalidResponse("no token")
        told = measure(answer.fields.get("expires_in"))
        lasts = told if told is not None and told > 0 else _USUAL_TOKEN_SECONDS
        lasts = max(lasts, _SHORTEST_TOKEN_SECONDS)
        self._ends = self._now() + lasts
        self._renew_from = self._ends - min(_RENEW_BEFORE_END_SECONDS, lasts / 2)
        return token
