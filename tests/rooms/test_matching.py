"""Test the match of the booking calendar's rooms with the rooms of an account."""

from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.meeting_rooms.api.models.booking import CalendarRoom
from custom_components.meeting_rooms.api.models.room import (
    BasicDetails,
    RoomDetails,
    RoomSummary,
)
from custom_components.meeting_rooms.rooms.matching import (
    Matches,
    booking_room_id,
    booking_room_summary,
    match_rooms,
)
from custom_components.meeting_rooms.rooms.place_words import PlaceWords
from custom_components.meeting_rooms.rooms.room import Room

NO_CHOICE: dict[str, str] = {}


def room(room_id: str, name: str | None = "Plum", location: str | None = None) -> Room:
    """Return a room of the list."""
    summary = RoomSummary(room_id=room_id, name=name, location=location)
    return Room(room_id=room_id, summary=summary)


def in_calendar(
    calendar_id: str, name: str | None = "Plum", **place: Any
) -> CalendarRoom:
    """Return a room of the calendar."""
    return CalendarRoom(calendar_id=calendar_id, name=name, **place)


def matches(
    rooms: list[Room],
    calendar_rooms: list[CalendarRoom],
    chosen: dict[str, str] = NO_CHOICE,
) -> Matches:
    """Return the matches of rooms."""
    by_id = {each.room_id: each for each in rooms}
    return match_rooms(by_id, calendar_rooms, chosen)


def ids(calendar_rooms: tuple[CalendarRoom, ...]) -> list[str]:
    """Return the ids of rooms of the calendar."""
    return [each.calendar_id for each in calendar_rooms]


# By name


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Plum", "Plum"),
        (" Plum", "Plum  "),
        ("PLUM", "plum"),
        ("Straße", "STRASSE"),
        ("会议室Ａ１", "会议室a1"),
        ("\u3000杏花村", "杏花村\u3000"),
        ("A栋（东）", "A栋(东)"),
    ],
)
def test_a_room_is_found_by_its_name(name: str, other: str) -> None:
    """Padding, case and the width of characters do not matter."""
    found = matches([room("a", name)], [in_calendar("7", other)])
    assert found.calendar_ids == {"a": "7"}
    assert (found.doubtful, found.missing, found.unmatched) == ({}, {}, ())


@pytest.mark.parametrize("name", ["Plum 1", "Pl um", "", None, " ", "a"])
def test_another_name_is_no_match(name: str | None) -> None:
    """The room of the calendar has no room, and a room's id is not its name."""
    found = matches([room("a", None), room("b")], [in_calendar("7", name)])
    assert (found.calendar_ids, found.doubtful) == ({}, {})
    assert ids(found.unmatched) == ["7"]


def test_rooms_without_a_name_do_not_match() -> None:
    """Two unknown names are not the same name."""
    found = matches(
        [room("a", None, "西安-A-3")], [in_calendar("7", None, city="西安")]
    )
    assert found.calendar_ids == {}


def test_the_name_of_the_details_is_used_without_a_list() -> None:
    """An account may not be permitted to fetch the list."""
    details = RoomDetails(basic=BasicDetails(name="Plum", city="西安"))
    listed = Room(room_id="a", details=details)
    found = matches(
        [listed], [in_calendar("7", city="西安"), in_calendar("8", city="上海")]
    )
    assert found.calendar_ids == {"a": "7"}


# By place


@pytest.mark.parametrize(
    "place",
    [
        {"city": "西安", "building": "A", "floor": "3F"},
        {"city": " 西安", "building": "a ", "floor": "３f"},
        {"city": "西安", "building": "A"},
        {"building": "", "floor": None},
        {},
    ],
)
def test_a_place_that_may_be_the_same_is_a_match(place: dict[str, Any]) -> None:
    """An unknown part of the place does not contradict."""
    found = matches([room("a", location="西安-A-3F")], [in_calendar("7", **place)])
    assert found.calendar_ids == {"a": "7"}


