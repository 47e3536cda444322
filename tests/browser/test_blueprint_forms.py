"""Fill in the forms of the blueprints, and take the pictures of the documentation."""

from collections.abc import Iterator
from pathlib import Path
import re
from typing import Any, Final

from playwright.sync_api import expect
import pytest

from homeassistant.util.yaml import parse_yaml
from scripts.demo_home.home import ROOT

from .company import Company
from .office import Office
from .pictures import take_picture
from .texts import wait_for_texts
from .visits import LANGUAGES, Visitor, Visits

FOLDER: Final = ROOT / "blueprints" / "automation" / "meeting_rooms"
BLUEPRINTS: Final = {
    path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yaml"))
}
SHOWN: Final = re.compile(r"images/(blueprint-[\w.-]+\.png)")
SUFFIXES: Final = {"en": "", "zh-Hans": ".zh-Hans"}
SIZE: Final = (900, 1800)
CONFIG: Final = "/api/config/automation/config/blueprint"
THINGS: Final = {
    "light.meeting_room": {"en": "Meeting room lights", "zh-Hans": "会议室照明"},
    "climate.meeting_room": {"en": "Meeting room climate", "zh-Hans": "会议室空调"},
    "media_player.meeting_room": {"en": "Ceiling speaker", "zh-Hans": "吸顶音箱"},
    "notify.it_team": {"en": "IT team", "zh-Hans": "IT 团队"},
}
"""The entities of other integrations, with their names."""


def picture_of(blueprint: str, language: str) -> str:
    """Return the file name of the picture of a form."""
    return f"blueprint-{blueprint.replace('_', '-')}{SUFFIXES[language]}.png"


def inputs_of(company: Company) -> dict[str, dict[str, Any]]:
    """Return what a user fills in, by blueprint."""
    floors = company.office.command("config/floor_registry/list")
    rooms = {"floor_id": [floors[0]["floor_id"]]}
    room = company.entity_id("free")
    device = company.device("free")["id"]
    calendar = next(
        each["entity_id"]
        for each in company.office.command("config/entity_registry/list")
        if (each["device_id"], each["translation_key"]) == (device, "bookings")
    )
    light, climate, player, recipient = THINGS
    return {
        "chime": {"bookings": calendar, "players": [player]},
        "door_sign": {"room": room, "lights": [light]},
        "it_alert": {"rooms": rooms, "recipients": [recipient]},
        "last_meeting": {"rooms": rooms},
        "lights_climate": {
            "room": room,
            "lights": {"entity_id": [light]},
            "climate": {"entity_id": [climate]},
        },
        "no_show_release": {"rooms": rooms, "recipients": [recipient]},
        "voice_find_room": {},
    }


def names_of(inputs: dict[str, dict[str, Any]]) -> list[str]:
    """Return the names of inputs and sections."""
    return [
        name
        for each in inputs.values()
        for name in (each["name"], *names_of(each.get("input", {})))
    ]


@pytest.fixture(scope="module")
def imported(shown_company: Company) -> Company:
    """Return the company with the blueprints, which are saved as after an import."""
    for name, text in BLUEPRINTS.items():
        shown_company.office.command(
            "blueprint/save",
            domain="automation",
            path=f"meeting_rooms/{name}",
            yaml=text,
        )
    return shown_company


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, office: Office) -> Iterator[str]:
    """Return a language, in which the things in the rooms have their names."""
    language: str = request.param
    for entity_id, names in THINGS.items():
        state = {"state": "off", "attributes": {"friendly_name": names[language]}}
        office.do(office.owner.post(f"/api/states/{entity_id}", state))
    yield language
    office.do(office.owner.delete(CONFIG))
    for entity_id in THINGS:
        office.do(office.owner.delete(f"/api/states/{entity_id}"))


@pytest.mark.parametrize("blueprint", BLUEPRINTS)
def test_form_names_every_input(
    visits: Visits, imported: Company, folder: Path, language: str, blueprint: str
) -> None:
    """The form of an automation shows each section and each input."""
    office = imported.office
    path = f"meeting_rooms/{blueprint}.yaml"
    entered = inputs_of(imported)[blueprint]
    config = {"alias": "Form", "use_blueprint": {"path": path, "input": entered}}
    office.do(office.owner.post(CONFIG, config))
    visitor = Visitor(language=language, size=SIZE)
    page = visits.open("/config/automation/edit/blueprint", visitor)
    form = page.locator("blueprint-automation-editor")
    expect(form).to_be_visible()
    parsed: Any = parse_yaml(BLUEPRINTS[blueprint])
    inputs = parsed["blueprint"]["input"]
    for section in filter(lambda each: "input" in each, inputs.values()):
        form.get_by_text(section["name"], exact=True).click()
    wait_for_texts(form, *names_of(inputs))
    card = form.locator("ha-card").first
    take_picture(page, folder / picture_of(blueprint, language), card)


@pytest.mark.parametrize("shown_in", LANGUAGES)
def test_each_form_is_shown_on_its_page(shown_in: str) -> None:
    """The page of a language has the picture of each form in this language."""
    page = ROOT / "docs" / f"blueprints{SUFFIXES[shown_in]}.md"
    pictures = [picture_of(name, shown_in) for name in BLUEPRINTS]
    assert sorted(SHOWN.findall(page.read_text("utf-8"))) == sorted(pictures)
