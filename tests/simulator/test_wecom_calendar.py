"""Test WeCom's booking calendar."""

from datetime import datetime, timedelta
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator import Simulator
from simulator.clock import BEIJING

from .callers import WecomCaller

LIST = "oa/meetingroom/list"
BOOKINGS = "oa/meetingroom/get_booking_info"


@pytest.fixture(autouse=True)
def noon(freezer: FrozenDateTimeFactory) -> None:
    """Let it be noon in Beijing when the company starts."""
    freezer.move_to("2026-11-21 04:00:00")


def at(hour: int) -> int:
    """Return an hour of the day in Beijing."""
    return int(datetime(2026, 11, 21, hour, tzinfo=BEIJING).timestamp())


async def bookings(wecom: WecomCaller, **asked: Any) -> list[dict[str, Any]]:
    """List the bookings."""
    rows: list[dict[str, Any]] = (await wecom.post(BOOKINGS, json.dumps(asked))).json[
        "booking_list"
    ]
    return rows


async def test_rooms_have_other_ids_than_elsewhere(
    sim: Simulator, wecom: WecomCaller
) -> None:
    """Integers, and only the name and the place link the two."""
    rows = (await wecom.post(LIST)).json["meetingroom_list"]
    names = {room.name.strip() for room in sim.estate.wecom}
    assert {type(row["meetingroom_id"]) for row in rows} == {int}
    assert {row["name"] for row in rows} < names


async def test_rooms_are_found_by_their_place(wecom: WecomCaller) -> None:
    """Of one city only."""
    body = json.dumps({"city": "西安"}, ensure_ascii=False)
    rows = (await wecom.post(LIST, body)).json["meetingroom_list"]
    assert {row["city"] for row in rows} == {"西安"}


async def test_one_call_tells_the_bookings_of_all_rooms(wecom: WecomCaller) -> None:
    """Of the rest of the day, under the older key or the newer one."""
    rows = await bookings(wecom)
    listed = (await wecom.post(LIST)).json["meetingroom_list"]
    schedule = [each for row in rows for each in row["schedule"]]
    assert [row["meetingroom_id"] for row in rows] == [
        row["meetingroom_id"] for row in listed
    ]
    assert all(each["end_time"] > at(12) for each in schedule)
    assert {"meeting_id", "booking_id"} <= {key for each in schedule for key in each}
    assert {each["status"] for each in schedule} == {0, 2, 3}


async def test_what_goes_on_in_a_room_is_in_its_calendar(
    sim: Simulator, wecom: WecomCaller
) -> None:
    """In real time."""
    listed = (await wecom.post(LIST)).json["meetingroom_list"][0]
    room = next(
        each for each in sim.estate.wecom if each.name.strip() == listed["name"]
    )
    room.start_meeting(minutes=20)
    (row,) = await bookings(wecom, meetingroom_id=listed["meetingroom_id"])
    times = [(each["start_time"], each["end_time"]) for each in row["schedule"]]
    assert (at(12), at(12) + 1200) in times


@pytest.mark.parametrize(
    "asked",
    [
        {"start_time": at(12), "end_time": at(12) + 86_400},
        {"start_time": at(12), "end_time": at(11)},
        {"start_time": "1", "end_time": 2},
        {"meetingroom_id": "31"},
        {"meetingroom_id": 1},
    ],
)
async def test_bookings_are_asked_for_strictly(
    wecom: WecomCaller, asked: dict[str, Any]
) -> None:
    """Never across a day, and with integers."""
    answer = (await wecom.post(BOOKINGS, json.dumps(asked))).json
    assert (answer["errcode"], answer["booking_list"]) == (40058, [])


async def test_a_whole_day_may_be_asked_for(wecom: WecomCaller) -> None:
    """From midnight to midnight in Beijing."""
    end = datetime.fromtimestamp(at(0), BEIJING) + timedelta(days=1)
    assert await bookings(wecom, start_time=at(0), end_time=int(end.timestamp()))


async def test_the_calendar_has_a_right_of_its_own(
    sim: Simulator, wecom: WecomCaller
) -> None:
    """It may be withdrawn while the rooms are still told."""
    sim.accounts.wecom.grants.withdraw("meetingroom_list", "get_booking_info")
    assert (await wecom.post(LIST)).json["errcode"] == 48002
    assert (await wecom.post("list")).json["errcode"] == 0
