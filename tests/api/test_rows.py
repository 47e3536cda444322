"""Test that lists are read page by page, whatever the pages are."""

from copy import deepcopy

import pytest

from custom_components.meeting_rooms.api.errors import InvalidAnswer
from custom_components.meeting_rooms.api.models import Device, RoomSummary
from custom_components.meeting_rooms.api.rows import (
    MAX_ROWS,
    RowMemory,
    Rows,
    by_id,
    by_room,
)

FIRST = [{"meeting_room_id": "1"}, {"meeting_room_id": "2"}]
SECOND = [{"meeting_room_id": "3"}]


def test_pages_are_joined_in_their_order() -> None:
    """Every page that brings something says so."""
    rows = Rows(RoomSummary)
    assert [rows.add(FIRST), rows.add(SECOND)] == [True, True]
    assert [room.room_id for room in rows.read] == ["1", "2", "3"]
    assert rows.seen == 3
    assert rows.whole is False


@pytest.mark.parametrize("page", [None, []])
def test_a_page_without_rows_brings_nothing(page: object) -> None:
    """A list may be absent."""
    rows = Rows(RoomSummary)
    assert rows.add(page) is False
    assert rows.seen == 0


def test_a_page_that_repeats_brings_nothing() -> None:
    """Its rows are not counted twice."""
    rows = Rows(RoomSummary)
    assert [rows.add(FIRST), rows.add([*FIRST])] == [True, False]
    assert rows.seen == 2


@pytest.mark.parametrize("round_of", [1, 2, 3, 7, 20])
def test_pages_that_come_round_again_are_noticed(round_of: int) -> None:
    """Within a few rounds, however many pages make one."""
    rows = Rows(RoomSummary)
    pages = [[{"meeting_room_id": str(number)}] for number in range(round_of)]
    brought = [rows.add(page) for page in pages * 4]
    assert all(brought[:round_of])
    assert not all(brought)


def test_more_rows_than_there_can_be_are_an_invalid_answer() -> None:
    """In one page or in many."""
    rows = Rows(RoomSummary)
    page: list[object] = [{}] * (MAX_ROWS // 2)
    rows.add([*page, "first"][1:])
    rows.add([*page, "second"][1:])
    with pytest.raises(InvalidAnswer):
        rows.add(["third"])


@pytest.mark.parametrize("page", ["rooms", 7, {"0": {}}, True])
def test_a_page_that_is_no_list_is_an_invalid_answer(page: object) -> None:
    """Nobody guesses what it means."""
    with pytest.raises(InvalidAnswer):
        Rows(RoomSummary).add(page)


def test_a_row_that_is_no_object_is_seen_but_not_read() -> None:
    """So the list cannot pass for complete."""
    rows = Rows(RoomSummary)
    rows.add([*FIRST, "nonsense", None])
    assert (len(rows.read), rows.seen) == (2, 4)


def test_a_page_nested_too_deeply_to_be_compared_is_read() -> None:
    """It is like no other, not even like itself."""
    deep: object = "core"
    for _ in range(500):
        deep = [deep]
    rows = Rows(RoomSummary)
    page = [{"meeting_room_id": "1", "unknown": deep}]
    assert [rows.add(page), rows.add(page)] == [True, True]
    assert [room.room_id for room in rows.read] == ["1", "1"]


def read_again(memory: RowMemory, *pages: object) -> list[RoomSummary]:
    """Return the rows of a list that is read with what is remembered."""
    rows = memory.begin(RoomSummary)
    for page in pages:
        rows.add(page)
    return rows.read


def test_a_page_that_comes_again_keeps_its_rows() -> None:
    """They are the same objects, on whichever page they come."""
    memory = RowMemory()
    before = read_again(memory, FIRST, SECOND)
    again = read_again(memory, SECOND, deepcopy(FIRST))
    assert list(map(id, again)) == list(map(id, [before[2], before[0], before[1]]))


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
    devices = memory.begin(Device)
    devices.add(FIRST)
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
