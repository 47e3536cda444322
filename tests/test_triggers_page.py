"""Compare the page of triggers and conditions with the code, and load its examples."""

from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.helpers import area_registry as ar, floor_registry as fr
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml_dict, parse_yaml

from .documents import ROOT, chapters, code_blocks, read_page, table_rows
from .home import TENCENT, Home
from .translations import LANGUAGES, load_texts

COMPONENT: Final = ROOT / "custom_components" / DOMAIN
KINDS: Final = ("triggers", "conditions")


def declared(kind: str) -> list[str]:
    """Return the names of the triggers or conditions that the integration declares."""
    keys = load_yaml_dict(COMPONENT / f"{kind}.yaml")
    return [f"{DOMAIN}.{key}" for key in keys if not key.startswith(".")]


def rows(language: str, kind: str) -> list[list[str]]:
    """Return the rows of the tables about triggers or conditions."""
    chapter = chapters(read_page("docs/triggers", language))[KINDS.index(kind)]
    return table_rows(chapter)


def examples(language: str) -> list[dict[str, Any]]:
    """Return the examples of a language."""
    blocks = code_blocks(read_page("docs/triggers", language), "yaml")
    return [parse_yaml(block) for block in blocks]  # type: ignore[misc]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_trigger_and_condition_is_listed(language: str, kind: str) -> None:
    """The table has a row for each and no other, in the same order."""
    names = [row[0].strip("`") for row in rows(language, kind)]

    assert [name for name in names if name.startswith(DOMAIN)] == declared(kind)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trigger_and_condition_has_an_example(language: str) -> None:
    """The examples use each of them."""
    used = {
        *(each["trigger"] for e in examples(language) for each in e["triggers"]),
        *(
            each["condition"]
            for e in examples(language)
            for each in e.get("conditions", ())
        ),
    }

    assert {*declared("triggers"), *declared("conditions")} <= used


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_fields_are_explained(language: str, kind: str) -> None:
    """The table has each field that the editor shows, and the target."""
    described = load_yaml_dict(COMPONENT / f"{kind}.yaml").values()
    fields = {"target"}.union(*(each.get("fields", {}) for each in described))
    names = {row[0].strip("`") for row in rows(language, kind)}

    assert fields == {name for name in names if not name.startswith(DOMAIN)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_them_as_the_editor_does(language: str) -> None:
    """Each example of a form has the name of the editor."""
    texts = load_texts(language)
    page = read_page("docs/triggers", language)
    names = [
        texts[f"triggers.{each.removeprefix(f'{DOMAIN}.')}.name"]
        for each in declared("triggers")
    ]

    assert [name for name in names if f"{name}**" not in page] == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_examples_are_valid(home: Home, language: str) -> None:
    """Home Assistant accepts each automation."""
    floor = fr.async_get(home.hass).async_create("Third floor")
    ar.async_get(home.hass).async_create("Boardroom", floor_id=floor.floor_id)
    await home.add(TENCENT)

    assert await async_setup_component(
        home.hass, "automation", {"automation": examples(language)}
    )
    await home.settle()

    states = home.hass.states.async_all("automation")
    assert [each.state for each in states] == ["on"] * len(examples(language))
    # Their timers would outlast the test.
    await home.hass.services.async_call(
        "automation", "turn_off", {"entity_id": "all"}, blocking=True
    )
