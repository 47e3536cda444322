"""Test that Quanshi's answers are read in whatever form they are wrapped."""

import json
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    InvalidAuth,
    InvalidResponse,
    RateLimited,
    RequestRejected,
)
from custom_components.meeting_rooms.api.models.conference import LiveState
from custom_components.meeting_rooms.api.quanshi.booking import ConferenceBooking
from custom_components.meeting_rooms.api.quanshi.envelope import (
    ResultRows,
    error_of,
    parse_result,
)
from custom_components.meeting_rooms.api.transport import VendorResponse

from ..any_json import ANY_JSON, MANY, rows_of

ONE: dict[str, Any] = {"eventId": 649128, "title": "112233"}
TWO: dict[str, Any] = {"eventId": "649129", "title": "445566"}


def titles(result: object) -> tuple[str | None, ...]:
    """Return the titles of the bookings in a result."""
    return tuple(
        row.title for row in parse_result(ConferenceBooking, result, "eventId").rows
    )


@pytest.mark.parametrize(
    ("result", "found"),
    [
        (ONE, ("112233",)),
        ([ONE], ("112233",)),
        ([ONE, TWO], ("112233", "445566")),
        ({"649128": ONE, "649129": TWO}, ("112233", "445566")),
        ({"totalCount": 2, "confList": [ONE, TWO]}, ("112233", "445566")),
        ({"conferences": json.dumps([ONE, TWO])}, ("112233", "445566")),
        (json.dumps(ONE), ("112233",)),
        (json.dumps([ONE, TWO]), ("112233", "445566")),
        (json.dumps({"649128": ONE}), ("112233",)),
        (json.dumps({"confList": [ONE]}), ("112233",)),
        ([json.dumps(ONE), TWO], ("112233", "445566")),
        ([], ()),
        ({}, ()),
        ("[]", ()),
        ("{}", ()),
    ],
)
def test_a_result_is_read_in_each_of_its_forms(
    result: object, found: tuple[str, ...]
) -> None:
    """Object, array, map, or text that holds any of them."""
    assert titles(result) == found
    assert parse_result(ConferenceBooking, result, "eventId").whole is True


@pytest.mark.parametrize(
    "result", [None, "", "  ", "null", "success", "{broken", '"text"']
)
def test_a_missing_result_has_no_rows_and_is_not_whole(result: object) -> None:
    """Nothing is known to be gone because of it."""
    assert parse_result(ConferenceBooking, result, "eventId") == ResultRows(
        (), whole=False
    )


@pytest.mark.parametrize(
    "result",
    [{"confList": None}, {"totalCount": 0}, {"code": 500, "msg": "busy"}, '{"x": 1}'],
    ids=str,
)
def test_an_object_without_a_place_for_rows_is_not_whole(result: object) -> None:
    """It may tell of something else than rows."""
    assert parse_result(ConferenceBooking, result, "eventId") == ResultRows(
        (), whole=False
    )


@pytest.mark.parametrize(
    "result", [{"confList": []}, {"confList": "[]"}, {"totalCount": 0, "confList": []}]
)
def test_an_empty_list_in_an_object_is_whole(result: object) -> None:
    """It is told to be empty."""
    assert parse_result(ConferenceBooking, result, "eventId") == ResultRows(
        (), whole=True
    )


@pytest.mark.parametrize("result", [7, True, 1.5, "7", "true"])
def test_a_result_that_holds_no_rows_is_an_invalid_answer(result: object) -> None:
    """Nobody guesses what it means."""
    with pytest.raises(InvalidResponse):
        parse_result(ConferenceBooking, result, "eventId")


@pytest.mark.parametrize(
    "bad", ["nonsense", None, 7, {}, {"eventId": None}, {"eventId": ""}, [ONE]]
)
def test_a_row_without_an_id_is_left_out_and_noticed(bad: object) -> None:
    """The others are read; the list does not pass for complete."""
    read = parse_result(ConferenceBooking, [ONE, bad, TWO], "eventId")
    assert [row.title for row in read.rows] == ["112233", "445566"]
    assert read.whole is False


@pytest.mark.parametrize(
    ("fields", "status", "kind", "code"),
    [
        ({"status": 0}, 401, InvalidAuth, 401),
        ({"status": 0}, 403, InvalidAuth, 403),
        ({}, 401, InvalidAuth, 401),
        ({"status": 7, "msg": "token is invalid or expired"}, 200, InvalidAuth, 7),
        ({"status": "7", "msg": "Invalid Token"}, 200, InvalidAuth, 7),
        ({"status": 7, "msg": "令牌已过期"}, 200, InvalidAuth, 7),
        ({"status": 7, "msg": "conference not exist"}, 200, RequestRejected, 7),
        ({"status": -1}, 200, RequestRejected, -1),
        ({"status": 7, "msg": {"token": 1}}, 200, RequestRejected, 7),
        ({}, 200, InvalidResponse, None),
        ({"status": "ok"}, 200, InvalidResponse, None),
        ({}, 500, CannotConnect, 500),
        ({"status": []}, 502, CannotConnect, 502),
        ({"status": 0, "result": []}, 400, InvalidResponse, 400),
        ({"status": 0, "result": []}, 404, InvalidResponse, 404),
        ({"status": 0, "result": []}, 429, RateLimited, 429),
        ({"status": 0, "result": []}, 500, CannotConnect, 500),
        ({"status": "0"}, 502, CannotConnect, 502),
    ],
)
def test_a_refusal_is_told_by_status_and_message(
    fields: dict[str, object], status: int, kind: type[ApiError], code: int | None
) -> None:
    """A refused token is told from every other refusal."""
    error = error_of(VendorResponse(status, fields))
    assert type(error) is kind
    assert error is not None
    assert error.code == code


@pytest.mark.parametrize("status", [0, "0", 0.0])
def test_status_zero_is_success(status: object) -> None:
    """Whatever the message says."""
    assert error_of(VendorResponse(200, {"status": status, "msg": "token"})) is None


KEYS = ("eventId", "status", "tempConferenceId", "conferences", "title", "calExtraInfo")


@pytest.mark.parametrize("row", [ConferenceBooking, LiveState])
@given(
    result=rows_of(KEYS)
    | rows_of(KEYS).map(lambda value: json.dumps(value, default=str))
    | st.dictionaries(st.sampled_from(["conferences", "x"]), rows_of(KEYS))
    | ANY_JSON
)
@MANY
def test_no_result_whatever_upsets_the_reading(
    row: type[ConferenceBooking | LiveState], result: object
) -> None:
    """It is read, or an invalid answer, and nothing else."""
    outcome: object
    try:
        outcome = parse_result(row, result, "eventId")
    except InvalidResponse as err:
        outcome = err
    assert isinstance(outcome, ResultRows | InvalidResponse)


@given(fields=st.fixed_dictionaries({}, optional={"status": ANY_JSON, "msg": ANY_JSON}))
@MANY
def test_no_envelope_whatever_upsets_the_judging(fields: dict[str, object]) -> None:
    """It is success or an error of ours."""
    assert isinstance(error_of(VendorResponse(200, fields)), ApiError | None)
