"""Test the choice of the rooms in the options of an account."""

from typing import Any

import pytest

from homeassistant.config_entries import ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from simulator import Fault
from tests.vendors import OTHER_ROOM as SECOND_ROOM, ROOM as FIRST_ROOM

from ..forms import (
    add_account,
    choose,
    default_input,
    fields_of,
    open_menu,
    open_options,
    placeholders_of,
    suggested,
)
from ..home import (
    ALL_ROOMS,
    LISTERS,
    QUANSHI,
    TENCENT,
    VENDORS,
    WECOM,
    Home,
    chosen,
    credentials,
    is_in,
    permissions,
)
from .accounts import replace_secrets


@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_that_are_not_chosen_any_more_are_removed(
    home: Home, vendor: str
) -> None:
    """Remove their devices and entities."""
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "rooms")
    assert default_input(form) == ALL_ROOMS
    result = await choose(home.hass, form, chosen(FIRST_ROOM[vendor]))
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == chosen(FIRST_ROOM[vendor])
    assert entry.state is ConfigEntryState.LOADED
    assert home.device(vendor, SECOND_ROOM[vendor]) is None
    removed = home.unique_id(vendor, SECOND_ROOM[vendor], "status")
    assert removed not in home.all_entities()
    assert home.shown(vendor, FIRST_ROOM[vendor], "status") != "unavailable"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_all_rooms_can_be_added_later(home: Home, vendor: str) -> None:
    """Show the stored rooms in the form, and add the others."""
    entry = await home.add(vendor, chosen(FIRST_ROOM[vendor]))
    form = await open_options(home.hass, entry)
    assert default_input(form) == chosen(FIRST_ROOM[vendor])
    await choose(home.hass, form, ALL_ROOMS)
    assert home.device(vendor, SECOND_ROOM[vendor]) is not None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_unknown_room_does_not_change_the_options(
    home: Home, vendor: str
) -> None:
    """Show the error, and accept a known room in the same form."""
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    form = await choose(home.hass, form, chosen("4711"))
    assert form["errors"] == {"rooms": "room_not_found"}
    assert placeholders_of(form)["room"] == "4711"
    assert entry.options == ALL_ROOMS
    result = await choose(home.hass, form, chosen(FIRST_ROOM[vendor]))
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("vendor", LISTERS)
async def test_room_ids_are_entered_if_the_list_is_not_permitted(
    home: Home, vendor: str
) -> None:
    """Show the stored IDs, and offer neither all rooms nor places."""
    entry = await home.add(vendor, chosen(FIRST_ROOM[vendor]))
    permissions(home, vendor).revoke("list")
    form = await open_options(home.hass, entry)
    assert fields_of(form) == ["rooms", "budget_share"]
    assert default_input(form) == {"rooms": [FIRST_ROOM[vendor]]}
    await choose(home.hass, form, {"rooms": [SECOND_ROOM[vendor]]})
    assert entry.options == chosen(SECOND_ROOM[vendor])
    assert home.device(vendor, FIRST_ROOM[vendor]) is None
    assert home.device(vendor, SECOND_ROOM[vendor]) is not None


@pytest.mark.parametrize(
    ("vendor", "fault", "reason", "placeholders"),
    [
        (TENCENT, {"kind": "http", "status": 502}, "cannot_connect", {}),
        (WECOM, {"kind": "redirect"}, "invalid_response", {}),
        (TENCENT, {"kind": "vendor_code", "code": 190303}, "invalid_auth", {}),
        (TENCENT, {"kind": "vendor_code", "code": 190001}, "invalid_operator", {}),
        (WECOM, {"kind": "vendor_code", "code": 45009}, "rate_limited", {}),
        (TENCENT, {"kind": "clock", "seconds": 999}, "clock_skew", {}),
        (
            WECOM,
            {"kind": "ip_not_allowed", "address": "192.0.2.1"},
            "ip_not_allowed",
            {"address": "192.0.2.1"},
        ),
        (TENCENT, {"kind": "vendor_code", "code": 7}, "unknown", {"code": " 7"}),
    ],
)
async def test_api_error_ends_the_flow_with_its_reason(
    home: Home,
    vendor: str,
    fault: dict[str, Any],
    reason: str,
    placeholders: dict[str, str],
) -> None:
    """Show the form once the error is over."""
    entry = await home.add(vendor)
    home.sim.faults.add(Fault(vendor=vendor, **fault))
    result = await open_options(home.hass, entry)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, reason)
    assert placeholders.items() <= placeholders_of(result).items()
    home.sim.faults.clear()
    form = await open_options(home.hass, entry)
    assert form["type"] is FlowResultType.FORM


