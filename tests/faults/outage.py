"""The course of an outage, as the reliability page describes it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Final

from .account import Account
from .line import Line, Mishap, pass_on
from .names import Names

FAILED_POLLS: Final = 3
"""Failed polls in a row after which an account is unavailable."""

type Trouble = Callable[[Line, Names], AbstractAsyncContextManager[None]]


def meets(mishap: Mishap) -> Trouble:
    """Return the trouble that every request meets this mishap."""

    @asynccontextmanager
    async def trouble(line: Line, names: Names) -> AsyncIterator[None]:
        line.mishap = mishap
        yield
        line.mishap = pass_on

    return trouble


async def live_through(account: Account, bystander: str, trouble: Trouble) -> None:
    """Hold an account to its promises while it cannot be reached, and afterwards.

    Known values stand for two failed polls. From the third on this account alone is
    unavailable, which is said once. No call is made more than twice within a poll. Afterwards
    everything is true again, which is said once, nothing was lost and nothing is left open.
    """
    home, line = account.home, account.line
    registered, before = account.registered(), account.states()
    others = home.shown(bystander, "rooms_idle")
    account.calls()
    async with trouble(line, account.names):
        for _ in range(FAILED_POLLS - 1):
            await account.polls()
            assert account.states() == before
            assert max(account.calls().values(), default=0) <= 2
        assert account.said() == []
        await account.polls(3)
        assert {*account.values().values()} == {"unavailable"}
        assert home.shown(bystander, "rooms_idle") == others
        assert len(account.said()) == 1
        busy = account.start_a_meeting()
    await account.polls(2)
    assert account.rooms()[busy] == "in_use"
    assert "unavailable" not in account.values().values()
    assert len(account.said()) == 2
    await account.hung_up()
    assert account.harm(registered) == []