@pytest.mark.parametrize(
    "place",
    [
        {"city": "上海", "building": "A", "floor": "3F"},
        {"building": "B"},
        {"city": "西安", "building": "A", "floor": "4F"},
    ],
)
def test_a_room_in_another_place_is_no_match(place: dict[str, Any]) -> None:
    """One part that differs is enough."""
    found = matches([room("a", location="西安-A-3F")], [in_calendar("7", **place)])
    assert (found.calendar_ids, found.doubtful) == ({}, {})
    assert ids(found.unmatched) == ["7"]


def test_a_room_without_a_place_matches_by_name() -> None:
    """A location of two parts does not say which part is which."""
    found = matches([room("a", location="西安-A")], [in_calendar("7", city="上海")])
    assert found.calendar_ids == {"a": "7"}


def test_rooms_of_the_same_name_are_distinguished_by_place() -> None:
    """Each city has such a room."""
    found = matches(
        [room("a", location="西安-A-3"), room("b", location="上海-B-3")],
        [in_calendar("7", city="上海"), in_calendar("8", city="西安")],
    )
    assert found.calendar_ids == {"a": "8", "b": "7"}


# In doubt


def test_two_candidates_are_no_match() -> None:
    """Neither becomes a room of its own, because one of them is the room."""
    found = matches([room("a")], [in_calendar("8"), in_calendar("7")])
    assert found.calendar_ids == {}
    assert found.doubtful == {"a": ("7", "8")}
    assert found.unmatched == ()


def test_a_calendar_room_of_two_rooms_matches_neither() -> None:
    """The user chooses."""
    found = matches([room("a"), room("b")], [in_calendar("7")])
    assert found.calendar_ids == {}
    assert found.doubtful == {"a": ("7",), "b": ("7",)}


def test_a_room_in_doubt_does_not_take_the_match_of_another() -> None:
    """The room with a place could be either of two, one of which another room could be."""
    found = matches(
        [room("a"), room("b", location="西安-A-3")],
        [in_calendar("7", city="西安"), in_calendar("8", city="上海")],
    )
    assert found.calendar_ids == {}
    assert found.doubtful == {"a": ("7", "8"), "b": ("7",)}


# The user's choice


def test_a_chosen_room_needs_no_name() -> None:
    """The names in the two lists may differ."""
    found = matches([room("a")], [in_calendar("7", "Pear", city="上海")], {"a": "7"})
    assert found.calendar_ids == {"a": "7"}
    assert found.unmatched == ()


def test_a_choice_resolves_a_doubt_for_other_rooms_too() -> None:
    """The other room has one candidate left."""
    found = matches(
        [room("a"), room("b")], [in_calendar("7"), in_calendar("8")], {"a": "8"}
    )
    assert found.calendar_ids == {"a": "8", "b": "7"}
    assert found.doubtful == {}


def test_a_chosen_room_is_not_available_to_others() -> None:
    """The room with the same name has no match."""
    found = matches([room("a", "Pear"), room("b")], [in_calendar("7")], {"a": "7"})
    assert found.calendar_ids == {"a": "7"}
    assert found.doubtful == {}


def test_two_rooms_with_the_same_choice_are_in_doubt() -> None:
    """A booking of one is none of the other."""
    found = matches([room("a"), room("b")], [in_calendar("7")], {"a": "7", "b": "7"})
    assert found.calendar_ids == {}
    assert found.doubtful == {"a": ("7",), "b": ("7",)}


def test_a_choice_that_is_not_in_the_calendar_is_missing() -> None:
    """The room is not matched by its name, which the user rejected."""
    found = matches([room("a")], [in_calendar("7")], {"a": "9"})
    assert found.missing == {"a": "9"}
    assert (found.calendar_ids, found.doubtful) == ({}, {})
    assert ids(found.unmatched) == ["7"]


def test_an_empty_choice_and_that_of_another_account_change_nothing() -> None:
    """An empty choice means a match by name; a room that is not there needs none."""
    found = matches([room("a")], [in_calendar("7")], {"a": "", "gone": "7"})
    assert found.calendar_ids == {"a": "7"}
    assert found.missing == {}


# Any rooms

