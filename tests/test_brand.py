"""The images are what Home Assistant asks for, and what the drawing makes."""

from io import BytesIO
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
    """Return an image of the folder, its file closed."""
    image = Image.open(BRAND / name)
    image.load()
    return image


def times(name: str) -> int:
    """Return how much larger than in single size an image is."""
    return 1 + ("@2x" in name)


def test_all_images_are_there() -> None:
    """Have every image that Home Assistant can serve, and nothing else."""
    assert sorted(path.name for path in BRAND.iterdir()) == NAMES


@pytest.mark.parametrize("name", ICONS)
def test_icons_are_squares(name: str) -> None:
    """Be 256 pixels wide and high, or twice that."""
    side = 256 * times(name)

    assert opened(name).size == (side, side)


@pytest.mark.parametrize("name", LOGOS)
def test_logos_are_of_a_fitting_size(name: str) -> None:
    """Have a shorter side from 128 to 256 pixels, or twice that, and lie down."""
    width, height = opened(name).size

    assert 128 * times(name) <= height <= 256 * times(name)
    assert width > height


@pytest.mark.parametrize("name", [name for name in NAMES if "@2x" in name])
def test_double_size_is_double(name: str) -> None:
    """Be exactly twice as large as the single one."""
    single = opened(name.replace("@2x", ""))

    assert opened(name).size == (single.width * 2, single.height * 2)


@pytest.mark.parametrize("name", NAMES)
def test_images_are_small_cut_out_and_trimmed(name: str) -> None:
    """Be a PNG with a transparent ground, without an empty edge and without waste."""
    image = opened(name)
    alpha = image.getchannel("A")

    assert (image.format, image.mode) == ("PNG", "RGBA")
    assert alpha.getextrema() == (0, 255)
    assert alpha.getbbox() == (0, 0, *image.size)
    assert (BRAND / name).stat().st_size < MAX_BYTES


@pytest.mark.parametrize("name", NAMES)
def test_images_are_packed_well(name: str) -> None:
    """Be no larger than an optimising encoder makes them."""
    packed = BytesIO()
    opened(name).save(packed, "PNG", optimize=True)

    assert (BRAND / name).stat().st_size <= len(packed.getvalue())


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("dark_")])
def test_dark_images_are_brighter(name: str) -> None:
    """Stand out more on a dark ground than the light ones do."""

    def brightness(image: Image.Image) -> float:
        """Return the mean brightness on black."""
        ground = Image.new("RGBA", image.size, "black")
        shades = Image.alpha_composite(ground, image).convert("L").histogram()
        return sum(shade * count for shade, count in enumerate(shades)) / sum(shades)

    assert brightness(opened(name)) > brightness(opened(name.removeprefix("dark_")))


def test_images_are_those_of_the_drawing() -> None:
    """Draw the same again, pixel by pixel."""
    drawn = images()

    assert sorted(drawn) == NAMES
    assert [
        name
        for name in NAMES
        if ImageChops.difference(drawn[name], opened(name)).getbbox(alpha_only=False)
    ] == []
