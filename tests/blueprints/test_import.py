"""Import the blueprints as a user does, by the links of the documentation."""

from pathlib import Path
import re
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from ..documents import chapters, read_page, table_rows
from ..translations import LANGUAGES
from .house import AUTOMATION, FOLDER, NAMES, House, load_blueprint

SITE: Final = "https://github.com/meeting-rooms/meeting-rooms/blob/main/"
RAW: Final = "https://raw.githubusercontent.com/meeting-rooms/meeting-rooms/main/"
LINK: Final = re.compile(
    r"\((https://my\.home-assistant\.io/redirect/blueprint_import/[^)]+)\)"
)
BOTH_LANGUAGES: Final = re.compile(r"[A-Za-z].*( / |\n).*[\u4e00-\u9fff]", re.DOTALL)


def links_in(text: str) -> list[str]:
    """Return the addresses of the import links of a text."""
    queries = [parse_qs(urlsplit(link).query) for link in LINK.findall(text)]
    return [query["blueprint_url"][0] for query in queries]


def links(language: str) -> list[str]:
    """Return the addresses of the import links of a page."""
    return links_in(read_page("docs/blueprints", language))


def texts_of(inputs: dict[str, dict[str, Any]]) -> list[str]:
    """Return all names and descriptions of inputs and sections."""
    return [
        text
        for entry in inputs.values()
        for text in (
            entry["name"],
            *filter(None, [entry.get("description")]),
            *texts_of(entry.get("input", {})),
        )
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_a_link_for_each_blueprint(language: str) -> None:
    """The link is that of the blueprint itself, with which it is updated."""
    found = sorted(links(language))
    assert found == [
        f"{SITE}blueprints/automation/{FOLDER.name}/{n}.yaml" for n in NAMES
    ]
    assert found == [load_blueprint(name).metadata["source_url"] for name in NAMES]


@pytest.mark.parametrize("address", links("en"))
async def test_blueprints_are_imported_and_saved(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    aioclient_mock: AiohttpClientMocker,
    tmp_path: Path,
    address: str,
) -> None:
    """Home Assistant downloads the file, shows it, and saves it."""
    path = address.removeprefix(SITE)
    text = (FOLDER / path.rsplit("/", maxsplit=1)[1]).read_text("utf-8")
    aioclient_mock.get(f"{RAW}{path}", text=text)  # type: ignore[no-untyped-call]
    hass.config.config_dir = str(tmp_path)
    assert await async_setup_component(hass, "automation", {})
    client = await hass_ws_client(hass)
    await client.send_json_auto_id({"type": "blueprint/import", "url": address})
    imported = (await client.receive_json())["result"]
    assert imported["validation_errors"] is None
    assert imported["exists"] is False
    await client.send_json_auto_id(
        {
            "type": "blueprint/save",
            "domain": "automation",
            "path": imported["suggested_filename"],
            "yaml": imported["raw_data"],
            "source_url": address,
        }
    )
    assert (await client.receive_json())["success"]
    await client.send_json_auto_id({"type": "blueprint/list", "domain": "automation"})
    saved = (await client.receive_json())["result"]
    name = f"{imported['suggested_filename']}.yaml"
    assert saved[name]["metadata"]["source_url"] == address


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_in_both_languages(name: str) -> None:
    """A blueprint has no translations."""
    metadata = load_blueprint(name).metadata
    texts = [metadata["name"], metadata["description"], *texts_of(metadata["input"])]
    assert [each for each in texts if not BOTH_LANGUAGES.search(each)] == []
    assert metadata["homeassistant"] == {"min_version": "2026.10.0"}


@pytest.mark.parametrize(
    ("blueprint", "inputs", "error"),
    [
        ("lights_climate", {}, "Missing input room"),
        ("last_meeting", {"rooms": {"floor_id": "3f"}, "not_before": "late"}, "late"),
        ("it_alert", {"rooms": {"floor": "3f"}}, "target.floor"),
        ("it_alert", {"rooms": {"floor_id": "3f"}, "wait": "long"}, "minutes"),
        ("voice_find_room", {"commands": []}, "at least one sentence"),
    ],
)
async def test_wrong_inputs_are_refused(
    house: House,
    caplog: pytest.LogCaptureFixture,
    blueprint: str,
    inputs: dict[str, Any],
    error: str,
) -> None:
    """The automation is not started, and Home Assistant says why."""
    await house.try_automate(blueprint, inputs)
    state = house.hass.states.get(AUTOMATION)
    assert state and state.state == "unavailable"
    assert error in caplog.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_describe_each_input(language: str) -> None:
    """The tables have the names of the form, in its order."""
    part = LANGUAGES.index(language)
    names = {
        name: [
            each["name"].split(" / ")[part]
            for each in load_blueprint(name).inputs.values()
        ]
        for name in NAMES
    }
    described = {
        address.rsplit("/", maxsplit=1)[1].removesuffix(".yaml"): [
            row[0] for row in table_rows(chapter)
        ]
        for chapter in chapters(read_page("docs/blueprints", language))
        for address in links_in(chapter)
    }
    assert described == names
