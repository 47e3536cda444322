"""Test that a slip in one value of a JSON text costs that value alone."""

import json

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.lenient_json import read_json

from .any_json import ANY_JSON, MANY

MEBIBYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": 1}', {"a": 1}),
        ('{"a": "会"}', {"a": "会"}),
        (b'{"a": 1, "a": 2}', {"a": 2}),
        (b'\xef\xbb\xbf{"a": 1}', {"a": 1}),
        (b'\xef\xbb\xbf{"a": NaN}', {"a": None}),
        ('\ufeff{"a": 1}', {"a": 1}),
        (b'{"a": "\xe4\xbc", "b": 1}', {"a": "\ufffd", "b": 1}),
        (b'{"a": "\\ud83d", "b": 1}', {"a": "?", "b": 1}),
        (b'{"a": "\\\\ud83d", "b": NaN}', {"a": "\\ud83d", "b": None}),
        (b'{"a": "x\n\ty", "b": 1}', {"a": "x\n\ty", "b": 1}),
        (b'["\x01", -Infinity, 1e999, -1e999]', ["\x01", None, None, None]),
        (b'{"a": NaN, "b": 9223372036854775807}', {"a": None, "b": 2**63 - 1}),
        (b'{"a": 1e999, "b": ' + b"9" * 5000 + b"}", {"a": None, "b": None}),
        ('[NaN, "\ud83d"]', [None, "?"]),
    ],
)
def test_a_slip_costs_its_own_value(raw: bytes | str, value: object) -> None:
    """What is right beside it is read."""
    assert read_json(raw) == value


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"<html>",
        b'{"a": 1',
        b'{"a": 1 "b": 2}',
        b'{"a": 1,}',
        b'{"a": 1}}',
        b'\xef\xbb\xbf\xef\xbb\xbf{"a": 1}',
        b'{"a": NaN, "b": ' + b"[" * 300_000,
        b'{"a": NaN, "b": ' + b"[" * 2000 + b"]" * 2000 + b"}",
        b'{"a": NaN, "b": "' + b"x" * MEBIBYTE + b'"}',
        "plain words",
        "NaN",
    ],
)
def test_what_is_no_json_is_refused(raw: bytes | str) -> None:
    """Nobody guesses what it means, and nothing is searched for long."""
    with pytest.raises(ValueError):
        read_json(raw)


@pytest.mark.parametrize(
    "value", [b"0", b"{}", b"[[[[]]]]", b'{"a":0}', b"NaN", b'"\xff"']
)
def test_more_values_than_there_can_be_are_refused(value: bytes) -> None:
    """However small they are: to read them would stop the house."""
    few = b"[" + b",".join([value] * 10_000) + b"]"
    many = b"[" + b",".join([value] * 200_001) + b"]"
    found = read_json(few)
    assert isinstance(found, list)
    assert len(found) == 10_000
    for raw in (many, many.decode(errors="replace")):
        with pytest.raises(ValueError, match="more values"):
            read_json(raw)


@given(value=ANY_JSON)
@MANY
def test_whatever_is_written_as_json_is_read_or_refused(value: object) -> None:
    """No other exception comes of it."""
    outcome: object
    try:
        outcome = read_json(json.dumps(value))
    except ValueError as err:
        outcome = err
    assert isinstance(repr(outcome), str)


@given(raw=st.binary(max_size=40) | st.text(max_size=40))
@MANY
def test_whatever_comes_is_read_or_refused(raw: bytes | str) -> None:
    """No other exception comes of it."""
    outcome: object
    try:
        outcome = read_json(raw)
    except ValueError as err:
        outcome = err
    assert isinstance(repr(outcome), str)
