"""The list of the bookings of one room.

Source: the vendor's page "查询会议室下的会议列表", which lists the meetings of a room within a span of
at most 90 days.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from math import ceil
from typing import Final

from ..errors import InvalidResponse
from ..models.booking import Booking, Titles
from ..rows import fetch_rows
from ..transport import VendorResponse
from .paging import BOOKINGS_PAGE_SIZE, NumberedPages
from .wire import MeetingRow

type Query = Mapping[str, str | int]

OPERATOR_IS_USER_ID: Final = 1
INSTANCE_IS_PC: Final = 1
_ID_IS_ROOM_ID: Final = 5


async def fetch_bookings(
    room_id: str,
    start: datetime,
    end: datetime,
    titles: Titles,
    fetch_page: Callable[[Query], Awaitable[VendorResponse]],
) -> tuple[Booking, ...]:
    """Return the bookings of one room that overlap a span, each once.

    Raises InvalidResponse for an empty list that does not say that it is complete.
    """
    query: Query = {
        "operator_id_type": OPERATOR_IS_USER_ID,
        "instanceid": INSTANCE_IS_PC,
        "target_rooms_id": room_id,
        "target_rooms_id_type": _ID_IS_ROOM_ID,
        "start_time": int(start.timestamp()),
        "end_time": ceil(end.timestamp()),
    }

    async def fetch(marks: Query) -> VendorResponse:
        """Return one page of the list."""
        return await fetch_page({**query, **marks})

    pages = NumberedPages(BOOKINGS_PAGE_SIZE)
    listing = await fetch_rows(
        MeetingRow, "meeting_info_list", pages, fetch, owner="meeting_id"
    )
    if not listing.items and not pages.complete:
        raise InvalidResponse("an empty list without its end")
    now = datetime.now(UTC)
    bookings = (row.booking(titles, now) for row in listing.items)
    # A booking that is listed twice has moved to the next page.
    found = dict.fromkeys(each for each in bookings if each is not None)
    return tuple(each for each in found if each.start < end and each.end > start)
