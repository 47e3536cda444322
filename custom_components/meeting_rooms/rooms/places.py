"""Buildings and floors: which of them have lost most of their rooms at once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from .room import Room

_LEAST_ROOMS: Final = 3
"""Fewer rooms than this say nothing about their place."""
_SEPARATOR: Final = "-"
_PARTS: Final = ("city", "building", "floor")


@dataclass(frozen=True, slots=True)
class PlaceOutage:
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


class PlaceOutageDetector:
    """Notice when most rooms of a building or floor go offline in the same poll."""

    def __init__(self, down: Iterable[str]) -> None:
        """Start with the places that were down before."""
        self._down = {*down}

    @property
    def any_down(self) -> bool:
        """Return whether any place was down after the last poll."""
        return bool(self._down)

    def look(
        self, before: Mapping[str, Room], after: Mapping[str, Room]
    ) -> list[PlaceOutage]:
        """Return the places that are down after a poll, the widest that says it all."""
        drops = Counter(
            place
            for room_id, room in after.items()
            if (known := before.get(room_id)) is not room
            and known is not None
            and known.online
            and room.online is False
            for place in _buildings_and_floors(room)
        )
        hit = {place for place, rooms in drops.items() if rooms >= _LEAST_ROOMS}
        down: dict[str, PlaceOutage] = {}
        for place, online in _online_at(hit | self._down, after).items():
            rooms, offline = len(online), online.count(False)
            fell = place in hit and 2 * drops[place] > rooms
            stays = place in self._down and 2 * offline > rooms
            if fell or stays:
                down[place] = PlaceOutage(place, offline, rooms)
        self._down = {*down}
        return [each for place, each in down.items() if not self._within_one(place)]

    def _within_one(self, place: str) -> bool:
        """Return whether a place is part of another that is down."""
        return any(wider in self._down for wider in places_of(place)[:-1])


def _buildings_and_floors(room: Room) -> list[str]:
    """Return the building and the floor that a room is in, as far as they are known."""
    return places_of(room.location)[1:]


def _online_at(
    places: Collection[str], rooms: Mapping[str, Room]
) -> Mapping[str, list[bool]]:
    """Return whether the rooms of some places are online, of all that can be told."""
    online_at: defaultdict[str, list[bool]] = defaultdict(list)
    if places:
        for room in rooms.values():
            if (online := room.online) is not None:
                for place in _buildings_and_floors(room):
                    online_at[place].append(online)
    return {place: online_at[place] for place in places if place in online_at}
