"""Test that Home Assistant may stop, reload or remove an account during a request."""

import asyncio
from dataclasses import replace

import pytest

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CoreState
from homeassistant.setup import async_setup_component
from simulator import Fault
from tests.home import ALL_ROOMS, POLL, Home, is_in
from tests.vendors import TENCENT

from .account import Account
from .fault_ids import FaultId, vendor_params
from .proxy import ResponseFault, forward
from .response_faults import hang_after, reset_connection, respond_after

HOUR = 3600


async def wait_for_a_stall(account: Account) -> None:
    """Wait until the vendor delays a response."""
    while account.proxy.stalls == 0:
        await account.home.breathe()


async def start_a_poll_that_hangs(account: Account) -> None:
    """Start a poll to which the vendor does not respond."""
    account.proxy.fault = hang_after()
    account.home.clock.tick(POLL)
    account.home.fire_time()
    await wait_for_a_stall(account)


async def remove_during_an_update(account: Account, fault: ResponseFault) -> None:
    """Remove an account during an interactive update, and let the vendor respond after that."""
    home, removed = account.home, asyncio.Event()
    await async_setup_component(home.hass, "homeassistant", {})
    account.proxy.fault = respond_after(removed, fault)
    entity_id = home.entity(account.vendor, "rooms_idle").entity_id
    update = home.hass.async_create_task(
        home.hass.services.async_call(
            "homeassistant", "update_entity", {"entity_id": entity_id}, blocking=True
        )
    )
    await wait_for_a_stall(account)
    await home.hass.config_entries.async_remove(account.entry.entry_id)
    removed.set()
    await update
    await home.settle()


def tasks_of(account: Account) -> list[str]:
    """Return the names of the account's tasks."""
    names = (task.get_name() for task in asyncio.all_tasks())
    return [name for name in names if account.entry.title in name]


@pytest.mark.parametrize("vendor", vendor_params(FaultId.ASLEEP))
async def test_account_is_updated_after_an_hour_of_sleep(account: Account) -> None:
    """The next poll updates the rooms, and missed polls are not repeated."""
    registered = account.registry_ids()
    busy = account.start_meeting()
    account.take_requests()
    await account.home.pass_time(HOUR)
    await account.settle()
    assert account.room_states()[busy] == "in_use"
    assert max(account.take_requests().values()) == 1
    await account.polls(3)
    assert account.log_messages() == []
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.SHUTDOWN_WITHIN_POLL))
async def test_shutdown_cancels_a_poll(account: Account) -> None:
    """The shutdown leaves no task, no connection and no log line."""
    await start_a_poll_that_hangs(account)
    async with asyncio.timeout(HOUR):
        await account.home.hass.async_stop()
    assert account.home.hass.state is CoreState.stopped
    await account.wait_until_disconnected()
    assert tasks_of(account) == []
    assert account.log_messages() == []
    assert account.log_problems() == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.RELOAD_WITHIN_POLL))
async def test_reload_cancels_a_poll(account: Account) -> None:
    """The account is loaded again and polled as often as before."""
    registered = account.registry_ids()
    await start_a_poll_that_hangs(account)
    account.proxy.fault = forward
    await account.home.restart(account.entry)
    await account.wait_until_disconnected()
    assert is_in(account.entry, ConfigEntryState.LOADED)
    await account.polls()
    account.take_requests()
    await account.polls(3)
    assert max(account.take_requests().values()) <= 3
    assert account.log_messages() == []
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.RELOAD_WITHIN_POLL))
async def test_removal_cancels_a_poll(account: Account) -> None:
    """The removal leaves no device, no entity, no task and no connection."""
    await start_a_poll_that_hangs(account)
    await account.home.hass.config_entries.async_remove(account.entry.entry_id)
    await account.home.settle()
    await account.wait_until_disconnected()
    assert account.registry_ids() == set()
    assert tasks_of(account) == []
    assert account.log_problems() == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.RELOAD_WITHIN_POLL))
@pytest.mark.parametrize("fault", [forward, reset_connection])
async def test_removal_during_an_interactive_update_leaves_nothing(
    account: Account, fault: ResponseFault
) -> None:
    """A later response of the vendor changes nothing."""
    await remove_during_an_update(account, fault)
    assert account.registry_ids() == set()
    assert account.log_problems() == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.RELOAD_WITHIN_POLL, [TENCENT]))
@pytest.mark.parametrize("code", [200003, 190300])
async def test_removed_account_needs_no_action_of_the_user(
    account: Account, code: int
) -> None:
    """An error in a later response creates no repair issue and no reauthentication."""
    home = account.home
    home.sim.faults.add(Fault("vendor_code", account.vendor, code=code))
    await remove_during_an_update(account, forward)
    assert home.issues() == {}
    assert home.hass.config_entries.flow.async_progress() == []
    assert account.log_problems() == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.ONE_ACCOUNT_DOWN, [TENCENT]))
async def test_outage_of_one_account_does_not_affect_another_one(
    home: Home, account: Account
) -> None:
    """Both accounts are at the same vendor and host."""
    entry = home.entry(TENCENT, ALL_ROOMS, (), app_id="another")
    home.hass.config_entries.async_update_entry(
        entry,
        unique_id=f"{TENCENT}_another",
        data={**entry.data, "app_id": account.entry.data["app_id"]},
    )
    await home.start(entry)
    other = replace(account, entry=entry)
    account.proxy.fault = reset_connection
    await account.polls(4)
    assert {*account.values().values()} == {"unavailable"}
    assert "unavailable" not in other.values().values()
    account.proxy.fault = forward
    await account.polls(2)
    assert "unavailable" not in account.values().values()
