"""Test that Home Assistant finds out what became of a booking, and names what prevented it."""

import asyncio
from datetime import timedelta
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.account.written_bookings import (
    async_get_written_bookings,
)
from custom_components.meeting_rooms.rooms.room import Room
from homeassistant.components.calendar import CalendarEvent
from pytest_homeassistant_custom_component.common import MockConfigEntry
from simulator import Fault
from simulator.company.booked_day import RoomBookingStatus
from tests.desk import (
    BOOK_API,
    CREATE_API,
    MADE,
    ORGANIZER,
    RELEASE_API,
    RELEASED,
    ROOM,
    Desk,
    lose_answer,
)
from tests.home import ALL_ROOMS, LISTERS, MORNING, TENCENT, WECOM, Home
from tests.offices import OfficeCalendar, add_entities, linked

HOUR: Final = timedelta(hours=1)
NOON: Final = MORNING.replace(hour=4, minute=0)
APPROVED: Final = "RoomId001"
"""A room of WeCom whose bookings need an approval."""
MINUTES: Final = 60


@pytest.fixture
def desk(home: Home) -> Desk:
    """Return a person who books rooms."""
    return Desk(home)


def owned(entry: MockConfigEntry, room_id: str) -> list[bool]:
    """Return of each known booking of a room whether it was made from Home Assistant."""
    coordinator = entry.runtime_data
    schedule = coordinator.data.of(Room)[room_id].schedule
    return [coordinator.booker.owns(room_id, each) for each in schedule.bookings]


async def lose(desk: Desk, vendor: str, api: str, **fields: Any) -> str | None:
    """Return the error of a booking at noon after a fault of an API."""
    desk.home.sim.faults.add(Fault(vendor=vendor, api=api, times=1, **fields))
    return await desk.refusal("book_room", vendor, start=NOON)


async def test_a_room_that_was_requested_is_not_requested_again(desk: Desk) -> None:
    """A second click is refused; the first request can be withdrawn without its id."""
    await desk.open(WECOM)
    device = desk.device(WECOM, APPROVED)
    desk.home.sim.company.end_meeting(WECOM, APPROVED)
    await desk.act("book_room", device)
    assert await desk.refusal_at("book_room", device) == "room_booked"
    assert desk.written() == MADE[WECOM]
    await desk.act("release_room", device)
    assert desk.written() == MADE[WECOM] + RELEASED[WECOM]
    await desk.act("book_room", device)


async def test_a_request_of_someone_else_does_not_prevent_a_booking(
    desk: Desk,
) -> None:
    """Only who approves decides between them; it cannot be withdrawn here by chance."""
    await desk.open(WECOM)
    device = desk.device(WECOM, APPROVED)
    desk.home.sim.company.end_meeting(WECOM, APPROVED)
    start = MORNING.replace(minute=0)
    desk.home.sim.company.book(
        WECOM,
        APPROVED,
        start,
        start + HOUR,
        organizer="ceo",
        status=RoomBookingStatus.REQUESTED,
    )
    await desk.home.live(180)
    assert await desk.refusal_at("release_room", device) == "no_booking_now"
    await desk.act("book_room", device)
    assert desk.written() == MADE[WECOM]


@pytest.mark.parametrize(
    "rejection",
    [
        {"kind": "vendor_code", "code": 190004},
        {"kind": "vendor_code", "code": 20201},
        {"kind": "vendor_code", "code": 9003},
        {"kind": "http", "status": 409, "body": "{}"},
    ],
)
async def test_a_room_that_was_booked_meanwhile_is_named_after_any_rejection(
    desk: Desk, rejection: dict[str, Any]
) -> None:
    """The vendor's codes for it are not documented."""
    await desk.open(TENCENT)
    fault = Fault(vendor=TENCENT, api=BOOK_API[TENCENT], times=1, **rejection)
    desk.home.sim.faults.add(fault)
    booking = asyncio.ensure_future(desk.refusal("book_room", TENCENT))
    while not desk.home.sim.requests.count(TENCENT, CREATE_API):
        await desk.home.breathe()
    desk.home.sim.company.book(TENCENT, ROOM[TENCENT], MORNING, MORNING + HOUR)
    assert await booking == "room_booked_meanwhile"
    assert desk.left_over() == 0


@pytest.mark.parametrize(
    ("organizer", "own"), [(ORGANIZER, True), (ORGANIZER.upper(), True), ("ceo", False)]
)
async def test_after_a_lost_answer_only_a_booking_of_the_same_member_is_ours(
    desk: Desk, organizer: str, own: bool
) -> None:
    """Someone else may have booked the same hours; WeCom's ids of members ignore the case."""
    entry = await desk.open(WECOM)
    api = BOOK_API[WECOM]
    booking = asyncio.ensure_future(
        lose(desk, WECOM, api, kind="reset", carried_out=False)
    )
    while not desk.home.sim.requests.count(WECOM, api):
        await desk.home.breathe()
    end = NOON + HOUR / 2
    desk.home.sim.company.book(WECOM, ROOM[WECOM], NOON, end, organizer=organizer)
    assert await booking == "outcome_unknown"
    assert owned(entry, ROOM[WECOM]) == [own]
    await desk.home.polls(60)
    assert owned(entry, ROOM[WECOM]) == [own]


