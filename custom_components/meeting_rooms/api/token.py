"""A cache for the access token of an account."""

import asyncio
from collections.abc import Awaitable, Callable
from copy import copy
from dataclasses import dataclass, field
import time
from typing import Final

from .errors import ApiError, InvalidAuth

_DEFAULT_SECONDS: Final = 7200.0
_MIN_SECONDS: Final = 120.0
"""A shorter lifetime is ignored: the vendor rejects a token that has expired."""
_RENEW_BEFORE_END_SECONDS: Final = 300.0
_RETRY_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Token:
    """An access token as the vendor issued it."""

    value: str = field(repr=False)
    seconds: float | None
    """Its lifetime; None where the vendor does not report it."""


class TokenCache:
    """Keep an access token, and fetch a new one before it expires.

    All requests that wait for a token share one fetch and its outcome.
    Credentials that were rejected are never sent again, since vendors block an address that
    repeats them.
    """

    def __init__(self, fetch: Callable[[], Awaitable[Token]]) -> None:
        """Use a function that fetches a new token; it raises ApiError."""
        self._fetch = fetch
        self._lock = asyncio.Lock()
        self._value: str | None = None
        self._renew_at = 0.0
        self._expires_at = 0.0
        self._failure: ApiError | None = None

    async def get(self) -> str:
        """Return a valid token; raises the ApiError of the fetch.

        A token that cannot be renewed is used until it expires.
        """
        failure_before = self._failure
        async with self._lock:
            if self._value is not None and time.monotonic() < self._renew_at:
                return self._value
            failure = self._failure
            shared = failure is not failure_before or isinstance(failure, InvalidAuth)
            if failure is not None and shared:
                raise copy(failure)
            try:
                return await self._renew()
            except ApiError as err:
                now = time.monotonic()
                valid = self._value if now < self._expires_at else None
                if valid is None or isinstance(err, InvalidAuth):
                    self._failure = copy(err)
                    raise
                self._renew_at = min(self._expires_at, now + _RETRY_SECONDS)
                return valid

    def drop(self, token: str | None) -> None:
        """Drop a token that the vendor no longer accepts, unless it was already replaced."""
        if self._value == token:
            self._value = None

    async def _renew(self) -> str:
        """Fetch a new token."""
        token = await self._fetch()
        seconds = token.seconds or 0
        seconds = max(seconds, _MIN_SECONDS) if seconds > 0 else _DEFAULT_SECONDS
        self._value = token.value
        self._expires_at = time.monotonic() + seconds
        self._renew_at = self._expires_at - min(_RENEW_BEFORE_END_SECONDS, seconds / 2)
        return token.value
