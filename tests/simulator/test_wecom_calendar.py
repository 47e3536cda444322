"""Test WeCom's booking calendar."""

from datetime import datetime, timedelta
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator import Simulator
from simulator.clock import BEIJING

from .clients import WecomClient

LIST = "oa/meetingroom/list"
BOOKINGS = "oa/meetingroom/get_booking_info"


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


async def test_rooms_have_other_ids_in_the_calendar(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The ids are integers; only the name and the location match."""
    rows = (await wecom.post(LIST)).json["meetingroom_list"]
    names = {room.name.strip() for room in sim.company.wecom}
    assert {type(row["meetingroom_id"]) for row in rows} == {int}
    assert {row["name"] for row in rows} < names


async def test_rooms_are_filtered_by_city(wecom: WecomClient) -> None:
    """Only rooms of that city are returned."""
    body = json.dumps({"city": "西安"}, ensure_ascii=False)
    rows = (await wecom.post(LIST, body)).json["meetingroom_list"]
    assert {row["city"] for row in rows} == {"西安"}


async def test_one_request_returns_the_bookings_of_all_rooms(
    wecom: WecomClient,
) -> None:
    """The bookings are for the rest of the day, under the older or the newer key."""
    rows = await bookings(wecom)
    listed = (await wecom.post(LIST)).json["meetingroom_list"]
    schedule = [each for row in rows for each in row["schedule"]]
    assert [row["meetingroom_id"] for row in rows] == [
        row["meetingroom_id"] for row in listed
    ]
    assert all(each["end_time"] > at(12) for each in schedule)
    assert {"meeting_id", "booking_id"} <= {key for each in schedule for key in each}
    assert {each["status"] for each in schedule} == {0, 2, 3}


async def test_a_current_meeting_is_in_the_calendar(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The times of the meeting are real times."""
    listed = (await wecom.post(LIST)).json["meetingroom_list"][0]
    room = next(
        each for each in sim.company.wecom if each.name.strip() == listed["name"]
    )
    room.start_meeting(minutes=20)
    (row,) = await bookings(wecom, meetingroom_id=listed["meetingroom_id"])
    times = [(each["start_time"], each["end_time"]) for each in row["schedule"]]
    assert (at(12), at(12) + 1200) in times


@pytest.mark.parametrize(
    "params",
    [
        {"start_time": at(12), "end_time": at(12) + 86_400},
        {"start_time": at(12), "end_time": at(11)},
        {"start_time": "1", "end_time": 2},
        {"meetingroom_id": "31"},
        {"meetingroom_id": 1},
    ],
)
async def test_an_invalid_window_is_rejected(
    wecom: WecomClient, params: dict[str, Any]
) -> None:
    """The window must be within one day and consist of integers."""
    answer = (await wecom.post(BOOKINGS, json.dumps(params))).json
    assert (answer["errcode"], answer["booking_list"]) == (40058, [])


async def test_a_window_can_be_a_whole_day(wecom: WecomClient) -> None:
    """The window lasts from midnight to midnight in Beijing."""
    end = datetime.fromtimestamp(at(0), BEIJING) + timedelta(days=1)
    assert await bookings(wecom, start_time=at(0), end_time=int(end.timestamp()))


async def test_the_calendar_has_its_own_permission(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The list of rooms does not require it."""
    sim.accounts.wecom.permissions.revoke("meetingroom_list", "get_booking_info")
    assert (await wecom.post(LIST)).json["errcode"] == 48002
    assert (await wecom.post("list")).json["errcode"] == 0
