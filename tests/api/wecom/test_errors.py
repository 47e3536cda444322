"""Test that WeCom's codes mean what its pages say."""

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.errors import (
    AddressNotAllowed,
    ApiError,
    CannotConnect,
    InvalidAuth,
    InvalidResponse,
    PermissionDenied,
    RateLimited,
    RequestRejected,
)
from custom_components.meeting_rooms.api.transport import VendorResponse
from custom_components.meeting_rooms.api.wecom.errors import error_of

from ..any_json import ANY_JSON, MANY

MORE = "more info at https://open.work.weixin.qq.com/devtool/query?e=60020"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (-1, CannotConnect),
        (40001, InvalidAuth),
        (40013, InvalidAuth),
        (40091, InvalidAuth),
        (45031, InvalidAuth),
        (50003, InvalidAuth),
        (48001, PermissionDenied),
        (48002, PermissionDenied),
        (48004, PermissionDenied),
        (48006, PermissionDenied),
        (400028, PermissionDenied),
        (680106, PermissionDenied),
        (60020, AddressNotAllowed),
        (45009, RateLimited),
        (45033, RateLimited),
        (40014, RequestRejected),
        (42001, RequestRejected),
        (40035, RequestRejected),
        (40058, RequestRejected),
        (40063, RequestRejected),
        (41001, RequestRejected),
        (777777, RequestRejected),
        ("48002", PermissionDenied),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 500])
def test_a_code_is_a_refusal_whatever_the_http_status(
    code: int | str, kind: type[ApiError], status: int
) -> None:
    """An error body carries the endpoint's empty fields too."""
    fields: dict[str, object] = {
        "errcode": code,
        "errmsg": "no",
        "meeting_room_list": [],
    }
    error = error_of(VendorResponse(status, fields))
    assert type(error) is kind
    assert error is not None
    assert error.code == int(code)


@pytest.mark.parametrize("fields", [{}, {"errcode": 0}, {"errcode": "0"}])
def test_a_missing_code_and_zero_are_success(fields: dict[str, object]) -> None:
    """As the vendor's page says."""
    assert error_of(VendorResponse(200, fields)) is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, InvalidResponse), (403, InvalidResponse), (500, CannotConnect)],
)
def test_an_answer_without_a_code_is_judged_by_its_status(
    status: int, kind: type[ApiError]
) -> None:
    """There is nothing else to judge it by."""
    assert type(error_of(VendorResponse(status, {}))) is kind


@pytest.mark.parametrize(
    ("message", "address"),
    [
        (f"not allow, hint: [1], from ip: 203.0.113.7, {MORE}", "203.0.113.7"),
        (f"not allow, hint: [1], from ip:203.0.113.7,{MORE}", "203.0.113.7"),
        (f"not allow, from ip: 2001:db8::7, {MORE}", "2001:db8::7"),
    ],
)
def test_the_address_that_is_not_trusted_is_told(message: str, address: str) -> None:
    """Nothing else of the message is kept."""
    error = error_of(VendorResponse(200, {"errcode": 60020, "errmsg": message}))
    assert isinstance(error, AddressNotAllowed)
    assert error.address == address
    assert "hint" not in repr(vars(error)) + repr(error)


@pytest.mark.parametrize(
    "message",
    [
        "not allow to access from your ip",
        "not allow, from ip: unknown",
        "not allow, from ip: 999.1.1.1, x",
        "",
        None,
        ["from ip: 203.0.113.7"],
    ],
)
def test_an_address_that_is_not_named_is_not_trusted_either(message: object) -> None:
    """It may be missing; nobody makes one up."""
    error = error_of(VendorResponse(200, {"errcode": 60020, "errmsg": message}))
    assert type(error) is AddressNotAllowed


@pytest.mark.parametrize("code", [45009, 45033])
def test_a_limit_waits_a_minute(code: int) -> None:
    """The house waits longer when it is met again."""
    error = error_of(VendorResponse(200, {"errcode": code}))
    assert isinstance(error, RateLimited)
    assert error.retry_after == 60


@given(
    fields=st.fixed_dictionaries(
        {}, optional={"errcode": ANY_JSON, "errmsg": ANY_JSON | st.just("from ip: 1::")}
    )
)
@MANY
def test_no_answer_whatever_upsets_the_judging(fields: dict[str, object]) -> None:
    """It is success or an error of ours."""
    assert isinstance(error_of(VendorResponse(200, fields)), ApiError | None)
