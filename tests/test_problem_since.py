"""Test since when a room has its problem."""

from collections.abc import Mapping
from datetime import datetime, timedelta
import json
from typing import Any, Final

import pytest

from homeassistant.const import STATE_UNKNOWN
from homeassistant.util import dt as dt_util
from simulator import Fault
from simulator.vendors.room_rows import controller_row

from .home import LISTERS, TENCENT, Home
from .vendors import ROOM

HEALTHY: Final[Mapping[str, Any]] = {
    "status": 2,
    "camera": True,
    "microphone": True,
    "speaker": True,
    "health_status": "OK",
    "alarms": [],
}
UPDATE: Final = 330
"""The seconds within which every list of an account is fetched again."""


def change(home: Home, vendor: str = TENCENT, **values: Any) -> None:
    """Change what a vendor reports of a room that has no other problem."""
    home.sim.company.change(vendor, ROOM[vendor], **{**HEALTHY, **values})


def since(home: Home, vendor: str = TENCENT) -> datetime | None:
    """Return since when the room has its problem."""
    return dt_util.parse_datetime(home.shown(vendor, ROOM[vendor], "problem_since"))


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize(
    "problem", [{"status": 4}, {"camera": False}, {"health_status": "ERROR"}]
)
async def test_the_time_of_a_problem_is_kept_over_a_restart(
    home: Home, vendor: str, problem: dict[str, Any]
) -> None:
    """It is that of the first report, and unknown again without a problem."""
    change(home, vendor)
    entry = await home.add(vendor)
    await home.live(UPDATE)
    assert home.shown(vendor, ROOM[vendor], "problem_since") == STATE_UNKNOWN
    changed = dt_util.utcnow()
    change(home, vendor, **problem)
    await home.live(UPDATE)
    began = since(home, vendor)
    assert began is not None
    assert changed < began <= changed + timedelta(seconds=UPDATE)
    await home.hass.config_entries.async_unload(entry.entry_id)
    await home.pass_time(3600)
    await home.start(entry)
    await home.live(UPDATE)
    assert since(home, vendor) == began
    change(home, vendor)
    await home.live(UPDATE)
    assert since(home, vendor) is None


async def test_each_problem_of_a_room_has_its_own_time(home: Home) -> None:
    """The time is that of the worst one; the others keep theirs."""
    change(home, microphone=False)
    await home.add(TENCENT)
    await home.live(UPDATE)
    first = since(home)
    change(home, microphone=False, camera=False)
    await home.live(UPDATE)
    worse = since(home)
    change(home, microphone=False)
    await home.live(UPDATE)
    assert first is not None
    assert worse is not None
    assert first < worse
    assert since(home) == first


async def test_the_time_begins_anew_after_maintenance(home: Home) -> None:
    """Until then the room has no problem that is reported."""
    change(home, status=4)
    await home.add(TENCENT)
    await home.live(60)
    switch = {"entity_id": home.entity(TENCENT, ROOM[TENCENT], "maintenance").entity_id}
    await home.hass.services.async_call("switch", "turn_on", switch, blocking=True)
    await home.live(600)
    assert since(home) is None
    ended = dt_util.utcnow()
    await home.hass.services.async_call("switch", "turn_off", switch, blocking=True)
    await home.live(60)
    assert since(home) == ended


@pytest.mark.parametrize("status", [502, 403])
async def test_the_time_is_kept_while_the_controllers_are_unknown(
    home: Home, status: int
) -> None:
    """A controller of which nothing is known is not online."""
    room, controller = next(
        (each, each.properties.controller)
        for each in home.sim.company.rooms_of(TENCENT)
        if each.properties.controller is not None
    )
    room.change(**HEALTHY)
    row = controller_row(room, controller) | {"status": "0"}
    page = {"controller_info_list": [row], "total_count": 1, "total_page": 1}
    offline = Fault("http", TENCENT, "controllers", status=200, body=json.dumps(page))
    home.sim.faults.add(offline)
    await home.add(TENCENT)
    await home.live(UPDATE)
    began = home.shown(TENCENT, room.room_id, "problem_since")
    assert began != STATE_UNKNOWN
    home.sim.faults.remove(offline)
    outage = home.sim.faults.add(Fault("http", TENCENT, "controllers", status=status))
    await home.live(1800)
    home.sim.faults.remove(outage)
    home.sim.faults.add(offline)
    await home.live(2 * UPDATE)
    assert home.shown(TENCENT, room.room_id, "problem_since") == began
