"""Compare the page of entities with the entity descriptions and their translations."""

import re
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.api.client import Feature

from .described import all_descriptions
from .documents import chapters, read_page, table_rows
from .translations import LANGUAGES, load_texts

KINDS: Final = ("room", "controller", "account", "conference")
CATEGORIES: Final = {
    "en": {"main": "main", "diagnostic": "diagnostic", "config": "configuration"},
    "zh-Hans": {"main": "主要", "diagnostic": "诊断", "config": "配置"},
}
VENDORS_OF: Final = {None: "T W Q", Feature.HOST_BOOKINGS: "Q"}
CODE: Final = re.compile(r"`(\w+)`")
DESCRIPTIONS: Final = [
    pytest.param(platform, kind, description, id=f"{kind} {platform}.{description.key}")
    for platform, kind, description in all_descriptions()
]
ENUMS: Final = [
    pytest.param(platform, kind, description, id=f"{kind} {platform}.{description.key}")
    for platform, kind, description in all_descriptions()
    if getattr(description, "options", None)
    and description.entity_registry_enabled_default
]


def rows(language: str, kind: str) -> dict[tuple[str, str], list[str]]:
    """Return the table rows of a kind of device by platform and key."""
    chapter = dict(
        zip(KINDS, chapters(read_page("docs/entities", language)), strict=True)
    )
    return {
        (row[1].strip("`"), row[2].strip("`")): row for row in table_rows(chapter[kind])
    }


def expected_end(language: str, kind: str, description: Any) -> list[str]:
    """Return the category and vendors of an entity; nothing for a disabled one."""
    if not description.entity_registry_enabled_default:
        return []
    category = description.entity_category or "main"
    vendors = VENDORS_OF.get(getattr(description, "feature", None), "T W")
    ends = {"room": [vendors], "account": [vendors]}
    return [CATEGORIES[language][category], *ends.get(kind, [])]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_entity_is_listed(language: str, kind: str) -> None:
    """The tables have a row for each entity and no other."""
    assert sorted(rows(language, kind)) == sorted(
        (platform, description.key)
        for platform, of, description in all_descriptions()
        if of == kind
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("platform", "kind", "description"), DESCRIPTIONS)
def test_rows_match_the_entities(
    language: str, platform: str, kind: str, description: Any
) -> None:
    """A row has the name, category and vendors of its entity."""
    row = rows(language, kind)[platform, description.key]
    name = load_texts(language)[f"entity.{platform}.{description.key}.name"]

    assert (row[0], row[4:]) == (name, expected_end(language, kind, description))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("platform", "kind", "description"), ENUMS)
def test_states_are_listed_in_order(
    language: str, platform: str, kind: str, description: Any
) -> None:
    """A row names the states of an enum sensor in their order."""
    states = CODE.findall(rows(language, kind)[platform, description.key][3])

    assert list(dict.fromkeys(states)) == [str(each) for each in description.options]
