"""Test that the manifest is consistent with Home Assistant, beyond the checks of hassfest."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
import homeassistant
from homeassistant.core import HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS, async_get_integration

ROOT: Final = Path(__file__).parents[1]
MANIFEST: Final[dict[str, Any]] = json.loads(
    (ROOT / "custom_components" / DOMAIN / "manifest.json").read_text("utf-8")
)
LOCK: Final = (ROOT / "requirements_test.lock").read_text("utf-8").splitlines()
CONSTRAINTS: Final = (
    Path(homeassistant.__file__)
    .with_name("package_constraints.txt")
    .read_text("utf-8")
    .splitlines()
)


@pytest.mark.parametrize("requirement", MANIFEST["requirements"])
def test_requirements_cannot_conflict(requirement: str) -> None:
    """Require a package exactly as Home Assistant does, or in the tested version."""
    assert requirement in {*CONSTRAINTS, *LOCK}


def test_domain_is_free() -> None:
    """Use a domain that no integration of Home Assistant has."""
    components = Path(homeassistant.__file__).with_name("components")

    assert not (components / DOMAIN).exists()


async def test_home_assistant_loads_the_integration(hass: HomeAssistant) -> None:
    """Find the integration with its version, its form, its images and its texts."""
    hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
    integration = await async_get_integration(hass, DOMAIN)

    assert integration.version == MANIFEST["version"]
    assert integration.config_flow
    assert integration.has_branding
    assert integration.has_translations
