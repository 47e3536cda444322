"""Read JSON that is right but for a slip in a value.

A name that was cut in the middle of a character, a line break within it, or a number that is
none would cost all rooms of an answer: it costs its own value instead.
"""

from codecs import BOM_UTF8
from json import JSONDecoder, dumps
from math import isfinite
from typing import Final

import orjson

_MAX_MENDED: Final = 512 * 1024
_MAX_VALUES: Final = 200_000
"""More could not be read without stopping everything else in the house for a while."""
_MAX_DIGITS: Final = 19
"""What has more is no number that a vendor could mean, and slow to read."""
_BYTE_ORDER_MARK: Final = BOM_UTF8.decode()


def read_json(raw: bytes | str) -> object:
    """Return the value of a JSON text; values that JSON has no form for are null in it.

    Raises ValueError for what is no JSON, and for more values than there can be.
    """
    if isinstance(raw, str):
        raw = raw.removeprefix(_BYTE_ORDER_MARK)
    else:
        raw = raw.removeprefix(BOM_UTF8)
    if _most_values_in(raw) > _MAX_VALUES:
        raise ValueError("more values than there can be")
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        if len(raw) > _MAX_MENDED or raw.lstrip()[:1] not in {b"{", b"[", "{", "["}:
            raise
    return _read_mended(raw if isinstance(raw, str) else raw.decode(errors="replace"))


def _most_values_in(raw: bytes | str) -> int:
    """Return how many values a JSON text has at most: each begins a list or follows a comma."""
    if len(raw) <= _MAX_VALUES:
        return len(raw)
    if isinstance(raw, str):
        return sum(map(raw.count, ",[{"))
    return sum(map(raw.count, b",[{"))


def _read_mended(text: str) -> object:
    """Return the value of a JSON text that has slips."""
    try:
        slips = _DECODER.decode(text)
        mended = dumps(slips, ensure_ascii=False).encode(errors="replace")
    except RecursionError:
        raise ValueError("nested too deep") from None
    return orjson.loads(mended)


def _whole(digits: str) -> int | None:
    """Return a whole number."""
    return int(digits) if len(digits) <= _MAX_DIGITS else None


def _decimal(digits: str) -> float | None:
    """Return a number that is finite."""
    number = float(digits)
    return number if isfinite(number) else None


_DECODER: Final = JSONDecoder(
    strict=False,
    parse_int=_whole,
    parse_float=_decimal,
    parse_constant=lambda _name: None,
)
