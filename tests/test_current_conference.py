"""Test the device of the current conference, and the removal of former ones."""

from typing import Any

import pytest

from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.statistics import list_statistic_ids
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.recorder.common import (
    async_wait_recording_done,
    do_adhoc_statistics,
)
from simulator import Fault

from .home import ALL_ROOMS, ALL_TEXTS, LISTERS, MORNING, POLL, QUANSHI, Home

HOUR = 3600


def shown(home: Home, *keys: str) -> list[str]:
    """Return states of the current conference."""
    return [home.shown(QUANSHI, "current", key) for key in keys]


async def test_the_running_conference_is_shown(home: Home) -> None:
    """Its title is the state of an entity that is disabled by default."""
    running, _ = home.leave_two_conferences()
    entry = await home.add(QUANSHI, ALL_TEXTS)
    assert home.entity(QUANSHI, "current", "title").disabled_by is not None
    await home.enable_all(entry)
    assert shown(home, "event_id", "status", "in_progress", "title", "host") == [
        str(running.event_id),
        "in_progress",
        "on",
        running.title,
        running.host_name,
    ]
    assert home.shown(QUANSHI, "conferences_running") == "1"


@pytest.mark.parametrize("titles", ["busy_only", "organizer"])
async def test_only_permitted_texts_are_shown(home: Home, titles: str) -> None:
    """Without a permission neither the title nor the host is shown."""
    running, _ = home.leave_two_conferences()
    entry = await home.add(QUANSHI, {**ALL_ROOMS, "titles": titles})
    await home.enable_all(entry)
    host = {"organizer": running.host_name}.get(titles, "unknown")
    assert shown(home, "title", "host") == ["unknown", host]


async def test_the_device_shows_one_conference_after_the_other(home: Home) -> None:
    """It is kept without a conference, and then its values are unknown."""
    running, coming = home.leave_two_conferences()
    entry = await home.add(QUANSHI)
    await home.enable_all(entry)
    device = home.known_device(QUANSHI, "current")
    diary = home.sim.company.quanshi
    seen: list[list[str]] = []
    for change in (diary.end_conference, diary.delete):
        event_id = {0: running, 1: coming}[len(seen)].event_id
        change(event_id)
        home.sim.company.advance(1)
        await home.polls(2)
        seen.append(shown(home, "event_id", "status", "in_progress", "rooms"))
    assert seen[0][:3] == [str(coming.event_id), "created", "off"]
    assert seen[1] == ["unknown"] * 4
    assert home.shown(QUANSHI, "conferences_running") == "0"
    diary.start_conference(running.event_id)
    await home.polls(1)
    assert shown(home, "event_id", "status") == [str(running.event_id), "in_progress"]
    assert home.known_device(QUANSHI, "current").id == device.id


async def test_the_conference_that_began_last_is_shown(home: Home) -> None:
    """The account counts both."""
    home.leave_two_conferences()
    await home.add(QUANSHI)
    later = home.sim.company.quanshi.start_meeting(6518)
    await home.polls(1)
    assert home.shown(QUANSHI, "conferences_running") == "2"
    start = home.shown(QUANSHI, "current", "start")
    assert start.startswith(f"{home.clock().date()}")
    assert later.requests
    home.sim.company.quanshi.end_conference(later.event_id)
    home.sim.company.advance(1)
    await home.polls(1)
    assert home.shown(QUANSHI, "conferences_running") == "1"


async def test_a_conference_is_shown_until_its_live_state_is_over(home: Home) -> None:
    """The list does not contain it any more."""
    running, _ = home.leave_two_conferences()
    entry = await home.add(QUANSHI)
    await home.enable_all(entry)
    diary = home.sim.company.quanshi
    diary.start_conference(running.event_id)
    await home.polls(1)
    home.sim.company.advance(20 * HOUR)
    await home.pass_time(20 * HOUR)
    await home.polls(3)
    assert shown(home, "event_id", "status") == [str(running.event_id), "in_progress"]
    diary.end_conference(running.event_id)
    home.sim.company.advance(1)
    await home.polls(1)
    assert shown(home, "event_id") != [str(running.event_id)]


async def test_the_entities_are_unavailable_only_with_the_account(home: Home) -> None:
    """Without conferences they are unknown."""
    for booking in home.leave_two_conferences():
        home.sim.company.quanshi.delete(booking.event_id)
    await home.add(QUANSHI)
    assert shown(home, "status", "in_progress") == ["unknown", "unknown"]
    home.sim.faults.add(Fault("http", QUANSHI, status=502))
    await home.polls(3)
    assert shown(home, "status", "in_progress") == ["unavailable", "unavailable"]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_vendors_without_conferences_have_no_device(
    home: Home, vendor: str
) -> None:
    """They have no count and no calendar either."""
    await home.add(vendor)
    assert home.device(vendor, "current") is None
    found = home.all_entities().keys()
    assert home.unique_id(vendor, "conferences_running") not in found
    assert home.unique_id(vendor, "conferences") not in found


