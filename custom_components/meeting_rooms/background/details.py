"""Fetch the details of rooms, one room at a time."""

from collections.abc import Collection
from typing import ClassVar, Final, override

from ..account.schedule import INTERVAL_SECONDS
from ..api.client import Feature
from ..api.errors import ApiError, NotFound, PermissionDenied, RequestRejected
from ..api.models.room import RoomDetails
from ..coordinator import AccountCoordinator
from ..rooms.matching import calendar_id_of
from ..rooms.room import Room
from .updater import BackgroundUpdater, retry_seconds

_DENIED_ROOMS: Final = 12
"""Consecutive rooms without permission for details, after which no details are fetched."""


class DetailsUpdater(BackgroundUpdater[str]):
    """Fetch the details of every room."""

    max_workers: ClassVar[int] = 4

    def __init__(self, coordinator: AccountCoordinator) -> None:
        """Start without details."""
        super().__init__(coordinator)
        self._denied_rooms: frozenset[str] = frozenset()
        self._fetched: dict[str, RoomDetails | None] = {}

    @property
    @override
    def _may_run(self) -> bool:
        """Return whether the background fetches the details; without the list, the polls do."""
        coordinator = self._coordinator
        return coordinator.allows_background and coordinator.fetches_details

    @override
    def _items(self) -> Collection[str]:
        """Return the rooms that have details."""
        rooms = self._coordinator.data.of(Room)
        return [room_id for room_id in rooms if calendar_id_of(room_id) is None]

    @override
    async def _update(self, room_id: str) -> bool:
        """Fetch the details of one room."""
        coordinator = self._coordinator
        try:
            details = await coordinator.client.fetch_details(room_id)
        except ApiError as err:
            self._handle(room_id, err)
            return False
        self._schedule.succeeded(room_id)
        self._denied_rooms = frozenset()
        self._report_success(Feature.DETAILS)
        self._fetched[room_id] = details
        return True

    @override
    def _expire(self, room_id: str) -> None:
        """Note that the details of a room are unknown."""
        self._fetched[room_id] = None

    @override
    def _flush(self) -> None:
        """Publish the details of several rooms at once: each publication costs all listeners."""
        coordinator = self._coordinator
        rooms = coordinator.data.of(Room).keys()
        fetched = {key: self._fetched[key] for key in self._fetched if key in rooms}
        self._fetched.clear()
        coordinator.publish(coordinator.data.with_details(fetched))

    def _handle(self, room_id: str, err: ApiError) -> None:
        """Decide when to fetch the details of one room, or of all, again."""
        match err:
            case PermissionDenied() if not self._note_denied(room_id):
                self._retry(room_id, Feature.DETAILS, err, INTERVAL_SECONDS)
            case NotFound() | RequestRejected():
                self._retry(room_id, Feature.DETAILS, err, INTERVAL_SECONDS)
            case _ if err.account_wide or isinstance(err, PermissionDenied):
                self._flush()
                self._schedule.pause(retry_seconds(err), failing=True)
                self._report_error(Feature.DETAILS, err)
            case _:
                self._retry(room_id, Feature.DETAILS, err, retry_seconds(err))

    def _note_denied(self, room_id: str) -> bool:
        """Count a room without permission for details, and return whether the limit is reached."""
        self._denied_rooms |= {room_id}
        rooms = len(self._coordinator.data.of(Room))
        if len(self._denied_rooms) < min(_DENIED_ROOMS, rooms):
            return False
        self._denied_rooms = frozenset()
        return True
