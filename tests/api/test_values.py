"""Test that single values are read however the vendors send them."""

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
    """Something that a vendor numbers."""

    RED = "red"
    BLUE = "blue"


read_colour = values.enum_by_code({1: Colour.RED, 2: Colour.BLUE})


@pytest.mark.parametrize(
    ("sent", "read"),
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
    ],
)
def test_text_is_stripped_and_a_number_becomes_its_digits(
    sent: object, read: str | None
) -> None:
    """Empty text and a dash are unknown."""
    assert values.text(sent) == read


def test_a_text_without_end_is_cut() -> None:
    """Nobody shows ten thousand characters."""
    assert values.text("x" * 20_000) == "x" * 10_000


@pytest.mark.parametrize(
    ("sent", "read"),
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
def test_an_id_is_a_text_that_is_not_too_long(sent: object, read: str | None) -> None:
    """Two rooms must not become one because their ids were cut."""
    assert values.identifier(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
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
def test_a_whole_number_may_come_as_text(sent: object, read: int | None) -> None:
    """Everything else is unknown."""
    assert values.integer(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
    [(0, 0), (15, 15), ("15", 15), (-1, None), ("-1", None), (None, None), ("x", None)],
)
def test_a_count_is_never_below_zero(sent: object, read: int | None) -> None:
    """Zero is a count, not unknown."""
    assert values.count(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
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
def test_a_measure_may_carry_its_unit(sent: object, read: float | None) -> None:
    """Text without a number is unknown."""
    assert values.measure(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
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
def test_the_load_of_a_processor_is_read_in_each_published_form(
    sent: object, read: float | None
) -> None:
    """Nothing and text are unknown, never 0."""
    assert values.percentage(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
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
def test_a_refresh_rate_of_zero_is_unknown(sent: object, read: float | None) -> None:
    """The vendors send 0 where there is no display."""
    assert values.frequency(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
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
def test_a_flag_is_true_false_or_unknown(sent: object, read: bool | None) -> None:
    """What the vendor does not say is never taken for off."""
    assert values.flag(sent) is read


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (1, Colour.RED),
        ("2", Colour.BLUE),
        (3, None),
        ("red", None),
        (None, None),
        (True, None),
    ],
)
def test_a_state_is_read_by_its_number(sent: object, read: Colour | None) -> None:
    """A number that no page knows is unknown."""
    assert read_colour(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
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
def test_text_in_base64_is_decoded_or_unknown(sent: object, read: str | None) -> None:
    """The vendors' own samples are not all base64."""
    assert values.base64_text(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (["200115200039985708"], ("200115200039985708",)),
        ([7, "8", "", None, []], ("7", "8")),
        ([], ()),
        ("7", None),
        (None, None),
        ({"0": "7"}, None),
    ],
)
def test_a_list_of_texts_keeps_what_can_be_read(
    sent: object, read: tuple[str, ...] | None
) -> None:
    """What is no list is unknown."""
    assert values.texts(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
    [([], 0), ([None, 2], 2), (None, None), ("ab", None), ({"a": 1}, None)],
)
def test_the_size_of_a_list_is_counted(sent: object, read: int | None) -> None:
    """What is no list is unknown, not 0."""
    assert values.size(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("a1:ee:27:c1:8a:1a", "a1:ee:27:c1:8a:1a"),
        ("A1-EE-27-C1-8A-1A", "a1:ee:27:c1:8a:1a"),
        ("a1ee.27c1.8a1a", "a1:ee:27:c1:8a:1a"),
        (" a1ee27c18a1a ", "a1:ee:27:c1:8a:1a"),
        ("00:00:00:00:00:00", None),
        ("a1:ee:27:c1:8a", None),
        ("xx:ee:27:c1:8a:1a", None),
        ("", None),
        ("-", None),
        (None, None),
    ],
)
def test_a_network_address_has_one_form(sent: object, read: str | None) -> None:
    """All zeros is no address."""
    assert values.mac_address(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
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
def test_a_time_without_a_zone_is_beijing_time(
    sent: object, read: datetime | None
) -> None:
    """A machine's zero time is unknown: it cannot even be told in another zone."""
    assert values.beijing_time(sent) == read


@pytest.mark.parametrize(
    ("sent", "read"),
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
def test_seconds_and_milliseconds_are_told_apart_by_size(
    sent: object, read: datetime | None
) -> None:
    """0 is no moment: a run that goes on has no end."""
    assert values.unix_time(sent) == read


READERS: list[tuple[Callable[[object], Any], type]] = [
    (values.text, str),
    (values.integer, int),
    (values.count, int),
    (values.measure, float),
    (values.percentage, float),
    (values.frequency, float),
    (values.flag, bool),
    (read_colour, Colour),
    (values.base64_text, str),
    (values.texts, tuple),
    (values.size, int),
    (values.mac_address, str),
    (values.beijing_time, datetime),
    (values.unix_time, datetime),
]


@pytest.mark.parametrize(("reader", "kind"), READERS)
@given(sent=ANY_JSON)
@MANY
def test_no_json_value_whatever_upsets_a_reader(
    reader: Callable[[object], Any], kind: type, sent: object
) -> None:
    """It is read as its own kind, or as unknown."""
    assert isinstance(reader(sent), kind | None)


@given(sent=ANY_JSON)
@MANY
def test_every_moment_that_is_read_can_be_told_in_utc(sent: object) -> None:
    """Whoever shows it needs no care."""
    moments = filter(None, (values.beijing_time(sent), values.unix_time(sent)))
    assert all(moment.astimezone(UTC) == moment for moment in moments)
