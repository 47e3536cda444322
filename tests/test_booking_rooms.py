"""Test the rooms of WeCom's booking calendar: matched, doubtful, chosen, and those alone."""

from datetime import timedelta
from typing import Any, Final

import pytest

from homeassistant.const import STATE_UNKNOWN
from simulator.company.calendar_rooms import ONLY_ID, TWIN_ID

from .home import ALL_ROOMS, MORNING, WECOM, Home, chosen, permissions
from .offices import PresenceSensor, add_entities, change_options, linked

HOUR: Final = timedelta(hours=1)
ALONE: Final = f"booking_{ONLY_ID}"
TWIN: Final = f"booking_{TWIN_ID}"
FOLLOWING: Final = {**ALL_ROOMS, "booking_rooms": True}


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms at Tencent Meeting; WeCom has half of them."""
    return 16


@pytest.fixture
def empty(home: Home) -> Home:
    """Return a Home Assistant with a company without bookings."""
    home.sim.company.clear_bookings(WECOM)
    for each in home.sim.company.calendar:
        each.bookings.clear()
    return home


def keys_of(home: Home, room_id: str) -> set[str]:
    """Return the keys of all entities of a room."""
    prefix = home.unique_id(WECOM, room_id, "")
    return {
        each.removeprefix(prefix)
        for each in home.all_entities()
        if each.startswith(prefix)
    }


async def test_a_room_without_a_system_has_only_the_entities_of_bookings(
    empty: Home,
) -> None:
    """It has no status, no device and no details."""
    await empty.add(WECOM, FOLLOWING)
    await empty.live(10)
    assert keys_of(empty, ALONE) == {
        "availability",
        "until",
        "bookings",
        "next_meeting_start",
        "current_meeting",
        "next_meeting",
        "meeting",
        "maintenance",
        "utilization",
        "booked_share",
        "no_shows",
        "capacity",
    }


async def test_a_room_without_a_system_is_booked_at_its_second(empty: Home) -> None:
    """Whether it is used is not known without a presence sensor."""
    room = empty.sim.company.calendar[ONLY_ID]
    room.bookings.book(MORNING + HOUR / 2, MORNING + HOUR)
    await empty.add(WECOM, FOLLOWING)
    await empty.live(10)
    seen = [empty.shown(WECOM, ALONE, "availability")]
    for moment in (20 * 60, 30 * 60 - 1, 30 * 60, 45 * 60, 60 * 60 - 1, 60 * 60):
        await empty.pass_time(
            (MORNING - empty.clock().astimezone(MORNING.tzinfo)).total_seconds()
            + moment
        )
        seen.append(empty.shown(WECOM, ALONE, "availability"))
    assert seen == [
        "free",
        "starting_soon",
        "starting_soon",
        "booked",
        "booked",
        "booked",
        "free",
    ]
    assert empty.shown(WECOM, ALONE, "utilization") == STATE_UNKNOWN


async def test_a_presence_sensor_is_evidence_for_a_room_without_a_system(
    empty: Home,
) -> None:
    """Then it can be a no-show, and its utilisation is known."""
    sensor = PresenceSensor("Beijing")
    await add_entities(empty, "binary_sensor", sensor)
    room = empty.sim.company.calendar[ONLY_ID]
    room.bookings.book(MORNING, MORNING + HOUR)
    settings = linked(ALONE, presence=[sensor.entity_id])
    await empty.add(WECOM, {**FOLLOWING, **settings})
    await empty.live(10)
    assert empty.shown(WECOM, ALONE, "availability") == "booked"
    await empty.pass_time(610)
    assert empty.shown(WECOM, ALONE, "availability") == "no_show"
    sensor.show(True)
    await empty.settle()
    assert empty.shown(WECOM, ALONE, "availability") == "in_use"
    assert empty.shown(WECOM, ALONE, "utilization") == "100.0"


async def test_rooms_without_a_system_are_followed_only_on_request(
    empty: Home,
) -> None:
    """The option takes effect without a reload."""
    entry = await empty.add(WECOM)
    await empty.live(10)
    assert keys_of(empty, ALONE) == set()
    loaded = entry.runtime_data
    change_options(empty, entry, booking_rooms=True)
    await empty.live(15)
    assert empty.shown(WECOM, ALONE, "availability") == "free"
    change_options(empty, entry, booking_rooms=False)
    await empty.live(15)
    await empty.polls(2)
    assert entry.runtime_data is loaded
    assert keys_of(empty, ALONE) == set()
    assert empty.device(WECOM, ALONE) is None


async def test_a_denied_list_of_rooms_is_not_requested_at_each_poll(
    empty: Home,
) -> None:
    """The rooms of the Rooms system are shown meanwhile."""
    permissions(empty, WECOM).revoke("meetingroom_list")
    await empty.add(WECOM, FOLLOWING)
    await empty.live(600)
    assert empty.sim.requests.count(WECOM, "meetingroom_list") <= 11
    room = next(iter(empty.sim.company.wecom.ids))
    assert "status" in keys_of(empty, room)


async def test_rooms_without_a_system_are_followed_beside_selected_ones(
    empty: Home,
) -> None:
    """The list of selected rooms has no rooms of the booking calendar."""
    selected = next(iter(empty.sim.company.wecom.ids))
    options: dict[str, Any] = {**chosen(selected), "booking_rooms": True}
    await empty.add(WECOM, options)
    await empty.live(10)
    assert empty.shown(WECOM, ALONE, "availability") == "free"
    assert "status" in keys_of(empty, selected)
    others = [*empty.sim.company.wecom.ids][1:]
    assert [each for each in others if keys_of(empty, each)] == []


async def test_a_doubtful_room_is_neither_matched_nor_a_room_of_its_own(
    empty: Home,
) -> None:
    """A user chooses; that takes effect at once."""
    calendar = empty.sim.company.calendar
    room_id = calendar.twin_of
    assert room_id is not None
    calendar[TWIN_ID].bookings.book(MORNING - HOUR, MORNING + 2 * HOUR)
    entry = await empty.add(WECOM, FOLLOWING)
    await empty.live(10)
    assert "until" not in keys_of(empty, room_id)
    assert keys_of(empty, TWIN) == set()
    change_options(empty, entry, **linked(room_id, booking_room=str(TWIN_ID)))
    await empty.live(10)
    assert empty.shown(WECOM, room_id, "availability") in {"booked", "in_use"}
    assert "until" in keys_of(empty, room_id)
    change_options(
        empty,
        entry,
        **linked(room_id, booking_room=str(calendar.number_of(room_id))),
    )
    await empty.live(10)
    assert empty.shown(WECOM, room_id, "until") == STATE_UNKNOWN
