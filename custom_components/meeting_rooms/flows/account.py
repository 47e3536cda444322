"""The form of an account: its fields, and what may be wrong with what was typed."""

from collections.abc import Mapping
from ipaddress import ip_address
import re
from typing import Any, Final

import voluptuous as vol
from yarl import URL

from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from ..api.vendor import Vendor
from ..const import CONF_BASE_URL

_NO_PART_OF_A_URL: Final = re.compile(r"[?#\s]")
"""What begins a query or a fragment, even an empty one, and white space."""


def account_schema(vendor: Vendor) -> vol.Schema:
    """Return the form of an account at a vendor."""
    fields: dict[vol.Marker, TextSelector] = {
        vol.Required(field): _selector(vendor, field) for field in vendor.fields
    }
    fields |= {
        vol.Optional(field): _selector(vendor, field)
        for field in (*vendor.optional_fields, CONF_BASE_URL)
    }
    return vol.Schema(fields)


def _selector(vendor: Vendor, field: str) -> TextSelector:
    """Return the input of a field; what is secret is not shown while it is typed."""
    if field in vendor.secret_fields:
        kind = TextSelectorType.PASSWORD
    elif field == CONF_BASE_URL:
        kind = TextSelectorType.URL
    else:
        kind = TextSelectorType.TEXT
    return TextSelector(TextSelectorConfig(type=kind, autocomplete="off"))


def shown_again(vendor: Vendor, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values with which a form may be filled: all but the secrets."""
    return {
        field: value
        for field, value in values.items()
        if field not in vendor.secret_fields
    }


def account_of(vendor: Vendor, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed, numbers without leading zeros: one account, one unique id."""
    return {
        field: value.lstrip("0") or "0" if field in vendor.number_fields else value
        for field, value in typed.items()
    }


def stripped(user_input: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed without white space around it, and without empty fields."""
    typed = {field: str(value).strip() for field, value in user_input.items()}
    return {field: value for field, value in typed.items() if value}


def form_errors(vendor: Vendor, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with the fields, before any of them is sent."""
    errors = {field: "required" for field in vendor.fields if field not in typed}
    for field, value in typed.items():
        if field == CONF_BASE_URL:
            if not _is_allowed_url(value):
                errors[field] = "invalid_url"
            elif vendor.path_prefix in URL(value).parts:
                # It was copied together with the path of a call, and would lead nowhere.
                errors[field] = "url_of_call"
        elif field in vendor.number_fields and not (
            value.isascii() and value.isdigit()
        ):
            errors[field] = "not_a_number"
        elif not value.isascii() or not value.isprintable() or " " in value:
            errors[field] = "invalid_characters"
    return errors


def _is_allowed_url(value: str) -> bool:
    """Return whether a base URL is safe to send credentials to: https, or this machine."""
    try:
        url = URL(value)
        port = url.port
    except ValueError:
        return False
    if not url.host or url.user or url.password or _NO_PART_OF_A_URL.search(value):
        return False
    return port is not None and (
        url.scheme == "https" or (url.scheme == "http" and _is_loopback(url.host))
    )


def _is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
