"""Check the configuration and the figures on the page about large installations."""

from collections.abc import Mapping
from pathlib import Path
import re
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.account.snapshot import RoomController, Snapshot
from custom_components.meeting_rooms.api.client import Feature
from custom_components.meeting_rooms.api.limits import RequestLimits, plan_polling
from custom_components.meeting_rooms.descriptions.importance import enabled_by_default
from custom_components.meeting_rooms.rooms.room import Room
from homeassistant.components import mqtt_statestream, recorder
from homeassistant.util.yaml import Secrets, load_yaml_dict

from .described import all_descriptions
from .documents import chapters, code_blocks, read_page, table_rows
from .translations import LANGUAGES

PAGE: Final = read_page("docs/scaling", "en")
BLOCKS: Final = code_blocks(PAGE, "yaml")
SECRETS: Final = [block for block in BLOCKS if block.startswith("recorder_db_url:")]
RECORDERS: Final = [block for block in BLOCKS if block.startswith("recorder:")]
STREAMS: Final = [block for block in BLOCKS if block.startswith("mqtt_statestream:")]
LIMITS: Final = RequestLimits(per_minute=100, burst=20)
"""The limits of an account at Tencent Meeting, as on the page about updates."""
ROOMS_PER_PAGE: Final = 50


KINDS: Final[Mapping[str, type[object]]] = {
    "room": Room,
    "controller": RoomController,
    "account": Snapshot,
}
MAX_ENTITIES: Final = 10_000
"""The number of enabled entities of an account that Home Assistant accepts."""


def enabled(kind: str, rooms: int) -> set[str]:
    """Return the entities at Tencent Meeting and WeCom that are enabled by default."""
    return {
        description.key
        for _, described, description in all_descriptions()
        if described == kind
        and description.entity_registry_enabled_default
        and getattr(description, "feature", None) is not Feature.HOST_BOOKINGS
        and enabled_by_default(description.key, KINDS[kind], rooms)
    }


def load(folder: Path, block: str) -> dict[str, Any]:
    """Load a block as Home Assistant loads its configuration."""
    (folder / "secrets.yaml").write_text(SECRETS[0], "utf-8")
    file = folder / "configuration.yaml"
    file.write_text(block, "utf-8")
    return load_yaml_dict(str(file), Secrets(folder))


def test_every_block_is_tested() -> None:
    """The page has no YAML without a test."""
    assert len(BLOCKS) == len(SECRETS) + len(RECORDERS) + len(STREAMS)
    assert (len(SECRETS), len(STREAMS)) == (1, 1)


def test_both_languages_have_the_same_configuration() -> None:
    """The YAML is the same in both languages."""
    assert code_blocks(read_page("docs/scaling", "zh-Hans"), "yaml") == BLOCKS


@pytest.mark.parametrize("block", RECORDERS)
def test_recorder_accepts_the_configuration(tmp_path: Path, block: str) -> None:
    """The database URL is that of the secrets file, and every key is valid."""
    settings = recorder.CONFIG_SCHEMA(load(tmp_path, block))["recorder"]
    assert settings["db_url"].startswith("postgresql://homeassistant:")


@pytest.mark.parametrize("block", STREAMS)
def test_statestream_accepts_the_configuration(tmp_path: Path, block: str) -> None:
    """The topic is that of the page, and every key is valid."""
    settings = mqtt_statestream.CONFIG_SCHEMA(load(tmp_path, block))
    assert settings["mqtt_statestream"]["base_topic"] == "office"


@pytest.mark.parametrize("language", LANGUAGES)
def test_costs_of_instances_follow_from_their_shares(language: str) -> None:
    """The client plans the requests and intervals in the table."""
    rows = [
        [int(cell.strip(" %s").replace(",", "")) for cell in row]
        for row in table_rows(chapters(read_page("docs/scaling", language))[0])
        if len(row) == 5
    ]

    assert len(rows) >= 6
    for rooms, share, *costs in rows:
        plan = plan_polling(LIMITS.share(share), rooms // ROOMS_PER_PAGE)
        assert costs == [
            plan.requests_per_poll,
            plan.interval,
            plan.requests_per_minute,
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_enabled_entities_follow_from_the_descriptions(language: str) -> None:
    """The table has the number of entities that the code enables by default."""
    rows = [
        [
            int(number)
            for number in re.findall(r"\d+", "|".join(row[:4]).replace(",", ""))
        ]
        for row in table_rows(chapters(read_page("docs/scaling", language))[-1])
    ]

    assert [row[0] for row in rows] == [300, 500, 1000, 3000]
    for rooms, *counts in rows:
        room = len(enabled("room", rooms))
        controller = len(enabled("controller", rooms))
        account = len(enabled("account", rooms))
        total = rooms * (room + controller) + account
        assert counts == [*filter(None, (room, controller)), total]
        assert total <= MAX_ENTITIES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rooms", [1000, 3000])
def test_entities_of_large_accounts_are_named(language: str, rooms: int) -> None:
    """The table names the entities of a room that remain."""
    (row,) = [
        row
        for row in table_rows(chapters(read_page("docs/scaling", language))[-1])
        if row[0] == f"{rooms:,}"
    ]

    assert {*re.findall(r"`(\w+)`", row[1])} == enabled("room", rooms)
