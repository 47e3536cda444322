"""Keep the faults that are in force."""

from collections.abc import Iterator

from .fault import Fault


class Faults:
    """Add faults, take those that meet a call, and clear them."""

    def __init__(self) -> None:
        """Start with nothing wrong."""
        self._faults: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        """Iterate over the faults that are in force."""
        return iter([fault for fault in self._faults if not fault.over])

    def __len__(self) -> int:
        """Count the faults that are in force."""
        return len(list(iter(self)))

    def add(self, fault: Fault) -> Fault:
        """Put a fault in force."""
        self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Take one fault back."""
        self._faults.remove(fault)

    def clear(self) -> None:
        """Take all faults back."""
        self._faults.clear()

    def take(self, vendor: str, api: str, room_id: str | None) -> list[Fault]:
        """Return the faults that meet a call, and count them as used."""
        met = [fault for fault in self._faults if fault.fits(vendor, api, room_id)]
        for fault in met:
            fault.used += 1
        return met
