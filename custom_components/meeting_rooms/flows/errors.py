"""The errors that a form shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..account.errors import placeholders_of
from ..api.errors import ApiError

_FORM_KEYS = {
    "cannot_connect",
    "clock_skew",
    "daily_limit",
    "invalid_auth",
    "invalid_operator",
    "invalid_response",
    "ip_not_allowed",
    "permission_denied",
    "rate_limited",
    "unnamed_ip_not_allowed",
}


@dataclass(frozen=True, slots=True)
class FormErrors:
    """Errors of a form by field, and what their texts need to know."""

    errors: Mapping[str, str] = field(default_factory=dict)
    placeholders: Mapping[str, str] = field(default_factory=dict)


def form_key(err: ApiError) -> str:
    """Return the key of the text that a form has for an error of the vendor."""
    return err.key if err.key in _FORM_KEYS else "unknown"


def form_errors_of(err: ApiError) -> FormErrors:
    """Return the error that a form shows for an error of the vendor."""
    return FormErrors({"base": form_key(err)}, placeholders_of(err))
