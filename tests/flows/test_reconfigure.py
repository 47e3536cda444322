"""Test the reconfiguration of an account."""

import pytest

from homeassistant.config_entries import ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType

from ..forms import fill_in, suggested
from ..home import ALL_ROOMS, QUANSHI, TENCENT, VENDORS, Home, credentials, is_in
from .accounts import FORMS, replace_secrets


@pytest.mark.parametrize("vendor", VENDORS)
async def test_address_of_an_account_can_be_changed(home: Home, vendor: str) -> None:
    """Keep the options, and reload the account once."""
    entry = await home.add(vendor)
    form = await entry.start_reconfigure_flow(home.hass)
    home.sim.requests.clear()
    fields = credentials(home.sim, vendor) | {"base_url": f"{home.sim.url}/proxy"}
    result = await fill_in(home.hass, form, fields)
    await home.settle()
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "reconfigure_successful",
    )
    assert entry.data == {"vendor": vendor, **fields}
    assert entry.options == ALL_ROOMS
    assert entry.state is ConfigEntryState.LOADED
    assert home.sim.requests.count(vendor, "list") == 2


@pytest.mark.parametrize("blank", ["", "  "], ids=["empty", "blank"])
@pytest.mark.parametrize("vendor", VENDORS)
async def test_empty_secrets_keep_the_stored_ones(
    home: Home, vendor: str, blank: str
) -> None:
    """Change the address without any secret."""
    entry = await home.add(vendor)
    stored = dict(entry.data)
    form = await entry.start_reconfigure_flow(home.hass)
    changes = {"base_url": f"{home.sim.url}/proxy"}
    empty = dict.fromkeys(FORMS[vendor].secret_fields, blank)
    result = await fill_in(home.hass, form, suggested(form) | changes | empty)
    await home.settle()
    assert result["reason"] == "reconfigure_successful"
    assert entry.data == stored | changes
    assert entry.state is ConfigEntryState.LOADED


async def test_one_secret_can_be_changed_alone(home: Home) -> None:
    """Keep the stored SecretId, also after an error, and never show it."""
    entry = await home.add(TENCENT)
    stored = dict(entry.data)
    replace_secrets(home.sim)
    form = await entry.start_reconfigure_flow(home.hass)
    shown = suggested(form)
    form = await fill_in(home.hass, form, shown | {"secret_key": "wrong"})
    assert form["errors"] == {"base": "invalid_auth"}
    assert suggested(form) == shown | {"secret_key": "wrong"}
    secret_key = home.sim.accounts.tencent_meeting.secret_key
    result = await fill_in(home.hass, form, shown | {"secret_key": secret_key})
    await home.settle()
    assert result["reason"] == "reconfigure_successful"
    assert entry.data == stored | {"secret_key": secret_key}
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("vendor", VENDORS)
async def test_account_that_is_not_set_up_can_be_reconfigured(
    home: Home, vendor: str
) -> None:
    """Correct a wrong address."""
    entry = home.entry(vendor, base_url="http://127.0.0.1:9")
    await home.start(entry)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    form = await entry.start_reconfigure_flow(home.hass)
    result = await fill_in(home.hass, form, credentials(home.sim, vendor))
    await home.settle()
    assert result["reason"] == "reconfigure_successful"
    assert entry.state is ConfigEntryState.LOADED


async def test_operator_can_be_removed(home: Home) -> None:
    """Store no operator if the field is empty."""
    home.sim.accounts.tencent_meeting.operator_required = False
    entry = await home.add(TENCENT)
    form = await entry.start_reconfigure_flow(home.hass)
    fields = credentials(home.sim, TENCENT)
    del fields["operator_id"]
    await fill_in(home.hass, form, fields)
    await home.settle()
    assert "operator_id" not in entry.data
    assert entry.state is ConfigEntryState.LOADED


async def test_user_id_with_leading_zeros_is_the_same_account(home: Home) -> None:
    """Store it without the zeros."""
    entry = await home.add(QUANSHI)
    stored = dict(entry.data)
    form = await entry.start_reconfigure_flow(home.hass)
    fields = credentials(home.sim, QUANSHI)
    fields["user_id"] = f"00{fields['user_id']}"
    result = await fill_in(home.hass, form, fields)
    await home.settle()
    assert result["reason"] == "reconfigure_successful"
    assert entry.data == stored
