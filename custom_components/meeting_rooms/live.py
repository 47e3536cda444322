"""Where the live states of an account come from: its list of rooms, or the rooms one by one."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Final

from .api.budget import Tier
from .api.client import LiveReading, VendorClient, WatchedConference
from .api.errors import ApiError, CannotConnect, NotFound, PermissionDenied, RateLimited
from .api.models import RoomDetails
from .const import LOGGER

_ROOMS_PER_READING: Final = 12
_UNREACHABLE_AFTER: Final = 2
"""Rooms in a row that cannot be reached, after which no other is tried in this reading."""
_ASK_AGAIN_SECONDS: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChoice:
    """Which rooms of an account are followed: all of them, or those named."""

    all_rooms: bool = True
    room_ids: tuple[str, ...] = ()

    def follows(self, room_id: str) -> bool:
        """Return whether a room is followed."""
        return self.all_rooms or room_id in self.room_ids


@dataclass(slots=True)
class SingleReadings:
    """Rooms that were read one by one, because the list does not tell them."""

    details: dict[str, RoomDetails] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    not_found: set[str] = field(default_factory=set)

    @property
    def present(self) -> set[str]:
        """Return the rooms that the vendor did not say to be unknown."""
        return self.tried - self.not_found


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What one poll brought; `listed` is None where the list is not granted."""

    listed: LiveReading | None
    single: SingleReadings


class LiveSource:
    """Read the live states, by the cheapest way that the account is allowed to go."""

    def __init__(self, client: VendorClient, choice: RoomChoice) -> None:
        """Take the client to ask, and the rooms that are followed."""
        self._client = client
        self._choice = choice
        self._turns = list(choice.room_ids)
        self._list_again = 0.0

    @property
    def one_by_one(self) -> bool:
        """Return whether rooms are read one by one, because the list is not granted."""
        return self._list_again > monotonic()

    async def read(self, watched: tuple[WatchedConference, ...]) -> Live:
        """Return the list's reading, and the details of chosen rooms that it does not tell.

        Raises ApiError.
        """
        if not self.one_by_one:
            try:
                listed = self._chosen_of(await self._client.read_live(watched))
            except PermissionDenied:
                if self._choice.all_rooms:
                    raise
                LOGGER.info(
                    "The list of rooms is not granted; reading rooms one by one"
                )
                self._list_again = monotonic() + _ASK_AGAIN_SECONDS
            else:
                unlisted = [
                    room_id
                    for room_id in self._choice.room_ids
                    if not self._choice.all_rooms and room_id not in listed.rooms
                ]
                single, _ = await self._read_one_by_one(unlisted)
                return Live(listed=listed, single=single)
        single, failure = await self._read_one_by_one(self._next_turns())
        if failure is not None and not single.details:
            raise failure
        return Live(listed=None, single=single)

    def _chosen_of(self, reading: LiveReading) -> LiveReading:
        """Return a reading without the rooms that are not followed."""
        if self._choice.all_rooms:
            return reading
        rooms = {
            room_id: room
            for room_id, room in reading.rooms.items()
            if self._choice.follows(room_id)
        }
        return replace(reading, rooms=rooms)

    def _next_turns(self) -> list[str]:
        """Return the rooms whose turn it is."""
        turns = self._turns[:_ROOMS_PER_READING]
        self._turns = [*self._turns[len(turns) :], *turns]
        return turns

    async def _read_one_by_one(
        self, room_ids: Collection[str]
    ) -> tuple[SingleReadings, ApiError | None]:
        """Return the details of rooms and the last trouble; one room's trouble is its own.

        Raises an ApiError that any other room would meet too.
        """
        single = SingleReadings()
        failure: ApiError | None = None
        unreachable = 0
        for room_id in room_ids:
            single.tried.add(room_id)
            try:
                single.details[room_id] = await self._client.read_details(
                    room_id, Tier.STATUS
                )
            except NotFound:
                single.not_found.add(room_id)
            except RateLimited as err:
                return single, err
            except ApiError as err:
                if err.stops_account:
                    raise
                failure = err
                unreachable += isinstance(err, CannotConnect)
                if unreachable == _UNREACHABLE_AFTER:
                    break
        return single, failure
