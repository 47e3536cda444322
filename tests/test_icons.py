"""Test that every entity has an icon of the frontend, which hassfest does not check."""

from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any, Final

import hass_frontend
import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers.icon import async_get_icons
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from homeassistant.util.yaml import load_yaml_dict

from .described import DESCRIBED, all_descriptions, keys

ICONS: Final = json.loads(
    Path("custom_components", DOMAIN, "icons.json").read_text("utf-8")
)
DRAWABLE: Final = {
    f"mdi:{icon['name']}"
    for icon in json.loads(
        (hass_frontend.where() / "static" / "mdi" / "iconList.json").read_text("utf-8")
    )
}


def all_icons() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the icons of every entity."""
    for platform, entities in ICONS["entity"].items():
        for key, icons in entities.items():
            yield f"{platform}.{key}", icons


def test_icons_are_in_the_frontend() -> None:
    """Use only icons that the frontend has."""
    automation = {
        icon
        for category in ("triggers", "conditions")
        for icons in ICONS[category].values()
        for icon in icons.values()
    }
    used = automation | {
        icon
        for _, icons in all_icons()
        for icon in (
            icons["default"],
            *icons.get("state", {}).values(),
            *icons.get("range", {}).values(),
        )
    }

    assert used - DRAWABLE == set()


@pytest.mark.parametrize("platform", DESCRIBED)
def test_entities_and_icons_match(platform: str) -> None:
    """Have an icon for each entity, and no other."""
    assert set(ICONS["entity"][platform]) == keys(platform)


@pytest.mark.parametrize("category", ["triggers", "conditions"])
def test_automations_and_icons_match(category: str) -> None:
    """Have an icon for each trigger and condition, and no other."""
    found = load_yaml_dict(f"custom_components/{DOMAIN}/{category}.yaml")

    assert set(ICONS[category]) == {key for key in found if not key.startswith(".")}


def test_states_exist() -> None:
    """Have icons only for states that an entity can have."""
    possible: dict[str, set[str]] = {}
    for platform, _, description in all_descriptions():
        options = getattr(description, "options", None) or ("on", "off")
        possible.setdefault(f"{platform}.{description.key}", set()).update(options)

    assert [
        name
        for name, icons in all_icons()
        if set(icons.get("state", {})) - possible[name]
    ] == []


@pytest.mark.parametrize("category", ICONS)
async def test_home_assistant_loads_the_icons(
    hass: HomeAssistant, category: str
) -> None:
    """Return the icons of the file from Home Assistant."""
    hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
    hass.config.components.add(DOMAIN)

    found = await async_get_icons(hass, category, [DOMAIN])

    assert found[DOMAIN] == ICONS[category]
