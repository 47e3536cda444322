"""Test that accounts can be added, renewed and changed."""

from typing import Any
from unittest.mock import patch

import pytest

from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.config_entries import SOURCE_REAUTH, SOURCE_USER, ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType
from simulator import Fault, Simulator

from .forms import add_account, fields_of, fill_in, finish, open_form, suggested
from .home import (
    ALL_ROOMS,
    LISTERS,
    QUANSHI,
    TENCENT,
    VENDORS,
    WECOM,
    Home,
    account_id,
    chosen,
    credentials,
    is_in,
    permissions,
)

FIELDS = {
    TENCENT: ["app_id", "secret_id", "secret_key", "sdk_id", "operator_id", "base_url"],
    WECOM: ["corp_id", "corp_secret", "base_url"],
    QUANSHI: ["token", "user_id", "base_url"],
}
SECRETS = {
    TENCENT: {"secret_id", "secret_key"},
    WECOM: {"corp_secret"},
    QUANSHI: {"token"},
}


def change_secret(sim: Simulator, vendor: str, secret: str) -> None:
    """Let the vendor give out another secret, and forget what it gave out before."""
    sim.accounts.tencent_meeting.secret_key = secret
    sim.accounts.wecom.corp_secret = secret
    sim.accounts.quanshi.token = secret
    sim.wecom.tokens.expire_all()


async def test_the_menu_offers_every_vendor(home: Home) -> None:
    """In the order of the design."""
    menu = await home.hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    assert menu["type"] is FlowResultType.MENU
    assert menu["step_id"] == "user"
    assert menu["menu_options"] == [TENCENT, WECOM, QUANSHI]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_form_asks_for_what_the_vendor_needs(home: Home, vendor: str) -> None:
    """And for nothing else; nothing is filled in."""
    form = await open_form(home.hass, vendor)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, vendor)
    assert fields_of(form) == FIELDS[vendor]
    assert suggested(form) == {}
    assert form["errors"] == {}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_account_with_all_rooms(home: Home, vendor: str) -> None:
    """The rooms step comes second and follows every room by default."""
    fields = credentials(home.sim, vendor)
    rooms = await fill_in(home.hass, await open_form(home.hass, vendor), fields)
    assert (rooms["type"], rooms["step_id"]) == (FlowResultType.FORM, "rooms")
    done = await fill_in(home.hass, rooms, {})
    await home.settle()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["data"] == {"vendor": vendor, **fields}
    assert done["options"] == ALL_ROOMS
    assert done["result"].unique_id == account_id(home.sim, vendor)
    assert done["result"].state is ConfigEntryState.LOADED


async def test_a_quanshi_account_needs_no_rooms_step(home: Home) -> None:
    """It follows the host's bookings by itself."""
    fields = credentials(home.sim, QUANSHI)
    done = await fill_in(home.hass, await open_form(home.hass, QUANSHI), fields)
    await home.settle()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["data"] == {"vendor": QUANSHI, **fields}
    assert done["options"] == {}
    assert done["result"].unique_id == account_id(home.sim, QUANSHI)
    assert done["result"].state is ConfigEntryState.LOADED


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
async def test_the_account_is_named_in_the_language_of_the_office(
    home: Home, language: str, vendor: str, name: str
) -> None:
    """After the vendor and the account's own id."""
    home.hass.config.language = language
    entry = await add_account(home.hass, vendor, credentials(home.sim, vendor))
    assert entry.title.startswith(name)
    assert entry.title.endswith(account_id(home.sim, vendor).rpartition("_")[2])


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_behind_a_proxy_that_strips_its_path(
    home: Home, vendor: str
) -> None:
    """Tencent's signature covers the path without the prefix."""
    fields = credentials(home.sim, vendor) | {"base_url": f"{home.sim.url}/proxy/"}
    entry = await add_account(home.hass, vendor, fields)
    assert entry.state is ConfigEntryState.LOADED
    assert entry.data["base_url"] == f"{home.sim.url}/proxy/"


