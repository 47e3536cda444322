"""Test that the calls of an account are counted, shown and spread."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.util import dt as dt_util
from simulator import Fault

from ..forms import choose, fill_in, open_form, open_options
from ..home import (
    ALL_ROOMS,
    LISTERS,
    MORNING,
    POLL,
    TENCENT,
    VENDORS,
    WECOM,
    Home,
    credentials,
    is_in,
    permissions,
)

STORE = "meeting_rooms.calls"
DAY = int(MORNING.timestamp() + 8 * 3600) // 86_400
LOOK = 300
"""Seconds from one look at the figures to the next."""
LATE = timedelta(minutes=20)
MOMENT = timedelta(seconds=1)


def stored(home: Home, counts: Any) -> dict[str, Any]:
    """Return what an earlier run of Home Assistant has left."""
    return {"version": 1, "minor_version": 1, "key": STORE, "data": counts}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_calls_of_the_day_are_shown(home: Home, vendor: str) -> None:
    """All that the vendor was asked, every five minutes."""
    await home.add(vendor)
    await home.live(LOOK - 5)
    asked = len(home.sim.requests)
    await home.live(10)
    shown = int(home.shown(vendor, "calls_today"))
    assert asked <= shown <= len(home.sim.requests)
    assert float(home.shown(vendor, "budget_used")) > 0


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_count_goes_on_after_a_restart(
    home: Home, hass_storage: dict[str, Any], vendor: str
) -> None:
    """It was saved; what was counted on another day is forgotten."""
    account = home.unique_id(vendor)
    hass_storage[STORE] = stored(home, {account: {"day": DAY, "calls": 1000}})
    await home.add(vendor)
    assert int(home.shown(vendor, "calls_today")) > 1000
    await home.live(LOOK + 10)
    saved = hass_storage[STORE]["data"][account]
    assert saved["day"] == DAY
    assert 1000 < saved["calls"] <= 1000 + len(home.sim.requests)


async def test_the_count_of_yesterday_is_forgotten(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """The vendor counts anew from midnight in Beijing."""
    account = home.unique_id(TENCENT)
    hass_storage[STORE] = stored(home, {account: {"day": DAY - 1, "calls": 1000}})
    await home.add(TENCENT)
    assert int(home.shown(TENCENT, "calls_today")) < 1000


@pytest.mark.parametrize(
    "told", [{"day": DAY}, {"day": DAY, "calls": "many"}, {}, 1000, None]
)
async def test_a_count_that_cannot_be_read_leaves_the_others(
    home: Home, hass_storage: dict[str, Any], told: Any
) -> None:
    """Nobody's account ends with it."""
    counts = {
        home.unique_id(WECOM): told,
        home.unique_id(TENCENT): {"day": DAY, "calls": 1000},
    }
    hass_storage[STORE] = stored(home, counts)
    await home.add(WECOM)
    await home.add(TENCENT)
    assert int(home.shown(WECOM, "calls_today")) < 1000
    assert int(home.shown(TENCENT, "calls_today")) > 1000


@pytest.mark.parametrize("left", [[1000], "nonsense", None])
async def test_counts_that_cannot_be_read_are_none(
    home: Home, hass_storage: dict[str, Any], left: Any
) -> None:
    """They are counted anew."""
    hass_storage[STORE] = stored(home, left)
    await home.add(TENCENT)
    assert int(home.shown(TENCENT, "calls_today")) < 1000


