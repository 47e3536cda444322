"""Test that WeCom's token may end, or be nonsense, at any moment."""

import json
from typing import Any

import pytest

from simulator import Simulator
from tests.home import WECOM

from .account import Account
from .fault_ids import FaultId
from .line import Asked, Caller, Line, Mishap, http, only, pass_on
from .outage import live_through, meets

LIST = "/meeting/rooms/list?"
NONSENSE: list[dict[str, Any]] = [
    {},
    {"access_token": None},
    {"access_token": ""},
    {"access_token": ["T"]},
    {"access_token": {"token": "T"}},
]


@pytest.fixture
def vendor() -> str:
    """Return the vendor that has such tokens."""
    return WECOM


@pytest.mark.parametrize("case", [FaultId.TOKEN_ENDED])
async def test_a_token_that_ended_early_is_renewed_at_once(
    account: Account, case: FaultId
) -> None:
    """Nobody notices, and no call is made more than twice."""
    for _ in range(3):
        account.home.sim.wecom.expire_tokens()
        busy = account.start_a_meeting()
        account.calls()
        await account.polls()
        assert account.rooms()[busy] == "in_use"
        calls = account.calls()
        assert sum(LIST in target for target, _ in calls) == 2
        assert sum("/gettoken?" in target for target, _ in calls) == 1
    assert account.rooms() == account.truth()
    assert account.said() == []
    assert (account.complaints(), account.leaks()) == ([], [])


def ending(sim: Simulator, at_call: int) -> Mishap:
    """End the token just before one of the calls for the list."""
    left = [*range(at_call)]

    async def mishap(line: Line, asked: Asked, caller: Caller) -> None:
        if left and left.pop() == 0:
            sim.wecom.expire_tokens()
        await pass_on(line, asked, caller)

    return only(LIST, mishap)


@pytest.mark.parametrize("rooms", [104])
@pytest.mark.parametrize("at_call", [1, 2])
@pytest.mark.parametrize("case", [FaultId.TOKEN_ENDED_WITHIN_LIST])
async def test_a_token_that_ends_within_a_list_costs_one_page_one_more_call(
    account: Account, at_call: int, case: FaultId
) -> None:
    """The list is read to its end, and no room is lost."""
    registered = account.registered()
    busy = account.start_a_meeting()
    account.calls()
    account.line.mishap = ending(account.home.sim, at_call)
    await account.polls()
    calls = account.calls()
    assert sum(times for (target, _), times in calls.items() if LIST in target) == 3
    assert account.rooms()[busy] == "in_use"
    await account.polls()
    assert account.harm(registered) == []


@pytest.mark.parametrize(
    ("life", "fetches"), [(0, 1), (-5, 1), (10**12, 1), ("soon", 1), (None, 1), (1, 3)]
)
@pytest.mark.parametrize("case", [FaultId.ODD_TOKEN])
async def test_a_token_of_an_odd_life_is_used_while_it_works(
    account: Account, life: object, fetches: int, case: FaultId
) -> None:
    """It is not fetched for every call, and at most once a minute."""
    sim = account.home.sim
    sim.wecom.expire_tokens()
    token, _ = sim.wecom.tokens.issue(
        sim.accounts.wecom.corp_id,
        sim.accounts.wecom.corp_secret,
        account.home.clock().timestamp(),
    )
    told = json.dumps({"errcode": 0, "access_token": token, "expires_in": life})
    account.line.mishap = only("/gettoken?", http(told))
    await account.polls(5)
    calls = account.calls()
    assert sum("/gettoken?" in target for target, _ in calls.elements()) == fetches
    assert account.rooms() == account.truth()


@pytest.mark.parametrize("answer", NONSENSE, ids=str)
@pytest.mark.parametrize("case", [FaultId.ODD_TOKEN])
async def test_an_answer_without_a_token_is_an_outage(
    account: Account, bystander: str, answer: dict[str, Any], case: FaultId
) -> None:
    """Like any other answer that is nonsense."""

    def trouble(line: Line, names: object) -> Any:
        account.home.sim.wecom.expire_tokens()
        return meets(only("/gettoken?", http(json.dumps({"errcode": 0, **answer}))))(
            line, account.names
        )

    await live_through(account, bystander, trouble)
