"""HACS can install the integration."""

import json
from pathlib import Path
import re
import subprocess
from typing import Final
from zipfile import ZipFile

from awesomeversion import AwesomeVersion
import pytest
import voluptuous as vol

from custom_components.meeting_rooms.const import DOMAIN

ROOT: Final = Path(__file__).parents[1]
HACS: Final = json.loads((ROOT / "hacs.json").read_text("utf-8"))

SCHEMA: Final = vol.Schema(
    {
        vol.Optional("content_in_root"): bool,
        vol.Optional("country"): vol.Any(str, [str]),
        vol.Optional("filename"): str,
        vol.Optional("hacs"): str,
        vol.Optional("hide_default_branch"): bool,
        vol.Optional("homeassistant"): str,
        vol.Optional("persistent_directory"): str,
        vol.Optional("render_readme"): bool,
        vol.Optional("zip_release"): bool,
        vol.Required("name"): str,
    }
)


def test_file_follows_the_schema() -> None:
    """Have only the keys that HACS knows."""
    assert SCHEMA(HACS) == HACS


def test_name_is_that_of_the_manifest() -> None:
    """Be called the same in HACS and in Home Assistant."""
    manifest = ROOT / "custom_components" / DOMAIN / "manifest.json"

    assert json.loads(manifest.read_text("utf-8"))["name"] == HACS["name"]


def test_lowest_version_is_the_one_that_is_tested() -> None:
    """Ask for the month whose release the tests run on."""
    pinned = re.search(
        r"^homeassistant==(.+)$",
        (ROOT / "requirements_test.txt").read_text(),
        re.MULTILINE,
    )
    assert pinned
    lowest, tested = AwesomeVersion(HACS["homeassistant"]), AwesomeVersion(pinned[1])

    assert lowest.section(0) == tested.section(0)
    assert lowest.section(1) == tested.section(1)
    assert lowest <= tested


def test_there_is_one_integration() -> None:
    """Have one folder under custom_components, as HACS asks."""
    folders = (ROOT / "custom_components").glob("*/manifest.json")

    assert [path.parent.name for path in folders] == [DOMAIN]


def test_archive_holds_the_integration(tmp_path: Path) -> None:
    """Find the files of the integration at the top of the archive that is released."""
    (tmp_path / "custom_components").symlink_to(ROOT / "custom_components")
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "package"
    script.write_bytes((ROOT / "scripts" / "package").read_bytes())
    script.chmod(0o755)

    made = subprocess.run([script], check=True, capture_output=True, text=True)

    assert HACS["zip_release"]
    assert HACS["filename"] in made.stdout
    with ZipFile(tmp_path / "dist" / HACS["filename"]) as archive:
        names = set(archive.namelist())
    assert {
        "manifest.json",
        "icons.json",
        "__init__.py",
        "api/models/room.py",
        "api/py.typed",
        "brand/icon.png",
        "translations/en.json",
        "translations/zh-Hans.json",
    } <= names
    assert [name for name in names if "__pycache__" in name] == []


@pytest.mark.parametrize("key", ["documentation", "issue_tracker"])
def test_links_are_of_one_repository(key: str) -> None:
    """Name the repository in the manifest as the READMEs do."""
    manifest = json.loads(
        (ROOT / "custom_components" / DOMAIN / "manifest.json").read_text("utf-8")
    )
    repository = manifest["documentation"]

    assert manifest[key].startswith(repository)
    assert all(
        repository in (ROOT / name).read_text("utf-8")
        for name in ("README.md", "README.zh-Hans.md")
    )
