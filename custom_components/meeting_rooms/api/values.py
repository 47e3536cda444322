"""Read single values as the vendors send them: as a number or as text, padded, or not at all.

Each reader takes any JSON value and returns None for what it cannot read; none raises.
"""

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
import math
import re
from typing import Any

from mashumaro import field_options

from .lenient_json import read_json

type Parser[T] = Callable[[object], T | None]

BEIJING = timezone(timedelta(hours=8))

_LEADING_NUMBER = re.compile(
    r"\s*([+-]?\d{1,15}(?:\.\d{1,15})?)\s*(?:%|hz)?\s*", re.IGNORECASE
)
_WHOLE = re.compile(r"\s*[+-]?\d{1,19}\s*", re.ASCII)
_MAC = re.compile(r"[0-9a-f]{12}")
_MAX_INTEGER = 2**63
_MAX_ID = 2**64
_MAX_TEXT = 10_000
_MAX_ID_TEXT = 128
_MAX_NUMBER_TEXT = 128
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_MILLISECONDS_FROM = 10**11
_FIRST_YEAR = 1970


def wire_field(key: str, reader: Parser[Any]) -> Any:
    """Return a dataclass field that is read from the vendor's `key` by `reader`."""
    return field(default=None, metadata=field_options(alias=key, deserialize=reader))


def text(value: object) -> str | None:
    """Return text without padding, in one line; an id that came as a number as its digits."""
    match value:
        case str():
            shown = value[:_MAX_TEXT]
            if not shown.isprintable():
                shown = _UNPRINTABLE.sub(" ", shown)
            stripped = shown.strip()
            return None if stripped in {"", "-"} else stripped
        case bool():
            return None
        case int() | float() if abs(value) < _MAX_ID and value == int(value):
            return str(int(value))
    return None


def identifier(value: object) -> str | None:
    """Return an id; a text that is too long to be one is none."""
    found = text(value)
    return None if found is None or len(found) > _MAX_ID_TEXT else found


def integer(value: object) -> int | None:
    """Return a whole number."""
    match value:
        case bool():
            return None
        case int():
            number = value
        case float() if value.is_integer():
            number = int(value)
        case str() if len(value) <= _MAX_NUMBER_TEXT and _WHOLE.fullmatch(value):
            number = int(value)
        case _:
            return None
    return number if abs(number) < _MAX_INTEGER else None


def count(value: object) -> int | None:
    """Return how many there are: a whole number, never below zero."""
    number = integer(value)
    return None if number is None or number < 0 else number


def measure(value: object) -> float | None:
    """Return a finite number; its unit, percent or hertz, may follow it."""
    match value:
        case bool():
            return None
        case int() | float():
            number = float(value) if abs(value) < _MAX_INTEGER else math.inf
        case str() if len(value) <= _MAX_NUMBER_TEXT and (
            found := _LEADING_NUMBER.fullmatch(value)
        ):
            number = float(found[1])
        case _:
            return None
    return number if math.isfinite(number) else None


def percentage(value: object) -> float | None:
    """Return a share from 0 to 100 percent."""
    number = measure(value)
    return number if number is not None and 0 <= number <= 100 else None


def frequency(value: object) -> float | None:
    """Return hertz; the vendors send 0 where there is no display."""
    number = measure(value)
    return number if number is not None and number > 0 else None


def flag(value: object) -> bool | None:
    """Return a truth value, sent as such, as 0 or 1, or as text."""
    match value:
        case bool():
            return value
        case str():
            return {"1": True, "true": True, "0": False, "false": False}.get(
                value.strip().lower()
            )
        case 0 | 1:
            return bool(value)
    return None


def enum_by_code[E: StrEnum](codes: Mapping[int, E]) -> Parser[E]:
    """Return a reader of the vendor's numbers for a state."""

    def reader(value: object) -> E | None:
        number = integer(value)
        return None if number is None else codes.get(number)

    return reader


def base64_text(value: object) -> str | None:
    """Return the text inside base64; padding may be missing."""
    encoded = text(value)
    if encoded is None:
        return None
    try:
        decoded = b64decode(encoded + "=" * (-len(encoded) % 4), validate=True).decode()
    except ValueError:
        return None
    return text(decoded)


def texts(value: object) -> tuple[str, ...] | None:
    """Return a list of texts without those that cannot be read."""
    if not isinstance(value, list):
        return None
    return tuple(found for item in value if (found := text(item)) is not None)


def size(value: object) -> int | None:
    """Return how many entries a list has."""
    return len(value) if isinstance(value, list) else None


def mac_address(value: object) -> str | None:
    """Return a network address as aa:bb:cc:dd:ee:ff; all zeros is none."""
    digits = re.sub(r"[:\-.]", "", text(value) or "").lower()
    if not _MAC.fullmatch(digits) or set(digits) == {"0"}:
        return None
    return ":".join(digits[start : start + 2] for start in range(0, 12, 2))


def beijing_time(value: object) -> datetime | None:
    """Return the moment of "YYYY-MM-DD HH:MM:SS", which the vendors give in UTC+8.

    A moment before Unix time began is a machine's way to say that there is none.
    """
    try:
        moment = datetime.strptime(text(value) or "", "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None
    return moment.replace(tzinfo=BEIJING) if moment.year >= _FIRST_YEAR else None


def unix_time(value: object) -> datetime | None:
    """Return the moment of Unix seconds or milliseconds; 0 is no moment."""
    number = integer(value)
    if number is None or number <= 0:
        return None
    seconds = number / 1000 if number >= _MILLISECONDS_FROM else number
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except OverflowError, OSError, ValueError:
        return None


def unwrap(value: object) -> object:
    """Return what a string of JSON holds, and anything else as it is."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return read_json(value)
    except ValueError:
        return value
