"""Test that a webhook is set up for an account whose vendor can call by itself."""

from typing import Any

import pytest

from custom_components.meeting_rooms.const import SUBENTRY_WEBHOOK
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntry
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from ..forms import fill_in_conference, suggested
from ..home import QUANSHI, TENCENT, WECOM, Home
from ..webhooks import HOOK, add_pushed, path_of

TOKEN = "q3vT8nLw0Zr5Xb7Yk2Mc9Dh1F"
KEY = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP+"
OUTSIDE = "https://home.example.com"


@pytest.fixture
def rooms() -> int:
    """Return how many rooms the company has."""
    return 2


@pytest.fixture(autouse=True)
async def reachable(home: Home) -> None:
    """Let Home Assistant have an address on the internet."""
    await home.hass.config.async_update(external_url=OUTSIDE)


async def open_webhook(home: Home, entry: ConfigEntry) -> Any:
    """Open the form of a new webhook."""
    return await home.hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_WEBHOOK), context={"source": SOURCE_USER}
    )


async def reopen_webhook(home: Home, entry: ConfigEntry) -> Any:
    """Open the form of the webhook that is there."""
    return await home.hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_WEBHOOK),
        context={"source": SOURCE_RECONFIGURE, "subentry_id": HOOK},
    )


async def fill_in(home: Home, form: Any, **fields: str) -> Any:
    """Submit the form."""
    return await fill_in_conference(home.hass, form, fields)


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Real-time alarms"), ("zh-Hans", "实时告警推送")]
)
async def test_a_webhook_is_added_and_works_at_once(
    home: Home, hass_client_no_auth: ClientSessionGenerator, language: str, title: str
) -> None:
    """The form shows the address; the vendor checks it once it is submitted."""
    home.hass.config.language = language
    entry = await home.add(TENCENT)
    form = await open_webhook(home, entry)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, TENCENT)
    assert form["errors"] == {}
    url = form["description_placeholders"]["webhook_url"]
    assert url.startswith(f"{OUTSIDE}{path_of('')}")
    account = home.sim.accounts.tencent_meeting
    done = await fill_in(
        home,
        form,
        token=f" {account.webhook_token} ",
        encoding_aes_key=account.encoding_aes_key,
    )
    assert (done["type"], done["title"]) == (FlowResultType.CREATE_ENTRY, title)
    (subentry,) = entry.subentries.values()
    assert url.endswith(subentry.data["webhook_id"])
    client = await hass_client_no_auth()
    home.sim.webhook.url = str(client.make_url(url.removeprefix(OUTSIDE)))
    home.sim.webhook.encrypted = True
    assert await home.sim.webhook.check()


async def test_the_encryption_is_optional(home: Home) -> None:
    """A field left empty is absent."""
    entry = await home.add(TENCENT)
    form = await open_webhook(home, entry)
    await fill_in(home, form, token=TOKEN, encoding_aes_key=" ")
    (subentry,) = entry.subentries.values()
    assert {*subentry.data} == {"webhook_id", "token"}
    assert subentry.data["token"] == TOKEN


async def test_every_webhook_has_an_address_of_its_own(home: Home) -> None:
    """That nobody can guess."""
    entry = await home.add(TENCENT)
    forms = [await open_webhook(home, entry) for _ in range(3)]
    urls = {form["description_placeholders"]["webhook_url"] for form in forms}
    assert len(urls) == 3
    assert all(len(url) > 64 for url in urls)


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"token": " "}, {"token": "required"}),
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
async def test_what_cannot_be_from_the_console_is_refused(
    home: Home, fields: dict[str, str], errors: dict[str, str]
) -> None:
    """Keep what was entered, and keep the address."""
    entry = await home.add(TENCENT)
    form = await open_webhook(home, entry)
    again = await fill_in(home, form, **fields)
    assert again["errors"] == errors
    assert suggested(again) == {
        key: text for key, text in fields.items() if text != " "
    }
    assert again["description_placeholders"] == form["description_placeholders"]
    done = await fill_in(home, again, token=TOKEN, encoding_aes_key=KEY)
    assert done["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("internal", [None, "http://192.168.1.2:8123"])
async def test_without_an_address_on_the_internet_there_is_a_warning(
    home: Home, internal: str | None
) -> None:
    """It stops nobody who knows better."""
    await home.hass.config.async_update(external_url=None, internal_url=internal)
    entry = await home.add(TENCENT)
    form = await open_webhook(home, entry)
    assert form["errors"] == {"base": "no_external_url"}
    assert form["description_placeholders"]["webhook_url"].startswith(path_of(""))
    again = await fill_in(home, form, token="short")
    assert again["errors"] == {"base": "no_external_url", "token": "invalid_token"}
    done = await fill_in(home, form, token=TOKEN)
    assert done["type"] is FlowResultType.CREATE_ENTRY


async def test_an_account_has_one_webhook(home: Home) -> None:
    """Also if two people add one at the same time."""
    entry = await home.add(TENCENT)
    first, second = [await open_webhook(home, entry) for _ in range(2)]
    await fill_in(home, first, token=TOKEN)
    for result in (
        await fill_in(home, second, token=TOKEN),
        await open_webhook(home, entry),
    ):
        assert result["type"] is FlowResultType.ABORT
        assert result["reason"] == "already_configured"
    assert len(entry.subentries) == 1


async def test_a_webhook_gets_other_secrets_and_keeps_its_address(
    home: Home, hass_client_no_auth: ClientSessionGenerator
) -> None:
    """They are not shown; what is left empty is gone."""
    entry = await add_pushed(home, encrypted=True)
    form = await reopen_webhook(home, entry)
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, TENCENT)
    assert form["description_placeholders"]["webhook_url"] == f"{OUTSIDE}{path_of()}"
    assert suggested(form) == {}
    again = await fill_in(home, form, token="short")
    assert again["errors"] == {"token": "invalid_token"}
    done = await fill_in(home, again, token=TOKEN)
    assert (done["type"], done["reason"]) == (
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


async def test_only_vendors_that_call_by_themselves_have_webhooks(home: Home) -> None:
    """The others are only polled."""
    entries = [await home.add(each) for each in (TENCENT, WECOM, QUANSHI)]
    offered = [SUBENTRY_WEBHOOK in each.supported_subentry_types for each in entries]
    assert offered == [True, False, False]


async def test_a_webhook_has_no_device(home: Home) -> None:
    """Rooms stay where they were."""
    entry = await add_pushed(home)
    assert {each.config_subentry_id for each in home.all_devices().values()} == {None}
    assert entry.supported_subentry_types == {
        SUBENTRY_WEBHOOK: {"supports_reconfigure": True}
    }
