"""Check version, changelog and archive of a release, and print the commands that tag it.

Called by scripts/release with the Python of the system, which may be older than the project's.
"""

import json
from pathlib import Path
import re
import subprocess
import sys
from zipfile import ZipFile

COMPONENT = Path("custom_components/meeting_rooms")
ARCHIVE = Path("dist/meeting_rooms.zip")
NOTES = Path("dist/release_notes.md")
VERSION = re.compile(r"\d+\.\d+\.\d+")
SECTION = re.compile(r"^## (\S+).*\n", re.MULTILINE)


class ReleaseError(Exception):
    """A reason why the release is not possible."""


def output_of(*command: str) -> str:
    """Run a command and return its output."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise ReleaseError(done.stderr.strip().removeprefix("error: "))
    return done.stdout


def read_version() -> str:
    """Return the version in the manifest."""
    version = json.loads((COMPONENT / "manifest.json").read_text("utf-8"))["version"]
    if not VERSION.fullmatch(version):
        raise ReleaseError(f"manifest.json: {version} is not of the form X.Y.Z")
    return str(version)


def read_notes(version: str) -> str:
    """Return the changelog's newest section, which must be that of the version."""
    _, *parts = SECTION.split(Path("CHANGELOG.md").read_text("utf-8"))
    pairs = zip(parts[::2], parts[1::2], strict=True)
    sections = [(title, text.strip()) for title, text in pairs]
    if sections and sections[0] == ("Unreleased", ""):
        sections = sections[1:]
    newest, notes = sections[0] if sections else ("missing", "")
    if newest != version:
        raise ReleaseError(
            f"CHANGELOG.md: the newest section is {newest}, but manifest.json has {version}"
        )
    if not notes:
        raise ReleaseError(f"CHANGELOG.md: the section {version} is empty")
    return notes


def check_tree() -> None:
    """Raise ReleaseError when the tree differs from the commit."""
    if changes := output_of("git", "status", "--porcelain"):
        raise ReleaseError(f"the tree has uncommitted changes:\n{changes.rstrip()}")


def check_tag_is_new(tag: str) -> None:
    """Raise ReleaseError when the version is already tagged."""
    if output_of("git", "tag", "--list", tag):
        raise ReleaseError(f"the tag {tag} exists; raise the version in manifest.json")


def build_archive(tag: str) -> int:
    """Build the archive, compare it with the commit, and return the number of files."""
    output_of("scripts/package", tag)
    tracked = output_of("git", "ls-files", COMPONENT.as_posix()).splitlines()
    expected = {Path(name).relative_to(COMPONENT).as_posix() for name in tracked}
    with ZipFile(ARCHIVE) as archive:
        names = set(archive.namelist())
    if names != expected:
        different = ", ".join(sorted(names ^ expected))
        raise ReleaseError(f"{ARCHIVE}: differs from the commit in {different}")
    return len(names)


def release(given: str | None) -> str:
    """Run all checks, and return the instructions for the release."""
    version = read_version()
    tag = f"v{version}"
    if given is None:
        check_tag_is_new(tag)
    elif given != tag:
        raise ReleaseError(f"the tag is {given}, but the version needs {tag}")
    notes = read_notes(version)
    check_tree()
    count = build_archive(tag)
    NOTES.write_text(f"{notes}\n", "utf-8")
    return f"""\
Version {version}: manifest and changelog agree, {ARCHIVE} has {count} files, notes in {NOTES}.
Nothing is published. To release this commit:
  git tag --annotate {tag} --message "Meeting Rooms {version}"
  git push origin {tag}"""


def main() -> int:
    """Print the instructions, or the reason why the release is not possible."""
    try:
        print(release(sys.argv[1] if sys.argv[1:] else None))
    except ReleaseError as err:
        print(f"error: {err}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
