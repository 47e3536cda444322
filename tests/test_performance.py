"""Count what an account with many rooms costs: requests, written states, registrations, objects.

Nothing here depends on the speed of the machine: scripts/bench measures time and memory.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sized
from contextlib import asynccontextmanager
import gc
from itertools import pairwise
from typing import Any, Final

import pytest

from custom_components.meeting_rooms import PLATFORMS
from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import Event, callback
from homeassistant.helpers.device_registry import (
    EVENT_DEVICE_REGISTRY_UPDATED,
    DeviceEntry,
    async_entries_for_config_entry,
)
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from .home import POLL, TENCENT, Home, permissions

ROOMS: Final = 120
PAGES: Final = 3
CHANGED: Final = 6
"""One room in twenty."""
FIRST_UPDATES: Final = 360
"""The seconds in which everything is fetched for the first time."""
ENTITIES_IN_ONE_ITERATION: Final = 80
DEVICES_IN_ONE_ITERATION: Final = 60
ENTITIES_OF_ONE_ACCOUNT: Final = 10_000
"""The number of enabled entities that Home Assistant accepts for a config entry."""
PACKAGE: Final = "custom_components.meeting_rooms"


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms."""
    return ROOMS


@pytest.fixture
def room_ids(home: Home) -> list[str]:
    """Return the rooms, all of them idle and without bookings."""
    home.sim.company.clear_bookings(TENCENT)
    ids = home.sim.company.tencent_meeting.ids
    for room_id in ids:
        home.sim.company.change(TENCENT, room_id, status=2, cpu_usage="12")
    return ids