@pytest.mark.timeout(120)
async def test_a_day_of_conferences_leaves_the_registries_as_they_were(
    home: Home,
) -> None:
    """Two hundred conferences come and go."""
    await home.add(QUANSHI)
    before = {*home.all_devices()}, {*home.all_entities()}
    deleted = len(home.entities.deleted_entities)
    diary = home.sim.company.quanshi
    for _ in range(20):
        bookings = [diary.start_meeting(6516) for _ in range(10)]
        await home.pass_time(POLL)
        assert int(home.shown(QUANSHI, "conferences_running")) >= 10
        for booking in bookings:
            diary.end_conference(booking.event_id)
            diary.delete(booking.event_id)
        home.sim.company.advance(1)
        await home.polls(2)
    assert ({*home.all_devices()}, {*home.all_entities()}) == before
    assert len(home.entities.deleted_entities) == deleted


def leave_former_conference(home: Home, entry: MockConfigEntry, event_id: int) -> str:
    """Register a conference as earlier versions did, and return the id of its sensor."""
    identifier = home.unique_id(QUANSHI, "event", str(event_id))
    device = home.devices.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={("meeting_rooms", identifier)},
        name=f"周会 {event_id}",
    )
    entity = home.entities.async_get_or_create(
        "sensor",
        "meeting_rooms",
        f"{identifier}_participants",
        config_entry=entry,
        device_id=device.id,
        suggested_object_id=f"participants_{event_id}",
        capabilities={"state_class": "measurement"},
    )
    home.entities.async_get_or_create(
        "binary_sensor",
        "meeting_rooms",
        f"{identifier}_recording",
        config_entry=entry,
        device_id=device.id,
        disabled_by=er.RegistryEntryDisabler.INTEGRATION,
    )
    return entity.entity_id


async def test_former_conferences_are_removed(home: Home) -> None:
    """A conference that the user has added is kept, with its entities."""
    running, coming = home.leave_two_conferences()
    entry = home.entry(QUANSHI)
    leave_former_conference(home, entry, running.event_id)
    leave_former_conference(home, entry, 1)
    await home.start(entry)
    prefix = home.unique_id(QUANSHI, "event")
    assert [key for key in home.all_devices() if key.startswith(prefix)] == []
    assert [key for key in home.all_entities() if key.startswith(prefix)] == []
    await home.hass.config_entries.async_remove(entry.entry_id)
    added = await home.follow(coming)
    leave_former_conference(home, added, 1)
    await home.restart(added)
    kept = home.unique_id(QUANSHI, "event", str(coming.event_id))
    assert [key for key in home.all_devices() if key.startswith(prefix)] == [kept]
    assert home.shown(QUANSHI, "event", str(coming.event_id), "status") == "created"


@pytest.fixture
async def recorder(recorder_mock: Recorder) -> Recorder:
    """Return a recorder, which must exist before Home Assistant loads the integration."""
    return recorder_mock


async def statistic_ids(recorder: Recorder, home: Home) -> set[str]:
    """Return the ids that have statistics."""
    await async_wait_recording_done(home.hass)
    found: list[dict[str, Any]] = await recorder.async_add_executor_job(
        list_statistic_ids, home.hass
    )
    return {each["statistic_id"] for each in found}


async def test_the_statistics_of_former_conferences_are_removed(
    recorder: Recorder, home: Home
) -> None:
    """Other statistics are kept."""
    await async_setup_component(home.hass, "sensor", {})
    entry = home.entry(QUANSHI)
    former = leave_former_conference(home, entry, 1)
    attributes = {"state_class": "measurement"}
    for entity_id in (former, "sensor.other"):
        home.hass.states.async_set(entity_id, "3", attributes)
    await async_wait_recording_done(home.hass)
    do_adhoc_statistics(home.hass, start=MORNING)
    await async_wait_recording_done(home.hass)
    # Otherwise the recorder also returns ids that could have statistics.
    for entity_id in (former, "sensor.other"):
        home.hass.states.async_remove(entity_id)
    assert await statistic_ids(recorder, home) >= {former, "sensor.other"}
    await home.start(entry)
    assert await statistic_ids(recorder, home) & {former, "sensor.other"} == {
        "sensor.other"
    }
