"""Write the images into the integration's folder."""

from pathlib import Path
import sys

from .files import images

FOLDER = Path(__file__).parents[2] / "custom_components" / "meeting_rooms" / "brand"


def main() -> int:
    """Draw every image and print its size."""
    FOLDER.mkdir(exist_ok=True)
    for name, image in images().items():
        path = FOLDER / name
        image.save(path, optimize=True)
        print(f"{name:20} {image.width} x {image.height}, {path.stat().st_size} bytes")
    return 0


sys.exit(main())
