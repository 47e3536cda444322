"""Issue and check WeCom's access tokens."""

import secrets

from simulator.accounts import WecomAccount
from simulator.canaries import Canaries
from simulator.vendors.vendor import VendorError

EXPIRED = 42001
NOT_LATEST = "invalid credential, access_token is invalid or not latest"
MAX_FAILED_ATTEMPTS = 5
BAN_SECONDS = 3600


class Tokens:
    """Hold the token of an application, and the ban after wrong secrets."""

    def __init__(self, account: WecomAccount, canaries: Canaries) -> None:
        """Start without a token."""
        self._account = account
        self._canaries = canaries
        self._expires: dict[str, float] = {}
        self._error_codes: dict[str, int] = {}
        self._current = ""
        self._failed_attempts = 0
        self._banned_until = 0.0

    def issue(self, corp_id: str, corp_secret: str, now: float) -> tuple[str, int]:
        """Return the current token, or a new one once it has expired, and its lifetime."""
        if now < self._banned_until:
            raise VendorError(45009)
        if corp_id != self._account.corp_id:
            raise VendorError(40013)
        if corp_secret != self._account.corp_secret:
            self._count_failed_attempt(now)
            raise VendorError(40001)
        self._failed_attempts = 0
        if self._expires.get(self._current, 0) <= now:
            self._current = self._canaries.add("access_token", _new_token())
            self._expires[self._current] = now + self._account.token_lifetime
        return self._current, int(self._expires[self._current] - now)

    def check(self, token: str | None, now: float) -> None:
        """Reject a token that is missing, unknown or expired."""
        if not token:
            raise VendorError(41001)
        if token not in self._expires:
            raise VendorError(40014)
        if self._expires[token] <= now:
            code = self._error_codes.get(token, EXPIRED)
            raise VendorError(code, "" if code == EXPIRED else NOT_LATEST)

    def expire_all(self, code: int | None = None) -> None:
        """Invalidate every token; `code` replaces the code of an expired token."""
        for token, end in self._expires.items():
            if end:
                self._error_codes[token] = code or EXPIRED
        self._expires = dict.fromkeys(self._expires, 0.0)

    def lift_ban(self) -> None:
        """Lift the ban and reset the count of wrong secrets."""
        self._failed_attempts, self._banned_until = 0, 0.0

    def _count_failed_attempt(self, now: float) -> None:
        """Ban the client for an hour after five wrong secrets."""
        self._failed_attempts += 1
        if self._failed_attempts >= MAX_FAILED_ATTEMPTS:
            self._failed_attempts, self._banned_until = 0, now + BAN_SECONDS


def _new_token() -> str:
    """Return a token of the length that the vendor's tokens usually have."""
    return f"CANARYtoken{secrets.token_urlsafe(151)}"
