"""The codes with which Tencent Meeting refuses a call.

Source: the vendor's table of error codes, https://cloud.tencent.com/document/product/1095.
"""

from collections.abc import Mapping
from typing import Final

from ..budget import seconds_left_of_day
from ..errors import (
    ApiError,
    CannotConnect,
    ClockSkew,
    DailyLimitReached,
    InvalidAuth,
    InvalidOperator,
    InvalidResponse,
    NotFound,
    PermissionDenied,
    RateLimited,
    RequestRejected,
)
from ..transport import LIMIT_WINDOW_SECONDS, VendorResponse
from ..values import integer

ONCE_MORE: Final = {41, 5108, 190301, 200002}
"""Codes that ask for one more try: trouble inside the vendor, and a nonce that was used before."""

_ERRORS: Final[Mapping[int, type[ApiError]]] = {
    41: CannotConnect,
    5108: CannotConnect,
    9042: PermissionDenied,
    20001: InvalidOperator,
    20201: NotFound,
    190001: InvalidOperator,
    190300: ClockSkew,
    190303: InvalidAuth,
    200003: InvalidAuth,
}
_APPLICATION_LIMIT: Final = 190310
_MINUTE_LIMITS: Final = {9061, _APPLICATION_LIMIT, 190313}
_APPLICATION_DAY_LIMIT: Final = 190311
_DAY_LIMITS: Final = {_APPLICATION_DAY_LIMIT, 190312}
_SECONDS_OF_DAY: Final = 86_400
_CLOCKS_APART_SECONDS: Final = 300
"""How far the vendor's clock may be from ours before it refuses every call."""


def error_of(answer: VendorResponse, now: float) -> ApiError | None:
    """Return the error that an answer tells of; its code counts, not its HTTP status.

    An error whose code cannot be read is one all the same.
    """
    told = answer.fields.get("error_info")
    if told is None:
        return answer.error
    code = integer(told.get("error_code")) if isinstance(told, dict) else None
    if code is None:
        return answer.error or InvalidResponse("an error without a code")
    if code == 0:
        return answer.error
    if code in _MINUTE_LIMITS:
        return RateLimited(
            LIMIT_WINDOW_SECONDS, whole_account=code == _APPLICATION_LIMIT, code=code
        )
    if code in _DAY_LIMITS:
        return DailyLimitReached(
            _seconds_to_next_day(now),
            whole_account=code == _APPLICATION_DAY_LIMIT,
            code=code,
        )
    return _ERRORS.get(code, RequestRejected)(code=code)


def _seconds_to_next_day(now: float) -> float:
    """Return the seconds until the vendor counts anew.

    What is refused just after midnight is refused by a clock that has not reached it yet.
    """
    left = seconds_left_of_day(now)
    not_sure_yet = left - (_SECONDS_OF_DAY - _CLOCKS_APART_SECONDS)
    return not_sure_yet if not_sure_yet > 0 else left
