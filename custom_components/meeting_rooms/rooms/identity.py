"""MAC addresses and serial numbers: which of them identify a device."""

from collections import defaultdict
from collections.abc import Collection
import re
from typing import Final

_MAX_FILLER_LENGTH: Final = 2
_FILLERS: Final = frozenset(
    {
        # The MAC address that Android and iOS report to every app
        "020000000000",
        "0123456789",
        "0123456789abcdef",
        "123456789",
        "1234567890",
        "defaultstring",
        "invalid",
        "none",
        "notapplicable",
        "notavailable",
        "notspecified",
        "null",
        "serialnumber",
        "systemserialnumber",
        "tobefilledbyoem",
        "undefined",
        "unknown",
    }
)


def is_filler(value: str) -> bool:
    """Return whether a MAC address or serial number is a placeholder that identifies nothing."""
    characters = re.sub(r"[\W_]", "", value).lower()
    return (
        len(characters) <= _MAX_FILLER_LENGTH
        or len({*characters}) == 1
        or characters in _FILLERS
    )


class IdentityIndex:
    """The MAC addresses and serial numbers of all devices of an account."""

    def __init__(self) -> None:
        """Start without devices."""
        self._holders: defaultdict[str, set[str]] = defaultdict(set)
        self._identities: dict[str, frozenset[str]] = {}

    def update(self, key: str, identities: Collection[str | None]) -> set[str]:
        """Set the identities of a device, and return the other devices that share one."""
        before = self._identities.pop(key, frozenset())
        now = frozenset(
            each for each in identities if each is not None and not is_filler(each)
        )
        if now:
            self._identities[key] = now
        for identity in before - now:
            self._holders[identity].discard(key)
        for identity in now - before:
            self._holders[identity].add(key)
        return {
            other for identity in before ^ now for other in self._holders[identity]
        } - {key}

    def identifies(self, identity: str | None) -> bool:
        """Return whether exactly one device has this MAC address or serial number."""
        return identity is not None and len(self._holders.get(identity, ())) == 1
