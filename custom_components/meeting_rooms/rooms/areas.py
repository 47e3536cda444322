"""The names of the areas and floors into which rooms are placed."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from .places import Location
from .room import Room

_SEPARATOR: Final = " · "


class AreaMode(StrEnum):
    """How the rooms of an account are placed into areas."""

    NONE = "none"
    PER_ROOM = "per_room"
    PER_FLOOR = "per_floor"


class AreaNames:
    """Name areas and floors so that different ones have different names."""

    def __init__(self, rooms: Iterable[Room], places: Iterable[Location]) -> None:
        """Compare the rooms of an account, and the places of all accounts."""
        self._places: defaultdict[str, set[Location]] = defaultdict(set)
        for place in places:
            self._places[_normalized(place.floor or "")].add(place)
        self._rooms = [(room.name, room.place) for room in rooms]
        self._uses = Counter(_normalized(name) for name, _ in self._rooms)

    def floor(self, place: Location) -> str | None:
        """Return the name of a floor, with its building and city where others have the same.

        It is None where the floor is unknown.
        """
        if not place.floor:
            return None
        others = [
            other
            for other in self._places[_normalized(place.floor)]
            if _differ(place, other)
        ]
        lengths = range(1, len(place) + 1)
        length = next(
            (n for n in lengths if all(_differ(place[-n:], o[-n:]) for o in others)),
            len(place),
        )
        return _SEPARATOR.join(part for part in place[-length:] if part)

    def room(self, room: Room) -> str | None:
        """Return the name of a room's area, with its floor where others have the same name.

        It is None where the places of rooms with the same name do not tell them apart.
        """
        name = room.name
        if self._uses[_normalized(name)] == 1:
            return name
        namesakes = [
            place
            for other, place in self._rooms
            if _normalized(other) == _normalized(name)
        ]
        floor = self.floor(room.place)
        if floor is None or namesakes.count(room.place) > 1:
            return None
        return f"{floor}{_SEPARATOR}{name}"


def _differ(place: Sequence[str | None], other: Sequence[str | None]) -> bool:
    """Return whether two places differ in a part that both have."""
    return any(
        mine and theirs and _normalized(mine) != _normalized(theirs)
        for mine, theirs in zip(place, other, strict=True)
    )


def _normalized(name: str) -> str:
    """Return a name as the registries compare it."""
    return name.casefold().replace(" ", "")
