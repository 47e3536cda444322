"""Test WeCom's booking calendar."""

from datetime import datetime, timedelta
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator import Fault, RoomBookingStatus, Simulator
from simulator.clock import BEIJING
from simulator.company.calendar_rooms import ONLY_ID

from .clients import WecomClient

LIST = "oa/meetingroom/list"
BOOKINGS = "oa/meetingroom/get_booking_info"
ROOM = "RoomId001"


@pytest.fixture(autouse=True)
def noon(freezer: FrozenDateTimeFactory) -> None:
    """Start the company at noon in Beijing."""
    freezer.move_to("2026-11-21 04:00:00")


def at(hour: int) -> int:
    """Return the timestamp of an hour of the day in Beijing."""
    return int(datetime(2026, 11, 21, hour, tzinfo=BEIJING).timestamp())


async def bookings(wecom: WecomClient, **body: Any) -> list[dict[str, Any]]:
    """Fetch the bookings."""
    rows: list[dict[str, Any]] = (await wecom.post(BOOKINGS, json.dumps(body))).json[
        "booking_list"
    ]
    return rows


async def listed(wecom: WecomClient, **body: Any) -> list[dict[str, Any]]:
    """Fetch the rooms."""
    text = json.dumps(body, ensure_ascii=False)
    rows: list[dict[str, Any]] = (await wecom.post(LIST, text)).json["meetingroom_list"]
    return rows


# The rooms


