"""Test the form of an account's webhook."""

from typing import Any

import pytest

from custom_components.meeting_rooms.const import SUBENTRY_WEBHOOK
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntry
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from ..forms import fill_in_conference, placeholders_of, suggested
from ..home import TENCENT, VENDORS, Home
from ..webhooks import HOOK, add_pushed, path_of

TOKEN = "q3vT8nLw0Zr5Xb7Yk2Mc9Dh1F"
KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP+"
EXTERNAL_URL = "https://home.example.com"


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms at Tencent Meeting."""
    return 2


@pytest.fixture(autouse=True)
async def external_url(home: Home) -> None:
    """Set the external URL of Home Assistant."""
    await home.hass.config.async_update(external_url=EXTERNAL_URL)


async def open_webhook(home: Home, entry: ConfigEntry) -> Any:
    """Open the form of a new webhook."""
    return await home.hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_WEBHOOK), context={"source": SOURCE_USER}
    )


async def reopen_webhook(home: Home, entry: ConfigEntry) -> Any:
    """Open the form of the existing webhook."""
    return await home.hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_WEBHOOK),
        context={"source": SOURCE_RECONFIGURE, "subentry_id": HOOK},
    )


async def fill_in(home: Home, form: Any, **fields: str) -> Any:
    """Submit the form of a webhook."""
    return await fill_in_conference(home.hass, form, fields)


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Real-time alarms"), ("zh-Hans", "实时告警推送")]
)
async def test_webhook_accepts_events_as_soon_as_it_is_added(
    home: Home, hass_client_no_auth: ClientSessionGenerator, language: str, title: str
) -> None:
    """Show the address in the form, and pass the vendor's check of it."""
    home.hass.config.language = language
    entry = await home.add(TENCENT)
    form = await open_webhook(home, entry)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, TENCENT)
    assert form["errors"] == {}
    url = placeholders_of(form)["webhook_url"]
    assert url.startswith(f"{EXTERNAL_URL}{path_of('')}")
    account = home.sim.accounts.tencent_meeting
    result = await fill_in(
        home,
        form,
        token=f" {account.webhook_token} ",
        encoding_aes_key=account.encoding_aes_key,
    )
    assert (result["type"], result["title"]) == (FlowResultType.CREATE_ENTRY, title)
    (subentry,) = entry.subentries.values()
    assert url.endswith(subentry.data["webhook_id"])
    client = await hass_client_no_auth()
    home.sim.webhook.url = str(client.make_url(url.removeprefix(EXTERNAL_URL)))
    home.sim.webhook.encrypted = True
    assert await home.sim.webhook.check()


async def test_encoding_aes_key_is_optional(home: Home) -> None:
    """Store no key if the field is blank."""
    entry = await home.add(TENCENT)
    form = await open_webhook(home, entry)
    await fill_in(home, form, token=TOKEN, encoding_aes_key=" ")
    (subentry,) = entry.subentries.values()
    assert {*subentry.data} == {"webhook_id", "token"}
    assert subentry.data["token"] == TOKEN


