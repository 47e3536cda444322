"""Give out WeCom's access tokens and end them."""

import secrets

from simulator.accounts import WecomAccount
from simulator.canaries import Canaries
from simulator.vendor import Refusal

TRIES = 5
BAN = 3600


class Tokens:
    """Keep the one token of an application and the ban after wrong secrets."""

    def __init__(self, account: WecomAccount, canaries: Canaries) -> None:
        """Start without a token."""
        self._account = account
        self._canaries = canaries
        self._ends: dict[str, float] = {}
        self._current = ""
        self._wrong = 0
        self._banned_until = 0.0

    def issue(self, corp_id: str, corp_secret: str, now: float) -> tuple[str, int]:
        """Return the token and its life; it is the same one as long as it lives."""
        if now < self._banned_until:
            raise Refusal(45009)
        if corp_id != self._account.corp_id:
            raise Refusal(40013)
        if corp_secret != self._account.corp_secret:
            self._count_wrong(now)
            raise Refusal(40001)
        self._wrong = 0
        if self._ends.get(self._current, 0) <= now:
            self._current = self._canaries.keep("access_token", _mint())
            self._ends[self._current] = now + self._account.token_life
        return self._current, int(self._ends[self._current] - now)

    def check(self, token: str | None, now: float) -> None:
        """Refuse a token that is missing, unknown or over."""
        if not token:
            raise Refusal(41001)
        if token not in self._ends:
            raise Refusal(40014)
        if self._ends[token] <= now:
            raise Refusal(42001)

    def end_all(self) -> None:
        """End every token early."""
        self._ends = dict.fromkeys(self._ends, 0.0)

    def lift_ban(self) -> None:
        """Forget the wrong secrets."""
        self._wrong, self._banned_until = 0, 0.0

    def _count_wrong(self, now: float) -> None:
        """Ban the caller for an hour after five wrong secrets."""
        self._wrong += 1
        if self._wrong >= TRIES:
            self._wrong, self._banned_until = 0, now + BAN


def _mint() -> str:
    """Mint a token as long as the vendor's usually are."""
    return f"CANARYtoken{secrets.token_urlsafe(151)}"
