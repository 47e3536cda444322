"""Print what the integrations of a real Home Assistant require and a lock file does not bring.

Run by scripts/lock, with the Python of an environment that has Home Assistant.
"""

import json
from pathlib import Path
import sys

from homeassistant import components
from homeassistant.bootstrap import CORE_INTEGRATIONS, DEFAULT_INTEGRATIONS

ASKED_FOR_BY_THE_DEMO = {"history", "logbook"}


def bundled_requirements() -> set[str]:
    """Follow the manifests to everything that is required."""
    folder = Path(components.__path__[0])
    waiting = CORE_INTEGRATIONS | DEFAULT_INTEGRATIONS | ASKED_FOR_BY_THE_DEMO
    seen: set[str] = set()
    requirements: set[str] = set()
    while waiting:
        domain = waiting.pop()
        seen.add(domain)
        manifest = json.loads((folder / domain / "manifest.json").read_text("utf-8"))
        requirements |= set(manifest.get("requirements", []))
        waiting |= set(manifest.get("dependencies", [])) - seen
    return requirements


def normalized(requirement: str) -> str:
    """Write a pinned requirement the way a lock file does."""
    return requirement.partition(";")[0].strip().lower().replace("_", "-")


def main() -> int:
    """Compare, print what is missing, and say by the exit status whether anything is."""
    lock = Path(sys.argv[1]).read_text("utf-8")
    locked = {normalized(line) for line in lock.splitlines()}
    missing = sorted(
        requirement
        for requirement in bundled_requirements()
        if normalized(requirement) not in locked
    )
    sys.stdout.writelines(f"{requirement}\n" for requirement in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
