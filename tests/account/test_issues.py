"""Test the repair issues of an account, and that they are deleted by themselves."""

from typing import Any

import pytest

from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from pytest_homeassistant_custom_component.common import MockConfigEntry
from simulator import Fault

from ..home import LISTERS, TENCENT, WECOM, Home, chosen, is_in, permissions
from .issues import DETAILS, FIRST


@pytest.mark.parametrize(
    ("vendor", "fault", "key"),
    [
        (TENCENT, {"kind": "vendor_code", "code": 190300}, "clock_skew"),
        (TENCENT, {"kind": "vendor_code", "code": 190311}, "daily_limit"),
        (TENCENT, {"kind": "vendor_code", "code": 190312}, "daily_limit_interface"),
    ],
)
async def test_an_error_of_all_requests_is_one_issue(
    home: Home, vendor: str, fault: dict[str, Any], key: str
) -> None:
    """It is deleted after three good polls."""
    await home.add(vendor)
    home.sim.faults.add(Fault(vendor=vendor, **fault))
    await home.polls(3)
    assert [*home.issues()] == [key]
    home.sim.faults.clear()
    for _ in range(17):
        await home.pass_time(3600)
    await home.polls(2)
    assert home.issues() == {}


async def test_an_address_that_is_not_allowed_is_an_issue(home: Home) -> None:
    """With the address that the vendor reports."""
    await home.add(WECOM)
    account = home.sim.accounts.wecom
    account.trusted_ips = set()
    account.client_ip = "203.0.113.9"
    await home.polls(1)
    shown = home.issues()["ip_not_allowed"]
    assert shown is not None
    assert shown["address"] == "203.0.113.9"
    account.trusted_ips = {"203.0.113.9"}
    await home.polls(3)
    assert home.issues() == {}


async def test_an_address_that_the_vendor_does_not_report_is_not_made_up(
    home: Home,
) -> None:
    """Another text says where to find it; once it is reported, it is shown."""
    await home.add(WECOM)
    account = home.sim.accounts.wecom
    account.trusted_ips = set()
    account.client_ip = "unknown"
    await home.polls(1)
    assert [*home.issues()] == ["unnamed_ip_not_allowed"]
    account.client_ip = "203.0.113.9"
    await home.polls(1)
    assert [*home.issues()] == ["unnamed_ip_not_allowed", "ip_not_allowed"]
    await home.polls(2)
    assert [*home.issues()] == ["ip_not_allowed"]
    account.trusted_ips = {"203.0.113.9"}
    await home.polls(3)
    assert home.issues() == {}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_selected_room_that_the_vendor_does_not_know_is_an_issue(
    home: Home, vendor: str
) -> None:
    """Until it exists again, or is not selected any more."""
    entry = await home.add(vendor, chosen(FIRST[vendor], "404404"))
    await home.polls(1)
    shown = home.issues()["rooms_unknown"]
    assert shown is not None
    assert shown["rooms"] == "404404"
    home.hass.config_entries.async_update_entry(entry, options=chosen(FIRST[vendor]))
    await home.settle()
    await home.polls(1)
    assert home.issues() == {}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_was_known_is_named(home: Home, vendor: str) -> None:
    """With its id, as the vendor's console may list it."""
    await home.add(vendor, chosen(FIRST[vendor]))
    await home.polls(1)
    name = next(
        room.name
        for room in home.sim.company.rooms_of(vendor)
        if room.room_id == FIRST[vendor]
    )
    home.sim.company.rooms_of(vendor).remove(FIRST[vendor])
    await home.polls(1)
    shown = home.issues()["rooms_unknown"]
    assert shown is not None
    assert shown["rooms"] == f"{name} ({FIRST[vendor]})"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_unknown_room_that_is_listed_again_is_no_issue(
    home: Home, vendor: str
) -> None:
    """One whose details cannot be fetched still is."""
    await home.add(vendor, chosen(FIRST[vendor], "404404"))
    await home.polls(1)
    shown = home.issues()
    fault = home.sim.faults.add(Fault("http", vendor, DETAILS[vendor], status=502))
    await home.polls(1)
    assert home.issues() == shown
    home.sim.faults.remove(fault)
    book = home.sim.company.rooms_of(vendor)
    room = book.remove(FIRST[vendor])
    await home.polls(1)
    assert FIRST[vendor] in str(home.issues()["rooms_unknown"])
    book.add(room.name, room.room_id)
    await home.polls(2)
    assert FIRST[vendor] not in str(home.issues()["rooms_unknown"])


async def test_of_many_unknown_rooms_ten_are_named(home: Home) -> None:
    """The others are counted, so that the text stays short."""
    rooms = [f"4044{number:02}" for number in range(13)]
    await home.add(TENCENT, chosen(FIRST[TENCENT], *rooms))
    await home.polls(1)
    shown = home.issues()["rooms_unknown"]
    assert shown is not None
    assert shown["rooms"] == f"{', '.join(rooms[:10])}, … (+3)"


SET_CLOCK = pytest.mark.parametrize(
    ("code", "polls"), [(200003, 1), (190001, 3), (20201, 3), (777, 3)]
)


