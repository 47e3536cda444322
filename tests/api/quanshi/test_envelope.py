"""Test the parser of Quanshi's envelope."""

import json
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.client import Listing
from custom_components.meeting_rooms.api.errors import (
    ApiError,
    CannotConnect,
    InvalidAuth,
    InvalidResponse,
    PermissionDenied,
    RateLimited,
    RequestRejected,
    WrongService,
)
from custom_components.meeting_rooms.api.quanshi.booking import QuanshiBooking
from custom_components.meeting_rooms.api.quanshi.envelope import error_of, parse_result
from custom_components.meeting_rooms.api.quanshi.live import QuanshiLiveState
from custom_components.meeting_rooms.api.transport import VendorResponse

from ..any_json import ANY_JSON, MANY, rows_of

ONE: dict[str, Any] = {"eventId": 649128, "title": "112233"}
TWO: dict[str, Any] = {"eventId": "649129", "title": "445566"}


def parse(result: object) -> Listing[tuple[QuanshiBooking, ...]]:
    """Return the bookings in a result."""
    return parse_result(QuanshiBooking, result, "eventId")


@pytest.mark.parametrize(
    ("result", "titles"),
    [
        (ONE, ["112233"]),
        ([ONE], ["112233"]),
        ([ONE, TWO], ["112233", "445566"]),
        ({"649128": ONE, "649129": TWO}, ["112233", "445566"]),
        ({"totalCount": 2, "confList": [ONE, TWO]}, ["112233", "445566"]),
        ({"conferences": json.dumps([ONE, TWO])}, ["112233", "445566"]),
        (json.dumps(ONE), ["112233"]),
        (json.dumps([ONE, TWO]), ["112233", "445566"]),
        (json.dumps({"649128": ONE}), ["112233"]),
        (json.dumps({"confList": [ONE]}), ["112233"]),
        ([json.dumps(ONE), TWO], ["112233", "445566"]),
        ([{"conferences": [ONE, TWO]}], ["112233", "445566"]),
        ([{"totalCount": 1, "confList": [ONE]}, {"x": [TWO]}], ["112233", "445566"]),
        ([[ONE], [TWO]], ["112233", "445566"]),
        ({"data": {"649128": ONE}}, ["112233"]),
        ({"data": {"list": json.dumps([json.dumps(ONE)])}}, ["112233"]),
        ([], []),
        ({}, []),
        ("[]", []),
        ("{}", []),
        ({"confList": []}, []),
        ({"confList": "[]"}, []),
        ({"totalCount": 0, "confList": []}, []),
        ({"data": {"confList": []}}, []),
    ],
    ids=str,
)
def test_each_form_of_a_result_is_complete(result: object, titles: list[str]) -> None:
    """The forms are an object, an array, a map, a string of JSON, and any nesting of these."""
    found = parse(result)
    assert ([row.title for row in found.items], found.complete) == (titles, True)


@pytest.mark.parametrize(
    "result",
    [
        *(None, "", "  ", "null", "success", "{broken", '"text"'),
        *({"confList": None}, {"totalCount": 0}, {"code": 500, "msg": "busy"}),
        *('{"x": 1}', [{"confList": []}], [[]], [{}], {"649128": {}}),
        [{"title": "damaged", "houseList": []}],
    ],
    ids=str,
)
def test_a_result_that_may_lack_rows_is_incomplete(result: object) -> None:
    """An incomplete result removes no conference."""
    assert parse(result) == Listing((), complete=False)


@pytest.mark.parametrize("result", [7, True, 1.5, "7", "true"])
def test_a_number_is_not_a_result(result: object) -> None:
    """The response is invalid."""
    with pytest.raises(InvalidResponse):
        parse(result)


@pytest.mark.parametrize(
    "damaged",
    [
        *("nonsense", None, 7, {}, {"eventId": None}, {"eventId": ""}),
        {"title": "damaged", "houseList": []},
        {"title": "damaged", "houseList": [{"DeviceId": 5}], "btplRole": []},
    ],
    ids=str,
)
def test_a_row_without_an_id_is_not_returned(damaged: object) -> None:
    """The other rows are returned, and the list is incomplete."""
    found = parse([ONE, damaged, TWO])
    assert [row.title for row in found.items] == ["112233", "445566"]
    assert found.complete is False


def test_the_number_of_rows_is_limited() -> None:
    """A list of 10,000 rows is parsed, a longer one is invalid in any form."""
    rows = [{"eventId": number} for number in range(10_001)]
    assert len(parse(rows[1:]).items) == 10_000
    for result in (rows, {"confList": rows}, [{"confList": rows}], [rows]):
        with pytest.raises(InvalidResponse):
            parse(result)


def test_the_depth_of_a_result_is_limited() -> None:
    """Values that are nested deeper than any documented response are not parsed."""
    result: object = [ONE]
    for _ in range(500):
        result = [result]
    assert parse(result) == Listing((), complete=False)


