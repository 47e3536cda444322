"""Test the bookings of linked calendars."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from custom_components.meeting_rooms.api.models.booking import Booking
from custom_components.meeting_rooms.const import DOMAIN
from custom_components.meeting_rooms.meetings.evidence import PresenceEvidence
from custom_components.meeting_rooms.meetings.linked_calendars import LinkedCalendars
from homeassistant.components.calendar import CalendarEvent
from homeassistant.components.calendar.const import CalendarEventStatus
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..home import ALL_ROOMS, MORNING, TENCENT, Home
from ..offices import (
    OTHER,
    ROOM,
    OfficeCalendar,
    add_account,
    add_entities,
    change_options,
    linked,
)

HOUR = timedelta(hours=1)
CALENDAR = "calendar.beijing"
MEETING = CalendarEvent(start=MORNING, end=MORNING + HOUR, summary="Secret plan")
NEXT = CalendarEvent(start=MORNING + HOUR, end=MORNING + 2 * HOUR, summary="Lunch")


class Calendars:
    """The linked calendars of an account, with the changes that they reported."""

    def __init__(self, home: Home, entry: MockConfigEntry) -> None:
        """Read the calendars, and apply changed options at once."""
        self.entry = entry
        self.changes: list[str] = []
        self.presence = PresenceEvidence(home.hass, entry, lambda _: None)
        self.presence.start()
        self.tracker = LinkedCalendars(home.hass, entry, self.changes.append)
        self.tracker.start()
        entry.add_update_listener(self._configure)

    async def _configure(self, _hass: HomeAssistant, _entry: ConfigEntry) -> None:
        """Apply changed options."""
        self.presence.configure()
        self.tracker.configure()

    @property
    def spans(self) -> list[tuple[datetime, datetime]] | None:
        """Return the times of the room's bookings."""
        bookings = self.tracker.of(ROOM)
        return None if bookings is None else [(one.start, one.end) for one in bookings]

    @property
    def titles(self) -> list[str | None] | None:
        """Return the titles of the room's bookings."""
        bookings = self.tracker.of(ROOM)
        return None if bookings is None else [each.title for each in bookings]


type Start = Callable[..., Calendars]


@pytest.fixture
async def calendar(home: Home) -> OfficeCalendar:
    """Return a calendar of another integration with a meeting."""
    calendar = OfficeCalendar("Beijing")
    calendar.events = [MEETING]
    await add_entities(home, "calendar", calendar)
    return calendar


@pytest.fixture
def start(home: Home) -> Start:
    """Return a function that reads the calendars of an account with some options."""

    def started(**options: Any) -> Calendars:
        """Link a calendar to the room, unless the options say something else."""
        options = {**linked(calendar=CALENDAR), **options}
        return Calendars(home, add_account(home, TENCENT, options))

    return started


def span(event: CalendarEvent) -> tuple[datetime, datetime]:
    """Return the time of an event."""
    assert isinstance(event.start, datetime)
    assert isinstance(event.end, datetime)
    return event.start, event.end


