"""Test that an entity is told of each change that it shows, and of few others."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Any, Final

from hypothesis import assume, given, strategies as st
import pytest

from custom_components.meeting_rooms.account.snapshot import Snapshot
from custom_components.meeting_rooms.api.models.alert import RoomAlert
from custom_components.meeting_rooms.api.models.room import (
    Device,
    DeviceAlarms,
    RoomDetails,
    RoomSummary,
)
from custom_components.meeting_rooms.descriptions.base import SubjectEntityDescription
from custom_components.meeting_rooms.descriptions.room import (
    ROOM_BINARY_SENSORS,
    ROOM_SENSORS,
)
from custom_components.meeting_rooms.followers import Followers, Following
from custom_components.meeting_rooms.rooms.room import Room, RoomPart

ROOM: Final = Room(room_id="1")
NOTHING: Final = RoomPart(0)
FIELDS: Final = {
    RoomPart.LIST: {"summary", "status_missing"},
    RoomPart.DETAILS: {"details"},
    RoomPart.DEVICES: {"devices"},
    RoomPart.ALARMS: {"device_alarms", "alerts"},
}


def some(kind: type[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return what makes a few of a kind."""
    return st.lists(st.from_type(kind), max_size=2).map(tuple)


ROOMS = st.builds(
    Room,
    room_id=st.just("1"),
    summary=st.none() | st.from_type(RoomSummary),
    details=st.none() | st.from_type(RoomDetails),
    devices=st.none() | some(Device),
    device_alarms=st.none() | some(DeviceAlarms),
    alerts=some(RoomAlert),
    status_missing=st.booleans(),
)


def with_parts_of(room: Room, other: Room, parts: RoomPart) -> Room:
    """Return a room with some parts of another."""
    fields = {field for part in parts for field in FIELDS[part]}
    return replace(room, **{field: getattr(other, field) for field in fields})


@pytest.mark.parametrize(
    "description",
    [*ROOM_SENSORS, *ROOM_BINARY_SENSORS],
    ids=lambda description: f"{type(description).__name__}-{description.key}",
)
@given(before=ROOMS, after=ROOMS)
def test_an_entity_follows_each_part_that_it_shows(
    description: SubjectEntityDescription[Room, Any], before: Room, after: Room
) -> None:
    """What changes in the parts that it does not follow leaves its value as it was."""
    changed = with_parts_of(after, before, description.parts)
    assert changed.parts_changed_since(before) & description.parts == NOTHING
    assert [description.value_fn(changed)] == [description.value_fn(before)]


@given(before=ROOMS, after=ROOMS, parts=st.sampled_from(RoomPart))
def test_a_change_is_told_to_those_who_follow_the_part(
    before: Room, after: Room, parts: RoomPart
) -> None:
    """Who follows the other parts is not called; who follows all of it always is."""
    after = with_parts_of(before, after, parts)
    changed = after.parts_changed_since(before)
    assume(changed)
    told = told_of(account(before), account(after))
    assert told == {"account", "room", *map(str, changed)}
    assert changed & ~parts == NOTHING


@pytest.mark.parametrize(
    ("before", "after"), [([], [ROOM]), ([ROOM], [])], ids=["new", "gone"]
)
def test_a_room_that_comes_or_goes_is_told_to_all_who_follow_it(
    before: Collection[Room], after: Collection[Room]
) -> None:
    """Whatever part of it they follow."""
    told = told_of(account(*before), account(*after))
    assert told == {"account", "room", *map(str, RoomPart)}


def account(*rooms: Room) -> Snapshot:
    """Return an account with some rooms."""
    return Snapshot(subjects={room.room_id: room for room in rooms})


def told_of(before: Snapshot, after: Snapshot) -> set[str]:
    """Return who is told: who follows the account, the room, each of its parts, or another."""
    followings = {
        "account": Following(None),
        "room": Following("1"),
        "other": Following("2"),
        **{str(part): Following("1", part) for part in RoomPart},
    }
    followers = Followers()
    told: list[str] = []
    for name, following in followings.items():
        followers.add(partial(told.append, name), following)
    for follower in followers.concerned(before, after):
        follower()
    assert sorted(told) == sorted({*told})
    return {*told}
