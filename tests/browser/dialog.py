"""Use the dialog of a config, options or subentry flow."""

from collections.abc import Mapping
from typing import Self

from playwright.sync_api import Locator, Page, expect

from .texts import defects, shown, text, wait_for_texts
from .visits import DESKTOP, Visitor, Visits

ACCOUNTS = "/config/integrations/integration/meeting_rooms"
ADD = "/config/integrations/dashboard/add?domain=meeting_rooms"


class Dialog:
    """The open dialog of a flow."""

    def __init__(self, page: Page) -> None:
        """Wait for the dialog."""
        self.page = page
        self.root = page.locator("dialog-data-entry-flow")
        self._button = self.root.locator("ha-dialog-footer ha-button").last
        self._open = self.root.locator("dialog[open]")
        expect(self._open).to_be_visible()

    @classmethod
    def of_new_account(
        cls,
        visits: Visits,
        language: str,
        vendor: str,
        size: tuple[int, int] = DESKTOP,
    ) -> Self:
        """Open the form of a new account by its address, as the link of the README does."""
        page = visits.open(ADD, Visitor(language=language, size=size))
        page.locator("dialog-box ha-button[slot=primaryAction]").click()
        dialog = cls(page)
        dialog.choose(text(language, "config", "step", "user", "menu_options", vendor))
        expect(dialog.field("base_url")).to_be_visible()
        return dialog

    @classmethod
    def of_options(cls, visits: Visits, language: str, account: str, form: str) -> Self:
        """Open a form of an account's options from the menu."""
        page = visits.open(ACCOUNTS, Visitor(language=language))
        account_row(page, account).locator("ha-icon-button").nth(1).click()
        dialog = cls(page)
        dialog.expect(text(language, "options", "step", "init", "description"))
        dialog.choose(text(language, "options", "step", "init", "menu_options", form))
        return dialog

    @classmethod
    def of_menu(cls, page: Page, account: str, item: str) -> Self:
        """Open a dialog from the menu of an account."""
        row = account_row(page, account)
        row.locator("ha-dropdown ha-icon-button").first.click()
        row.locator("ha-dropdown-item").filter(has_text=item).first.click()
        return cls(page)

    def choose(self, option: str) -> None:
        """Choose an option of a menu."""
        self.root.get_by_text(option, exact=True).click()

    def field(self, name: str) -> Locator:
        """Return the input of a field."""
        return self.root.locator(f'input[name="{name}"]')

    def fill(self, values: Mapping[str, str]) -> None:
        """Enter values into fields."""
        for name, value in values.items():
            self.field(name).fill(value)

    def enter(self, picker: Locator, value: str) -> None:
        """Enter a value that the picker of a field does not offer."""
        picker.locator("ha-button").click()
        picker.locator("ha-picker-combo-box input").fill(value)
        picker.locator("ha-combo-box-item").filter(has_text=value).first.click()
        expect(picker.locator("ha-input-chip").last).to_be_visible()

    def pick(self, picker: Locator, index: int) -> None:
        """Pick an option of a field."""
        picker.locator("ha-button").click()
        picker.locator("ha-combo-box-item").nth(index).click()

    def submit(self) -> None:
        """Submit the form, or close the last page of the flow."""
        self._button.click()

    def expect(self, first: str, *others: str) -> None:
        """Wait for a text, and expect others and nothing that no user should read."""
        wait_for_texts(self.root, first, *others)
        assert not defects(self.root), shown(self.root)

    def expect_closed(self) -> None:
        """Expect that the flow has ended."""
        expect(self._open).to_have_count(0)


def account_row(page: Page, account: str) -> Locator:
    """Return an account on the page of the integration."""
    return page.locator("ha-config-entry-row").filter(has_text=account).first
