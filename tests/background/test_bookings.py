"""Test availability, bookings and meetings of rooms over time."""

from datetime import UTC, datetime, timedelta
from typing import Final, cast

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import Event, EventStateChangedData, State, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util

from ..home import MORNING, TENCENT, Home, permissions
from ..vendors import ROOM as ROOMS

MINUTE: Final = timedelta(minutes=1)
SECOND: Final = timedelta(seconds=1)
ROOM: Final = ROOMS[TENCENT]
START: Final = MORNING + 30 * MINUTE
END: Final = START + 60 * MINUTE


@pytest.fixture
async def booked(home: Home) -> Home:
    """Return a Home Assistant with one room that is booked once."""
    home.sim.company.clear_bookings(TENCENT)
    home.sim.company.end_meeting(TENCENT, ROOM)
    home.sim.company.book(TENCENT, ROOM, START, END, subject="Weekly", organizer="Li")
    await home.add(TENCENT)
    await home.live(60)
    return home


async def reach(home: Home, moment: datetime) -> None:
    """Advance the clock to a moment, in one step."""
    await home.pass_time((moment - dt_util.utcnow()).total_seconds())


async def reload(home: Home) -> None:
    """Reload the account."""
    for entry in home.hass.config_entries.async_entries(DOMAIN):
        await home.hass.config_entries.async_reload(entry.entry_id)
    await home.settle()


def availability(home: Home) -> str:
    """Return the availability of the room."""
    return home.shown(TENCENT, ROOM, "availability")


async def test_a_room_is_free_until_soon_before_its_booking(booked: Home) -> None:
    """The state changes at its second, without a poll."""
    assert availability(booked) == "free"
    assert booked.shown(TENCENT, ROOM, "until") == START.isoformat()
    await reach(booked, START - 10 * MINUTE)
    assert availability(booked) == "starting_soon"
    await reach(booked, START)
    assert availability(booked) == "booked"
    assert booked.shown(TENCENT, ROOM, "until") == END.isoformat()
    await reach(booked, START + 10 * MINUTE)
    assert availability(booked) == "no_show"
    assert booked.shown(TENCENT, ROOM, "no_shows") == "1"
    await reach(booked, END)
    assert availability(booked) == "free"


async def test_a_used_booking_ends_early_five_minutes_after_it_is_empty(
    booked: Home,
) -> None:
    """A room that was used during its booking is no no-show."""
    await reach(booked, START)
    booked.sim.company.start_meeting(TENCENT, ROOM, minutes=120)
    await booked.polls(1)
    assert availability(booked) == "in_use"
    booked.sim.company.end_meeting(TENCENT, ROOM)
    await booked.polls(1)
    emptied = dt_util.utcnow()
    assert availability(booked) == "booked"
    await reach(booked, emptied + 5 * MINUTE)
    assert availability(booked) == "ended_early"
    assert booked.shown(TENCENT, ROOM, "until") == STATE_UNKNOWN
    assert booked.shown(TENCENT, ROOM, "no_shows") == "0"


async def test_a_meeting_that_goes_on_after_its_booking_runs_over(booked: Home) -> None:
    """Use that began without a booking is something else."""
    booked.sim.company.start_meeting(TENCENT, ROOM, minutes=300)
    await booked.polls(1)
    assert availability(booked) == "unbooked_use"
    await reach(booked, START)
    assert availability(booked) == "in_use"
    await reach(booked, END)
    assert availability(booked) == "running_over"
    assert booked.shown(TENCENT, ROOM, "until") == STATE_UNKNOWN
    booked.sim.company.end_meeting(TENCENT, ROOM)
    await booked.polls(1)
    assert availability(booked) == "free"


async def test_the_calendar_shows_when_the_room_is_booked(booked: Home) -> None:
    """With the default options a booking has no title, and its status is confirmed."""
    calendar = booked.state(TENCENT, ROOM, "bookings")
    assert calendar.state == STATE_OFF
    assert calendar.attributes["message"] == "Booked"
    await reach(booked, START)
    assert booked.shown(TENCENT, ROOM, "bookings") == STATE_ON
    response = await booked.hass.services.async_call(
        "calendar",
        "get_events",
        {
            "entity_id": calendar.entity_id,
            "start_date_time": START,
            "end_date_time": END,
        },
        blocking=True,
        return_response=True,
    )
    assert response == {
        calendar.entity_id: {
            "events": [
                {
                    "start": dt_util.as_local(START).isoformat(),
                    "end": dt_util.as_local(END).isoformat(),
                    "summary": "Booked",
                    "location": calendar.attributes["location"],
                    "status": "confirmed",
                }
            ]
        }
    }
    await reach(booked, END)
    assert booked.shown(TENCENT, ROOM, "bookings") == STATE_OFF


