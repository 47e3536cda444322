"""Test that the first availability of a room waits for its bookings, and then is right."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import pytest

from homeassistant.components.calendar import CalendarEvent
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED, STATE_UNKNOWN
from homeassistant.core import CoreState, Event, EventStateChangedData, callback
from homeassistant.helpers.event import async_track_state_change_event
from simulator import Fault

from .home import ALL_ROOMS, LISTERS, MORNING, QUANSHI, TENCENT, VENDORS, WECOM, Home
from .offices import OfficeCalendar, PresenceSensor, add_entities, linked
from .vendors import ROOM, VENDOR_TABLE

HOUR: Final = timedelta(hours=1)
API: Final = {TENCENT: "meetings", WECOM: "get_booking_info"}
NOW: Final = CalendarEvent(start=MORNING - HOUR, end=MORNING + 2 * HOUR, summary="Plan")


@pytest.fixture
def empty(home: Home) -> Home:
    """Return a Home Assistant whose rooms are neither booked nor used."""
    for vendor in VENDORS:
        home.sim.company.clear_bookings(vendor)
        home.sim.company.end_meeting(vendor, ROOM[vendor])
    return home


def states_of(home: Home, vendor: str) -> list[str]:
    """Return a list that gets every later state of a room's availability."""
    seen: list[str] = []
    entity_id = home.entity(vendor, ROOM[vendor], "availability").entity_id

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        """Note a state."""
        state = event.data["new_state"]
        seen.append("removed" if state is None else state.state)

    async_track_state_change_event(home.hass, entity_id, note)
    return seen


async def watched_restart(home: Home, vendor: str) -> list[str]:
    """Reload an account twice, and return the states of a room's availability since."""
    entry = await home.add(vendor, ALL_ROOMS)
    await home.live(10)
    seen = states_of(home, vendor)
    await home.restart(entry)
    await home.live(60)
    return seen


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_booked_room_is_never_shown_as_free(empty: Home, vendor: str) -> None:
    """A free room that becomes booked would trigger automations."""
    company = empty.sim.company
    company.book(vendor, ROOM[vendor], MORNING - HOUR / 60, MORNING + HOUR)
    seen = await watched_restart(empty, vendor)
    assert {*seen} <= {"unavailable", STATE_UNKNOWN, "booked"}
    assert seen[-1] == "booked"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_used_booking_is_never_shown_as_unbooked(
    empty: Home, vendor: str
) -> None:
    """The status alone does not say which use it is."""
    company = empty.sim.company
    company.book(vendor, ROOM[vendor], MORNING - HOUR, MORNING - HOUR / 60)
    company.start_meeting(vendor, ROOM[vendor], minutes=100)
    seen = await watched_restart(empty, vendor)
    assert {*seen} <= {"unavailable", STATE_UNKNOWN, "unbooked_use"}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_room_that_only_a_sensor_shows_as_used_is_never_shown_as_free(
    empty: Home, vendor: str
) -> None:
    """The sensor was on before the account was loaded."""
    sensor = PresenceSensor("Ceiling")
    await add_entities(empty, "binary_sensor", sensor)
    sensor.show(True)
    options = {**ALL_ROOMS, **linked(ROOM[vendor], presence=[sensor.entity_id])}
    entry = await empty.add(vendor, options)
    await empty.live(10)
    assert empty.shown(vendor, ROOM[vendor], "availability") == "unbooked_use"
    seen = states_of(empty, vendor)
    await empty.restart(entry)
    await empty.live(60)
    assert {*seen} <= {"unavailable", STATE_UNKNOWN, "unbooked_use"}
    assert seen[-1] == "unbooked_use"


def denied(home: Home, vendor: str) -> None:
    """Revoke the permission for bookings."""
    VENDOR_TABLE[vendor].permissions(home.sim).revoke(API[vendor])


def without_operator(home: Home, _vendor: str) -> None:
    """Let the vendor not know the operator."""
    home.sim.faults.add(
        Fault(kind="vendor_code", vendor=TENCENT, api="meetings", code=20002)
    )


