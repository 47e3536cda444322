"""Count what an account of many rooms costs: requests, written states, called followers. Never seconds."""

import asyncio
from collections import Counter
from functools import partial
from itertools import pairwise
from typing import Any, Final

import pytest

from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import Event, callback

from .home import POLL, TENCENT, Home

ROOMS: Final = 120
PAGES: Final = 3
CHANGED: Final = 6
"""One room in twenty."""
ENTITIES_IN_ONE_TURN: Final = 200


@pytest.fixture
def rooms() -> int:
    """Return how many rooms the company has at Tencent Meeting."""
    return ROOMS


@pytest.fixture
def room_ids(home: Home) -> list[str]:
    """Return the rooms, all of them idle."""
    ids = home.sim.estate.tencent_meeting.ids
    for room_id in ids:
        home.sim.estate.change(TENCENT, room_id, status=2, cpu_usage="12")
    return ids


def changed_rooms(home: Home, room_ids: list[str]) -> list[str]:
    """Let one room in twenty be used, from every page of the list."""
    changed = room_ids[:: ROOMS // CHANGED]
    for room_id in changed:
        home.sim.estate.change(TENCENT, room_id, status=3)
    return changed


def written_states(home: Home) -> list[str]:
    """Return a list that takes the unique id of each state that is written from now on."""
    unique_ids = {
        each.entity_id: each.unique_id for each in home.all_entities().values()
    }
    written: list[str] = []

    @callback
    def see(event: Event[Any]) -> None:
        """Take one state."""
        written.append(unique_ids[event.data["entity_id"]])

    home.hass.bus.async_listen(EVENT_STATE_CHANGED, see)
    home.hass.bus.async_listen(EVENT_STATE_REPORTED, see, event_filter=_every)
    return written


@callback
def _every(_data: object) -> bool:
    """Take every event."""
    return True


async def test_a_poll_asks_for_every_page_once(home: Home) -> None:
    """As many calls as the list has pages, whatever changed."""
    await home.add(TENCENT)
    await home.live(120)
    asked = home.sim.requests.count(TENCENT, "list")
    assert asked == PAGES * 9
    changed_rooms(home, home.sim.estate.tencent_meeting.ids)
    await home.live(POLL)
    assert home.sim.requests.count(TENCENT, "list") - asked == PAGES * 2


async def test_five_minutes_read_everything_once(home: Home) -> None:
    """The list with each poll, and each room's details and each page of the rest once."""
    await home.add(TENCENT)
    await home.live(600)
    asked = Counter(each.api for each in home.sim.requests)
    await home.live(300)
    spent = Counter(each.api for each in home.sim.requests) - asked
    assert spent["list"] == PAGES * 20
    assert spent["details"] <= ROOMS + 6
    assert spent["devices"] + spent["alarms"] + spent["controllers"] <= 12
    assert set(spent) <= {"list", "details", "devices", "alarms", "controllers"}


async def test_a_quiet_poll_writes_and_calls_nothing(
    home: Home, room_ids: list[str]
) -> None:
    """Nobody is told that nothing changed, and the snapshot is the one that was."""
    entry = await home.add(TENCENT)
    await home.live(120)
    called: list[str | None] = []
    for key in (None, *room_ids):
        entry.runtime_data.async_add_listener(partial(called.append, key), key)
    written = written_states(home)
    before = entry.runtime_data.data
    await home.polls(1)
    assert home.sim.requests.count(TENCENT, "list") == PAGES * 10
    assert (written, called) == ([], [])
    assert entry.runtime_data.data is before


async def test_a_change_costs_what_changed(home: Home, room_ids: list[str]) -> None:
    """One room in twenty: two states each, the account's counts, and no other room's followers."""
    entry = await home.add(TENCENT)
    await home.live(120)
    called: list[str | None] = []
    for key in (None, *room_ids):
        entry.runtime_data.async_add_listener(partial(called.append, key), key)
    written = written_states(home)
    changed = changed_rooms(home, room_ids)
    await home.polls(1)
    assert len(changed) == CHANGED
    assert Counter(called) == Counter([None, *changed])
    assert Counter(written) == Counter(
        [
            *(home.unique_id(TENCENT, each, "status") for each in changed),
            *(home.unique_id(TENCENT, each, "in_use") for each in changed),
            home.unique_id(TENCENT, "rooms_idle"),
            home.unique_id(TENCENT, "rooms_in_use"),
        ]
    )


async def test_others_have_their_turn_while_rooms_are_set_up(home: Home) -> None:
    """Only so many entities are added at once."""
    entry = home.entry(TENCENT)
    seen = [0]

    async def look() -> None:
        """Count in each turn of the loop."""
        while True:
            seen.append(len(home.entities.entities))
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    await home.start(entry)
    looking.cancel()
    assert seen[-1] > 30 * ROOMS
    assert max(b - a for a, b in pairwise(seen)) <= ENTITIES_IN_ONE_TURN
