"""The rooms of an account that the user follows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from ..api.client import LiveStatus
from ..const import CONF_ALL_ROOMS, CONF_PLACES, CONF_ROOMS
from ..rooms.places import places_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSelection:
    """All rooms of an account, those at some places, or those with some ids."""

    all_rooms: bool = True
    room_ids: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """Return the selection in the options of a config entry."""
        all_rooms = options.get(CONF_ALL_ROOMS, True)
        return cls(
            all_rooms=all_rooms,
            room_ids=tuple(options.get(CONF_ROOMS, ())),
            places=tuple(options.get(CONF_PLACES, ())) if all_rooms else (),
        )

    @property
    def restricted(self) -> bool:
        """Return whether the account may have rooms that are not selected."""
        return not self.all_rooms or bool(self.places)

    def follows(self, room_id: str) -> bool:
        """Return whether a room is selected, provided that its place is."""
        return self.all_rooms or room_id in self.room_ids

    def covers(self, location: str | None) -> bool:
        """Return whether rooms at a location are selected."""
        return not self.places or any(
            place in self.places for place in places_of(location)
        )


class SelectedRooms:
    """Reduce each list to the selected rooms, also while places change."""

    def __init__(self, selection: RoomSelection) -> None:
        """Start without a list."""
        self.selection = selection
        self.empty_places: tuple[str, ...] = ()
        """The selected places without rooms: those that had some, or all if none has any."""
        self._elsewhere: frozenset[str] = frozenset()
        self._places_with_rooms: frozenset[str] = frozenset()

    def follows(self, room_id: str) -> bool:
        """Return whether a room is selected, as far as its place is known."""
        return self.selection.follows(room_id) and room_id not in self._elsewhere

    def reduce(self, status: LiveStatus, known: Collection[str]) -> LiveStatus:
        """Return a list without the rooms that are not selected.

        The known rooms are those that were selected before. A list without any room, or without
        one at a selected place, is not complete: the vendor has an outage, or renamed the place.
        """
        if self.selection.places and status.rooms and status.rooms_complete:
            self._find_empty_places(status)
        if not status.rooms or self.empty_places:
            status = replace(status, rooms_complete=False)
        if not self.selection.restricted:
            return status
        rooms = {
            room_id: room
            for room_id, room in status.rooms.items()
            if self.selection.follows(room_id)
            and (
                self.selection.covers(room.location)
                or (room_id in known and self._may_be_unmoved(room.location))
            )
        }
        placed = {
            room_id
            for room_id, room in status.rooms.items()
            if not self._may_be_unmoved(room.location)
        }
        self._elsewhere = (self._elsewhere | placed) - rooms.keys()
        return replace(status, rooms=rooms)

    def _find_empty_places(self, status: LiveStatus) -> None:
        """Find the selected places without rooms in a complete list."""
        reported = {
            place
            for room in status.rooms.values()
            for place in places_of(room.location)
        }
        with_rooms = reported.intersection(self.selection.places)
        lost = self._places_with_rooms - with_rooms
        self.empty_places = tuple(
            place for place in self.selection.places if not with_rooms or place in lost
        )
        self._places_with_rooms |= with_rooms

    def _may_be_unmoved(self, location: str | None) -> bool:
        """Return whether a room with this location may still be at a selected place.

        It may if its location is unknown, or if a selected place may have been renamed.
        """
        return not places_of(location) or bool(self.empty_places)
