"""The quality scale names every rule, and what it claims can be seen."""

from itertools import chain
import json
from pathlib import Path
import re
import tomllib
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.const import DOMAIN
import homeassistant
from homeassistant.util.yaml import load_yaml_dict

ROOT: Final = Path(__file__).parents[1]
COMPONENT: Final = ROOT / "custom_components" / DOMAIN
CORE: Final = Path(homeassistant.__file__).with_name("components")
STATUSES: Final = {"done", "exempt", "todo"}
PLATFORMS: Final = ("binary_sensor", "sensor")


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


def source(name: str) -> str:
    """Return a file of the integration."""
    return (COMPONENT / name).read_text("utf-8")


@pytest.mark.parametrize("integration", ["peblar", "overseerr", "trmnl"])
def test_rules_are_those_of_home_assistant(integration: str) -> None:
    """Name every rule, in the order that Home Assistant's own integrations keep."""
    theirs = read_rules(CORE / integration)

    assert sorted(RULES) == sorted(theirs)


def test_statuses_are_known() -> None:
    """Say of each rule that it is done, to do, or does not apply."""
    assert {status(rule) for rule in RULES} <= STATUSES


def test_what_is_not_done_is_explained() -> None:
    """Give a reason for each rule that is not done."""
    assert [
        rule
        for rule, told in RULES.items()
        if status(rule) != "done" and not str(dict(told).get("comment", "")).strip()
    ] == []


FILES: Final = {
    "brands": "brand/icon.png",
    "common-modules": "entity.py",
    "config-flow": "config_flow.py",
    "diagnostics": "diagnostics.py",
    "entity-translations": "translations/en.json",
    "icon-translations": "icons.json",
    "strict-typing": "api/py.typed",
}

WORDS: Final = {
    "appropriate-polling": (
        "api/limits.py",
        r"POLL_INTERVALS: Final = \(15, 30, 60, 120\)",
    ),
    "common-modules": ("coordinator.py", r"class AccountCoordinator"),
    "config-entry-unloading": ("__init__.py", r"async def async_unload_entry"),
    "devices": ("devices.py", r"async_get_or_create"),
    "dynamic-devices": ("entity.py", r"coordinator\.async_add_listener\(add_new\)"),
    "entity-unique-id": ("entity.py", r"_attr_unique_id"),
    "entity-unavailable": ("const.py", r"UNKNOWN_AFTER: Final = 3"),
    "exception-translations": ("account/errors.py", r"translation_key"),
    "has-entity-name": ("entity.py", r"_attr_has_entity_name = True"),
    "inject-websession": ("account/client.py", r"async_create_clientsession"),
    "reauthentication-flow": ("config_flow.py", r"async def async_step_reauth"),
    "reconfiguration-flow": ("config_flow.py", r"async def async_step_reconfigure"),
    "runtime-data": ("__init__.py", r"entry\.runtime_data ="),
    "stale-devices": ("devices.py", r"async_remove_device"),
    "test-before-configure": ("config_flow.py", r"async def _async_try"),
    "test-before-setup": ("__init__.py", r"async_config_entry_first_refresh"),
    "unique-config-entry": ("config_flow.py", r"_abort_if_unique_id_configured"),
}


@pytest.mark.parametrize(("rule", "name"), FILES.items())
def test_files_are_there(rule: str, name: str) -> None:
    """Have the file that a rule is about."""
    assert status(rule) == "done"
    assert (COMPONENT / name).is_file()


@pytest.mark.parametrize(("rule", "name", "words"), [(r, *w) for r, w in WORDS.items()])
def test_code_does_what_is_claimed(rule: str, name: str, words: str) -> None:
    """Find in the code what a rule is about."""
    assert status(rule) == "done"
    assert re.search(words, source(name))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_platforms_limit_parallel_updates(platform: str) -> None:
    """Say in each platform how many updates may go on at once."""
    assert status("parallel-updates") == "done"
    assert re.search(r"^PARALLEL_UPDATES = 0$", source(f"{platform}.py"), re.MULTILINE)


