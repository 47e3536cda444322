"""Test rooms whose bookings come from a linked calendar alone, also over midnight."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

import pytest

from homeassistant.components.calendar import CalendarEvent
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import Event, EventStateChangedData, State, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .home import ALL_ROOMS, MORNING, TENCENT, Home, permissions
from .offices import OfficeCalendar, add_entities, change_options, linked
from .vendors import ROOM as ROOMS

MINUTE: Final = timedelta(minutes=1)
SECOND: Final = timedelta(seconds=1)
HOUR: Final = 60 * MINUTE
ROOM: Final = ROOMS[TENCENT]
LINK: Final = linked(ROOM, calendar="calendar.beijing")
KEYS: Final = {"until", "bookings", "meeting", "next_meeting_start", "no_shows"}


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company."""
    return 2


@pytest.fixture
async def calendar(home: Home) -> OfficeCalendar:
    """Return a calendar of another integration."""
    home.sim.company.clear_bookings(TENCENT)
    home.sim.company.end_meeting(TENCENT, ROOM)
    home.sim.accounts.tencent_meeting.operator_required = False
    calendar = OfficeCalendar("Beijing")
    await add_entities(home, "calendar", calendar)
    return calendar


async def add(home: Home, **options: object) -> MockConfigEntry:
    """Add an account without an operator, which cannot fetch bookings."""
    entry = home.entry(TENCENT, {**ALL_ROOMS, **options})
    data = {key: each for key, each in entry.data.items() if key != "operator_id"}
    home.hass.config_entries.async_update_entry(entry, data=data)
    await home.start(entry)
    await home.live(10)
    return entry


async def at(home: Home, moment: datetime) -> str:
    """Advance to a moment in one step, and return the availability."""
    await home.pass_time((moment - dt_util.utcnow()).total_seconds())
    return availability(home)


def availability(home: Home) -> str:
    """Return the availability of the room."""
    return home.shown(TENCENT, ROOM, "availability")


def keys(home: Home) -> set[str]:
    """Return the keys of all entities of the room."""
    prefix = home.unique_id(TENCENT, ROOM, "")
    found = (each for each in home.all_entities() if each.startswith(prefix))
    return {each.removeprefix(prefix) for each in found}


def fired(home: Home) -> list[str]:
    """Return a list that gets the type of every later event of the room."""
    seen: list[str] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        """Note an event."""
        state = cast(State, event.data["new_state"])
        seen.append(state.attributes["event_type"])

    entity_id = home.entity(TENCENT, ROOM, "meeting").entity_id
    async_track_state_change_event(home.hass, entity_id, note)
    return seen


async def test_entities_appear_when_a_calendar_is_linked(
    home: Home, calendar: OfficeCalendar
) -> None:
    """The account is not loaded again."""
    calendar.events = [
        CalendarEvent(start=MORNING - MINUTE, end=MORNING + HOUR, summary="Plan")
    ]
    entry = await add(home)
    assert availability(home) == "free"
    assert keys(home).isdisjoint(KEYS)
    coordinator = entry.runtime_data
    change_options(home, entry, **LINK)
    await home.settle()
    assert keys(home) >= KEYS
    assert availability(home) == "booked"
    assert home.shown(TENCENT, ROOM, "until") == (MORNING + HOUR).isoformat()
    assert entry.runtime_data is coordinator


async def test_entities_are_removed_after_the_calendar_is_no_longer_linked(
    home: Home, calendar: OfficeCalendar
) -> None:
    """They are unknown at first, and removed when the account is loaded again."""
    calendar.events = [
        CalendarEvent(start=MORNING - MINUTE, end=MORNING + HOUR, summary="Plan")
    ]
    entry = await add(home, **LINK)
    change_options(home, entry, room_settings={})
    await home.settle()
    assert availability(home) == "free"
    assert home.shown(TENCENT, ROOM, "until") == STATE_UNKNOWN
    assert home.shown(TENCENT, ROOM, "bookings") == STATE_UNAVAILABLE
    await home.restart(entry)
    await home.live(10)
    assert keys(home).isdisjoint(KEYS)
    change_options(home, entry, **LINK)
    await home.settle()
    assert keys(home) >= KEYS
    assert availability(home) == "booked"


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("America/New_York", date(2026, 3, 8), 23),
        ("America/New_York", date(2026, 11, 1), 25),
        ("Asia/Shanghai", date(2026, 3, 29), 24),
    ],
)
async def test_an_all_day_booking_lasts_from_midnight_to_midnight(
    home: Home, calendar: OfficeCalendar, zone: str, day: date, hours: int
) -> None:
    """Also on a day with a change of daylight time, and it is never a no-show."""
    await home.hass.config.async_set_time_zone(zone)
    start = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    home.clock.move_to(start - 3 * HOUR)
    calendar.events = [
        CalendarEvent(start=day, end=day + timedelta(days=1), summary="Holiday")
    ]
    await add(home, **LINK)
    begin = start.astimezone(UTC)
    end = begin + hours * HOUR
    assert await at(home, begin - SECOND) == "starting_soon"
    assert await at(home, begin) == "booked"
    assert home.shown(TENCENT, ROOM, "until") == end.isoformat()
    assert await at(home, begin + 5 * HOUR) == "booked"
    assert await at(home, end - SECOND) == "booked"
    assert await at(home, end) == "free"
    assert home.shown(TENCENT, ROOM, "no_shows") == "0"


