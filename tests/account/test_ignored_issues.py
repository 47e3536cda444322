"""Test that an issue that the user ignored stays ignored."""

import pytest

from homeassistant.helpers import issue_registry as ir
from simulator import Fault

from ..home import TENCENT, WECOM, Home, permissions
from .issues import alternate, changes, ignore_all, ignored, locate, respond_again


@pytest.mark.parametrize("rooms", [12])
async def test_an_ignored_issue_stays_ignored_until_the_account_is_removed(
    home: Home,
) -> None:
    """Also over reloads, and if its cause is fixed and returns."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids, "深圳-A座-3F")
    permissions(home, TENCENT).revoke("alarms")
    entry = await home.add(TENCENT)
    await home.polls(1)
    for room_id in ids:
        home.sim.company.change(TENCENT, room_id, status=4)
    await home.polls(1)
    ignore_all(home)
    both = {"permission_alarms", "place_offline"}
    assert ignored(home) == both
    for _ in range(2):
        await home.restart(entry)
        await home.polls(1)
        assert ignored(home) == both
    permissions(home, TENCENT).grant()
    for room_id in ids:
        home.sim.company.change(TENCENT, room_id, status=2)
    await respond_again(home)
    assert ignored(home) == both
    permissions(home, TENCENT).revoke("alarms")
    for room_id in ids:
        home.sim.company.change(TENCENT, room_id, status=4)
    await home.restart(entry)
    await home.polls(1)
    assert ignored(home) == both
    await home.hass.config_entries.async_remove(entry.entry_id)
    assert ir.async_get(home.hass).issues == {}


async def test_an_issue_that_is_no_longer_ignored_is_removed_once_fixed(
    home: Home,
) -> None:
    """With the next poll, if enough polls succeeded before."""
    await home.add(WECOM)
    home.sim.accounts.wecom.trusted_ips = set()
    await home.polls(1)
    ignore_all(home)
    home.sim.accounts.wecom.trusted_ips = None
    await home.polls(10)
    assert ignored(home) == {"ip_not_allowed"}
    ((domain, issue_id),) = ir.async_get(home.hass).issues
    ir.async_ignore_issue(home.hass, domain, issue_id, ignore=False)
    await home.polls(1)
    assert home.issues() == {}


@pytest.mark.parametrize("good_polls", [1, 2])
async def test_an_address_that_is_refused_now_and_then_is_one_issue(
    home: Home, good_polls: int
) -> None:
    """It goes with the third good poll in a row."""
    await home.add(WECOM)
    actions = changes(home)
    for _ in range(10):
        home.sim.accounts.wecom.trusted_ips = set()
        await home.polls(1)
        home.sim.accounts.wecom.trusted_ips = None
        await home.polls(good_polls)
    assert [*home.issues()] == ["ip_not_allowed"]
    assert actions == ["create"]
    await home.polls(3 - good_polls)
    assert actions == ["create", "remove"]


async def test_an_issue_that_is_ignored_stays_so_while_its_error_comes_and_goes(
    home: Home,
) -> None:
    """Also after hours without the error."""
    await home.add(WECOM)
    home.sim.accounts.wecom.trusted_ips = set()
    await home.polls(1)
    ignore_all(home)
    actions = changes(home)
    for _ in range(3):
        home.sim.accounts.wecom.trusted_ips = None
        await home.pass_time(3600)
        await home.polls(10)
        home.sim.accounts.wecom.trusted_ips = set()
        await home.polls(1)
        assert ignored(home) == {"ip_not_allowed"}
    assert actions == []


ALTERNATING = [
    (WECOM, 60020, 40058, {"ip_not_allowed"}),
    (WECOM, 60020, 48002, {"ip_not_allowed", "permission_list"}),
    (TENCENT, 9042, 20201, {"permission_list"}),
    (TENCENT, 190300, 190004, {"clock_skew"}),
    (TENCENT, 190300, 9042, {"clock_skew", "permission_list"}),
]


@pytest.mark.parametrize(("vendor", "first", "second", "keys"), ALTERNATING)
async def test_each_of_two_alternating_errors_is_one_issue_at_most(
    home: Home, vendor: str, first: int, second: int, keys: set[str]
) -> None:
    """It is created once, is not written again, and stays ignored."""
    await home.add(vendor)
    faults = [
        Fault("vendor_code", vendor, "list", code=code) for code in (first, second)
    ]
    actions = changes(home)
    for _ in range(5):
        await alternate(home, faults)
    assert {*home.issues()} == keys
    assert actions == ["create"] * len(keys)
    ignore_all(home)
    actions.clear()
    for _ in range(5):
        await alternate(home, faults)
    assert ignored(home) == keys
    assert actions == []
    home.sim.faults.clear()
    await home.polls(4)
    assert ignored(home) == keys


async def test_an_address_that_is_only_sometimes_reported_is_not_shown_again_and_again(
    home: Home,
) -> None:
    """There is one issue with the address and one without it; each stays ignored."""
    await home.add(WECOM)
    keys = {"ip_not_allowed", "unnamed_ip_not_allowed"}
    faults = [
        Fault("ip_not_allowed", WECOM, "list", address=address)
        for address in ("203.0.113.9", "unknown")
    ]
    actions = changes(home)
    await alternate(home, faults)
    assert {*home.issues()} == keys
    assert actions == ["create", "create"]
    ignore_all(home)
    actions.clear()
    for _ in range(10):
        await alternate(home, faults)
    assert ignored(home) == keys
    assert actions == []
