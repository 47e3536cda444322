"""Test the forms that change an account, as users see them."""

from playwright.sync_api import expect
import pytest

from simulator import Fault, Simulator

from ..vendors import QUANSHI, TENCENT, VENDOR_TABLE, WECOM
from .dialog import ACCOUNTS, Dialog, account_row
from .office import Office
from .texts import step_texts, text
from .visits import LANGUAGES, Visitor, Visits

pytestmark = pytest.mark.parametrize("language", LANGUAGES)


def add(office: Office, vendor: str) -> str:
    """Add an account of the company, and return its title."""
    return office.add(vendor, VENDOR_TABLE[vendor].credentials(office.newcomer))


def test_rooms_and_budget_are_changed(
    visits: Visits, office: Office, newcomer: Simulator, language: str
) -> None:
    """Require a room, and store the room that is picked."""
    title = add(office, TENCENT)
    dialog = Dialog.of_options(visits, language, title, "rooms")
    dialog.expect(*step_texts(language, "options", "step", "rooms"))
    dialog.root.locator("ha-switch").click()
    dialog.submit()
    dialog.expect(text(language, "options", "error", "rooms_required"))
    chosen, other, *_ = newcomer.company.rooms_of(TENCENT)
    dialog.enter(dialog.root.locator("ha-selector-select").last, chosen.room_id)
    dialog.submit()
    expect(dialog.root.locator("step-flow-create-entry")).to_be_visible()
    dialog.submit()
    dialog.expect_closed()
    devices = account_row(dialog.page, title).locator("ha-config-entry-device-row")
    expect(devices.filter(has_text=chosen.name.strip()).first).to_be_visible()
    expect(devices.filter(has_text=other.name.strip())).to_have_count(0)


def test_rooms_cannot_be_changed_while_the_vendor_fails(
    visits: Visits, office: Office, newcomer: Simulator, language: str
) -> None:
    """Say why."""
    title = add(office, TENCENT)
    newcomer.faults.add(Fault("http", TENCENT, status=502))
    dialog = Dialog.of_options(visits, language, title, "rooms")
    dialog.expect(text(language, "options", "abort", "cannot_connect"))


def test_bookings_and_use_are_changed(
    visits: Visits, office: Office, newcomer: Simulator, language: str
) -> None:
    """Show each setting with its explanation."""
    title = add(office, WECOM)
    dialog = Dialog.of_options(visits, language, title, "meetings")
    dialog.expect(*step_texts(language, "options", "step", "meetings"))
    dialog.submit()
    expect(dialog.root.locator("step-flow-create-entry")).to_be_visible()
    dialog.submit()
    dialog.expect_closed()


def test_one_room_is_changed(
    visits: Visits, office: Office, newcomer: Simulator, language: str
) -> None:
    """Choose the room by its name, and see its settings."""
    title = add(office, WECOM)
    dialog = Dialog.of_options(visits, language, title, "room")
    dialog.expect(*step_texts(language, "options", "step", "room"))
    dialog.root.locator("ha-selector-select ha-select").click()
    option = dialog.root.locator("ha-selector-select ha-dropdown-item").first
    name = (option.text_content() or "").partition("·")[0].strip()
    option.click()
    dialog.submit()
    dialog.expect(
        *step_texts(language, "options", "step", "room_settings", room=name, hint="")[
            2:
        ]
    )
    dialog.submit()
    expect(dialog.root.locator("step-flow-create-entry")).to_be_visible()