def change_rooms(home: Home, room_ids: list[str]) -> list[str]:
    """Occupy one room in twenty, spread over all pages of the list."""
    changed = room_ids[:: ROOMS // CHANGED]
    for room_id in changed:
        home.sim.company.change(TENCENT, room_id, status=3)
    return changed


def without_operator(home: Home) -> MockConfigEntry:
    """Return an account that cannot fetch bookings."""
    home.sim.accounts.tencent_meeting.operator_required = False
    entry = home.entry(TENCENT)
    data = {key: each for key, each in entry.data.items() if key != "operator_id"}
    home.hass.config_entries.async_update_entry(entry, data=data)
    return entry


def record_writes(home: Home) -> list[str]:
    """Return a list that receives the entity id of each state that is written from now on."""
    written: list[str] = []

    @callback
    def record(event: Event[Any]) -> None:
        """Record one state."""
        written.append(event.data["entity_id"])

    @callback
    def accept(_data: object) -> bool:
        """Accept every event."""
        return True

    home.hass.bus.async_listen(EVENT_STATE_CHANGED, record)
    home.hass.bus.async_listen(EVENT_STATE_REPORTED, record, event_filter=accept)
    return written


def objects_of_package() -> int:
    """Return the number of objects of the integration's classes."""
    gc.collect()
    return sum(
        str(type(each).__module__).startswith(PACKAGE) for each in gc.get_objects()
    )


async def test_a_poll_requests_every_page_once(home: Home) -> None:
    """Changes do not increase the number of requests of a poll."""
    await home.add(TENCENT)
    await home.live(120)
    sent = home.sim.requests.count(TENCENT, "list")
    assert sent == PAGES * 9
    change_rooms(home, home.sim.company.tencent_meeting.ids)
    await home.live(POLL)
    assert home.sim.requests.count(TENCENT, "list") - sent == PAGES * 2


@pytest.mark.usefixtures("room_ids")
async def test_five_minutes_fetch_everything_once(home: Home) -> None:
    """Each poll fetches the list, and everything else is fetched once at most."""
    await home.add(TENCENT)
    await home.live(600)
    before = Counter(each.api for each in home.sim.requests)
    await home.live(300)
    sent = Counter(each.api for each in home.sim.requests) - before
    assert sent["list"] == PAGES * 20
    assert sent["details"] <= ROOMS + 6
    assert sent["meetings"] <= ROOMS
    assert sent["devices"] + sent["alarms"] + sent["controllers"] <= 12
    lists = {"list", "devices", "alarms", "controllers"}
    assert set(sent) <= {*lists, "details", "meetings"}


@pytest.mark.usefixtures("room_ids")
async def test_a_poll_without_changes_writes_no_state(home: Home) -> None:
    """Nor by the other updates, and by the timers of rooms that nothing happens in."""
    await home.add(TENCENT)
    await home.live(FIRST_UPDATES)
    written, sent = record_writes(home), home.sim.requests.count(TENCENT, "meetings")
    await home.live(300)
    assert home.sim.requests.count(TENCENT, "meetings") >= sent + ROOMS // 2
    every_five_minutes = ("calls_today", "budget_used", "oldest_reading")
    assert {*written} <= {
        home.entity(TENCENT, key).entity_id for key in every_five_minutes
    }


async def test_a_poll_writes_only_changed_states(
    home: Home, room_ids: list[str]
) -> None:
    """The states that tell whether the room is used, and those of the account, are written."""
    permissions(home, TENCENT).revoke("controllers")
    await home.add(TENCENT)
    await home.live(FIRST_UPDATES)
    written = record_writes(home)
    changed = change_rooms(home, room_ids)
    await home.polls(1)
    keys = [
        *(
            (room_id, key)
            for room_id in changed
            for key in ("status", "in_use", "availability", "utilization")
        ),
        *(
            (key,)
            for key in ("rooms_idle", "rooms_in_use", "rooms_free", "utilization")
        ),
    ]
    assert Counter(written) == Counter(
        home.entity(TENCENT, *key).entity_id for key in keys
    )


@asynccontextmanager
async def most_in_one_iteration(
    things: Callable[[], Sized],
) -> AsyncIterator[list[int]]:
    """Count in each iteration of the loop; the list receives the largest increase."""
    counts, most = [0], [0]

    async def count() -> None:
        """Count in each iteration."""
        while True:
            counts.append(len(things()))
            await asyncio.sleep(0)

    counting = asyncio.create_task(count())
    try:
        yield most
    finally:
        counting.cancel()
        counts.append(len(things()))
        most[0] = max(later - earlier for earlier, later in pairwise(counts[1:]))


@pytest.mark.parametrize("rooms", [320])
async def test_many_rooms_do_not_delay_the_set_up_of_a_platform(home: Home) -> None:
    """Home Assistant waits a minute for a platform; rooms beyond 300 are added afterwards."""
    for platform in PLATFORMS:
        assert await async_setup_component(home.hass, platform, {})
    entry = home.entry(TENCENT)
    last = home.unique_id(TENCENT, home.sim.company.tencent_meeting.ids[-1], "status")
    assert await home.hass.config_entries.async_setup(entry.entry_id)
    assert last not in home.all_entities()
    await home.settle()
    assert last in home.all_entities()


@pytest.mark.parametrize("rooms", [320])
async def test_a_reload_during_the_set_up_loses_no_room(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """The entities that were not added yet are added by the next set-up only."""
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


async def test_entities_are_added_a_few_at_a_time(home: Home) -> None:
    """Other tasks run while entities are added, those of controllers included."""
    entry = home.entry(TENCENT)
    async with most_in_one_iteration(lambda: home.entities.entities) as most:
        await home.start(entry)
        await home.live(60)
    assert len(home.entities.entities) > 30 * ROOMS
    assert 0 < most[0] <= ENTITIES_IN_ONE_ITERATION


async def test_devices_are_registered_a_few_at_a_time(home: Home) -> None:
    """Other tasks run while rooms and controllers are registered."""
    permissions(home, TENCENT).revoke("meetings")
    entry = home.entry(TENCENT)

    def devices() -> list[DeviceEntry]:
        """Return the devices of the account."""
        return async_entries_for_config_entry(home.devices, entry.entry_id)

    async with most_in_one_iteration(devices) as most:
        await home.start(entry)
        await home.live(60)
    assert len(devices()) > 1.5 * ROOMS
    assert 0 < most[0] <= DEVICES_IN_ONE_ITERATION


async def test_set_up_registers_and_writes_everything_once(home: Home) -> None:
    """Each device is created and not updated, each enabled entity is written once.

    Those that depend on bookings follow, room by room, where there is an operator.
    """
    permissions(home, TENCENT).revoke("details", "devices", "alarms", "controllers")
    entry = without_operator(home)
    actions: Counter[str] = Counter()
    written = record_writes(home)

    @callback
    def record(event: Event[Any]) -> None:
        """Count the action of a registry event."""
        actions[event.data["action"]] += 1

    home.hass.bus.async_listen(EVENT_DEVICE_REGISTRY_UPDATED, record)
    await home.start(entry)
    assert actions == {"create": ROOMS + 1}
    enabled = [each for each in home.all_entities().values() if not each.disabled_by]
    assert Counter(written) == Counter(each.entity_id for each in enabled)


async def test_objects_do_not_accumulate(home: Home) -> None:
    """An account has hardly more objects after many polls: details that are not yet shown."""
    await home.add(TENCENT)
    await home.live(600)
    before = objects_of_package()
    await home.live(600)
    assert objects_of_package() <= before * 1.05


class TestALargeAccount:
    """An account with more rooms than can have all their entities enabled."""

    @pytest.fixture
    def rooms(self) -> int:
        """Return the number of rooms."""
        return 700

    @pytest.mark.timeout(180)
    async def test_the_main_entities_of_every_room_are_enabled(
        self, home: Home, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Diagnostic entities are disabled, because Home Assistant drops those beyond its limit."""
        caplog.set_level("WARNING", "homeassistant")
        await home.add(TENCENT)
        entities = home.all_entities()
        enabled = [each for each in entities.values() if not each.disabled_by]
        for room_id in home.sim.company.tencent_meeting.ids:
            for key in ("status", "in_use", "problem"):
                assert not entities[home.unique_id(TENCENT, room_id, key)].disabled_by
            assert entities[home.unique_id(TENCENT, room_id, "camera")].disabled_by
        assert len(enabled) <= ENTITIES_OF_ONE_ACCOUNT
        assert "Reached the maximum" not in caplog.text
