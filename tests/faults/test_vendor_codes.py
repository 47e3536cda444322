"""Test what people notice when a vendor refuses its list of rooms, by each of its codes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.setup import async_setup_component
from simulator import Fault
from tests.home import QUANSHI, TENCENT, WECOM, Home

from .account import Account
from .fault_ids import FaultId
from .line import Line
from .names import Names
from .outage import live_through

ONCE, AGAIN = 1, 2
"""How often the same call is made within a poll."""

OUTAGES = [
    (FaultId.VENDOR_BUSY, TENCENT, 41, AGAIN, "cannot_connect"),
    (FaultId.VENDOR_BUSY, TENCENT, 5108, AGAIN, "cannot_connect"),
    (FaultId.VENDOR_BUSY, WECOM, -1, AGAIN, "cannot_connect"),
    (FaultId.REPLAY, TENCENT, 190301, AGAIN, "refused"),
    (FaultId.REPLAY, TENCENT, 200002, AGAIN, "refused"),
    (FaultId.CLOCK_SKEW, TENCENT, 190300, ONCE, "clock_skew"),
    (FaultId.PERMISSION_MISSING, TENCENT, 9042, ONCE, "permission_denied"),
    (FaultId.PERMISSION_MISSING, WECOM, 48001, ONCE, "permission_denied"),
    (FaultId.PERMISSION_MISSING, WECOM, 48002, ONCE, "permission_denied"),
    (FaultId.PERMISSION_MISSING, WECOM, 48004, ONCE, "permission_denied"),
    (FaultId.PERMISSION_MISSING, WECOM, 48006, ONCE, "permission_denied"),
    (FaultId.PERMISSION_MISSING, WECOM, 400028, ONCE, "permission_denied"),
    (FaultId.PERMISSION_MISSING, WECOM, 680106, ONCE, "permission_denied"),
    (FaultId.OPERATOR_UNKNOWN, TENCENT, 190001, ONCE, "invalid_operator"),
    (FaultId.OPERATOR_UNKNOWN, TENCENT, 20001, ONCE, "invalid_operator"),
    (FaultId.ADDRESS_NOT_TRUSTED, WECOM, 60020, ONCE, "ip_not_allowed"),
    (FaultId.TOKEN_REFUSED_AGAIN, WECOM, 40014, AGAIN, "refused"),
    (FaultId.TOKEN_REFUSED_AGAIN, WECOM, 42001, AGAIN, "refused"),
    (FaultId.CALL_REFUSED, TENCENT, 20201, ONCE, "not_found"),
    *(
        (FaultId.CALL_REFUSED, TENCENT, code, ONCE, "refused")
        for code in (200001, 190004, 200005, 200006, 10001, 777)
    ),
    *(
        (FaultId.CALL_REFUSED, WECOM, code, ONCE, "refused")
        for code in (40035, 40058, 40063, 41001, 43002, 47001, 777)
    ),
    *(
        (FaultId.CALL_REFUSED, QUANSHI, code, ONCE, "refused")
        for code in (10001, 10405, 20404, 40301, -1)
    ),
]
REFUSED_CREDENTIALS = [
    (TENCENT, {"kind": "vendor_code", "code": 190303}),
    (TENCENT, {"kind": "vendor_code", "code": 200003}),
    *(
        (WECOM, {"kind": "vendor_code", "code": code})
        for code in (40001, 40013, 40091, 45031, 50003)
    ),
    (QUANSHI, {"kind": "http", "status": 401}),
    (QUANSHI, {"kind": "http", "status": 403}),
    (QUANSHI, {"kind": "vendor_code", "code": 40101}),
    (QUANSHI, {"kind": "vendor_code", "code": 7, "message": "令牌已过期"}),
]


@pytest.mark.parametrize(
    ("vendor", "code", "calls", "key"),
    [
        pytest.param(*case, id=f"{case[0]} {fault} {case[1]}")
        for fault, *case in OUTAGES
    ],
)
async def test_a_code_is_an_outage_that_is_named(
    account: Account, bystander: str, code: int, calls: int, key: str
) -> None:
    """The reason is told; what may help at once is tried once."""

    @asynccontextmanager
    async def refused(line: Line, names: Names) -> AsyncIterator[None]:
        account.home.sim.faults.add(
            Fault("vendor_code", account.vendor, "list", code=code)
        )
        yield
        requests = account.home.sim.requests
        requests.clear()
        await account.polls()
        assert requests.count(account.vendor, "list") == calls
        told = account.entry.runtime_data.last_exception
        assert told.translation_key == key
        account.home.sim.faults.clear()

    await live_through(account, bystander, refused)


@pytest.mark.parametrize(
    ("vendor", "fault"),
    [
        pytest.param(
            vendor, fault, id=f"{vendor} {FaultId.CREDENTIALS_REFUSED} {fault}"
        )
        for vendor, fault in REFUSED_CREDENTIALS
    ],
)
async def test_refused_credentials_are_never_sent_again(
    home: Home, account: Account, fault: dict[str, Any]
) -> None:
    """Neither by a poll nor in the background, nor because somebody asks for an update."""
    assert await async_setup_component(home.hass, "homeassistant", {})
    registered = account.registered()
    home.sim.faults.add(Fault(vendor=account.vendor, **fault))
    await account.polls()
    assert {*account.values().values()} == {"unavailable"}
    (flow,) = home.hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    home.sim.requests.clear()
    await account.polls(20)
    await home.hass.services.async_call(
        "homeassistant",
        "update_entity",
        {"entity_id": home.entity(account.vendor, "rooms_idle").entity_id},
        blocking=True,
    )
    await account.polls(2)
    assert home.sim.requests.count(account.vendor) == 0
    home.sim.faults.clear()
    await home.restart(account.entry)
    assert account.harm(registered) == []
