"""Test how rooms are found at times whose bookings must be requested."""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import LOGGER
from homeassistant.components.calendar import CalendarEvent
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from simulator import Fault, RoomStatus

from .home import ALL_ROOMS, LISTERS, MORNING, QUANSHI, TENCENT, WECOM, Home
from .offices import OfficeCalendar, add_entities, linked
from .questions import Row, find

SECOND: Final = timedelta(seconds=1)
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
LATER: Final = MORNING + 5 * DAY
APIS: Final = {TENCENT: "meetings", WECOM: "get_booking_info", QUANSHI: "list"}


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms at Tencent Meeting; WeCom has half of them."""
    return 40


@pytest.fixture
async def office(home: Home) -> Home:
    """Return a Home Assistant in Shanghai, whose rooms are larger from one to the next."""
    await home.hass.config.async_set_time_zone("Asia/Shanghai")
    for vendor in LISTERS:
        for number, room in enumerate(home.sim.company.rooms_of(vendor), 4):
            room.change(status=RoomStatus.IDLE, health_status="OK", alarms=[])
            room.change(camera=True, microphone=True, speaker=True)
            room.change(participant_number=number, scheduled_status=1)
            room.change(meeting_room_name=f"{vendor} {number}")
        home.sim.company.clear_bookings(vendor)
    home.sim.company.clear_bookings(QUANSHI)
    return home


async def add(home: Home, vendor: str = TENCENT) -> MockConfigEntry:
    """Add an account, wait for its bookings, and forget the requests."""
    entry = await home.add(vendor)
    await home.live(60)
    home.sim.requests.clear()
    return entry


async def ask(home: Home, **fields: Any) -> list[Row]:
    """Return the rows of the rooms that suit, while time passes for the request budget."""
    question = asyncio.ensure_future(find(home, **fields))
    await home.settle()
    while not question.done():
        await home.pass_time(1)
    return await question


async def names(home: Home, **fields: Any) -> list[str]:
    """Return the names of the rooms that suit, the best first."""
    return [row["name"] for row in await ask(home, **fields)]


def requests(home: Home, vendor: str = TENCENT) -> int:
    """Return the number of requests for bookings."""
    return home.sim.requests.count(vendor, APIS[vendor])


def book(home: Home, number: int, start: datetime, end: datetime) -> None:
    """Book some of the smallest rooms at Tencent Meeting."""
    for room in [*home.sim.company.rooms_of(TENCENT)][:number]:
        home.sim.company.book(TENCENT, room.room_id, start, end)


async def test_the_bookings_of_two_days_are_known(office: Home) -> None:
    """From the start of today to the end of tomorrow, no request is sent."""
    await add(office)
    midnight = dt_util.start_of_local_day(MORNING.date() + timedelta(days=2))
    for start in (None, MORNING + DAY, midnight - 30 * MINUTE):
        fields = {} if start is None else {"start": start}
        assert len(await ask(office, **fields)) == 5
    assert requests(office) == 0
    await ask(office, start=midnight - 29 * MINUTE)
    assert requests(office) > 0


def numbered(*numbers: int, vendor: str = TENCENT) -> list[str]:
    """Return the names of the rooms with some numbers of seats."""
    return [f"{vendor} {number}" for number in numbers]


async def test_the_best_rooms_are_asked_for_until_enough_are_free(office: Home) -> None:
    """A booked room costs a request, and one that is not needed none."""
    book(office, 8, LATER + 2 * HOUR, LATER + 3 * HOUR)
    book(office, 6, LATER, LATER + HOUR)
    await add(office)
    found = await ask(office, start=LATER, limit=3)
    assert [row["name"] for row in found] == numbered(10, 11, 12)
    assert [row["bookings_known"] for row in found] == [True] * 3
    until = "2026-03-22T12:05:00+08:00"
    assert [row["free_until"] for row in found] == [until, until, None]
    # Four at the same time; a few in the background, too.
    assert 12 <= requests(office) < 16


async def test_a_question_sends_a_limited_number_of_requests(office: Home) -> None:
    """The bookings of the other rooms are not known, so the last booked ones are found."""
    book(office, 30, LATER, LATER + HOUR)
    await add(office)
    found = await ask(office, start=LATER, limit=20)
    assert [row["name"] for row in found] == numbered(*range(29, 44))
    assert {row["bookings_known"] for row in found} == {False}


async def test_the_same_day_is_requested_once_in_five_minutes(office: Home) -> None:
    """Whatever the hour."""
    await add(office)
    await ask(office, start=LATER)
    before = requests(office)
    await ask(office, start=LATER + HOUR, people=4)
    assert requests(office) == before
    await office.pass_time(301)
    await ask(office, start=LATER)
    assert requests(office) > before


@pytest.mark.parametrize("vendor", [WECOM, QUANSHI])
async def test_one_request_is_enough_for_all_rooms(office: Home, vendor: str) -> None:
    """Where the vendor has a list of all bookings of a day."""
    room = [*office.sim.company.rooms_of(WECOM)][0].room_id
    host_room = str(next(iter(office.sim.company.quanshi.rooms)))
    chosen = {WECOM: room, QUANSHI: host_room}[vendor]
    office.sim.company.book(vendor, chosen, LATER, LATER + HOUR)
    await add(office, vendor)
    device = office.known_device(vendor, chosen).id
    # Some rooms of the calendar have no match, and so no known bookings.
    found = await ask(office, start=LATER, limit=20)
    assert requests(office, vendor) == 1
    assert any(row["bookings_known"] for row in found)
    assert device not in {row["device_id"] for row in found}
    later = await ask(office, start=LATER + HOUR, limit=20)
    assert device in {row["device_id"] for row in later}
    assert requests(office, vendor) == 1


@pytest.mark.parametrize(("days", "known"), [(7, True), (31, False)])
async def test_each_day_of_a_long_time_is_requested(
    office: Home, days: int, known: bool
) -> None:
    """WeCom answers one day at a time, and a person does not wait for too many."""
    room = [*office.sim.company.rooms_of(WECOM)][0].room_id
    last = MORNING + (days - 1) * DAY
    office.sim.company.book(WECOM, room, last, last + HOUR)
    await add(office, WECOM)
    device = office.known_device(WECOM, room).id
    found = await ask(office, duration={"days": days}, limit=20)
    assert any(row["bookings_known"] for row in found) is known
    assert (device not in {row["device_id"] for row in found}) is known


async def test_a_time_that_began_yesterday_is_not_requested(office: Home) -> None:
    """The bookings of yesterday do not matter any more."""
    yesterday = MORNING - DAY
    book(office, 1, yesterday + HOUR, yesterday + 2 * HOUR)
    await add(office)
    found = await names(office, start=yesterday, end=MORNING + 10 * HOUR, limit=2)
    assert found == numbered(4, 5)
    assert requests(office) == 0


async def test_an_error_costs_the_bookings_of_its_account(office: Home) -> None:
    """The other account is not concerned, and the requests end."""
    await add(office)
    await add(office, WECOM)
    fault = Fault("http", vendor=TENCENT, api="meetings", status=502)
    office.sim.faults.add(fault)
    found = await ask(office, start=LATER, limit=20)
    assert requests(office) < 12
    known = {row["account"] for row in found if row["bookings_known"]}
    assert known == {f"{WECOM} account"}
    assert {row["account"] for row in found} == known | {f"{TENCENT} account"}


async def test_an_error_of_all_rooms_at_once_costs_only_their_bookings(
    office: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """The rooms are found, with unknown bookings, and the log says why."""
    await add(office, WECOM)
    caplog.set_level("DEBUG", LOGGER.name)
    office.sim.faults.add(
        Fault("http", vendor=WECOM, api="get_booking_info", status=502)
    )
    found = await ask(office, start=LATER, limit=20)
    assert len(found) == 20
    assert {row["bookings_known"] for row in found} == {False}
    assert "the bookings are unknown: the vendor's service cannot be reached" in (
        caplog.text
    )
    assert "(code 502)" in caplog.text


async def test_an_error_of_one_room_costs_its_bookings(office: Home) -> None:
    """The others are asked for."""
    first = [*office.sim.company.rooms_of(TENCENT)][0].room_id
    await add(office)
    office.sim.faults.add(
        Fault("vendor_code", vendor=TENCENT, api="meetings", room_id=first, code=20201)
    )
    found = await ask(office, start=LATER, limit=3)
    assert [row["name"] for row in found] == numbered(4, 5, 6)
    assert [row["bookings_known"] for row in found] == [False, True, True]


async def test_refused_credentials_are_not_sent_again(office: Home) -> None:
    """The account waits for the user to renew them."""
    await add(office)
    await add(office, WECOM)
    office.sim.faults.add(Fault("vendor_code", vendor=TENCENT, code=200003))
    await office.polls(1)
    office.sim.requests.clear()
    found = await ask(office, start=LATER, limit=20)
    assert office.sim.requests.count(TENCENT) == 0
    assert {row["account"] for row in found if row["bookings_known"]} == {
        f"{WECOM} account"
    }


async def test_a_vendor_that_does_not_respond_delays_the_answer_a_little(
    office: Home,
) -> None:
    """A person waits for it."""
    await add(office)
    fault = Fault("hang_before", vendor=TENCENT, api="meetings")
    office.sim.faults.add(fault)
    asked_at = office.clock()
    found = await ask(office, start=LATER)
    assert office.clock() - asked_at < 20 * SECOND
    assert [row["name"] for row in found] == numbered(*range(4, 9))
    assert {row["bookings_known"] for row in found} == {False}


@pytest.mark.parametrize(
    ("silent", "days"), [(TENCENT, 1), (WECOM, 1), (QUANSHI, 1), (WECOM, 14)]
)
async def test_a_vendor_that_does_not_respond_costs_only_its_bookings(
    office: Home, silent: str, days: int
) -> None:
    """The others are asked nevertheless, for a long time, too."""
    for vendor in (TENCENT, WECOM, QUANSHI):
        await add(office, vendor)
    office.sim.faults.add(Fault("hang_before", vendor=silent, api=APIS[silent]))
    found = await ask(office, start=LATER, duration={"days": days}, limit=20)
    known = {row["account"] for row in found if row["bookings_known"]}
    assert f"{silent} account" not in known
    assert known == {row["account"] for row in found} - {f"{silent} account"}


async def test_of_equal_rooms_those_that_are_free_longest_are_best(
    office: Home,
) -> None:
    """Of all that are as large as the last one of the answer."""
    ids = [room.room_id for room in office.sim.company.rooms_of(TENCENT)][:12]
    for number, room_id in enumerate(ids):
        office.sim.company.change(TENCENT, room_id, participant_number=3)
        start = LATER + HOUR + number * 10 * MINUTE
        office.sim.company.book(TENCENT, room_id, start, start + HOUR)
    await add(office)
    assert await names(office, start=LATER, limit=3) == numbered(15, 14, 13)


async def test_rooms_whose_bookings_are_denied_are_not_asked_for(office: Home) -> None:
    """A request would be refused."""
    denied = Fault("vendor_code", vendor=TENCENT, api="meetings", code=9042)
    office.sim.faults.add(denied)
    await add(office)
    found = await ask(office, start=LATER)
    assert requests(office) == 0
    assert {row["bookings_known"] for row in found} == {False}


@pytest.mark.parametrize("rooms", [300])
async def test_rooms_are_asked_for_before_their_bookings_are_fetched(
    office: Home,
) -> None:
    """After a restart, the bookings of two days arrive in the background."""
    await office.add(TENCENT)
    unknown = await find(office, people=250, limit=3)
    assert {row["bookings_known"] for row in unknown} == {False}
    found = await ask(office, people=250, start=LATER, limit=3)
    assert [row["name"] for row in found] == numbered(250, 251, 252)
    assert {row["bookings_known"] for row in found} == {True}


async def test_a_linked_calendar_is_asked_for_any_day(office: Home) -> None:
    """Alone, where the vendor reports no bookings, and beside them."""
    first = [*office.sim.company.rooms_of(TENCENT)][0].room_id
    calendar = OfficeCalendar("Beijing")
    calendar.events = [CalendarEvent(start=LATER, end=LATER + HOUR, summary="Plan")]
    await add_entities(office, "calendar", calendar)
    link = linked(first, calendar="calendar.beijing")
    await office.add(TENCENT, {**ALL_ROOMS, **link})
    await office.live(60)
    assert await names(office, start=LATER, limit=2) == numbered(5, 6)
    assert await names(office, start=LATER + HOUR, limit=2) == numbered(4, 5)
    book(office, 2, LATER + 2 * HOUR, LATER + 3 * HOUR)
    await office.pass_time(301)
    assert await names(office, start=LATER + 2 * HOUR, limit=1) == numbered(6)


async def test_a_linked_calendar_that_fails_leaves_the_bookings_unknown(
    office: Home,
) -> None:
    """A room without another source is not free."""
    first = [*office.sim.company.rooms_of(TENCENT)][0].room_id
    denied = Fault("vendor_code", vendor=TENCENT, api="meetings", code=9042)
    office.sim.faults.add(denied)
    calendar = OfficeCalendar("Beijing")
    await add_entities(office, "calendar", calendar)
    link = linked(first, calendar="calendar.beijing")
    await office.add(TENCENT, {**ALL_ROOMS, **link})
    await office.live(60)
    row, *_ = await ask(office, start=LATER)
    assert (row["name"], row["bookings_known"]) == (f"{TENCENT} 4", True)
    calendar.error = RuntimeError()
    row, *_ = await ask(office, start=LATER)
    assert (row["name"], row["bookings_known"]) == (f"{TENCENT} 4", False)


async def test_a_linked_calendar_is_enough_where_the_bookings_become_denied(
    office: Home,
) -> None:
    """The refusal of another room's bookings does not matter."""
    last = [*office.sim.company.rooms_of(TENCENT)][5].room_id
    await add_entities(office, "calendar", OfficeCalendar("Beijing"))
    link = linked(last, calendar="calendar.beijing")
    await office.add(TENCENT, {**ALL_ROOMS, **link})
    await office.live(60)
    denied = Fault("vendor_code", vendor=TENCENT, api="meetings", code=9042)
    office.sim.faults.add(denied)
    found = await ask(office, start=LATER, limit=6)
    assert [row["name"] for row in found] == numbered(*range(4, 10))
    known = [row["name"] for row in found if row["bookings_known"]]
    assert known == numbered(9)


