"""Load the integration's own texts."""

import json

from .client import JSON
from .home import ROOT

LANGUAGES = ("en", "zh-Hans")
TRANSLATIONS = ROOT / "custom_components" / "meeting_rooms" / "translations"


def load_texts(language: str) -> JSON:
    """Return the texts of one language, nested as in the file."""
    texts: JSON = json.loads((TRANSLATIONS / f"{language}.json").read_text("utf-8"))
    return texts
