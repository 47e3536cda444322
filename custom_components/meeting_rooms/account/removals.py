"""Who is missing from an account, poll after poll."""

from ..api.models.conference import Conference
from ..rooms.room import Room
from .presence import SETTLED_AFTER, Attendance
from .snapshot import Snapshot, Subject, conference_key
from .status_reader import StatusUpdate


class RollCall:
    """Notice which rooms and conferences of one account are gone."""

    def __init__(self) -> None:
        """Start with nobody missing."""
        self._rooms = Attendance()
        self._single_rooms = Attendance()
        self._conferences = Attendance()

    @property
    def confirmed(self) -> set[type[Subject]]:
        """Return the kinds of which what was not read by now is gone."""
        kinds: set[type[Subject]] = set()
        if self._rooms.readings >= SETTLED_AFTER:
            kinds.add(Room)
        if self._conferences.readings >= SETTLED_AFTER:
            kinds.add(Conference)
        return kinds

    def gone(self, live: StatusUpdate, before: Snapshot) -> frozenset[str]:
        """Return what is missing for the second time in a row, of what there was before."""
        gone = self._rooms_gone(live, before)
        if live.listed is not None and live.listed.conferences_complete:
            found = {conference_key(event_id) for event_id in live.listed.conferences}
            gone |= self._conferences.gone(before.of(Conference), found)
        return gone

    def _rooms_gone(self, live: StatusUpdate, before: Snapshot) -> frozenset[str]:
        """Return the rooms that are missing for the second time in a row."""
        present = live.single.present
        if live.listed is None:
            return self._single_rooms.gone(live.single.tried, present)
        if live.listed.rooms_complete:
            asked = before.of(Room).keys() - live.single.waiting
            return self._rooms.gone(asked, {*live.listed.rooms, *present})
        return frozenset()
