"""Test that a reload in the middle of a meeting loses nothing and repeats nothing."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any, Final, cast

import pytest

from homeassistant.const import (
    EVENT_HOMEASSISTANT_FINAL_WRITE,
    EVENT_HOMEASSISTANT_STARTED,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
)
from homeassistant.core import CoreState, Event, EventStateChangedData, State, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .home import ALL_ROOMS, LISTERS, MORNING, VENDORS, Home
from .offices import PresenceSensor, add_entities, change_options, linked
from .vendors import ROOM

MINUTE: Final = timedelta(minutes=1)
START: Final = MORNING + 30 * MINUTE
END: Final = START + 60 * MINUTE


class Meeting:
    """A booking of a room, and what the room shows."""

    def __init__(self, home: Home, vendor: str) -> None:
        """Book a room of a vendor that is neither booked nor used otherwise."""
        self.home, self.vendor, self.room = home, vendor, ROOM[vendor]
        company = home.sim.company
        company.clear_bookings(vendor)
        company.end_meeting(vendor, self.room)
        self.booking = company.book(vendor, self.room, START, END)
        self.events: list[str] = []
        self.states: list[str] = []
        self.entry: MockConfigEntry

    async def open(self, options: Mapping[str, Any] = ALL_ROOMS) -> None:
        """Add the account, and note all later states and events."""
        self.entry = await self.home.add(self.vendor, options)
        await self.home.live(60)

        @callback
        def note_state(event: Event[EventStateChangedData]) -> None:
            """Note a state."""
            self.states.append(cast(State, event.data["new_state"]).state)

        @callback
        def note_event(event: Event[EventStateChangedData]) -> None:
            """Note an event, or its restoration."""
            state = cast(State, event.data["new_state"])
            self.events.append(state.attributes.get("event_type") or state.state)

        for key, note in (("availability", note_state), ("meeting", note_event)):
            entity = self.home.entity(self.vendor, self.room, key)
            async_track_state_change_event(self.home.hass, entity.entity_id, note)

    async def reload(self) -> None:
        """Reload the account, and forget the states of before."""
        self.states.clear()
        self.events.clear()
        await self.home.restart(self.entry)
        await self.home.live(60)

    async def stop(self, until: datetime) -> None:
        """Unload the account until a moment."""
        await self.home.hass.config_entries.async_unload(self.entry.entry_id)
        await self.at(until)
        await self.home.start(self.entry)
        await self.home.live(60)

    async def stop_home_assistant(
        self, until: datetime, storage: dict[str, Any]
    ) -> None:
        """Stop until a moment with what is stored then: the account is not unloaded."""
        self.home.hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
        await self.home.settle()
        stored = deepcopy(storage)
        await self.home.hass.config_entries.async_unload(self.entry.entry_id)
        storage.update(stored)
        await self.at(until)
        await self.home.start(self.entry)
        await self.home.live(60)

    async def at(self, moment: datetime) -> None:
        """Advance to a moment in one step."""
        await self.home.pass_time((moment - dt_util.utcnow()).total_seconds())

    def shown(self, key: str) -> str:
        """Return the state of an entity."""
        return self.home.shown(self.vendor, self.room, key)


@pytest.fixture(params=VENDORS)
async def meeting(home: Home, request: pytest.FixtureRequest) -> Meeting:
    """Return a meeting at each vendor."""
    meeting = Meeting(home, request.param)
    await meeting.open()
    return meeting


@pytest.fixture(params=LISTERS)
async def listed(home: Home, request: pytest.FixtureRequest) -> Meeting:
    """Return a meeting at each vendor that reports the use of rooms itself."""
    meeting = Meeting(home, request.param)
    await meeting.open()
    return meeting


@pytest.fixture
async def sensor(home: Home) -> PresenceSensor:
    """Return a presence sensor of another integration."""
    sensor = PresenceSensor("Ceiling")
    await add_entities(home, "binary_sensor", sensor)
    return sensor


@pytest.fixture(params=VENDORS)
async def sensed(
    home: Home, sensor: PresenceSensor, request: pytest.FixtureRequest
) -> Meeting:
    """Return a meeting at each vendor that only a presence sensor sees."""
    meeting = Meeting(home, request.param)
    await meeting.open(
        {**ALL_ROOMS, **linked(meeting.room, presence=[sensor.entity_id])}
    )
    await meeting.at(START + MINUTE)
    sensor.show(True)
    await home.settle()
    return meeting


@pytest.mark.parametrize("minutes", [-5, 0, 5, 15, 50])
async def test_a_reload_repeats_no_event_and_shows_no_other_state(
    meeting: Meeting, minutes: int
) -> None:
    """The first state is the one of before."""
    for moment in (START - 10 * MINUTE, START, START + 10 * MINUTE):
        await meeting.at(min(moment, START + minutes * MINUTE))
    await meeting.at(START + minutes * MINUTE)
    before, last = meeting.shown("availability"), meeting.shown("meeting")
    no_shows = meeting.shown("no_shows")
    await meeting.reload()
    assert {*meeting.states} <= {STATE_UNAVAILABLE, STATE_UNKNOWN, before}
    assert meeting.shown("availability") == before
    assert meeting.shown("meeting") == last
    assert meeting.shown("no_shows") == no_shows


async def test_a_no_show_is_counted_once_over_several_reloads(meeting: Meeting) -> None:
    """Its booking is remembered."""
    await meeting.at(START)
    for minutes in (4, 9, 12, 20, 40):
        await meeting.at(START + minutes * MINUTE)
        await meeting.reload()
    assert meeting.shown("availability") == "no_show"
    assert meeting.shown("no_shows") == "1"
    await meeting.at(END)
    assert meeting.shown("no_shows") == "1"
    assert meeting.events[-1:] == ["ended"]


async def test_a_no_show_that_is_moved_counts_once_over_a_reload(
    meeting: Meeting,
) -> None:
    """It is moved while the account is not loaded."""
    await meeting.at(START)
    await meeting.at(START + 15 * MINUTE)
    meeting.home.sim.company.move_booking(
        meeting.vendor, meeting.booking.booking_id, start=START + 30 * MINUTE
    )
    await meeting.reload()
    assert meeting.shown("availability") != "no_show"
    await meeting.at(START + 30 * MINUTE)
    await meeting.at(START + 41 * MINUTE)
    assert meeting.shown("availability") == "no_show"
    assert meeting.shown("no_shows") == "1"


async def test_a_meeting_goes_on_after_a_reload(listed: Meeting) -> None:
    """It is known to run over, although its booking has ended meanwhile."""
    await listed.at(START)
    listed.home.sim.company.start_meeting(listed.vendor, listed.room, minutes=600)
    await listed.home.polls(1)
    await listed.reload()
    assert listed.shown("availability") == "in_use"
    await listed.stop(END + MINUTE)
    assert listed.shown("availability") == "running_over"
    await listed.reload()
    assert listed.shown("availability") == "running_over"


@pytest.mark.parametrize(
    ("moment", "state"),
    [(START + 20 * MINUTE, "in_use"), (END + MINUTE, "running_over")],
)
async def test_the_use_that_a_sensor_sees_goes_on_after_a_reload(
    sensed: Meeting, moment: datetime, state: str
) -> None:
    """The first state is the one of before, although the vendor reports no use."""
    await sensed.at(moment)
    assert sensed.shown("availability") == state
    await sensed.reload()
    assert {*sensed.states} <= {STATE_UNAVAILABLE, STATE_UNKNOWN, state}
    assert sensed.shown("availability") == state
    assert sensed.shown("utilization") == "100.0"
    assert sensed.shown("no_shows") == "0"


async def test_the_use_that_a_sensor_sees_goes_on_after_home_assistant_has_started(
    sensed: Meeting, sensor: PresenceSensor
) -> None:
    """The integration of the sensor may connect after this one."""
    hass = sensed.home.hass
    await hass.config_entries.async_unload(sensed.entry.entry_id)
    sensor.show(None, available=False)
    hass.set_state(CoreState.starting)
    await sensed.at(END + MINUTE)
    await sensed.home.start(sensed.entry)
    await sensed.home.live(60)
    assert sensed.shown("utilization") == STATE_UNKNOWN
    sensor.show(True)
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await sensed.home.settle()
    assert sensed.shown("availability") == "running_over"


async def test_a_sensor_that_does_not_appear_is_awaited_until_the_start_is_over(
    listed: Meeting,
) -> None:
    """Then the vendor's report alone counts."""
    hass, settings = listed.home.hass, linked(listed.room, presence=["binary_sensor.a"])
    change_options(listed.home, listed.entry, **settings)
    await listed.home.settle()
    hass.set_state(CoreState.starting)
    await listed.stop(START + 20 * MINUTE)
    assert listed.shown("utilization") == STATE_UNKNOWN
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await listed.home.settle()
    assert listed.shown("utilization") == "0.0"
    assert listed.shown("availability") == "no_show"


