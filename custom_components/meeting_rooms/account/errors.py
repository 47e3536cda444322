"""The translation of a vendor's errors."""

from typing import Any, Final

from ..api.errors import AddressNotAllowed, ApiError
from ..const import DOMAIN

UNKNOWN_PLACEHOLDERS: Final = {"address": "?", "code": "?", "room": "?"}


def placeholders_of(err: ApiError) -> dict[str, str]:
    """Return the placeholders of the text about an error."""
    placeholders = dict(UNKNOWN_PLACEHOLDERS)
    if err.code is not None:
        placeholders["code"] = str(err.code)
    if isinstance(err, AddressNotAllowed) and err.address is not None:
        placeholders["address"] = err.address
    return placeholders


def translated(err: ApiError, account: str) -> dict[str, Any]:
    """Return the arguments of a translated exception about an account's error."""
    placeholders = placeholders_of(err)
    return {
        "translation_domain": DOMAIN,
        "translation_key": err.key,
        "translation_placeholders": {
            "account": account,
            "address": placeholders["address"],
            "code": placeholders["code"],
        },
    }
