"""Buildings and floors whose rooms mostly went offline at once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .room import Room

_MIN_ROOMS: Final = 3
"""The least number of rooms that indicate an outage of their place."""


@dataclass(frozen=True, slots=True)
class PlaceOutage:
    """A building or floor whose rooms are mostly offline."""

    place: str
    offline: int
    rooms: int


class PlaceOutageDetector:
    """Detect that most rooms of a building or floor go offline in the same poll."""

    def __init__(self, down: Iterable[str]) -> None:
        """Start with the places that were already offline."""
        self._down = {*down}

    def look(
        self, before: Mapping[str, Room], after: Mapping[str, Room]
    ) -> list[PlaceOutage]:
        """Return the offline places after a poll; a floor only if its building is not offline."""
        drops = _drops(before, after)
        if not self._down and max(drops.values(), default=0) < _MIN_ROOMS:
            return []
        online_at: defaultdict[str, list[bool]] = defaultdict(list)
        buildings: dict[str, str] = {}
        for room in after.values():
            building, floor = room.place.building_place, room.place.floor_place
            if room.online is None or building is None:
                continue
            online_at[building].append(room.online)
            if floor is not None:
                online_at[floor].append(room.online)
                buildings[floor] = building
        found = {
            place: PlaceOutage(place, online.count(False), len(online))
            for place, online in online_at.items()
            if self._is_down(place, online, drops[place])
        }
        self._down = {*found}
        return [
            outage
            for place, outage in found.items()
            if buildings.get(place) not in self._down
        ]

    def _is_down(self, place: str, online: list[bool], drops: int) -> bool:
        """Return whether most rooms of a place went offline now, or are still offline."""
        if drops >= _MIN_ROOMS and 2 * drops > len(online):
            return True
        return place in self._down and 2 * online.count(False) > len(online)


def _drops(before: Mapping[str, Room], after: Mapping[str, Room]) -> Counter[str]:
    """Return how many rooms of each building and floor went offline."""
    return Counter(
        place
        for room_id, room in after.items()
        if (known := before.get(room_id)) is not None
        and known is not room
        and known.online
        and room.online is False
        for place in (room.place.building_place, room.place.floor_place)
        if place is not None
    )
