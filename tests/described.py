"""List the entity descriptions of the integration by platform and kind of device."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from custom_components.meeting_rooms.descriptions.account import (
    ACCOUNT_SENSORS,
    ACTIVITY_SENSORS,
)
from custom_components.meeting_rooms.descriptions.conference import (
    CONFERENCE_BINARY_SENSORS,
    CONFERENCE_SENSORS,
)
from custom_components.meeting_rooms.descriptions.controller import (
    CONTROLLER_BINARY_SENSORS,
    CONTROLLER_SENSORS,
)
from custom_components.meeting_rooms.descriptions.room import (
    ROOM_BINARY_SENSORS,
    ROOM_SENSORS,
)

type Descriptions = tuple[Any, ...]

DESCRIBED: Final[Mapping[str, Mapping[str, Descriptions]]] = {
    "sensor": {
        "account": (*ACCOUNT_SENSORS, *ACTIVITY_SENSORS),
        "room": ROOM_SENSORS,
        "controller": CONTROLLER_SENSORS,
        "conference": CONFERENCE_SENSORS,
    },
    "binary_sensor": {
        "room": ROOM_BINARY_SENSORS,
        "controller": CONTROLLER_BINARY_SENSORS,
        "conference": CONFERENCE_BINARY_SENSORS,
    },
}


def all_descriptions() -> Iterator[tuple[str, str, Any]]:
    """Yield platform, kind of device and description of every entity."""
    for platform, kinds in DESCRIBED.items():
        for kind, descriptions in kinds.items():
            for description in descriptions:
                yield platform, kind, description


def keys(platform: str) -> set[str]:
    """Return the keys of a platform's entities."""
    return {
        description.key
        for described, _, description in all_descriptions()
        if described == platform
    }