async def test_meetings_fire_events_at_their_times(booked: Home) -> None:
    """Attributes are the times only, because Home Assistant stores them."""
    fired: list[State] = []
    entity_id = booked.entity(TENCENT, ROOM, "meeting").entity_id

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        """Note a state."""
        fired.append(cast(State, event.data["new_state"]))

    async_track_state_change_event(booked.hass, entity_id, note)
    await reach(booked, START)
    await reach(booked, START + 10 * MINUTE)
    booked.sim.company.start_meeting(TENCENT, ROOM)
    await booked.polls(1)
    booked.sim.company.end_meeting(TENCENT, ROOM)
    await booked.polls(1)
    await booked.pass_time(300)
    await reach(booked, END)
    assert [
        (each.attributes["event_type"], each.attributes["start"]) for each in fired
    ] == [
        ("started", START.isoformat()),
        ("no_show", START.isoformat()),
        ("ended_early", START.isoformat()),
        ("ended", START.isoformat()),
    ]


async def test_new_and_cancelled_bookings_fire_events(booked: Home) -> None:
    """Bookings that were known at the start fire none."""
    assert booked.shown(TENCENT, ROOM, "meeting") == STATE_UNKNOWN
    later = END + 120 * MINUTE
    booking = booked.sim.company.book(TENCENT, ROOM, later, later + 30 * MINUTE)
    await booked.live(560)
    state = booked.state(TENCENT, ROOM, "meeting")
    assert state.attributes["event_type"] == "booked"
    assert state.attributes["start"] == later.isoformat()
    booked.sim.company.cancel_booking(TENCENT, booking.booking_id)
    await booked.live(560)
    state = booked.state(TENCENT, ROOM, "meeting")
    assert state.attributes["event_type"] == "cancelled"


@pytest.mark.parametrize("minutes", [8, 12])
async def test_a_reload_in_a_booking_loses_nothing(booked: Home, minutes: int) -> None:
    """A no-show is counted once, at its time."""
    await reach(booked, START + minutes * MINUTE)
    await reload(booked)
    await booked.live(10)
    await reach(booked, START + 13 * MINUTE)
    assert availability(booked) == "no_show"
    assert booked.shown(TENCENT, ROOM, "no_shows") == "1"


async def test_a_reload_remembers_that_a_booking_was_used(booked: Home) -> None:
    """Otherwise the empty room would be a no-show."""
    await reach(booked, START)
    booked.sim.company.start_meeting(TENCENT, ROOM)
    await booked.polls(1)
    booked.sim.company.end_meeting(TENCENT, ROOM)
    await booked.polls(1)
    await reload(booked)
    await booked.live(10)
    await reach(booked, START + 20 * MINUTE)
    assert availability(booked) == "ended_early"


async def test_maintenance_hides_problems_and_no_shows(booked: Home) -> None:
    """The switch survives a reload."""
    switch = booked.entity(TENCENT, ROOM, "maintenance").entity_id
    booked.sim.company.change(TENCENT, ROOM, camera=False)
    await booked.live(310)
    assert booked.shown(TENCENT, ROOM, "problem") == STATE_ON
    await booked.hass.services.async_call(
        "switch", "turn_on", {"entity_id": switch}, blocking=True
    )
    await booked.settle()
    await reload(booked)
    await booked.live(10)
    await reach(booked, START + 11 * MINUTE)
    assert booked.shown(TENCENT, ROOM, "maintenance") == STATE_ON
    assert booked.shown(TENCENT, ROOM, "problem") == STATE_UNKNOWN
    assert booked.shown(TENCENT, ROOM, "not_ready") == STATE_UNKNOWN
    assert booked.shown(TENCENT, ROOM, "no_shows") == "0"
    await booked.hass.services.async_call(
        "switch", "turn_off", {"entity_id": switch}, blocking=True
    )
    await booked.settle()
    assert booked.shown(TENCENT, ROOM, "problem") == STATE_ON


async def test_a_no_show_under_maintenance_is_not_counted_later(booked: Home) -> None:
    """It fires no event either; the next one does."""
    later = END + 30 * MINUTE
    booked.sim.company.book(TENCENT, ROOM, later, later + 60 * MINUTE)
    switch = {"entity_id": booked.entity(TENCENT, ROOM, "maintenance").entity_id}
    services = booked.hass.services
    await booked.live(560)
    await services.async_call("switch", "turn_on", switch, blocking=True)
    await reach(booked, START)
    await reach(booked, START + 10 * MINUTE)
    assert availability(booked) == "no_show"
    await services.async_call("switch", "turn_off", switch, blocking=True)
    await booked.polls(2)
    assert availability(booked) == "no_show"
    assert booked.shown(TENCENT, ROOM, "no_shows") == "0"
    event = booked.state(TENCENT, ROOM, "meeting").attributes
    assert event["event_type"] == "started"
    await reach(booked, later)
    await reach(booked, later + 10 * MINUTE)
    assert booked.shown(TENCENT, ROOM, "no_shows") == "1"


