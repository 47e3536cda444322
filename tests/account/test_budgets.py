"""Test that the API requests of an account are counted, shown and distributed over time."""

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
UPDATE = 300
"""Seconds between two updates of the activity sensors."""
LATE = timedelta(minutes=20)
MOMENT = timedelta(seconds=1)


def stored(home: Home, counts: Any) -> dict[str, Any]:
    """Return the file of request counts that an earlier run of Home Assistant stored."""
    return {"version": 1, "minor_version": 1, "key": STORE, "data": counts}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_api_requests_of_the_day_are_shown(home: Home, vendor: str) -> None:
    """The sensor counts all requests of the account, and is updated every five minutes."""
    await home.add(vendor)
    await home.live(UPDATE - 5)
    requests = len(home.sim.requests)
    await home.live(10)
    shown = int(home.shown(vendor, "calls_today"))
    assert requests <= shown <= len(home.sim.requests)
    assert float(home.shown(vendor, "budget_used")) > 0


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_request_count_continues_after_a_restart(
    home: Home, hass_storage: dict[str, Any], vendor: str
) -> None:
    """The count of the current day is stored in a file."""
    account = home.unique_id(vendor)
    hass_storage[STORE] = stored(home, {account: {"day": DAY, "calls": 1000}})
    await home.add(vendor)
    assert int(home.shown(vendor, "calls_today")) > 1000
    await home.live(UPDATE + 10)
    saved = hass_storage[STORE]["data"][account]
    assert saved["day"] == DAY
    assert 1000 < saved["calls"] <= 1000 + len(home.sim.requests)


