"""The codes with which WeCom refuses a call.

Source: the vendor's page of global error codes, https://developer.work.weixin.qq.com/document/path/90313.
"""

from collections.abc import Mapping
from ipaddress import ip_address
import re
from typing import Final

from ..errors import (
    AddressNotAllowed,
    ApiError,
    CannotConnect,
    InvalidAuth,
    InvalidResponse,
    PermissionDenied,
    RateLimited,
    RequestRejected,
)
from ..transport import LIMIT_WINDOW_SECONDS, VendorResponse
from ..values import integer

BUSY: Final = -1
TOKEN_ENDED: Final = {40014, 42001}
_UNTRUSTED_ADDRESS: Final = 60020
_LIMITS: Final = {45009, 45033}
_ERRORS: Final[Mapping[int, type[ApiError]]] = {
    BUSY: CannotConnect,
    40001: InvalidAuth,
    40013: InvalidAuth,
    40091: InvalidAuth,
    45031: InvalidAuth,
    50003: InvalidAuth,
    48001: PermissionDenied,
    48002: PermissionDenied,
    48004: PermissionDenied,
    48006: PermissionDenied,
    400028: PermissionDenied,
    680106: PermissionDenied,
}
BAD_PARAMETERS: Final = {40035, 40058, 40063}

_CALLING_ADDRESS: Final = re.compile(r"from ip: *([0-9a-fA-F.:]{2,45})")


def error_of(answer: VendorResponse) -> ApiError | None:
    """Return the error that an answer tells of; `errcode` counts, missing or 0 is success.

    One that cannot be read is no success: an error comes with an empty list.
    """
    code = integer(answer.fields.get("errcode", 0))
    if code is None:
        return answer.error or InvalidResponse("an errcode that is none")
    if code == _UNTRUSTED_ADDRESS:
        address = _calling_address(answer.fields.get("errmsg"))
        if address is None:
            return AddressNotAllowed(None, code=code)
        return AddressNotAllowed(address, code=code)
    if code in _LIMITS:
        return RateLimited(LIMIT_WINDOW_SECONDS, code=code)
    if code:
        return _ERRORS.get(code, RequestRejected)(code=code)
    return answer.error


def _calling_address(message: object) -> str | None:
    """Return our address as the vendor saw it, from its message."""
    found = _CALLING_ADDRESS.search(message) if isinstance(message, str) else None
    if found is None:
        return None
    try:
        return str(ip_address(found[1]))
    except ValueError:
        return None