async def test_rooms_have_other_ids_in_the_calendar(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The ids are integers; only the name and the place of a bookable room match."""
    rows = {row["meetingroom_id"]: row for row in await listed(wecom)}
    room = sim.company.wecom[ROOM]
    row = rows[sim.company.calendar.number_of(ROOM)]
    basic = room.properties.basic
    assert {type(number) for number in rows} == {int}
    assert row["name"] == room.name.strip()
    assert (row["city"], row["building"]) == (basic.city, basic.building)
    assert row["floor"].casefold() == basic.floor.casefold()
    assert len(rows) == 17


async def test_a_room_that_is_not_bookable_is_not_in_the_calendar(
    sim: Simulator, wecom: WecomClient
) -> None:
    """It is there as soon as it is open for booking."""
    room = sim.company.wecom["200002"]
    assert room.name.strip() not in {row["name"] for row in await listed(wecom)}
    sim.company.change("wecom", "200002", scheduled_status=1)
    assert room.name.strip() in {row["name"] for row in await listed(wecom)}


async def test_one_room_has_a_twin_and_one_has_no_rooms_system(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The twin has the same name and no place."""
    rows = await listed(wecom)
    names = [row["name"] for row in rows]
    [doubled] = {name for name in names if names.count(name) > 1}
    known = {room.name.strip() for room in sim.company.wecom}
    assert doubled == sim.company.wecom[str(sim.company.calendar.twin_of)].name.strip()
    assert {*names} - known == {"培训教室"}
    assert [row["city"] for row in rows if row["name"] == doubled] != ["", ""]
    assert {row["need_approval"] for row in rows} == {0, 1}


@pytest.mark.parametrize("rooms", [2, 4])
def test_a_small_company_has_no_twin(rooms: int) -> None:
    """Its rooms can be matched."""
    calendar = Simulator(rooms=rooms, seed=1, speed=0).company.calendar
    assert calendar.twin_of is None
    assert len({room.name for room in calendar}) == len([*calendar])


async def test_rooms_are_filtered_by_place_and_equipment(wecom: WecomClient) -> None:
    """Only rooms of that city, with that equipment, are returned."""
    rows = await listed(wecom, city="西安", equipment=[1])
    assert rows
    assert {row["city"] for row in rows} == {"西安"}
    assert all(1 in row["equipment"] for row in rows)


@pytest.mark.parametrize(
    "params",
    [
        {"building": "高新中心"},
        {"city": "西安", "floor": "2"},
        {"city": 5},
        {"equipment": "1"},
        {"equipment": [[1]]},
    ],
)
async def test_an_invalid_filter_is_rejected(
    wecom: WecomClient, params: dict[str, Any]
) -> None:
    """A building needs its city, and a floor its building."""
    answer = (await wecom.post(LIST, json.dumps(params, ensure_ascii=False))).json
    assert (answer["errcode"], answer["meetingroom_list"]) == (40058, [])


# Bookings


async def test_one_request_returns_the_bookings_of_all_rooms(
    wecom: WecomClient,
) -> None:
    """The bookings are for the rest of the day, under the older or the newer key."""
    rows = await bookings(wecom)
    schedule = [each for row in rows for each in row["schedule"]]
    assert [row["meetingroom_id"] for row in rows] == [
        row["meetingroom_id"] for row in await listed(wecom)
    ]
    assert all(each["end_time"] > at(12) for each in schedule)
    assert {"meeting_id", "booking_id"} <= {key for each in schedule for key in each}
    assert {each["status"] for each in schedule} == {0, 1, 2, 3}
    assert all("subject" not in each for each in schedule)


@pytest.mark.parametrize(
    ("status", "number"),
    [
        (RoomBookingStatus.BOOKED, 0),
        (RoomBookingStatus.CANCELLED, 1),
        (RoomBookingStatus.RELEASED, 1),
        (RoomBookingStatus.REQUESTED, 2),
        (RoomBookingStatus.IN_APPROVAL, 3),
    ],
)
async def test_a_booking_of_a_room_is_in_the_calendar(
    sim: Simulator, wecom: WecomClient, status: RoomBookingStatus, number: int
) -> None:
    """The times are real times, and the booker is a user id."""
    sim.company.clear_bookings("wecom", ROOM)
    booked = sim.company.book(
        "wecom", ROOM, at(12), at(13), organizer="zhangsan", status=status
    )
    calendar_id = sim.company.calendar.number_of(ROOM)
    (row,) = await bookings(wecom, meetingroom_id=calendar_id)
    assert row["schedule"] == [
        {
            "booking_id": f"bk{booked.booking_id}",
            "schedule_id": f"sc{booked.booking_id}",
            "start_time": at(12),
            "end_time": at(13),
            "booker": "zhangsan",
            "status": number,
        }
    ]


async def test_occurrences_share_the_entry_of_the_calendar(
    sim: Simulator, wecom: WecomClient
) -> None:
    """Each occurrence has an id of its own."""
    sim.company.clear_bookings("wecom", ROOM)
    for hour in (14, 16):
        times = at(hour), at(hour + 1)
        sim.company.book("wecom", ROOM, *times, recurring_id="s1")
    calendar_id = sim.company.calendar.number_of(ROOM)
    (row,) = await bookings(wecom, meetingroom_id=calendar_id)
    assert {each["schedule_id"] for each in row["schedule"]} == {"scs1"}
    assert len({each["booking_id"] for each in row["schedule"]}) == 2


async def test_a_room_that_is_only_in_the_calendar_is_booked(
    sim: Simulator, wecom: WecomClient
) -> None:
    """It has a plan, and bookings can be added."""
    room = sim.company.calendar[ONLY_ID]
    (planned,) = await bookings(wecom, meetingroom_id=ONLY_ID, start_time=at(1))
    room.bookings.clear()
    room.bookings.book(at(12), at(13))
    (booked,) = await bookings(wecom, meetingroom_id=ONLY_ID)
    assert planned["schedule"]
    assert len(booked["schedule"]) == 1


async def test_a_booking_across_midnight_is_returned_for_both_days(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The times are not cut off at midnight."""
    sim.company.clear_bookings("wecom", ROOM)
    midnight = at(0) + 86_400
    sim.company.book("wecom", ROOM, midnight - 600, midnight + 600)
    calendar_id = sim.company.calendar.number_of(ROOM)
    days = [
        await bookings(
            wecom, meetingroom_id=calendar_id, start_time=start, end_time=start + 86_400
        )
        for start in (midnight - 86_400, midnight)
    ]
    assert days[0] == days[1]
    assert days[0][0]["schedule"][0]["start_time"] == midnight - 600


async def test_the_bookers_are_secrets(sim: Simulator, wecom: WecomClient) -> None:
    """A client that keeps a person without the user's permission is detected."""
    bookers = {
        each["booker"] for row in await bookings(wecom) for each in row["schedule"]
    }
    assert bookers <= {*sim.canaries.of("meeting_organizer")}
    assert len(bookers) > 5


@pytest.mark.parametrize(
    "params",
    [
        {"start_time": at(12), "end_time": at(12) + 86_400},
        {"start_time": at(12), "end_time": at(11)},
        {"start_time": "1", "end_time": 2},
        {"meetingroom_id": "31"},
        {"meetingroom_id": 1},
        {"meetingroom_id": True},
        {"meetingroom_id": 31, "city": "Nowhere"},
        {"floor": "2"},
    ],
)
async def test_an_invalid_request_is_rejected(
    wecom: WecomClient, params: dict[str, Any]
) -> None:
    """The window must be within one day, and the room must exist."""
    answer = (await wecom.post(BOOKINGS, json.dumps(params))).json
    assert (answer["errcode"], answer["booking_list"]) == (40058, [])


async def test_a_window_can_be_a_whole_day(wecom: WecomClient) -> None:
    """The window lasts from midnight to midnight in Beijing."""
    end = datetime.fromtimestamp(at(0), BEIJING) + timedelta(days=1)
    assert await bookings(wecom, start_time=at(0), end_time=int(end.timestamp()))


async def test_the_calendar_has_its_own_permission(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The list of Rooms rooms does not require it."""
    sim.accounts.wecom.calendar_permitted = False
    assert (await wecom.post(LIST)).json["errcode"] == 48002
    assert (await wecom.post(BOOKINGS)).json["errcode"] == 48002
    assert (await wecom.post("list")).json["errcode"] == 0
    sim.accounts.wecom.calendar_permitted = True
    sim.accounts.wecom.permissions.revoke("get_booking_info")
    assert (await wecom.post(LIST)).json["errcode"] == 0
    assert (await wecom.post(BOOKINGS)).json["errcode"] == 48002


async def test_a_fault_may_concern_one_room_of_the_calendar(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The room is named by its id in the calendar."""
    sim.faults.add(Fault("bad_room", "wecom", "get_booking_info", str(ONLY_ID)))
    (row,) = await bookings(wecom, meetingroom_id=31)
    (bad,) = await bookings(wecom, meetingroom_id=ONLY_ID)
    assert row["meetingroom_id"] == 31
    assert "meetingroom_id" not in bad
