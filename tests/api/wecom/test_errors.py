"""Test that the codes of WeCom become the documented errors."""

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
    TokenRejected,
)
from custom_components.meeting_rooms.api.transport import VendorResponse
from custom_components.meeting_rooms.api.wecom.errors import error_of, token_error_of

from ..any_json import ANY_JSON, MANY

MORE = "more info at https://open.work.weixin.qq.com/devtool/query?e=60020"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (-1, CannotConnect),
        (40001, TokenRejected),
        (40013, TokenRejected),
        (40091, TokenRejected),
        (45031, TokenRejected),
        (50003, TokenRejected),
        (48001, PermissionDenied),
        (48002, PermissionDenied),
        (48004, PermissionDenied),
        (48006, PermissionDenied),
        (400028, PermissionDenied),
        (680106, PermissionDenied),
        (60020, AddressNotAllowed),
        (45009, RateLimited),
        (45033, RateLimited),
        (40014, TokenRejected),
        (42001, TokenRejected),
        (40035, RequestRejected),
        (40058, RequestRejected),
        (40063, RequestRejected),
        (41001, RequestRejected),
        (777777, RequestRejected),
        ("48002", PermissionDenied),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 500])
def test_the_code_determines_the_error_for_every_http_status(
    code: int | str, kind: type[ApiError], status: int
) -> None:
    """The response with an error has the fields of a success."""
    fields: dict[str, object] = {
        "errcode": code,
        "errmsg": "no",
        "meeting_room_list": [],
    }
    error = error_of(VendorResponse(status, fields))
    assert type(error) is kind
    assert error is not None
    assert error.code == int(code)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (40001, InvalidAuth),
        (40013, InvalidAuth),
        (40091, InvalidAuth),
        (45031, InvalidAuth),
        (50003, InvalidAuth),
        (45009, RateLimited),
        (-1, CannotConnect),
        (60020, AddressNotAllowed),
        (777777, RequestRejected),
    ],
)
def test_gettoken_reports_invalid_credentials(code: int, kind: type[ApiError]) -> None:
    """Only gettoken receives the credentials; other codes have their usual meaning."""
    error = token_error_of(VendorResponse(200, {"errcode": code}))
    assert type(error) is kind


def test_gettoken_succeeds_without_a_code() -> None:
    """The same applies to every API."""
    assert token_error_of(VendorResponse(200, {"access_token": "T"})) is None


@pytest.mark.parametrize("fields", [{}, {"errcode": 0}, {"errcode": "0"}])
def test_a_missing_code_is_success(fields: dict[str, object]) -> None:
    """Code 0 is success too."""
    assert error_of(VendorResponse(200, fields)) is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [(404, InvalidResponse), (403, InvalidResponse), (500, CannotConnect)],
)
def test_the_http_status_determines_the_error_without_a_code(
    status: int, kind: type[ApiError]
) -> None:
    """The HTTP status becomes the code of the error."""
    assert type(error_of(VendorResponse(status, {}))) is kind


@pytest.mark.parametrize(
    ("message", "address"),
    [
        (f"not allow, hint: [1], from ip: 203.0.113.7, {MORE}", "203.0.113.7"),
        (f"not allow, hint: [1], from ip:203.0.113.7,{MORE}", "203.0.113.7"),
        (f"not allow, from ip: 2001:db8::7, {MORE}", "2001:db8::7"),
    ],
)
def test_an_untrusted_address_is_reported(message: str, address: str) -> None:
    """The error keeps nothing else of the message."""
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
def test_the_untrusted_address_may_be_missing(message: object) -> None:
    """An error without an address has a different translation key."""
    error = error_of(VendorResponse(200, {"errcode": 60020, "errmsg": message}))
    assert isinstance(error, AddressNotAllowed)
    assert (error.address, error.key) == (None, "unnamed_ip_not_allowed")


@pytest.mark.parametrize("code", [45009, 45033])
def test_a_limit_lasts_a_minute(code: int) -> None:
    """The request budget doubles the pause each time."""
    error = error_of(VendorResponse(200, {"errcode": code}))
    assert isinstance(error, RateLimited)
    assert error.retry_after == 60


@given(
    fields=st.fixed_dictionaries(
        {}, optional={"errcode": ANY_JSON, "errmsg": ANY_JSON | st.just("from ip: 1::")}
    )
)
@MANY
def test_any_response_is_a_success_or_an_error(fields: dict[str, object]) -> None:
    """No other exception is raised."""
    assert isinstance(error_of(VendorResponse(200, fields)), ApiError | None)