async def test_the_request_count_of_yesterday_is_not_used(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """The vendor starts a new count at midnight in Beijing."""
    account = home.unique_id(TENCENT)
    hass_storage[STORE] = stored(home, {account: {"day": DAY - 1, "calls": 1000}})
    await home.add(TENCENT)
    assert int(home.shown(TENCENT, "calls_today")) < 1000


@pytest.mark.parametrize(
    "count", [{"day": DAY}, {"day": DAY, "calls": "many"}, {}, 1000, None]
)
async def test_an_invalid_request_count_does_not_affect_other_accounts(
    home: Home, hass_storage: dict[str, Any], count: Any
) -> None:
    """The account with the invalid count is set up too."""
    counts = {
        home.unique_id(WECOM): count,
        home.unique_id(TENCENT): {"day": DAY, "calls": 1000},
    }
    hass_storage[STORE] = stored(home, counts)
    await home.add(WECOM)
    await home.add(TENCENT)
    assert int(home.shown(WECOM, "calls_today")) < 1000
    assert int(home.shown(TENCENT, "calls_today")) > 1000


@pytest.mark.parametrize("counts", [[1000], "nonsense", None])
async def test_an_invalid_file_of_request_counts_starts_new_counts(
    home: Home, hass_storage: dict[str, Any], counts: Any
) -> None:
    """The file is replaced by one with the new counts."""
    hass_storage[STORE] = stored(home, counts)
    await home.add(TENCENT)
    assert int(home.shown(TENCENT, "calls_today")) < 1000


async def test_no_request_is_sent_after_the_daily_limit_until_midnight(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """A restart does not reset the count; the account is set up automatically at midnight."""
    account = home.unique_id(TENCENT)
    hass_storage[STORE] = stored(home, {account: {"day": DAY, "calls": 200_000}})
    entry = await home.add(TENCENT)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    assert len(home.sim.requests) == 0
    for _ in range(15):
        await home.pass_time(3600)
    assert is_in(entry, ConfigEntryState.LOADED)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_request_count_of_a_removed_account_is_deleted(
    home: Home, hass_storage: dict[str, Any], vendor: str
) -> None:
    """The counts of other accounts are kept, even that of a disabled one."""
    other = VENDORS[VENDORS.index(vendor) - 1]
    disabled = home.entry(other)
    await home.hass.config_entries.async_set_disabled_by(
        disabled.entry_id, ConfigEntryDisabler.USER
    )
    counts = {
        home.unique_id(each): {"day": DAY, "calls": 1000} for each in (vendor, other)
    }
    hass_storage[STORE] = stored(home, counts)
    entry = await home.add(vendor)
    await home.hass.config_entries.async_remove(entry.entry_id)
    assert [*hass_storage[STORE]["data"]] == [home.unique_id(other)]
    await home.live(UPDATE + 10)
    assert [*hass_storage[STORE]["data"]] == [home.unique_id(other)]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_that_is_added_again_keeps_its_request_count(
    home: Home, vendor: str
) -> None:
    """The vendor continues its own count too."""
    entry = await home.add(vendor)
    await home.pass_time(UPDATE)
    before = int(home.shown(vendor, "calls_today"))
    await home.hass.config_entries.async_remove(entry.entry_id)
    await home.add(vendor)
    assert int(home.shown(vendor, "calls_today")) > before


async def test_a_mistyped_account_has_no_stored_request_count(
    home: Home, hass_storage: dict[str, Any]
) -> None:
    """Only accounts with a config entry are stored."""
    await home.add(WECOM)
    form = await open_form(home.hass, TENCENT)
    typed = {**credentials(home.sim, TENCENT), "app_id": "mistyped"}
    form = await fill_in(home.hass, form, typed)
    assert form["errors"]
    await home.live(UPDATE + 10)
    assert [*hass_storage[STORE]["data"]] == [home.unique_id(WECOM)]


async def test_a_reload_keeps_the_request_count_and_the_rate_limit(home: Home) -> None:
    """An API that the vendor has limited gets no request before the limit ends."""
    entry = await home.add(TENCENT)
    before = int(home.shown(TENCENT, "calls_today"))
    home.sim.faults.add(Fault("vendor_code", TENCENT, "devices", code=190313, times=1))
    await home.pass_time(300)
    await home.restart(entry)
    limited = home.sim.requests.count(TENCENT, "devices")
    assert int(home.shown(TENCENT, "calls_today")) > before
    await home.live(50)
    assert home.sim.requests.count(TENCENT, "devices") == limited
    await home.live(30)
    assert home.sim.requests.count(TENCENT, "devices") > limited


def oldest_update(home: Home, vendor: str) -> datetime:
    """Return the time of the oldest status, as its sensor shows it."""
    return datetime.fromisoformat(home.shown(vendor, "oldest_reading"))


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_oldest_update_changes_every_five_minutes(
    home: Home, vendor: str
) -> None:
    """The sensor does not change with every poll."""
    await home.add(vendor)
    seen = set()
    for _ in range(120):
        await home.pass_time(POLL)
        seen.add(oldest_update(home, vendor))
        assert dt_util.utcnow() - oldest_update(home, vendor) < LATE
    assert 12 <= len(seen) <= 14


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_oldest_update_is_recent_after_an_outage(
    home: Home, vendor: str
) -> None:
    """The sensor is unavailable during the outage, and does not show an older time afterwards."""
    await home.add(vendor)
    home.sim.faults.add(Fault("http", vendor, status=502))
    await home.polls(3)
    assert home.shown(vendor, "oldest_reading") == STATE_UNAVAILABLE
    for _ in range(80):
        await home.pass_time(POLL)
    home.sim.faults.clear()
    await home.live(UPDATE + 10)
    assert dt_util.utcnow() - oldest_update(home, vendor) < LATE


async def test_the_oldest_update_is_right_at_the_poll_after_the_clock_was_set_back(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sensor does not show a time in the future until its next update."""
    await home.add(TENCENT)
    await home.polls(1)
    utcnow = dt_util.utcnow
    monkeypatch.setattr(
        "homeassistant.util.dt.utcnow", lambda: utcnow() - timedelta(hours=8)
    )
    await home.polls(1)
    assert timedelta(0) <= dt_util.utcnow() - oldest_update(home, TENCENT) < LATE


async def test_the_oldest_update_is_that_of_a_room_without_a_status(home: Home) -> None:
    """Newer statuses of the other rooms do not change it."""
    await home.add(TENCENT)
    await home.pass_time(POLL)
    last = dt_util.utcnow()
    fault = home.sim.faults.add(Fault("bad_room", TENCENT, "list", room_id="100001"))
    for _ in range(80):
        await home.pass_time(POLL)
    assert abs(oldest_update(home, TENCENT) - last) < MOMENT
    home.sim.faults.remove(fault)
    await home.live(UPDATE + 10)
    assert dt_util.utcnow() - oldest_update(home, TENCENT) < LATE


@pytest.mark.parametrize("rooms", [650])
async def test_many_rooms_are_polled_less_often(home: Home) -> None:
    """13 requests four times a minute would exceed half of a limit of 100."""
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
async def test_a_smaller_share_of_the_budget_lengthens_the_poll_interval(
    home: Home,
) -> None:
    """Nine requests four times a minute would exceed half of a limit of 50."""
    for api in ("devices", "alarms", "controllers", "meetings"):
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
async def test_a_changed_budget_share_keeps_the_request_count(
    home: Home, vendor: str
) -> None:
    """The requests of the options form are counted too."""
    entry = await home.add(vendor)
    before = int(home.shown(vendor, "calls_today"))
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, {**ALL_ROOMS, "budget_share": 50})
    limits = entry.runtime_data.client.budget.limits
    assert limits.per_minute == {TENCENT: 50, WECOM: 90}[vendor]
    assert int(home.shown(vendor, "calls_today")) > before
    await open_options(home.hass, entry)
    assert entry.runtime_data.client.budget.limits == limits