NAMES = st.sampled_from([None, "", "Plum", " plum", "Ｐlum", "Pear"])
PARTS = st.sampled_from([None, "", "A", "a ", "B"])
ROOMS = st.lists(
    st.builds(
        lambda room_id, name, city, floor: room(
            room_id, name, f"{city or ''}-x-{floor or ''}"
        ),
        st.sampled_from("abcde"),
        NAMES,
        PARTS,
        PARTS,
    ),
    unique_by=lambda each: each.room_id,
)
CALENDAR_ROOMS = st.lists(
    st.builds(
        lambda calendar_id, name, city, floor: in_calendar(
            calendar_id, name, city=city, floor=floor
        ),
        st.sampled_from("12345"),
        NAMES,
        PARTS,
        PARTS,
    ),
    unique_by=lambda each: each.calendar_id,
)
CHOSEN = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", *"1234569"]))


@given(rooms=ROOMS, calendar_rooms=CALENDAR_ROOMS, chosen=CHOSEN)
def test_no_two_rooms_have_the_same_calendar_room(
    rooms: list[Room], calendar_rooms: list[CalendarRoom], chosen: dict[str, str]
) -> None:
    """Every match is of known rooms, and every room of the calendar is accounted for."""
    found = matches(rooms, calendar_rooms, chosen)
    matched = [*found.calendar_ids.values()]
    unmatched = {*ids(found.unmatched)}
    possible = {each for several in found.doubtful.values() for each in several}
    assert len(matched) == len({*matched})
    assert {*matched} | possible | unmatched == {*ids((*calendar_rooms,))}
    assert unmatched.isdisjoint({*matched} | possible)
    assert found.calendar_ids.keys().isdisjoint(found.doubtful.keys())
    assert found.calendar_ids.keys() <= {each.room_id for each in rooms}


@given(
    rooms=ROOMS,
    calendar_rooms=CALENDAR_ROOMS,
    chosen=CHOSEN,
    shuffle=st.randoms(use_true_random=False),
)
def test_the_order_does_not_matter(
    rooms: list[Room],
    calendar_rooms: list[CalendarRoom],
    chosen: dict[str, str],
    shuffle: Any,
) -> None:
    """The vendor's lists may be in any order."""
    found = matches(rooms, calendar_rooms, chosen)
    shuffle.shuffle(rooms)
    shuffle.shuffle(calendar_rooms)
    assert matches(rooms, calendar_rooms, chosen) == found


# Rooms of the calendar alone


@pytest.mark.parametrize(
    ("place", "location", "shown"),
    [
        ({"city": "西安", "building": "A", "floor": "3"}, "西安-A-3", "西安-A-3"),
        ({"city": "西安", "floor": "3"}, "西安--3", "西安-3"),
        ({"building": "A"}, "-A-", "A"),
        ({"city": ""}, None, None),
        ({}, None, None),
    ],
)
def test_a_room_of_the_calendar_alone_has_its_name_and_place(
    place: dict[str, Any], location: str | None, shown: str | None
) -> None:
    """Unknown parts of the place keep their position, and are not shown."""
    calendar_room = in_calendar("31", "Pear", **place)
    summary = booking_room_summary(calendar_room)
    assert summary == RoomSummary(room_id="booking_31", name="Pear", location=location)
    own = Room(room_id=booking_room_id("31"), summary=summary)
    assert (own.location, own.status) == (shown, None)
    assert own.place.floor == place.get("floor", own.place.floor)


def test_a_hyphen_in_a_part_of_the_place_does_not_divide_it() -> None:
    """The room is found by its place, and is still that of the calendar."""
    calendar_room = in_calendar("31", "Pear", city="成都", building="A-1座", floor="-2")
    room_id = booking_room_id("31")
    own = Room(room_id=room_id, summary=booking_room_summary(calendar_room))
    for text in ("成都", "A-1座", "成都A-1座", "B2", "-2", "成都-A-1座-B2"):
        assert PlaceWords(text).match(own.place)
    for text in ("A-2座", "2", "1座2楼"):
        assert not PlaceWords(text).match(own.place)
    matches = match_rooms({room_id: own}, [calendar_room], {})
    assert matches.calendar_ids == {room_id: "31"}


def test_a_room_of_the_calendar_alone_has_its_capacity() -> None:
    """The number of people is known."""
    calendar_room = CalendarRoom(calendar_id="31", capacity=8)
    assert booking_room_summary(calendar_room).capacity == 8
