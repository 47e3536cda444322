"""The brand images by the file names that Home Assistant uses."""

from typing import Final

from PIL import Image

from .drawing import ON_DARK, ON_LIGHT, draw_logo, draw_mark

ICON: Final = 256
LOGO: Final = 160


def images() -> dict[str, Image.Image]:
    """Return icon and logo for light and dark backgrounds, in single and double size."""
    doubles = {
        f"{prefix}{kind}": draw(palette, 2 * size)
        for prefix, palette in (("", ON_LIGHT), ("dark_", ON_DARK))
        for kind, draw, size in (("icon", draw_mark, ICON), ("logo", draw_logo, LOGO))
    }
    return {
        **{f"{name}.png": image.reduce(2) for name, image in doubles.items()},
        **{f"{name}@2x.png": image for name, image in doubles.items()},
    }
