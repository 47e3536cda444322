"""Test that WeCom books, releases and calls rooms, and what it rejects."""

from datetime import datetime
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator import RoomBookingStatus, Simulator
from simulator.clock import BEIJING

from .clients import WecomClient

VENDOR = "wecom"
BASE = "oa/meetingroom/"
FREE, WITH_APPROVAL = 32, 31


@pytest.fixture(autouse=True)
def noon(freezer: FrozenDateTimeFactory) -> None:
    """Start the company at noon in Beijing."""
    freezer.move_to("2026-11-21 04:00:00")


@pytest.fixture(autouse=True)
def empty(noon: None, sim: Simulator) -> None:
    """Open all rooms for bookings and calls, and remove their bookings."""
    for room in sim.company.wecom:
        room.properties.settings.scheduled_status = 1
        room.properties.settings.is_allow_call = True
    sim.company.clear_bookings(VENDOR)


def at(hour: int, minute: int = 0) -> int:
    """Return the timestamp of a time of the day in Beijing."""
    return int(datetime(2026, 11, 21, hour, minute, tzinfo=BEIJING).timestamp())


def booking(**changed: Any) -> dict[str, Any]:
    """Return the body that books the free room from one to two o'clock."""
    times = {"start_time": at(13), "end_time": at(14)}
    return {"meetingroom_id": FREE, "booker": "zhangsan"} | times | changed


async def post(wecom: WecomClient, api: str, body: object) -> dict[str, Any]:
    """Send a request, and return the response."""
    text = json.dumps(body, ensure_ascii=False)
    answer: dict[str, Any] = (await wecom.post(api, text)).json
    return answer


async def book(wecom: WecomClient, **changed: Any) -> dict[str, Any]:
    """Book the room."""
    return await post(wecom, BASE + "book", booking(**changed))


async def booked(wecom: WecomClient, room: int = FREE) -> list[tuple[int, int, int]]:
    """Return the times and the status of the bookings of a room."""
    body = {"meetingroom_id": room, "start_time": at(0), "end_time": at(23)}
    answer = await post(wecom, BASE + "get_booking_info", body)
    return [
        (each["start_time"], each["end_time"], each["status"])
        for row in answer["booking_list"]
        for each in row["schedule"]
    ]


# What is carried out


