"""Reject requests that Tencent Meeting would reject, in its order."""

from collections.abc import Callable
import hmac

from simulator.accounts import TencentMeetingAccount
from simulator.messages import Request
from simulator.vendors.vendor import VendorError

from .signature import signature, string_to_sign

WINDOW = 300
MAX_DIGITS = 40
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


class RequestChecks:
    """Check the requests of one account."""

    def __init__(self, account: TencentMeetingAccount) -> None:
        """Start without earlier requests."""
        self._account = account
        self._seen: dict[tuple[str, str], float] = {}

    def check(self, request: Request, api: str) -> None:
        """Raise the first error that a request has."""
        checks: tuple[Callable[[Request], None], ...] = (
            _headers,
            self._credentials,
            _clock,
            _nonce,
            self._signature,
            self._replay,
        )
        for check in checks:
            check(request)
        if limit := self._account.limits.exceeded(api, request.now):
            raise VendorError(LIMIT_CODES[limit])
        if not self._account.permissions.allows(api):
            raise VendorError(9042)

    def check_operator(
        self, operator_id: str | None, operator_id_type: str | None
    ) -> None:
        """Reject a missing operator, and one that may not view rooms."""
        account = self._account
        if operator_id is None and not account.operator_required:
            return
        if operator_id is None:
            raise VendorError(account.missing_operator_code)
        if operator_id != account.operator_id:
            raise VendorError(190001)
        if operator_id_type != "1":
            raise VendorError(190004, "operator_id_type is invalid")

    def _credentials(self, request: Request) -> None:
        """Reject unknown credentials."""
        account = self._account
        known = (
            request.headers["X-TC-Key"] == account.secret_id
            and request.headers["AppId"] == account.app_id
            and request.headers.get("SdkId", "") == account.sdk_id
        )
        if not known:
            raise VendorError(190303)

    def _signature(self, request: Request) -> None:
        """Reject a signature that does not match the request as it was sent."""
        try:
            body = request.body.decode()
        except UnicodeDecodeError:
            raise VendorError(200006) from None
        text = string_to_sign(
            request.method,
            request.target,
            body,
            secret_id=request.headers["X-TC-Key"],
            nonce=request.headers["X-TC-Nonce"],
            timestamp=request.headers["X-TC-Timestamp"],
        )
        sent = request.headers["X-TC-Signature"].encode(errors="replace")
        if not hmac.compare_digest(
            signature(self._account.secret_key, text).encode(), sent
        ):
            raise VendorError(200003)

    def _replay(self, request: Request) -> None:
        """Reject a pair of timestamp and nonce that was used within five minutes."""
        pair = (request.headers["X-TC-Timestamp"], request.headers["X-TC-Nonce"])
        self._seen = {
            key: when for key, when in self._seen.items() if request.now - when < WINDOW
        }
        if pair in self._seen:
            raise VendorError(190301)
        self._seen[pair] = request.now


def is_integer(text: str) -> bool:
    """Return whether a text is a non-negative integer of at most 40 digits."""
    return text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS


def _headers(request: Request) -> None:
    """Reject a request without a required header."""
    for name in REQUIRED:
        if not request.headers.get(name):
            raise VendorError(200001, f"missing required header {name}")
    if not request.headers["Content-Type"].lower().startswith("application/json"):
        raise VendorError(200005, "Content-Type must be application/json")
    if request.headers["X-TC-Registered"] != "1":
        raise VendorError(200005, "X-TC-Registered must be 1")


def _clock(request: Request) -> None:
    """Reject a timestamp that is more than five minutes off."""
    stamp = request.headers["X-TC-Timestamp"]
    if not is_integer(stamp):
        raise VendorError(200005, "X-TC-Timestamp is not a number")
    if abs(request.now - int(stamp)) > WINDOW:
        raise VendorError(190300)


def _nonce(request: Request) -> None:
    """Reject a nonce that is not a positive integer."""
    nonce = request.headers["X-TC-Nonce"]
    if not is_integer(nonce) or int(nonce) == 0:
        raise VendorError(200005, "X-TC-Nonce must be a positive integer")
