"""Lists that the vendors hand out page by page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from .errors import InvalidAnswer
from .models import Page, RoomSummary, read_rows

MAX_PAGES: Final = 400
MAX_ROWS: Final = 10_000
"""Rows of a list that no company has; a list that has more would exhaust the house."""


class _OfRoom(Protocol):
    """A row that belongs to a room."""

    @property
    def room_id(self) -> str | None:
        """Return the room."""


@dataclass(slots=True)
class Rows[P: Page]:
    """The rows of a list as page after page comes in.

    `whole` says whether the list was read to its end; a page that repeats, or an end that
    never comes, leaves it False. Pages that come round again are noticed within three rounds:
    one of them is kept to be recognised, and a later one each time that the number doubles.
    """

    row: type[P]
    read: list[P] = field(default_factory=list)
    seen: int = 0
    whole: bool = False
    _pages: int = 0
    _last: object = None
    _kept: object = None

    def add(self, page: object) -> bool:
        """Take a page, and return whether it brought anything new.

        Raises InvalidAnswer for a page that is no list, and for more rows than there can be; a
        missing page counts as empty.
        """
        if page is None:
            return False
        if not isinstance(page, list):
            raise InvalidAnswer("a list is no list")
        if not page or page in (self._last, self._kept):
            return False
        self._pages += 1
        self._last = page
        if self._pages.bit_count() == 1:
            self._kept = page
        self.seen += len(page)
        if self.seen > MAX_ROWS:
            raise InvalidAnswer("more rows than there can be")
        self.read.extend(read_rows(self.row, page))
        return True


def by_room[R: _OfRoom](rows: Iterable[R]) -> Mapping[str, tuple[R, ...]]:
    """Return the rows of each room, without those that name none."""
    grouped: dict[str, tuple[R, ...]] = {}
    for row in rows:
        if row.room_id is not None:
            grouped[row.room_id] = (*grouped.get(row.room_id, ()), row)
    return grouped


def by_id(rows: Iterable[RoomSummary]) -> Mapping[str, RoomSummary]:
    """Return the rooms by id, without those that have none."""
    return {room.room_id: room for room in rows if room.room_id is not None}
