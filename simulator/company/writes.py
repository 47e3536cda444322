"""Record what the vendors' APIs changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from simulator.enums import VendorName


class WriteKind(StrEnum):
    """List the kinds of change."""

    CREATE_MEETING = "create_meeting"
    BOOK = "book"
    RELEASE = "release"
    CANCEL_MEETING = "cancel_meeting"
    CALL = "call"
    CANCEL_CALL = "cancel_call"


@dataclass(frozen=True, slots=True)
class Write:
    """Hold a change that a vendor carried out; the id is that of the meeting or booking."""

    vendor: VendorName
    kind: WriteKind
    booking_id: str
    room_id: str | None = None


@dataclass(slots=True)
class Writes:
    """Hold the changes in the order in which they were carried out."""

    entries: list[Write] = field(default_factory=list)

    def __iter__(self) -> Iterator[Write]:
        """Iterate over the changes."""
        return iter(tuple(self.entries))

    def __len__(self) -> int:
        """Return the number of changes."""
        return len(self.entries)

    def add(
        self,
        vendor: VendorName,
        kind: WriteKind,
        booking_id: str,
        room_id: str | None = None,
    ) -> None:
        """Record a change."""
        self.entries.append(Write(vendor, kind, booking_id, room_id))

    def count(
        self,
        kind: str | None = None,
        vendor: str | None = None,
        booking_id: str | None = None,
        room_id: str | None = None,
    ) -> int:
        """Return the number of changes that match the arguments."""
        return sum(
            kind in (None, entry.kind)
            and vendor in (None, entry.vendor)
            and booking_id in (None, entry.booking_id)
            and room_id in (None, entry.room_id)
            for entry in self.entries
        )

    def kinds(self) -> list[str]:
        """Return the kinds of the changes in their order."""
        return [str(entry.kind) for entry in self.entries]

    def clear(self) -> None:
        """Forget the changes."""
        self.entries.clear()
