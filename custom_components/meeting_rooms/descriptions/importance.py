"""Which entities are enabled by default, by the number of rooms of an account.

Home Assistant accepts 10,000 enabled entities of one account.
"""

from typing import Final

from ..account.snapshot import RoomController
from ..rooms.room import Room

_MAX_ENTITIES: Final = 9_800
"""The rest is for the entities of the account itself and of added conferences."""
_ROOM_KEYS: Final = (
    "availability",
    "until",
    "in_use",
    "bookings",
    "problem",
    "maintenance",
    "meeting",
    "not_ready",
    "not_ready_reason",
    "no_shows",
    "utilization",
    "next_meeting_start",
    "status",
    "online",
    "health",
    "problem_reason",
    "problem_since",
    "cpu_usage",
    "capacity",
    "participants",
    "bookable",
    "camera",
    "microphone",
    "speaker",
    "callable",
    "alerts_enabled",
)
"""The entities of a room that are enabled by default, the most important first."""
_CONTROLLER_ENTITIES: Final = 2
"""How many entities a controller has that are enabled by default."""


def enabled_by_default(key: str, kind: type[object], rooms: int) -> bool:
    """Return whether an entity may be enabled by default beside so many rooms.

    Further entities of a room are disabled by their description.
    """
    most = _MAX_ENTITIES // max(rooms, 1)
    if kind is RoomController:
        return most >= len(_ROOM_KEYS) + _CONTROLLER_ENTITIES
    return kind is not Room or key in _ROOM_KEYS[:most] or most >= len(_ROOM_KEYS)
