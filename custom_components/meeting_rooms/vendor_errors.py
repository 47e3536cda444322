"""What people are told when the vendor did not give what was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .api.errors import AddressNotAllowed, ApiError
from .const import DOMAIN

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
UNKNOWN_PLACEHOLDERS = {"address": "?", "code": "?", "room": "?"}


@dataclass(frozen=True, slots=True)
class FormErrors:
    """Errors of a form by field, and what their texts need to know."""

    errors: Mapping[str, str] = field(default_factory=dict)
    placeholders: Mapping[str, str] = field(default_factory=dict)


def placeholders_of(err: ApiError) -> dict[str, str]:
    """Return what the text about an error needs to know."""
    told = dict(UNKNOWN_PLACEHOLDERS)
    if err.code is not None:
        told["code"] = str(err.code)
    if isinstance(err, AddressNotAllowed):
        told["address"] = err.address
    return told


def form_key(err: ApiError) -> str:
    """Return the key of the text that a form has for an error of the vendor."""
    return err.key if err.key in _FORM_KEYS else "unknown"


def form_errors_of(err: ApiError) -> FormErrors:
    """Return the error that a form shows for an error of the vendor."""
    return FormErrors({"base": form_key(err)}, placeholders_of(err))


def translated(err: ApiError, account: str) -> dict[str, Any]:
    """Return what makes a translated exception of an error that an account met."""
    told = placeholders_of(err)
    return {
        "translation_domain": DOMAIN,
        "translation_key": err.key,
        "translation_placeholders": {
            "account": account,
            "address": told["address"],
            "code": told["code"],
        },
    }