async def test_every_webhook_has_a_different_address(home: Home) -> None:
    """Generate an address that is too long to guess."""
    entry = await home.add(TENCENT)
    forms = [await open_webhook(home, entry) for _ in range(3)]
    urls = {placeholders_of(form)["webhook_url"] for form in forms}
    assert len(urls) == 3
    assert all(len(url) > 64 for url in urls)


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {"token": "required"}),
        ({"encoding_aes_key": KEY}, {"token": "required"}),
        ({"token": TOKEN[:-1]}, {"token": "invalid_token"}),
        ({"token": TOKEN + "1"}, {"token": "invalid_token"}),
        ({"token": TOKEN[:-1] + "-"}, {"token": "invalid_token"}),
        ({"token": TOKEN[:-1] + "é"}, {"token": "invalid_token"}),
        (
            {"token": TOKEN, "encoding_aes_key": KEY[:-1]},
            {"encoding_aes_key": "invalid_encoding_aes_key"},
        ),
        (
            {"token": TOKEN, "encoding_aes_key": KEY + "="},
            {"encoding_aes_key": "invalid_encoding_aes_key"},
        ),
        (
            {"token": KEY, "encoding_aes_key": TOKEN},
            {"token": "invalid_token", "encoding_aes_key": "invalid_encoding_aes_key"},
        ),
    ],
)
async def test_form_keeps_the_address_and_the_secrets_after_an_error(
    home: Home, fields: dict[str, str], errors: dict[str, str]
) -> None:
    """Show an error for each field that cannot be from the console."""
    entry = await home.add(TENCENT)
    form = await open_webhook(home, entry)
    again = await fill_in(home, form, **({"token": ""} | fields))
    assert again["errors"] == errors
    assert suggested(again) == fields
    assert placeholders_of(again) == placeholders_of(form)
    result = await fill_in(home, again, token=TOKEN, encoding_aes_key=KEY)
    assert result["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("internal", [None, "http://192.168.1.2:8123"])
async def test_missing_external_url_is_an_error_that_can_be_ignored(
    home: Home, internal: str | None
) -> None:
    """Show the path of the address, and accept the form when it is submitted again."""
    await home.hass.config.async_update(external_url=None, internal_url=internal)
    entry = await home.add(TENCENT)
    form = await open_webhook(home, entry)
    assert form["errors"] == {"base": "no_external_url"}
    assert placeholders_of(form)["webhook_url"].startswith(path_of(""))
    again = await fill_in(home, form, token="short")
    assert again["errors"] == {"base": "no_external_url", "token": "invalid_token"}
    result = await fill_in(home, form, token=TOKEN)
    assert result["type"] is FlowResultType.CREATE_ENTRY


async def test_account_cannot_have_two_webhooks(home: Home) -> None:
    """Abort the second of two open forms, and every later form."""
    entry = await home.add(TENCENT)
    first, second = [await open_webhook(home, entry) for _ in range(2)]
    await fill_in(home, first, token=TOKEN)
    results = [
        await fill_in(home, second, token=TOKEN),
        await open_webhook(home, entry),
    ]
    assert [(each["type"], each["reason"]) for each in results] == [
        (FlowResultType.ABORT, "already_configured")
    ] * 2
    assert len(entry.subentries) == 1


async def test_secrets_of_a_webhook_can_be_replaced(
    home: Home, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """Keep the address, show no stored secret, and remove a key that is left empty."""
    entry = await add_pushed(home, encrypted=True)
    form = await reopen_webhook(home, entry)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, TENCENT)
    assert placeholders_of(form)["webhook_url"] == f"{EXTERNAL_URL}{path_of()}"
    assert suggested(form) == {}
    again = await fill_in(home, form, token="short")
    assert again["errors"] == {"token": "invalid_token"}
    assert suggested(again) == {"token": "short"}
    result = await fill_in(home, again, token=TOKEN)
    assert (result["type"], result["reason"]) == (
        FlowResultType.ABORT,
        "reconfigure_successful",
    )
    (subentry,) = entry.subentries.values()
    assert subentry.data == {"webhook_id": HOOK, "token": TOKEN}
    client = await hass_client_no_auth()
    home.sim.webhook.url = str(client.make_url(path_of()))
    home.sim.webhook.token = TOKEN
    home.sim.webhook.encrypted = False
    assert await home.sim.webhook.check()


@pytest.mark.parametrize("vendor", VENDORS)
async def test_only_tencent_meeting_accounts_accept_webhooks(
    home: Home, vendor: str
) -> None:
    """Offer the subentry for no other vendor."""
    entry = await home.add(vendor)
    offered = SUBENTRY_WEBHOOK in entry.supported_subentry_types
    assert offered is (vendor == TENCENT)


async def test_webhook_has_no_device(home: Home) -> None:
    """Keep the rooms' devices at the account, and offer to reconfigure the webhook."""
    entry = await add_pushed(home)
    assert {each.config_subentry_id for each in home.all_devices().values()} == {None}
    assert entry.supported_subentry_types == {
        SUBENTRY_WEBHOOK: {"supports_reconfigure": True}
    }
