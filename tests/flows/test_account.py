"""Test the validation and the errors of the account form."""

from unittest.mock import patch

import pytest

from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from homeassistant.data_entry_flow import FlowResultType
from simulator import Fault

from ..forms import add_account, fill_in, finish, open_form, placeholders_of, suggested
from ..home import QUANSHI, TENCENT, VENDORS, WECOM, Home, account_id, credentials


@pytest.mark.parametrize("user_id", ["abc", "12a", "-1", "1.5", "١٢", "１２", "12 34"])
async def test_user_id_must_be_a_number(home: Home, user_id: str) -> None:
    """Keep the invalid ID in the form, and store the corrected one as text."""
    fields = credentials(home.sim, QUANSHI)
    form = await open_form(home.hass, QUANSHI)
    form = await fill_in(home.hass, form, fields | {"user_id": user_id})
    assert form["errors"] == {"user_id": "not_a_number"}
    assert suggested(form)["user_id"] == user_id
    entry = await finish(home.hass, form, fields)
    assert entry.data["user_id"] == home.sim.accounts.quanshi.user_id


async def test_leading_zeros_of_a_user_id_are_ignored(home: Home) -> None:
    """Add one account, whether its ID is entered with zeros or without."""
    fields = credentials(home.sim, QUANSHI)
    with_zeros = fields | {"user_id": f"000{fields['user_id']}"}
    entry = await add_account(home.hass, QUANSHI, with_zeros)
    assert entry.data == {"vendor": QUANSHI, **fields}
    assert entry.unique_id == account_id(home.sim, QUANSHI)
    result = await fill_in(home.hass, await open_form(home.hass, QUANSHI), with_zeros)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"


@pytest.mark.parametrize("secret", ["密码", "two words", "line\nbreak", "tab\tinside"])
async def test_secret_with_invalid_characters_has_an_error(
    home: Home, secret: str
) -> None:
    """Keep the secret in the form, and accept the corrected one."""
    fields = credentials(home.sim, TENCENT)
    form = await open_form(home.hass, TENCENT)
    form = await fill_in(home.hass, form, fields | {"secret_key": secret})
    assert form["errors"] == {"secret_key": "invalid_characters"}
    assert suggested(form)["secret_key"] == secret
    assert len(home.sim.requests) == 0
    await finish(home.hass, form, fields)


async def test_every_empty_field_has_an_error(home: Home) -> None:
    """Show all of them at once."""
    empty = {"app_id": " ", "secret_id": "", "secret_key": "\t"}
    form = await fill_in(home.hass, await open_form(home.hass, TENCENT), empty)
    assert form["errors"] == dict.fromkeys(empty, "required")
    await finish(home.hass, form, credentials(home.sim, TENCENT))


async def test_empty_optional_fields_are_not_stored(home: Home) -> None:
    """Send neither an operator nor an SDK ID."""
    account = home.sim.accounts.tencent_meeting
    account.sdk_id, account.operator_required = "", False
    fields = credentials(home.sim, TENCENT) | {"sdk_id": "", "operator_id": "  "}
    entry = await add_account(home.hass, TENCENT, fields)
    assert {*entry.data} == {"vendor", "app_id", "secret_id", "secret_key", "base_url"}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_surrounding_white_space_is_ignored(home: Home, vendor: str) -> None:
    """Accept values that were copied from a console with white space."""
    fields = credentials(home.sim, vendor)
    padded = {field: f" \t{value}\n" for field, value in fields.items()}
    entry = await add_account(home.hass, vendor, padded)
    assert entry.data == {"vendor": vendor, **fields}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_form_keeps_all_values_after_an_error(home: Home, vendor: str) -> None:
    """Keep the secrets too, so that only the wrong value has to be corrected."""
    fields = credentials(home.sim, vendor)
    home.sim.faults.add(Fault("http", status=502, times=1))
    form = await fill_in(home.hass, await open_form(home.hass, vendor), fields)
    assert form["errors"] == {"base": "cannot_connect"}
    assert suggested(form) == fields
    await finish(home.hass, form, fields)


async def test_missing_operator_has_a_specific_error(home: Home) -> None:
    """Accept the form once the operator is entered."""
    home.sim.accounts.tencent_meeting.missing_operator_code = 190004
    fields = credentials(home.sim, TENCENT)
    form = await open_form(home.hass, TENCENT)
    form = await fill_in(home.hass, form, fields | {"operator_id": ""})
    assert form["errors"] == {"base": "operator_required"}
    await finish(home.hass, form, fields)


async def test_address_of_another_service_has_a_specific_error(home: Home) -> None:
    """Recognize the error format of another vendor."""
    fields = credentials(home.sim, QUANSHI)
    form = await open_form(home.hass, QUANSHI)
    body = '{"error_info": {"error_code": 10001, "message": "parameter error"}}'
    home.sim.faults.add(Fault("http", QUANSHI, status=400, body=body))
    form = await fill_in(home.hass, form, fields)
    assert form["errors"] == {"base": "wrong_service"}
    home.sim.faults.clear()
    await finish(home.hass, form, fields)


async def test_unexpected_code_is_shown_and_logged(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """Log the code, because the form refers to the log."""
    fields = credentials(home.sim, WECOM)
    form = await open_form(home.hass, WECOM)
    home.sim.faults.add(Fault("vendor_code", WECOM, code=12345))
    form = await fill_in(home.hass, form, fields)
    assert form["errors"] == {"base": "unknown"}
    assert placeholders_of(form)["code"] == " 12345"
    assert "12345" in caplog.text
    home.sim.faults.clear()
    await finish(home.hass, form, fields)


async def test_unexpected_exception_is_logged_without_its_text(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """Log only its type, because its text may contain a secret."""
    fields = credentials(home.sim, QUANSHI)
    form = await open_form(home.hass, QUANSHI)
    with patch.object(QuanshiClient, "fetch_live", side_effect=KeyError("a secret")):
        form = await fill_in(home.hass, form, fields)
    assert form["errors"] == {"base": "unknown"}
    assert placeholders_of(form)["code"] == ""
    assert "KeyError" in caplog.text
    assert "a secret" not in caplog.text
    await finish(home.hass, form, fields)