def beijing(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a time in March 2026 in the zone of Home Assistant."""
    return dt_util.now().replace(
        month=3, day=day, hour=hour, minute=minute, second=0, microsecond=0
    )


async def test_the_bookings_of_a_calendar_are_read_at_the_start(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """Nothing is known before; a room without a calendar has none."""
    calendars = start()
    assert calendars.tracker.of(ROOM) is None
    await home.settle()
    assert calendars.tracker.of(ROOM) == (
        Booking(booking_id=None, start=MORNING, end=MORNING + HOUR),
    )
    assert calendars.tracker.of(OTHER) is None
    assert calendars.changes == [ROOM]


async def test_a_calendar_is_read_again_when_its_state_changes(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """A change of an attribute is enough; the bookings are in the order of their start."""
    calendars = start()
    await home.settle()
    calendar.change(NEXT, MEETING)
    await home.settle()
    assert calendars.spans == [span(MEETING), span(NEXT)]
    assert calendars.changes == [ROOM, ROOM]


async def test_a_calendar_is_read_again_every_five_minutes(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """Bookings that did not change are not reported."""
    calendars = start()
    await home.settle()
    await home.pass_time(300)
    assert calendar.reads == 2
    assert calendars.changes == [ROOM]
    calendar.events = []
    await home.pass_time(300)
    assert calendars.tracker.of(ROOM) == ()
    assert calendars.changes == [ROOM, ROOM]


async def test_bookings_from_today_until_tomorrow_are_kept(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """At midnight the next day is read."""
    await home.hass.config.async_set_time_zone("Asia/Shanghai")
    yesterday, today, tomorrow, later = (
        CalendarEvent(
            start=beijing(day, 23, 30), end=beijing(day, 23, 45), summary="Late"
        )
        for day in (16, 17, 18, 19)
    )
    calendar.events = [yesterday, today, tomorrow, later]
    calendars = start()
    await home.settle()
    assert calendars.spans == [span(today), span(tomorrow)]
    home.clock.move_to(beijing(18))
    await home.pass_time(0)
    assert calendars.spans == [span(tomorrow), span(later)]


async def test_an_all_day_event_lasts_from_midnight_to_midnight(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """The day is that of Home Assistant's time zone."""
    await home.hass.config.async_set_time_zone("Asia/Shanghai")
    calendar.events = [
        CalendarEvent(start=date(2026, 3, 17), end=date(2026, 3, 18), summary="Fair")
    ]
    calendars = start()
    await home.settle()
    assert calendars.spans == [
        (datetime(2026, 3, 16, 16, tzinfo=UTC), datetime(2026, 3, 17, 16, tzinfo=UTC))
    ]


async def test_an_event_of_several_days_is_one_booking(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """It may begin before and end after the days that are kept."""
    days = CalendarEvent(start=date(2026, 3, 10), end=date(2026, 4, 1), summary="Fair")
    night = CalendarEvent(
        start=MORNING - 30 * HOUR, end=MORNING + 70 * HOUR, summary="Works"
    )
    calendar.events = [night, days]
    calendars = start()
    await home.settle()
    assert calendars.spans == [
        (
            dt_util.start_of_local_day(date(2026, 3, 10)),
            dt_util.start_of_local_day(date(2026, 4, 1)),
        ),
        span(night),
    ]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)]
)
async def test_the_day_of_a_change_of_daylight_time_has_its_own_length(
    home: Home, calendar: OfficeCalendar, start: Start, day: date, hours: int
) -> None:
    """An event at night is right as well."""
    await home.hass.config.async_set_time_zone("Europe/Berlin")
    midnight = dt_util.start_of_local_day(day)
    home.clock.move_to(midnight - HOUR)
    night = CalendarEvent(
        start=midnight.replace(hour=1), end=midnight.replace(hour=4), summary="Works"
    )
    calendar.events = [
        CalendarEvent(start=day, end=day + timedelta(days=1), summary="Fair"),
        night,
    ]
    calendars = start()
    await home.settle()
    begin = midnight.astimezone(UTC)
    assert calendars.spans == [
        (begin, begin + hours * HOUR),
        (begin + HOUR, begin + (hours - 20) * HOUR),
    ]