async def test_a_room_is_not_ready_from_fifteen_minutes_before_its_booking(
    booked: Home,
) -> None:
    """The reason is the worst problem; after the booking the room is ready again."""
    booked.sim.company.change(TENCENT, ROOM, microphone=False, camera=False)
    await booked.live(310)
    assert booked.shown(TENCENT, ROOM, "not_ready") == STATE_OFF
    assert booked.shown(TENCENT, ROOM, "not_ready_reason") == "none"
    await reach(booked, START - 15 * MINUTE)
    assert booked.shown(TENCENT, ROOM, "not_ready") == STATE_ON
    assert booked.shown(TENCENT, ROOM, "not_ready_reason") == "camera"
    await reach(booked, END)
    assert booked.shown(TENCENT, ROOM, "not_ready") == STATE_OFF


async def test_without_the_permission_only_the_status_counts(booked: Home) -> None:
    """A repair issue names the API; the bookings are unknown until it is permitted again."""
    permissions(booked, TENCENT).revoke("meetings")
    await booked.live(600)
    assert availability(booked) == "free"
    assert booked.shown(TENCENT, ROOM, "until") == STATE_UNKNOWN
    assert booked.shown(TENCENT, ROOM, "bookings") == STATE_UNAVAILABLE
    assert "permission_room_bookings" in booked.issues()
    await reach(booked, START)
    assert availability(booked) == "free"
    permissions(booked, TENCENT).grant()
    await booked.pass_time(3600)
    await booked.live(60)
    assert "permission_room_bookings" not in booked.issues()
    assert booked.shown(TENCENT, ROOM, "bookings") == STATE_OFF


async def test_without_an_operator_a_room_has_no_entities_of_bookings(
    home: Home,
) -> None:
    """They cannot be fetched without one."""
    home.sim.accounts.tencent_meeting.operator_required = False
    entry = home.entry(TENCENT)
    data = {key: each for key, each in entry.data.items() if key != "operator_id"}
    home.hass.config_entries.async_update_entry(entry, data=data)
    await home.start(entry)
    await home.live(60)
    found = {each for each in home.all_entities() if f"_{ROOM}_" in each}
    prefix = home.unique_id(TENCENT, ROOM, "")
    assert f"{prefix}availability" in found
    assert f"{prefix}maintenance" in found
    assert f"{prefix}until" not in found
    assert f"{prefix}bookings" not in found


async def test_the_account_counts_free_rooms_and_no_shows(booked: Home) -> None:
    """Free is free or starting soon."""
    company = booked.sim.company
    for room in company.tencent_meeting:
        company.change(TENCENT, str(room.room_id), status=4)
    company.change(TENCENT, ROOM, status=2)
    await booked.polls(1)
    assert booked.shown(TENCENT, "rooms_free") == "1"
    assert booked.shown(TENCENT, "utilization") == "0.0"
    await reach(booked, START)
    assert booked.shown(TENCENT, "rooms_free") == "0"
    await reach(booked, START + 10 * MINUTE)
    assert booked.shown(TENCENT, "no_shows") == "1"


async def test_a_booking_within_another_fires_its_events(booked: Home) -> None:
    """They fire at their times, although no state of the room changes."""
    within = START + 20 * MINUTE
    booked.sim.company.start_meeting(TENCENT, ROOM, minutes=300)
    booked.sim.company.book(TENCENT, ROOM, within, within + 10 * MINUTE)
    await booked.live(560)
    await reach(booked, START)
    await reach(booked, within)
    event = booked.state(TENCENT, ROOM, "meeting").attributes
    assert (event["event_type"], event["start"]) == ("started", within.isoformat())
    await reach(booked, within + 10 * MINUTE)
    event = booked.state(TENCENT, ROOM, "meeting").attributes
    assert (event["event_type"], event["start"]) == ("ended", within.isoformat())


async def test_a_booking_in_the_hour_that_is_repeated_in_autumn_is_right(
    home: Home,
) -> None:
    """By the clock on the wall, it ends before its start."""
    await home.hass.config.async_set_time_zone("Europe/Berlin")
    night = datetime(2026, 10, 25, tzinfo=UTC)
    home.clock.move_to(night)
    home.sim.company.end_meeting(TENCENT, ROOM)
    start, end = night + 30 * MINUTE, night + 70 * MINUTE
    home.sim.company.book(TENCENT, ROOM, start, end)
    await home.add(TENCENT)
    await home.live(30)
    seen = []
    for moment in (start - SECOND, start, end - SECOND, end):
        await reach(home, moment)
        seen.append((availability(home), home.shown(TENCENT, ROOM, "bookings")))
    assert seen == [
        ("starting_soon", "off"),
        ("booked", "on"),
        ("no_show", "on"),
        ("free", "off"),
    ]