@pytest.mark.parametrize(
    ("fields", "status", "kind", "code"),
    [
        ({"status": 40101}, 401, InvalidAuth, 401),
        ({"status": 40301}, 403, InvalidAuth, 403),
        ({"status": 40301, "msg": "forbidden"}, 403, PermissionDenied, 40301),
        ({"status": 0}, 401, InvalidResponse, 401),
        ({}, 401, InvalidResponse, 401),
        ({"message": "Forbidden"}, 403, InvalidResponse, 403),
        ({"errcode": 40014}, 403, WrongService, None),
        ({"status": 7, "msg": "conference not exist"}, 200, RequestRejected, 7),
        ({"status": -1}, 200, RequestRejected, -1),
        ({"status": 10001}, 400, RequestRejected, 10001),
        ({"status": 7, "msg": {"token": 1}}, 200, RequestRejected, 7),
        ({}, 200, InvalidResponse, None),
        ({"status": "ok"}, 200, InvalidResponse, None),
        ({"code": 200, "data": []}, 200, WrongService, None),
        ({"errcode": 0, "errmsg": "ok"}, 200, WrongService, None),
        ({"error_info": {"error_code": 10001}}, 400, WrongService, None),
        ({"code": 500}, 500, CannotConnect, 500),
        ({}, 500, CannotConnect, 500),
        ({"status": []}, 502, CannotConnect, 502),
        ({"status": 7, "msg": "token expired"}, 500, CannotConnect, 500),
        ({"status": 7, "msg": "token expired"}, 429, RateLimited, 429),
        ({"status": 0, "result": []}, 400, InvalidResponse, 400),
        ({"status": 0, "result": []}, 429, RateLimited, 429),
        ({"status": 0, "result": []}, 500, CannotConnect, 500),
        ({"status": "0"}, 502, CannotConnect, 502),
    ],
    ids=str,
)
def test_http_status_and_code_determine_the_error(
    fields: dict[str, object], status: int, kind: type[ApiError], code: int | None
) -> None:
    """The HTTP status precedes the vendor's code."""
    error = error_of(VendorResponse(status, fields))
    assert error is not None
    assert (type(error), error.code) == (kind, code)


@pytest.mark.parametrize(
    "message",
    [
        "token is invalid or expired",
        "Invalid Token",
        "invalid access token",
        "token expired",
        "Token has expired.",
        "token is missing",
        "missing token",
        "token required",
        "token cannot be empty",
        "token not exist",
        "token does not exist",
        "token not provided",
        "access_token is invalid",
        "令牌已过期",
        "令牌无效",
        "无效的令牌",
        "token 已失效",
        "缺少token",
        "token不能为空",
        "token不存在",
    ],
)
def test_a_message_that_refuses_the_token_is_an_authentication_error(
    message: str,
) -> None:
    """The user has to enter a new token."""
    error = error_of(VendorResponse(200, {"status": "7", "msg": message}))
    assert (type(error), error and error.code) == (InvalidAuth, 7)


@pytest.mark.parametrize(
    "message",
    [
        "create token timeout",
        "create token failed",
        "token service unavailable",
        "invalid token service response",
        "token invalid: timeout of the authorization server",
        "internal error: token expired in cache",
        "令牌服务异常",
        "生成令牌超时",
        "token",
        "conference not exist, token 7",
        "invalid userId",
    ],
)
def test_a_message_that_only_mentions_the_token_is_another_error(message: str) -> None:
    """An internal failure of the vendor does not mean that the token is invalid."""
    error = error_of(VendorResponse(200, {"status": 7, "msg": message}))
    assert type(error) is RequestRejected


@pytest.mark.parametrize("status", [0, "0", 0.0])
@pytest.mark.parametrize("http_status", [200, 201, 203])
def test_status_zero_is_success(status: object, http_status: int) -> None:
    """The message is ignored."""
    fields = {"status": status, "msg": "token expired"}
    assert error_of(VendorResponse(http_status, fields)) is None


KEYS = ("eventId", "status", "tempConferenceId", "conferences", "title", "calExtraInfo")


@pytest.mark.parametrize("row", [QuanshiBooking, QuanshiLiveState])
@given(
    result=rows_of(KEYS)
    | rows_of(KEYS).map(lambda value: json.dumps(value, default=str))
    | st.dictionaries(st.sampled_from(["conferences", "x"]), rows_of(KEYS))
    | st.lists(st.dictionaries(st.sampled_from(["conferences", "x"]), rows_of(KEYS)))
    | ANY_JSON
)
@MANY
def test_any_result_is_parsed_or_invalid(
    row: type[QuanshiBooking | QuanshiLiveState], result: object
) -> None:
    """No other exception is raised, and each row has an id."""
    outcome: Listing[tuple[Any, ...]] | InvalidResponse
    try:
        outcome = parse_result(row, result, "eventId")
    except InvalidResponse as err:
        outcome = err
    rows = getattr(outcome, "rows", ())
    assert all(isinstance(each, row) for each in rows)


WRAPPERS = st.sampled_from(
    [
        lambda rows: [rows],
        lambda rows: {"conferences": rows},
        lambda rows: {"totalCount": 2, "confList": rows},
        json.dumps,
    ]
)


@given(wrappers=st.lists(WRAPPERS, max_size=5))
@MANY
def test_any_nesting_of_rows_is_complete(wrappers: list[Any]) -> None:
    """The nesting does not change the rows."""
    result: Any = [ONE, TWO]
    for wrap in wrappers:
        result = wrap(result)
    found = parse(result)
    assert [row.title for row in found.items] == ["112233", "445566"]
    assert found.complete is True


@given(
    fields=st.fixed_dictionaries(
        {}, optional={"status": ANY_JSON, "msg": ANY_JSON, "errcode": ANY_JSON}
    ),
    status=st.sampled_from([200, 201, 400, 401, 403, 404, 429, 500, 503]),
)
@MANY
def test_any_envelope_is_success_or_an_error(
    fields: dict[str, object], status: int
) -> None:
    """No exception is raised."""
    assert isinstance(error_of(VendorResponse(status, fields)), ApiError | None)
