"""The errors that a form shows."""

from dataclasses import dataclass, field

from ..account.errors import placeholders_of
from ..api.errors import ApiError, NotFound, RequestRejected
from ..const import LOGGER

_WITHOUT_TEXT = {ApiError.key, NotFound.key, RequestRejected.key}


@dataclass(frozen=True, slots=True)
class FormErrors:
    """The errors of a form by field, and the placeholders of their texts."""

    errors: dict[str, str] = field(default_factory=dict)
    placeholders: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether there is an error."""
        return bool(self.errors)


def error_key(err: ApiError) -> str:
    """Return the translation key of an API error in a form, and log an error without a key."""
    if err.key not in _WITHOUT_TEXT:
        return err.key
    LOGGER.error("Unexpected API error in a form: %s", err)
    return "unknown"


def form_errors_of(err: ApiError) -> FormErrors:
    """Return the form error of an API error."""
    return FormErrors({"base": error_key(err)}, placeholders_of(err))