def test_rejected_credentials_are_updated(
    visits: Visits, office: Office, newcomer: Simulator, language: str
) -> None:
    """Ask for them when the vendor rejects them, until they are right."""
    vendor = {"en": TENCENT, "zh-Hans": WECOM}[language]
    row = VENDOR_TABLE[vendor]
    title = add(office, vendor)
    secret = row.secret_fields[-1]
    setattr(row.account(newcomer), secret, "another-secret")
    newcomer.wecom.tokens.expire_all()
    office.reload(title)
    page = visits.open(ACCOUNTS, Visitor(language=language))
    attention = page.get_by_role("listitem").filter(has_text=title)
    attention.get_by_role("button").first.click()
    dialog = Dialog(page)
    dialog.expect(text(language, "config", "step", "reauth_confirm", "title"))
    form = row.credentials(newcomer)
    dialog.fill({each: form[each] for each in row.secret_fields} | {secret: "wrong"})
    dialog.submit()
    dialog.expect(text(language, "config", "error", "invalid_auth"))
    dialog.fill({secret: form[secret]})
    dialog.submit()
    dialog.expect(text(language, "config", "abort", "reauth_successful"))


def test_account_is_reconfigured(
    visits: Visits, office: Office, newcomer: Simulator, language: str
) -> None:
    """Keep the secrets that are left empty, and refuse another account."""
    title = add(office, QUANSHI)
    page = visits.open(ACCOUNTS, Visitor(language=language))
    row = account_row(page, title)
    row.locator("ha-dropdown ha-icon-button").first.click()
    row.locator("ha-dropdown-item[value=reconfigure]").click()
    dialog = Dialog(page)
    dialog.expect(text(language, "config", "step", "reconfigure", "title"))
    dialog.submit()
    dialog.expect(text(language, "config", "abort", "reconfigure_successful"))


def test_conference_is_added(
    visits: Visits, office: Office, newcomer: Simulator, language: str
) -> None:
    """Explain each mistake, and add the same conference only once."""
    title = add(office, QUANSHI)
    page = visits.open(ACCOUNTS, Visitor(language=language))
    subentry = ("config_subentries", "conference")
    label = text(language, *subentry, "initiate_flow", "user")
    dialog = Dialog.of_menu(page, title, label)
    dialog.expect(*step_texts(language, *subentry, "step", "user"))
    dialog.submit()
    dialog.expect(text(language, *subentry, "error", "conference_required"))
    dialog.fill({"pcode": "000000"})
    dialog.submit()
    dialog.expect(text(language, *subentry, "error", "conference_not_found"))
    newcomer.faults.add(Fault("http", QUANSHI, status=502))
    dialog.submit()
    dialog.expect(text(language, *subentry, "error", "cannot_connect"))
    newcomer.faults.clear()
    pcode = newcomer.company.quanshi.bookings[0].secrets.pcode1
    dialog.fill({"pcode": pcode})
    dialog.submit()
    expect(dialog.root.locator("step-flow-create-entry")).to_be_visible()
    dialog.submit()
    dialog.expect_closed()
    again = Dialog.of_menu(page, title, label)
    again.fill({"pcode": pcode})
    again.submit()
    again.expect(text(language, *subentry, "abort", "already_configured"))


def test_alarms_are_pushed(
    visits: Visits, office: Office, newcomer: Simulator, language: str
) -> None:
    """Explain each mistake in the secrets of the subscription."""
    title = add(office, TENCENT)
    page = visits.open(ACCOUNTS, Visitor(language=language))
    subentry = ("config_subentries", "webhook")
    label = text(language, *subentry, "initiate_flow", "user")
    dialog = Dialog.of_menu(page, title, label)
    dialog.expect(
        text(language, *subentry, "step", TENCENT, "title"),
        text(language, *subentry, "error", "no_external_url"),
    )
    dialog.fill({"token": "short", "encoding_aes_key": "short"})
    dialog.submit()
    dialog.expect(
        text(language, *subentry, "error", "invalid_token"),
        text(language, *subentry, "error", "invalid_encoding_aes_key"),
    )
    account = newcomer.accounts.tencent_meeting
    dialog.fill(
        {"token": account.webhook_token, "encoding_aes_key": account.encoding_aes_key}
    )
    dialog.submit()
    expect(dialog.root.locator("step-flow-create-entry")).to_be_visible()
