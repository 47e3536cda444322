"""Test the kinds of errors."""

from copy import copy
import pickle

import pytest

from custom_components.meeting_rooms.api import errors
from custom_components.meeting_rooms.api.errors import ApiError

ERRORS: list[tuple[ApiError, str, bool, bool]] = [
    (errors.ApiError(), "unknown", False, False),
    (errors.CannotConnect(), "cannot_connect", False, False),
    (errors.ConnectionLost(), "cannot_connect", False, False),
    (errors.RequestTimedOut(), "cannot_connect", False, False),
    (errors.InvalidResponse(), "invalid_response", True, False),
    (errors.WrongService(), "wrong_service", False, True),
    (errors.InvalidAuth(), "invalid_auth", False, True),
    (errors.PermissionDenied(), "permission_denied", False, False),
    (errors.AddressNotAllowed("203.0.113.7"), "ip_not_allowed", False, True),
    (errors.AddressNotAllowed(), "unnamed_ip_not_allowed", False, True),
    (errors.ClockSkew(), "clock_skew", False, True),
    (errors.RateLimited(60), "rate_limited", False, True),
    (errors.Throttled(60), "rate_limited", False, True),
    (errors.DailyLimitReached(60), "daily_limit", False, True),
    (errors.NotFound(), "not_found", True, False),
    (errors.RequestRejected(), "refused", True, False),
    (errors.TokenRejected(), "refused", False, True),
    (errors.InvalidOperator(), "invalid_operator", True, False),
    (errors.OperatorRequired(), "operator_required", False, False),
]
IDS = [type(error).__name__ for error, *_ in ERRORS]


@pytest.mark.parametrize(("error", "key", "item_only", "account_wide"), ERRORS, ids=IDS)
def test_an_error_has_its_scope_and_translation_key(
    error: ApiError, key: str, item_only: bool, account_wide: bool
) -> None:
    """An error affects one room, one API or the whole account, and has its own translation key."""
    assert error.key == key
    assert error.item_only is item_only
    assert error.account_wide is account_wide


def test_only_a_lost_connection_is_retryable() -> None:
    """Another request after any other error would only add load."""
    retryable = {type(error) for error, *_ in ERRORS if error.retryable}
    assert retryable == {errors.ConnectionLost}


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (errors.RequestTimedOut(), "the vendor did not respond in time"),
        (
            errors.CannotConnect("internal failure", code=502),
            "the vendor's service cannot be reached: internal failure (code 502)",
        ),
        (
            errors.NotFound(code=20201),
            "the vendor does not know the room or conference (code 20201)",
        ),
        (
            errors.AddressNotAllowed("203.0.113.7", code=60020),
            "the vendor does not trust the address of this machine (code 60020)",
        ),
        (
            errors.RateLimited(60, code=45009),
            "the vendor's rate limit is exceeded (code 45009)",
        ),
    ],
)
def test_an_error_has_one_sentence_and_the_code(error: ApiError, text: str) -> None:
    """The message has no text of the vendor."""
    assert str(error) == text


def test_an_error_keeps_what_the_caller_needs() -> None:
    """Errors keep the address to trust and the length of the pause."""
    assert errors.AddressNotAllowed("203.0.113.7").address == "203.0.113.7"
    limited = errors.RateLimited(7.5, whole_account=True, code=429)
    assert (limited.retry_after, limited.whole_account, limited.code) == (
        7.5,
        True,
        429,
    )


@pytest.mark.parametrize("error", [error for error, *_ in ERRORS], ids=IDS)
def test_a_copy_is_equal_and_has_no_frames(error: ApiError) -> None:
    """A stored error must not keep the frames of the request alive."""
    with pytest.raises(ApiError) as caught:
        raise error
    copied = copy(caught.value)
    assert type(copied) is type(error)
    assert (str(copied), copied.key, vars(copied)) == (
        str(error),
        error.key,
        vars(error),
    )
    assert copied.__traceback__ is None
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
