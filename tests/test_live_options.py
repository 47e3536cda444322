"""Test that the options of bookings take effect at once, and what counts as not ready."""

from datetime import timedelta
import json
from typing import Final

import pytest

from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNKNOWN
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from simulator import Fault
from simulator.vendors.room_rows import controller_row

from .home import MORNING, TENCENT, Home
from .offices import (
    PresenceSensor,
    add_entities,
    change_options,
    linked,
    move,
    move_room,
)
from .vendors import OTHER_ROOM, ROOM as ROOMS, VENDOR_TABLE

MINUTE: Final = timedelta(minutes=1)
ROOM: Final = ROOMS[TENCENT]
START: Final = MORNING + 30 * MINUTE
END: Final = START + 240 * MINUTE


@pytest.fixture
async def sensors(home: Home) -> tuple[PresenceSensor, PresenceSensor]:
    """Return two presence sensors of another integration."""
    sensors = PresenceSensor("Beijing"), PresenceSensor("Shanghai")
    await add_entities(home, "binary_sensor", *sensors)
    return sensors


@pytest.fixture
async def entry(
    home: Home, sensors: tuple[PresenceSensor, PresenceSensor]
) -> MockConfigEntry:
    """Return an account with a room that is booked for four hours, and nothing else."""
    home.sim.company.clear_bookings(TENCENT)
    home.sim.company.change(TENCENT, ROOM, status=2)
    home.sim.company.book(TENCENT, ROOM, START, END)
    entry = await home.add(TENCENT)
    await home.live(10)
    return entry


async def at(home: Home, minutes: float) -> None:
    """Advance to some minutes after the start of the booking, in one step."""
    moment = START + minutes * MINUTE
    await home.pass_time((moment - dt_util.utcnow()).total_seconds())


def availability(home: Home) -> str:
    """Return the availability of the room."""
    return home.shown(TENCENT, ROOM, "availability")


async def test_times_take_effect_at_once(home: Home, entry: MockConfigEntry) -> None:
    """The account is not loaded again, and no vendor is asked."""
    coordinator = entry.runtime_data
    await at(home, -20)
    assert availability(home) == "free"
    change_options(home, entry, soon_minutes=20)
    await home.settle()
    assert availability(home) == "starting_soon"
    change_options(home, entry, soon_minutes=19)
    await home.settle()
    assert availability(home) == "free"
    await at(home, 20)
    assert availability(home) == "booked"
    change_options(home, entry, no_show_exempt_hours=5)
    await home.settle()
    assert availability(home) == "no_show"
    change_options(home, entry, no_show_minutes=30)
    await home.settle()
    assert availability(home) == "booked"
    await at(home, 30)
    assert availability(home) == "no_show"
    assert home.shown(TENCENT, ROOM, "no_shows") == "1"
    assert entry.runtime_data is coordinator


async def test_presence_in_the_area_is_evidence_while_the_option_is_on(
    home: Home, entry: MockConfigEntry, sensors: tuple[PresenceSensor, PresenceSensor]
) -> None:
    """Two rooms in an area have none; a sensor of the room replaces those of the area."""
    sensor, other = sensors
    move_room(home, entry, ROOM, "West")
    move(home, sensor, "West")
    await home.live(5)
    sensor.show(True)
    await home.settle()
    assert availability(home) == "unbooked_use"
    change_options(home, entry, area_presence=False)
    await home.settle()
    assert availability(home) == "free"
    change_options(home, entry, area_presence=True)
    await home.settle()
    assert availability(home) == "unbooked_use"
    move_room(home, entry, OTHER_ROOM[TENCENT], "West")
    await home.live(5)
    assert availability(home) == "free"
    change_options(home, entry, **linked(ROOM, presence=[other.entity_id]))
    other.show(True)
    await home.settle()
    assert availability(home) == "unbooked_use"
    home.entities.async_update_entity(
        other.entity_id, new_entity_id="binary_sensor.renamed"
    )
    await home.live(5)
    assert availability(home) == "unbooked_use"
    home.entities.async_remove("binary_sensor.renamed")
    await home.live(310)
    assert availability(home) == "free"
    assert "linked_presence_missing" in home.issues()


