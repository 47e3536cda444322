"""What people are told when the vendor did not give what was asked for."""

from typing import Any

from ..api.errors import AddressNotAllowed, ApiError
from ..const import DOMAIN

UNKNOWN_PLACEHOLDERS = {"address": "?", "code": "?", "room": "?"}


def placeholders_of(err: ApiError) -> dict[str, str]:
    """Return what the text about an error needs to know."""
    told = dict(UNKNOWN_PLACEHOLDERS)
    if err.code is not None:
        told["code"] = str(err.code)
    if isinstance(err, AddressNotAllowed) and err.address is not None:
        told["address"] = err.address
    return told


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
