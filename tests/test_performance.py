"""Count what an account of many rooms costs: requests, written states, objects.

Never seconds: those are measured by scripts/bench, and hold on the machine that measured them.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sized
from contextlib import asynccontextmanager
import gc
from itertools import pairwise
from math import ceil
from typing import Any, Final
from unittest.mock import patch

import pytest

from custom_components.meeting_rooms.api.lenient_json import read_json
from custom_components.meeting_rooms.api.limits import plan_polling
from custom_components.meeting_rooms.api.models.room import (
    Controller,
    Device,
    DeviceAlarms,
    RoomDetails,
    RoomSummary,
)
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    TencentMeetingClient,
)
from custom_components.meeting_rooms.rooms.places import places_of
from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import Event, callback
from homeassistant.helpers.device_registry import (
    EVENT_DEVICE_REGISTRY_UPDATED,
    DeviceEntry,
    async_entries_for_config_entry,
)

from .home import POLL, TENCENT, Home, permissions

ROOMS: Final = 120
PAGES: Final = 3
CHANGED: Final = 6
"""One room in twenty."""
ENTITIES_IN_ONE_TURN: Final = 80
DEVICES_IN_ONE_TURN: Final = 60
ENTITIES_OF_ONE_ACCOUNT: Final = 10_000
"""As many enabled ones as Home Assistant takes."""
READ_JSON: Final = "custom_components.meeting_rooms.api.transport.read_json"
PLACES_OF = "custom_components.meeting_rooms.account.selection.places_of"
PARTS: Final = (RoomSummary, RoomDetails, Device, DeviceAlarms, Controller)


@pytest.fixture
def rooms() -> int:
    """Return how many rooms the company has at Tencent Meeting."""
    return ROOMS


@pytest.fixture
def room_ids(home: Home) -> list[str]:
    """Return the rooms, all of them idle."""
    ids = home.sim.company.tencent_meeting.ids
    for room_id in ids:
        home.sim.company.change(TENCENT, room_id, status=2, cpu_usage="12")
    return ids


def changed_rooms(home: Home, room_ids: list[str]) -> list[str]:
    """Let one room in twenty be used, from every page of the list."""
    changed = room_ids[:: ROOMS // CHANGED]
    for room_id in changed:
        home.sim.company.change(TENCENT, room_id, status=3)
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


def written_entities(home: Home) -> list[str]:
    """Return a list that takes the entity id of each state that is written from now on."""
    written: list[str] = []

    @callback
    def see(event: Event[Any]) -> None:
        """Take one entity."""
        written.append(event.data["entity_id"])

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
    changed_rooms(home, home.sim.company.tencent_meeting.ids)
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
    """No listener is called, and the snapshot stays the same object."""
    entry = await home.add(TENCENT)
    await home.live(120)
    called: list[None] = []
    entry.runtime_data.async_add_listener(lambda: called.append(None))
    written = written_states(home)
    before = entry.runtime_data.data
    with patch(PLACES_OF, wraps=places_of) as split:
        await home.polls(1)
    assert home.sim.requests.count(TENCENT, "list") == PAGES * 10
    assert (written, called, split.call_count) == ([], [], 0)
    assert entry.runtime_data.data is before


async def test_only_pages_that_changed_are_decoded(
    home: Home, room_ids: list[str]
) -> None:
    """A page that is the same to the last byte is known by its fingerprint."""
    await home.add(TENCENT)
    await home.live(120)
    requests = home.sim.requests
    requests.clear()
    with patch(READ_JSON, wraps=read_json) as decoded:
        await home.polls(1)
        assert requests.count(TENCENT, "list") == PAGES
        assert decoded.call_count == len(requests) - PAGES
        home.sim.company.change(TENCENT, room_ids[0], status=3)
        await home.polls(1)
    assert home.shown(TENCENT, room_ids[0], "status") == "in_use"
    assert requests.count(TENCENT, "list") == 2 * PAGES
    assert decoded.call_count == len(requests) - 2 * PAGES + 1


async def test_a_change_writes_only_what_changed(
    home: Home, room_ids: list[str]
) -> None:
    """Two states of each changed room, and the counts of the account."""
    await home.add(TENCENT)
    await home.live(120)
    written = written_states(home)
    changed = changed_rooms(home, room_ids)
    await home.polls(1)
    assert len(changed) == CHANGED
    assert Counter(written) == Counter(
        [
            *(home.unique_id(TENCENT, each, "status") for each in changed),
            *(home.unique_id(TENCENT, each, "in_use") for each in changed),
            home.unique_id(TENCENT, "rooms_idle"),
            home.unique_id(TENCENT, "rooms_in_use"),
        ]
    )


def test_a_thousand_rooms_are_read_within_the_minute() -> None:
    """A status is no older than a minute, and half of the vendor's calls are left for the rest."""
    client = TencentMeetingClient
    plan = plan_polling(client.limits, ceil(1000 / client.page_size))
    assert plan.interval < 60
    assert plan.requests_per_minute <= 100 / 2


