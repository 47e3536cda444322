"""Buildings and floors: which of them have lost most of their rooms at once."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .api.room import Room

_LEAST_ROOMS: Final = 3
"""Fewer rooms than this say nothing about their place."""
_SEPARATOR: Final = "-"
_PARTS: Final = ("city", "building", "floor")


@dataclass(frozen=True, slots=True)
class PlaceDown:
    """A building or floor most rooms of which are offline."""

    place: str
    offline: int
    rooms: int


def places_of(location: str | None) -> list[str]:
    """Return city, building and floor of a location, each with what it is part of."""
    parts = [
        part.strip() for part in (location or "").split(_SEPARATOR, len(_PARTS) - 1)
    ]
    known = parts[: parts.index("")] if "" in parts else parts
    return [_SEPARATOR.join(known[: i + 1]) for i in range(len(known))]


class PlaceWatch:
    """Notice when most rooms of a building or floor go offline in the same poll."""

    def __init__(self) -> None:
        """Start with every place in order."""
        self._down: set[str] = set()

    @property
    def any_down(self) -> bool:
        """Return whether any place was down after the last poll."""
        return bool(self._down)

    def look(
        self, before: Mapping[str, Room], after: Mapping[str, Room]
    ) -> list[PlaceDown]:
        """Return the places that are down after a poll, the widest that says it all."""
        dropped = {
            room_id
            for room_id, room in after.items()
            if room.online is False
            and (known := before.get(room_id)) is not None
            and known.online
        }
        rooms_at: defaultdict[str, list[str]] = defaultdict(list)
        for room_id, room in after.items():
            if room.online is not None:
                for place in places_of(room.location)[1:]:
                    rooms_at[place].append(room_id)
        down: dict[str, PlaceDown] = {}
        for place, room_ids in rooms_at.items():
            offline = sum(after[room_id].online is False for room_id in room_ids)
            drops = sum(room_id in dropped for room_id in room_ids)
            fell = drops >= _LEAST_ROOMS and 2 * drops > len(room_ids)
            stays = place in self._down and 2 * offline > len(room_ids)
            if fell or stays:
                down[place] = PlaceDown(place, offline, len(room_ids))
        self._down = {*down}
        return [each for place, each in down.items() if not self._within_one(place)]

    def _within_one(self, place: str) -> bool:
        """Return whether a place is part of another that is down."""
        return any(wider in self._down for wider in places_of(place)[:-1])
