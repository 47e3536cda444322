"""Test the repair issues of an account, and that they are deleted by themselves."""

from collections.abc import Iterable
from typing import Any

import pytest

from custom_components.meeting_rooms.account.issues import POLL, AccountIssues
from custom_components.meeting_rooms.api.errors import CannotConnect
from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.config_entries import ConfigEntryDisabler, ConfigEntryState
from homeassistant.core import Event, callback
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import MockConfigEntry
from simulator import Fault

from ..home import LISTERS, QUANSHI, TENCENT, WECOM, Home, chosen, is_in, permissions

FIRST = {TENCENT: "100001", WECOM: "RoomId001"}
SECOND = {TENCENT: "100002", WECOM: "200002"}
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


DETAILS = {TENCENT: "details", WECOM: "get_info"}
REFUSED_ROOMS = {TENCENT: 8, WECOM: 4}
"""The rooms without a permission, after which the API counts as denied: all of so few."""


def locate(home: Home, room_ids: Iterable[str], location: str) -> None:
    """Put rooms into a place, all of them idle."""
    city, building, floor = location.split("-")
    for room_id in room_ids:
        home.sim.company.change(
            TENCENT, room_id, status=2, city=city, building=building, floor=floor
        )


async def respond_again(home: Home) -> None:
    """Let an API that was denied be updated three times."""
    await home.pass_time(3600)
    await home.polls(2)
    for _ in range(2):
        await home.pass_time(300)
        await home.polls(1)


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


@pytest.mark.parametrize("rooms", [12])
async def test_a_floor_that_goes_offline_is_one_issue(home: Home) -> None:
    """With the place and the number of rooms, until half of the rooms are back."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids[:5], "深圳-A座-3F")
    locate(home, ids[5:], "深圳-A座-4F")
    await home.add(TENCENT)
    await home.polls(1)
    for room_id in ids[:4]:
        home.sim.company.change(TENCENT, room_id, status=4)
    await home.polls(1)
    shown = home.issues()["place_offline"]
    assert shown is not None
    assert (shown["place"], shown["offline"], shown["rooms"]) == (
        "深圳-A座-3F",
        "4",
        "5",
    )
    home.sim.company.change(TENCENT, ids[4], status=4)
    await home.polls(1)
    shown = home.issues()["place_offline"]
    assert shown is not None
    assert shown["offline"] == "5"
    for room_id in ids[:3]:
        home.sim.company.change(TENCENT, room_id, status=2)
    await home.polls(1)
    assert home.issues() == {}


@pytest.mark.parametrize("rooms", [12])
async def test_a_building_that_goes_offline_is_one_issue(home: Home) -> None:
    """Its floors have none of their own; rooms elsewhere do not count."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids[:4], "深圳-A座-3F")
    locate(home, ids[4:8], "深圳-A座-4F")
    locate(home, ids[8:], "深圳-B座-1F")
    await home.add(TENCENT)
    await home.polls(1)
    for room_id in ids[:7]:
        home.sim.company.change(TENCENT, room_id, status=4)
    await home.polls(1)
    shown = [
        issue.translation_placeholders["place"]
        for issue in ir.async_get(home.hass).issues.values()
        if issue.translation_placeholders is not None
    ]
    assert shown == ["深圳-A座"]


@pytest.mark.parametrize("rooms", [12])
async def test_rooms_that_go_offline_one_by_one_are_no_issue(home: Home) -> None:
    """People switch them off when they go home."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids, "深圳-A座-3F")
    await home.add(TENCENT)
    for room_id in ids:
        home.sim.company.change(TENCENT, room_id, status=4)
        await home.polls(1)
    assert home.issues() == {}


@pytest.mark.parametrize("rooms", [12])
async def test_an_offline_floor_is_still_an_issue_after_a_reload(home: Home) -> None:
    """However long the vendor cannot be reached meanwhile."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids[:5], "深圳-A座-3F")
    locate(home, ids[5:], "深圳-A座-4F")
    entry = await home.add(TENCENT)
    await home.polls(1)
    for room_id in ids[:4]:
        home.sim.company.change(TENCENT, room_id, status=4)
    await home.polls(1)
    home.sim.faults.add(Fault("http", TENCENT, "list", status=502))
    await home.restart(entry)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    home.sim.faults.clear()
    await home.polls(4)
    assert is_in(entry, ConfigEntryState.LOADED)
    shown = home.issues()["place_offline"]
    assert shown is not None
    assert (shown["place"], shown["offline"], shown["rooms"]) == (
        "深圳-A座-3F",
        "4",
        "5",
    )
    for room_id in ids[:3]:
        home.sim.company.change(TENCENT, room_id, status=2)
    await home.polls(1)
    assert home.issues() == {}


@pytest.mark.parametrize("rooms", [12])
async def test_an_error_of_the_poll_keeps_the_issues_of_rooms(
    home: Home,
) -> None:
    """An offline floor and an unknown room stay while the clock is wrong."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids, "深圳-A座-3F")
    await home.add(TENCENT, chosen(*ids, "404404"))
    await home.polls(1)
    for room_id in ids:
        home.sim.company.change(TENCENT, room_id, status=4)
    await home.polls(1)
    home.sim.faults.add(Fault("vendor_code", TENCENT, "list", code=190300))
    await home.polls(1)
    assert {*home.issues()} == {"clock_skew", "place_offline", "rooms_unknown"}


def ignored(home: Home) -> set[str | None]:
    """Return the issues that the user ignores."""
    return {
        issue.translation_key
        for issue in ir.async_get(home.hass).issues.values()
        if issue.domain == DOMAIN and issue.dismissed_version
    }


def ignore_all(home: Home) -> None:
    """Ignore the issues that are shown."""
    for domain, issue_id in [*ir.async_get(home.hass).issues]:
        ir.async_ignore_issue(home.hass, domain, issue_id, ignore=True)


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


def changes(home: Home) -> list[str]:
    """Return a list that takes what happens to the issues from now on."""
    actions: list[str] = []

    @callback
    def see(event: Event[Any]) -> None:
        """Take one change."""
        actions.append(event.data["action"])

    home.hass.bus.async_listen(ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED, see)
    return actions


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


async def alternate(home: Home, faults: list[Fault]) -> None:
    """Let each fault fail one poll."""
    for fault in faults:
        home.sim.faults.add(fault)
        await home.polls(1)
        home.sim.faults.clear()


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
