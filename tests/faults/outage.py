"""The course of an outage, as the reliability page describes it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

from .account import Account
from .proxy import FaultyProxy, ResponseFault, forward
from .resolver import FaultyResolver

FAILED_POLLS: Final = 3
"""Failed polls in a row after which an account is unavailable."""

type Outage = Callable[[FaultyProxy, FaultyResolver], AbstractAsyncContextManager[None]]


def every_response(fault: ResponseFault) -> Outage:
    """Return the outage in which a fault applies to every response."""

    @asynccontextmanager
    async def outage(
        proxy: FaultyProxy, resolver: FaultyResolver
    ) -> AsyncIterator[None]:
        proxy.fault = fault
        yield
        proxy.fault = forward

    return outage


async def check_outage(account: Account, other_vendor: str, outage: Outage) -> None:
    """Check an account during and after an outage.

    Entities keep their states for two failed polls. From the third on, the entities of this
    account alone are unavailable, and one log line says so. No request is sent more than twice
    within a poll. After the outage all states are up to date, one log line says so, nothing was
    removed and no connection is left open.
    """
    home = account.home
    registered, states = account.registry_ids(), account.states()
    other_state = home.shown(other_vendor, "rooms_idle")
    account.take_requests()
    async with outage(account.proxy, account.resolver):
        for _ in range(FAILED_POLLS - 1):
            await account.polls()
            assert account.states() == states
            assert max(account.take_requests().values(), default=0) <= 2
        assert account.log_messages() == []
        await account.polls(3)
        assert {*account.values().values()} == {"unavailable"}
        assert home.shown(other_vendor, "rooms_idle") == other_state
        assert len(account.log_messages()) == 1
        busy = account.start_meeting()
    await account.polls(2)
    assert account.room_states()[busy] == "in_use"
    assert "unavailable" not in account.values().values()
    assert len(account.log_messages()) == 2
    await account.wait_until_disconnected()
    assert account.problems_since(registered) == []