async def test_optional_fields_that_are_empty_are_absent(home: Home) -> None:
    """Tencent then sends neither operator nor SDK id."""
    account = home.sim.accounts.tencent_meeting
    account.sdk_id, account.operator_required = "", False
    fields = credentials(home.sim, TENCENT) | {"sdk_id": "", "operator_id": "  "}
    entry = await add_account(home.hass, TENCENT, fields)
    assert {*entry.data} == {"vendor", "app_id", "secret_id", "secret_key", "base_url"}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_white_space_around_what_was_typed_is_dropped(
    home: Home, vendor: str
) -> None:
    """It comes along when something is copied from a console."""
    fields = credentials(home.sim, vendor)
    padded = {field: f" \t{value}\n" for field, value in fields.items()}
    entry = await add_account(home.hass, vendor, padded)
    assert entry.data == {"vendor": vendor, **fields}


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_is_added_only_once(home: Home, vendor: str) -> None:
    """No call is made for the second one."""
    fields = credentials(home.sim, vendor)
    await add_account(home.hass, vendor, fields)
    form = await open_form(home.hass, vendor)
    home.sim.requests.clear()
    result = await fill_in(home.hass, form, fields)
    assert result["type"] is FlowResultType.ABORT
    assert result["reason"] == "already_configured"
    assert len(home.sim.requests) == 0


@pytest.mark.parametrize("vendor", VENDORS)
async def test_secrets_are_not_shown_again_when_something_was_wrong(
    home: Home, vendor: str
) -> None:
    """The other fields stay filled in."""
    fields = credentials(home.sim, vendor)
    home.sim.faults.add(Fault("http", status=502, times=1))
    form = await fill_in(home.hass, await open_form(home.hass, vendor), fields)
    shown = {field for field in fields if field not in SECRETS[vendor]}
    assert form["errors"] == {"base": "cannot_connect"}
    assert suggested(form) == {field: fields[field] for field in shown}
    await finish(home.hass, form, fields)


