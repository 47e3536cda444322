"""Print the requirements of the demo's integrations that a lock file does not contain.

Called by scripts/lock with the Python of an environment that has Home Assistant.
"""

import json
from pathlib import Path
import sys

from homeassistant import components
from homeassistant.bootstrap import CORE_INTEGRATIONS, DEFAULT_INTEGRATIONS

DEMO_INTEGRATIONS = {
    "history",
    "input_boolean",
    "local_calendar",
    "logbook",
    "template",
}


def bundled_requirements() -> set[str]:
    """Return the requirements of all integrations that the demo loads."""
    folder = Path(components.__path__[0])
    waiting = CORE_INTEGRATIONS | DEFAULT_INTEGRATIONS | DEMO_INTEGRATIONS
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
    """Return a pinned requirement as a lock file spells it."""
    return requirement.partition(";")[0].strip().lower().replace("_", "-")


def main() -> int:
    """Print the missing requirements; return 1 if there are any."""
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
