"""Test that a failing API affects only its own entities."""

from typing import Any, Final

import pytest

from simulator import Fault
from tests.home import Home, permissions
from tests.vendors import (
    BACKGROUND_APIS,
    DETAILS_API,
    LISTERS,
    QUANSHI,
    ROOM,
    TENCENT,
    VENDOR_TABLE,
    WECOM,
)

from .account import BACKGROUND_INTERVAL, Account
from .fault_ids import FaultId

BAD_GATEWAY: Final[dict[str, Any]] = {"kind": "http", "status": 502}
OTHER_FAILURES: Final[list[dict[str, Any]]] = [
    {"kind": "http", "status": 200},
    {"kind": "reset"},
    {"kind": "empty_404"},
    {"kind": "invalid_json"},
    {"kind": "wrong_shape"},
    {"kind": "vendor_code", "code": 777},
]
FAILURES: Final = [
    *((vendor, api, BAD_GATEWAY) for vendor, api in BACKGROUND_APIS),
    *(
        (vendor, api, fault)
        for fault in OTHER_FAILURES
        for vendor, api in ((TENCENT, "details"), (WECOM, "list_devices"))
    ),
]
CONFERENCE_FAILURES: Final[list[dict[str, Any]]] = [
    BAD_GATEWAY,
    {"kind": "reset"},
    {"kind": "invalid_json"},
    {"kind": "vendor_code", "code": 777},
    {"kind": "vendor_code", "code": 77, "message": "token expired"},
    {"kind": "http", "status": 401},
    {"kind": "http", "status": 429, "headers": {"Retry-After": "7200"}},
]


def set_known_values(home: Home, vendor: str) -> None:
    """Set a known state of every entity of a room."""
    home.sim.company.change(
        vendor,
        ROOM[vendor],
        status=2,
        cpu_usage="12",
        camera=True,
        microphone=True,
        speaker=True,
        monitor_status=1,
    )


def values_of(account: Account, api: str) -> list[str]:
    """Return the states of the room's entities that an API updates."""
    vendor = account.vendor
    keys = VENDOR_TABLE[vendor].background_entities[api]
    return [account.home.shown(vendor, ROOM[vendor], key) for key in keys]


def values_of_others(account: Account, api: str) -> list[str]:
    """Return the states of the room's entities that the other APIs update."""
    apis = VENDOR_TABLE[account.vendor].background_entities
    others = [other for other in apis if other != api]
    return [value for other in others for value in values_of(account, other)]


async def pass_an_hour(home: Home) -> None:
    """Advance the time by an hour, and run the updates that are due."""
    for _ in range(12):
        await home.pass_time(BACKGROUND_INTERVAL)
    await home.live(2 * BACKGROUND_INTERVAL)


@pytest.mark.parametrize(
    ("vendor", "api", "fault"),
    [
        pytest.param(
            vendor, api, fault, id=f"{vendor} {FaultId.ONE_API_FAILS} {api} {fault}"
        )
        for vendor, api, fault in FAILURES
    ],
)
async def test_failing_api_affects_only_its_own_entities(
    account: Account, api: str, fault: dict[str, Any]
) -> None:
    """The entities keep their states for a quarter of an hour, and the API is retried."""
    home, vendor = account.home, account.vendor
    set_known_values(home, vendor)
    await home.pass_time(BACKGROUND_INTERVAL + 60)
    await account.polls(2)
    registered = account.registry_ids()
    before, others = values_of(account, api), values_of_others(account, api)
    assert "unknown" not in [*before, *others]
    home.sim.faults.add(Fault(vendor=vendor, api=api, **fault))
    await home.live(2 * BACKGROUND_INTERVAL - 60)
    assert values_of(account, api) == before
    await home.live(2 * BACKGROUND_INTERVAL)
    assert {*values_of(account, api)} <= {"unknown"}
    assert values_of_others(account, api) == others
    busy = account.start_meeting()
    await account.polls()
    assert account.room_states()[busy] == "in_use"
    home.sim.faults.clear()
    await home.live(BACKGROUND_INTERVAL)
    await account.polls(2)
    assert values_of(account, api) == before
    assert account.removed_since(registered) == set()
    assert account.log_messages() == []
    assert account.log_problems() == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_rate_limit_of_one_api_affects_only_its_own_entities(
    account: Account,
) -> None:
    """The entities keep their states for a quarter of an hour, although the API is not retried."""
    home, vendor = account.home, account.vendor
    api = DETAILS_API[vendor]
    set_known_values(home, vendor)
    await home.live(BACKGROUND_INTERVAL + 60)
    before, others = values_of(account, api), values_of_others(account, api)
    assert "unknown" not in before
    headers = {"Retry-After": str(12 * BACKGROUND_INTERVAL)}
    home.sim.faults.add(
        Fault("http", vendor, api, times=1, status=429, headers=headers)
    )
    await home.live(2 * BACKGROUND_INTERVAL)
    assert values_of(account, api) == before
    await home.live(2 * BACKGROUND_INTERVAL)
    assert {*values_of(account, api)} == {"unknown"}
    assert values_of_others(account, api) == others
    await home.pass_time(9 * BACKGROUND_INTERVAL)
    await home.live(2 * BACKGROUND_INTERVAL)
    assert values_of(account, api) == before
    assert account.unexpected_log_messages() == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_restart_without_details_removes_nothing(account: Account) -> None:
    """The controllers are kept, although their rooms are unknown."""
    home, vendor = account.home, account.vendor
    registered = account.registry_ids()
    home.sim.faults.add(Fault("http", vendor, DETAILS_API[vendor], status=502))
    await home.restart(account.entry)
    for _ in range(4):
        await home.pass_time(BACKGROUND_INTERVAL)
        await account.polls()
    assert account.room_states() == account.vendor_states()
    assert account.removed_since(registered) == set()


