"""Test the repair issues of permissions that are missing."""

import pytest

from custom_components.meeting_rooms.account.issues import POLL, AccountIssues
from custom_components.meeting_rooms.api.errors import CannotConnect
from homeassistant.config_entries import ConfigEntryState
from homeassistant.helpers import issue_registry as ir
from simulator import Fault

from ..home import LISTERS, QUANSHI, TENCENT, WECOM, Home, chosen, is_in, permissions
from .issues import (
    DETAILS,
    FIRST,
    SECOND,
    alternate,
    changes,
    ignore_all,
    ignored,
    respond_again,
)

FEATURES = [
    (
        TENCENT,
        "details",
        "permission_details",
        "GET /v1/meeting-rooms/{meeting_room_id}",
    ),
    (TENCENT, "devices", "permission_devices", "GET /v1/devices"),
    (
        TENCENT,
        "alarms",
        "permission_alarms",
        "GET /v1/meeting-rooms-monitor/monitor-info",
    ),
    (
        TENCENT,
        "controllers",
        "permission_controllers",
        "GET /v1/meeting-rooms-monitor/device-controller-info",
    ),
    (WECOM, "get_info", "permission_details", "POST /cgi-bin/meeting/rooms/get_info"),
    (
        WECOM,
        "list_devices",
        "permission_devices",
        "POST /cgi-bin/meeting/rooms/list_devices",
    ),
    (
        WECOM,
        "list_controllers",
        "permission_controllers",
        "POST /cgi-bin/meeting/rooms/list_controllers",
    ),
]
REFUSED_ROOMS = {TENCENT: 8, WECOM: 4}
"""The rooms without a permission, after which the API counts as denied: all of so few."""


@pytest.mark.parametrize(("vendor", "api", "key", "interface"), FEATURES)
async def test_a_missing_permission_is_an_issue_until_it_is_granted(
    home: Home, vendor: str, api: str, key: str, interface: str
) -> None:
    """The issue names the API, and the place in the console that has the permission."""
    permissions(home, vendor).revoke(api)
    entry = await home.add(vendor)
    await home.polls(2)
    shown = home.issues()[key]
    assert shown is not None
    assert shown["interface"] == interface
    assert shown["account"] == entry.title
    assert shown["console_path"]
    permissions(home, vendor).grant()
    await respond_again(home)
    assert home.issues() == {}


@pytest.mark.parametrize(("vendor", "api", "key", "interface"), FEATURES)
async def test_a_permission_that_is_withdrawn_later_is_an_issue_until_it_is_granted(
    home: Home, vendor: str, api: str, key: str, interface: str
) -> None:
    """Although the API had worked; it is not requested again for an hour."""
    await home.add(vendor)
    await home.live(330)
    assert home.issues() == {}
    permissions(home, vendor).revoke(api)
    home.sim.requests.clear()
    await home.live(330)
    shown = home.issues()[key]
    assert shown is not None
    assert shown["interface"] == interface
    asked = home.sim.requests.count(vendor, api)
    assert asked == (REFUSED_ROOMS[vendor] if api == DETAILS[vendor] else 1)
    await home.live(600)
    assert home.sim.requests.count(vendor, api) == asked
    permissions(home, vendor).grant()
    await respond_again(home)
    assert home.issues() == {}


@pytest.mark.parametrize("rooms", [300])
async def test_a_dozen_denied_rooms_show_that_the_permission_is_missing(
    home: Home,
) -> None:
    """However many rooms there are; other requests may be under way already."""
    await home.add(TENCENT)
    await home.live(420)
    permissions(home, TENCENT).revoke("details")
    home.sim.requests.clear()
    await home.live(420)
    assert [*home.issues()] == ["permission_details"]
    assert 12 <= home.sim.requests.count(TENCENT, "details") <= 12 + 3