async def test_a_sensor_that_is_unavailable_is_no_evidence(
    home: Home, entry: MockConfigEntry, sensors: tuple[PresenceSensor, PresenceSensor]
) -> None:
    """The use of an offline room is then not known, so that it is no no-show."""
    home.sim.company.change(TENCENT, ROOM, status=4)
    sensor, _ = sensors
    change_options(
        home,
        entry,
        no_show_exempt_hours=24,
        **linked(ROOM, presence=[sensor.entity_id]),
    )
    await home.polls(1)
    assert availability(home) == "free"
    sensor.show(None, available=False)
    await home.settle()
    assert availability(home) == "offline"
    await at(home, 20)
    assert availability(home) == "booked"
    sensor.show(False)
    await home.settle()
    assert availability(home) == "no_show"


async def test_the_briefest_presence_counts_as_use(
    home: Home, entry: MockConfigEntry, sensors: tuple[PresenceSensor, PresenceSensor]
) -> None:
    """The sensor is off again before the room is observed."""
    sensor, _ = sensors
    change_options(
        home,
        entry,
        no_show_exempt_hours=24,
        **linked(ROOM, presence=[sensor.entity_id]),
    )
    await at(home, 5)
    assert availability(home) == "booked"
    sensor.show(True)
    sensor.show(False)
    await home.settle()
    await at(home, 10)
    assert availability(home) == "ended_early"
    await at(home, 20)
    assert availability(home) == "ended_early"
    assert home.shown(TENCENT, ROOM, "no_shows") == "0"


async def test_every_hour_counts_after_the_office_hours_were_removed(
    home: Home, entry: MockConfigEntry
) -> None:
    """The repair issue stays until another entity is chosen."""
    home.hass.states.async_set("schedule.office", "off")
    change_options(home, entry, office_hours="schedule.office")
    await home.settle()
    assert home.shown(TENCENT, ROOM, "utilization") == STATE_UNKNOWN
    home.hass.states.async_remove("schedule.office")
    await home.live(310)
    assert home.shown(TENCENT, ROOM, "utilization") == "0.0"
    assert "office_hours_missing" in home.issues()


async def test_an_offline_controller_speaks_against_a_booked_room(home: Home) -> None:
    """The room has no problem otherwise."""
    vendor, room, company = TENCENT, OTHER_ROOM[TENCENT], home.sim.company
    company.clear_bookings(vendor)
    company.change(
        vendor,
        room,
        status=2,
        health_status="OK",
        camera=True,
        microphone=True,
        speaker=True,
        alarms=[],
    )
    controller = company.room(vendor, room).properties.controller
    assert controller is not None
    row = controller_row(company.room(vendor, room), controller) | {"status": "0"}
    page = VENDOR_TABLE[vendor].last_page([])
    del page["meeting_room_list"]
    page |= {"controller_info_list": [row], "total_count": 1, "total_page": 1}
    api = VENDOR_TABLE[vendor].apis["controllers"]
    body = json.dumps(page)
    home.sim.faults.add(
        Fault(kind="http", vendor=vendor, api=api, status=200, body=body)
    )
    company.book(vendor, room, START, END)
    await home.add(vendor)
    await home.live(320)
    assert home.shown(vendor, room, "not_ready") == STATE_OFF
    await at(home, -15)
    assert home.shown(vendor, room, "problem") == STATE_OFF
    assert home.shown(vendor, room, "not_ready") == STATE_ON
    assert home.shown(vendor, room, "not_ready_reason") == "controller_offline"
    assert int(home.shown(vendor, "rooms_not_ready")) >= 1
    switch = home.entity(vendor, room, "maintenance").entity_id
    await home.hass.services.async_call(
        "switch", "turn_on", {"entity_id": switch}, blocking=True
    )
    await home.settle()
    assert home.shown(vendor, room, "not_ready") == STATE_UNKNOWN