async def test_a_booking_of_several_days_has_no_gap_at_midnight(
    home: Home, calendar: OfficeCalendar
) -> None:
    """The window moves by a day each midnight, without an event."""
    midnight = dt_util.start_of_local_day(dt_util.now() + timedelta(days=1))
    start, end = midnight - 2 * HOUR, midnight + 50 * HOUR
    calendar.events = [CalendarEvent(start=start, end=end, summary="Trade fair")]
    await add(home, **LINK)
    seen = fired(home)
    assert await at(home, start) == "booked"
    assert home.shown(TENCENT, ROOM, "until") == STATE_UNKNOWN
    for hour in (-1, 0, 1, 24, 25, 48, 49):
        assert await at(home, midnight + hour * HOUR) == "booked"
    assert home.shown(TENCENT, ROOM, "until") == dt_util.as_utc(end).isoformat()
    assert await at(home, end) == "free"
    assert seen == ["started", "ended"]


async def test_bookings_that_enter_or_leave_the_window_fire_nothing(
    home: Home, calendar: OfficeCalendar
) -> None:
    """They were neither booked nor cancelled at midnight."""
    midnight = dt_util.start_of_local_day(dt_util.now() + timedelta(days=1))
    calendar.events = [
        CalendarEvent(start=start, end=start + HOUR, summary="Weekly")
        for start in (midnight + (24 * day - 4) * HOUR for day in range(-1, 4))
    ]
    await add(home, **LINK)
    seen = fired(home)
    for begin in (midnight - 4 * HOUR, midnight + 20 * HOUR):
        seen.clear()
        for moment in (begin, begin + 10 * MINUTE, begin + HOUR):
            await at(home, moment)
        assert seen == ["started", "no_show", "ended"]
        seen.clear()
        await at(home, begin + 4 * HOUR - SECOND)
        await at(home, begin + 4 * HOUR)
        await home.polls(12)
        assert seen == []


async def test_a_meeting_runs_over_across_midnight(
    home: Home, calendar: OfficeCalendar
) -> None:
    """Its booking is of yesterday, and no longer in the window."""
    midnight = dt_util.start_of_local_day(dt_util.now() + timedelta(days=1))
    start, end = midnight - HOUR, midnight - 10 * MINUTE
    calendar.events = [CalendarEvent(start=start, end=end, summary="Late")]
    entry = await add(home, **LINK)
    await at(home, start)
    home.sim.company.start_meeting(TENCENT, ROOM, minutes=600)
    await home.polls(1)
    assert availability(home) == "in_use"
    assert await at(home, end) == "running_over"
    assert await at(home, midnight + 5 * MINUTE) == "running_over"
    await home.restart(entry)
    await home.live(10)
    assert availability(home) == "running_over"
    home.sim.company.end_meeting(TENCENT, ROOM)
    await home.polls(1)
    assert availability(home) == "free"


async def test_a_linked_calendar_answers_for_later_days_where_the_vendor_denies_it(
    home: Home, calendar: OfficeCalendar
) -> None:
    """A missing right costs only what needs it."""
    start = dt_util.start_of_local_day() + timedelta(days=5, hours=9)
    calendar.events = [CalendarEvent(start=start, end=start + HOUR, summary="Plan")]
    permissions(home, TENCENT).revoke("meetings")
    await home.add(TENCENT, {**ALL_ROOMS, **LINK})
    await home.live(30)
    entity_id = home.entity(TENCENT, ROOM, "bookings").entity_id
    found = await home.hass.services.async_call(
        "calendar",
        "get_events",
        {
            "entity_id": entity_id,
            "start_date_time": dt_util.start_of_local_day().isoformat(),
            "end_date_time": (start + timedelta(days=1)).isoformat(),
        },
        blocking=True,
        return_response=True,
    )
    response = cast(dict[str, Any], found)[entity_id]
    assert [each["start"] for each in response["events"]] == [start.isoformat()]
