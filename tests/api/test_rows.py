"""Test that lists are read page by page, whatever the pages are."""

import pytest

from custom_components.meeting_rooms.api.errors import InvalidAnswer
from custom_components.meeting_rooms.api.models import Device, RoomSummary
from custom_components.meeting_rooms.api.rows import MAX_ROWS, Rows, by_id, by_room

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
