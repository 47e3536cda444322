"""Test each error code of a vendor in the response with the list of rooms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
import re
from typing import Any

import pytest

from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.setup import async_setup_component
from simulator import Fault
from tests.home import Home
from tests.translations import load_texts
from tests.vendors import QUANSHI, TENCENT, WECOM

from .account import Account
from .fault_ids import FaultId
from .outage import check_outage
from .proxy import FaultyProxy
from .resolver import FaultyResolver

ONCE, TWICE = 1, 2
"""The number of requests of one poll."""

OUTAGES = [
    (FaultId.VENDOR_BUSY, TENCENT, 41, TWICE, "cannot_connect"),
    (FaultId.VENDOR_BUSY, TENCENT, 5108, TWICE, "cannot_connect"),
    (FaultId.VENDOR_BUSY, WECOM, -1, TWICE, "cannot_connect"),
    (FaultId.REPLAY, TENCENT, 190301, TWICE, "refused"),
    (FaultId.REPLAY, TENCENT, 200002, TWICE, "refused"),
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
    (FaultId.TOKEN_REFUSED_AGAIN, WECOM, 40014, TWICE, "refused"),
    (FaultId.TOKEN_REFUSED_AGAIN, WECOM, 42001, TWICE, "refused"),
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
    *(
        (QUANSHI, {"kind": "http", "status": status, "body": '{"status": 1}'})
        for status in (401, 403)
    ),
    (QUANSHI, {"kind": "vendor_code", "code": 40101}),
    (QUANSHI, {"kind": "vendor_code", "code": 7, "message": "令牌已过期"}),
]


def message_pattern(key: str) -> str:
    """Return a pattern for the message of an exception, with any placeholders."""
    message = load_texts("en")[f"exceptions.{key}.message"]
    return ".*".join(re.escape(part) for part in re.split(r"{\w+}", message))


@pytest.mark.parametrize(
    ("vendor", "code", "requests", "key"),
    [
        pytest.param(*case, id=f"{case[0]} {fault} {case[1]}")
        for fault, *case in OUTAGES
    ],
)
async def test_error_code_is_an_outage_with_a_reason(
    account: Account, other_vendor: str, code: int, requests: int, key: str
) -> None:
    """The log has the reason, and only retryable requests are repeated."""
    sim = account.home.sim

    @asynccontextmanager
    async def list_refused(
        proxy: FaultyProxy, resolver: FaultyResolver
    ) -> AsyncIterator[None]:
        sim.faults.add(Fault("vendor_code", account.vendor, "list", code=code))
        yield
        sim.requests.clear()
        await account.polls()
        assert sim.requests.count(account.vendor, "list") == requests
        assert re.search(message_pattern(key), account.log_messages()[0])
        sim.faults.clear()

    await check_outage(account, other_vendor, list_refused)


@pytest.mark.parametrize(
    ("vendor", "fault"),
    [
        pytest.param(*case, id=f"{case[0]} {FaultId.CREDENTIALS_REFUSED} {case[1]}")
        for case in REFUSED_CREDENTIALS
    ],
)
async def test_refused_credentials_are_not_sent_again(
    home: Home, account: Account, fault: dict[str, Any]
) -> None:
    """Polls, background updates and interactive updates send no request."""
    assert await async_setup_component(home.hass, "homeassistant", {})
    registered = account.registry_ids()
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
    assert account.problems_since(registered) == []
