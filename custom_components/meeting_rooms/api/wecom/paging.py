"""The cursors of WeCom's lists."""

from collections.abc import Mapping
from typing import Final, override

from ..errors import InvalidResponse
from ..rows import Page, Paging
from ..values import flag, text

PAGE_SIZE: Final = 50
"""The largest page size that the vendor accepts; it is the same on all pages of a list."""


class CursorPages(Paging):
    """Pages that `next_cursor` continues while `has_more` is true.

    A cursor is followed as well where `has_more` is missing. A list that has no more rows but a
    cursor is incomplete, because one of the two is wrong.
    """

    def __init__(self) -> None:
        """Start without a cursor."""
        self._cursor: str | None = None
        self._used: set[str] = set()
        self._previous_new = True

    @property
    @override
    def parameters(self) -> Mapping[str, str | int]:
        """Return the size of the next page, and its cursor."""
        if self._cursor is None:
            return {"limit": PAGE_SIZE}
        return {"limit": PAGE_SIZE, "cursor": self._cursor}

    @override
    def advance(self, page: Page) -> bool:
        """Move to the next cursor; a repeated one, or two pages without new rows, end the list."""
        if page.rows is None and "has_more" not in page.fields:
            raise InvalidResponse("no list")
        next_cursor = page.fields.get("next_cursor")
        if flag(page.fields.get("has_more")) is False:
            self.complete = page.rows is not None and not next_cursor
            return False
        # A cursor is opaque: text is sent back unchanged, "-" and blanks included.
        cursor = next_cursor if isinstance(next_cursor, str) else text(next_cursor)
        progress = page.new or self._previous_new
        if not cursor or cursor in self._used or not progress:
            return False
        self._cursor = cursor
        self._used.add(cursor)
        self._previous_new = page.new
        return True
