"""Test that lists are read page by page, whatever the pages are."""

from copy import deepcopy
from dataclasses import dataclass

import pytest

from custom_components.meeting_rooms.api.errors import InvalidResponse
from custom_components.meeting_rooms.api.models.room import Device, RoomSummary
from custom_components.meeting_rooms.api.rows import (
    MAX_ROWS,
    RowMemory,
    Rows,
    by_id,
    by_room,
)
from custom_components.meeting_rooms.api.transport import VendorResponse
from custom_components.meeting_rooms.api.values import wire_field
from custom_components.meeting_rooms.api.wire import WireModel

KEY = "rooms"
FIRST = [{"meeting_room_id": "1"}, {"meeting_room_id": "2"}]
SECOND = [{"meeting_room_id": "3"}]


def answer(listed: object) -> VendorResponse:
    """Return what a vendor answers to one page."""
    body = repr(listed).encode()
    return VendorResponse(200, {KEY: listed, "total_count": 7}, fingerprint=hash(body))


def brought_new(rows: Rows[RoomSummary], listed: object) -> bool:
    """Take a page, and return whether it brought anything new."""
    return rows.add(answer(listed))[1]


def test_pages_are_joined_in_their_order() -> None:
    """Every page that brings something says so."""
    rows = Rows(RoomSummary, KEY)
    assert [brought_new(rows, FIRST), brought_new(rows, SECOND)] == [True, True]
    assert [room.room_id for room in rows.read] == ["1", "2", "3"]
    assert rows.seen == 3
    assert rows.whole is False


@pytest.mark.parametrize("page", [None, []])
def test_a_page_without_rows_brings_nothing(page: object) -> None:
    """A list may be absent."""
    rows = Rows(RoomSummary, KEY)
    assert brought_new(rows, page) is False
    assert rows.seen == 0


def test_a_page_that_repeats_brings_nothing() -> None:
    """Its rows are not counted twice."""
    rows = Rows(RoomSummary, KEY)
    assert [brought_new(rows, FIRST), brought_new(rows, [*FIRST])] == [True, False]
    assert rows.seen == 2


@pytest.mark.parametrize("round_of", [1, 2, 3, 7, 20])
def test_pages_that_come_round_again_are_noticed(round_of: int) -> None:
    """Within a few rounds, however many pages make one."""
    rows = Rows(RoomSummary, KEY)
    pages = [[{"meeting_room_id": str(number)}] for number in range(round_of)]
    brought = [brought_new(rows, page) for page in pages * 4]
    assert all(brought[:round_of])
    assert not all(brought)


