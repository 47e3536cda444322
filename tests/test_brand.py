"""Test that the brand images fit Home Assistant and equal those of scripts/brand."""

from pathlib import Path
from typing import Final

from PIL import Image, ImageChops
import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.components.brands.const import ALLOWED_IMAGES
from scripts.brand_images.files import images

BRAND: Final = Path("custom_components", DOMAIN, "brand")
NAMES: Final = sorted(ALLOWED_IMAGES)
ICONS: Final = [name for name in NAMES if "icon" in name]
LOGOS: Final = [name for name in NAMES if "logo" in name]
MAX_BYTES: Final = 40_000


def opened(name: str) -> Image.Image:
    """Load an image of the folder."""
    image = Image.open(BRAND / name)
    image.load()
    return image


def scale(name: str) -> int:
    """Return the scale of an image."""
    return 1 + ("@2x" in name)


def test_every_required_image_exists() -> None:
    """Check that the folder has every image that Home Assistant serves, and no other file."""
    assert sorted(path.name for path in BRAND.iterdir()) == NAMES


@pytest.mark.parametrize("name", ICONS)
def test_icons_are_squares(name: str) -> None:
    """Check that the side is 256 pixels, or twice that."""
    side = 256 * scale(name)

    assert opened(name).size == (side, side)


@pytest.mark.parametrize("name", LOGOS)
def test_logos_are_wide(name: str) -> None:
    """Check that the height is 128 to 256 pixels, or twice that, and the width is more."""
    width, height = opened(name).size

    assert 128 * scale(name) <= height <= 256 * scale(name)
    assert width > height


@pytest.mark.parametrize("name", [name for name in NAMES if "@2x" in name])
def test_double_size_is_double(name: str) -> None:
    """Check that both sides are exactly twice those of the single size."""
    single = opened(name.replace("@2x", ""))

    assert opened(name).size == (single.width * 2, single.height * 2)


@pytest.mark.parametrize("name", NAMES)
def test_images_are_small_transparent_and_trimmed(name: str) -> None:
    """Check for a small PNG with a transparent background and no empty edge."""
    image = opened(name)
    alpha = image.getchannel("A")

    assert (image.format, image.mode) == ("PNG", "RGBA")
    assert alpha.getextrema() == (0, 255)
    assert alpha.getbbox() == (0, 0, *image.size)
    assert (BRAND / name).stat().st_size < MAX_BYTES


def test_images_are_up_to_date() -> None:
    """Compare each pixel with the image that scripts/brand draws."""
    drawn = images()

    assert sorted(drawn) == NAMES
    assert [
        name
        for name in NAMES
        if ImageChops.difference(drawn[name], opened(name)).getbbox(alpha_only=False)
    ] == []
