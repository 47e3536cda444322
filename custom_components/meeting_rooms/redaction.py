"""Redact secrets and the identities of persons and devices, by key and by value."""

from collections.abc import Iterable, Mapping
import re
from typing import Any, Final

from homeassistant.components.diagnostics import REDACTED

from .rooms.identity import is_filler

_MIN_LENGTH: Final = 3
"""Shorter values are not redacted: they occur in many other texts and identify nothing."""
_MAC_ADDRESS: Final = re.compile(
    r"\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b", re.ASCII | re.IGNORECASE
)
_WORD: Final = re.compile(r"[0-9A-Za-z-]+")


class Redactor:
    """Redact a structure by key and by value, in one pass."""

    def __init__(
        self,
        *,
        keys: Iterable[str],
        secrets: Iterable[str],
        persons: Iterable[str],
        serial_numbers: Iterable[str],
    ) -> None:
        """Initialize from the keys and the values to redact.

        Secrets are redacted anywhere in a text, ids and serial numbers only as whole words.
        """
        self._keys = frozenset(keys)
        self._serial_numbers = {each for each in serial_numbers if not is_filler(each)}
        patterns = [
            *(re.escape(secret) for secret in secrets if len(secret) >= _MIN_LENGTH),
            *(
                rf"(?<![^\W_]){re.escape(person)}(?![^\W_])"
                for person in persons
                if len(person) >= _MIN_LENGTH
            ),
        ]
        longest_first = sorted(patterns, key=len, reverse=True)
        self._values = re.compile("|".join(longest_first) or r"(?!)", re.ASCII)

    def redact(self, found: Any) -> Any:
        """Return the same structure, redacted."""
        match found:
            case str():
                return self._redact_text(found)
            case Mapping():
                return {
                    self.redact(key): (
                        REDACTED if key in self._keys and value else self.redact(value)
                    )
                    for key, value in found.items()
                }
            case list() | tuple() | set() | frozenset():
                return [self.redact(item) for item in found]
        return found

    def _redact_text(self, text: str) -> str:
        """Return a text without the values."""
        if text in self._serial_numbers:
            return REDACTED
        text = self._values.sub(REDACTED, text)
        text = _MAC_ADDRESS.sub(REDACTED, text)
        return _WORD.sub(
            lambda word: REDACTED if word[0] in self._serial_numbers else word[0], text
        )
