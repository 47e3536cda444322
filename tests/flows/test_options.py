"""Test that the rooms of an account can be chosen again."""

from typing import Any

import pytest

from homeassistant.config_entries import ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from simulator import Fault

from ..forms import choose, fields_of, open_options, suggested
from ..home import (
    ALL_ROOMS,
    LISTERS,
    QUANSHI,
    TENCENT,
    WECOM,
    Home,
    chosen,
    credentials,
    is_in,
)

FIRST = {TENCENT: "100001", WECOM: "RoomId001"}
SECOND = {TENCENT: "100002", WECOM: "200002"}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_some_rooms_instead_of_all(home: Home, vendor: str) -> None:
    """The others disappear right away, with their devices and entities."""
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "rooms")
    schema = form["data_schema"]
    assert schema is not None
    assert schema({}) == ALL_ROOMS
    done = await choose(home.hass, form, chosen(FIRST[vendor]))
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == chosen(FIRST[vendor])
    assert entry.state is ConfigEntryState.LOADED
    assert home.device(vendor, FIRST[vendor]) is not None
    assert home.device(vendor, SECOND[vendor]) is None
    gone = home.unique_id(vendor, SECOND[vendor], "status")
    assert gone not in home.all_entities()
    assert home.shown(vendor, FIRST[vendor], "status") != "unavailable"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_all_rooms_instead_of_some(home: Home, vendor: str) -> None:
    """The choice is shown as it was made."""
    entry = await home.add(vendor, chosen(FIRST[vendor]))
    form = await open_options(home.hass, entry)
    schema = form["data_schema"]
    assert schema is not None
    assert schema({}) == chosen(FIRST[vendor])
    await choose(home.hass, form, ALL_ROOMS)
    assert home.device(vendor, SECOND[vendor]) is not None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_unknown_room_is_refused_here_too(home: Home, vendor: str) -> None:
    """The rooms stay as they were until one is found."""
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    form = await choose(home.hass, form, chosen("4711"))
    assert form["errors"] == {"rooms": "room_not_found"}
    assert entry.options == ALL_ROOMS
    done = await choose(home.hass, form, chosen(FIRST[vendor]))
    assert done["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("vendor", LISTERS)
async def test_where_the_list_is_not_granted_any_more(home: Home, vendor: str) -> None:
    """The typed ids are shown, all rooms are not offered."""
    entry = await home.add(vendor, chosen(FIRST[vendor]))
    home.sim.accounts.tencent_meeting.permissions.revoke("list")
    home.sim.accounts.wecom.permissions.revoke("list")
    form = await open_options(home.hass, entry)
    schema = form["data_schema"]
    assert schema is not None
    assert fields_of(form) == ["rooms", "budget_share"]
    assert schema({}) == {"rooms": [FIRST[vendor]]}
    await choose(home.hass, form, {"rooms": [SECOND[vendor]]})
    assert entry.options == chosen(SECOND[vendor])
    assert home.device(vendor, FIRST[vendor]) is None
    assert home.device(vendor, SECOND[vendor]) is not None


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
        (TENCENT, {"kind": "vendor_code", "code": 7}, "unknown", {"code": "7"}),
    ],
)
async def test_trouble_at_the_vendor_ends_the_options(
    home: Home,
    vendor: str,
    fault: dict[str, Any],
    reason: str,
    placeholders: dict[str, str],
) -> None:
    """There would be nothing to choose from; later it works."""
    entry = await home.add(vendor)
    home.sim.faults.add(Fault(vendor=vendor, **fault))
    result = await open_options(home.hass, entry)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, reason)
    told = dict(result["description_placeholders"] or {})
    assert placeholders.items() <= told.items()
    home.sim.faults.clear()
    form = await open_options(home.hass, entry)
    assert form["type"] is FlowResultType.FORM


def change_secrets(home: Home) -> None:
    """Let the vendors take other credentials than those that are stored."""
    home.sim.accounts.tencent_meeting.secret_key = "another"
    home.sim.accounts.wecom.corp_secret = "another"
    home.sim.wecom.tokens.expire_all()


@pytest.mark.parametrize("vendor", LISTERS)
async def test_refused_credentials_are_not_sent_by_opening_the_options(
    home: Home, vendor: str
) -> None:
    """Once a poll has met the refusal."""
    entry = await home.add(vendor)
    change_secrets(home)
    await home.polls(1)
    home.sim.requests.clear()
    result = await open_options(home.hass, entry)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "invalid_auth")
    assert home.sim.requests.by_api() == {}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_credentials_that_never_worked_are_not_sent_by_opening_the_options(
    home: Home, vendor: str
) -> None:
    """The account could not be set up; with the right ones it can be opened."""
    entry = home.entry(vendor)
    change_secrets(home)
    await home.start(entry)
    assert is_in(entry, ConfigEntryState.SETUP_ERROR)
    home.sim.requests.clear()
    result = await open_options(home.hass, entry)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "invalid_auth")
    assert home.sim.requests.by_api() == {}
    secrets = credentials(home.sim, vendor)
    home.hass.config_entries.async_update_entry(entry, data={**entry.data, **secrets})
    await home.restart(entry)
    form = await open_options(home.hass, entry)
    assert form["type"] is FlowResultType.FORM


@pytest.mark.parametrize("vendor", LISTERS)
async def test_credentials_that_are_refused_meanwhile_are_not_sent_by_the_options(
    home: Home, vendor: str
) -> None:
    """The form was open when a poll met the refusal."""
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    change_secrets(home)
    await home.polls(1)
    home.sim.requests.clear()
    result = await choose(home.hass, form, chosen("4711"))
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "invalid_auth")
    assert home.sim.requests.by_api() == {}
    assert entry.options == ALL_ROOMS


async def test_a_quanshi_account_has_no_options(home: Home) -> None:
    """It follows the host's bookings."""
    entry = await home.add(QUANSHI)
    assert entry.supports_options is False
    assert (await home.add(TENCENT)).supports_options is True
    assert (await home.add(WECOM)).supports_options is True


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_share_of_the_budget(home: Home, vendor: str) -> None:
    """It is kept with the rooms, and left out again where it is the whole."""
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
async def test_a_share_that_cannot_be(home: Home, share: int) -> None:
    """The form takes 10 to 100 per cent."""
    entry = await home.add(TENCENT)
    form = await open_options(home.hass, entry)
    with pytest.raises(InvalidData):
        await choose(home.hass, form, {**ALL_ROOMS, "budget_share": share})
    assert entry.options == ALL_ROOMS
