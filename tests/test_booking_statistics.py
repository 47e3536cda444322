"""Test the statistics of a day with a real recorder, over midnight."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest

from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)

from .home import ALL_ROOMS, TENCENT, Home
from .vendors import ROOM as ROOMS

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
ROOM: Final = ROOMS[TENCENT]
EVENING: Final = datetime(2026, 3, 17, 14, 0, tzinfo=UTC)
"""22:00 in Shanghai."""
MIDNIGHT: Final = EVENING + 2 * HOUR
OFFICE: Final = "input_boolean.office"


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company."""
    return 2


@pytest.fixture
def recorder_config() -> dict[str, Any]:
    """Let the recorder write many states at once."""
    return {"commit_interval": 600}


class Day:
    """An account whose room is used, and its statistics."""

    def __init__(self, home: Home) -> None:
        """Start without an account."""
        self.home = home

    async def open(self, **options: object) -> None:
        """Add an account at 22:00, whose room is free."""
        home, company = self.home, self.home.sim.company
        await home.hass.config.async_set_time_zone("Asia/Shanghai")
        home.clock.move_to(EVENING - MINUTE)
        company.clear_bookings(TENCENT)
        for each in company.tencent_meeting:
            company.change(TENCENT, str(each.room_id), status=4)
        company.change(TENCENT, ROOM, status=2)
        await home.add(TENCENT, {**ALL_ROOMS, **options})
        await home.live(10)
        await self.at(EVENING)

    async def at(self, moment: datetime) -> None:
        """Advance to a moment in one step."""
        await self.home.pass_time((moment - dt_util.utcnow()).total_seconds())

    async def use(self, start: datetime, end: datetime) -> None:
        """Use the room for some time."""
        for moment, status in ((start, 3), (end, 2)):
            await self.at(moment - timedelta(seconds=30))
            self.home.sim.company.change(TENCENT, ROOM, status=status)
            await self.at(moment)

    async def means(self, period: Any, *parts: str) -> dict[datetime, float]:
        """Return the mean of an entity in each hour or day, as of now."""
        hass = self.home.hass
        await async_wait_recording_done(hass)
        for start in _fives(EVENING, dt_util.utcnow()):
            do_adhoc_statistics(hass, start=start)
        await async_wait_recording_done(hass)
        entity_id = self.home.entity(TENCENT, *parts).entity_id
        found = await get_instance(hass).async_add_executor_job(
            statistics_during_period,
            hass,
            EVENING,
            None,
            {entity_id},
            period,
            None,
            {"mean"},
        )
        return {
            dt_util.utc_from_timestamp(row["start"]): round(row["mean"] or 0.0, 1)
            for row in found.get(entity_id, [])
        }


def _fives(start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield every five minutes that are over."""
    while start + 5 * MINUTE <= end:
        yield start
        start += 5 * MINUTE


async def test_the_mean_is_the_utilization_of_hours_and_days(
    recorder_mock: Recorder, home: Home
) -> None:
    """A meeting across midnight counts for both days."""
    day = Day(home)
    await day.open()
    await day.use(EVENING + 15 * MINUTE, EVENING + 45 * MINUTE)
    await day.use(MIDNIGHT - 20 * MINUTE, MIDNIGHT + 40 * MINUTE)
    await day.at(MIDNIGHT + HOUR)
    assert await day.means("hour", ROOM, "utilization") == pytest.approx(
        {
            EVENING: 50,
            EVENING + HOUR: 100 / 3,
            MIDNIGHT: 200 / 3,
        },
        abs=1,
    )
    days = await day.means("day", ROOM, "utilization")
    assert [*days.values()] == pytest.approx([41.7, 66.7], abs=1)
    assert (await day.means("hour", "utilization"))[EVENING] == pytest.approx(50, abs=1)


async def test_only_office_hours_count(recorder_mock: Recorder, home: Home) -> None:
    """Hours outside of them have no value, and others only their part within."""
    home.hass.states.async_set(OFFICE, "on")
    day = Day(home)
    await day.open(office_hours=OFFICE)
    await day.use(EVENING + 10 * MINUTE, EVENING + 25 * MINUTE)
    await day.at(EVENING + 30 * MINUTE - timedelta(seconds=1))
    home.hass.states.async_set(OFFICE, "off")
    await home.settle()
    await day.use(EVENING + 40 * MINUTE, EVENING + 100 * MINUTE)
    await day.at(MIDNIGHT)
    assert await day.means("hour", ROOM, "utilization") == pytest.approx(
        {EVENING: 50}, abs=1
    )
    assert await day.means("hour", "utilization") == pytest.approx({EVENING: 50}, abs=1)
    home.hass.states.async_set(OFFICE, "on")
    await home.settle()
    assert home.shown(TENCENT, ROOM, "utilization") == "0.0"


async def test_no_shows_are_summed_up(recorder_mock: Recorder, home: Home) -> None:
    """Also over midnight and a reload."""
    day = Day(home)
    starts = (EVENING + 10 * MINUTE, EVENING + 70 * MINUTE, MIDNIGHT - 5 * MINUTE)
    await day.open()
    for start in starts:
        home.sim.company.book(TENCENT, ROOM, start, start + 30 * MINUTE)
    await home.live(600)
    for start in starts:
        await day.at(start)
        await day.at(start + 10 * MINUTE)
    (entry,) = home.hass.config_entries.async_loaded_entries("meeting_rooms")
    await home.hass.config_entries.async_reload(entry.entry_id)
    await home.settle()
    await day.at(MIDNIGHT + HOUR)
    await async_wait_recording_done(home.hass)
    for start in _fives(EVENING, dt_util.utcnow()):
        do_adhoc_statistics(home.hass, start=start)
    await async_wait_recording_done(home.hass)
    ids = {
        home.entity(TENCENT, ROOM, "no_shows").entity_id,
        home.entity(TENCENT, "no_shows").entity_id,
    }
    found = await get_instance(home.hass).async_add_executor_job(
        statistics_during_period,
        home.hass,
        EVENING,
        None,
        ids,
        "hour",
        None,
        {"sum", "state"},
    )
    assert {each: rows[-1]["sum"] for each, rows in found.items()} == dict.fromkeys(
        ids, 3.0
    )
