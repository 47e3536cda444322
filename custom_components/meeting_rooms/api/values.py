"""Parsers of single JSON values, which vendors send as numbers or text, padded, or not at all.

Each parser takes any JSON value and returns None for a value that it cannot parse; none raises.
"""

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
import json
import math
import re
from typing import Any

from mashumaro import field_options

type Parser[T] = Callable[[object], T | None]

BEIJING = timezone(timedelta(hours=8))

_NUMBER_WITH_UNIT = re.compile(
    r"\s*([+-]?\d{1,15}(?:\.\d{1,15})?)\s*(?:%|hz)?\s*", re.IGNORECASE
)
_INTEGER = re.compile(r"\s*[+-]?\d{1,19}\s*", re.ASCII)
_MAX_INTEGER = 2**63
_MAX_ID = 2**64
_MAX_TEXT = 10_000
_MAX_ID_TEXT = 128
_MAX_NUMBER_TEXT = 128
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNDECODED = re.compile(r"[\ud800-\udfff\ufffd]")
_FLAGS = {"1": True, "true": True, "0": False, "false": False}
_MILLISECONDS_FROM = 10**11
_LATEST = datetime(9000, 1, 1, tzinfo=UTC).timestamp()
"""The end of the times that are believed: later ones cannot be calculated with."""
_FIRST_YEAR = 1970

_MAC = re.compile(r"[0-9a-f]{12}")
_FILLER_MAC = re.compile(
    r"0123456789ab|010203040506|001122334455|112233445566|123456789abc|123456abcdef"
    r"|aabbccddeeff|abcdefabcdef|deadbeefcafe"
)
_FILLER_SERIAL_NUMBER = re.compile(
    r"default.*|empty|invalid|n/?a|nil|none|null|not \w+|oem|o\.e\.m\.|(system )?serial.*"
    r"|to be filled.*|un(known|defined)|0?12345678?9?0?",
    re.IGNORECASE,
)


def wire_field(key: str, parser: Parser[Any]) -> Any:
    """Return a dataclass field that `parser` parses from the vendor's field `key`."""
    return field(default=None, metadata=field_options(alias=key, deserialize=parser))


def text(value: object) -> str | None:
    """Return text in one line without padding; an id that was sent as a number as its digits.

    Text that could not be decoded is unknown.
    """
    match value:
        case str():
            shown = value[:_MAX_TEXT]
            if _UNDECODED.search(shown):
                return None
            stripped = _CONTROL_CHARACTERS.sub(" ", shown).strip()
            return None if stripped in {"", "-"} else stripped
        case bool():
            return None
        case int() | float() if abs(value) < _MAX_ID and value == int(value):
            return str(int(value))
    return None


def sent_text(value: str) -> str:
    """Return text in one line without padding, as it can be sent to a vendor."""
    encoded = _CONTROL_CHARACTERS.sub(" ", value).encode(errors="replace")
    return encoded.decode().strip()


def identifier(value: object) -> str | None:
    """Return an id; text that is too long for one is None."""
    parsed = text(value)
    return None if parsed is None or len(parsed) > _MAX_ID_TEXT else parsed


def integer(value: object) -> int | None:
    """Return a whole number."""
    match value:
        case bool():
            return None
        case int():
            number = value
        case float() if value.is_integer():
            number = int(value)
        case str() if len(value) <= _MAX_NUMBER_TEXT and _INTEGER.fullmatch(value):
            number = int(value)
        case _:
            return None
    return number if abs(number) < _MAX_INTEGER else None


def count(value: object) -> int | None:
    """Return a whole number that is not negative."""
    number = integer(value)
    return None if number is None or number < 0 else number


def capacity(value: object) -> int | None:
    """Return a number of people; 0 means that the vendor has no number."""
    return count(value) or None


def measure(value: object) -> float | None:
    """Return a finite number; a unit, percent or hertz, may follow it."""
    match value:
        case bool():
            return None
        case int() | float():
            number = float(value) if abs(value) < _MAX_INTEGER else math.inf
        case str() if len(value) <= _MAX_NUMBER_TEXT and (
            found := _NUMBER_WITH_UNIT.fullmatch(value)
        ):
            number = float(found[1])
        case _:
            return None
    return number if math.isfinite(number) else None