@pytest.mark.parametrize(
    ("vendor", "api"),
    [
        pytest.param(*case, id=f"{case[0]} {FaultId.PERMISSION_WITHDRAWN} {case[1]}")
        for case in BACKGROUND_APIS
    ],
)
async def test_missing_permission_affects_only_its_own_entities(
    account: Account, api: str
) -> None:
    """The entities are unknown after the next update, and known an hour after the permission."""
    home, vendor = account.home, account.vendor
    set_known_values(home, vendor)
    await home.live(BACKGROUND_INTERVAL + 60)
    registered = account.registry_ids()
    before, others = values_of(account, api), values_of_others(account, api)
    permissions(home, vendor).revoke(api)
    await home.live(BACKGROUND_INTERVAL + 60)
    assert {*values_of(account, api)} <= {"unknown"}
    assert values_of_others(account, api) == others
    assert account.room_states() == account.vendor_states()
    permissions(home, vendor).grant()
    await pass_an_hour(home)
    assert values_of(account, api) == before
    assert account.problems_since(registered) == []


@pytest.mark.parametrize(
    ("vendor", "api"),
    [
        pytest.param(*case, id=f"{case[0]} {FaultId.REFUSED_BY_ONE_API} {case[1]}")
        for case in BACKGROUND_APIS
    ],
)
async def test_api_that_refuses_the_credentials_gets_no_request_for_an_hour(
    account: Account, api: str
) -> None:
    """A new token is tried once, and no reauthentication starts while the list succeeds."""
    home, vendor = account.home, account.vendor
    set_known_values(home, vendor)
    await home.live(BACKGROUND_INTERVAL + 60)
    registered = account.registry_ids()
    before, others = values_of(account, api), values_of_others(account, api)
    home.sim.faults.add(
        Fault(vendor=vendor, api=api, **VENDOR_TABLE[vendor].auth_fault)
    )
    home.sim.requests.clear()
    await home.live(3 * BACKGROUND_INTERVAL)
    assert 1 <= home.sim.requests.count(vendor, api) <= 2
    assert {*values_of(account, api)} <= {"unknown"}
    assert values_of_others(account, api) == others
    assert account.room_states() == account.vendor_states()
    assert home.hass.config_entries.flow.async_progress() == []
    home.sim.faults.clear()
    await pass_an_hour(home)
    assert values_of(account, api) == before
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("vendor", [QUANSHI])
@pytest.mark.parametrize("fault", CONFERENCE_FAILURES, ids=str)
@pytest.mark.parametrize("api", ["listAll", "getStatus", "dashboard"])
async def test_failing_conference_api_does_not_affect_the_others(
    account: Account, api: str, fault: dict[str, Any]
) -> None:
    """Values that only this API returns are unknown after three polls, and never wrong."""
    home = account.home
    registered, before = account.registry_ids(), account.room_states()
    home.sim.faults.add(Fault(vendor=QUANSHI, api=api, **fault))
    await account.polls(2)
    assert account.room_states() == before
    account.start_meeting()
    await account.polls(6)
    states, expected = account.room_states(), account.vendor_states()
    in_use = {room for room, status in states.items() if status == "in_use"}
    assert {expected[room] for room in in_use} <= {"in_use"}
    assert "unavailable" not in account.values().values()
    assert home.hass.config_entries.flow.async_progress() == []
    home.sim.faults.clear()
    await home.pass_time(7200)
    await account.polls(4)
    assert account.problems_since(registered) == []
