"""Load the texts of the integration."""

import json

from .client import JSON
from .home import ROOT

LANGUAGES = ("en", "zh-Hans")
COMPONENT = ROOT / "custom_components" / "meeting_rooms"


def load_texts(language: str) -> JSON:
    """Return the texts of one language, nested as in the file."""
    texts: JSON = json.loads(
        (COMPONENT / "translations" / f"{language}.json").read_text("utf-8")
    )
    return texts


def integration_name() -> str:
    """Return the name that "Add integration" lists in any language."""
    manifest: JSON = json.loads((COMPONENT / "manifest.json").read_text("utf-8"))
    return str(manifest["name"])
