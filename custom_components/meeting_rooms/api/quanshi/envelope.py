"""The forms in which Quanshi wraps its answers and its errors."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from typing import Final

from ..errors import (
    ApiError,
    CannotConnect,
    InvalidAuth,
    InvalidResponse,
    RateLimited,
    RequestRejected,
)
from ..rows import MAX_ROWS
from ..transport import VendorResponse
from ..values import integer, text, unwrap
from ..wire import WireModel

REFUSED_TOKEN: Final = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_TOKEN_WORDS: Final = ("token", "令牌")


@dataclass(frozen=True, slots=True)
class ResultRows[P: WireModel]:
    """The rows of a result; `whole` is False where one of them could not be read."""

    rows: tuple[P, ...]
    whole: bool


def error_of(answer: VendorResponse) -> ApiError | None:
    """Return the error that an answer tells of; `status` 0 with HTTP 200 is success."""
    if answer.status in REFUSED_TOKEN:
        return InvalidAuth(code=answer.status)
    code = integer(answer.fields.get("status"))
    if code is None:
        return answer.error or InvalidResponse("no status")
    if code == 0:
        return answer.error
    message = (text(answer.fields.get("msg")) or "").lower()
    if any(word in message for word in _TOKEN_WORDS):
        return InvalidAuth(code=code)
    if isinstance(answer.error, CannotConnect | RateLimited):
        return answer.error
    return RequestRejected(code=code)


def parse_result[P: WireModel](
    row: type[P], result: object, id_key: str
) -> ResultRows[P]:
    """Return the rows of a result: an object, an array, a map, or a string that holds JSON.

    Raises InvalidAnswer for anything else; a missing result, a string of plain words, and an
    object in which there is no place for rows, has no rows and is not whole.
    """
    unwrapped = unwrap(result)
    if unwrapped is None or isinstance(unwrapped, str):
        return ResultRows((), whole=False)
    if not isinstance(unwrapped, dict | list):
        raise InvalidResponse("the result is neither object nor list")
    if len(unwrapped) > MAX_ROWS:
        raise InvalidResponse("more entries than there can be")
    found = [*islice(_objects(unwrapped, id_key), MAX_ROWS + 1)]
    if len(found) > MAX_ROWS:
        raise InvalidResponse("more rows than there can be")
    rows = tuple(
        row.from_dict(fields)
        for fields in found
        if text(fields.get(id_key)) is not None
    )
    whole = len(rows) == len(found) and (bool(rows) or _holds_rows(unwrapped))
    return ResultRows(rows, whole=whole)


def _holds_rows(value: dict[str, object] | list[object]) -> bool:
    """Return whether rows could stand here: in a list, in a list of an object, or in a map."""
    if isinstance(value, list) or not value:
        return True
    return any(isinstance(unwrap(item), dict | list) for item in value.values())


def _objects(
    value: dict[str, object] | list[object], id_key: str
) -> Iterator[dict[str, object]]:
    """Yield the objects of a list, of a map, or the one object itself; {} for what is none."""
    if isinstance(value, dict) and id_key in value:
        yield value
        return
    wrapped = value.values() if isinstance(value, dict) else value
    for item in map(unwrap, wrapped):
        if isinstance(value, dict) and isinstance(item, list):
            yield from _objects(item, id_key)
        elif isinstance(item, dict):
            yield item
        elif isinstance(value, list):
            yield {}
