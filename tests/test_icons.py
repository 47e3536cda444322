"""Every entity has an icon, every icon exists, and the file is what Home Assistant reads."""

from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any, Final

import hass_frontend
import pytest
import voluptuous as vol

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.icon import async_get_icons
from homeassistant.loader import DATA_CUSTOM_COMPONENTS

from .described import DESCRIBED, all_descriptions, keys

ICONS: Final = json.loads(
    Path("custom_components", DOMAIN, "icons.json").read_text("utf-8")
)
DRAWN: Final = {
    f"mdi:{icon['name']}"
    for icon in json.loads(
        (hass_frontend.where() / "static" / "mdi" / "iconList.json").read_text("utf-8")
    )
}

_ICON: Final = vol.In(DRAWN)
_ENTITY: Final = vol.Schema(
    {
        vol.Required("default"): _ICON,
        vol.Optional("state"): {cv.slug: _ICON},
        vol.Optional("range"): {vol.All(str, vol.Coerce(int)): _ICON},
    }
)
SCHEMA: Final = vol.Schema(
    {vol.Required("entity"): {vol.In(DESCRIBED): {cv.slug: _ENTITY}}}
)


def all_icons() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the icons of every entity."""
    for platform, entities in ICONS["entity"].items():
        for key, icons in entities.items():
            yield f"{platform}.{key}", icons


def test_file_follows_the_schema() -> None:
    """Accept only icons that the frontend has, for an entity's default, states and ranges."""
    assert SCHEMA(ICONS)


@pytest.mark.parametrize("platform", DESCRIBED)
def test_entities_and_icons_match(platform: str) -> None:
    """Have an icon for each entity, and none for what is no entity."""
    assert set(ICONS["entity"][platform]) == keys(platform)


def test_states_have_icons_of_their_own() -> None:
    """Say nothing twice: the icon of a state is not the default one."""
    assert [
        name
        for name, icons in all_icons()
        if icons["default"] in icons.get("state", {}).values()
    ] == []


def test_states_exist() -> None:
    """Name only states that an entity can be in."""
    possible: dict[str, set[str]] = {}
    for platform, _, description in all_descriptions():
        options = getattr(description, "options", None) or ("on", "off")
        possible.setdefault(f"{platform}.{description.key}", set()).update(options)

    assert [
        name
        for name, icons in all_icons()
        if set(icons.get("state", {})) - possible[name]
    ] == []


def test_ranges_rise() -> None:
    """Have ranges in order, as Home Assistant asks."""
    ranges = [
        [int(start) for start in icons.get("range", {})] for _, icons in all_icons()
    ]

    assert ranges == [sorted(found) for found in ranges]


def test_file_is_in_order() -> None:
    """Keep the entities sorted by key."""
    assert [[*entities] for entities in ICONS["entity"].values()] == [
        sorted(entities) for entities in ICONS["entity"].values()
    ]


async def test_home_assistant_reads_them(hass: HomeAssistant) -> None:
    """Get the same icons from Home Assistant as are in the file."""
    hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
    hass.config.components.add(DOMAIN)

    found = await async_get_icons(hass, "entity", [DOMAIN])

    assert found[DOMAIN] == ICONS["entity"]