def percentage(value: object) -> float | None:
    """Return a share from 0 to 100 percent."""
    number = measure(value)
    return None if number is None or not 0 <= number <= 100 else number


def frequency(value: object) -> float | None:
    """Return a frequency in hertz; vendors send 0 where there is no display."""
    number = measure(value)
    return None if number is None or number <= 0 else number


def flag(value: object) -> bool | None:
    """Return a boolean, which vendors send as true or false, as 0 or 1, or as text."""
    if isinstance(value, bool):
        return value
    return _FLAGS.get((text(value) or "").lower())


def enum_by_code[E: StrEnum](codes: Mapping[int, E]) -> Parser[E]:
    """Return a parser of a state that the vendor sends as a number."""

    def parser(value: object) -> E | None:
        number = integer(value)
        return None if number is None else codes.get(number)

    return parser


def enum_by_word[E: StrEnum](words: Mapping[str, E]) -> Parser[E]:
    """Return a parser of a state that the vendor sends as a word in any case, or a number."""

    def parser(value: object) -> E | None:
        return words.get((text(value) or "").lower())

    return parser


def base64_text(value: object) -> str | None:
    """Return the text inside base64; padding may be missing."""
    encoded = text(value) or ""
    try:
        decoded = b64decode(encoded + "=" * (-len(encoded) % 4), validate=True).decode()
    except ValueError:
        return None
    return text(decoded)


def texts(value: object) -> tuple[str, ...] | None:
    """Return a list of texts without those that cannot be parsed."""
    if not isinstance(value, list):
        return None
    return tuple(parsed for item in value if (parsed := text(item)) is not None)


def distinct_parts(value: object) -> str | None:
    """Return the different parts of a text that "|" joins, joined by commas."""
    parts = dict.fromkeys(
        parsed for part in (text(value) or "").split("|") if (parsed := text(part))
    )
    return ", ".join(parts) or None


def size(value: object) -> int | None:
    """Return the number of entries of a list."""
    return len(value) if isinstance(value, list) else None


def mac_address(value: object) -> str | None:
    """Return a MAC address as aa:bb:cc:dd:ee:ff; a filler is None.

    Fillers are a repeated octet, an address of which only the first octet is set, such as the
    02:00:00:00:00:00 that phones give to apps, and well-known examples.
    """
    digits = re.sub(r"[:\-.]", "", text(value) or "").lower()
    if not _MAC.fullmatch(digits):
        return None
    octets = [digits[start : start + 2] for start in range(0, 12, 2)]
    repeated = len({*octets[1:]}) == 1 and octets[1] in {octets[0], "00"}
    if repeated or _FILLER_MAC.fullmatch(digits):
        return None
    return ":".join(octets)


def serial_number(value: object) -> str | None:
    """Return a serial number; a filler is None, such as one that repeats one character."""
    parsed = text(value) or ""
    characters = {*parsed.lower()} - {*" -_.:"}
    if len(parsed) < 3 or len(characters) < 2:
        return None
    return None if _FILLER_SERIAL_NUMBER.fullmatch(parsed) else parsed


def beijing_time(value: object) -> datetime | None:
    """Return the moment of "YYYY-MM-DD HH:MM:SS" in UTC+8; one before 1970 is None."""
    try:
        moment = datetime.strptime(text(value) or "", "%Y-%m-%d %H:%M:%S")
    except ValueError:
        return None
    return moment.replace(tzinfo=BEIJING) if moment.year >= _FIRST_YEAR else None


def unix_time(value: object) -> datetime | None:
    """Return the moment of Unix seconds or milliseconds; None for 0, and from the year 9000."""
    number = integer(value)
    if number is None or number <= 0:
        return None
    seconds = number / 1000 if number >= _MILLISECONDS_FROM else number
    return datetime.fromtimestamp(seconds, UTC) if seconds < _LATEST else None


def unwrap(value: object) -> object:
    """Return the JSON value inside a string, None for a blank one, anything else unchanged."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return None
    try:
        return json.loads(value, strict=False, parse_constant=lambda _: None)
    except RecursionError, ValueError:
        return value
