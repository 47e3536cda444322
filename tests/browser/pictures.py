"""Take the pictures of the documentation."""

import io
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Locator, Page

from scripts.demo_home.home import ROOT

IMAGES: Final = ROOT / "docs" / "images"
_MAX_BYTES: Final = 200_000
_COLORS: Final = 128
_IDLE: Final = "new Promise(done => requestIdleCallback(() => setTimeout(done, 1500)))"


def take_picture(page: Page, picture: Path, element: Locator | None = None) -> None:
    """Make a small file, after the icons and graphs are drawn in an idle browser."""
    page.evaluate(_IDLE)
    with Image.open(io.BytesIO((element or page).screenshot())) as shot:
        shot.convert("RGB").quantize(_COLORS).save(picture, optimize=True)
    assert picture.stat().st_size < _MAX_BYTES
