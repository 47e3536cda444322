"""Test the device and the entities of a conference that was added to an account."""

import pytest

from homeassistant.config_entries import ConfigEntryState

from ..forms import add_conference
from ..home import QUANSHI, Home
from .bookings import book, running_booking


async def test_added_conference_has_a_device(home: Home) -> None:
    """Keep it although the host's list does not contain the conference."""
    entry = await home.add(QUANSHI)
    event_id = str(book(home).event_id)
    assert home.device(QUANSHI, "event", event_id) is None
    await add_conference(home.hass, entry, {"event_id": event_id})
    (subentry,) = entry.subentries.values()
    device = home.known_device(QUANSHI, "event", event_id)
    assert device.config_subentry_id == subentry.subentry_id
    status = home.entity(QUANSHI, "event", event_id, "status")
    assert status.config_subentry_id == subentry.subentry_id
    assert home.shown(QUANSHI, "event", event_id, "status") == "created"
    await home.polls(3)
    assert home.shown(QUANSHI, "event", event_id, "status") == "created"


async def test_values_are_those_of_the_entered_run(home: Home) -> None:
    """Store the run ID with the event ID."""
    entry = await home.add(QUANSHI)
    booking = book(home, days=-5)
    run = home.sim.company.quanshi.start_conference(booking.event_id)
    home.sim.company.quanshi.end_conference(booking.event_id)
    home.sim.company.advance(60)
    event_id = str(booking.event_id)
    fields = {"event_id": event_id, "temp_conference_id": run.temp_id}
    await add_conference(home.hass, entry, fields)
    (subentry,) = entry.subentries.values()
    assert subentry.data == fields
    await home.enable_all(entry)
    assert home.shown(QUANSHI, "event", event_id, "run_id") == run.temp_id
    assert home.shown(QUANSHI, "event", event_id, "data_center") == "阿里云"


@pytest.mark.parametrize(
    "event_id", [700_000, 700_001], ids=["live state missing", "live state created"]
)
async def test_cancelled_conference_is_shown_as_cancelled(
    home: Home, event_id: int
) -> None:
    """Prefer the booking to the live state."""
    entry = await home.add(QUANSHI)
    booking = book(home)
    booking.cancelled, booking.event_id = True, event_id
    await add_conference(home.hass, entry, {"event_id": str(event_id)})
    assert home.shown(QUANSHI, "event", str(event_id), "status") == "cancelled"
    await home.polls(3)
    assert home.shown(QUANSHI, "event", str(event_id), "status") == "cancelled"


async def test_conference_of_the_list_has_a_device_while_it_is_added(
    home: Home,
) -> None:
    """Show a conference of the host in the account's own entities before and after."""
    entry = await home.add(QUANSHI)
    event_id = str(running_booking(home).event_id)
    assert home.device(QUANSHI, "event", event_id) is None
    await add_conference(home.hass, entry, {"event_id": event_id})
    assert home.shown(QUANSHI, "event", event_id, "status") == "in_progress"
    (subentry_id,) = entry.subentries
    home.hass.config_entries.async_remove_subentry(entry, subentry_id)
    await home.settle()
    await home.polls(2)
    assert home.device(QUANSHI, "event", event_id) is None
    assert home.shown(QUANSHI, "current", "status") == "in_progress"


async def test_removed_conference_loses_its_device(home: Home) -> None:
    """Remove the entities too, and keep the account loaded."""
    entry = await home.add(QUANSHI)
    event_id = str(book(home).event_id)
    await add_conference(home.hass, entry, {"event_id": event_id})
    (subentry_id,) = entry.subentries
    home.hass.config_entries.async_remove_subentry(entry, subentry_id)
    await home.settle()
    assert entry.state is ConfigEntryState.LOADED
    assert home.device(QUANSHI, "event", event_id) is None
    removed = home.unique_id(QUANSHI, "event", event_id, "status")
    assert removed not in home.all_entities()
    await home.polls(2)
    assert home.device(QUANSHI, "event", event_id) is None
