"""Test that HACS can install the integration, beyond the checks of its own action."""

import json
from pathlib import Path
import re
import subprocess
from typing import Final
from zipfile import ZipFile

from awesomeversion import AwesomeVersion
import pytest

from custom_components.meeting_rooms.const import DOMAIN

ROOT: Final = Path(__file__).parents[1]
COMPONENT: Final = ROOT / "custom_components" / DOMAIN
HACS: Final = json.loads((ROOT / "hacs.json").read_text("utf-8"))
MANIFEST: Final = json.loads((COMPONENT / "manifest.json").read_text("utf-8"))
SEARCHED_CHARACTERS: Final = 20
"""Home Assistant's dialog searches for a term in this part of the manifest's name."""


def test_readme_names_what_hacs_lists() -> None:
    """Check that the README has the name under which HACS lists the integration."""
    assert f"**{HACS['name']}**" in (ROOT / "README.md").read_text("utf-8")
    assert f"**{HACS['name']}**" in (ROOT / "README.zh-Hans.md").read_text("utf-8")


@pytest.mark.parametrize(
    "term", ["会议", "腾讯", "企业微信", "全时", "tencent", "wecom"]
)
def test_add_integration_finds_the_vendors(term: str) -> None:
    """Check that each search term is within the characters that the search considers."""
    assert 0 <= MANIFEST["name"].lower().find(term) < SEARCHED_CHARACTERS


def test_minimum_version_is_tested() -> None:
    """Require the month whose release the tests run on."""
    pinned = re.search(
        r"^homeassistant==(.+)$",
        (ROOT / "requirements_test.txt").read_text("utf-8"),
        re.MULTILINE,
    )
    assert pinned
    minimum, tested = AwesomeVersion(HACS["homeassistant"]), AwesomeVersion(pinned[1])

    assert minimum.section(0) == tested.section(0)
    assert minimum.section(1) == tested.section(1)
    assert minimum <= tested


def test_archive_contains_the_integration(tmp_path: Path) -> None:
    """Pack every tracked file, with the manifest at the top of the archive."""
    (tmp_path / "custom_components").symlink_to(ROOT / "custom_components")
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "package"
    script.write_bytes((ROOT / "scripts" / "package").read_bytes())
    script.chmod(0o755)

    subprocess.run([script], check=True, capture_output=True)

    assert HACS["zip_release"]
    with ZipFile(tmp_path / "dist" / HACS["filename"]) as archive:
        names = archive.namelist()
    files = {
        path.relative_to(COMPONENT).as_posix()
        for path in COMPONENT.rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    assert sorted(names) == sorted(files)
    assert "manifest.json" in names


def test_links_lead_to_the_documented_repository() -> None:
    """Compare the links in the manifest and in both READMEs."""
    repository = MANIFEST["documentation"]

    assert MANIFEST["issue_tracker"] == f"{repository}/issues"
    assert repository in (ROOT / "README.md").read_text("utf-8")
    assert repository in (ROOT / "README.zh-Hans.md").read_text("utf-8")