async def test_a_booking_that_is_carried_out_late_is_ours(desk: Desk) -> None:
    """The vendor is asked a second time after ten minutes."""
    entry = await desk.open(WECOM)
    lost = await lose(desk, WECOM, BOOK_API[WECOM], kind="reset", carried_out=False)
    assert lost == "outcome_unknown"
    await desk.home.live(60)
    end = NOON + HOUR / 2
    desk.home.sim.company.book(WECOM, ROOM[WECOM], NOON, end, organizer=ORGANIZER)
    await desk.home.live(11 * MINUTES)
    assert owned(entry, ROOM[WECOM]) == [True]


async def test_a_release_that_is_carried_out_late_leaves_no_meeting(desk: Desk) -> None:
    """The booking is looked for a second time after ten minutes."""
    await desk.open(TENCENT)
    booked = await desk.book(TENCENT, duration="02:00")
    fault = {"kind": "reset", "carried_out": False}
    lose_answer(desk, TENCENT, RELEASE_API[TENCENT], **fault)
    assert await desk.refusal("release_room", TENCENT) == "outcome_unknown"
    assert desk.availability(TENCENT) == "booked"
    await desk.home.live(60)
    room = desk.home.sim.company.room(TENCENT, ROOM[TENCENT])
    room.bookings.cancel(booked["booking_id"], RoomBookingStatus.RELEASED)
    (meeting,) = desk.home.sim.company.meetings.active
    meeting.room_ids.clear()
    await desk.home.live(11 * MINUTES)
    assert desk.written() == [*MADE[TENCENT], "cancel_meeting"]
    assert desk.left_over() == 0


async def test_a_release_that_is_not_carried_out_keeps_the_meeting(desk: Desk) -> None:
    """The second look finds the booking, too."""
    entry = await desk.open(TENCENT)
    booked = await desk.book(TENCENT, duration="02:00")
    fault = {"kind": "reset", "carried_out": False}
    lose_answer(desk, TENCENT, RELEASE_API[TENCENT], **fault)
    assert await desk.refusal("release_room", TENCENT) == "outcome_unknown"
    await desk.home.live(25 * MINUTES)
    assert desk.written() == MADE[TENCENT]
    assert owned(entry, ROOM[TENCENT]) == [True]
    await desk.release(TENCENT, booking_id=booked["booking_id"])
    assert desk.written() == MADE[TENCENT] + RELEASED[TENCENT]


async def test_a_booking_that_the_vendor_confirms_but_does_not_list_is_in_doubt(
    desk: Desk,
) -> None:
    """Its meeting is cancelled ten minutes later if it is still not listed."""
    await desk.open(TENCENT)
    lost = await lose(
        desk, TENCENT, BOOK_API[TENCENT], kind="http", status=200, body=""
    )
    assert lost == "outcome_unknown"
    assert desk.written() == ["create_meeting"]
    await desk.home.live(11 * MINUTES)
    assert desk.written() == ["create_meeting", "cancel_meeting"]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_vendor_s_booking_is_released_although_a_linked_event_began_later(
    desk: Desk, vendor: str
) -> None:
    """An event of a linked calendar cannot be released, but the booking can."""
    calendar = OfficeCalendar("Office")
    await add_entities(desk.home, "calendar", calendar)
    start = MORNING.replace(minute=0)
    calendar.events = [
        CalendarEvent(start=MORNING, end=MORNING + HOUR, summary="Event")
    ]
    desk.home.sim.company.book(vendor, ROOM[vendor], start, start + HOUR)
    await desk.open(
        vendor, {**ALL_ROOMS, **linked(ROOM[vendor], calendar="calendar.office")}
    )
    await desk.release(vendor)
    assert desk.bookings(vendor) == []
    reason = await desk.refusal("release_room", vendor)
    assert reason == "booking_of_linked_calendar"


async def test_an_account_that_is_removed_warns_of_a_meeting_that_is_left(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """The meeting of a rejected booking could not be cancelled before."""
    entry = await desk.open(TENCENT)
    down = Fault("http", TENCENT, "cancel_meeting", status=502, carried_out=False)
    desk.home.sim.faults.add(down)
    rejected = {"kind": "vendor_code", "code": 190004}
    assert await lose(desk, TENCENT, BOOK_API[TENCENT], **rejected) == "refused"
    await desk.home.hass.config_entries.async_remove(entry.entry_id)
    warning = "tencent_meeting account was removed before the outcome of each booking"
    assert warning in caplog.text


async def test_the_bookings_of_an_account_are_kept_in_one_place(
    desk: Desk,
) -> None:
    """A write that outlasts a reload adds its booking to those that are loaded then."""
    entry = await desk.open(TENCENT)
    written = await async_get_written_bookings(desk.home.hass, entry.entry_id)
    await desk.home.restart(entry)
    again = await async_get_written_bookings(desk.home.hass, entry.entry_id)
    assert again is written
    await desk.home.hass.config_entries.async_remove(entry.entry_id)
    again = await async_get_written_bookings(desk.home.hass, entry.entry_id)
    assert again is not written
