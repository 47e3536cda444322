"""Fetch the status of an account's rooms: from their list, or room by room."""

from collections.abc import Collection
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from ..api.budget import Tier
from ..api.client import LiveStatus, TrackedConference, VendorClient
from ..api.errors import (
    ApiError,
    CannotConnect,
    InvalidAuth,
    NotFound,
    PermissionDenied,
    TokenRejected,
)
from ..api.limits import DENIED_SECONDS
from ..api.models.room import RoomDetails
from ..const import LOGGER
from .calendar_rooms import CalendarRooms
from .selection import SelectedRooms

_ROOMS_PER_POLL: Final = 12
_UNREACHABLE_AFTER: Final = 2
"""Consecutive rooms that cannot be fetched, after which a poll stops."""


@dataclass(slots=True)
class StatusUpdate:
    """The result of a poll: the list of rooms, and the details of rooms that are not in it."""

    listed: LiveStatus | None = None
    """None where the account is not permitted to fetch the list."""
    details: dict[str, RoomDetails] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    waiting: frozenset[str] = frozenset()
    """The rooms that a later poll fetches."""
    not_found: set[str] = field(default_factory=set)
    details_refused: bool = False
    """Whether the API of details refused the credentials, which the list accepts."""


class StatusReader:
    """Fetch the status of the selected rooms, from the list where the account is permitted to."""

    def __init__(
        self, client: VendorClient, rooms: SelectedRooms, calendar_rooms: CalendarRooms
    ) -> None:
        """Use the account's client, and the rooms that only the booking calendar has."""
        self._client = client
        self._calendar_rooms = calendar_rooms
        self._rooms = rooms
        self._queue = [*rooms.room_ids]
        self._list_denied_until = 0.0
        self._details_refused_until = 0.0

    @property
    def one_by_one(self) -> bool:
        """Return whether each room is fetched separately, because the list is not permitted."""
        return self._list_denied_until > monotonic()

    @property
    def details_refused(self) -> bool:
        """Return whether the details have refused the credentials within the last hour."""
        return self._details_refused_until > monotonic()

    def refuse_details(self) -> None:
        """Do not send the credentials to the API of details again for an hour."""
        self._details_refused_until = monotonic() + DENIED_SECONDS

    async def fetch(
        self, tracked: Collection[TrackedConference], known: Collection[str]
    ) -> StatusUpdate:
        """Return the status of the rooms; the known ones were selected before."""
        if not self.one_by_one:
            try:
                return await self._fetch_list(tracked, known)
            except PermissionDenied:
                if self._rooms.all_rooms:
                    raise
                if not self._list_denied_until:
                    LOGGER.info(
                        "The list of rooms is not permitted: fetching each room"
                    )
                self._list_denied_until = monotonic() + DENIED_SECONDS
        return await self._fetch_without_list()

    async def _fetch_list(
        self, tracked: Collection[TrackedConference], known: Collection[str]
    ) -> StatusUpdate:
        """Return the list, and the details of selected rooms that it does not contain."""
        status = await self._client.fetch_live(tracked)
        status = await self._calendar_rooms.extended(status)
        if self._list_denied_until:
            LOGGER.info("The list of rooms is permitted again")
            self._list_denied_until = 0.0
        listed = self._rooms.reduce(status, known)
        update = StatusUpdate(listed=listed)
        if self._rooms.all_rooms:
            return update
        unlisted = frozenset(self._queue).difference(listed.rooms)
        rooms = self._next_rooms(unlisted)
        if self.details_refused:
            update.tried.update(rooms)
        elif isinstance(
            await self._fetch_rooms(update, rooms), InvalidAuth | TokenRejected
        ):
            update.details_refused = True
            self.refuse_details()
        update.waiting = unlisted - update.tried
        return update

    async def _fetch_without_list(self) -> StatusUpdate:
        """Return the details of the selected rooms; raise ApiError where none can be fetched."""
        update = StatusUpdate()
        failure = await self._fetch_rooms(update, self._next_rooms(self._queue))
        if failure is not None and (
            not update.details or isinstance(failure, InvalidAuth)
        ):
            raise failure
        return update

    def _next_rooms(self, room_ids: Collection[str]) -> list[str]:
        """Return the rooms of this poll, and put them at the end of the queue."""
        rooms = [each for each in self._queue if each in room_ids][:_ROOMS_PER_POLL]
        self._queue = [each for each in self._queue if each not in rooms] + rooms
        return rooms

    async def _fetch_rooms(
        self, update: StatusUpdate, room_ids: Collection[str]
    ) -> ApiError | None:
        """Add the details of rooms to an update, and return the last error.

        No room is tried after an error that any other would meet too.
        """
        failure: ApiError | None = None
        unreachable = 0
        for room_id in room_ids:
            update.tried.add(room_id)
            try:
                update.details[room_id] = await self._client.fetch_details(
                    room_id, Tier.STATUS
                )
            except NotFound:
                update.not_found.add(room_id)
            except ApiError as err:
                failure = err
                unreachable += isinstance(err, CannotConnect)
                if err.account_wide or unreachable == _UNREACHABLE_AFTER:
                    break
        return failure
