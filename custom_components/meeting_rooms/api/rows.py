"""Fetch lists that vendors send page by page."""

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from .client import Listing, LiveStatus
from .errors import InvalidResponse
from .models.room import Device, DeviceAlarms, RoomSummary
from .transport import VendorResponse
from .wire import WireModel, parse_rows

MAX_ROWS: Final = 10_000
"""Larger lists are rejected, to protect the memory of this machine."""
MAX_PAGES: Final = 201
_MAX_ROWS_ON_PAGE: Final = 1_000
"""Parsing more rows at once would block the event loop for too long."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, for the paging scheme."""

    fields: Mapping[str, object]
    """The response, with the vendor's marks of the list's end."""
    rows: int | None
    """The number of rows; None where the response has no list."""
    rows_so_far: int
    """The number of rows of the list up to this page."""
    repeated: bool
    """Whether an earlier page had the same rows."""

    @property
    def new(self) -> bool:
        """Return whether the page has rows that no earlier page had."""
        return bool(self.rows) and not self.repeated


class Paging(ABC):
    """The paging scheme of a vendor, at its position in one list."""

    complete: bool = False
    """Whether the list was fetched to an end that does not contradict its rows."""

    @property
    @abstractmethod
    def parameters(self) -> Mapping[str, str | int]:
        """Return the parameters that request the next page."""

    @abstractmethod
    def advance(self, page: Page) -> bool:
        """Move past a page, and return whether another one is to be requested.

        Raises InvalidResponse for a response that is not a page of a list.
        """


async def fetch_rows[R: WireModel](
    row: type[R],
    key: str,
    paging: Paging,
    fetch_page: Callable[[Mapping[str, str | int]], Awaitable[VendorResponse]],
    *,
    owner: str = "room_id",
) -> Listing[tuple[R, ...]]:
    """Return the rows of a list, which responses carry in the field `key`.

    The listing is complete if the list was fetched to its end and each row could be parsed and
    names its owner: any other row may be about a room that seems to be missing.
    Raises InvalidResponse for a list that is none or that exceeds the limits.
    """
    pages: list[list[object]] = []
    rows_so_far = 0
    for _ in range(MAX_PAGES):
        response = await fetch_page(paging.parameters)
        listed = _list(response.fields.get(key))
        repeated = listed in pages
        if listed and not repeated:
            pages.append(listed)
            rows_so_far += len(listed)
        if rows_so_far > MAX_ROWS:
            raise InvalidResponse("the list has too many rows")
        rows = None if listed is None else len(listed)
        if not paging.advance(Page(response.fields, rows, rows_so_far, repeated)):
            break
    items = tuple(parsed for listed in pages for parsed in parse_rows(row, listed))
    named = sum(getattr(row, owner) is not None for row in items)
    return Listing(items, complete=paging.complete and named == rows_so_far)


def _list(value: object) -> list[object] | None:
    """Return a list of a response, None where it has none."""
    if value is not None and not isinstance(value, list):
        raise InvalidResponse("the list is not a list")
    if value is not None and len(value) > _MAX_ROWS_ON_PAGE:
        raise InvalidResponse("the page has too many rows")
    return value


def by_room[R: Device | DeviceAlarms](
    listing: Listing[tuple[R, ...]],
) -> Listing[Mapping[str, tuple[R, ...]]]:
    """Return the rows of a list by room, without those that name none."""
    grouped: dict[str, tuple[R, ...]] = {}
    for row in listing.items:
        if row.room_id is not None:
            grouped[row.room_id] = (*grouped.get(row.room_id, ()), row)
    return Listing(grouped, listing.complete)


def live_status(listing: Listing[tuple[RoomSummary, ...]]) -> LiveStatus:
    """Return the rooms of a list by id, without those that have none.

    A room that is listed twice has moved to the next page; another one may be on no page.
    """
    rooms = {row.room_id: row for row in listing.items if row.room_id is not None}
    complete = listing.complete and len(rooms) == len(listing.items)
    return LiveStatus(rooms=rooms, rooms_complete=complete)
