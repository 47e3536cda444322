"""Use the editor of automations."""

import re
from typing import Final

from playwright.sync_api import Locator, Page, expect

from .company import FLOORS, Company
from .texts import defects, shown, text, wait_for_texts
from .visits import Visitor, Visits

NEW: Final = "/config/automation/edit/new"
SAVE: Final = re.compile("^(Save|保存)$")


def floor_of(company: Company, shows: str) -> str:
    """Return the name of the floor of the room with an availability."""
    areas = company.office.command("config/area_registry/list")
    floors = company.office.command("config/floor_registry/list")
    device = company.device(shows)
    (floor_id,) = (
        each["floor_id"] for each in areas if each["area_id"] == device["area_id"]
    )
    name: str = next(each["name"] for each in floors if each["floor_id"] == floor_id)
    assert name in FLOORS
    return name


class Editor:
    """The editor of a new automation."""

    def __init__(self, visits: Visits, language: str) -> None:
        """Open the editor."""
        self.language = language
        self.page: Page = visits.open(NEW, Visitor(language=language))
        self.sidebar = self.page.locator("ha-automation-sidebar")
        self._dialog = self.page.locator("add-automation-element-dialog")
        self._offered = self._dialog.locator("ha-automation-add-items")

    def offer(self, kind: str, floor: str) -> Locator:
        """Return what the editor offers for a floor: triggers or conditions."""
        self.page.locator(f"ha-automation-{kind} ha-button").first.click()
        self._dialog.get_by_text(floor, exact=True).first.click()
        return self._offered

    def add(self, kind: str, name: str, floor: str) -> None:
        """Add a trigger or condition for a floor, and expect that it is explained."""
        offered = self.offer(kind, floor)
        texts = self.texts(kind, name)
        item = offered.locator("ha-list-item-button").filter(has_text=texts[0])
        item.first.click()
        wait_for_texts(self.sidebar, floor, *texts)
        assert not defects(self.sidebar), shown(self.sidebar)

    def texts(self, kind: str, name: str) -> list[str]:
        """Return the name, the description and the fields of a trigger or condition."""
        path = (f"{kind}s", name)
        keys = (("name",), ("description",))
        fields = ((*("fields", each), "name") for each in ("behavior", "for"))
        return [text(self.language, *path, *key) for key in (*keys, *fields)]

    def choose(self, behavior: str) -> None:
        """Choose a behavior."""
        self.sidebar.locator(f'[value="{behavior}"]').first.click()

    def save(self, name: str) -> None:
        """Save the automation with a name."""
        self.page.get_by_role("button", name=SAVE).click()
        dialog = self.page.locator("ha-dialog-automation-save")
        dialog.locator("input").first.fill(name)
        dialog.locator("ha-button[slot=primaryAction]").click()
        expect(dialog.locator("dialog[open]")).to_have_count(0)