async def test_a_meeting_that_ended_early_is_remembered(listed: Meeting) -> None:
    """The five minutes are counted from before the reload."""
    await listed.at(START)
    listed.home.sim.company.start_meeting(listed.vendor, listed.room)
    await listed.home.polls(1)
    listed.home.sim.company.end_meeting(listed.vendor, listed.room)
    await listed.home.polls(1)
    left = dt_util.utcnow()
    await listed.reload()
    assert listed.shown("availability") == "booked"
    await listed.at(left + 5 * MINUTE)
    assert listed.shown("availability") == "ended_early"
    await listed.reload()
    assert listed.shown("availability") == "ended_early"
    assert "ended_early" not in listed.events[:-1]
    assert listed.shown("no_shows") == "0"


@pytest.mark.parametrize("minutes", [1, 30])
async def test_a_no_show_is_still_one_after_home_assistant_was_stopped(
    meeting: Meeting, hass_storage: dict[str, Any], minutes: int
) -> None:
    """Its booking is known since before, however long ago anything changed."""
    await meeting.at(START + 20 * MINUTE)
    assert meeting.shown("availability") == "no_show"
    await meeting.stop_home_assistant(START + (20 + minutes) * MINUTE, hass_storage)
    assert meeting.shown("availability") == "no_show"
    assert meeting.shown("no_shows") == "1"