@asynccontextmanager
async def most_in_one_turn(things: Callable[[], Sized]) -> AsyncIterator[list[int]]:
    """Look in each turn of the loop; the list holds how many came in the fullest one."""
    seen, most = [0], [0]

    async def look() -> None:
        """Count in each turn."""
        while True:
            seen.append(len(things()))
            await asyncio.sleep(0)

    looking = asyncio.create_task(look())
    try:
        yield most
    finally:
        looking.cancel()
        seen.append(len(things()))
        most[0] = max(b - a for a, b in pairwise(seen[1:]))


@pytest.mark.parametrize("rooms", [320])
async def test_many_rooms_do_not_hold_the_set_up_of_a_platform(home: Home) -> None:
    """Home Assistant waits a minute for it; the rooms beyond 300 come right after."""
    entry = home.entry(TENCENT)
    last = home.unique_id(TENCENT, home.sim.company.tencent_meeting.ids[-1], "status")
    assert await home.hass.config_entries.async_setup(entry.entry_id)
    assert last not in home.all_entities()
    await home.settle()
    assert last in home.all_entities()


@pytest.mark.parametrize("rooms", [320])
async def test_a_reload_in_the_middle_of_the_set_up_loses_no_room(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """What was still to be added is added by the next set-up alone."""
    entry = home.entry(TENCENT)
    assert await home.hass.config_entries.async_setup(entry.entry_id)
    assert await home.hass.config_entries.async_reload(entry.entry_id)
    await home.settle()
    ids = home.sim.company.tencent_meeting.ids
    for room_id in ids:
        home.sim.company.change(TENCENT, room_id, status=3)
    await home.polls(2)
    assert {home.shown(TENCENT, room_id, "status") for room_id in ids} == {"in_use"}
    assert "does not generate unique IDs" not in caplog.text


async def test_others_have_their_turn_while_rooms_are_set_up(home: Home) -> None:
    """Only so many entities are added at once, those of controllers that come later too."""
    entry = home.entry(TENCENT)
    async with most_in_one_turn(lambda: home.entities.entities) as most:
        await home.start(entry)
        await home.live(60)
    assert len(home.entities.entities) > 30 * ROOMS
    assert 0 < most[0] <= ENTITIES_IN_ONE_TURN


async def test_others_have_their_turn_while_devices_are_registered(home: Home) -> None:
    """Only so many rooms are registered at once, and only so many controllers."""
    entry = home.entry(TENCENT)

    def devices() -> list[DeviceEntry]:
        """Return the devices of the account."""
        return async_entries_for_config_entry(home.devices, entry.entry_id)

    async with most_in_one_turn(devices) as most:
        await home.start(entry)
        await home.live(60)
    assert len(devices()) > 1.5 * ROOMS
    assert 0 < most[0] <= DEVICES_IN_ONE_TURN


async def test_setting_up_registers_and_writes_everything_once(home: Home) -> None:
    """No device is registered to be changed at once, no state is written to be written again."""
    permissions(home, TENCENT).revoke("details", "devices", "alarms", "controllers")
    actions: Counter[str] = Counter()
    written = written_entities(home)

    @callback
    def see(event: Event[Any]) -> None:
        """Count what is done to a device."""
        actions[event.data["action"]] += 1

    home.hass.bus.async_listen(EVENT_DEVICE_REGISTRY_UPDATED, see)
    await home.add(TENCENT)
    assert actions == {"create": ROOMS + 1}
    enabled = [each for each in home.all_entities().values() if not each.disabled_by]
    assert Counter(written) == Counter(each.entity_id for each in enabled)


async def test_a_room_takes_one_object_of_each_kind(home: Home) -> None:
    """However long the account lives: what was read before is let go, or kept as it was."""
    entry = await home.add(TENCENT)
    await home.live(600)
    gc.collect()
    found = Counter(type(each) for each in gc.get_objects() if isinstance(each, PARTS))
    snapshot = entry.runtime_data.data
    rooms = [snapshot.room(room_id) for room_id in home.sim.company.tencent_meeting.ids]
    assert found[RoomSummary] <= ROOMS + 1
    assert found[RoomDetails] <= ROOMS + 1
    assert found[Device] == sum(len(room.devices or ()) for room in rooms)
    assert found[DeviceAlarms] == sum(len(room.device_alarms or ()) for room in rooms)


class TestALargeAccount:
    """What Home Assistant can take of a large account."""

    @pytest.fixture
    def rooms(self) -> int:
        """Return more rooms than can have all their entities enabled."""
        return 700

    @pytest.mark.timeout(180)
    async def test_every_room_can_be_seen(
        self, home: Home, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Home Assistant drops entities beyond its limit: so diagnostic ones are off at first."""
        caplog.set_level("WARNING", "homeassistant")
        await home.add(TENCENT)
        entities = home.all_entities()
        enabled = [each for each in entities.values() if not each.disabled_by]
        for room_id in home.sim.company.tencent_meeting.ids:
            for key in ("status", "in_use", "problem", "bookable"):
                assert not entities[home.unique_id(TENCENT, room_id, key)].disabled_by
            assert entities[home.unique_id(TENCENT, room_id, "camera")].disabled_by
        assert len(enabled) <= ENTITIES_OF_ONE_ACCOUNT
        assert "Reached the maximum" not in caplog.text
