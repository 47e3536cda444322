"""Test that accounts are set up, unloaded, reloaded and removed completely."""

import asyncio
from typing import Any

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from simulator import Fault

from .home import QUANSHI, TENCENT, VENDORS, WECOM, Home, is_in
from .vendors import ROOM


@pytest.fixture(autouse=True)
async def enable_event_loop_debug() -> None:
    """Let asyncio report tasks that are not awaited."""
    asyncio.get_running_loop().set_debug(True)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_unloaded_account_sends_no_request(home: Home, vendor: str) -> None:
    """The account leaves no task, no timer and no listener."""
    entry = await home.add(vendor)
    await home.polls(1)
    coordinator = entry.runtime_data
    assert await home.hass.config_entries.async_unload(entry.entry_id)
    await home.settle()
    assert is_in(entry, ConfigEntryState.NOT_LOADED)
    assert home.shown(vendor, "rooms_idle") == "unavailable"
    assert entry.update_listeners == []
    assert [*coordinator.async_contexts()] == []
    home.sim.requests.clear()
    await home.live(120)
    assert home.sim.requests.by_api() == {}
    tasks = {task.get_name() for task in asyncio.all_tasks()}
    assert not any(entry.title in name for name in tasks)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_can_be_reloaded_again_and_again(
    home: Home, vendor: str
) -> None:
    """Each reload sends as many requests as the first set-up."""
    entry = await home.add(vendor)
    await home.live(330)
    devices, entities = home.all_devices(), home.all_entities()
    counts = []
    for _ in range(3):
        home.sim.requests.clear()
        await home.restart(entry)
        await home.live(60)
        counts.append(home.sim.requests.by_api())
    assert counts[0] == counts[1] == counts[2]
    assert {*home.all_devices()} == {*devices}
    assert {*home.all_entities()} == {*entities}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_removed_account_leaves_no_device_and_no_entity(
    home: Home, vendor: str
) -> None:
    """Other accounts keep their devices and entities."""
    entry = await home.add(vendor)
    bystander = VENDORS[VENDORS.index(vendor) - 1]
    await home.add(bystander)
    others = {
        key for key in home.all_devices() if key.startswith(home.unique_id(bystander))
    }
    await home.hass.config_entries.async_remove(entry.entry_id)
    await home.settle()
    assert {*home.all_devices()} == others
    assert all(key.startswith(home.unique_id(bystander)) for key in home.all_entities())


@pytest.mark.parametrize(
    ("vendor", "fault", "key", "placeholders"),
    [
        (TENCENT, {"kind": "http", "status": 502}, "cannot_connect", {}),
        (WECOM, {"kind": "redirect"}, "invalid_response", {}),
        (QUANSHI, {"kind": "reset"}, "cannot_connect", {}),
        (TENCENT, {"kind": "clock", "seconds": 900}, "clock_skew", {}),
        (
            TENCENT,
            {"kind": "vendor_code", "code": 190001},
            "invalid_operator",
            {"code": " 190001"},
        ),
        (
            TENCENT,
            {"kind": "vendor_code", "code": 9042},
            "permission_denied",
            {"code": " 9042"},
        ),
        (
            TENCENT,
            {"kind": "vendor_code", "code": 20201},
            "not_found",
            {"code": " 20201"},
        ),
        (WECOM, {"kind": "vendor_code", "code": 12345}, "refused", {"code": " 12345"}),
        (
            WECOM,
            {"kind": "vendor_code", "code": 45009},
            "rate_limited",
            {"code": " 45009"},
        ),
        (
            WECOM,
            {"kind": "ip_not_allowed", "address": "192.0.2.1"},
            "ip_not_allowed",
            {"address": "192.0.2.1"},
        ),
    ],
)
async def test_an_account_that_cannot_be_reached_is_tried_again(
    home: Home,
    vendor: str,
    fault: dict[str, Any],
    key: str,
    placeholders: dict[str, str],
) -> None:
    """The reason is translated."""
    home.sim.faults.add(Fault(vendor=vendor, **fault))
    entry = await home.add(vendor)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    assert entry.error_reason_translation_key == key
    told = entry.error_reason_translation_placeholders or {}
    assert {"account": entry.title, **placeholders}.items() <= told.items()
    assert entry.reason is not None
    assert entry.reason.startswith(entry.title)
    home.sim.faults.clear()
    await home.polls(5)
    assert is_in(entry, ConfigEntryState.LOADED)


@pytest.mark.parametrize(
    ("vendor", "fault"),
    [
        (TENCENT, {"kind": "vendor_code", "code": 190303}),
        (WECOM, {"kind": "vendor_code", "code": 40001}),
        (QUANSHI, {"kind": "vendor_code", "code": 77, "message": "token expired"}),
    ],
)
async def test_refused_credentials_are_not_tried_again(
    home: Home, vendor: str, fault: dict[str, Any]
) -> None:
    """A reauthentication starts."""
    home.sim.faults.add(Fault(vendor=vendor, **fault))
    entry = await home.add(vendor)
    assert is_in(entry, ConfigEntryState.SETUP_ERROR)
    assert entry.error_reason_translation_key == "invalid_auth"
    (flow,) = home.hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    home.sim.requests.clear()
    await home.live(120)
    assert home.sim.requests.by_api() == {}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_only_devices_of_removed_subjects_can_be_deleted(
    home: Home, vendor: str, hass_ws_client: WebSocketGenerator
) -> None:
    """The devices of the account and of existing rooms cannot be deleted."""
    assert await async_setup_component(home.hass, "config", {})
    entry = await home.add(vendor)
    client = await hass_ws_client(home.hass)
    room, account = home.known_device(vendor, ROOM[vendor]), home.known_device(vendor)
    left = home.devices.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, home.unique_id(vendor, "left over"))},
    )
    answers = [
        (await client.remove_device(each.id))["success"]
        for each in (account, room, left)
    ]
    assert answers == [False, False, True]
    assert home.device(vendor, "left over") is None
    assert home.device(vendor, ROOM[vendor]) is not None


async def test_no_device_of_an_account_that_is_not_loaded_can_be_deleted(
    home: Home, hass_ws_client: WebSocketGenerator
) -> None:
    """Whether the account still has the subject is unknown."""
    assert await async_setup_component(home.hass, "config", {})
    home.sim.faults.add(Fault("http", status=502))
    entry = await home.add(QUANSHI)
    left = home.devices.async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={(DOMAIN, home.unique_id(QUANSHI, "left over"))},
    )
    client = await hass_ws_client(home.hass)
    answer = await client.remove_device(left.id)
    assert answer["error"]["code"] == "home_assistant_error"
    assert home.device(QUANSHI, "left over") is not None


async def test_an_account_of_an_unknown_vendor_does_not_affect_other_accounts(
    home: Home,
) -> None:
    """The reason contains the name of the vendor."""
    await home.add(QUANSHI)
    unknown = MockConfigEntry(
        domain=DOMAIN,
        title="future account",
        unique_id="future_1",
        data={"vendor": "future"},
    )
    unknown.add_to_hass(home.hass)
    await home.start(unknown)
    assert is_in(unknown, ConfigEntryState.SETUP_ERROR)
    assert unknown.error_reason_translation_key == "unknown_vendor"
    assert "future" in str(unknown.reason)
    other = await home.add(TENCENT)
    assert is_in(other, ConfigEntryState.LOADED)
    await home.hass.config_entries.async_remove(unknown.entry_id)
    assert home.hass.config_entries.async_get_entry(unknown.entry_id) is None