async def test_a_room_is_booked_and_released(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The id of the booking is that of the calendar."""
    answer = await book(wecom, subject="周会", attendees=["lisi"])
    assert answer["errcode"] == 0
    info = await post(wecom, BASE + "get_booking_info", {"meetingroom_id": FREE})
    [row] = info["booking_list"][0]["schedule"]
    assert row["booking_id"] == answer["booking_id"]
    assert (row["booker"], row["status"]) == ("zhangsan", 0)
    cancelled = {"booking_id": answer["booking_id"], "keep_schedule": 1}
    assert (await post(wecom, BASE + "cancel_book", cancelled))["errcode"] == 0
    assert await booked(wecom) == [(at(13), at(14), 1)]
    assert [(each.kind, each.booking_id) for each in sim.company.writes] == [
        ("book", answer["booking_id"]),
        ("release", answer["booking_id"]),
    ]


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        (at(13), at(13, 30), at(13), at(13, 30)),
        (at(13, 7), at(13, 37), at(13), at(14)),
        (at(13, 29), at(14, 1), at(13), at(14, 30)),
        (at(11, 40), at(12, 20), at(11, 30), at(12, 30)),
    ],
)
async def test_a_booking_is_extended_to_half_hours(
    wecom: WecomClient, start: int, end: int, first: int, last: int
) -> None:
    """The start moves back and the end moves forward."""
    await book(wecom, start_time=start, end_time=end)
    assert await booked(wecom) == [(first, last, 0)]


async def test_a_room_with_approval_is_requested(wecom: WecomClient) -> None:
    """Such a booking does not reserve the room."""
    for _ in range(2):
        assert (await book(wecom, meetingroom_id=WITH_APPROVAL))["errcode"] == 0
    assert [status for *_, status in await booked(wecom, WITH_APPROVAL)] == [2, 2]


async def test_a_room_is_called_and_the_call_is_cancelled(
    sim: Simulator, wecom: WecomClient
) -> None:
    """A second cancellation finds no call."""
    body = {"meetingid": "meeting1", "meeting_room_id": "RoomId001"}
    apis = ("call", "cancel_call", "cancel_call")
    codes = [(await post(wecom, api, body))["errcode"] for api in apis]
    assert codes == [0, 0, 40058]
    assert sim.company.writes.kinds() == ["call", "cancel_call"]


# What is rejected


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"meetingroom_id": None}, 40063),
        ({"meetingroom_id": str(FREE)}, 40058),
        ({"meetingroom_id": 7}, 40058),
        ({"start_time": None}, 40063),
        ({"start_time": str(at(13))}, 40058),
        ({"end_time": at(13, 29)}, 40058),
        ({"end_time": at(12, 59)}, 40058),
        ({"start_time": at(11), "end_time": at(12)}, 40058),
        ({"booker": None}, 40063),
        ({"booker": ""}, 40063),
        ({"booker": 7}, 40058),
        ({"subject": 7}, 40058),
        ({"attendees": "lisi"}, 40058),
    ],
)
async def test_a_booking_with_a_wrong_field_is_rejected(
    sim: Simulator, wecom: WecomClient, changed: dict[str, Any], code: int
) -> None:
    """Ids and times are integers; a booking lasts half an hour at least, and is not over."""
    assert (await book(wecom, **changed))["errcode"] == code
    assert len(sim.company.writes) == 0


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (at(14), at(14, 30), 0),
        (at(12), at(13), 0),
        (at(12), at(13, 1), 40058),
        (at(13, 59), at(14, 29), 40058),
        (at(12, 20), at(12, 50), 0),
    ],
)
async def test_a_conflict_is_found_after_the_extension(
    wecom: WecomClient, start: int, end: int, code: int
) -> None:
    """A booking that only touches another one is none."""
    await book(wecom)
    answer = await book(wecom, start_time=start, end_time=end)
    assert answer["errcode"] == code


async def test_a_cancelled_booking_reserves_nothing(
    sim: Simulator, wecom: WecomClient
) -> None:
    """A cancelled or requested booking is no conflict."""
    room = sim.company.calendar[FREE]
    room.bookings.book(at(13), at(14), status=RoomBookingStatus.REQUESTED)
    answer = await book(wecom)
    await post(wecom, BASE + "cancel_book", {"booking_id": answer["booking_id"]})
    assert (await book(wecom))["errcode"] == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, 40063),
        ({"booking_id": 7}, 40058),
        ({"booking_id": "bk7"}, 40058),
        ({"booking_id": "{id}", "keep_schedule": "1"}, 40058),
    ],
)
async def test_a_wrong_cancellation_is_rejected(
    sim: Simulator, wecom: WecomClient, body: dict[str, Any], code: int
) -> None:
    """The room stays booked."""
    answer = await book(wecom)
    text = json.dumps(body).replace("{id}", answer["booking_id"])
    reply = await wecom.post(BASE + "cancel_book", text)
    assert reply.json["errcode"] == code
    assert sim.company.writes.kinds() == ["book"]


async def test_a_booking_is_cancelled_once_and_before_its_end(
    sim: Simulator, wecom: WecomClient
) -> None:
    """A booking that is cancelled or over is unknown."""
    first, second = (
        await book(wecom),
        await book(wecom, start_time=at(14), end_time=at(15)),
    )
    cancel = {"booking_id": first["booking_id"]}
    codes = [(await post(wecom, BASE + "cancel_book", cancel))["errcode"] for _ in "12"]
    sim.company.advance(at(15) - at(12))
    over = {"booking_id": second["booking_id"]}
    codes.append((await post(wecom, BASE + "cancel_book", over))["errcode"])
    assert codes == [0, 40058, 40058]


@pytest.mark.parametrize(
    "changed",
    [{"meetingid": "other"}, {"meeting_room_id": "none"}, {"meetingid": ""}],
)
async def test_only_meetings_of_the_application_are_called(
    sim: Simulator, wecom: WecomClient, changed: dict[str, Any]
) -> None:
    """The room must exist and allow calls."""
    body = {"meetingid": "meeting1", "meeting_room_id": "RoomId001"}
    assert (await post(wecom, "call", body | changed))["errcode"] in {40058, 40063}
    sim.company.change(VENDOR, "RoomId001", is_allow_call=False)
    assert (await post(wecom, "call", body))["errcode"] == 40058


@pytest.mark.parametrize(
    ("api", "path"),
    [
        ("book", BASE + "book"),
        ("cancel_book", BASE + "cancel_book"),
        ("call", "call"),
        ("cancel_call", "cancel_call"),
    ],
)
async def test_each_api_needs_its_permission(
    sim: Simulator, wecom: WecomClient, api: str, path: str
) -> None:
    """Revoking one permission leaves the others."""
    sim.accounts.wecom.permissions.revoke(api)
    assert (await post(wecom, path, {}))["errcode"] == 48002
    sim.accounts.wecom.permissions.grant()
    assert (await post(wecom, path, {}))["errcode"] == 40063


async def test_the_calendar_has_a_permission_list_of_its_own(
    sim: Simulator, wecom: WecomClient
) -> None:
    """Rooms can be called without it."""
    sim.accounts.wecom.calendar_permitted = False
    body = {"meetingid": "meeting1", "meeting_room_id": "RoomId001"}
    assert (await book(wecom))["errcode"] == 48002
    assert (await post(wecom, "call", body))["errcode"] == 0
