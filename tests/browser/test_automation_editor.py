"""Test the triggers and conditions in the automation editor, by clicks."""

from collections.abc import Iterator
from time import monotonic, sleep
from typing import Any, Final

import pytest

from scripts.demo_home.client import JSON
from simulator import RoomStatus

from .automation_editor import Editor, floor_of
from .company import Company
from .office import Office
from .texts import text, wait_for_texts
from .visits import LANGUAGES, Visits

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


@pytest.fixture
def floor(shown_company: Company) -> str:
    """Return the floor of a free room."""
    return floor_of(shown_company, SHOWS)


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
    """Return the state of the automation with a name, which is loaded after it is saved."""
    end = monotonic() + PATIENCE
    while True:
        for each in office.command("get_states"):
            if each["attributes"].get("friendly_name") == name:
                state: JSON = each
                return state
        assert monotonic() < end
        sleep(1)


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
