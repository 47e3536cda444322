"""Test the parsers of single values."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
import math
from typing import Any

from hypothesis import given
import pytest

from custom_components.meeting_rooms.api import values

from .any_json import ANY_JSON, MANY

HUGE = 10**400
NAN = math.nan
INFINITE = math.inf


class Colour(StrEnum):
    """A state that a vendor sends as a number or a word."""

    RED = "red"
    BLUE = "blue"


parse_colour = values.enum_by_code({1: Colour.RED, 2: Colour.BLUE})
parse_colour_word = values.enum_by_word({"red": Colour.RED, "1": Colour.RED})


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("会议室测试1", "会议室测试1"),
        ("内建麦克风 ", "内建麦克风"),
        (" 10 ", "10"),
        (0, "0"),
        (649128, "649128"),
        (2**63, "9223372036854775808"),
        (14.0, "14"),
        ("201501000037737137", "201501000037737137"),
        ("007", "007"),
        ("", None),
        ("   ", None),
        ("-", None),
        (" - ", None),
        (1.5, None),
        (True, None),
        (None, None),
        ([], None),
        ({"id": 1}, None),
        (HUGE, None),
        (NAN, None),
        (INFINITE, None),
        (-INFINITE, None),
        ("two\nlines\x00", "two lines"),
        ("\u3000会\u2028议\u3000", "会 议"),
        ("会\ufffd室", None),
        ("\ufffd", None),
        ("half \ud83d", None),
    ],
)
def test_text_is_stripped_and_a_number_becomes_digits(
    sent: object, expected: str | None
) -> None:
    """Return None for empty text, a dash, and text that could not be decoded."""
    assert values.text(sent) == expected


def test_long_text_is_cut() -> None:
    """Keep the first 10,000 characters."""
    assert values.text("x" * 20_000) == "x" * 10_000


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("RoomId001", "RoomId001"),
        (649128, "649128"),
        ("../rooms/1?a=b", "../rooms/1?a=b"),
        ("1" * 128, "1" * 128),
        ("1" * 129, None),
        ("", None),
        ([], None),
    ],
)
def test_an_id_is_short_text(sent: object, expected: str | None) -> None:
    """Return None instead of a cut id, which could equal that of another room."""
    assert values.identifier(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (3, 3),
        (-3, -3),
        (3.0, 3),
        ("3", 3),
        (" 3 ", 3),
        ("+3", 3),
        ("0", 0),
        (0, 0),
        ("3.0", None),
        (3.5, None),
        ("", None),
        ("three", None),
        ("１２", None),
        (True, None),
        (False, None),
        (None, None),
        ([3], None),
        ({}, None),
        (2**63 - 1, 2**63 - 1),
        (2**63, None),
        ("9" * 19, None),
        ("9" * 5000, None),
        (HUGE, None),
        (1e300, None),
        (NAN, None),
        (INFINITE, None),
    ],
)
def test_integer_accepts_text(sent: object, expected: int | None) -> None:
    """Return None for anything else."""
    assert values.integer(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [(0, 0), (15, 15), ("15", 15), (-1, None), ("-1", None), (None, None), ("x", None)],
)
def test_count_is_not_negative(sent: object, expected: int | None) -> None:
    """Zero is a count, not unknown."""
    assert values.count(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (12, 12.0),
        (1.7, 1.7),
        (-4, -4.0),
        ("59.94", 59.94),
        ("60Hz", 60.0),
        (" 60 HZ ", 60.0),
        ("", None),
        ("7.8GB", None),
        ("1e5", None),
        (True, None),
        (None, None),
        ([], None),
        (HUGE, None),
        (-HUGE, None),
        (NAN, None),
        (INFINITE, None),
        ("9" * 400, None),
    ],
)
def test_measure_accepts_a_unit(sent: object, expected: float | None) -> None:
    """Return None for text without a number."""
    assert values.measure(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("", None),
        ("12", 12.0),
        ("12.5", 12.5),
        ("12%", 12.0),
        (" 12 % ", 12.0),
        ("1.7", 1.7),
        (12, 12.0),
        (12.5, 12.5),
        (0, 0.0),
        ("0", 0.0),
        ("100%", 100.0),
        (101, None),
        ("-1", None),
        ("busy", None),
        ("-", None),
        (None, None),
        (False, None),
    ],
)
def test_percentage_accepts_each_published_form(
    sent: object, expected: float | None
) -> None:
    """Return None for missing values and for text, never 0."""
    assert values.percentage(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (60, 60.0),
        ("60", 60.0),
        ("59.94", 59.94),
        (0, None),
        ("0", None),
        (-60, None),
        ("", None),
        (None, None),
    ],
)
def test_a_frequency_of_zero_is_unknown(sent: object, expected: float | None) -> None:
    """The vendors send 0 where there is no display."""
    assert values.frequency(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (True, True),
        (False, False),
        (1, True),
        (0, False),
        ("1", True),
        ("0", False),
        ("true", True),
        ("FALSE ", False),
        (2, None),
        (-1, None),
        (NAN, None),
        ("yes", None),
        ("", None),
        (None, None),
        ([True], None),
        ({}, None),
    ],
)
def test_a_flag_is_true_false_or_unknown(sent: object, expected: bool | None) -> None:
    """Return None, never False, for an unknown value."""
    assert values.flag(sent) is expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (1, Colour.RED),
        ("2", Colour.BLUE),
        (3, None),
        ("red", None),
        (None, None),
        (True, None),
    ],
)
def test_enum_by_code_maps_numbers(sent: object, expected: Colour | None) -> None:
    """Return None for a number that is not documented."""
    assert parse_colour(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("red", Colour.RED),
        (" RED ", Colour.RED),
        (1, Colour.RED),
        ("1", Colour.RED),
        ("green", None),
        (True, None),
        (None, None),
        ([], None),
    ],
)
def test_enum_by_word_maps_words_and_numbers(
    sent: object, expected: Colour | None
) -> None:
    """Ignore case and padding; return None for an unknown word."""
    assert parse_colour_word(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("i7|i7|i7", "i7"),
        ("i7 | i5 |i7", "i7, i5"),
        ("i7", "i7"),
        ("|", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_distinct_parts_lists_each_part_once(
    sent: object, expected: str | None
) -> None:
    """The vendors repeat a processor's model for each logical processor."""
    assert values.distinct_parts(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [(12, 12), ("12", 12), (0, None), ("0", None), (-3, None), (None, None)],
)
def test_a_capacity_of_zero_is_unknown(sent: object, expected: int | None) -> None:
    """The vendors send 0 where no capacity was entered."""
    assert values.capacity(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("aGVsbG8=", "hello"),
        ("aGVsbG8", "hello"),
        (" aGVsbG8= ", "hello"),
        ("6Z2g56qX", "靠窗"),
        ("MzMz", "333"),
        ("XXXXXXX", None),
        ("hello!", None),
        ("靠窗", None),
        ("/w==", None),
        ("a", None),
        ("", None),
        ("ICA=", None),
        (None, None),
        ([], None),
    ],
)
def test_base64_text_is_decoded(sent: object, expected: str | None) -> None:
    """Return None for invalid base64, which the vendors' samples contain."""
    assert values.base64_text(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (["200115200039985708"], ("200115200039985708",)),
        ([7, "8", "", None, []], ("7", "8")),
        ([], ()),
        ("7", None),
        (None, None),
        ({"0": "7"}, None),
    ],
)
def test_texts_keeps_valid_entries(
    sent: object, expected: tuple[str, ...] | None
) -> None:
    """Return None for anything but a list."""
    assert values.texts(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [([], 0), ([None, 2], 2), (None, None), ("ab", None), ({"a": 1}, None)],
)
def test_size_is_the_number_of_entries(sent: object, expected: int | None) -> None:
    """Return None, not 0, for anything but a list."""
    assert values.size(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("a1:ee:27:c1:8a:1a", "a1:ee:27:c1:8a:1a"),
        ("A1-EE-27-C1-8A-1A", "a1:ee:27:c1:8a:1a"),
        ("a1ee.27c1.8a1a", "a1:ee:27:c1:8a:1a"),
        (" a1ee27c18a1a ", "a1:ee:27:c1:8a:1a"),
        ("a1:ee:27:c1:8a", None),
        ("xx:ee:27:c1:8a:1a", None),
        ("", None),
        ("-", None),
        (None, None),
    ],
)
def test_mac_address_has_one_form(sent: object, expected: str | None) -> None:
    """Return None for an invalid address."""
    assert values.mac_address(sent) == expected