@pytest.mark.parametrize("vendor", LISTERS)
async def test_one_room_whose_details_are_denied_is_no_missing_permission(
    home: Home, vendor: str
) -> None:
    """However often they are; those of the others are updated."""
    denied = {TENCENT: 9042, WECOM: 48002}[vendor]
    home.sim.faults.add(
        Fault("vendor_code", vendor, DETAILS[vendor], FIRST[vendor], code=denied)
    )
    home.sim.company.change(vendor, SECOND[vendor], cpu_usage="12")
    await home.add(vendor)
    for _ in range(12):
        await home.live(150)
    assert home.issues() == {}
    assert home.shown(vendor, SECOND[vendor], "cpu_usage") == "12.0"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_list_without_permission_is_an_issue(home: Home, vendor: str) -> None:
    """Also before the account was ever set up."""
    permissions(home, vendor).revoke("list")
    entry = await home.add(vendor)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    assert [*home.issues()] == ["permission_list"]
    permissions(home, vendor).grant()
    await home.polls(3)
    await home.polls(2)
    assert is_in(entry, ConfigEntryState.LOADED)
    assert home.issues() == {}


@pytest.mark.parametrize(
    ("vendor", "api", "key"),
    [
        (TENCENT, "devices", "permission_devices"),
        (TENCENT, "alarms", "permission_alarms"),
        (WECOM, "list_controllers", "permission_controllers"),
    ],
)
async def test_an_api_that_is_denied_every_second_time_is_one_issue(
    home: Home, vendor: str, api: str, key: str
) -> None:
    """It goes with the third success in a row."""
    permissions(home, vendor).revoke(api)
    await home.add(vendor)
    assert [*home.issues()] == [key]
    actions = changes(home)
    for _ in range(3):
        permissions(home, vendor).grant()
        await home.pass_time(3600)
        await home.polls(2)
        permissions(home, vendor).revoke(api)
        await home.pass_time(300)
        await home.polls(2)
    assert [*home.issues()] == [key]
    assert actions == []
    permissions(home, vendor).grant()
    await respond_again(home)
    assert actions == ["remove"]


async def test_an_api_of_the_polls_that_is_denied_now_and_then_is_one_issue(
    home: Home,
) -> None:
    """Quanshi's polls leave it out, and succeed."""
    await home.add(QUANSHI)
    actions = changes(home)
    denied = Fault("http", QUANSHI, "getStatus", status=403)
    for _ in range(5):
        await alternate(home, [denied])
        await home.polls(1)
    assert [*home.issues()] == ["permission_api"]
    assert actions == ["create"]
    ignore_all(home)
    await home.polls(5)
    assert ignored(home) == {"permission_api"}


async def test_each_api_that_is_denied_is_named_until_it_is_permitted(
    home: Home,
) -> None:
    """Also after a reload; an error of the poll changes nothing."""
    entry = await home.add(TENCENT)
    issues = AccountIssues(home.hass, entry)
    issues.report_denied({"devices", "something_new"})
    issues.report_error(POLL, CannotConnect())
    shown = {
        each.translation_placeholders["interface"]
        for each in ir.async_get(home.hass).issues.values()
        if each.translation_placeholders is not None
    }
    assert shown == {"GET /v1/devices", "something_new"}
    for _ in range(3):
        AccountIssues(home.hass, entry).report_denied({"devices"})
    (remaining,) = ir.async_get(home.hass).issues.values()
    assert remaining.translation_placeholders is not None
    assert remaining.translation_placeholders["interface"] == "GET /v1/devices"
    for _ in range(3):
        AccountIssues(home.hass, entry).report_denied(())
    assert home.issues() == {}


async def test_details_that_the_polls_fetch_are_no_missing_permission(
    home: Home,
) -> None:
    """The background does not fetch details any more, and cannot report that it may."""
    permissions(home, TENCENT).revoke("details")
    entry = await home.add(TENCENT, chosen(FIRST[TENCENT]))
    await home.polls(1)
    assert [*home.issues()] == ["permission_details"]
    permissions(home, TENCENT).grant()
    permissions(home, TENCENT).revoke("list")
    await home.restart(entry)
    await home.polls(3)
    assert home.issues() == {}


async def test_another_error_ends_the_issue_of_a_missing_permission(
    home: Home,
) -> None:
    """In the background as in the polls, if it is reported three times in a row."""
    permissions(home, TENCENT).revoke("devices")
    await home.add(TENCENT)
    await home.polls(1)
    assert [*home.issues()] == ["permission_devices"]
    permissions(home, TENCENT).grant()
    home.sim.faults.add(Fault("vendor_code", TENCENT, "devices", code=190001))
    await home.pass_time(3600)
    await home.polls(4)
    assert home.issues() == {}