def test_more_rows_than_there_can_be_are_an_invalid_answer() -> None:
    """However few are on each page."""
    rows = Rows(RoomSummary, KEY)
    page: list[object] = [{}] * 999
    for number in range(MAX_ROWS // 1000):
        brought_new(rows, [*page, number])
    with pytest.raises(InvalidResponse):
        brought_new(rows, ["one more"])


def test_a_page_may_have_more_rows_than_were_asked_for() -> None:
    """A vendor may hand out all that it has."""
    rows = Rows(RoomSummary, KEY)
    assert brought_new(rows, [{"meeting_room_id": str(n)} for n in range(1000)])
    assert len(rows.read) == 1000


def test_a_page_with_far_too_many_rows_is_refused_unread() -> None:
    """None of its rows is looked at, and nothing of it is kept."""
    looked_at: list[object] = []

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Row(WireModel):
        """A row that tells when it is read."""

        room_id: None = wire_field("meeting_room_id", looked_at.append)

    rows = Rows(Row, KEY)
    with pytest.raises(InvalidResponse):
        rows.add(answer(FIRST * 501))
    assert (looked_at, rows.pages, rows.read, rows.seen) == ([], {}, [], 0)
    rows.add(answer(FIRST))
    assert looked_at == ["1", "2"]


@pytest.mark.parametrize("page", ["rooms", 7, {"0": {}}, True])
def test_a_page_that_is_no_list_is_an_invalid_answer(page: object) -> None:
    """Nobody guesses what it means."""
    with pytest.raises(InvalidResponse):
        Rows(RoomSummary, KEY).add(answer(page))


def test_a_row_that_is_no_object_is_seen_but_not_read() -> None:
    """So the list cannot pass for complete."""
    rows = Rows(RoomSummary, KEY)
    brought_new(rows, [*FIRST, "nonsense", None])
    assert (len(rows.read), rows.seen) == (2, 4)


def test_a_page_nested_too_deeply_to_be_compared_is_read() -> None:
    """It is like no other, not even like itself."""
    deep: object = "core"
    for _ in range(500):
        deep = [deep]
    rows = Rows(RoomSummary, KEY)
    page = [{"meeting_room_id": "1", "unknown": deep}]
    assert [brought_new(rows, page), brought_new(rows, page)] == [True, True]
    assert [room.room_id for room in rows.read] == ["1", "1"]


def read_again(memory: RowMemory, *pages: object) -> list[RoomSummary]:
    """Return the rows of a list that is read with what is remembered."""
    rows = memory.begin(RoomSummary, KEY)
    for page in pages:
        brought_new(rows, page)
    memory.keep(rows)
    return rows.read


def test_a_page_that_comes_again_keeps_its_rows() -> None:
    """They are the same objects, on whichever page they come."""
    memory = RowMemory()
    before = read_again(memory, FIRST, SECOND)
    again = read_again(memory, SECOND, deepcopy(FIRST))
    assert list(map(id, again)) == list(map(id, [before[2], before[0], before[1]]))


def test_a_page_that_is_known_needs_no_words() -> None:
    """What it says of the list is known too."""
    memory = RowMemory()
    before = memory.begin(RoomSummary, KEY)
    first = answer(FIRST)
    before.add(first)
    memory.keep(before)
    again = memory.begin(RoomSummary, KEY)
    page, new = again.add(VendorResponse(200, {}, fingerprint=first.fingerprint))
    assert (new, again.seen, page.told) == (True, 2, {"total_count": 7})
    assert list(map(id, again.read)) == list(map(id, before.read))


def test_nothing_is_kept_of_an_answer_but_rows_and_what_it_says_of_the_list() -> None:
    """The rest may be secret, or without measure."""
    rows = Rows(RoomSummary, KEY)
    told = {"has_more": True, "total_count": [[]], "next_cursor": "9" * 40_000}
    page, _ = rows.add(VendorResponse(200, {KEY: FIRST, "ticket": "secret", **told}))
    assert page.told == {"has_more": True}


def test_a_row_that_comes_again_stays_the_same_object() -> None:
    """Although others on its page changed, went or came."""
    memory = RowMemory()
    one, two = read_again(memory, FIRST)
    new, *rest = read_again(
        memory,
        [{"meeting_room_id": "0"}, FIRST[1], {**FIRST[0], "is_allow_call": True}],
    )
    assert (new.room_id, rest[0]) == ("0", two)
    assert rest[0] is two
    assert (one.callable, rest[1].room_id, rest[1].callable) == (None, "1", True)


@pytest.mark.parametrize(
    ("before", "after"), [(1, True), (True, 1), (1, "1"), (1, 1.0), (None, 0)]
)
def test_a_value_of_another_type_is_another_value(
    before: object, after: object
) -> None:
    """As if nothing had been read before."""
    memory = RowMemory()
    read_again(memory, [{"meeting_room_id": "1", "meeting_room_status": before}])
    page = [{"meeting_room_id": "1", "meeting_room_status": after}]
    assert read_again(memory, page) == read_again(RowMemory(), page)


def test_a_reading_that_broke_off_leaves_what_was_read_before() -> None:
    """So rows that come again are no second copies of those that are shown."""
    memory = RowMemory()
    before = read_again(memory, FIRST, SECOND)
    broken_off = memory.begin(RoomSummary, KEY)
    brought_new(broken_off, FIRST)
    after = read_again(memory, FIRST, SECOND)
    assert list(map(id, after)) == list(map(id, before))


def test_what_was_not_in_the_last_reading_is_forgotten() -> None:
    """A row that comes back is a new one, and equal."""
    memory = RowMemory()
    before = read_again(memory, SECOND)
    read_again(memory, FIRST)
    after = read_again(memory, SECOND)
    assert after == before
    assert after[0] is not before[0]


def test_lists_of_different_rows_are_told_apart() -> None:
    """The same row may stand in two lists."""
    memory = RowMemory()
    read_again(memory, FIRST)
    devices = memory.begin(Device, KEY)
    devices.add(answer(FIRST))
    assert [type(each) for each in devices.read] == [Device, Device]


def test_rows_are_grouped_by_their_room() -> None:
    """A number is the same room as its digits; a row without a room is left out."""
    devices = [
        Device(room_id="1", model="a"),
        Device.from_dict({"meeting_room_id": 2, "device_model": "b"}),
        Device(room_id="1", model="c"),
        Device(model="d"),
    ]
    grouped = by_room(devices)
    assert {room: [d.model for d in rows] for room, rows in grouped.items()} == {
        "1": ["a", "c"],
        "2": ["b"],
    }


def test_rooms_are_found_by_id() -> None:
    """A row without an id is left out."""
    room = RoomSummary(room_id="1", name="Plum")
    assert by_id([room, RoomSummary(name="Nobody")]) == {"1": room}