async def test_events_that_are_not_confirmed_are_tentative(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """A calendar that does not report the status has confirmed events."""
    calendar.events = [
        CalendarEvent(
            start=MORNING + number * HOUR,
            end=MORNING + number * HOUR + HOUR,
            summary="Plan",
            status=status,
        )
        for number, status in enumerate(
            (None, CalendarEventStatus.CONFIRMED, CalendarEventStatus.TENTATIVE)
        )
    ]
    calendars = start()
    await home.settle()
    bookings = calendars.tracker.of(ROOM) or ()
    assert [each.tentative for each in bookings] == [False, False, True]


async def test_an_event_without_a_length_reserves_nothing(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """Calendars use such events as reminders."""
    calendar.events = [CalendarEvent(start=MORNING, end=MORNING, summary="Call")]
    calendars = start()
    await home.settle()
    assert calendars.tracker.of(ROOM) == ()


@pytest.mark.parametrize(
    ("titles", "shown"),
    [("busy_only", [None]), ("organizer", [None]), ("full", ["Secret plan"])],
)
async def test_titles_are_kept_only_if_the_option_allows_it(
    home: Home, calendar: OfficeCalendar, start: Start, titles: str, shown: list[str]
) -> None:
    """Calendars do not report an organizer."""
    calendars = start(titles=titles)
    await home.settle()
    assert calendars.titles == shown


async def test_the_option_of_the_titles_applies_at_once(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """Titles that are not allowed any more are dropped, also if the calendar fails."""
    calendars = start()
    await home.settle()
    change_options(home, calendars.entry, titles="full")
    await home.settle()
    assert calendars.titles == ["Secret plan"]
    calendar.error = ValueError()
    change_options(home, calendars.entry, titles="busy_only")
    await home.settle()
    assert calendars.titles == [None]


async def test_rooms_may_share_a_calendar(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """It is read once for all of them."""
    shared = {"calendar": CALENDAR}
    calendars = start(room_settings={ROOM: shared, OTHER: shared})
    await home.settle()
    assert calendar.reads == 1
    assert calendars.tracker.of(ROOM) == calendars.tracker.of(OTHER) != ()
    assert sorted(calendars.changes) == [ROOM, OTHER]


async def test_each_room_may_have_its_own_calendar(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """A change concerns only the rooms of the calendar."""
    home.hass.states.async_set("calendar.shanghai", "off")
    rooms = {ROOM: {"calendar": CALENDAR}, OTHER: {"calendar": "calendar.shanghai"}}
    calendars = start(room_settings=rooms)
    await home.settle()
    calendar.change(NEXT)
    await home.settle()
    # The first read of the other calendar failed.
    assert sorted(calendars.changes) == [ROOM, ROOM, OTHER]
    assert calendars.tracker.of(OTHER) is None


async def test_an_unloaded_account_does_not_read_its_calendars(
    home: Home, calendar: OfficeCalendar
) -> None:
    """All subscriptions and timers end with the account."""
    options = {**ALL_ROOMS, **linked(calendar=CALENDAR)}
    entry = await home.add(TENCENT, options)
    reads = calendar.reads
    await home.hass.config_entries.async_unload(entry.entry_id)
    calendar.change(NEXT)
    home.clock.move_to(dt_util.start_of_local_day() + 25 * HOUR)
    await home.pass_time(0)
    assert (reads, calendar.reads) == (1, 1)


async def test_an_account_without_linked_calendars_has_no_bookings_of_them(
    home: Home, calendar: OfficeCalendar
) -> None:
    """It reads no calendar, and can be unloaded."""
    entry = await home.add(TENCENT)
    tracker = LinkedCalendars(home.hass, entry, lambda _: None)
    tracker.start()
    await home.pass_time(300)
    assert tracker.of(ROOM) is None
    assert await home.hass.config_entries.async_unload(entry.entry_id)
    assert calendar.reads == 0


async def test_titles_are_dropped_if_the_option_changes_during_a_read(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """The read began when titles were allowed."""
    calendar.gate.clear()
    calendars = start(titles="full")
    titles: list[list[str | None] | None] = []
    while not calendar.reads:
        await home.breathe()
    change_options(home, calendars.entry, titles="busy_only")
    calendar.gate.set()
    while calendar.reads < 2:
        titles.append(calendars.titles)
        await home.breathe()
    await home.settle()
    assert ["Secret plan"] not in titles
    assert calendars.titles == [None]


async def test_another_calendar_can_be_linked_without_a_reload(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """Without a calendar, nothing is known."""
    calendars = start(room_settings={})
    change_options(home, calendars.entry, **linked(calendar=CALENDAR))
    await home.settle()
    assert calendars.spans == [span(MEETING)]
    change_options(home, calendars.entry, **linked(OTHER, calendar=CALENDAR))
    await home.settle()
    assert calendars.tracker.of(ROOM) is None
    assert calendars.tracker.of(OTHER) is not None
    assert sorted(calendars.changes) == [ROOM, ROOM, OTHER]


async def test_bookings_are_kept_for_two_failed_reads(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """The third one in a row makes them unknown, until the calendar can be read again."""
    calendars = start()
    await home.settle()
    calendar.error = ValueError()
    await home.pass_time(300)
    await home.pass_time(300)
    assert calendars.spans == [span(MEETING)]
    await home.pass_time(300)
    assert calendars.tracker.of(ROOM) is None
    calendar.error = None
    await home.pass_time(300)
    assert calendars.spans == [span(MEETING)]
    assert calendars.changes == [ROOM] * 3


async def test_an_unavailable_calendar_keeps_its_bookings_for_a_while(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """It is read as soon as it is available."""
    calendars = start()
    await home.settle()
    calendar.set_available(False)
    await home.pass_time(300)
    assert calendars.spans == [span(MEETING)]
    await home.pass_time(300)
    await home.pass_time(300)
    assert calendars.tracker.of(ROOM) is None
    calendar.set_available(True)
    await home.settle()
    assert calendars.spans == [span(MEETING)]


async def test_a_calendar_that_is_added_later_is_read_then(
    home: Home, start: Start
) -> None:
    """Integrations are set up in any order."""
    calendars = start()
    await home.settle()
    calendar = OfficeCalendar("Beijing")
    calendar.events = [MEETING]
    await add_entities(home, "calendar", calendar)
    assert calendars.spans == [span(MEETING)]


async def test_a_removed_calendar_has_no_bookings(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """The user deleted it on purpose."""
    calendars = start()
    await home.settle()
    home.entities.async_remove(CALENDAR)
    await home.settle()
    assert calendars.tracker.of(ROOM) is None
    assert home.issues().keys() == {"linked_calendar_missing"}


async def test_a_calendar_without_a_unique_id_may_be_reloaded(
    home: Home, start: Start
) -> None:
    """Its bookings are kept in between."""
    calendar = OfficeCalendar("Beijing", registered=False)
    calendar.events = [MEETING]
    await add_entities(home, "calendar", calendar)
    calendars = start()
    await home.settle()
    state = home.hass.states.get(CALENDAR)
    assert state is not None
    home.hass.states.async_remove(CALENDAR)
    await home.settle()
    home.hass.states.async_set(CALENDAR, state.state)
    await home.settle()
    assert calendars.spans == [span(MEETING)]
    assert calendars.changes == [ROOM]
    assert calendar.reads == 2


async def test_a_renamed_calendar_is_followed(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """The options get the new entity id, and its bookings are never unknown."""
    assert await async_setup_component(home.hass, DOMAIN, {})
    calendars = start()
    await home.settle()
    home.entities.async_update_entity(CALENDAR, new_entity_id="calendar.renamed")
    await home.settle()
    assert calendars.entry.options == linked(calendar="calendar.renamed")
    assert calendars.changes == [ROOM]
    calendar.change(NEXT)
    await home.settle()
    assert calendars.spans == [span(NEXT)]


async def test_calendars_of_the_integration_are_not_read(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """A booking would confirm itself for ever."""
    own = home.entities.async_get_or_create("calendar", DOMAIN, "own")
    home.hass.states.async_set(own.entity_id, "on")
    calendars = start(**linked(calendar=own.entity_id))
    await home.settle()
    assert calendars.tracker.of(ROOM) is None


async def test_bookings_in_another_span_can_be_fetched(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """They are not kept."""
    calendars = start()
    await home.settle()
    later = MORNING + 200 * HOUR
    calendar.events = [
        MEETING,
        CalendarEvent(start=later, end=later + HOUR, summary="Plan"),
    ]
    begin = MORNING + 100 * HOUR
    fetched = await calendars.tracker.fetch(ROOM, begin, begin + 200 * HOUR)
    assert fetched == (Booking(booking_id=None, start=later, end=later + HOUR),)
    assert calendars.spans == [span(MEETING)]


async def test_bookings_that_cannot_be_fetched_are_unknown(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """The room has no calendar, or the calendar fails."""
    calendars = start()
    await home.settle()
    calendar.error = ValueError()
    fetch = calendars.tracker.fetch
    assert await fetch(ROOM, MORNING, MORNING + HOUR) is None
    assert await fetch(OTHER, MORNING, MORNING + HOUR) is None


async def test_a_calendar_that_changes_while_it_is_read_is_read_again(
    home: Home, calendar: OfficeCalendar, start: Start
) -> None:
    """Several changes need one more read."""
    calendar.gate.clear()
    calendars = start()
    while not calendar.reads:
        await home.breathe()
    calendar.change(NEXT)
    calendar.change(MEETING, NEXT)
    calendar.gate.set()
    await home.settle()
    assert calendars.spans == [span(MEETING), span(NEXT)]
    assert calendar.reads == 2


async def test_errors_of_a_calendar_are_logged_without_titles(
    home: Home,
    calendar: OfficeCalendar,
    start: Start,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The message of an error of another integration may contain anything."""
    start()
    await home.settle()
    caplog.clear()
    calendar.error = ValueError("cannot read Secret plan")
    await home.pass_time(300)
    assert f"{CALENDAR}: ValueError" in caplog.text
    assert "Secret plan" not in caplog.text


async def test_a_calendar_that_does_not_answer_does_not_stop_the_others(
    home: Home,
    calendar: OfficeCalendar,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The read fails after a while."""
    timeouts: list[float] = []

    def at_once(seconds: float) -> asyncio.Timeout:
        """Expire at once."""
        timeouts.append(seconds)
        return asyncio.timeout_at(0)

    calendars = start()
    await home.settle()
    calendar.gate.clear()
    monkeypatch.setattr(asyncio, "timeout", at_once)
    assert await calendars.tracker.fetch(ROOM, MORNING, MORNING + HOUR) is None
    assert timeouts == [30]
