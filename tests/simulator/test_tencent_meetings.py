"""Test the meetings of a room of Tencent Meeting."""

from typing import Any

import pytest

from simulator import RoomBookingStatus, Simulator

from .clients import TencentClient

VENDOR = "tencent_meeting"
ROOM = "100001"
HOUR = 3600
QUERY: dict[str, str | int] = {"target_rooms_id_type": "5", "instanceid": "1"}


@pytest.fixture
def now(sim: Simulator) -> int:
    """Return the present second, in which no room has a booking or a meeting."""
    for room_id in sim.company.tencent_meeting.ids[:3]:
        sim.company.end_meeting(VENDOR, room_id)
    sim.company.clear_bookings(VENDOR)
    return int(sim.company.clock.now)


async def meetings(
    tencent: TencentClient, room_id: str = ROOM, **query: str | int
) -> list[dict[str, Any]]:
    """Return the meetings of a room."""
    path = "/v1/meeting-rooms/operator1/meetings"
    reply = await tencent.get(path, target_rooms_id=room_id, **QUERY | query)
    rows: list[dict[str, Any]] = reply.json.get("meeting_info_list", [])
    return rows


async def state(tencent: TencentClient) -> str:
    """Return the state of the only meeting of the room."""
    (row,) = await meetings(tencent)
    return str(row["status"]).removeprefix("MEETING_STATE_")


async def test_a_meeting_has_the_documented_fields(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """A link is added, which newer pages document."""
    made = sim.company.book(VENDOR, ROOM, now, now + HOUR, subject="Board")
    assert await meetings(tencent) == [
        {
            "meeting_id": made.booking_id,
            "meeting_code": made.code,
            "subject": "Board",
            "status": "MEETING_STATE_INIT",
            "meeting_type": 0,
            "join_url": made.link,
            "start_time": now,
            "end_time": now + HOUR,
        }
    ]


async def test_a_booked_meeting_starts_and_ends(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """It is started while people are in the room, also after its end."""
    sim.company.book(VENDOR, ROOM, now - 60, now + HOUR)
    states = [await state(tencent)]
    sim.company.start_meeting(VENDOR, ROOM, minutes=90)
    states.append(await state(tencent))
    sim.company.advance(HOUR)
    states.append(await state(tencent))
    sim.company.end_meeting(VENDOR, ROOM)
    states.append(await state(tencent))
    assert states == ["INIT", "STARTED", "STARTED", "ENDED"]


async def test_the_host_ends_a_meeting_early(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """The booked end stays."""
    made = sim.company.book(VENDOR, ROOM, now - HOUR, now + HOUR)
    sim.company.end_booking(VENDOR, made.booking_id)
    (row,) = await meetings(tencent)
    assert (row["status"], row["end_time"]) == ("MEETING_STATE_ENDED", now + HOUR)


async def test_a_cancelled_meeting_is_listed(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """A released one is recycled."""
    made = sim.company.book(VENDOR, ROOM, now, now + HOUR)
    sim.company.cancel_booking(VENDOR, made.booking_id)
    assert await state(tencent) == "CANCELLED"
    sim.company.clear_bookings(VENDOR, ROOM)
    status = RoomBookingStatus.RELEASED
    sim.company.book(VENDOR, ROOM, now, now + HOUR, status=status)
    assert await state(tencent) == "RECYCLED"


async def test_requests_are_not_listed(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """The vendor has no approval of rooms."""
    for status in (RoomBookingStatus.REQUESTED, RoomBookingStatus.IN_APPROVAL):
        sim.company.book(VENDOR, ROOM, now, now + HOUR, status=status)
    assert await meetings(tencent) == []


async def test_occurrences_share_their_id(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """The type of the meeting is recurring."""
    for start in (now, now + 24 * HOUR):
        sim.company.book(VENDOR, ROOM, start, start + HOUR, recurring_id="42")
    rows = await meetings(tencent)
    assert [(row["meeting_id"], row["meeting_type"]) for row in rows] == [("42", 1)] * 2


async def test_some_rooms_send_times_as_text(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """Every third room does."""
    rooms = sim.company.tencent_meeting.ids[:3]
    for room_id in rooms:
        sim.company.book(VENDOR, room_id, now, now + HOUR)
    rows = [(await meetings(tencent, room_id))[0] for room_id in rooms]
    assert [row["start_time"] for row in rows] == [now, now, str(now)]


async def test_meetings_are_listed_on_pages(
    sim: Simulator, tencent: TencentClient, now: int
) -> None:
    """A page has at most twenty rows, and the last one the rest."""
    for number in range(25):
        start = now + number * HOUR
        sim.company.book(VENDOR, ROOM, start, start + HOUR)
    pages = [await meetings(tencent, page=page, page_size=20) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 5, 0]


@pytest.mark.freeze_time("2026-03-17 02:05:00")
async def test_the_planned_meetings_have_all_states(
    sim: Simulator, tencent: TencentClient
) -> None:
    """Some are over, some are held, some have not begun."""
    clock = int(sim.company.clock.now)
    window = {"start_time": clock - 2 * HOUR, "end_time": clock + 6 * HOUR}
    rows = [
        row
        for room_id in sim.company.tencent_meeting.ids
        for row in await meetings(tencent, room_id, **window)
    ]
    assert {row["status"].removeprefix("MEETING_STATE_") for row in rows} == {
        "INIT",
        "STARTED",
        "ENDED",
        "NULL",
        "CANCELLED",
        "RECYCLED",
    }