async def test_a_linked_calendar_is_enough_where_all_bookings_are_denied(
    office: Home,
) -> None:
    """On any day; the other rooms have no known bookings."""
    first, *_ = (room.room_id for room in office.sim.company.rooms_of(WECOM))
    calendar = OfficeCalendar("Beijing")
    calendar.events = [CalendarEvent(start=LATER, end=LATER + HOUR, summary="Plan")]
    await add_entities(office, "calendar", calendar)
    office.sim.faults.add(
        Fault("vendor_code", vendor=WECOM, api="get_booking_info", code=48002)
    )
    link = linked(first, calendar="calendar.beijing")
    await office.add(WECOM, {**ALL_ROOMS, **link})
    await office.live(60)
    found = await names(office, start=LATER, limit=2)
    assert found == numbered(5, 6, vendor=WECOM)
    later = await ask(office, start=LATER + HOUR, limit=2)
    assert [row["name"] for row in later] == numbered(4, 5, vendor=WECOM)
    assert [row["bookings_known"] for row in later] == [True, False]


async def calendar_of_first_room(office: Home) -> OfficeCalendar:
    """Link a calendar to the smallest room at Tencent Meeting, and return it."""
    first = [*office.sim.company.rooms_of(TENCENT)][0].room_id
    calendar = OfficeCalendar("Beijing")
    await add_entities(office, "calendar", calendar)
    link = linked(first, calendar="calendar.beijing")
    await office.add(TENCENT, {**ALL_ROOMS, **link})
    await office.live(60)
    return calendar


async def test_without_its_linked_calendar_a_room_may_be_booked(office: Home) -> None:
    """Also if the vendor reports its bookings."""
    calendar = await calendar_of_first_room(office)
    calendar.error = RuntimeError()
    found = await ask(office, start=LATER, limit=3)
    assert [row["name"] for row in found] == numbered(4, 5, 6)
    assert [row["bookings_known"] for row in found] == [False, True, True]


async def test_a_linked_calendar_that_does_not_respond_costs_the_bookings_of_its_room(
    office: Home,
) -> None:
    """Those of the other rooms are known."""
    calendar = await calendar_of_first_room(office)
    calendar.gate.clear()
    question = asyncio.ensure_future(find(office, start=LATER, limit=3))
    for _ in range(15):
        office.clock.tick(1)
        office.fire_time()
        await office.wait_until_idle()
    calendar.gate.set()
    found = await question
    assert [row["name"] for row in found] == numbered(4, 5, 6)
    assert [row["bookings_known"] for row in found] == [False, True, True]
