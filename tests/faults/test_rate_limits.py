"""Test that the integration observes the rate limits that a vendor reports."""

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from simulator import Fault
from tests.vendors import QUANSHI, TENCENT, VENDORS, WECOM

from .account import Account
from .fault_ids import FaultId

MINUTE, DAY = 60, 86_400
TO_MIDNIGHT = 13 * 3600
"""The least number of seconds from the start of a test to midnight in Beijing."""


def http_429(**headers: str) -> dict[str, Any]:
    """Return an HTTP 429 response."""
    return {"kind": "http", "status": 429, "headers": headers}


def vendor_code(number: int) -> dict[str, Any]:
    """Return a response with a vendor's code for a rate limit."""
    return {"kind": "vendor_code", "code": number}


SHORT_LIMITS = [
    *((FaultId.TOO_MANY_REQUESTS, vendor, http_429(), MINUTE) for vendor in VENDORS),
    (FaultId.TOO_MANY_REQUESTS, TENCENT, http_429(**{"Retry-After": "45"}), 45),
    (FaultId.TOO_MANY_REQUESTS, WECOM, http_429(**{"Retry-After": "-5"}), MINUTE),
    (FaultId.TOO_MANY_REQUESTS, QUANSHI, http_429(**{"Retry-After": "soon"}), MINUTE),
    (
        FaultId.TOO_MANY_REQUESTS,
        TENCENT,
        http_429(**{"Retry-After": "Tue, 01 Jan 2019 00:00:00 GMT"}),
        MINUTE,
    ),
    *(
        (FaultId.MINUTE_LIMIT, TENCENT, vendor_code(number), MINUTE)
        for number in (190310, 190313, 9061)
    ),
    *(
        (FaultId.MINUTE_LIMIT, WECOM, vendor_code(number), MINUTE)
        for number in (45009, 45033)
    ),
]
LONG_LIMITS = [
    (FaultId.TOO_MANY_REQUESTS, TENCENT, http_429(**{"Retry-After": "7200"}), 7200),
    (FaultId.TOO_MANY_REQUESTS, WECOM, http_429(**{"Retry-After": "9" * 40}), DAY),
    (
        FaultId.TOO_MANY_REQUESTS,
        QUANSHI,
        http_429(**{"Retry-After": "Tue, 17 Mar 2026 06:30:00 GMT"}),
        4 * 3600,
    ),
    *(
        (FaultId.DAY_LIMIT, TENCENT, vendor_code(number), TO_MIDNIGHT)
        for number in (190311, 190312)
    ),
]

type Limit = tuple[FaultId, str, dict[str, Any], int]


def limit_params(limits: Iterable[Limit]) -> Iterator[Any]:
    """Yield the parameters of each limit: vendor, fault and seconds."""
    for fault_id, vendor, fault, seconds in limits:
        name = f"{vendor} {fault_id} {fault}"
        yield pytest.param(vendor, fault, seconds, id=name)


async def start_limit(account: Account, fault: dict[str, Any]) -> None:
    """Wait until the vendor has reported a limit."""
    home, vendor = account.home, account.vendor
    limit = home.sim.faults.add(Fault(vendor=vendor, api="list", times=1, **fault))
    while not limit.used:
        await home.pass_time(5)
    home.sim.requests.clear()


@pytest.mark.parametrize(("vendor", "fault", "seconds"), limit_params(SHORT_LIMITS))
async def test_short_limit_keeps_the_states(
    account: Account, fault: dict[str, Any], seconds: int
) -> None:
    """The API gets no request before the limit ends."""
    home, vendor = account.home, account.vendor
    registered = account.registry_ids()
    await start_limit(account, fault)
    busy = account.start_meeting()
    await home.live(seconds - 10)
    assert home.sim.requests.count(vendor, "list") == 0
    assert "unavailable" not in account.values().values()
    await account.polls(4)
    assert account.room_states()[busy] == "in_use"
    assert account.problems_since(registered) == []


@pytest.mark.parametrize(("vendor", "fault", "seconds"), limit_params(LONG_LIMITS))
async def test_long_limit_makes_the_account_unavailable(
    account: Account, fault: dict[str, Any], seconds: int
) -> None:
    """The log has one line for the start and the end of the limit and of the outage."""
    home, vendor = account.home, account.vendor
    registered = account.registry_ids()
    await start_limit(account, fault)
    for _ in range(seconds // 600 - 1):
        await home.pass_time(600)
    assert home.sim.requests.count(vendor, "list") == 0
    assert home.shown(vendor, "rooms_idle") == "unavailable"
    assert len(account.log_messages()) == 2
    for _ in range(9):
        await home.pass_time(600)
    await account.polls(4)
    assert len(account.log_messages()) == 4
    assert account.problems_since(registered) == []
