"""Test the steps that reauthentication and reconfiguration of an account share."""

from collections.abc import Awaitable, Callable

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.common import MockConfigEntry
from simulator import Fault

from ..forms import fill_in, placeholders_of, suggested
from ..home import LISTERS, VENDORS, Home, credentials, permissions
from .accounts import FORMS

type OpenForm = Callable[[Home, MockConfigEntry], Awaitable[ConfigFlowResult]]


async def reauthenticate(home: Home, entry: MockConfigEntry) -> ConfigFlowResult:
    """Open the reauthentication of an account."""
    return await entry.start_reauth_flow(home.hass)


async def reconfigure(home: Home, entry: MockConfigEntry) -> ConfigFlowResult:
    """Open the reconfiguration of an account."""
    return await entry.start_reconfigure_flow(home.hass)


update_forms = pytest.mark.parametrize(
    ("open_update", "step_id"),
    [(reauthenticate, "reauth_confirm"), (reconfigure, "reconfigure")],
    ids=["reauth", "reconfigure"],
)


@update_forms
@pytest.mark.parametrize("vendor", VENDORS)
async def test_form_shows_the_account_but_no_secret(
    home: Home, vendor: str, open_update: OpenForm, step_id: str
) -> None:
    """Show the texts of the step, the account's title, and every other stored value."""
    entry = await home.add(vendor)
    form = await open_update(home, entry)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, step_id)
    assert form["errors"] == {}
    assert placeholders_of(form)["account"] == entry.title
    stored = credentials(home.sim, vendor)
    for secret in FORMS[vendor].secret_fields:
        del stored[secret]
    assert suggested(form) == stored


@update_forms
@pytest.mark.parametrize("vendor", VENDORS)
async def test_form_keeps_all_values_after_an_error(
    home: Home, vendor: str, open_update: OpenForm, step_id: str
) -> None:
    """Keep the entered secrets too."""
    entry = await home.add(vendor)
    stored = dict(entry.data)
    form = await open_update(home, entry)
    fields = credentials(home.sim, vendor) | {"base_url": f"{home.sim.url}/proxy"}
    home.sim.faults.add(Fault("http", status=502, times=1))
    form = await fill_in(home.hass, form, fields)
    assert (form["step_id"], form["errors"]) == (step_id, {"base": "cannot_connect"})
    assert suggested(form) == fields
    assert placeholders_of(form)["account"] == entry.title
    assert entry.data == stored
    result = await fill_in(home.hass, form, fields)
    await home.settle()
    assert result["type"] is FlowResultType.ABORT
    assert entry.data == {"vendor": vendor, **fields}


@update_forms
@pytest.mark.parametrize("vendor", VENDORS)
async def test_account_cannot_be_replaced_by_another(
    home: Home, vendor: str, open_update: OpenForm, step_id: str
) -> None:
    """Abort before a request is sent, and change nothing."""
    entry = await home.add(vendor)
    stored = dict(entry.data)
    form = await open_update(home, entry)
    home.sim.requests.clear()
    fields = credentials(home.sim, vendor) | {FORMS[vendor].id_field: "4711"}
    result = await fill_in(home.hass, form, fields)
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "another_account",
    )
    assert entry.data == stored
    assert len(home.sim.requests) == 0


@update_forms
@pytest.mark.parametrize("vendor", LISTERS)
async def test_account_with_all_rooms_requires_the_permission_to_list_them(
    home: Home, vendor: str, open_update: OpenForm, step_id: str
) -> None:
    """Accept the same credentials once the permission is there."""
    entry = await home.add(vendor)
    permissions(home, vendor).revoke("list")
    form = await open_update(home, entry)
    form = await fill_in(home.hass, form, credentials(home.sim, vendor))
    assert form["errors"] == {"base": "permission_denied"}
    permissions(home, vendor).grant()
    result = await fill_in(home.hass, form, credentials(home.sim, vendor))
    await home.settle()
    assert result["type"] is FlowResultType.ABORT
    assert entry.state is ConfigEntryState.LOADED


@update_forms
async def test_account_of_an_unknown_vendor_cannot_be_updated(
    home: Home, open_update: OpenForm, step_id: str
) -> None:
    """Abort with the name of the vendor."""
    entry = MockConfigEntry(
        domain=DOMAIN, title="Room 4711", data={"vendor": "another"}
    )
    entry.add_to_hass(home.hass)
    result = await open_update(home, entry)
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "unknown_vendor",
    )
    assert placeholders_of(result) == {"account": "Room 4711", "vendor": "another"}


@pytest.mark.parametrize("data", [{"vendor": "another"}, {}], ids=["another", "none"])
async def test_account_of_an_unknown_vendor_offers_no_options(
    home: Home, data: dict[str, str]
) -> None:
    """Return no option and no subentry, so that Home Assistant can list its entries."""
    entry = MockConfigEntry(domain=DOMAIN, data=data)
    entry.add_to_hass(home.hass)
    assert not entry.supports_options
    assert entry.supported_subentry_types == {}
