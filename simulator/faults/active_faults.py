"""Hold the active faults."""

from collections.abc import Iterator

from .fault import Fault


class ActiveFaults:
    """Add and remove faults, and find those that match a request."""

    def __init__(self) -> None:
        """Start without faults."""
        self._faults: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        """Iterate over the active faults."""
        return iter([fault for fault in self._faults if not fault.used_up])

    def __len__(self) -> int:
        """Return the number of active faults."""
        return len(list(iter(self)))

    def add(self, fault: Fault) -> Fault:
        """Add a fault."""
        self._faults.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """Remove a fault."""
        self._faults.remove(fault)
        fault.removed.set()

    def clear(self) -> None:
        """Remove all faults."""
        for fault in [*self._faults]:
            self.remove(fault)

    def take(self, vendor: str, api: str, room_id: str | None) -> list[Fault]:
        """Return the faults that match a request, and count them as used."""
        matching = [
            fault for fault in self._faults if fault.matches(vendor, api, room_id)
        ]
        for fault in matching:
            fault.used += 1
        return matching
