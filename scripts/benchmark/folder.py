"""The folder in which a Home Assistant of the benchmark lives."""

from pathlib import Path
import shutil
from typing import Final

ROOT: Final = Path(__file__).parents[2]
COMPONENT: Final = ROOT / "custom_components" / "meeting_rooms"
_BARE: Final = "bare_rooms"


def prepare(folder: Path, component: Path) -> None:
    """Put the integration and the bare one where Home Assistant looks for them."""
    components = folder / "custom_components"
    bare = components / _BARE
    bare.mkdir(parents=True)
    (components / "__init__.py").write_text("")
    (components / "meeting_rooms").symlink_to(component)
    shutil.copy(Path(__file__).parent / _BARE / "manifest.json", bare)
    shutil.copytree(component / "translations", bare / "translations")
    for name in ("__init__", "binary_sensor", "config_flow", "sensor"):
        module = f"scripts.benchmark.{_BARE}.{name}".removesuffix(".__init__")
        (bare / f"{name}.py").write_text(f"from {module} import *\n")
