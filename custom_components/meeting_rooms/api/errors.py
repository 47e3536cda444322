"""Errors of the vendors' APIs.

No error carries a URL, a header, a body or text of the vendor: only a fixed sentence, the
vendor's code, and what a caller needs to act. `copy.copy` returns an equal error without the
frames of the original, for code that keeps an error and raises it later.
"""

from typing import ClassVar, Final, override


class ApiError(Exception):
    """A request did not return what was requested."""

    key: str = "unknown"
    """The translation key of this kind of error."""
    sentence: ClassVar[str] = "the request failed"
    item_only: ClassVar[bool] = False
    """Whether the error is limited to the one room or conference that was requested."""
    account_wide: ClassVar[bool] = False
    """Whether any other request of the account would fail in the same way."""
    retryable: ClassVar[bool] = False
    """Whether the same request may succeed if it is repeated immediately."""

    def __init__(self, detail: str = "", *, code: int | None = None) -> None:
        """Store a detail without text of the vendor, and the vendor's code or the HTTP status."""
        super().__init__(detail)
        self.detail = detail
        self.code = code

    @override
    def __str__(self) -> str:
        """Return the sentence, the detail and the code."""
        detail = f": {self.detail}" if self.detail else ""
        code = "" if self.code is None else f" (code {self.code})"
        return f"{self.sentence}{detail}{code}"


class CannotConnect(ApiError):
    """The vendor's service cannot be reached, or reports an internal failure."""

    key = "cannot_connect"
    sentence = "the vendor's service cannot be reached"


class NotSent(CannotConnect):
    """No connection was made, so that the vendor has received nothing."""


class ConnectionLost(CannotConnect):
    """The connection was closed, as happens to a connection that was idle for too long."""

    retryable = True


class RequestTimedOut(CannotConnect):
    """The vendor did not respond in time."""

    sentence = "the vendor did not respond in time"


class InvalidResponse(ApiError):
    """The response differs from the vendor's documentation."""

    key = "invalid_response"
    item_only = True
    sentence = "the response differs from the vendor's documentation"


class EmptyResponse(InvalidResponse):
    """The vendor reports success without a body."""


class WrongService(ApiError):
    """A service other than the vendor's API responds at this address."""

    key = "wrong_service"
    account_wide = True
    sentence = "another service than the vendor's API responds"


class InvalidAuth(ApiError):
    """The vendor rejects the credentials."""

    key = "invalid_auth"
    account_wide = True
    sentence = "the vendor rejects the credentials"


class PermissionDenied(ApiError):
    """The account is not permitted to use this API."""

    key = "permission_denied"
    sentence = "the account is not permitted to use this API"


class AddressNotAllowed(ApiError):
    """The vendor does not trust the network address of this machine.

    `address` is the address that the vendor saw, None where it does not report it.
    """

    key = "ip_not_allowed"
    account_wide = True
    sentence = "the vendor does not trust the address of this machine"

    def __init__(self, address: str | None = None, *, code: int | None = None) -> None:
        """Keep the address that the vendor saw."""
        super().__init__(code=code)
        self.address = address
        if address is None:
            self.key = "unnamed_ip_not_allowed"


class ClockSkew(ApiError):
    """The clock of this machine differs too much from the vendor's."""

    key = "clock_skew"
    account_wide = True
    sentence = "the clock of this machine is wrong"


class RateLimited(ApiError):
    """The vendor's rate limit is exceeded.

    `retry_after` is in seconds; `whole_account` says whether it covers every API of the account.
    """

    key = "rate_limited"
    account_wide = True
    sentence = "the vendor's rate limit is exceeded"

    def __init__(
        self,
        retry_after: float,
        *,
        whole_account: bool = False,
        code: int | None = None,
    ) -> None:
        """Keep how long to pause, and which APIs."""
        super().__init__(code=code)
        self.retry_after = retry_after
        self.whole_account = whole_account


class Throttled(RateLimited):
    """No request was sent: a short pause that the vendor required is not over."""


class DailyLimitReached(RateLimited):
    """The requests of the vendor's day are used up."""

    key = "daily_limit"
    sentence = "the requests of the vendor's day are used up"


class NotFound(ApiError):
    """The vendor does not know the room or conference."""

    key = "not_found"
    item_only = True
    sentence = "the vendor does not know the room or conference"


class RequestRejected(ApiError):
    """The vendor rejects the request for a reason without an error class."""

    key = "refused"
    item_only = True
    sentence = "the vendor rejects the request"


class TokenRejected(ApiError):
    """The vendor rejects an access token, although not the credentials."""

    key = "refused"
    account_wide = True
    sentence = "the vendor rejects the access token"


class InvalidOperator(RequestRejected):
    """The vendor does not know the configured operator."""

    key = "invalid_operator"
    sentence = "the vendor does not know the operator"


class OperatorRequired(ApiError):
    """The vendor requires an operator, and none is configured."""

    key = "operator_required"
    sentence = "the vendor requires an operator"


class OutcomeUnknown(ApiError):
    """The vendor received a write, but it is not known whether it carried it out."""

    key = "outcome_unknown"
    item_only = True
    sentence = "it is not known whether the vendor carried out the request"


DENIALS: Final = (InvalidOperator, OperatorRequired, PermissionDenied)
"""The errors of an account that has no permission for a request, or no operator for it."""
