"""Detect the repair issues about rooms: unknown rooms, empty and offline places."""

from ..rooms.place_outages import PlaceOutageDetector
from ..rooms.room import Room
from .issues import ROOMS, AccountIssues, RepairIssue, enumeration
from .selection import SelectedRooms
from .snapshot import Snapshot
from .status_reader import StatusUpdate


class RoomIssueDetector:
    """Detect the repair issues about rooms in each poll of one account."""

    def __init__(self, issues: AccountIssues, selected: SelectedRooms) -> None:
        """Start with the offline places that have a repair issue."""
        self._selected = selected
        self._unknown: dict[str, str] = {}
        """The rooms that the vendor does not know: their names by id."""
        self._places = PlaceOutageDetector(issues.subjects_of(ROOMS, "place_offline"))

    def look(
        self, update: StatusUpdate, before: Snapshot, after: Snapshot
    ) -> list[RepairIssue]:
        """Return the repair issues after a successful poll."""
        return [
            *self._unknown_rooms(update, before),
            *self._empty_places(),
            *self._offline_places(before, after),
        ]

    def _unknown_rooms(
        self, update: StatusUpdate, before: Snapshot
    ) -> list[RepairIssue]:
        """Return the issue of selected rooms that the vendor does not know."""
        listed = {} if update.listed is None else update.listed.rooms
        for room_id in self._unknown.keys() & {*update.details, *listed}:
            del self._unknown[room_id]
        for room_id in update.not_found:
            self._unknown.setdefault(room_id, _label(before.room(room_id)))
        if not self._unknown:
            return []
        rooms = enumeration(sorted(self._unknown.values()))
        return [RepairIssue("rooms_unknown", {"rooms": rooms})]

    def _empty_places(self) -> list[RepairIssue]:
        """Return the issue of selected places without rooms."""
        places = self._selected.empty_places
        if not places:
            return []
        return [RepairIssue("places_empty", {"places": enumeration(places)})]

    def _offline_places(self, before: Snapshot, after: Snapshot) -> list[RepairIssue]:
        """Return an issue for each building and floor where most rooms are offline."""
        return [
            RepairIssue(
                "place_offline",
                {
                    "place": down.place,
                    "offline": str(down.offline),
                    "rooms": str(down.rooms),
                },
                about=down.place,
            )
            for down in self._places.look(before.of(Room), after.of(Room))
        ]


def _label(room: Room) -> str:
    """Return the name and the id of a room."""
    if room.name == room.room_id:
        return room.name
    return f"{room.name} ({room.room_id})"
