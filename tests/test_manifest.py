"""The manifest holds what Home Assistant and its checks ask for."""

import json
from pathlib import Path
import re
from typing import Any, Final

from awesomeversion import AwesomeVersion, AwesomeVersionStrategy
import pytest
import voluptuous as vol

from custom_components.meeting_rooms.const import DOMAIN
import homeassistant
from homeassistant.core import HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS, async_get_integration

ROOT: Final = Path(__file__).parents[1]
COMPONENT: Final = ROOT / "custom_components" / DOMAIN
MANIFEST: Final[dict[str, Any]] = json.loads(
    (COMPONENT / "manifest.json").read_text("utf-8")
)
LOCK: Final = (ROOT / "requirements_test.lock").read_text("utf-8")
CONSTRAINTS: Final = (
    Path(homeassistant.__file__).with_name("package_constraints.txt").read_text("utf-8")
)

_HTTPS: Final = vol.All(vol.Url(), vol.Match(r"https://"))
SCHEMA: Final = vol.Schema(
    {
        vol.Required("domain"): DOMAIN,
        vol.Required("name"): vol.All(str, vol.Length(min=1)),
        vol.Required("codeowners"): vol.All(
            [vol.Match(r"^@[\w-]+(/[\w-]+)?$")], vol.Length(min=1)
        ),
        vol.Required("config_flow"): True,
        vol.Required("documentation"): _HTTPS,
        vol.Required("integration_type"): vol.In(
            {"device", "entity", "hardware", "helper", "hub", "service", "system"}
        ),
        vol.Required("iot_class"): vol.In(
            {
                "assumed_state",
                "calculated",
                "cloud_polling",
                "cloud_push",
                "local_polling",
                "local_push",
            }
        ),
        vol.Required("issue_tracker"): _HTTPS,
        vol.Required("version"): str,
        vol.Optional("after_dependencies"): [str],
        vol.Optional("dependencies"): [str],
        vol.Optional("loggers"): [str],
        vol.Optional("quality_scale"): vol.In({"bronze", "silver", "gold", "platinum"}),
        vol.Optional("requirements"): [vol.Match(r"^[\w.-]+(\[[\w,]+\])?[=<>~!]")],
    }
)


def test_manifest_follows_the_schema() -> None:
    """Have the keys of a custom integration, and only known ones."""
    assert SCHEMA(MANIFEST) == MANIFEST


def test_keys_are_in_order() -> None:
    """Begin with domain and name; the rest follows the alphabet."""
    rest = sorted(set(MANIFEST) - {"domain", "name"})

    assert [*MANIFEST] == ["domain", "name", *rest]


def test_version_is_valid() -> None:
    """Have a semantic version, which HACS and Home Assistant can compare."""
    version = AwesomeVersion(
        MANIFEST["version"], ensure_strategy=AwesomeVersionStrategy.SEMVER
    )

    assert version.valid


OWN: Final = {"aiolimiter==1.3.0"}
"""What Home Assistant does not name; pinned, and tested in just this version."""


@pytest.mark.parametrize("requirement", MANIFEST["requirements"])
def test_requirements_are_pinned_or_of_home_assistant_itself(requirement: str) -> None:
    """Require what Home Assistant pins in the same words, and little else."""
    assert requirement in {*CONSTRAINTS.splitlines(), *OWN}
    assert not requirement.startswith("aiolimiter") or requirement in LOCK.splitlines()


def test_every_import_is_required() -> None:
    """Import no package but Home Assistant's own and what the manifest names."""
    imported = {
        package
        for path in COMPONENT.rglob("*.py")
        for package in re.findall(
            r"^(?:from|import) (\w+)", path.read_text("utf-8"), re.MULTILINE
        )
    }
    required = {re.split(r"\W", one)[0] for one in MANIFEST["requirements"]}

    assert required <= imported
    assert imported & {"requests", "httpx", "yaml"} == set()


def test_name_is_not_taken() -> None:
    """Collide with no integration of Home Assistant."""
    components = Path(homeassistant.__file__).with_name("components")

    assert not (components / DOMAIN).exists()


async def test_home_assistant_loads_it(hass: HomeAssistant) -> None:
    """Be found by Home Assistant, with its images."""
    hass.data.pop(DATA_CUSTOM_COMPONENTS, None)
    integration = await async_get_integration(hass, DOMAIN)

    assert integration.version == MANIFEST["version"]
    assert integration.config_flow
    assert integration.has_branding
    assert integration.has_translations
