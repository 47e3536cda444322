"""Find a browser, and let it start as a user of Home Assistant."""

import json
import os
import shutil
from time import time
from typing import Final

from .client import HomeClient

ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome")
_STORE: Final = """stored => {
    for (const [key, value] of Object.entries(stored)) localStorage.setItem(key, value);
}"""


def find_chromium() -> str | None:
    """Return the browser that the scripts found, or one in PATH."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, _COMMANDS)), None)


def log_in(user: HomeClient, language: str) -> str:
    """Return a script that stores in a page what the browser of a logged-in user has stored."""
    tokens = user.tokens | {
        "hassUrl": user.url,
        "clientId": f"{user.url}/",
        "expires": int((time() + user.tokens["expires_in"]) * 1000),
    }
    stored = {
        "hassTokens": json.dumps(tokens),
        "selectedLanguage": json.dumps(language),
        "dockedSidebar": json.dumps("always_hidden"),
    }
    return f"({_STORE})({json.dumps(stored)})"
