"""Test that WeCom's access token may expire or be malformed at any time."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import json
from typing import Any

import pytest

from simulator import Simulator
from tests.vendors import VENDOR_TABLE, WECOM

from .account import Account
from .fault_ids import FaultId
from .outage import check_outage, every_response
from .proxy import ClientConnection, FaultyProxy, ProxiedRequest, ResponseFault, forward
from .resolver import FaultyResolver
from .response_faults import only_for, respond

LIST = VENDOR_TABLE[WECOM].list_path
TOKEN = "/gettoken?"
MALFORMED: list[dict[str, Any]] = [
    {},
    {"access_token": None},
    {"access_token": ""},
    {"access_token": ["T"]},
    {"access_token": {"token": "T"}},
]


@pytest.fixture
def vendor() -> str:
    """Return the vendor that uses access tokens."""
    return WECOM


def total(requests: Counter[tuple[str, bytes]], part: str) -> int:
    """Return the number of requests whose target contains a text."""
    return sum(part in target for target, _ in requests.elements())


@pytest.mark.parametrize("fault", [FaultId.TOKEN_ENDED])
async def test_expired_token_is_renewed_within_the_poll(
    account: Account, fault: FaultId
) -> None:
    """No state changes, and no request is sent more than twice."""
    for _ in range(3):
        account.home.sim.wecom.expire_tokens()
        busy = account.start_meeting()
        account.take_requests()
        await account.polls()
        assert account.room_states()[busy] == "in_use"
        requests = account.take_requests()
        assert (total(requests, LIST), total(requests, TOKEN)) == (2, 1)
    assert account.room_states() == account.vendor_states()
    assert account.log_messages() == []
    assert account.log_problems() == []


def expire_token_before(sim: Simulator, page: int) -> ResponseFault:
    """Expire the token just before the request for a page of the list."""
    expirations = iter([*[lambda: None] * (page - 1), sim.wecom.expire_tokens])

    async def fault(
        proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
    ) -> None:
        next(expirations, lambda: None)()
        await forward(proxy, request, client)

    return only_for(LIST, fault)


@pytest.mark.parametrize("rooms", [104])
@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.parametrize("fault", [FaultId.TOKEN_ENDED_WITHIN_LIST])
async def test_token_that_expires_within_a_list_costs_one_request(
    account: Account, page: int, fault: FaultId
) -> None:
    """The client fetches the page again, and the list is complete."""
    registered = account.registry_ids()
    busy = account.start_meeting()
    account.take_requests()
    account.proxy.fault = expire_token_before(account.home.sim, page)
    await account.polls()
    assert total(account.take_requests(), LIST) == 3
    assert account.room_states()[busy] == "in_use"
    await account.polls()
    assert account.problems_since(registered) == []


@pytest.mark.parametrize(
    ("lifetime", "fetches"),
    [(0, 1), (-5, 1), (10**12, 1), ("soon", 1), (None, 1), (1, 3)],
)
@pytest.mark.parametrize("fault", [FaultId.ODD_TOKEN])
async def test_token_with_an_odd_lifetime_is_used(
    account: Account, lifetime: object, fetches: int, fault: FaultId
) -> None:
    """The client fetches one token a minute at most, not one for each request."""
    sim = account.home.sim
    sim.wecom.expire_tokens()
    token, _ = sim.wecom.tokens.issue(
        sim.accounts.wecom.corp_id,
        sim.accounts.wecom.corp_secret,
        account.home.clock().timestamp(),
    )
    issued = {"errcode": 0, "access_token": token, "expires_in": lifetime}
    account.proxy.fault = only_for(TOKEN, respond(json.dumps(issued)))
    await account.polls(5)
    assert total(account.take_requests(), TOKEN) == fetches
    assert account.room_states() == account.vendor_states()


@pytest.mark.parametrize("fields", MALFORMED, ids=str)
@pytest.mark.parametrize("fault", [FaultId.ODD_TOKEN])
async def test_response_without_a_token_is_an_outage(
    account: Account, other_vendor: str, fields: dict[str, Any], fault: FaultId
) -> None:
    """The response is treated like any other malformed response."""
    response = respond(json.dumps({"errcode": 0, **fields}))

    @asynccontextmanager
    async def no_token(
        proxy: FaultyProxy, resolver: FaultyResolver
    ) -> AsyncIterator[None]:
        account.home.sim.wecom.expire_tokens()
        async with every_response(only_for(TOKEN, response))(proxy, resolver):
            yield

    await check_outage(account, other_vendor, no_token)
