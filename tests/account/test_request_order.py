"""Test that a late response replaces no newer bookings."""

from datetime import timedelta
from typing import Final

import pytest

from homeassistant.components.calendar import CalendarEntity
from homeassistant.core import Event
from simulator import Fault
from tests.desk import READ_API, ROOM, Desk
from tests.home import LISTERS, MORNING, TENCENT, TICK, WECOM, Home

HOUR: Final = timedelta(hours=1)
NEXT_WEEK: Final = MORNING.replace(minute=0) + timedelta(days=7)


@pytest.fixture
def desk(home: Home) -> Desk:
    """Return a person who books rooms."""
    return Desk(home)


async def hold_background(desk: Desk, vendor: str) -> Fault:
    """Wait until bookings are requested in the background, and hold the response."""
    room_id = {TENCENT: ROOM[TENCENT], WECOM: None}[vendor]
    fault = Fault("hold", vendor, READ_API[vendor], room_id, times=1)
    desk.home.sim.faults.add(fault)
    while not fault.used:
        desk.home.clock.tick(TICK)
        desk.home.fire_time()
        await desk.home.wait_until_idle()
    return fault


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("writes", [["book"], ["book", "release"]])
async def test_a_response_from_before_a_write_does_not_undo_it(
    desk: Desk, vendor: str, writes: list[str]
) -> None:
    """The board stays as the write left it, and no event is fired."""
    await desk.home.hass.config.async_set_time_zone("Asia/Shanghai")
    await desk.open(vendor)
    if "release" in writes:
        await desk.book(vendor, duration="02:00")
    fault = await hold_background(desk, vendor)
    await getattr(desk, writes[-1])(vendor)
    shown = desk.availability(vendor)
    assert shown == {"book": "booked", "release": "free"}[writes[-1]]
    events: list[Event] = []
    meeting = desk.home.entity(vendor, ROOM[vendor], "meeting").entity_id
    desk.home.hass.bus.async_listen("state_changed", events.append)
    desk.home.sim.faults.remove(fault)
    await desk.home.settle()
    assert desk.availability(vendor) == shown
    await desk.home.live(30)
    assert desk.availability(vendor) == shown
    assert [each for each in events if each.data["entity_id"] == meeting] == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_calendar_does_not_keep_a_response_from_before_a_write(
    desk: Desk, vendor: str
) -> None:
    """The bookings of another week are kept for some minutes."""
    await desk.open(vendor)
    entity_id = desk.home.entity(vendor, ROOM[vendor], "bookings").entity_id
    entity: CalendarEntity = desk.home.hass.data["calendar"].get_entity(entity_id)
    day = NEXT_WEEK, NEXT_WEEK + 3 * HOUR
    fault = desk.home.sim.faults.add(Fault("hold", vendor, READ_API[vendor], times=1))
    shown = desk.home.hass.async_create_task(
        entity.async_get_events(desk.home.hass, *day)
    )
    while not fault.used:
        await desk.home.breathe()
    await desk.book(vendor, start=NEXT_WEEK, duration="01:00")
    desk.home.sim.faults.remove(fault)
    assert await shown == []
    assert len(await entity.async_get_events(desk.home.hass, *day)) == 1