@pytest.mark.parametrize(
    "filler",
    [
        "00:00:00:00:00:00",
        "FF-FF-FF-FF-FF-FF",
        "02:00:00:00:00:00",
        "020000000000",
        "11:11:11:11:11:11",
        "aa:bb:cc:dd:ee:ff",
        "01:23:45:67:89:ab",
        "00:11:22:33:44:55",
        "12:34:56:78:9A:BC",
    ],
)
def test_a_filler_is_no_mac_address(filler: str) -> None:
    """Phones give 02:00:00:00:00:00 to apps; others repeat a digit or count up."""
    assert values.mac_address(filler) is None


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("SN001000001", "SN001000001"),
        (" C02XK1AAJGH5 ", "C02XK1AAJGH5"),
        ("100200", "100200"),
        (2003050, "2003050"),
        ("A1", None),
        ("1", None),
        ("000", None),
        ("0000000000", None),
        ("xxxxxxxx", None),
        ("00-00-00", None),
        ("To be filled by O.E.M.", None),
        ("Default string", None),
        ("UNKNOWN", None),
        ("N/A", None),
        ("0123456789", None),
        ("-", None),
        ("", None),
        (None, None),
        ([], None),
    ],
)
def test_a_filler_is_no_serial_number(sent: object, expected: str | None) -> None:
    """Short text, one repeated character and manufacturers' placeholders identify nothing."""
    assert values.serial_number(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ('{"a": 1}', {"a": 1}),
        ('"text"', "text"),
        ("[NaN]", [None]),
        ('{"a": "two\nlines"}', {"a": "two\nlines"}),
        ("  ", None),
        ("plain words", "plain words"),
        ("[" * 100_000, "[" * 100_000),
        (7, 7),
        (None, None),
    ],
)
def test_unwrap_parses_json_in_a_string(sent: object, expected: object) -> None:
    """Return anything else unchanged, and None for a blank string."""
    assert values.unwrap(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("2021-03-23 15:37:34", datetime(2021, 3, 23, 7, 37, 34, tzinfo=UTC)),
        (" 2021-03-23 00:00:00 ", datetime(2021, 3, 22, 16, 0, tzinfo=UTC)),
        ("2021-03-23", None),
        ("2021-02-30 00:00:00", None),
        ("0000-00-00 00:00:00", None),
        ("0001-01-01 00:00:00", None),
        ("", None),
        ("-", None),
        (1616485054, None),
        (None, None),
    ],
)
def test_beijing_time_is_utc_8(sent: object, expected: datetime | None) -> None:
    """Return None for a moment before 1970, which cannot be converted to every zone."""
    assert values.beijing_time(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (1708482600, datetime(2024, 2, 21, 2, 30, tzinfo=UTC)),
        ("1708482600", datetime(2024, 2, 21, 2, 30, tzinfo=UTC)),
        (1708482600000, datetime(2024, 2, 21, 2, 30, tzinfo=UTC)),
        ("1708482600500", datetime(2024, 2, 21, 2, 30, 0, 500_000, tzinfo=UTC)),
        (0, None),
        ("0", None),
        (-1, None),
        ("", None),
        ("2024-02-21", None),
        (2**62, None),
        (HUGE, None),
        (None, None),
        (True, None),
    ],
)
def test_unix_time_accepts_seconds_and_milliseconds(
    sent: object, expected: datetime | None
) -> None:
    """Return None for 0, which means that there is no such moment."""
    assert values.unix_time(sent) == expected


PARSERS: list[tuple[Callable[[object], Any], type]] = [
    (values.text, str),
    (values.integer, int),
    (values.count, int),
    (values.measure, float),
    (values.percentage, float),
    (values.frequency, float),
    (values.flag, bool),
    (values.identifier, str),
    (values.capacity, int),
    (values.serial_number, str),
    (values.distinct_parts, str),
    (parse_colour, Colour),
    (parse_colour_word, Colour),
    (values.base64_text, str),
    (values.texts, tuple),
    (values.size, int),
    (values.mac_address, str),
    (values.beijing_time, datetime),
    (values.unix_time, datetime),
]


@pytest.mark.parametrize(("parser", "kind"), PARSERS)
@given(sent=ANY_JSON)
@MANY
def test_a_parser_accepts_any_json_value(
    parser: Callable[[object], Any], kind: type, sent: object
) -> None:
    """Return the documented type or None."""
    assert isinstance(parser(sent), kind | None)


@given(sent=ANY_JSON)
@MANY
def test_a_moment_can_be_converted_to_utc(sent: object) -> None:
    """No parsed moment overflows."""
    moments = filter(None, (values.beijing_time(sent), values.unix_time(sent)))
    assert all(moment.astimezone(UTC) == moment for moment in moments)
