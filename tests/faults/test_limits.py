"""Test that a limit that the vendor tells is kept, whatever it looks like."""

from typing import Any

import pytest

from simulator import Fault
from tests.home import QUANSHI, TENCENT, VENDORS, WECOM

from .account import Account
from .fault_ids import FaultId

MINUTE, DAY = 60, 86_400
TO_MIDNIGHT = 13 * 3600
"""Seconds from the morning of the tests to midnight in Beijing, at least."""


def too_many(**headers: str) -> dict[str, Any]:
    """Return the fault that a vendor, or a proxy before it, wants fewer calls."""
    return {"kind": "http", "status": 429, "headers": headers}


def code(number: int) -> dict[str, Any]:
    """Return the fault that the vendor names a limit."""
    return {"kind": "vendor_code", "code": number}


SHORT = [
    *((FaultId.TOO_MANY_REQUESTS, vendor, too_many(), MINUTE) for vendor in VENDORS),
    (FaultId.TOO_MANY_REQUESTS, TENCENT, too_many(**{"Retry-After": "45"}), 45),
    (FaultId.TOO_MANY_REQUESTS, WECOM, too_many(**{"Retry-After": "-5"}), MINUTE),
    (FaultId.TOO_MANY_REQUESTS, QUANSHI, too_many(**{"Retry-After": "soon"}), MINUTE),
    (
        FaultId.TOO_MANY_REQUESTS,
        TENCENT,
        too_many(**{"Retry-After": "Tue, 01 Jan 2019 00:00:00 GMT"}),
        MINUTE,
    ),
    *(
        (FaultId.MINUTE_LIMIT, TENCENT, code(number), MINUTE)
        for number in (190310, 190313, 9061)
    ),
    *((FaultId.MINUTE_LIMIT, WECOM, code(number), MINUTE) for number in (45009, 45033)),
]
LONG = [
    (FaultId.TOO_MANY_REQUESTS, TENCENT, too_many(**{"Retry-After": "7200"}), 7200),
    (FaultId.TOO_MANY_REQUESTS, WECOM, too_many(**{"Retry-After": "9" * 40}), DAY),
    (
        FaultId.TOO_MANY_REQUESTS,
        QUANSHI,
        too_many(**{"Retry-After": "Tue, 17 Mar 2026 06:30:00 GMT"}),
        4 * 3600,
    ),
    *(
        (FaultId.DAY_LIMIT, TENCENT, code(number), TO_MIDNIGHT)
        for number in (190311, 190312)
    ),
]


@pytest.mark.parametrize(
    ("vendor", "fault", "seconds"),
    [pytest.param(*case, id=f"{case[0]} {fault} {case[1]}") for fault, *case in SHORT],
)
async def test_a_short_limit_is_waited_for(
    account: Account, fault: dict[str, Any], seconds: int
) -> None:
    """Without a call of this API, and with the last values standing."""
    home, vendor = account.home, account.vendor
    registered = account.registered()
    met = home.sim.faults.add(Fault(vendor=vendor, api="list", times=1, **fault))
    while not met.used:
        await home.pass_time(5)
    home.sim.requests.clear()
    busy = account.start_a_meeting()
    await home.live(seconds - 10)
    assert home.sim.requests.count(vendor, "list") == 0
    assert "unavailable" not in account.values().values()
    await account.polls(4)
    assert account.rooms()[busy] == "in_use"
    assert account.harm(registered) == []


@pytest.mark.parametrize(
    ("vendor", "fault", "seconds"),
    [pytest.param(*case, id=f"{case[0]} {fault} {case[1]}") for fault, *case in LONG],
)
async def test_a_long_limit_is_waited_for(
    account: Account, fault: dict[str, Any], seconds: int
) -> None:
    """What is known no longer stands meanwhile; it is said once."""
    home, vendor = account.home, account.vendor
    registered = account.registered()
    met = home.sim.faults.add(Fault(vendor=vendor, api="list", times=1, **fault))
    while not met.used:
        await home.pass_time(5)
    home.sim.requests.clear()
    for _ in range(seconds // 600 - 1):
        await home.pass_time(600)
    assert home.sim.requests.count(vendor, "list") == 0
    assert home.shown(vendor, "rooms_idle") == "unavailable"
    assert sum("limits requests" in line for line in account.said()) == 1
    assert len(account.said()) == 2
    for _ in range(9):
        await home.pass_time(600)
    await account.polls(4)
    assert len(account.said()) == 4
    assert account.harm(registered) == []
