"""The account form: its fields, and the validation of its input."""

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
from homeassistant.util.network import is_ip_address

from ..api.vendor import Vendor
from ..const import CONF_BASE_URL

_WITHOUT_SCHEME: Final = re.compile(r"([\w-]+(\.[\w-]+)+|[\w-]+:\d)\S*")
"""A host, or a name with a port, and perhaps a path."""

SECRET_SELECTOR: Final = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
)


def account_schema(vendor: Vendor, *, secrets_required: bool = True) -> vol.Schema:
    """Return the form of a vendor's account."""
    fields: dict[vol.Marker, TextSelector] = {}
    for field in (*vendor.fields, *vendor.optional_fields, CONF_BASE_URL):
        required = field in vendor.fields and (
            secrets_required or field not in vendor.secret_fields
        )
        marker = vol.Required(field) if required else vol.Optional(field)
        fields[marker] = _selector(vendor, field)
    return vol.Schema(fields)


def _selector(vendor: Vendor, field: str) -> TextSelector:
    """Return the input of a field; a secret is masked."""
    if field in vendor.secret_fields:
        return SECRET_SELECTOR
    kind = TextSelectorType.URL if field == CONF_BASE_URL else TextSelectorType.TEXT
    return TextSelector(TextSelectorConfig(type=kind, autocomplete="off"))


def split_secrets(
    vendor: Vendor, values: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the secrets among the values of an account, and the other values."""
    secrets = {
        key: value for key, value in values.items() if key in vendor.secret_fields
    }
    return secrets, {key: value for key, value in values.items() if key not in secrets}


def stripped(user_input: Mapping[str, Any]) -> dict[str, str]:
    """Return the input without surrounding white space and without empty fields."""
    typed = {field: str(value).strip() for field, value in user_input.items()}
    return {field: value for field, value in typed.items() if value}


def normalized(vendor: Vendor, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the input with numbers without leading zeros, so that an account has one unique id."""
    return {
        field: value.lstrip("0") or "0" if field in vendor.number_fields else value
        for field, value in typed.items()
    }


def validate(vendor: Vendor, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the errors of the fields, before a request is sent."""
    missing = {field: "required" for field in vendor.fields if field not in typed}
    checked = {field: _error_of(vendor, field, value) for field, value in typed.items()}
    return missing | {field: error for field, error in checked.items() if error}


def _error_of(vendor: Vendor, field: str, value: str) -> str | None:
    """Return the error of a field that is filled in."""
    if field == CONF_BASE_URL:
        return _url_error(vendor, value)
    if field in vendor.number_fields:
        return None if value.isascii() and value.isdigit() else "not_a_number"
    valid = value.isascii() and value.isprintable() and " " not in value
    return None if valid else "invalid_characters"


def _url_error(vendor: Vendor, value: str) -> str | None:
    """Return the error of a base URL: credentials are sent only over HTTPS or on this machine."""
    if _WITHOUT_SCHEME.fullmatch(value):
        return "url_without_scheme"
    try:
        url = URL(value)
        host, port = url.host, url.port
    except ValueError:
        return "invalid_url"
    if not host or port is None or url.user or url.password or re.search(r"\s", value):
        return "invalid_url"
    if "?" in value or "#" in value:
        return "url_with_query"
    if url.scheme != "https" and not (url.scheme == "http" and _is_loopback(host)):
        return "invalid_url"
    return "url_of_api" if vendor.path_prefix in url.parts else None


def _is_loopback(host: str) -> bool:
    """Return whether a host is this machine."""
    if is_ip_address(host):
        return ip_address(host).is_loopback
    return host == "localhost"
