"""Send a request that changes something at the vendor, which must not be carried out twice."""

from collections.abc import Awaitable
from http import HTTPStatus
from typing import Final

from .errors import (
    ApiError,
    CannotConnect,
    EmptyResponse,
    InvalidResponse,
    NotSent,
    OutcomeUnknown,
    RateLimited,
)
from .transport import VendorResponse

_FROM_PROXY: Final = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.SERVICE_UNAVAILABLE}
"""Statuses that a proxy may send while the vendor carries out the request."""


async def write(
    sending: Awaitable[VendorResponse], *, may_be_empty: bool = False
) -> VendorResponse:
    """Return the response to a request that is sent once.

    `may_be_empty` is for a vendor that may report success without a body. Raises the vendor's
    error where the request was not carried out, and OutcomeUnknown where it may have been.
    """
    try:
        return await sending
    except ApiError as err:
        if may_be_empty and isinstance(err, EmptyResponse):
            return VendorResponse(HTTPStatus.OK, {})
        if not _may_be_carried_out(err):
            raise
        code = err.code
    raise OutcomeUnknown(code=code)


def _may_be_carried_out(err: ApiError) -> bool:
    """Return whether the vendor may have carried out a request that ended with an error.

    Without a code of the vendor, only an HTTP status from 400 to 499 says that it did not.
    """
    match err:
        case NotSent():
            return False
        case CannotConnect():
            return True
        case InvalidResponse(code=code):
            refused = code is not None and 400 <= code < 500
            return not refused or code in _FROM_PROXY
    return isinstance(err, RateLimited) and err.code in _FROM_PROXY
