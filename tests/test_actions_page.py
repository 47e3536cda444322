"""Compare the page of actions with the code, and run its examples in Home Assistant."""

import re
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.components.script.const import DOMAIN as SCRIPT_DOMAIN
from homeassistant.core import HomeAssistant, SupportsResponse
from homeassistant.setup import async_setup_component
from homeassistant.util.yaml import load_yaml_dict, parse_yaml

from .documents import ROOT, chapters, code_blocks, read_page, table_rows
from .home import TENCENT, Home
from .translations import LANGUAGES, load_texts

ACTIONS: Final[dict[str, Any]] = load_yaml_dict(
    ROOT / "custom_components" / DOMAIN / "services.yaml"
)
OF_THE_VENDOR: Final = {"unknown_vendor"}
"""The errors that are explained elsewhere."""


def chapter_of(language: str, action: str) -> str:
    """Return the chapter of an action, which names it first."""
    found = [
        chapter
        for chapter in chapters(read_page("docs/actions", language))
        if chapter.strip().startswith(f"`{DOMAIN}.{action}`")
    ]
    assert len(found) == 1, action
    return found[0]


def examples(language: str) -> list[dict[str, Any]]:
    """Return the examples of a language."""
    blocks = code_blocks(read_page("docs/actions", language), "yaml")
    return [parse_yaml(block) for block in blocks]  # type: ignore[misc]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "action", ["find_room", "book_room", "release_room", "call_room"]
)
def test_the_fields_of_each_action_are_explained(language: str, action: str) -> None:
    """The table has a row for each field and no other."""
    table = re.split(r"\n\n(?!\|)", chapter_of(language, action))
    rows = next(rows for part in table if (rows := table_rows(part)))

    assert [row[0].strip("`") for row in rows] == [*ACTIONS[action]["fields"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_action_has_a_chapter(language: str) -> None:
    """No action of the code is missing."""
    assert all(chapter_of(language, action) for action in ACTIONS)
    texts = load_texts(language)
    page = read_page("docs/actions", language)
    named = [texts[f"services.{each}.name"] for each in ACTIONS]

    assert [name for name in named[:-1] if f"**{name}**" not in page] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_option_for_who_books_is_named(language: str) -> None:
    """The page names the option as the form does."""
    option = load_texts(language)["options.step.meetings.data.organizer"]

    assert f"**{option}**" in read_page("docs/actions", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_error_of_the_actions_is_explained(language: str) -> None:
    """The table has a row for each message that is not one of the vendor's."""
    texts = load_texts(language)
    errors = {
        key.split(".")[1] for key in texts if key.startswith("exceptions.")
    } - OF_THE_VENDOR
    of_the_vendor = {
        key.removeprefix("config.error.")
        for key in texts
        if key.startswith("config.error.")
    } | {"not_found", "refused"}
    rows = table_rows(chapters(read_page("docs/actions", language))[-1])

    assert {row[0].strip("`") for row in rows} == errors - of_the_vendor


def test_both_languages_have_the_same_examples() -> None:
    """Only texts differ."""
    assert [sorted(each) for each in examples("en")] == [
        sorted(each) for each in examples("zh-Hans")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_examples_are_valid(home: Home, language: str) -> None:
    """Home Assistant accepts each script and each automation."""
    await home.add(TENCENT)
    scripts = [each for each in examples(language) if "sequence" in each]
    automations = [each for each in examples(language) if "triggers" in each]

    assert await async_setup_component(
        home.hass,
        SCRIPT_DOMAIN,
        {SCRIPT_DOMAIN: {f"example_{n}": each for n, each in enumerate(scripts)}},
    )
    assert await async_setup_component(
        home.hass, "automation", {"automation": automations}
    )
    await home.settle()

    assert len(home.hass.states.async_all(SCRIPT_DOMAIN)) == len(scripts) > 0
    states = home.hass.states.async_all("automation")
    assert [each.state for each in states] == ["on"] * len(automations)


async def test_every_action_is_registered_without_an_account(
    hass: HomeAssistant,
) -> None:
    """Automations that use an action are valid while no account is loaded."""
    assert await async_setup_component(hass, DOMAIN, {})
    registered = hass.services.async_services_for_domain(DOMAIN)

    assert [*registered] == [*ACTIONS]
    assert registered["find_room"].supports_response is SupportsResponse.ONLY