@SET_CLOCK
async def test_a_clock_that_was_set_is_no_issue(
    home: Home, code: int, polls: int
) -> None:
    """The vendor reports another error only where the clock is right.

    Credentials that it refuses are not sent again, so that no other poll follows.
    """
    await home.add(TENCENT)
    wrong = home.sim.faults.add(Fault("vendor_code", TENCENT, code=190300))
    await home.polls(1)
    assert [*home.issues()] == ["clock_skew"]
    home.sim.faults.remove(wrong)
    home.sim.faults.add(Fault("vendor_code", TENCENT, code=code))
    await home.polls(polls)
    assert "clock_skew" not in home.issues()


@SET_CLOCK
async def test_a_clock_that_was_set_is_no_issue_of_an_account_that_was_never_set_up(
    home: Home, code: int, polls: int
) -> None:
    """Home Assistant tries again, and counts over the attempts."""
    wrong = home.sim.faults.add(Fault("vendor_code", TENCENT, code=190300))
    entry = await home.add(TENCENT)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    assert [*home.issues()] == ["clock_skew"]
    home.sim.faults.remove(wrong)
    home.sim.faults.add(Fault("vendor_code", TENCENT, code=code))
    for _ in range(polls):
        await home.pass_time(600)
    assert home.issues() == {}


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "http", "status": 502},
        {"kind": "redirect"},
        {"kind": "vendor_code", "code": 190310},
    ],
)
async def test_a_wrong_clock_stays_an_issue_while_the_vendor_says_nothing_of_it(
    home: Home, fault: dict[str, Any]
) -> None:
    """It is unknown whether it was set."""
    await home.add(TENCENT)
    wrong = home.sim.faults.add(Fault("vendor_code", TENCENT, code=190300))
    await home.polls(1)
    home.sim.faults.remove(wrong)
    home.sim.faults.add(Fault(vendor=TENCENT, **fault))
    await home.polls(3)
    assert [*home.issues()] == ["clock_skew"]


@pytest.mark.parametrize(
    ("api", "interface"),
    [("list", "GET /v1/meeting-rooms"), ("devices", "GET /v1/devices")],
)
async def test_one_api_whose_daily_limit_is_reached_is_named(
    home: Home, api: str, interface: str
) -> None:
    """The other APIs respond, and are not named."""
    entry = await home.add(TENCENT)
    home.sim.faults.add(Fault("vendor_code", TENCENT, api, code=190312))
    await home.pass_time(300)
    await home.polls(1)
    shown = home.issues()
    assert [*shown] == ["daily_limit_interface"]
    assert shown["daily_limit_interface"] is not None
    assert shown["daily_limit_interface"]["interface"] == interface
    await home.restart(entry)
    await home.polls(1)
    assert home.issues() == shown


async def test_the_daily_limit_of_details_is_named_where_polls_fetch_them(
    home: Home,
) -> None:
    """For want of the list, which is not what is limited."""
    permissions(home, TENCENT).revoke("list")
    await home.add(TENCENT, chosen(FIRST[TENCENT]))
    home.sim.faults.add(Fault("vendor_code", TENCENT, "details", code=190312))
    await home.polls(1)
    shown = home.issues()["daily_limit_interface"]
    assert shown is not None
    assert shown["interface"] == "GET /v1/meeting-rooms/{meeting_room_id}"


async def test_the_daily_limit_of_the_account_is_one_issue_for_all_apis(
    home: Home,
) -> None:
    """Whichever of them the vendor limited first; none is requested after that."""
    await home.add(TENCENT)
    home.sim.faults.add(Fault("vendor_code", TENCENT, "devices", code=190311))
    await home.pass_time(300)
    await home.live(30)
    home.sim.requests.clear()
    await home.polls(3)
    assert [*home.issues()] == ["daily_limit"]
    assert home.sim.requests.count(TENCENT) == 0


RUNNING_OR_NOT = pytest.mark.parametrize(
    ("api", "state"),
    [("list", ConfigEntryState.SETUP_RETRY), ("devices", ConfigEntryState.LOADED)],
)


async def add_denied(home: Home, api: str, state: ConfigEntryState) -> MockConfigEntry:
    """Return an account with the issue of a missing permission."""
    permissions(home, TENCENT).revoke(api)
    entry = await home.add(TENCENT)
    await home.polls(1)
    assert is_in(entry, state)
    assert [*home.issues()] == [f"permission_{api}"]
    return entry


@RUNNING_OR_NOT
async def test_an_account_that_is_disabled_leaves_no_issue(
    home: Home, api: str, state: ConfigEntryState
) -> None:
    """Whether it was running or not."""
    entry = await add_denied(home, api, state)
    await home.hass.config_entries.async_set_disabled_by(
        entry.entry_id, ConfigEntryDisabler.USER
    )
    await home.settle()
    assert home.issues() == {}
    await home.hass.config_entries.async_set_disabled_by(entry.entry_id, None)
    await home.settle()
    assert [*home.issues()] == [f"permission_{api}"]


@RUNNING_OR_NOT
async def test_an_account_that_is_removed_leaves_no_issue(
    home: Home, api: str, state: ConfigEntryState
) -> None:
    """Whether it was running or not."""
    entry = await add_denied(home, api, state)
    await home.hass.config_entries.async_remove(entry.entry_id)
    assert home.issues() == {}
