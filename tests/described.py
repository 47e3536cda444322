"""List the entity descriptions of the integration by platform and kind of device."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from custom_components.meeting_rooms.descriptions.account import (
    ACCOUNT_CALENDARS,
    ACCOUNT_SENSORS,
    ACTIVITY_SENSORS,
)
from custom_components.meeting_rooms.descriptions.conference import (
    CONFERENCE_BINARY_SENSORS,
    CURRENT_CONFERENCE_SENSORS,
)
from custom_components.meeting_rooms.descriptions.controller import (
    CONTROLLER_BINARY_SENSORS,
    CONTROLLER_SENSORS,
)
from custom_components.meeting_rooms.descriptions.room import (
    ROOM_BINARY_SENSORS,
    ROOM_CALENDARS,
    ROOM_EVENTS,
    ROOM_SENSORS,
    ROOM_SWITCHES,
)

type Descriptions = tuple[Any, ...]

DESCRIBED: Final[Mapping[str, Mapping[str, Descriptions]]] = {
    "calendar": {"account": ACCOUNT_CALENDARS, "room": ROOM_CALENDARS},
    "event": {"room": ROOM_EVENTS},
    "switch": {"room": ROOM_SWITCHES},
    "sensor": {
        "account": (*ACCOUNT_SENSORS, *ACTIVITY_SENSORS),
        "room": ROOM_SENSORS,
        "controller": CONTROLLER_SENSORS,
        "conference": CURRENT_CONFERENCE_SENSORS,
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
