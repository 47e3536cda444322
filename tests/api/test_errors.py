"""Test that an error names its kind and tells nothing else."""

import pytest

from custom_components.meeting_rooms.api import errors


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (errors.ApiError, "unknown"),
        (errors.CannotConnect, "cannot_connect"),
        (errors.RequestTimedOut, "cannot_connect"),
        (errors.InvalidResponse, "invalid_response"),
        (errors.InvalidAuth, "invalid_auth"),
        (errors.PermissionDenied, "permission_denied"),
        (errors.AddressNotAllowed, "ip_not_allowed"),
        (errors.ClockSkew, "clock_skew"),
        (errors.RateLimited, "rate_limited"),
        (errors.Throttled, "rate_limited"),
        (errors.NotFound, "not_found"),
        (errors.RequestRejected, "refused"),
        (errors.InvalidOperator, "invalid_operator"),
        (errors.TokenRejected, "refused"),
    ],
)
def test_every_kind_of_error_has_the_key_of_its_text(
    kind: type[errors.ApiError], key: str
) -> None:
    """The forms and the log say the same word."""
    assert kind.key == key


@pytest.mark.parametrize(
    ("kind", "item_only"),
    [
        (errors.ApiError, False),
        (errors.CannotConnect, False),
        (errors.RequestTimedOut, False),
        (errors.InvalidAuth, False),
        (errors.PermissionDenied, False),
        (errors.AddressNotAllowed, False),
        (errors.ClockSkew, False),
        (errors.RateLimited, False),
        (errors.InvalidResponse, True),
        (errors.NotFound, True),
        (errors.RequestRejected, True),
        (errors.TokenRejected, False),
    ],
)
def test_only_trouble_of_one_room_leaves_the_others_alone(
    kind: type[errors.ApiError], item_only: bool
) -> None:
    """What the whole account suffers from is no trouble of one room."""
    assert kind.item_only is item_only


@pytest.mark.parametrize(
    ("kind", "account_wide"),
    [
        (errors.ApiError, False),
        (errors.CannotConnect, False),
        (errors.RequestTimedOut, False),
        (errors.InvalidResponse, False),
        (errors.PermissionDenied, False),
        (errors.NotFound, False),
        (errors.RequestRejected, False),
        (errors.InvalidOperator, False),
        (errors.InvalidAuth, True),
        (errors.AddressNotAllowed, True),
        (errors.ClockSkew, True),
        (errors.RateLimited, True),
        (errors.Throttled, True),
    ],
)
def test_what_ends_every_call_alike_stops_the_account(
    kind: type[errors.ApiError], account_wide: bool
) -> None:
    """A right that is missing, or a call that was lost, says nothing of the next call."""
    assert kind.account_wide is account_wide


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.RequestTimedOut(), "the vendor did not answer in time"),
        (
            errors.CannotConnect("failed inside", code=502),
            "the vendor's service cannot be reached: failed inside (code 502)",
        ),
        (errors.NotFound(code=20201), "the vendor does not know it (code 20201)"),
        (
            errors.AddressNotAllowed("203.0.113.7", code=60020),
            "the vendor does not trust the calling address (code 60020)",
        ),
        (
            errors.RateLimited(60, code=45009),
            "the vendor wants fewer calls (code 45009)",
        ),
    ],
)
def test_an_error_says_one_sentence_and_the_code(
    error: errors.ApiError, words: str
) -> None:
    """In our own words, not the vendor's."""
    assert str(error) == words


def test_what_the_caller_needs_to_act_is_kept() -> None:
    """The address to be trusted, and how long to wait."""
    assert errors.AddressNotAllowed("203.0.113.7").address == "203.0.113.7"
    assert errors.RateLimited(7.5, code=429).retry_after == 7.5
    assert errors.RateLimited(7.5, code=429).code == 429
