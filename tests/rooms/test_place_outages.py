"""Test that the outage of a building or floor is detected."""

from collections.abc import Iterable

import pytest

from custom_components.meeting_rooms.api.models.room import (
    BasicDetails,
    RoomDetails,
    RoomStatus,
    RoomSummary,
)
from custom_components.meeting_rooms.rooms.place_outages import (
    PlaceOutage,
    PlaceOutageDetector,
)
from custom_components.meeting_rooms.rooms.room import Room

IDLE, OFFLINE = RoomStatus.IDLE, RoomStatus.OFFLINE


def rooms(location: str, *statuses: RoomStatus) -> dict[str, Room]:
    """Return rooms at one place."""
    return {
        f"{location} {number}": Room(
            room_id=f"{location} {number}",
            summary=RoomSummary(location=location, status=status),
        )
        for number, status in enumerate(statuses)
    }


def outages(
    before: dict[str, Room], after: dict[str, Room], down: Iterable[str] = ()
) -> list[PlaceOutage]:
    """Return the outages after one poll."""
    return PlaceOutageDetector(down).look(before, after)


def test_a_floor_whose_rooms_mostly_go_offline_has_an_outage() -> None:
    """Only this floor has an outage; other floors are online."""
    other = rooms("西安-高新-2", *[IDLE] * 6)
    before = rooms("西安-高新-1", *[IDLE] * 4) | other
    after = rooms("西安-高新-1", OFFLINE, OFFLINE, OFFLINE, IDLE) | other
    assert outages(before, after) == [PlaceOutage("西安-高新-1", 3, 4)]


def test_the_outage_of_a_building_includes_its_floors() -> None:
    """The floors are not reported separately."""
    before = rooms("西安-高新-1", *[IDLE] * 3) | rooms("西安-高新-2", *[IDLE] * 3)
    after = rooms("西安-高新-1", *[OFFLINE] * 3) | rooms("西安-高新-2", *[OFFLINE] * 3)
    assert outages(before, after) == [PlaceOutage("西安-高新", 6, 6)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([IDLE] * 2, [OFFLINE] * 2),
        ([IDLE] * 6, [*[OFFLINE] * 3, *[IDLE] * 3]),
        ([*[OFFLINE] * 3, IDLE], [OFFLINE] * 4),
    ],
    ids=["two rooms", "half of the rooms", "one after another"],
)
def test_a_few_rooms_that_go_offline_are_no_outage(
    before: list[RoomStatus], after: list[RoomStatus]
) -> None:
    """At least three rooms and more than half must go offline in one poll."""
    assert outages(rooms("西安-高新-1", *before), rooms("西安-高新-1", *after)) == []


@pytest.mark.parametrize("location", ["西安", "上海-T3-A座-12F", "西安--14"])
def test_rooms_without_a_building_have_no_outage(location: str) -> None:
    """The place of the rooms is unknown."""
    before, after = rooms(location, *[IDLE] * 4), rooms(location, *[OFFLINE] * 4)
    assert outages(before, after) == []


def test_a_building_whose_name_has_a_hyphen_is_found_by_the_details() -> None:
    """The location text of the list cannot be split."""
    basic = BasicDetails(city="上海", building="T3-A座", floor="12F")
    before, after = (
        {
            str(number): Room(
                room_id=str(number),
                summary=RoomSummary(location="上海-T3-A座-12F", status=status),
                details=RoomDetails(basic=basic),
            )
            for number in range(3)
        }
        for status in (IDLE, OFFLINE)
    )
    assert outages(before, after) == [PlaceOutage("上海-T3-A座", 3, 3)]


def test_an_outage_ends_when_half_of_the_rooms_are_online() -> None:
    """The outage is reported after every poll until then."""
    place = "西安-高新-1"
    all_off, most_off, half_off = (
        rooms(place, *[OFFLINE] * offline, *[IDLE] * (4 - offline))
        for offline in (4, 3, 2)
    )
    detector = PlaceOutageDetector(["西安-高新", place])
    assert detector.look(all_off, all_off) == [PlaceOutage("西安-高新", 4, 4)]
    assert detector.look(all_off, most_off) == [PlaceOutage("西安-高新", 3, 4)]
    assert detector.look(most_off, half_off) == []
    assert detector.look(half_off, most_off) == []
