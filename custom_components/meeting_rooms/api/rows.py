"""Lists that the vendors hand out page by page."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any, Final, Protocol

import orjson

from .errors import InvalidAnswer
from .models import Page, RoomSummary

MAX_PAGES: Final = 400
MAX_ROWS: Final = 10_000
"""Rows of a list that no company has; a list that has more would exhaust the house."""


class _OfRoom(Protocol):
    """A row that belongs to a room."""

    @property
    def room_id(self) -> str | None:
        """Return the room."""


type _Page[P] = tuple[tuple[Hashable, P], ...]
"""The rows of a page, each with its fingerprint."""


_row_of: Final = itemgetter(1)


def _fingerprint(sent: object) -> Hashable:
    """Return what tells a piece of an answer from others, without a word of what it says.

    What is nested too deeply to be written is like nothing else.
    """
    try:
        return hash(orjson.dumps(sent))
    except orjson.JSONEncodeError:
        return object()


@dataclass
class Rows[P: Page]:
    """The rows of a list as page after page comes in.

    A page or a row that was sent in the reading before too is not parsed again: its rows stay
    the same objects. `whole` says whether the list was read to its end; a page that comes round
    again, or an end that never comes, leaves it False.
    """

    row: type[P]
    before: Mapping[Hashable, _Page[P]] = field(default_factory=dict)
    pages: dict[Hashable, _Page[P]] = field(default_factory=dict)
    read: list[P] = field(default_factory=list)
    seen: int = 0
    whole: bool = False

    def add(self, page: object) -> bool:
        """Take a page, and return whether it brought anything new.

        Raises InvalidAnswer for a page that is no list, and for more rows than there can be; a
        missing page counts as empty.
        """
        if page is None:
            return False
        if not isinstance(page, list):
            raise InvalidAnswer("a list is no list")
        fingerprint = _fingerprint(page)
        if not page or fingerprint in self.pages:
            return False
        self.seen += len(page)
        if self.seen > MAX_ROWS:
            raise InvalidAnswer("more rows than there can be")
        rows = self.before.get(fingerprint) or self._parse(page)
        self.pages[fingerprint] = rows
        self.read.extend(map(_row_of, rows))
        return True

    @cached_property
    def _rows_before(self) -> Mapping[Hashable, P]:
        """Return all rows of the reading before."""
        return dict(chain.from_iterable(self.before.values()))

    def _parse(self, page: list[object]) -> _Page[P]:
        """Return the rows of a page that is not as it was, without those that are no object."""
        return tuple(self._parse_row(item) for item in page if isinstance(item, dict))

    def _parse_row(self, item: dict[str, object]) -> tuple[Hashable, P]:
        """Return a row with its fingerprint; the row that was, if it is as it was."""
        fingerprint = _fingerprint(item)
        known = self._rows_before.get(fingerprint)
        return fingerprint, known or self.row.from_dict(item)


class RowMemory:
    """What the lists of an account read as the last time: most of it comes again."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._before: dict[type[Page], dict[Hashable, Any]] = {}

    def begin[P: Page](self, row: type[P]) -> Rows[P]:
        """Return the rows of a list that is to be read now, none of them read yet."""
        rows = Rows(row, self._before.get(row, {}))
        self._before[row] = rows.pages
        return rows


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
