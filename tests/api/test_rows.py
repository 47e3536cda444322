"""Test that lists are fetched page by page, also with unusual pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import override

import pytest

from custom_components.meeting_rooms.api.client import Listing
from custom_components.meeting_rooms.api.errors import InvalidResponse
from custom_components.meeting_rooms.api.models.room import Device, RoomSummary
from custom_components.meeting_rooms.api.rows import (
    MAX_PAGES,
    MAX_ROWS,
    Page,
    Paging,
    by_room,
    fetch_rows,
    live_status,
)
from custom_components.meeting_rooms.api.transport import VendorResponse
from custom_components.meeting_rooms.api.values import identifier, wire_field
from custom_components.meeting_rooms.api.wire import WireModel

KEY = "rooms"
FIRST = [{"id": "1"}, {"id": "2"}]
SECOND = [{"id": "3"}]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(WireModel):
    """A row with the id of its owner."""

    room_id: str | None = wire_field("id", identifier)


class Counted(Paging):
    """A scheme with a fixed number of pages."""

    def __init__(self, pages: int, *, complete: bool = True) -> None:
        """Store the number of pages."""
        self.seen: list[Page] = []
        self._pages = pages
        self._end_is_consistent = complete

    @property
    @override
    def parameters(self) -> Mapping[str, str | int]:
        """Return the number of the page."""
        return {"page": len(self.seen)}

    @override
    def advance(self, page: Page) -> bool:
        """Record the page."""
        self.seen.append(page)
        more = len(self.seen) < self._pages
        self.complete = not more and self._end_is_consistent
        return more


async def fetch(
    *pages: object, paging: Counted | None = None
) -> Listing[tuple[Row, ...]]:
    """Fetch a list with these pages."""

    async def fetch_page(parameters: Mapping[str, str | int]) -> VendorResponse:
        return VendorResponse(200, {KEY: pages[int(parameters["page"])]})

    return await fetch_rows(Row, KEY, paging or Counted(len(pages)), fetch_page)


async def test_pages_are_joined_in_their_order() -> None:
    """The listing is complete if the paging scheme is at a consistent end."""
    listing = await fetch(FIRST, SECOND)
    assert [row.room_id for row in listing.items] == ["1", "2", "3"]
    assert listing.complete is True


async def test_an_inconsistent_end_is_incomplete() -> None:
    """The rows are returned nevertheless."""
    listing = await fetch(FIRST, paging=Counted(1, complete=False))
    assert (len(listing.items), listing.complete) == (2, False)


@pytest.mark.parametrize(("page", "rows"), [(None, None), ([], 0)])
async def test_a_page_may_have_no_rows(page: object, rows: int | None) -> None:
    """The paging scheme receives whether the page has an empty list or none."""
    paging = Counted(2)
    listing = await fetch(FIRST, page, paging=paging)
    assert len(listing.items) == 2
    last = paging.seen[-1]
    assert (last.rows, last.rows_so_far, last.new) == (rows, 2, False)


async def test_the_rows_of_a_repeated_page_count_once() -> None:
    """The page may repeat any earlier page."""
    paging = Counted(3)
    listing = await fetch(FIRST, SECOND, [*FIRST], paging=paging)
    assert len(listing.items) == 3
    assert [page.repeated for page in paging.seen] == [False, False, True]
    assert [page.new for page in paging.seen] == [True, True, False]
    assert [page.rows_so_far for page in paging.seen] == [2, 3, 3]


@pytest.mark.parametrize(
    "row", ["nonsense", None, 7, [], {}, {"id": ""}, {"id": []}, {"id": "\ufffd"}]
)
async def test_a_row_without_an_owner_makes_the_list_incomplete(row: object) -> None:
    """The row may be about a room that is missing from the list."""
    listing = await fetch([*FIRST, row])
    assert [row.room_id for row in listing.items if row.room_id] == ["1", "2"]
    assert listing.complete is False


async def test_too_many_rows_are_an_invalid_response() -> None:
    """The limit applies to all pages together."""
    pages = [
        [{"id": f"{page}-{row}"} for row in range(1000)]
        for page in range(MAX_ROWS // 1000)
    ]
    assert len((await fetch(*pages)).items) == MAX_ROWS
    with pytest.raises(InvalidResponse):
        await fetch(*pages, SECOND)


async def test_too_many_rows_on_one_page_are_an_invalid_response() -> None:
    """A page may have more rows than requested, up to a limit."""
    assert len((await fetch([{"id": str(n)} for n in range(1000)])).items) == 1000
    with pytest.raises(InvalidResponse):
        await fetch([{"id": str(n)} for n in range(1001)])


async def test_an_endless_list_ends_after_the_last_page_that_is_accepted() -> None:
    """The list is incomplete."""
    pages = [[{"id": str(number)}] for number in range(MAX_PAGES + 1)]
    listing = await fetch(*pages)
    assert (len(listing.items), listing.complete) == (MAX_PAGES, False)


@pytest.mark.parametrize("page", ["rooms", 7, {"0": {}}, True])
async def test_a_list_of_another_type_is_an_invalid_response(page: object) -> None:
    """The value is not treated as an empty list."""
    with pytest.raises(InvalidResponse):
        await fetch(page)


async def test_a_deeply_nested_row_is_compared() -> None:
    """The row has the deepest nesting that the decoder accepts."""
    deep: object = "core"
    for _ in range(500):
        deep = [deep]
    page = [{"id": "1", "unknown": deep}]
    assert len((await fetch(page, page)).items) == 1


def test_rows_are_grouped_by_room() -> None:
    """A row without a room is omitted."""
    devices = (
        Device(room_id="1", model="a"),
        Device(room_id="2", model="b"),
        Device(room_id="1", model="c"),
        Device(model="d"),
    )
    grouped = by_room(Listing(devices, complete=True))
    assert grouped.complete is True
    assert {room: [d.model for d in rows] for room, rows in grouped.items.items()} == {
        "1": ["a", "c"],
        "2": ["b"],
    }


@pytest.mark.parametrize(
    ("ids", "complete", "expected"),
    [
        (["1", "2"], True, True),
        (["1", "2"], False, False),
        (["1", "2", "1"], True, False),
        ([], True, True),
    ],
)
def test_a_live_status_is_incomplete_with_a_room_listed_twice(
    ids: list[str], complete: bool, expected: bool
) -> None:
    """Another room may be missing from every page."""
    rows = tuple(RoomSummary(room_id=room_id) for room_id in ids)
    live = live_status(Listing(rows, complete=complete))
    assert [*live.rooms] == [*dict.fromkeys(ids)]
    assert live.rooms_complete is expected


def test_a_live_status_has_no_room_without_an_id() -> None:
    """The live status contains the other rooms."""
    room = RoomSummary(room_id="1", name="Plum")
    listing = Listing((room, RoomSummary(name="Cherry")), complete=False)
    assert live_status(listing).rooms == {"1": room}
