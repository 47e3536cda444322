"""Test that an API that fails takes only its own entities, and only when it fails for long."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from simulator import Fault
from tests.home import LISTERS, QUANSHI, TENCENT, WECOM, Home, permissions

from .account import Account
from .fault_ids import FaultId

ROOM: Final = {TENCENT: "100001", WECOM: "RoomId001"}
APIS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    TENCENT: {
        "devices": ("camera", "microphone", "speaker"),
        "alarms": (),
        "controllers": (),
        "details": ("cpu_usage", "alerts_enabled"),
    },
    WECOM: {
        "list_devices": ("camera", "microphone", "speaker"),
        "list_controllers": (),
        "get_info": ("cpu_usage", "alerts_enabled"),
    },
}
DETAILS: Final = {TENCENT: "details", WECOM: "get_info"}
EACH: Final = [(vendor, api) for vendor in LISTERS for api in APIS[vendor]]
BAD_GATEWAY: Final[dict[str, Any]] = {"kind": "http", "status": 502}
OTHER_FAILURES: Final[list[dict[str, Any]]] = [
    {"kind": "http", "status": 200},
    {"kind": "reset"},
    {"kind": "empty_404"},
    {"kind": "invalid_json"},
    {"kind": "wrong_shape"},
    {"kind": "vendor_code", "code": 777},
]
CASES: Final = [
    *((vendor, api, BAD_GATEWAY) for vendor, api in EACH),
    *(
        (vendor, api, fault)
        for fault in OTHER_FAILURES
        for vendor, api in ((TENCENT, "details"), (WECOM, "list_devices"))
    ),
]
REFUSAL: Final = {TENCENT: 200003, WECOM: 40001}
READING: Final = 300
"""Seconds between two readings in the background."""


def healthy(home: Home, vendor: str) -> None:
    """Let everything of a room be known."""
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


def shown(account: Account, keys: tuple[str, ...]) -> list[str]:
    """Return what the room shows."""
    return [
        account.home.shown(account.vendor, ROOM[account.vendor], key) for key in keys
    ]


def others(account: Account, api: str) -> list[str]:
    """Return what the room shows of the other APIs."""
    return [
        value
        for name, keys in APIS[account.vendor].items()
        if name != api
        for value in shown(account, keys)
    ]


async def pass_an_hour(home: Home) -> None:
    """Let an hour pass, and what is due after it be read."""
    for _ in range(12):
        await home.pass_time(READING)
    await home.live(2 * READING)


@pytest.mark.parametrize(
    ("vendor", "api", "fault"),
    [
        pytest.param(
            vendor, api, fault, id=f"{vendor} {FaultId.ONE_API_FAILS} {api} {fault}"
        )
        for vendor, api, fault in CASES
    ],
)
async def test_an_api_that_fails_takes_only_its_own_entities(
    account: Account, api: str, fault: dict[str, Any]
) -> None:
    """Its last values stand for a quarter of an hour; it is asked again all the time."""
    home, vendor = account.home, account.vendor
    healthy(home, vendor)
    await home.pass_time(READING + 60)
    await account.polls(2)
    registered = account.registered()
    known, rest = shown(account, APIS[vendor][api]), others(account, api)
    assert "unknown" not in [*known, *rest]
    home.sim.faults.add(Fault(vendor=vendor, api=api, **fault))
    await home.live(2 * READING - 60)
    assert shown(account, APIS[vendor][api]) == known
    await home.live(2 * READING)
    assert {*shown(account, APIS[vendor][api])} <= {"unknown"}
    assert others(account, api) == rest
    busy = account.start_a_meeting()
    await account.polls()
    assert account.rooms()[busy] == "in_use"
    home.sim.faults.clear()
    await home.live(READING)
    await account.polls(2)
    assert shown(account, APIS[vendor][api]) == known
    assert account.lost(registered) == set()
    assert account.said() == []
    assert (account.complaints(), account.leaks()) == ([], [])


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_long_limit_of_one_api_is_like_a_failure_of_it(
    account: Account,
) -> None:
    """Its last values stand for a quarter of an hour, although it is not asked again."""
    home, vendor = account.home, account.vendor
    healthy(home, vendor)
    await home.live(READING + 60)
    keys = APIS[vendor][DETAILS[vendor]]
    known, rest = shown(account, keys), others(account, DETAILS[vendor])
    assert "unknown" not in known
    home.sim.faults.add(
        Fault(
            "http",
            vendor,
            DETAILS[vendor],
            times=1,
            status=429,
            headers={"Retry-After": str(12 * READING)},
        )
    )
    await home.live(2 * READING)
    assert shown(account, keys) == known
    await home.live(2 * READING)
    assert {*shown(account, keys)} == {"unknown"}
    assert others(account, DETAILS[vendor]) == rest
    await home.pass_time(9 * READING)
    await home.live(2 * READING)
    assert shown(account, keys) == known
    assert account.complaints() == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_restart_while_the_details_fail_loses_nothing(account: Account) -> None:
    """Although nobody tells where the controllers stand."""
    home, vendor = account.home, account.vendor
    registered = account.registered()
    home.sim.faults.add(Fault("http", vendor, DETAILS[vendor], status=502))
    await home.restart(account.entry)
    for _ in range(4):
        await home.pass_time(READING)
        await account.polls()
    assert account.rooms() == account.truth()
    assert account.lost(registered) == set()


@pytest.mark.parametrize(
    ("vendor", "api"),
    [
        pytest.param(vendor, api, id=f"{vendor} {FaultId.PERMISSION_WITHDRAWN} {api}")
        for vendor, api in EACH
    ],
)
async def test_a_right_that_is_withdrawn_takes_only_its_own_entities(
    account: Account, api: str
) -> None:
    """At the next reading; they come back within an hour after it was granted again."""
    home, vendor = account.home, account.vendor
    healthy(home, vendor)
    await home.live(READING + 60)
    registered = account.registered()
    known, rest = shown(account, APIS[vendor][api]), others(account, api)
    permissions(home, vendor).revoke(api)
    await home.live(READING + 60)
    assert {*shown(account, APIS[vendor][api])} <= {"unknown"}
    assert others(account, api) == rest
    assert account.rooms() == account.truth()
    permissions(home, vendor).grant()
    await pass_an_hour(home)
    assert shown(account, APIS[vendor][api]) == known
    assert account.harm(registered) == []


@pytest.mark.parametrize(
    ("vendor", "api"),
    [
        pytest.param(vendor, api, id=f"{vendor} {FaultId.REFUSED_BY_ONE_API} {api}")
        for vendor, api in EACH
    ],
)
async def test_an_api_that_refuses_the_credentials_does_not_get_them_again(
    account: Account, api: str
) -> None:
    """Not for an hour, as long as the list of rooms takes them; nobody is asked for others."""
    home, vendor = account.home, account.vendor
    healthy(home, vendor)
    await home.live(READING + 60)
    registered = account.registered()
    known, rest = shown(account, APIS[vendor][api]), others(account, api)
    home.sim.faults.add(Fault("vendor_code", vendor, api, code=REFUSAL[vendor]))
    home.sim.requests.clear()
    await home.live(3 * READING)
    assert home.sim.requests.count(vendor, api) == 1
    assert {*shown(account, APIS[vendor][api])} <= {"unknown"}
    assert others(account, api) == rest
    assert account.rooms() == account.truth()
    assert home.hass.config_entries.flow.async_progress() == []
    home.sim.faults.clear()
    await pass_an_hour(home)
    assert shown(account, APIS[vendor][api]) == known
    assert account.harm(registered) == []


@pytest.mark.parametrize("vendor", [QUANSHI])
@pytest.mark.parametrize(
    "fault",
    [
        BAD_GATEWAY,
        {"kind": "reset"},
        {"kind": "invalid_json"},
        {"kind": "vendor_code", "code": 777},
        {"kind": "vendor_code", "code": 77, "message": "token expired"},
        {"kind": "http", "status": 401},
        {"kind": "http", "status": 429, "headers": {"Retry-After": "7200"}},
    ],
    ids=str,
)
@pytest.mark.parametrize("api", ["listAll", "getStatus", "dashboard"])
async def test_an_api_of_conferences_that_fails_leaves_the_others_alone(
    account: Account, api: str, fault: dict[str, Any]
) -> None:
    """What only it tells is unknown after the third poll, and never wrong."""
    home = account.home
    registered = account.registered()
    home.sim.faults.add(Fault(vendor=QUANSHI, api=api, **fault))
    before = account.rooms()
    await account.polls(2)
    assert account.rooms() == before
    account.start_a_meeting()
    await account.polls(6)
    shown, truth = account.rooms(), account.truth()
    assert "unavailable" not in account.values().values()
    assert home.hass.config_entries.flow.async_progress() == []
    assert {room for room in truth if shown[room] == "in_use"} <= {
        room for room, word in truth.items() if word == "in_use"
    }
    home.sim.faults.clear()
    await home.pass_time(7200)
    await account.polls(4)
    assert account.harm(registered) == []
