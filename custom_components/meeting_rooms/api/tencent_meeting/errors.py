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
MISSING_OPERATOR: Final = {10001, 20001, 190001, 190004, 200005, 200006}
"""A bad parameter or an unknown user: what a missing operator leads to."""

_ERRORS: Final[Mapping[int, type[errors.ApiError]]] = {
    41: errors.CannotConnect,
    5108: errors.CannotConnect,
    9042: errors.PermissionDenied,
    20001: errors.InvalidOperator,
    20201: errors.NotFound,
    190001: errors.InvalidOperator,
    190300: errors.ClockSkew,
    190303: errors.InvalidAuth,
    200003: errors.InvalidAuth,
}
_APPLICATION_MINUTE_LIMIT: Final = 190310
_MINUTE_LIMITS: Final = {9061, _APPLICATION_MINUTE_LIMIT, 190313}
_APPLICATION_DAY_LIMIT: Final = 190311
_DAY_LIMITS: Final = {_APPLICATION_DAY_LIMIT, 190312}
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
    if code in _MINUTE_LIMITS:
        return errors.RateLimited(
            RATE_LIMIT_SECONDS,
            whole_account=code == _APPLICATION_MINUTE_LIMIT,
            code=code,
        )
    if code in _DAY_LIMITS:
        return errors.DailyLimitReached(
            _seconds_to_next_day(),
            whole_account=code == _APPLICATION_DAY_LIMIT,
            code=code,
        )
    return _ERRORS.get(code, errors.RequestRejected)(code=code)


def _seconds_to_next_day() -> float:
    """Return the seconds until the vendor resets its daily counts.

    In the first minutes of our day, the vendor's clock may still be in the day before.
    """
    left = seconds_left_of_day(time.time())
    left_of_skew = left - (_DAY_SECONDS - _MAX_CLOCK_SKEW_SECONDS)
    return left_of_skew if left_of_skew > 0 else left