async def test_a_day_that_is_used_up_is_not_asked_any_more(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """Not even after a restart; at midnight the account comes by itself."""
    account = home.unique_id(TENCENT)
    hass_storage[STORE] = stored(home, {account: {"day": DAY, "calls": 200_000}})
    entry = await home.add(TENCENT)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    assert len(home.sim.requests) == 0
    for _ in range(15):
        await home.pass_time(3600)
    assert is_in(entry, ConfigEntryState.LOADED)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_count_of_a_removed_account_is_not_kept(
    home: Home, hass_storage: dict[str, Any], vendor: str
) -> None:
    """Those of other accounts are, also of one that is disabled."""
    bystander = VENDORS[VENDORS.index(vendor) - 1]
    disabled = home.entry(bystander)
    await home.hass.config_entries.async_set_disabled_by(
        disabled.entry_id, ConfigEntryDisabler.USER
    )
    counts = {
        home.unique_id(each): {"day": DAY, "calls": 1000}
        for each in (vendor, bystander)
    }
    hass_storage[STORE] = stored(home, counts)
    entry = await home.add(vendor)
    await home.hass.config_entries.async_remove(entry.entry_id)
    assert [*hass_storage[STORE]["data"]] == [home.unique_id(bystander)]
    await home.live(LOOK + 10)
    assert [*hass_storage[STORE]["data"]] == [home.unique_id(bystander)]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_that_is_added_again_is_counted_on(
    home: Home, vendor: str
) -> None:
    """The vendor does so too."""
    entry = await home.add(vendor)
    await home.pass_time(LOOK)
    before = int(home.shown(vendor, "calls_today"))
    await home.hass.config_entries.async_remove(entry.entry_id)
    await home.add(vendor)
    assert int(home.shown(vendor, "calls_today")) > before


async def test_an_account_that_was_only_tried_is_not_kept(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """Nobody knows whose the mistyped id is."""
    await home.add(WECOM)
    form = await open_form(home.hass, TENCENT)
    typed = {**credentials(home.sim, TENCENT), "app_id": "mistyped"}
    form = await fill_in(home.hass, form, typed)
    assert form["errors"]
    await home.live(LOOK + 10)
    assert [*hass_storage[STORE]["data"]] == [home.unique_id(WECOM)]


async def test_a_reload_begins_no_new_count(home: Home) -> None:
    """Nor does it forget what the vendor wants to be left alone."""
    entry = await home.add(TENCENT)
    before = int(home.shown(TENCENT, "calls_today"))
    home.sim.faults.add(Fault("vendor_code", TENCENT, "devices", code=190313, times=1))
    await home.pass_time(300)
    await home.restart(entry)
    asked = home.sim.requests.count(TENCENT, "devices")
    assert int(home.shown(TENCENT, "calls_today")) > before
    await home.live(50)
    assert home.sim.requests.count(TENCENT, "devices") == asked
    await home.live(30)
    assert home.sim.requests.count(TENCENT, "devices") > asked


def oldest(home: Home, vendor: str) -> datetime:
    """Return when the oldest status was read, as people are told."""
    return datetime.fromisoformat(home.shown(vendor, "oldest_reading"))


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_oldest_reading_seldom_moves_while_all_is_well(
    home: Home, vendor: str
) -> None:
    """Its sensor is updated every five minutes."""
    await home.add(vendor)
    seen = set()
    for _ in range(120):
        await home.pass_time(POLL)
        seen.add(oldest(home, vendor))
        assert dt_util.utcnow() - oldest(home, vendor) < LATE
    assert 12 <= len(seen) <= 14


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_oldest_reading_goes_and_comes_back_with_its_account(
    home: Home, vendor: str
) -> None:
    """It is not that of before the outage then."""
    await home.add(vendor)
    home.sim.faults.add(Fault("http", vendor, status=502))
    await home.polls(3)
    assert home.shown(vendor, "oldest_reading") == STATE_UNAVAILABLE
    for _ in range(80):
        await home.pass_time(POLL)
    home.sim.faults.clear()
    await home.live(LOOK + 10)
    assert dt_util.utcnow() - oldest(home, vendor) < LATE


async def test_the_oldest_reading_is_that_of_a_room_that_is_late(home: Home) -> None:
    """However fresh the others are."""
    await home.add(TENCENT)
    await home.pass_time(POLL)
    last = dt_util.utcnow()
    fault = home.sim.faults.add(Fault("bad_room", TENCENT, "list", room_id="100001"))
    for _ in range(80):
        await home.pass_time(POLL)
    assert abs(oldest(home, TENCENT) - last) < MOMENT
    home.sim.faults.remove(fault)
    await home.live(LOOK + 10)
    assert dt_util.utcnow() - oldest(home, TENCENT) < LATE


@pytest.mark.parametrize("rooms", [650])
async def test_many_rooms_are_polled_less_often(home: Home) -> None:
    """13 calls four times a minute would be more than half of a hundred."""
    for api in ("devices", "alarms", "controllers"):
        permissions(home, TENCENT).revoke(api)
    entry = await home.add(TENCENT)
    await home.live(60)
    home.sim.requests.clear()
    await home.live(120)
    assert home.sim.requests.count(TENCENT, "list") == 4 * 13
    plan = entry.runtime_data.plan
    assert (plan.interval, plan.requests_per_poll) == (30, 13)


@pytest.mark.parametrize("rooms", [450])
async def test_a_share_of_the_budget_slows_the_polls(home: Home) -> None:
    """Nine calls four times a minute would be more than half of fifty."""
    for api in ("devices", "alarms", "controllers"):
        permissions(home, TENCENT).revoke(api)
    home.sim.faults.add(Fault("vendor_code", TENCENT, "details", code=200003))
    entry = await home.add(TENCENT, {**ALL_ROOMS, "budget_share": 50})
    home.sim.requests.clear()
    for _ in range(8):
        await home.pass_time(15)
    assert home.sim.requests.count(TENCENT, "list") == 4 * 9
    plan, limits = entry.runtime_data.plan, entry.runtime_data.client.budget.limits
    assert (plan.interval, plan.requests_per_poll) == (30, 9)
    assert (limits.per_minute, limits.burst, limits.per_day) == (50, 10, 100_000)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_another_share_begins_no_new_count(home: Home, vendor: str) -> None:
    """What the form itself asks is within it too."""
    entry = await home.add(vendor)
    before = int(home.shown(vendor, "calls_today"))
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, {**ALL_ROOMS, "budget_share": 50})
    limits = entry.runtime_data.client.budget.limits
    assert limits.per_minute == {TENCENT: 50, WECOM: 90}[vendor]
    assert int(home.shown(vendor, "calls_today")) > before
    await open_options(home.hass, entry)
    assert entry.runtime_data.client.budget.limits == limits