async def test_a_booking_of_before_a_long_stop_is_a_no_show_at_its_time(
    meeting: Meeting,
) -> None:
    """The ten minutes begin with the booking, which was known before."""
    await meeting.stop(START + 7 * MINUTE)
    assert meeting.shown("availability") == "booked"
    await meeting.at(START + 10 * MINUTE)
    assert meeting.shown("availability") == "no_show"
    assert meeting.shown("no_shows") == "1"


async def test_a_booking_that_was_made_during_a_stop_has_its_ten_minutes(
    meeting: Meeting,
) -> None:
    """They begin when Home Assistant gets to know it."""
    meeting.home.sim.company.cancel_booking(meeting.vendor, meeting.booking.booking_id)
    await meeting.at(START - 5 * MINUTE)
    await meeting.home.live(60)
    meeting.home.sim.company.book(meeting.vendor, meeting.room, START, END)
    await meeting.stop(START + 20 * MINUTE)
    assert meeting.shown("availability") == "booked"
    await meeting.at(START + 29 * MINUTE)
    assert meeting.shown("availability") == "booked"
    await meeting.at(START + 31 * MINUTE)
    assert meeting.shown("availability") == "no_show"
    assert meeting.shown("no_shows") == "1"


async def test_what_happened_while_stopped_fires_no_event(meeting: Meeting) -> None:
    """It would come late, and at a wrong time."""
    await meeting.at(START)
    meeting.events.clear()
    await meeting.stop(END + MINUTE)
    meeting.home.sim.company.book(
        meeting.vendor, meeting.room, END + 60 * MINUTE, END + 90 * MINUTE
    )
    assert {*meeting.events} <= {"started", STATE_UNAVAILABLE, STATE_UNKNOWN}
    await meeting.home.live(600)
    assert meeting.events[-1:] == ["booked"]
