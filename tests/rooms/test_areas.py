"""Test the names of areas and floors."""

import pytest

from custom_components.meeting_rooms.api.models.room import RoomSummary
from custom_components.meeting_rooms.rooms.areas import AreaNames
from custom_components.meeting_rooms.rooms.places import Location
from custom_components.meeting_rooms.rooms.room import Room

HERE = Location("上海", "A座", "3F")


def room_of(name: str, location: str | None = None, room_id: str = "1") -> Room:
    """Return a room with a name and a location."""
    return Room(room_id=room_id, summary=RoomSummary(name=name, location=location))


def floor_of(place: Location, *others: Location) -> str | None:
    """Return the name of a floor among other places."""
    return AreaNames([], [place, *others]).floor(place)


@pytest.mark.parametrize(
    ("other", "name"),
    [
        (HERE, "3F"),
        (Location("上海", "B座", "4F"), "3F"),
        (Location("上海", "B座", "3F"), "A座 · 3F"),
        (Location("上海", "B座", "3 f"), "A座 · 3F"),
        (Location("北京", "A座", "3F"), "上海 · A座 · 3F"),
        (Location("北京", "B座", "3F"), "A座 · 3F"),
        (Location("北京", None, "3F"), "上海 · A座 · 3F"),
        (Location(None, None, "3F"), "3F"),
        (Location(None, "a 座", "3F"), "3F"),
    ],
)
def test_a_floor_is_named_as_shortly_as_it_differs_from_others(
    other: Location, name: str
) -> None:
    """A part that is unknown does not tell two floors apart."""
    assert floor_of(HERE, other) == name


def test_a_place_without_a_floor_has_no_name() -> None:
    """A building is no floor."""
    assert floor_of(Location("上海", "A座")) is None


def test_rooms_with_the_same_name_are_told_apart_by_their_floor() -> None:
    """Names are equal as areas compare them; a room that cannot be told apart has none."""
    rooms = [
        room_of("长安", "上海-A座-3F", "1"),
        room_of("长 安", "上海-A座-4F", "2"),
        room_of("长安", None, "3"),
        room_of("洛阳", None, "4"),
        room_of("Board", "上海-A座-3F", "5"),
        room_of("board", "上海-A座-3F", "6"),
    ]
    names = AreaNames(rooms, [room.place for room in rooms])
    assert [names.room(room) for room in rooms] == [
        "3F · 长安",
        "4F · 长 安",
        None,
        "洛阳",
        None,
        None,
    ]