async def test_an_error_that_nobody_expected_is_told_without_its_text(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """The log names its kind; its text could carry a credential."""
    fields = credentials(home.sim, QUANSHI)
    form = await open_form(home.hass, QUANSHI)
    with patch.object(QuanshiClient, "fetch_live", side_effect=KeyError("a secret")):
        form = await fill_in(home.hass, form, fields)
    assert form["errors"] == {"base": "unknown"}
    assert "KeyError" in caplog.text
    assert "a secret" not in caplog.text
    await finish(home.hass, form, fields)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_poll_with_refused_credentials_asks_for_new_ones(
    home: Home, vendor: str
) -> None:
    """The new ones are taken and the account works again."""
    options = {TENCENT: chosen("100001"), WECOM: chosen("RoomId001"), QUANSHI: {}}
    entry = await home.add(vendor, options[vendor])
    change_secret(home.sim, vendor, "another-secret")
    await home.pass_time()
    (flow,) = home.hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    form = await home.hass.config_entries.flow.async_configure(flow["flow_id"])
    assert form["step_id"] == vendor
    old = dict(entry.data)
    shown = {*old} - SECRETS[vendor] - {"vendor"}
    assert suggested(form) == {field: old[field] for field in shown}
    fields = credentials(home.sim, vendor)
    done = await fill_in(home.hass, form, fields)
    await home.settle()
    assert (done["type"], done["reason"]) == (
        FlowResultType.ABORT,
        "reauth_successful",
    )
    assert entry.data == {"vendor": vendor, **fields} != old
    assert entry.options == options[vendor]
    assert entry.state is ConfigEntryState.LOADED
    assert home.hass.config_entries.flow.async_progress() == []
    await home.pass_time()
    assert home.hass.config_entries.flow.async_progress() == []


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_same_credentials_may_work_again(home: Home, vendor: str) -> None:
    """Nothing changes, but the account is started anew."""
    entry = await home.add(vendor)
    fields = credentials(home.sim, vendor)
    secret = fields[FIELDS[vendor][{TENCENT: 2, WECOM: 1, QUANSHI: 0}[vendor]]]
    change_secret(home.sim, vendor, "another-secret")
    await home.pass_time()
    (flow,) = home.hass.config_entries.flow.async_progress()
    change_secret(home.sim, vendor, secret)
    done = await home.hass.config_entries.flow.async_configure(flow["flow_id"], fields)
    await home.settle()
    assert done["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED
    assert home.hass.config_entries.flow.async_progress() == []


@pytest.mark.parametrize("vendor", VENDORS)
async def test_refused_credentials_at_the_start_ask_for_new_ones(
    home: Home, vendor: str
) -> None:
    """Also for an account that was never loaded."""
    entry = home.entry(vendor)
    change_secret(home.sim, vendor, "another-secret")
    await home.start(entry)
    assert is_in(entry, ConfigEntryState.SETUP_ERROR)
    (flow,) = home.hass.config_entries.flow.async_progress()
    fields = credentials(home.sim, vendor)
    done = await home.hass.config_entries.flow.async_configure(flow["flow_id"], fields)
    await home.settle()
    assert done["reason"] == "reauth_successful"
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("vendor", VENDORS)
async def test_wrong_credentials_do_not_renew_an_account(
    home: Home, vendor: str
) -> None:
    """The form says so and waits for the right ones."""
    entry = await home.add(vendor)
    old = dict(entry.data)
    change_secret(home.sim, vendor, "another-secret")
    form = await entry.start_reauth_flow(home.hass)
    form = await fill_in(home.hass, form, {k: old[k] for k in FIELDS[vendor]})
    assert form["errors"] == {"base": "invalid_auth"}
    assert entry.data == old
    done = await fill_in(home.hass, form, credentials(home.sim, vendor))
    await home.settle()
    assert done["reason"] == "reauth_successful"


async def start_reauth(home: Home, entry: Any) -> Any:
    """Open the form for new credentials."""
    return await entry.start_reauth_flow(home.hass)


async def start_reconfigure(home: Home, entry: Any) -> Any:
    """Open the form for a changed account."""
    return await entry.start_reconfigure_flow(home.hass)


@pytest.mark.parametrize("start", [start_reauth, start_reconfigure])
@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_does_not_become_another(
    home: Home, vendor: str, start: Any
) -> None:
    """No call is made with what belongs to the other one."""
    entry = await home.add(vendor)
    old = dict(entry.data)
    field = {TENCENT: "app_id", WECOM: "corp_id", QUANSHI: "user_id"}[vendor]
    form = await start(home, entry)
    home.sim.requests.clear()
    result = await fill_in(
        home.hass, form, credentials(home.sim, vendor) | {field: "4711"}
    )
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "another_account",
    )
    assert entry.data == old
    assert len(home.sim.requests) == 0


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_can_be_reconfigured(home: Home, vendor: str) -> None:
    """It gets another address, keeps its rooms, and starts anew."""
    entry = await home.add(vendor)
    form = await entry.start_reconfigure_flow(home.hass)
    assert form["step_id"] == vendor
    shown = {*FIELDS[vendor]} - SECRETS[vendor]
    assert {*suggested(form)} == shown
    home.sim.requests.clear()
    fields = credentials(home.sim, vendor) | {"base_url": f"{home.sim.url}/proxy"}
    done = await fill_in(home.hass, form, fields)
    await home.settle()
    assert (done["type"], done["reason"]) == (
        FlowResultType.ABORT,
        "reconfigure_successful",
    )
    assert entry.data == {"vendor": vendor, **fields}
    assert entry.options == ALL_ROOMS
    assert entry.state is ConfigEntryState.LOADED
    assert home.sim.requests.count(vendor, "list") == 2


@pytest.mark.parametrize("vendor", LISTERS)
@pytest.mark.parametrize("start", [start_reauth, start_reconfigure])
async def test_an_account_that_follows_all_rooms_needs_their_list(
    home: Home, vendor: str, start: Any
) -> None:
    """Credentials without that right could not keep it going, so they are not taken."""
    entry = await home.add(vendor)
    permissions(home, vendor).revoke("list")
    form = await start(home, entry)
    refused = await fill_in(home.hass, form, credentials(home.sim, vendor))
    assert refused["errors"] == {"base": "permission_denied"}
    permissions(home, vendor).grant()
    done = await fill_in(home.hass, refused, credentials(home.sim, vendor))
    await home.settle()
    assert done["type"] == FlowResultType.ABORT
    assert entry.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_that_is_down_can_be_reconfigured(
    home: Home, vendor: str
) -> None:
    """A wrong address is mended there."""
    entry = home.entry(vendor, base_url="http://127.0.0.1:9")
    await home.start(entry)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    form = await entry.start_reconfigure_flow(home.hass)
    done = await fill_in(home.hass, form, credentials(home.sim, vendor))
    await home.settle()
    assert done["reason"] == "reconfigure_successful"
    assert entry.state is ConfigEntryState.LOADED


async def test_an_operator_can_be_taken_away_again(home: Home) -> None:
    """A field that was emptied is absent from then on."""
    home.sim.accounts.tencent_meeting.operator_required = False
    entry = await home.add(TENCENT)
    form = await entry.start_reconfigure_flow(home.hass)
    fields = credentials(home.sim, TENCENT)
    del fields["operator_id"]
    await fill_in(home.hass, form, fields)
    await home.settle()
    assert "operator_id" not in entry.data
    assert entry.state is ConfigEntryState.LOADED
