"""The error codes of Tencent Meeting.

Source: the vendor's list of error codes of the REST API.
"""

from collections.abc import Mapping
import time
from typing import Final

from .. import errors
from ..budget import seconds_left_of_day
from ..transport import RATE_LIMIT_SECONDS, VendorResponse
from ..values import integer

RETRY_ONCE: Final = {41, 5108, 190301, 200002}
"""An internal failure, or a nonce that was used before: one new request may succeed."""
NO_MEETING: Final = 9003
"""The meeting does not exist, or is over or cancelled."""
MISSING_OPERATOR: Final = {10001, 20001, 190001, 190004, 200005, 200006}
"""A bad parameter or an unknown user: the codes for a missing operator."""

_ERRORS: Final[Mapping[int, type[errors.ApiError]]] = {
    41: errors.CannotConnect,
    5108: errors.CannotConnect,
    NO_MEETING: errors.NotFound,
    9042: errors.PermissionDenied,
    20001: errors.InvalidOperator,
    20201: errors.NotFound,
    190001: errors.InvalidOperator,
    190300: errors.ClockSkew,
    190303: errors.InvalidAuth,
    200003: errors.InvalidAuth,
}
_MINUTE_LIMITS: Final = {9008, 9061, 190310, 190313}
_DAY_LIMITS: Final = {190311, 190312}
_APPLICATION_LIMITS: Final = {190310, 190311}
_DAY_SECONDS: Final = 86_400
_MAX_CLOCK_SKEW_SECONDS: Final = 300


def error_of(response: VendorResponse) -> errors.ApiError | None:
    """Return the error in a response; its code takes precedence over the HTTP status.

    An empty `error_info` is no error; one without a readable code is InvalidResponse.
    """
    info = response.fields.get("error_info")
    if not info:
        return response.error
    code = integer(info.get("error_code")) if isinstance(info, dict) else None
    if code is None:
        return response.error or errors.InvalidResponse("an error without a code")
    if code == 0:
        return response.error
    whole = code in _APPLICATION_LIMITS
    if code in _MINUTE_LIMITS:
        return errors.RateLimited(RATE_LIMIT_SECONDS, whole_account=whole, code=code)
    if code in _DAY_LIMITS:
        seconds = _seconds_to_next_day()
        return errors.DailyLimitReached(seconds, whole_account=whole, code=code)
    return _ERRORS.get(code, errors.RequestRejected)(code=code)


def _seconds_to_next_day() -> float:
    """Return the seconds until the vendor resets its daily counts.

    In the first minutes of the local day, the vendor's clock may still be in the day before.
    """
    left = seconds_left_of_day(time.time())
    left_of_skew = left - (_DAY_SECONDS - _MAX_CLOCK_SKEW_SECONDS)
    return left_of_skew if left_of_skew > 0 else left
