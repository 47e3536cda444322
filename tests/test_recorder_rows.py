"""Count the rows that an office day adds to the recorder's database."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Final

from freezegun.api import FrozenDateTimeFactory
import pytest

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from simulator import Simulator

from .home import MORNING, POLL, TENCENT, Home, chosen

DAY: Final = timedelta(hours=10)
MOST_ROWS: Final = 300
"""For each room and office day."""


@pytest.fixture
async def sim(
    clock: FrozenDateTimeFactory, socket_enabled: None
) -> AsyncIterator[Simulator]:
    """Return vendors with so many rooms that a meeting lasts forty minutes, and which go on."""
    clock.move_to(MORNING - timedelta(hours=2))
    async with Simulator(rooms=120, seed=1, speed=1) as simulator:
        yield simulator


@pytest.fixture
def home(hass: HomeAssistant, sim: Simulator, clock: FrozenDateTimeFactory) -> Home:
    """Return a Home Assistant with the bookings of the office's plan."""
    return Home(hass, sim, clock)


@pytest.mark.timeout(180)
async def test_a_room_adds_at_most_three_hundred_rows_in_an_office_day(
    home: Home,
) -> None:
    """Each change of a state is a row; most of them are processor load and meetings."""
    room_ids = home.sim.company.tencent_meeting.ids[:4]
    await home.add(TENCENT, chosen(*room_ids))
    await home.live(60)
    rooms = {
        entity.entity_id: room_id
        for room_id in room_ids
        for unique_id, entity in home.all_entities().items()
        if unique_id.startswith(home.unique_id(TENCENT, room_id, ""))
    }
    rows: Counter[str] = Counter()

    @callback
    def count(event: Event[EventStateChangedData]) -> None:
        """Count the row of a room."""
        rows[rooms[event.data["entity_id"]]] += 1

    async_track_state_change_event(home.hass, rooms, count)
    await home.polls(int(DAY / timedelta(seconds=POLL)))
    assert len(rows) == len(room_ids)
    assert max(rows.values()) <= MOST_ROWS
