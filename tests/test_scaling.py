"""What docs/scaling.md tells people to write is what Home Assistant takes."""

from pathlib import Path
import re
from typing import Any, Final

import pytest

from homeassistant.components import mqtt_statestream, recorder
from homeassistant.util.yaml import Secrets, load_yaml_dict

DOC: Final = (Path(__file__).parents[1] / "docs" / "scaling.md").read_text("utf-8")
BLOCKS: Final = re.findall(r"^```yaml\n(.*?)^```$", DOC, re.DOTALL | re.MULTILINE)
SECRETS: Final = [block for block in BLOCKS if block.startswith("recorder_db_url:")]
RECORDERS: Final = [block for block in BLOCKS if block.startswith("recorder:")]
STREAMS: Final = [block for block in BLOCKS if block.startswith("mqtt_statestream:")]


def read(folder: Path, block: str) -> dict[str, Any]:
    """Read a block of the page as Home Assistant reads its configuration."""
    (folder / "secrets.yaml").write_text(SECRETS[0], "utf-8")
    file = folder / "configuration.yaml"
    file.write_text(block, "utf-8")
    return load_yaml_dict(str(file), Secrets(folder))


def test_every_block_is_tested() -> None:
    """There is no other YAML on the page."""
    assert len(BLOCKS) == len(SECRETS) + len(RECORDERS) + len(STREAMS)
    assert (len(SECRETS), len(STREAMS)) == (1, 1)


@pytest.mark.parametrize("block", RECORDERS)
def test_the_recorder_takes_its_settings(tmp_path: Path, block: str) -> None:
    """The database is the one of the secrets, and every key is known."""
    settings = recorder.CONFIG_SCHEMA(read(tmp_path, block))["recorder"]
    assert settings["db_url"].startswith("postgresql://homeassistant:")


@pytest.mark.parametrize("block", STREAMS)
def test_the_stream_takes_its_settings(tmp_path: Path, block: str) -> None:
    """Sensors and binary sensors are sent on, and every key is known."""
    settings = mqtt_statestream.CONFIG_SCHEMA(read(tmp_path, block))
    assert settings["mqtt_statestream"]["base_topic"] == "office"
