"""The error codes of WeCom.

Source: the vendor's page of global error codes,
https://developer.work.weixin.qq.com/document/path/90313.
"""

from collections.abc import Mapping
from ipaddress import ip_address
import re
from typing import Final

from .. import errors
from ..transport import RATE_LIMIT_SECONDS, VendorResponse
from ..values import integer

BUSY: Final = -1
BAD_PARAMETERS: Final = {40035, 40058, 40063}
_CREDENTIALS: Final = {40001, 40013, 40091, 45031, 50003}
_TOKEN_ENDED: Final = {40014, 42001}
_PERMISSIONS: Final = {48001, 48002, 48004, 48006, 400028, 680106}
_UNTRUSTED_ADDRESS: Final = 60020
_LIMITS: Final = {45009, 45033}
_ERRORS: Final[Mapping[int, type[errors.ApiError]]] = {
    # A request that carries only a token says nothing about the secret: the token has ended, or
    # another program has fetched a newer one.
    **dict.fromkeys(_CREDENTIALS | _TOKEN_ENDED, errors.TokenRejected),
    **dict.fromkeys(_PERMISSIONS, errors.PermissionDenied),
    BUSY: errors.CannotConnect,
}

_CALLER_ADDRESS: Final = re.compile(r"from ip: *([0-9a-fA-F.:]{2,45})")


def error_of(response: VendorResponse) -> errors.ApiError | None:
    """Return the error in a response to a request that carries a token.

    A missing `errcode` or 0 is success. One that cannot be parsed is InvalidResponse: the response
    to a failed request has an empty list.
    """
    code = integer(response.fields.get("errcode", 0))
    if code is None:
        return response.error or errors.InvalidResponse("an unreadable errcode")
    if code == 0:
        return response.error
    if code == _UNTRUSTED_ADDRESS:
        return errors.AddressNotAllowed(
            _caller_address(response.fields.get("errmsg")), code=code
        )
    if code in _LIMITS:
        return errors.RateLimited(RATE_LIMIT_SECONDS, code=code)
    return _ERRORS.get(code, errors.RequestRejected)(code=code)


def token_error_of(response: VendorResponse) -> errors.ApiError | None:
    """Return the error in a response to gettoken, the only API that receives the secret."""
    error = error_of(response)
    if error is not None and error.code in _CREDENTIALS:
        return errors.InvalidAuth(code=error.code)
    return error


def _caller_address(message: object) -> str | None:
    """Return the address of this machine, which the vendor appends to its message."""
    found = _CALLER_ADDRESS.search(message) if isinstance(message, str) else None
    if found is None:
        return None
    try:
        return str(ip_address(found[1]))
    except ValueError:
        return None
