"""Make the pictures of the dashboard that the documentation shows."""

import io
from pathlib import Path
import re
from typing import Final

from PIL import Image
from playwright.sync_api import expect
import pytest

from scripts.demo_home.home import ROOT

from .company import DASHBOARD, WALL, Company
from .visits import DESKTOP, WALL as SCREEN, Visitor, Visits

IMAGES: Final = ROOT / "docs" / "images"
SHOWN: Final = re.compile(r"images/(dashboard-[\w.-]+\.png)")
MAX_BYTES: Final = 200_000
LANGUAGES: Final = {"": "en", ".zh-Hans": "zh-Hans"}
VIEWS: Final = {
    "board": (DASHBOARD, "meeting-rooms-board", DESKTOP),
    "timeline": (DASHBOARD, "meeting-rooms-timeline", DESKTOP),
    "room": (DASHBOARD, "meeting-rooms-timeline", DESKTOP),
    "operations": (DASHBOARD, "hui-heading-card", DESKTOP),
    "wall": (WALL, "meeting-rooms-board .wall", SCREEN),
}
"""The dashboard of each picture, an element of it, and the size of the screen."""
PICTURES: Final = [
    f"dashboard-{view}{suffix}.png" for view in VIEWS for suffix in LANGUAGES
]


@pytest.fixture(scope="session")
def folder(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return docs/images with the option --screenshots, else a temporary folder."""
    if request.config.getoption("--screenshots"):
        return IMAGES
    return tmp_path_factory.mktemp("images")


@pytest.mark.parametrize("suffix", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_picture_is_made(
    visits: Visits, shown_company: Company, folder: Path, view: str, suffix: str
) -> None:
    """Make a small file."""
    dashboard, element, size = VIEWS[view]
    room = f"room-{shown_company.device('in_use')['id']}"
    path = {"room": room, "wall": "board"}.get(view, view)
    visitor = Visitor(language=LANGUAGES[suffix], size=size)
    page = visits.open(f"/{dashboard}/{path}", visitor)
    expect(page.locator(element).first).to_be_visible()
    # Icons and graphs are drawn when the browser is idle.
    page.evaluate(
        "new Promise(done => requestIdleCallback(() => setTimeout(done, 1500)))"
    )
    picture = folder / f"dashboard-{view}{suffix}.png"
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        shot.convert("RGB").quantize(128).save(picture, optimize=True)
    assert picture.stat().st_size < MAX_BYTES


def test_each_picture_of_the_documentation_is_made() -> None:
    """Show no picture that would become out of date."""
    pages = [*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")]
    used = {name for page in pages for name in SHOWN.findall(page.read_text("utf-8"))}
    assert used <= {*PICTURES}
