"""Refuse calls that Tencent Meeting would refuse, in its order."""

from collections.abc import Callable
import hmac

from simulator.accounts import TencentMeetingAccount
from simulator.exchange import Call
from simulator.vendor import Refusal

from .signature import signature, string_to_sign

WINDOW = 300
DIGITS_MOST = 40
REQUIRED = (
    "Content-Type",
    "X-TC-Key",
    "X-TC-Timestamp",
    "X-TC-Nonce",
    "X-TC-Signature",
    "AppId",
    "X-TC-Registered",
)
LIMIT_CODES = {"per_api": 190313, "per_minute": 190310, "per_day": 190311}


class Admission:
    """Check the calls of one account."""

    def __init__(self, account: TencentMeetingAccount) -> None:
        """Start without any call seen."""
        self._account = account
        self._seen: dict[tuple[str, str], float] = {}

    def check(self, call: Call, api: str) -> None:
        """Refuse the call at the first thing that is wrong."""
        checks: tuple[Callable[[Call], None], ...] = (
            _headers,
            self._credentials,
            _clock,
            _nonce,
            self._signature,
            self._replay,
        )
        for check in checks:
            check(call)
        if limit := self._account.limits.exceeded(api, call.now):
            raise Refusal(LIMIT_CODES[limit])
        if not self._account.grants.allow(api):
            raise Refusal(9042)

    def check_operator(
        self, operator_id: str | None, operator_id_type: str | None
    ) -> None:
        """Refuse an operator who may not view rooms."""
        account = self._account
        if (
            operator_id is None
            and operator_id_type is None
            and not account.operator_required
        ):
            return
        if operator_id != account.operator_id:
            raise Refusal(190001)
        if operator_id_type != "1":
            raise Refusal(190004, "operator_id_type is invalid")

    def _credentials(self, call: Call) -> None:
        """Refuse keys that were not given out."""
        account = self._account
        known = (
            call.headers["X-TC-Key"] == account.secret_id
            and call.headers["AppId"] == account.app_id
            and call.headers.get("SdkId", "") == account.sdk_id
        )
        if not known:
            raise Refusal(190303)

    def _signature(self, call: Call) -> None:
        """Refuse a signature that is not over what was sent."""
        try:
            body = call.body.decode()
        except UnicodeDecodeError:
            raise Refusal(200006) from None
        text = string_to_sign(
            call.method,
            call.target,
            body,
            secret_id=call.headers["X-TC-Key"],
            nonce=call.headers["X-TC-Nonce"],
            timestamp=call.headers["X-TC-Timestamp"],
        )
        sent = call.headers["X-TC-Signature"].encode(errors="replace")
        if not hmac.compare_digest(
            signature(self._account.secret_key, text).encode(), sent
        ):
            raise Refusal(200003)

    def _replay(self, call: Call) -> None:
        """Refuse a pair of timestamp and nonce that was used within five minutes."""
        pair = (call.headers["X-TC-Timestamp"], call.headers["X-TC-Nonce"])
        self._seen = {
            key: when for key, when in self._seen.items() if call.now - when < WINDOW
        }
        if pair in self._seen:
            raise Refusal(190301)
        self._seen[pair] = call.now


def is_whole(text: str) -> bool:
    """Return whether a text is a whole number of a sane length."""
    return text.isascii() and text.isdigit() and len(text) <= DIGITS_MOST


def _headers(call: Call) -> None:
    """Refuse a call without a required header."""
    for name in REQUIRED:
        if not call.headers.get(name):
            raise Refusal(200001, f"missing required header {name}")
    if not call.headers["Content-Type"].lower().startswith("application/json"):
        raise Refusal(200005, "Content-Type must be application/json")
    if call.headers["X-TC-Registered"] != "1":
        raise Refusal(200005, "X-TC-Registered must be 1")


def _clock(call: Call) -> None:
    """Refuse a timestamp that is more than five minutes off."""
    stamp = call.headers["X-TC-Timestamp"]
    if not is_whole(stamp):
        raise Refusal(200005, "X-TC-Timestamp is no number")
    if abs(call.now - int(stamp)) > WINDOW:
        raise Refusal(190300)


def _nonce(call: Call) -> None:
    """Refuse a nonce that is no positive integer."""
    nonce = call.headers["X-TC-Nonce"]
    if not is_whole(nonce) or int(nonce) == 0:
        raise Refusal(200005, "X-TC-Nonce must be a positive integer")
