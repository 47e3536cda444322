"""The sample responses of the vendors' documentation."""

import json
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parent.parent / "fixtures"


def printed(name: str) -> str:
    """Return a sample as text."""
    return (FIXTURES / f"{name}.json").read_text(encoding="utf-8")


def sample_json(name: str) -> dict[str, Any]:
    """Return a sample as JSON."""
    fields: dict[str, Any] = json.loads(printed(name))
    return fields
