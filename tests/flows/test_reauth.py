"""Test the reauthentication of an account."""

import pytest

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType
from tests.vendors import ROOM as FIRST_ROOM

from ..forms import fill_in
from ..home import (
    ALL_ROOMS,
    QUANSHI,
    TENCENT,
    VENDORS,
    WECOM,
    Home,
    chosen,
    credentials,
    is_in,
)
from .accounts import FORMS, replace_secrets

OPTIONS = {
    TENCENT: chosen(FIRST_ROOM[TENCENT]),
    WECOM: chosen(FIRST_ROOM[WECOM]),
    QUANSHI: {},
}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_rejected_poll_starts_a_reauthentication(home: Home, vendor: str) -> None:
    """Store the new credentials, keep the options, and poll again."""
    entry = await home.add(vendor, OPTIONS[vendor])
    replace_secrets(home.sim)
    await home.pass_time()
    (flow,) = home.hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    form = await home.hass.config_entries.flow.async_configure(flow["flow_id"])
    fields = credentials(home.sim, vendor)
    result = await fill_in(home.hass, form, fields)
    await home.settle()
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "reauth_successful",
    )
    assert entry.data == {"vendor": vendor, **fields}
    assert entry.options == OPTIONS[vendor]
    assert entry.state is ConfigEntryState.LOADED
    await home.pass_time()
    assert home.hass.config_entries.flow.async_progress() == []


@pytest.mark.parametrize("vendor", VENDORS)
async def test_rejected_setup_starts_a_reauthentication(
    home: Home, vendor: str
) -> None:
    """Set the account up with the new credentials."""
    entry = home.entry(vendor)
    replace_secrets(home.sim)
    await home.start(entry)
    assert is_in(entry, ConfigEntryState.SETUP_ERROR)
    (flow,) = home.hass.config_entries.flow.async_progress()
    fields = credentials(home.sim, vendor)
    result = await home.hass.config_entries.flow.async_configure(
        flow["flow_id"], fields
    )
    await home.settle()
    assert result["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("vendor", VENDORS)
async def test_unchanged_credentials_that_work_again_are_accepted(
    home: Home, vendor: str
) -> None:
    """Reload the account although its data is the same."""
    entry = await home.add(vendor)
    fields = credentials(home.sim, vendor)
    replace_secrets(home.sim)
    await home.pass_time()
    (flow,) = home.hass.config_entries.flow.async_progress()
    replace_secrets(home.sim, fields[FORMS[vendor].changed_secret])
    result = await home.hass.config_entries.flow.async_configure(
        flow["flow_id"], fields
    )
    await home.settle()
    assert result["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED
    assert home.hass.config_entries.flow.async_progress() == []


@pytest.mark.parametrize("vendor", VENDORS)
async def test_wrong_credentials_do_not_replace_the_stored_ones(
    home: Home, vendor: str
) -> None:
    """Show the error, and accept the correct credentials in the same form."""
    entry = await home.add(vendor)
    stored, old = dict(entry.data), credentials(home.sim, vendor)
    replace_secrets(home.sim)
    form = await entry.start_reauth_flow(home.hass)
    form = await fill_in(home.hass, form, old)
    assert form["errors"] == {"base": "invalid_auth"}
    assert entry.data == stored
    result = await fill_in(home.hass, form, credentials(home.sim, vendor))
    await home.settle()
    assert result["reason"] == "reauth_successful"


@pytest.mark.parametrize("vendor", VENDORS)
async def test_empty_secrets_are_required(home: Home, vendor: str) -> None:
    """Do not test the stored secrets again, which the vendor rejected."""
    entry = await home.add(vendor)
    form = await entry.start_reauth_flow(home.hass)
    home.sim.requests.clear()
    blank = dict.fromkeys(FORMS[vendor].secret_fields, " ")
    fields = credentials(home.sim, vendor)
    form = await fill_in(home.hass, form, fields | blank)
    assert form["errors"] == dict.fromkeys(blank, "required")
    assert len(home.sim.requests) == 0


@pytest.mark.parametrize("vendor", VENDORS)
async def test_reconfiguration_closes_the_reauthentication(
    home: Home, vendor: str
) -> None:
    """Request new credentials only once."""
    entry = await home.add(vendor, ALL_ROOMS)
    replace_secrets(home.sim)
    await home.pass_time()
    form = await entry.start_reconfigure_flow(home.hass)
    await fill_in(home.hass, form, credentials(home.sim, vendor))
    await home.settle()
    assert entry.state is ConfigEntryState.LOADED
    assert home.hass.config_entries.flow.async_progress() == []
