"""City, building and floor of a room, and the places that options name."""

from typing import NamedTuple

_SEPARATOR = "-"


class Location(NamedTuple):
    """City, building and floor; an unknown one is None or empty."""

    city: str | None = None
    building: str | None = None
    floor: str | None = None

    @classmethod
    def from_text(cls, text: str | None) -> Location:
        """Return the location that a list's text of exactly three parts states."""
        parts = [part.strip() for part in (text or "").split(_SEPARATOR)]
        return cls(*parts) if len(parts) == len(cls._fields) else cls()

    @property
    def building_place(self) -> str | None:
        """Return the building with its city, as options write it."""
        return _joined(self.city, self.building) if self.building else None

    @property
    def floor_place(self) -> str | None:
        """Return the floor with its building; without a building it names no place."""
        if not self.building or not self.floor:
            return None
        return _joined(self.city, self.building, self.floor)

    @property
    def places(self) -> list[str]:
        """Return the known ones of city, building and floor."""
        found = (self.city, self.building_place, self.floor_place)
        return [place for place in found if place]


def places_of(location: str | None) -> list[str]:
    """Return the places that a list's location text states."""
    return Location.from_text(location).places


def normalized_place(text: str) -> str:
    """Return a location or place without empty parts, and without spaces around the others."""
    return _joined(*(part.strip() for part in text.split(_SEPARATOR)))


def _joined(*parts: str | None) -> str:
    """Return the known parts as one text."""
    return _SEPARATOR.join(part for part in parts if part)
