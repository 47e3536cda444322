"""Test city, building and floor of rooms."""

import pytest

from custom_components.meeting_rooms.api.models.room import (
    BasicDetails,
    RoomDetails,
    RoomSummary,
)
from custom_components.meeting_rooms.rooms.places import (
    Location,
    normalized_place,
    places_of,
)
from custom_components.meeting_rooms.rooms.room import Room


def room_at(text: str | None, details: BasicDetails) -> Room:
    """Return a room with a location in the list, and one in the details."""
    return Room(
        room_id="1",
        summary=RoomSummary(location=text),
        details=RoomDetails(basic=details),
    )


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (None, []),
        ("", []),
        ("西安", []),
        ("西安-高新中心", []),
        ("西安-高新中心-14", ["西安", "西安-高新中心", "西安-高新中心-14"]),
        (" 西安 - 高新中心 - 14 ", ["西安", "西安-高新中心", "西安-高新中心-14"]),
        ("上海-T3-A座-12F", []),
        ("-环球中心-3F", ["环球中心", "环球中心-3F"]),
        ("西安--14", ["西安"]),
        ("西安-高新中心-", ["西安", "西安-高新中心"]),
        ("--14", []),
        ("--", []),
    ],
)
def test_a_location_of_three_parts_names_places(
    text: str | None, places: list[str]
) -> None:
    """With more or fewer parts, it is unknown which part is the building."""
    assert places_of(text) == places


@pytest.mark.parametrize(
    ("text", "details", "places"),
    [
        (
            "上海-T3-A座-12F",
            BasicDetails(city="上海", building="T3-A座", floor="12F"),
            ["上海", "上海-T3-A座", "上海-T3-A座-12F"],
        ),
        ("上海-A-1", BasicDetails(city="北京", building="B"), ["北京", "北京-B"]),
        (
            "上海-A-1",
            BasicDetails(building="环球中心", floor="3F"),
            ["环球中心", "环球中心-3F"],
        ),
        ("上海-A-1", BasicDetails(), ["上海", "上海-A", "上海-A-1"]),
        ("上海-T3-A座-12F", BasicDetails(), []),
        (None, BasicDetails(), []),
    ],
)
def test_the_place_in_the_details_precedes_the_text_of_the_list(
    text: str | None, details: BasicDetails, places: list[str]
) -> None:
    """The details report city, building and floor separately."""
    assert room_at(text, details).place.places == places


def test_a_location_without_parts_names_no_place() -> None:
    """The room has neither a building nor a floor."""
    nowhere = Location()
    assert (nowhere.building_place, nowhere.floor_place, nowhere.places) == (
        None,
        None,
        [],
    )


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("深圳-A座", "深圳-A座"),
        (" 深圳 - A座 ", "深圳-A座"),
        ("上海-T3-A座", "上海-T3-A座"),
        ("-环球中心", "环球中心"),
        (" ", ""),
    ],
)
def test_a_typed_place_is_normalized(typed: str, place: str) -> None:
    """Empty parts and the spaces around the other parts are removed."""
    assert normalized_place(typed) == place
