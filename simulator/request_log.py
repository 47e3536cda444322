"""Remember who asked for what."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
import time


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """Hold one request, without anything secret in it."""

    vendor: str
    api: str
    room_id: str | None
    when: float


@dataclass(slots=True)
class RequestLog:
    """Keep the requests in the order they came."""

    entries: list[LoggedRequest] = field(default_factory=list)

    def __iter__(self) -> Iterator[LoggedRequest]:
        """Iterate over the requests."""
        return iter(self.entries)

    def __len__(self) -> int:
        """Count all requests."""
        return len(self.entries)

    def add(self, vendor: str, api: str, room_id: str | None) -> None:
        """Write one request down."""
        self.entries.append(LoggedRequest(vendor, api, room_id, time.time()))

    def count(
        self,
        vendor: str | None = None,
        api: str | None = None,
        room_id: str | None = None,
    ) -> int:
        """Count the requests that fit what is given."""
        return sum(
            vendor in (None, entry.vendor)
            and api in (None, entry.api)
            and room_id in (None, entry.room_id)
            for entry in self.entries
        )

    def by_api(self) -> dict[str, int]:
        """Count the requests by vendor and API."""
        return dict(Counter(f"{entry.vendor}/{entry.api}" for entry in self.entries))

    def clear(self) -> None:
        """Forget all requests."""
        self.entries.clear()
