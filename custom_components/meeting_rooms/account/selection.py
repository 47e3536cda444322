"""The rooms of an account that the user follows."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from ..api.client import LiveStatus
from ..api.models.room import RoomSummary
from ..const import CONF_ALL_ROOMS, CONF_PLACES, CONF_ROOMS
from ..rooms.matching import calendar_id_of
from ..rooms.places import places_of


class SelectedRooms:
    """The selected rooms: all rooms of an account, those at some places, or those with some ids.

    Rooms of the booking calendar alone are listed only if the user wants them.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        """Initialize from the options of a config entry."""
        self.all_rooms: bool = options.get(CONF_ALL_ROOMS, True)
        self.room_ids: list[str] = options.get(CONF_ROOMS, [])
        self.empty_places: list[str] = []
        """The selected places that lost their rooms, or all if none has a room."""
        self._places: list[str] = options.get(CONF_PLACES, []) if self.all_rooms else []
        self._places_with_rooms: frozenset[str] = frozenset()
        self._elsewhere: set[str] = set()

    def follows(self, room_id: str) -> bool:
        """Return whether a room is selected; a room without a known place may be."""
        return self._selects(room_id) and room_id not in self._elsewhere

    def covers(self, location: str | None) -> bool:
        """Return whether rooms at a location are selected."""
        return not self._places or any(
            place in self._places for place in places_of(location)
        )

    def reduce(self, status: LiveStatus, known: Collection[str]) -> LiveStatus:
        """Return a list without the rooms that are not selected.

        The known rooms are those that were selected before. A list without any room, or without
        one at a selected place, is not complete: the vendor has an outage, or renamed the place.
        """
        if self._places and status.rooms and status.rooms_complete:
            self._find_empty_places(status)
        if not status.rooms or self.empty_places:
            status = replace(status, rooms_complete=False)
        if self.all_rooms and not self._places:
            return status
        rooms: dict[str, RoomSummary] = {}
        for room_id, room in status.rooms.items():
            unmoved = self._may_be_unmoved(room.location)
            if self._selects(room_id) and (
                self.covers(room.location) or (unmoved and room_id in known)
            ):
                rooms[room_id] = room
            elif not unmoved:
                self._elsewhere.add(room_id)
        self._elsewhere -= rooms.keys()
        return replace(status, rooms=rooms)

    def _find_empty_places(self, status: LiveStatus) -> None:
        """Find the selected places without rooms in a complete list."""
        reported = {
            place
            for room in status.rooms.values()
            for place in places_of(room.location)
        }
        with_rooms = reported.intersection(self._places)
        lost = self._places_with_rooms - with_rooms
        self.empty_places = [
            place for place in self._places if not with_rooms or place in lost
        ]
        self._places_with_rooms |= with_rooms

    def _selects(self, room_id: str) -> bool:
        """Return whether a room is selected, provided that its place is."""
        from_calendar = calendar_id_of(room_id) is not None
        return self.all_rooms or from_calendar or room_id in self.room_ids

    def _may_be_unmoved(self, location: str | None) -> bool:
        """Return whether a location is unknown, or may be a selected place that was renamed."""
        return not places_of(location) or bool(self.empty_places)
