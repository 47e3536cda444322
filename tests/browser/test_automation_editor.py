"""Test the triggers and conditions in the automation editor, by clicks."""

from collections.abc import Iterator
import re
from time import monotonic, sleep
from typing import Any, Final

from playwright.sync_api import Locator, Page, expect
import pytest

from scripts.demo_home.client import JSON
from simulator import RoomStatus

from .company import FLOORS, Company
from .office import Office
from .texts import defects, shown, text, wait_for_texts
from .visits import LANGUAGES, Visitor, Visits

NEW: Final = "/config/automation/edit/new"
SAVE: Final = re.compile("^(Save|保存)$")
PATIENCE: Final = 90
SHOWS: Final = "free"
"""The room whose floor the automations are about."""
TRIGGERS: Final = (
    "became_free",
    "became_used",
    "starting_soon",
    "booking_started",
    "booking_ended",
    "no_show",
    "not_ready",
    "offline",
    "online",
)
CONDITIONS: Final = ("is_free", "is_used", "is_ready")


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


@pytest.fixture
def floor(shown_company: Company) -> str:
    """Return the floor of a free room."""
    areas = shown_company.office.command("config/area_registry/list")
    floors = shown_company.office.command("config/floor_registry/list")
    device = shown_company.device(SHOWS)
    (floor_id,) = (
        each["floor_id"] for each in areas if each["area_id"] == device["area_id"]
    )
    name: str = next(each["name"] for each in floors if each["floor_id"] == floor_id)
    assert name in FLOORS
    return name


@pytest.fixture
def company_in_use(shown_company: Company) -> Iterator[Company]:
    """Return the company; the room is free again at the end."""
    yield shown_company
    shown_company.set_status(SHOWS, RoomStatus.IDLE)
    end = monotonic() + PATIENCE
    while shown_company.availability(SHOWS) != SHOWS:
        assert monotonic() < end
        sleep(1)


def automation(office: Office, name: str) -> JSON:
    """Return the state of the automation with a name."""
    (found,) = (
        each
        for each in office.command("get_states")
        if each["attributes"].get("friendly_name") == name
    )
    state: JSON = found
    return state


def saved(office: Office, name: str) -> Any:
    """Return the configuration of the automation with a name."""
    entity_id = automation(office, name)["entity_id"]
    return office.command("automation/config", entity_id=entity_id)["config"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "names"), [("trigger", TRIGGERS), ("condition", CONDITIONS)]
)
def test_everything_is_offered_for_a_floor(
    visits: Visits, floor: str, language: str, kind: str, names: tuple[str, ...]
) -> None:
    """Also what diagnostic entities are about."""
    offered = Editor(visits, language).offer(kind, floor)
    wait_for_texts(
        offered, *(text(language, f"{kind}s", name, "name") for name in names)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_automation_is_made_by_clicks(
    visits: Visits, office: Office, floor: str, language: str
) -> None:
    """The editor writes what the integration accepts."""
    name = f"All rooms {language}"
    editor = Editor(visits, language)
    editor.add("trigger", "became_free", floor)
    editor.choose("all")
    editor.add("condition", "is_ready", floor)
    editor.save(name)
    config = saved(office, name)
    target = {"floor_id": floor.lower()}
    (trigger,), (condition,) = config["triggers"], config["conditions"]
    assert trigger["trigger"] == "meeting_rooms.became_free"
    assert trigger["options"]["behavior"] == "all"
    assert condition["condition"] == "meeting_rooms.is_ready"
    assert condition["options"]["behavior"] == "any"
    assert trigger["target"] == condition["target"] == target
    assert automation(office, name)["state"] == "on"


def test_automation_of_a_floor_runs(
    visits: Visits, office: Office, company_in_use: Company, floor: str
) -> None:
    """A room of the floor comes into use."""
    name = "会议室开始使用"
    editor = Editor(visits, "zh-Hans")
    editor.add("trigger", "became_used", floor)
    editor.add("condition", "is_used", floor)
    editor.save(name)
    assert automation(office, name)["attributes"]["last_triggered"] is None
    company_in_use.set_status(SHOWS, RoomStatus.IN_USE)
    end = monotonic() + PATIENCE
    while automation(office, name)["attributes"]["last_triggered"] is None:
        assert monotonic() < end
        sleep(1)