@pytest.mark.parametrize(
    ("vendor", "prevent"),
    [(TENCENT, denied), (TENCENT, without_operator), (WECOM, denied)],
)
async def test_without_bookings_the_status_counts(
    empty: Home, vendor: str, prevent: Callable[[Home, str], None]
) -> None:
    """The vendor does not report bookings: there is nothing to wait for."""
    prevent(empty, vendor)
    await empty.add(vendor)
    await empty.live(10)
    assert empty.shown(vendor, ROOM[vendor], "availability") == "free"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_api_that_fails_is_waited_for_some_minutes(
    empty: Home, vendor: str
) -> None:
    """The next attempt may succeed; after a quarter of an hour the status counts."""
    empty.sim.faults.add(Fault(kind="http", vendor=vendor, api=API[vendor], status=500))
    await empty.add(vendor)
    await empty.live(60)
    assert empty.shown(vendor, ROOM[vendor], "availability") == STATE_UNKNOWN
    await empty.polls(40)
    assert empty.shown(vendor, ROOM[vendor], "availability") == "free"
    empty.sim.faults.clear()
    company = empty.sim.company
    company.book(vendor, ROOM[vendor], MORNING, MORNING + HOUR)
    await empty.polls(12)
    assert empty.shown(vendor, ROOM[vendor], "availability") == "booked"


async def test_a_linked_calendar_is_waited_for(empty: Home) -> None:
    """A room that is free at the vendor may be booked in the calendar."""
    calendar = OfficeCalendar("Beijing")
    calendar.events = [NOW]
    calendar.gate.clear()
    await add_entities(empty, "calendar", calendar)
    options = {**ALL_ROOMS, **linked(ROOM[QUANSHI], calendar="calendar.beijing")}
    entry = empty.entry(QUANSHI, options)
    await empty.hass.config_entries.async_setup(entry.entry_id)
    seen = states_of(empty, QUANSHI)
    assert empty.shown(QUANSHI, ROOM[QUANSHI], "availability") == STATE_UNKNOWN
    calendar.gate.set()
    await empty.settle()
    assert seen == ["booked"]


async def test_a_calendar_that_is_missing_delays_nothing(empty: Home) -> None:
    """The vendor's bookings are shown."""
    options = {**ALL_ROOMS, **linked(ROOM[TENCENT], calendar="calendar.missing")}
    await empty.add(TENCENT, options)
    await empty.live(10)
    assert empty.shown(TENCENT, ROOM[TENCENT], "availability") == "free"


async def test_a_calendar_that_appears_while_home_assistant_starts_is_waited_for(
    empty: Home,
) -> None:
    """Its integration may connect after this one."""
    calendar = OfficeCalendar("Beijing")
    calendar.events = [NOW]
    await add_entities(empty, "calendar", calendar)
    calendar.set_available(False)
    empty.hass.set_state(CoreState.starting)
    options = {**ALL_ROOMS, **linked(ROOM[QUANSHI], calendar="calendar.beijing")}
    await empty.add(QUANSHI, options)
    seen = states_of(empty, QUANSHI)
    assert empty.shown(QUANSHI, ROOM[QUANSHI], "availability") == STATE_UNKNOWN
    calendar.set_available(True)
    await empty.settle()
    assert seen == ["booked"]


async def test_a_missing_calendar_is_waited_for_until_home_assistant_has_started(
    empty: Home,
) -> None:
    """Then the bookings of the vendor are shown."""
    empty.hass.set_state(CoreState.starting)
    options = {**ALL_ROOMS, **linked(ROOM[QUANSHI], calendar="calendar.beijing")}
    await empty.add(QUANSHI, options)
    empty.hass.set_state(CoreState.running)
    empty.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await empty.settle()
    assert empty.shown(QUANSHI, ROOM[QUANSHI], "availability") == "free"


async def test_a_calendar_that_is_linked_later_does_not_hide_what_is_known(
    empty: Home,
) -> None:
    """The vendor's booking is shown while the calendar is read."""
    company, room = empty.sim.company, ROOM[TENCENT]
    company.book(TENCENT, room, MORNING - HOUR / 60, MORNING + HOUR)
    calendar = OfficeCalendar("Beijing")
    calendar.gate.clear()
    await add_entities(empty, "calendar", calendar)
    entry = await empty.add(TENCENT)
    await empty.live(10)
    seen = states_of(empty, TENCENT)
    options = {**ALL_ROOMS, **linked(room, calendar="calendar.beijing")}
    empty.hass.config_entries.async_update_entry(entry, options=options)
    while not calendar.reads:
        await empty.breathe()
    calendar.gate.set()
    await empty.live(10)
    assert seen == []
    assert empty.shown(TENCENT, room, "availability") == "booked"
