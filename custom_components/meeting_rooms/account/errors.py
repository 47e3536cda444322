"""Translated exceptions for the errors of an account's API."""

from typing import Any

from ..api.errors import AddressNotAllowed, ApiError
from ..const import DOMAIN


def placeholders_of(err: ApiError) -> dict[str, str]:
    """Return the placeholders of the text about an error.

    The code begins with a space, so that the text reads well where the vendor sent none.
    """
    return {
        "address": (isinstance(err, AddressNotAllowed) and err.address) or "",
        "code": "" if err.code is None else f" {err.code}",
    }


def translated(err: ApiError, account: str) -> dict[str, Any]:
    """Return the keyword arguments of the translated exception for an error of an account."""
    return {
        "translation_domain": DOMAIN,
        "translation_key": err.key,
        "translation_placeholders": {"account": account, **placeholders_of(err)},
    }
