"""What a poll shows to be mended about rooms: unknown ones, and places empty or dark."""

from collections.abc import Collection
from itertools import islice
from typing import Final

from ..rooms.place_outages import PlaceOutageDetector
from ..rooms.room import Room
from .issues import ROOMS, AccountIssues, RepairIssue
from .snapshot import Snapshot
from .status_reader import StatusUpdate

_MOST_NAMED: Final = 10


class RoomIssueDetector:
    """Look at poll after poll of one account."""

    def __init__(self, issues: AccountIssues) -> None:
        """Start with every room known, and those places dark of which that is shown."""
        self._unknown: dict[str, str] = {}
        """What to call the rooms that the vendor does not know, by id."""
        self._places = PlaceOutageDetector(issues.subjects_of(ROOMS, "place_offline"))

    def look(
        self, live: StatusUpdate, before: Snapshot, after: Snapshot
    ) -> list[RepairIssue]:
        """Return what is to be mended after a poll that succeeded."""
        return [
            *self._unknown_rooms(live, before),
            *_empty_places(live),
            *self._dark_places(before, after),
        ]

    def _unknown_rooms(self, live: StatusUpdate, before: Snapshot) -> list[RepairIssue]:
        """Return the rooms that were asked for and that the vendor does not know."""
        listed = {} if live.listed is None else live.listed.rooms
        for room_id in self._unknown.keys() & {*live.single.details, *listed}:
            del self._unknown[room_id]
        for room_id in live.single.not_found:
            self._unknown.setdefault(room_id, _called(before.room(room_id)))
        if not self._unknown:
            return []
        rooms = _named(sorted(self._unknown.values()))
        return [RepairIssue("rooms_unknown", {"rooms": rooms})]

    def _dark_places(self, before: Snapshot, after: Snapshot) -> list[RepairIssue]:
        """Return the buildings and floors that have lost most of their rooms."""
        if after is before and not self._places.any_down:
            return []
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


def _empty_places(live: StatusUpdate) -> list[RepairIssue]:
    """Return the chosen places at which there is no room."""
    if not live.empty_places:
        return []
    return [RepairIssue("places_empty", {"places": _named(live.empty_places)})]


def _named(names: Collection[str]) -> str:
    """Return the first of some names, and how many more there are."""
    more = [f"… (+{len(names) - _MOST_NAMED})"] if len(names) > _MOST_NAMED else []
    return ", ".join([*islice(names, _MOST_NAMED), *more])


def _called(room: Room) -> str:
    """Return what people call a room, and its id."""
    return (
        room.room_id if room.name == room.room_id else f"{room.name} ({room.room_id})"
    )
