"""Test that scripts/release accepts a commit with a matching version, changelog and archive."""

from collections.abc import Callable
import json
from pathlib import Path
import shutil
import subprocess
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
COMPONENT = Path("custom_components", "meeting_rooms")
CHANGELOG = "# Changelog\n\n## Unreleased\n\n## 1.2.0 - 2026-11-28\n\n- New.\n\n## 1.1.0\n\n- Old.\n"


def git(folder: Path, *arguments: str) -> None:
    """Run Git in a folder."""
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
    subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True
    )


def commit(folder: Path) -> None:
    """Commit everything in a folder."""
    git(folder, "add", "--all")
    git(folder, "commit", "--message", "Release")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a repository with version 1.2.0, ready for its release."""
    (tmp_path / "scripts").mkdir()
    for name in ("__init__.py", "package", "release", "release_checks.py"):
        shutil.copy(ROOT / "scripts" / name, tmp_path / "scripts")
    (tmp_path / COMPONENT).mkdir(parents=True)
    write_version(tmp_path, "1.2.0")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    (tmp_path / ".gitignore").write_text("/dist/\n__pycache__/\n.*.swp\n", "utf-8")
    git(tmp_path, "init")
    commit(tmp_path)
    return tmp_path


def write_version(folder: Path, version: str) -> None:
    """Write a version into the manifest."""
    manifest = folder / COMPONENT / "manifest.json"
    manifest.write_text(json.dumps({"version": version}), "utf-8")


def release(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run scripts/release in a repository."""
    return subprocess.run(
        [folder / "scripts" / "release", *arguments],
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("arguments", [[], ["v1.2.0"]])
def test_a_version_is_ready(checkout: Path, arguments: list[str]) -> None:
    """Build the archive and the notes, and print how to tag the commit."""
    done = release(checkout, *arguments)

    assert done.stderr == ""
    assert done.returncode == 0
    assert "git tag --annotate v1.2.0" in done.stdout
    assert "git push origin v1.2.0" in done.stdout
    assert (checkout / "dist" / "release_notes.md").read_text("utf-8") == "- New.\n"
    with ZipFile(checkout / "dist" / "meeting_rooms.zip") as archive:
        assert archive.namelist() == ["manifest.json"]


def test_release_creates_no_tag(checkout: Path) -> None:
    """Create no tag."""
    release(checkout)

    tags = subprocess.run(
        ["git", "tag"], cwd=checkout, check=True, capture_output=True, text=True
    )
    assert tags.stdout == ""


def raise_version(folder: Path) -> None:
    """Commit a version that the changelog does not have."""
    write_version(folder, "1.3.0")
    commit(folder)


def leave_entries(folder: Path) -> None:
    """Commit a changelog with unreleased entries."""
    changelog = CHANGELOG.replace("Unreleased\n", "Unreleased\n\n- Later.\n")
    (folder / "CHANGELOG.md").write_text(changelog, "utf-8")
    commit(folder)


def empty_section(folder: Path) -> None:
    """Commit a changelog whose section of the version is empty."""
    changelog = CHANGELOG.replace("- New.\n", "")
    (folder / "CHANGELOG.md").write_text(changelog, "utf-8")
    commit(folder)


def use_a_suffix(folder: Path) -> None:
    """Commit a version that is not X.Y.Z."""
    write_version(folder, "1.2.0-beta")
    commit(folder)


def change_a_file(folder: Path) -> None:
    """Change a file without a commit."""
    (folder / "CHANGELOG.md").write_text(f"{CHANGELOG}\n", "utf-8")


def ignore_a_file(folder: Path) -> None:
    """Add a file that Git ignores and the archive would contain."""
    (folder / COMPONENT / ".manifest.swp").write_text("", "utf-8")


def tag_the_version(folder: Path) -> None:
    """Tag the version."""
    git(folder, "tag", "v1.2.0")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (raise_version, "the newest section is 1.2.0, but manifest.json has 1.3.0"),
        (leave_entries, "the newest section is Unreleased"),
        (empty_section, "the section 1.2.0 is empty"),
        (use_a_suffix, "1.2.0-beta is not of the form X.Y.Z"),
        (change_a_file, "uncommitted changes"),
        (ignore_a_file, "differs from the commit in .manifest.swp"),
        (tag_the_version, "the tag v1.2.0 exists"),
    ],
)
def test_a_release_is_refused(
    checkout: Path, change: Callable[[Path], None], reason: str
) -> None:
    """Print the reason."""
    change(checkout)

    done = release(checkout)

    assert done.returncode == 1
    assert done.stdout == ""
    assert reason in done.stderr


@pytest.mark.parametrize("tag", ["1.2.0", "v1.2", "v1.3.0"])
def test_a_tag_must_fit_the_version(checkout: Path, tag: str) -> None:
    """Accept only the letter v and the version as a tag."""
    done = release(checkout, tag)

    assert done.returncode == 1
    assert "the version needs v1.2.0" in done.stderr
