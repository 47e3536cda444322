"""The numbered pages of Tencent Meeting's lists."""

from collections.abc import Mapping
from math import ceil
from typing import Final, override

from ..errors import InvalidResponse
from ..rows import MAX_ROWS, Page, Paging
from ..values import count

PAGE_SIZE: Final = 50
"""The largest page size that the vendor accepts."""
BOOKINGS_PAGE_SIZE: Final = 20
"""The largest page size of the list of a room's bookings."""


class NumberedPages(Paging):
    """Pages from 1 on, with `total_count` rows on `total_page` pages.

    Either of the two marks may be missing, and an empty list may be absent. The number of pages
    is taken from the first one; twice as many are accepted, since rooms may be added meanwhile.
    """

    def __init__(self, page_size: int = PAGE_SIZE) -> None:
        """Start at the first page."""
        self._page_size = page_size
        self._number = 1
        self._last: int | None = None

    @property
    @override
    def parameters(self) -> Mapping[str, str | int]:
        """Return the number and the size of the next page."""
        return {"page": self._number, "page_size": self._page_size}

    @override
    def advance(self, page: Page) -> bool:
        """Move to the next number; the list ends with its last row, page, or new row."""
        total = count(page.fields.get("total_count"))
        pages = count(page.fields.get("total_page"))
        if self._number == 1:
            if page.rows is None and total is None and pages is None:
                raise InvalidResponse("no list")
            self._last = _last_page(total, pages, page.rows)
        if total is not None:
            at_end = page.rows_so_far >= total
        else:
            at_end = pages is not None and self._number >= pages
        if at_end or not page.new:
            self.complete = not (page.rows and page.repeated) and _is_end(
                page, self._number, total, pages
            )
            return False
        if self._last is not None and self._number > self._last:
            raise InvalidResponse("the list continues after its end")
        self._number += 1
        return True


def _is_end(page: Page, number: int, total: int | None, pages: int | None) -> bool:
    """Return whether the marks of the last page agree with the rows of the list.

    An empty page alone is no end: errors carry an empty list as well.
    """
    if total is not None:
        return page.rows_so_far == total and (pages is None or number >= pages)
    if pages is None:
        return False
    if page.rows is None:
        return number > pages
    return number == pages or (page.rows == 0 and number > pages)


def _last_page(total: int | None, pages: int | None, rows: int | None) -> int | None:
    """Return the highest page number to accept; None where the first page has no marks.

    Of two marks the plausible one counts; without one the list is the first page alone.
    """
    marks = [total, None if pages is None or rows is None else pages * rows]
    if marks == [None, None] or not rows:
        return None
    plausible = [mark for mark in marks if mark is not None and mark <= MAX_ROWS]
    return 2 * ceil(plausible[0] / rows) if plausible else 1
