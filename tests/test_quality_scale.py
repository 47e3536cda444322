"""Test that the quality scale has every rule, because hassfest skips custom integrations."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
import homeassistant
from homeassistant.util.yaml import load_yaml_dict

from .home import QUANSHI, TENCENT, WECOM, Home

COMPONENT: Final = Path(__file__).parents[1] / "custom_components" / DOMAIN
CORE: Final = Path(homeassistant.__file__).with_name("components")
LEVELS: Final = ("bronze", "silver", "gold", "platinum")
FIRST_RULES: Final = ("action-exceptions", "devices", "async-dependency")
"""The rules that the levels above bronze begin with in the file."""
STATUSES: Final = {"done", "exempt", "todo"}


def read_rules(folder: Path) -> dict[str, Any]:
    """Return the rules of an integration."""
    rules: dict[str, Any] = load_yaml_dict(folder / "quality_scale.yaml")["rules"]
    return rules


RULES: Final = read_rules(COMPONENT)


def status(rule: str) -> str:
    """Return the status of a rule."""
    match RULES[rule]:
        case {"status": found}:
            return str(found)
        case found:
            return str(found)


@pytest.mark.parametrize("integration", ["peblar", "overseerr", "trmnl"])
def test_rules_are_those_of_home_assistant(integration: str) -> None:
    """Cover the rules that Home Assistant's own integrations cover."""
    assert sorted(RULES) == sorted(read_rules(CORE / integration))


def test_statuses_are_valid() -> None:
    """Give each rule a status that Home Assistant knows."""
    assert {status(rule) for rule in RULES} <= STATUSES


def test_exceptions_are_explained() -> None:
    """Give a reason for each rule that is not done."""
    assert [
        rule
        for rule, value in RULES.items()
        if status(rule) != "done" and not str(dict(value).get("comment", "")).strip()
    ] == []


def test_level_of_the_manifest_is_reached() -> None:
    """Check that no rule up to the level of the manifest is still to do."""
    manifest = json.loads((COMPONENT / "manifest.json").read_text("utf-8"))
    rules = [*RULES]
    ends = [*(rules.index(rule) for rule in FIRST_RULES), len(rules)]
    claimed = rules[: ends[LEVELS.index(manifest["quality_scale"])]]

    assert [rule for rule in claimed if status(rule) == "todo"] == []


@pytest.mark.parametrize("rule", ["action-setup", "action-exceptions", "docs-actions"])
async def test_rules_on_actions_apply_with_the_first_action(
    home: Home, rule: str
) -> None:
    """Check that only an integration without actions is exempt."""
    for vendor in (TENCENT, WECOM, QUANSHI):
        await home.add(vendor)
    actions = home.hass.services.async_services_for_domain(DOMAIN)

    assert (status(rule) == "exempt") == (not actions)


@pytest.mark.parametrize(
    ("rule", "name"),
    [("docs-triggers", "trigger.py"), ("docs-conditions", "condition.py")],
)
def test_rules_on_automations_apply_with_the_file(rule: str, name: str) -> None:
    """Check that only an integration without the file that Home Assistant loads is exempt."""
    assert (status(rule) == "exempt") == (not (COMPONENT / name).exists())
