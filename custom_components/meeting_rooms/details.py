"""Read the details of rooms, which the vendors tell of one room at a time."""

from collections import Counter
from heapq import nsmallest
from math import ceil
from time import monotonic
from typing import Final

from .api.errors import ApiError, PermissionDenied
from .const import DETAILS_INTERVAL, LOGGER, UNKNOWN_AFTER
from .coordinator import AccountCoordinator
from .rooms.room import Room

_DENIED_AFTER: Final = 12
"""Rooms in a row whose details are refused, after which the right is known to be missing."""


class DetailsUpdater:
    """Read the details of all rooms in turns."""

    def __init__(self, coordinator: AccountCoordinator, turns: int) -> None:
        """Take the coordinator of the rooms, and over how many turns a round is to be spread."""
        self._coordinator = coordinator
        self._turns = turns
        self._read_at: dict[str, float] = {}
        self._denied: set[str] = set()
        self._failed: Counter[str] = Counter()

    async def read(self, calls: int, due_by: float) -> bool:
        """Read the rooms that have waited longest, of those due by a moment.

        Return whether any were read. Raises an ApiError that any other room would meet too.
        """
        read = False
        for room_id in self._rooms_due(calls, due_by):
            if not self._coordinator.has_spare_requests:
                break
            self._read_at[room_id] = monotonic()
            try:
                details = await self._coordinator.client.fetch_details(room_id)
            except PermissionDenied:
                if self._is_denied(room_id):
                    raise
                self._note_failure(room_id)
                continue
            except ApiError as err:
                if not err.item_only:
                    raise
                LOGGER.debug("%s: details of one room: %s", self._coordinator.name, err)
                self._note_failure(room_id)
                continue
            read = True
            self._denied.clear()
            self._failed.pop(room_id, None)
            self._coordinator.publish(
                self._coordinator.data.with_details({room_id: details})
            )
        return read

    def _is_denied(self, room_id: str) -> bool:
        """Return whether the right is missing, now that it was refused for one more room.

        Refused for one room that is its own trouble.
        """
        self._denied.add(room_id)
        rooms = len(self._coordinator.data.of(Room))
        if len(self._denied) < min(_DENIED_AFTER, rooms):
            return False
        self._denied.clear()
        return True

    def _note_failure(self, room_id: str) -> None:
        """Let the details of a room stand until they could not be read for the third time."""
        self._failed[room_id] += 1
        if self._failed[room_id] == UNKNOWN_AFTER:
            self._coordinator.publish(self._coordinator.data.without_details(room_id))

    def _rooms_due(self, calls: int, due_by: float) -> list[str]:
        """Return the rooms to read in this turn: those never read first, all that fit."""
        rooms = self._coordinator.data.of(Room)
        self._read_at = {room_id: self._read_at.get(room_id, 0.0) for room_id in rooms}
        oldest = due_by - DETAILS_INTERVAL.total_seconds()
        due = [
            room_id
            for room_id, read_at in self._read_at.items()
            if not read_at or read_at <= oldest
        ]
        if 0.0 not in self._read_at.values():
            calls = min(calls, ceil(len(rooms) / self._turns))
        return nsmallest(calls, due, key=self._read_at.__getitem__)
