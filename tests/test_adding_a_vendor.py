"""Compare the page about adding a vendor with the existing vendors."""

from pathlib import Path
import re
from typing import Final

import pytest

from .documents import ROOT
from .home import VENDORS
from .translations import LANGUAGES, load_texts

PAGE: Final = (ROOT / "docs" / "adding_a_vendor.md").read_text("utf-8")
COMPONENT: Final = ROOT / "custom_components" / "meeting_rooms"
PATHS: Final = sorted(set(re.findall(r"`([\w<>./-]+/[\w<>./-]*)`", PAGE)))


def candidates(path: str, vendor: str) -> list[Path]:
    """Return the possible files of a path on the page, for a vendor."""
    named = path.replace("<vendor>", vendor)
    return [ROOT / named, COMPONENT / named]


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("path", PATHS)
def test_every_vendor_has_the_files_of_the_page(path: str, vendor: str) -> None:
    """Each file and folder that the page names exists for each vendor."""
    assert [each for each in candidates(path, vendor) if each.exists()]


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "key", ["config.step.user.menu_options.{}", "config.step.{}.title"]
)
def test_every_vendor_has_the_texts_of_the_page(
    key: str, language: str, vendor: str
) -> None:
    """The menu and the step of a vendor have texts in both languages."""
    assert key.format(vendor) in load_texts(language)
