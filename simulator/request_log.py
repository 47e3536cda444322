"""Log the requests that the vendors receive."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
import time


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """Hold the API, the room and the time of a request, and nothing secret."""

    vendor: str
    api: str
    room_id: str | None
    when: float


@dataclass(slots=True)
class RequestLog:
    """Hold the requests in the order they arrived."""

    entries: list[LoggedRequest] = field(default_factory=list)

    def __iter__(self) -> Iterator[LoggedRequest]:
        """Iterate over the requests."""
        return iter(self.entries)

    def __len__(self) -> int:
        """Return the number of requests."""
        return len(self.entries)

    def add(self, vendor: str, api: str, room_id: str | None) -> None:
        """Log a request."""
        self.entries.append(LoggedRequest(vendor, api, room_id, time.time()))

    def count(
        self,
        vendor: str | None = None,
        api: str | None = None,
        room_id: str | None = None,
    ) -> int:
        """Return the number of requests that match the arguments."""
        return sum(
            vendor in (None, entry.vendor)
            and api in (None, entry.api)
            and room_id in (None, entry.room_id)
            for entry in self.entries
        )

    def by_api(self) -> dict[str, int]:
        """Return the number of requests by vendor and API."""
        return dict(Counter(f"{entry.vendor}/{entry.api}" for entry in self.entries))

    def clear(self) -> None:
        """Clear the log."""
        self.entries.clear()
