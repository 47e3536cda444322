"""What can go wrong between us and a vendor.

No exception here carries a URL, a header, a body or a word of the vendor: only its own
sentence, the vendor's code, and what the caller may need to act. `key` names the kind.
"""

from typing import ClassVar, Self


class ApiError(Exception):
    """A vendor did not give what was asked for."""

    key: str = "unknown"
    sentence: ClassVar[str] = "the vendor did not give what was asked for"
    item_only: ClassVar[bool] = False
    """Whether only the one room or conference that was asked for is in trouble."""
    account_wide: ClassVar[bool] = False
    """Whether any other call of the account would end the same way."""
    retryable: ClassVar[bool] = False
    """Whether the same call may well be answered if it is made once more at once."""

    def __init__(self, detail: str = "", *, code: int | None = None) -> None:
        """Keep the vendor's code and say what happened in our own words."""
        self.code = code
        words = [self.sentence]
        if detail:
            words.append(f": {detail}")
        if code is not None:
            words.append(f" (code {code})")
        super().__init__("".join(words))

    def again(self) -> Self:
        """Return an error that says the same and was never raised.

        An error that was raised keeps every frame that it went through, with all that is in
        them: what is to be kept, or raised by whoever holds it, is one that was not.
        """
        same = type(self).__new__(type(self), *self.args)
        vars(same).update(vars(self))
        return same


class CannotConnect(ApiError):
    """The vendor's service cannot be reached, or failed inside."""

    key = "cannot_connect"
    sentence = "the vendor's service cannot be reached"


class ConnectionLost(CannotConnect):
    """The connection broke before an answer came, as one does that was kept too long."""

    retryable = True


class RequestTimedOut(CannotConnect):
    """The vendor did not answer in time."""

    sentence = "the vendor did not answer in time"


class InvalidResponse(ApiError):
    """The answer is not what the vendor's page describes."""

    key = "invalid_response"
    item_only = True
    sentence = "the answer is not what the vendor documents"


class InvalidAuth(ApiError):
    """The vendor refuses the credentials."""

    key = "invalid_auth"
    account_wide = True
    sentence = "the vendor refuses the credentials"


class PermissionDenied(ApiError):
    """The account is not allowed to call this API."""

    key = "permission_denied"
    sentence = "the account is not allowed to call this API"


class AddressNotAllowed(ApiError):
    """The vendor does not trust the network address that we call from."""

    key = "ip_not_allowed"
    account_wide = True
    sentence = "the vendor does not trust the calling address"

    def __init__(self, address: str | None, *, code: int | None = None) -> None:
        """Keep the address that the vendor saw, where it reports one."""
        super().__init__(code=code)
        self.address = address
        self.key = "unnamed_ip_not_allowed" if address is None else "ip_not_allowed"


class ClockSkew(ApiError):
    """Our clock is too far from the vendor's."""

    key = "clock_skew"
    account_wide = True
    sentence = "the clock of this machine is too far off"


class RateLimited(ApiError):
    """The vendor wants fewer calls."""

    key = "rate_limited"
    account_wide = True
    sentence = "the vendor wants fewer calls"

    def __init__(
        self,
        retry_after: float,
        *,
        whole_account: bool = False,
        code: int | None = None,
    ) -> None:
        """Keep how many seconds to wait, and whether that concerns every API of the account."""
        super().__init__(code=code)
        self.retry_after = retry_after
        self.whole_account = whole_account


class Throttled(RateLimited):
    """No call was made: a limit that the vendor told lasts a moment longer."""


class DailyLimitReached(RateLimited):
    """The calls of the vendor's day are used up."""

    key = "daily_limit"
    sentence = "the calls of the vendor's day are used up"


class NotFound(ApiError):
    """The vendor does not know the room or conference."""

    key = "not_found"
    item_only = True
    sentence = "the vendor does not know it"


class RequestRejected(ApiError):
    """The vendor refuses the call for a reason of its own."""

    key = "refused"
    item_only = True
    sentence = "the vendor refuses the call"


class TokenRejected(RequestRejected):
    """The vendor refuses a token that it has just given out."""

    item_only = False
    sentence = "the vendor refuses a token that it has just given out"


class InvalidOperator(RequestRejected):
    """The vendor does not know the operator in whose name we ask."""

    key = "invalid_operator"
    sentence = "the vendor does not know the operator"