async def test_missing_operator_ends_the_flow_with_its_reason(home: Home) -> None:
    """Abort if the vendor requires an operator since the account was added."""
    account = home.sim.accounts.tencent_meeting
    account.operator_required, account.missing_operator_code = False, 190004
    fields = credentials(home.sim, TENCENT) | {"operator_id": ""}
    entry = await add_account(home.hass, TENCENT, fields)
    account.operator_required = True
    result = await open_options(home.hass, entry)
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "operator_required",
    )


@pytest.mark.parametrize("vendor", LISTERS)
async def test_opening_the_form_does_not_send_rejected_credentials(
    home: Home, vendor: str
) -> None:
    """Abort after a poll was rejected."""
    entry = await home.add(vendor)
    replace_secrets(home.sim)
    await home.polls(1)
    home.sim.requests.clear()
    result = await open_options(home.hass, entry)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "invalid_auth")
    assert home.sim.requests.by_api() == {}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_opening_the_form_does_not_send_credentials_that_never_worked(
    home: Home, vendor: str
) -> None:
    """Abort while the account is not set up, and show the form afterwards."""
    entry = home.entry(vendor)
    replace_secrets(home.sim)
    await home.start(entry)
    assert is_in(entry, ConfigEntryState.SETUP_ERROR)
    home.sim.requests.clear()
    result = await open_options(home.hass, entry)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "invalid_auth")
    assert home.sim.requests.by_api() == {}
    fields = credentials(home.sim, vendor)
    home.hass.config_entries.async_update_entry(entry, data={**entry.data, **fields})
    await home.restart(entry)
    form = await open_options(home.hass, entry)
    assert form["type"] is FlowResultType.FORM


@pytest.mark.parametrize("vendor", LISTERS)
async def test_submitting_the_form_does_not_send_rejected_credentials(
    home: Home, vendor: str
) -> None:
    """Abort if a poll was rejected while the form was open."""
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    replace_secrets(home.sim)
    await home.polls(1)
    home.sim.requests.clear()
    result = await choose(home.hass, form, chosen("4711"))
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "invalid_auth")
    assert home.sim.requests.by_api() == {}
    assert entry.options == ALL_ROOMS


@pytest.mark.parametrize("vendor", VENDORS)
async def test_menu_offers_the_options_of_the_vendor(home: Home, vendor: str) -> None:
    """Offer the choice of rooms only where the account has a list to choose from."""
    entry = await home.add(vendor)
    assert entry.supports_options
    menu = await open_menu(home.hass, entry)
    assert (menu["type"], menu["step_id"]) == (FlowResultType.MENU, "init")
    all_steps = ["rooms", "areas", "meetings", "room"]
    assert menu["menu_options"] == all_steps[2 * (vendor == QUANSHI) :]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_budget_share_is_kept_in_the_options(home: Home, vendor: str) -> None:
    """Keep it in the form after an error, and store nothing if it is 100 %."""
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    assert suggested(form)["budget_share"] == 100
    await choose(home.hass, form, {**ALL_ROOMS, "budget_share": 35.0})
    assert entry.options == {**ALL_ROOMS, "budget_share": 35}
    form = await open_options(home.hass, entry)
    assert suggested(form)["budget_share"] == 35
    form = await choose(home.hass, form, {**chosen("4711"), "budget_share": 50})
    assert form["errors"] == {"rooms": "room_not_found"}
    assert suggested(form)["budget_share"] == 50
    await choose(home.hass, form, {**ALL_ROOMS, "budget_share": 100})
    assert entry.options == ALL_ROOMS


@pytest.mark.parametrize("share", [5, 101])
async def test_budget_share_must_be_10_to_100_percent(home: Home, share: int) -> None:
    """Reject any other number."""
    entry = await home.add(TENCENT)
    form = await open_options(home.hass, entry)
    with pytest.raises(InvalidData):
        await choose(home.hass, form, {**ALL_ROOMS, "budget_share": share})
    assert entry.options == ALL_ROOMS
