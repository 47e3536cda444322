"""The envelope of Quanshi's responses: `status`, `msg` and a `result` in one of several forms.

`status` 0 is success. Other codes are passed through from services behind the API, and no table
of them is published.
"""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import islice
import re
from typing import Final

from .. import errors
from ..client import Listing
from ..rows import MAX_ROWS
from ..transport import VendorResponse
from ..values import integer, text, unwrap
from ..wire import WireModel

AUTH_STATUSES: Final = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_OTHER_ENVELOPES: Final = frozenset({"code", "errcode", "error_info"})
_MAX_DEPTH: Final = 8

_BAD: Final = (
    r"(?:missing|invalid|expired?|illegal|incorrect|wrong|required|null|empty"
    r"|(?:does\s+|do\s+)?not\s+(?:exist|found|valid|provided)|doesn't\s+exist"
    r"|过期|失效|无效|非法|不合法|错误|不正确|缺失|缺少|不存在|为空)"
)
_FILLER: Final = r"(?:is|was|has|been|be|must|cannot|can't|not|already|已经?|是|不能)"
_TOKEN_REFUSED: Final = re.compile(
    rf"(?:token|令牌)[\s:]*(?:{_FILLER}\s*)*{_BAD}"
    rf"|{_BAD}\s*(?:or\s+{_BAD}\s*)?的?\s*(?:\w+[\s_])?(?:token|令牌)(?!\s*(?:serv|服务))",
    re.IGNORECASE,
)
_FAILED_INSIDE: Final = re.compile(
    r"time.?out|timed out|internal|unavailable|exception|超时|内部|异常", re.IGNORECASE
)
"""A failure inside the vendor, even where the message mentions the token."""


def error_of(response: VendorResponse) -> errors.ApiError | None:
    """Return the error that a response reports, or None for success.

    The HTTP status comes first: 5xx is CannotConnect and 429 RateLimited, whatever the body
    says. InvalidAuth requires a message that says that the token is missing, invalid or expired,
    or Quanshi's envelope with HTTP 401, or with HTTP 403 and no message; with another message,
    403 is PermissionDenied. WrongService is another vendor's envelope.
    """
    http_error = response.error
    if isinstance(http_error, errors.CannotConnect | errors.RateLimited):
        return http_error
    code = integer(response.fields.get("status"))
    if code is None:
        if _OTHER_ENVELOPES & response.fields.keys():
            return errors.WrongService()
        return http_error or errors.InvalidResponse("no status")
    if code == 0:
        return http_error
    message = text(response.fields.get("msg")) or ""
    if _FAILED_INSIDE.search(message):
        return errors.RequestRejected(code=code)
    if _TOKEN_REFUSED.search(message):
        return errors.InvalidAuth(code=code)
    if response.status not in AUTH_STATUSES:
        return errors.RequestRejected(code=code)
    if "error" in response.fields:
        # The error object of a gateway in front of the vendor.
        return http_error
    if message and response.status == HTTPStatus.FORBIDDEN:
        return errors.PermissionDenied(code=code)
    return errors.InvalidAuth(code=response.status)


def parse_result[P: WireModel](
    row: type[P], result: object, id_key: str
) -> Listing[tuple[P, ...]]:
    """Return the rows of a result, each an object that has `id_key`.

    Rows are found in an object, an array, a map, a string that holds JSON, or any nesting of
    these. A missing result and a string of plain words are incomplete. Raises InvalidResponse
    for other values and for more than 10,000 rows.
    """
    unwrapped = _decode(result)
    if unwrapped is None or isinstance(unwrapped, str):
        return Listing((), complete=False)
    if not isinstance(unwrapped, dict | list):
        raise errors.InvalidResponse("the result is neither object nor list")
    if not unwrapped:
        return Listing((), complete=True)
    found = [*islice(_objects(unwrapped, id_key, _MAX_DEPTH), MAX_ROWS + 1)]
    if len(found) > MAX_ROWS:
        raise errors.InvalidResponse("too many rows")
    rows = tuple(
        row.from_dict(fields)
        for fields in found
        if fields is not None and text(fields.get(id_key)) is not None
    )
    return Listing(rows, complete=len(rows) == len(found))


def _objects(
    value: object, id_key: str, depth: int
) -> Iterator[dict[str, object] | None]:
    """Yield the objects that have the id, and None for each part that cannot be parsed."""
    value = _decode(value)
    if isinstance(value, dict) and id_key in value:
        yield value
    elif not isinstance(value, dict | list) or depth == 0:
        yield None
    elif isinstance(value, list):
        for item in value:
            objects = _objects(item, id_key, depth - 1)
            # An item without any object may be a damaged row.
            yield next(objects, None)
            yield from objects
    else:
        nested = [
            inner
            for item in value.values()
            if isinstance(inner := _decode(item), dict | list)
        ]
        if not nested:
            yield None
        for each in nested:
            yield from _objects(each, id_key, depth - 1)


def _decode(value: object) -> object:
    """Return the value of a JSON string, which may be nested in another string."""
    while isinstance(value, str) and (inner := unwrap(value)) is not value:
        value = inner
    return value
