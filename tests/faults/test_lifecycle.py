"""Test that an account bears what happens to the house, at whatever moment."""

import asyncio

import pytest

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CoreState
from homeassistant.setup import async_setup_component
from simulator import Fault
from tests.home import ALL_ROOMS, POLL, TENCENT, VENDORS, Home, is_in

from .account import Account
from .fault_ids import FaultId
from .line import Mishap, pass_on, reset, then_holds, waits_for

HOUR = 3600


async def begin_a_poll_that_hangs(account: Account) -> None:
    """Let a poll begin, and the vendor fall silent."""
    account.line.mishap = then_holds()
    account.home.clock.tick(POLL)
    account.home.fire_time()
    while account.line.held == 0:
        await account.home.breathe()


async def remove_within_an_update_by_hand(account: Account, mishap: Mishap) -> None:
    """Remove an account while somebody waits for an update; only then the vendor answers."""
    home, go = account.home, asyncio.Event()
    await async_setup_component(home.hass, "homeassistant", {})
    account.line.mishap = waits_for(go, mishap)
    update = home.hass.async_create_task(
        home.hass.services.async_call(
            "homeassistant",
            "update_entity",
            {"entity_id": home.entity(account.vendor, "rooms_idle").entity_id},
            blocking=True,
        )
    )
    while account.line.held == 0:
        await home.breathe()
    await home.hass.config_entries.async_remove(account.entry.entry_id)
    go.set()
    await update
    await home.settle()


def tasks_of(account: Account) -> list[str]:
    """Return the tasks that work for the account."""
    names = (task.get_name() for task in asyncio.all_tasks())
    return [name for name in names if account.entry.title in name]


@pytest.mark.parametrize(
    "vendor", [pytest.param(each, id=f"{each} {FaultId.ASLEEP}") for each in VENDORS]
)
async def test_a_machine_that_slept_for_an_hour_goes_on(account: Account) -> None:
    """The next poll tells the truth, and nothing is made up for in a hurry."""
    home = account.home
    registered = account.registered()
    busy = account.start_a_meeting()
    account.calls()
    await home.pass_time(HOUR)
    await account.settle()
    assert account.rooms()[busy] == "in_use"
    assert max(account.calls().values()) == 1
    await account.polls(3)
    assert account.said() == []
    assert account.harm(registered) == []


@pytest.mark.parametrize(
    "vendor",
    [
        pytest.param(each, id=f"{each} {FaultId.SHUTDOWN_WITHIN_POLL}")
        for each in VENDORS
    ],
)
async def test_a_shutdown_does_not_wait_for_the_vendor(account: Account) -> None:
    """It leaves no task, no connection and no word in the log."""
    await begin_a_poll_that_hangs(account)
    async with asyncio.timeout(HOUR):
        await account.home.hass.async_stop()
    assert account.home.hass.state is CoreState.stopped
    await account.hung_up()
    assert tasks_of(account) == []
    assert account.said() == []
    assert (account.complaints(), account.leaks()) == ([], [])


@pytest.mark.parametrize(
    "vendor",
    [pytest.param(each, id=f"{each} {FaultId.RELOAD_WITHIN_POLL}") for each in VENDORS],
)
async def test_a_reload_does_not_wait_for_the_vendor(account: Account) -> None:
    """The account is set up anew, and polls as often as before."""
    registered = account.registered()
    await begin_a_poll_that_hangs(account)
    account.line.mishap = pass_on
    await account.home.restart(account.entry)
    await account.hung_up()
    assert is_in(account.entry, ConfigEntryState.LOADED)
    await account.polls()
    account.calls()
    await account.polls(3)
    assert max(account.calls().values()) <= 3
    assert account.said() == []
    assert account.harm(registered) == []


@pytest.mark.parametrize(
    "vendor",
    [pytest.param(each, id=f"{each} {FaultId.RELOAD_WITHIN_POLL}") for each in VENDORS],
)
async def test_an_account_that_is_removed_within_a_poll_is_gone(
    account: Account,
) -> None:
    """With its devices, its entities and its connections."""
    await begin_a_poll_that_hangs(account)
    await account.home.hass.config_entries.async_remove(account.entry.entry_id)
    await account.home.settle()
    await account.hung_up()
    assert account.registered() == set()
    assert tasks_of(account) == []
    assert (account.complaints(), account.leaks()) == ([], [])


@pytest.mark.parametrize(
    "vendor",
    [pytest.param(each, id=f"{each} {FaultId.RELOAD_WITHIN_POLL}") for each in VENDORS],
)
@pytest.mark.parametrize("mishap", [pass_on, reset])
async def test_an_account_that_is_removed_within_an_update_by_hand_is_gone(
    account: Account, mishap: Mishap
) -> None:
    """Whether or not the vendor still answers."""
    await remove_within_an_update_by_hand(account, mishap)
    assert account.registered() == set()
    assert (account.complaints(), account.leaks()) == ([], [])


@pytest.mark.parametrize(
    "vendor",
    [pytest.param(TENCENT, id=f"{TENCENT} {FaultId.RELOAD_WITHIN_POLL}")],
)
@pytest.mark.parametrize("code", [200003, 190300])
async def test_nobody_is_asked_to_mend_an_account_that_is_gone(
    account: Account, code: int
) -> None:
    """Whatever the vendor answers to the last call."""
    home = account.home
    home.sim.faults.add(Fault("vendor_code", account.vendor, code=code))
    await remove_within_an_update_by_hand(account, pass_on)
    assert home.issues() == {}
    assert home.hass.config_entries.flow.async_progress() == []
    assert (account.complaints(), account.leaks()) == ([], [])


@pytest.mark.parametrize(
    "vendor", [pytest.param(TENCENT, id=f"{TENCENT} {FaultId.ONE_ACCOUNT_DOWN}")]
)
async def test_of_two_accounts_at_one_vendor_only_one_is_down(
    home: Home, account: Account
) -> None:
    """They share a vendor, a session and a host, but no trouble."""
    other = home.entry(TENCENT, ALL_ROOMS, (), app_id="another")
    home.hass.config_entries.async_update_entry(
        other,
        unique_id=f"{TENCENT}_another",
        data={**other.data, "app_id": account.entry.data["app_id"]},
    )
    await home.start(other)
    account.line.mishap = reset
    await account.polls(4)
    assert {*account.values().values()} == {"unavailable"}
    others = Account(
        home=home,
        vendor=TENCENT,
        entry=other,
        line=account.line,
        names=account.names,
        log=account.log,
    )
    assert "unavailable" not in others.values().values()
    account.line.mishap = pass_on
    await account.polls(2)
    assert "unavailable" not in account.values().values()
