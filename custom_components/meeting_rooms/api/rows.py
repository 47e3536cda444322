"""Lists that the vendors hand out page by page."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import Any, Final, Protocol

import orjson

from .errors import InvalidResponse
from .models.room import Controller, Device, DeviceAlarms, RoomSummary
from .transport import VendorResponse
from .wire import WireModel

MAX_ROWS: Final = 10_000
"""Rows of a list that no company has; a list that has more would exhaust the house."""
MAX_PAGES: Final = MAX_ROWS // 50 + 1
"""One page more than these rows fill, to see that there are more."""
_MOST_ON_PAGE: Final = 1_000
"""Rows of one page, of which 50 are asked for; to read many more would stop the house."""

_TOLD: Final = {"total_count", "total_page", "has_more", "next_cursor"}
"""The fields that say something of a list as a whole."""
_MOST_CHARACTERS: Final = 32_768

_row_of: Final = itemgetter(1)


class _OfRoom(Protocol):
    """A row that belongs to a room."""

    @property
    def room_id(self) -> str | None:
        """Return the room."""


def _fingerprint(row: object) -> Hashable:
    """Return what tells a row from others, without a word of what it says.

    What is nested too deeply to be written is like nothing else.
    """
    try:
        return hash(orjson.dumps(row))
    except orjson.JSONEncodeError:
        return object()


def _may_be_remembered(value: object) -> bool:
    """Return whether a value is plain and short, as those are that say something of a list."""
    if isinstance(value, str):
        return len(value) <= _MOST_CHARACTERS
    return not isinstance(value, dict | list)


@dataclass(frozen=True, slots=True)
class ListPage[P]:
    """One page of a list."""

    rows: tuple[tuple[Hashable, P], ...]
    """The rows that are objects, each with its fingerprint."""
    seen: int | None
    """How many rows it has, readable or not; None where it has no list."""
    named: int
    """How many of them say what they are about."""
    told: Mapping[str, object]
    """What the answer says of the list as a whole."""
    fingerprint: Hashable = None
    """What tells its list from others."""


@dataclass
class Rows[P: WireModel]:
    """The rows of a list as page after page comes in.

    What was sent in the reading before too is not parsed again: a page that is the same to the
    last byte need not even be decoded, and a row stays the same object.
    """

    row: type[P]
    key: str
    """The field of an answer that holds the list."""
    before: Mapping[Hashable, ListPage[P]] = field(default_factory=dict)
    """The pages of the reading before, by the fingerprints of their answers."""
    pages: dict[Hashable, ListPage[P]] = field(default_factory=dict)
    read: list[P] = field(default_factory=list)
    seen: int = 0
    named: int = 0
    ended: bool = False
    """Whether the list was read to its end, by marks that fit its rows.

    A page that comes round again, or an end that never comes, leaves it False.
    """
    _lists: set[Hashable] = field(default_factory=set)

    @property
    def whole(self) -> bool:
        """Return whether what is not in the list is told to be gone.

        A row that cannot be read, or names nothing that it is about, may have been about anything.
        """
        return self.ended and self.named == self.seen

    def add(self, answer: VendorResponse) -> tuple[ListPage[P], bool]:
        """Take a page; return it, and whether it brought anything new.

        Raises InvalidAnswer for a list that is no list, and for more rows than there can be; a
        list may be missing.
        """
        page = self.before.get(answer.fingerprint) or self._parse(answer.fields)
        if not page.seen or page.fingerprint in self._lists:
            self.pages[answer.fingerprint] = page
            return page, False
        self.seen += page.seen
        self.named += page.named
        if self.seen > MAX_ROWS:
            raise InvalidResponse("more rows than there can be")
        self.pages[answer.fingerprint] = page
        self._lists.add(page.fingerprint)
        self.read.extend(map(_row_of, page.rows))
        return page, True

    @cached_property
    def _rows_before(self) -> Mapping[Hashable, P]:
        """Return all rows of the reading before."""
        return dict(chain.from_iterable(page.rows for page in self.before.values()))

    def _parse(self, fields: dict[str, object]) -> ListPage[P]:
        """Return a page that is not as it was."""
        told = {
            name: fields[name]
            for name in _TOLD & fields.keys()
            if _may_be_remembered(fields[name])
        }
        listed = fields.get(self.key)
        if listed is None:
            return ListPage((), None, 0, told)
        if not isinstance(listed, list):
            raise InvalidResponse("a list is no list")
        if len(listed) > _MOST_ON_PAGE:
            raise InvalidResponse("more rows on a page than there can be")
        fingerprints = tuple(map(_fingerprint, listed))
        known = self._rows_before.get
        rows = tuple(
            (fingerprint, known(fingerprint) or self.row.from_dict(item))
            for fingerprint, item in zip(fingerprints, listed, strict=True)
            if isinstance(item, dict)
        )
        named = sum(_owner(row) is not None for _, row in rows)
        return ListPage(rows, len(listed), named, told, hash(fingerprints))


class RowMemory:
    """What the lists of an account read as the last time: most of it comes again."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._before: dict[type[WireModel], dict[Hashable, ListPage[Any]]] = {}

    def begin[P: WireModel](self, row: type[P], key: str) -> Rows[P]:
        """Return the rows of a list that is to be read now, none of them read yet."""
        return Rows(row, key, self._before.get(row, {}))

    def keep[P: WireModel](self, rows: Rows[P]) -> None:
        """Remember what was read; what a failure broke off leaves the reading before."""
        self._before[rows.row] = rows.pages


def _owner(row: WireModel) -> str | None:
    """Return the room that a row is about; the machine, where no room is documented."""
    match row:
        case RoomSummary() | Device() | DeviceAlarms():
            return row.room_id
        case Controller():
            return row.rooms_id
    return None


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
