"""Test that accounts can be added."""

import asyncio
from unittest.mock import patch

import pytest

from custom_components.meeting_rooms.api.errors import PermissionDenied
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.config_entries import SOURCE_USER, ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType, UnknownFlow
from simulator import Fault

from .flows.accounts import FORMS
from .forms import add_account, create, fields_of, fill_in, finish, open_form, suggested
from .home import (
    ALL_ROOMS,
    LISTERS,
    QUANSHI,
    TENCENT,
    VENDORS,
    WECOM,
    Home,
    account_id,
    credentials,
)


async def test_menu_offers_every_vendor(home: Home) -> None:
    """Keep the order of the documentation."""
    menu = await home.hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert menu["type"] is FlowResultType.MENU
    assert menu["step_id"] == "user"
    assert menu["menu_options"] == [TENCENT, WECOM, QUANSHI]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_form_has_the_fields_of_the_vendor(home: Home, vendor: str) -> None:
    """Suggest no value and show no error."""
    form = await open_form(home.hass, vendor)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, vendor)
    assert fields_of(form) == FORMS[vendor].fields
    assert suggested(form) == {}
    assert form["errors"] == {}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_account_is_added_with_all_rooms_by_default(
    home: Home, vendor: str
) -> None:
    """Show the rooms after the account form."""
    fields = credentials(home.sim, vendor)
    rooms = await fill_in(home.hass, await open_form(home.hass, vendor), fields)
    assert (rooms["type"], rooms["step_id"]) == (FlowResultType.FORM, "rooms")
    result = await create(home.hass, rooms, {})
    await home.settle()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["data"] == {"vendor": vendor, **fields}
    assert result["options"] == ALL_ROOMS
    assert result["result"].unique_id == account_id(home.sim, vendor)
    assert result["result"].state is ConfigEntryState.LOADED


async def test_quanshi_account_is_added_without_rooms(home: Home) -> None:
    """Create the entry directly after the account form."""
    fields = credentials(home.sim, QUANSHI)
    result = await fill_in(home.hass, await open_form(home.hass, QUANSHI), fields)
    await home.settle()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["data"] == {"vendor": QUANSHI, **fields}
    assert result["options"] == {}
    assert result["result"].unique_id == account_id(home.sim, QUANSHI)
    assert result["result"].state is ConfigEntryState.LOADED


async def test_quanshi_account_is_not_added_without_permission(home: Home) -> None:
    """Show the error, because such an account has no other source of conferences."""
    fields = credentials(home.sim, QUANSHI)
    form = await open_form(home.hass, QUANSHI)
    with patch.object(QuanshiClient, "fetch_live", side_effect=PermissionDenied):
        form = await fill_in(home.hass, form, fields)
    assert form["errors"] == {"base": "permission_denied"}
    await finish(home.hass, form, fields)


@pytest.mark.parametrize(
    ("language", "vendor", "name"),
    [
        ("en", TENCENT, "Tencent Meeting"),
        ("en", WECOM, "WeCom"),
        ("en", QUANSHI, "Quanshi"),
        ("zh-Hans", TENCENT, "腾讯会议"),
        ("zh-Hans", WECOM, "企业微信"),
        ("zh-Hans", QUANSHI, "全时"),
    ],
)
async def test_title_is_in_the_language_of_home_assistant(
    home: Home, language: str, vendor: str, name: str
) -> None:
    """Begin with the vendor's name and end with the account's ID."""
    home.hass.config.language = language
    fields = credentials(home.sim, vendor)
    entry = await add_account(home.hass, vendor, fields)
    assert entry.title.startswith(name)
    assert entry.title.endswith(fields[FORMS[vendor].id_field])


@pytest.mark.parametrize("vendor", VENDORS)
async def test_account_works_behind_a_proxy_with_a_path(
    home: Home, vendor: str
) -> None:
    """Accept a proxy that removes its path before it forwards a request."""
    fields = credentials(home.sim, vendor) | {"base_url": f"{home.sim.url}/proxy/"}
    entry = await add_account(home.hass, vendor, fields)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data["base_url"] == f"{home.sim.url}/proxy/"


@pytest.mark.parametrize("vendor", VENDORS)
async def test_account_cannot_be_added_twice(home: Home, vendor: str) -> None:
    """Abort before a request is sent."""
    fields = credentials(home.sim, vendor)
    await add_account(home.hass, vendor, fields)
    form = await open_form(home.hass, vendor)
    home.sim.requests.clear()
    result = await fill_in(home.hass, form, fields)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert len(home.sim.requests) == 0


@pytest.mark.parametrize("vendor", VENDORS)
async def test_account_can_be_added_after_the_browser_was_reloaded(
    home: Home, vendor: str
) -> None:
    """Ignore a form with an error that the user left, and close it at the end."""
    fields = credentials(home.sim, vendor)
    home.sim.faults.add(Fault("http", status=502, times=1))
    await fill_in(home.hass, await open_form(home.hass, vendor), fields)
    entry = await add_account(home.hass, vendor, fields)
    assert entry.state is ConfigEntryState.LOADED
    assert home.hass.config_entries.flow.async_progress() == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_second_form_of_an_account_is_closed_when_the_first_one_is_finished(
    home: Home, vendor: str
) -> None:
    """Create one entry of two forms that show the rooms at the same time."""
    fields = credentials(home.sim, vendor)
    forms = [await open_form(home.hass, vendor) for _ in range(2)]
    first, second = [await fill_in(home.hass, form, fields) for form in forms]
    result = await create(home.hass, first, {})
    await home.settle()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    with pytest.raises(UnknownFlow):
        await fill_in(home.hass, second, {})
    assert home.hass.config_entries.async_entries(DOMAIN) == [result["result"]]
    assert result["result"].state is ConfigEntryState.LOADED


async def test_two_forms_that_are_submitted_together_add_one_account(
    home: Home,
) -> None:
    """Close the slower form."""
    fields = credentials(home.sim, QUANSHI)
    forms = [await open_form(home.hass, QUANSHI) for _ in range(2)]
    results = await asyncio.gather(
        *(fill_in(home.hass, form, fields) for form in forms), return_exceptions=True
    )
    await home.settle()
    assert {type(result) for result in results} == {dict, UnknownFlow}
    (entry,) = home.hass.config_entries.async_entries(DOMAIN)
    assert entry.state is ConfigEntryState.LOADED
    assert home.hass.config_entries.flow.async_progress() == []
