"""Test the form of an account with each of its errors, as users see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import expect
import pytest

from custom_components.meeting_rooms.api.registry import VENDORS
from simulator import Fault

from ..vendors import QUANSHI, TENCENT, VENDOR_TABLE, WECOM
from .dialog import ADD, Dialog
from .office import Office
from .texts import step_texts, text
from .visits import LANGUAGES, Visitor, Visits


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What a user enters or a vendor responds, and the error of the form."""

    error: str
    entered: Mapping[str, str] = field(default_factory=dict)
    fault: Mapping[str, Any] | None = None
    values: Mapping[str, str] = field(default_factory=dict)


EVERYWHERE = (
    Mistake(error="url_without_scheme", entered={"base_url": "api.example.com"}),
    Mistake(error="url_with_query", entered={"base_url": "https://example.com/?a=1"}),
    Mistake(error="invalid_url", entered={"base_url": "http://example.com"}),
    Mistake(error="cannot_connect", fault={"kind": "http", "status": 502}),
    Mistake(error="invalid_response", fault={"kind": "invalid_json"}),
    Mistake(error="rate_limited", fault={"kind": "http", "status": 429}),
)
MISTAKES: Mapping[str, tuple[Mistake, ...]] = {
    TENCENT: (
        *EVERYWHERE,
        Mistake(error="required", entered={"secret_id": " "}),
        Mistake(error="invalid_characters", entered={"secret_key": "密钥"}),
        Mistake(error="url_of_api", entered={"base_url": "https://example.com/v1"}),
        Mistake(error="invalid_auth", entered={"secret_key": "wrong"}),
        Mistake(error="invalid_operator", entered={"operator_id": "unknown"}, values={"code": " 190001"}),
        Mistake(error="operator_required", entered={"operator_id": ""}),
        Mistake(error="clock_skew", fault={"kind": "clock", "seconds": 301}),
        Mistake(error="daily_limit", fault={"kind": "vendor_code", "code": 190311}),
        Mistake(
            error="unknown",
            fault={"kind": "vendor_code", "code": 190004},
            values={"code": " 190004"},
        ),
    ),
    WECOM: (
        *EVERYWHERE,
        Mistake(error="required", entered={"corp_id": " "}),
        Mistake(error="url_of_api", entered={"base_url": "https://example.com/cgi-bin"}),
        Mistake(
            error="ip_not_allowed",
            fault={"kind": "ip_not_allowed", "address": "203.0.113.9"},
            values={"address": "203.0.113.9"},
        ),
        Mistake(
            error="unnamed_ip_not_allowed",
            fault={"kind": "ip_not_allowed", "address": "somewhere"},
        ),
        Mistake(error="invalid_auth", entered={"corp_secret": "wrong"}),
    ),
    QUANSHI: (
        *EVERYWHERE,
        Mistake(error="not_a_number", entered={"user_id": "12x"}),
        Mistake(error="url_of_api", entered={"base_url": "https://example.com/confopenapi"}),
        Mistake(
            error="wrong_service", fault={"kind": "empty_404"}, values={"code": " 404"}
        ),
        Mistake(error="invalid_auth", entered={"token": "wrong"}),
    ),
}  # fmt: skip


pytestmark = pytest.mark.usefixtures("newcomer")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("vendor", VENDOR_TABLE)
def test_form_explains_each_mistake(
    visits: Visits, office: Office, vendor: str, language: str
) -> None:
    """Keep the other values, so that only the mistake has to be corrected."""
    console = {
        "console_url": VENDORS[vendor].console_url,
        "default_base_url": VENDORS[vendor].base_url,
    }
    form = VENDOR_TABLE[vendor].credentials(office.newcomer)
    dialog = Dialog.of_new_account(visits, language, vendor)
    dialog.expect(*step_texts(language, "config", "step", vendor, **console))
    dialog.fill(form)
    for mistake in MISTAKES[vendor]:
        office.newcomer.faults.clear()
        if mistake.fault:
            office.newcomer.faults.add(Fault(vendor=vendor, **mistake.fault))
        dialog.fill(mistake.entered)
        dialog.submit()
        values = {**console, **mistake.values}
        dialog.expect(text(language, "config", "error", mistake.error, **values))
        dialog.fill({key: form[key] for key in mistake.entered})


@pytest.mark.parametrize("language", LANGUAGES)
def test_account_is_added_with_the_rooms_that_are_chosen(
    visits: Visits, office: Office, language: str
) -> None:
    """Explain each mistake in the choice, and do not add the same account again."""
    form = VENDOR_TABLE[TENCENT].credentials(office.newcomer)
    dialog = Dialog.of_new_account(visits, language, TENCENT)
    dialog.fill(form)
    dialog.submit()
    dialog.expect(*step_texts(language, "config", "step", "rooms"))
    places, rooms = dialog.root.locator("ha-selector-select").all()
    dialog.enter(places, "B99")
    dialog.submit()
    dialog.expect(text(language, "config", "error", "places_empty"))
    dialog.root.locator("ha-switch").click()
    dialog.submit()
    dialog.expect(text(language, "config", "error", "rooms_required"))
    dialog.enter(rooms, "999")
    dialog.submit()
    dialog.expect(text(language, "config", "error", "room_not_found", room="999"))
    dialog.root.locator("ha-input-chip").filter(has_text="999").locator(
        "button"
    ).last.click()
    dialog.pick(rooms, 0)
    dialog.submit()
    dialog.expect(*step_texts(language, "config", "step", "areas"))
    dialog.submit()
    expect(dialog.root.locator("step-flow-create-entry")).to_be_visible()
    dialog.submit()
    dialog.expect_closed()
    again = Dialog.of_new_account(visits, language, TENCENT)
    again.fill(form)
    again.submit()
    again.expect(text(language, "config", "abort", "already_configured"))


@pytest.mark.parametrize(
    ("language", "words"), [("en", "tencent"), ("en", "meeting"), ("zh-Hans", "会议")]
)
def test_integration_is_found_by_its_names(
    visits: Visits, language: str, words: str
) -> None:
    """Search among all integrations, and choose a vendor."""
    page = visits.open(ADD.partition("/add")[0], Visitor(language=language))
    page.locator("hass-tabs-subpage ha-button[slot=fab]").click()
    page.locator("dialog-add-integration input").first.fill(words)
    page.locator("dialog-add-integration").get_by_text("WeCom/Tencent").first.click()
    dialog = Dialog(page)
    dialog.expect(*step_texts(language, "config", "step", "user"))