def test_there_are_no_actions_to_tell_of() -> None:
    """Be exempt from the rules on actions only as long as there are none."""
    exempt = {
        status(rule) for rule in ("action-setup", "action-exceptions", "docs-actions")
    }
    registers = [
        path.name
        for path in COMPONENT.rglob("*.py")
        if "services.async_register" in path.read_text("utf-8")
    ]

    assert (exempt == {"exempt"}) == (registers == [])
    assert (exempt == {"exempt"}) == (not (COMPONENT / "services.yaml").exists())


@pytest.mark.parametrize(
    ("rule", "name"),
    [("docs-triggers", "trigger.py"), ("docs-conditions", "condition.py")],
)
def test_triggers_and_conditions_are_told_of(rule: str, name: str) -> None:
    """Be exempt from these rules only as long as the file is not there."""
    assert (status(rule) == "exempt") == (not (COMPONENT / name).exists())


def test_repairs_are_told_of() -> None:
    """Claim repairs only with a file that raises them."""
    raises = [
        path.name
        for path in COMPONENT.rglob("*.py")
        if "async_create_issue" in path.read_text("utf-8")
    ]

    assert (status("repair-issues") == "done") == (raises != [])


def test_types_are_checked_strictly() -> None:
    """Have mypy check the whole integration in its strict way."""
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"][
        "mypy"
    ]

    assert status("strict-typing") == "done"
    assert checked["strict"]
    assert "custom_components" in checked["files"]


def test_coverage_is_insisted_on() -> None:
    """Fail the checks below 95 % coverage, and below 100 % of the config flow."""
    script = (ROOT / "scripts" / "test").read_text("utf-8")

    assert status("test-coverage") == status("config-flow-test-coverage") == "done"
    assert "--cov-fail-under=95" in script
    assert re.search(r"config_flow\.py.* --fail-under=100", script)


def test_dependencies_are_asynchronous() -> None:
    """Import nothing that would block the event loop."""
    imports = chain.from_iterable(
        re.findall(r"^(?:from|import) (\w+)", path.read_text("utf-8"), re.MULTILINE)
        for path in COMPONENT.rglob("*.py")
    )

    assert status("async-dependency") == "done"
    assert (
        set(imports) & {"requests", "urllib3", "httpx", "socket", "subprocess"} == set()
    )


DOCUMENTED: Final = {
    "docs-high-level-description": "Meeting Rooms for Home Assistant",
    "docs-installation-instructions": "Installation",
    "docs-installation-parameters": "Setting up",
    "docs-removal-instructions": "Removing it",
    "docs-configuration-parameters": "Options",
    "docs-data-update": "How data is updated",
    "docs-examples": "Examples of automations",
    "docs-known-limitations": "Known limitations",
    "docs-supported-devices": "Supported products",
    "docs-supported-functions": "What you get",
    "docs-troubleshooting": "Troubleshooting",
    "docs-use-cases": "What people use it for",
}


@pytest.mark.parametrize(("rule", "heading"), DOCUMENTED.items())
def test_readme_has_the_chapter(rule: str, heading: str) -> None:
    """Have a chapter for each rule on documentation."""
    readme = (ROOT / "README.md").read_text("utf-8")

    assert status(rule) == "done"
    assert re.search(rf"^#+ {re.escape(heading)}$", readme, re.MULTILINE)


LEVELS: Final = ("bronze", "silver", "gold", "platinum")
FIRST_RULES: Final = (
    "action-setup",
    "action-exceptions",
    "devices",
    "async-dependency",
)


def test_no_higher_level_is_claimed_than_is_reached() -> None:
    """Every rule up to the level of the manifest is kept or does not apply."""
    manifest = json.loads((COMPONENT / "manifest.json").read_text("utf-8"))
    rules = [*RULES]
    above = [*(rules.index(rule) for rule in FIRST_RULES[1:]), len(rules)]
    claimed = rules[: above[LEVELS.index(manifest["quality_scale"])]]
    assert [rule for rule in claimed if status(rule) == "todo"] == []
