"""Draw the mark and the logo, oversampled for smooth edges.

Coordinates are in a square of 512 units. The font is included in Pillow, so that every
machine draws the same images.
"""

from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageFont

type Colour = tuple[int, int, int]
type Point = tuple[float, float]

UNITS: Final = 512
_OVERSAMPLING: Final = 8
_WORDS: Final = "Meeting Rooms"

_HOUSE: Final[tuple[Point, ...]] = (
    (256, 56),
    (456, 206),
    (456, 456),
    (56, 456),
    (56, 206),
)
_CORNER: Final = 56
_TABLE: Final = (146, 236, 366, 370)
_TABLE_CORNER: Final = 44
_SEAT_LENGTH: Final = 84
_SEAT_DEPTH: Final = 46
_SEAT_GAP: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """The colours of the images for a light or a dark background."""

    roof: Colour
    floor: Colour
    table: Colour
    free: Colour
    taken: Colour
    words: Colour


ON_LIGHT: Final = Palette(
    roof=(104, 92, 232),
    floor=(63, 52, 178),
    table=(255, 255, 255),
    free=(168, 160, 240),
    taken=(56, 217, 150),
    words=(44, 38, 104),
)
ON_DARK: Final = Palette(
    roof=(134, 124, 248),
    floor=(88, 77, 214),
    table=(255, 255, 255),
    free=(190, 184, 250),
    taken=(66, 230, 162),
    words=(240, 239, 252),
)


def draw_mark(palette: Palette, size: int) -> Image.Image:
    """Return the mark as a square of `size` pixels without a margin."""
    scale = size * _OVERSAMPLING / UNITS
    side = size * _OVERSAMPLING
    image = Image.new("RGBA", (side, side))
    image.paste(_gradient(palette.roof, palette.floor, side), mask=_house(side, scale))
    pen = ImageDraw.Draw(image)
    for box, corner, colour in _furniture(palette):
        scaled = tuple(edge * scale for edge in box)
        pen.rounded_rectangle(scaled, corner * scale, fill=(*colour, 255))
    return image.resize((size, size), Image.Resampling.BOX)


def draw_logo(palette: Palette, height: int) -> Image.Image:
    """Return the mark with the name beside it, an even number of pixels wide."""
    mark = draw_mark(palette, height)
    words = _words(palette.words, height)
    gap = height // 6 + (mark.width + height // 6 + words.width) % 2
    image = Image.new("RGBA", (mark.width + gap + words.width, height))
    image.paste(mark)
    image.paste(words, (mark.width + gap, (height - words.height) // 2))
    return image


def _house(side: int, scale: float) -> Image.Image:
    """Return the mask of the house with round corners."""
    mask = Image.new("L", (side, side))
    pen = ImageDraw.Draw(mask)
    points = [(x * scale, y * scale) for x, y in _HOUSE]
    radius = _CORNER * scale
    pen.polygon(points, fill=255)
    pen.line([*points, *points[:2]], fill=255, width=round(2 * radius))
    for x, y in points:
        pen.circle((x, y), radius, fill=255)
    return mask


def _gradient(top: Colour, bottom: Colour, side: int) -> Image.Image:
    """Return a square with a vertical gradient."""
    ramp = Image.linear_gradient("L").resize((side, side))
    below = Image.new("RGB", ramp.size, bottom)
    return Image.composite(below, Image.new("RGB", ramp.size, top), ramp)


def _furniture(
    palette: Palette,
) -> list[tuple[tuple[float, float, float, float], float, Colour]]:
    """Return the table and its seats as rounded boxes; half of the seats are filled."""
    left, top, right, bottom = _TABLE
    along = _SEAT_LENGTH / 2
    columns = (left + (right - left) / 4, right - (right - left) / 4)
    middle = (top + bottom) / 2
    boxes = [
        *(
            (x - along, edge, x + along, edge + _SEAT_DEPTH)
            for edge in (top - _SEAT_GAP - _SEAT_DEPTH, bottom + _SEAT_GAP)
            for x in columns
        ),
        *(
            (edge, middle - along, edge + _SEAT_DEPTH, middle + along)
            for edge in (left - _SEAT_GAP - _SEAT_DEPTH, right + _SEAT_GAP)
        ),
    ]
    taken = {0, 3, 5}
    seats = [
        (box, _SEAT_DEPTH / 2, palette.taken if seat in taken else palette.free)
        for seat, box in enumerate(boxes)
    ]
    return [(_TABLE, _TABLE_CORNER, palette.table), *seats]


def _words(colour: Colour, height: int) -> Image.Image:
    """Return the name as an image without a margin."""
    font = ImageFont.load_default(height * 0.46 * _OVERSAMPLING)
    weight = height * 0.008 * _OVERSAMPLING
    left, top, right, bottom = (
        round(edge) for edge in font.getbbox(_WORDS, stroke_width=weight)
    )
    mask = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(mask).text(
        (-left, -top), _WORDS, fill=255, font=font, stroke_width=weight
    )
    size = (mask.width // _OVERSAMPLING, mask.height // _OVERSAMPLING)
    words = Image.new("RGBA", size, (*colour, 0))
    words.putalpha(mask.resize(size, Image.Resampling.BOX))
    return words.crop(words.getchannel("A").getbbox())
