"""Where the live states of an account come from: its list of rooms, or the rooms one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from time import monotonic
from typing import Final

from .api.client import LiveReading, VendorClient, WatchedConference
from .api.errors import ApiError, PermissionDenied, RateLimited
from .api.models import RoomDetails
from .const import LOGGER

_ROOMS_PER_READING: Final = 40
_ASK_AGAIN_SECONDS: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChoice:
    """Which rooms of an account are followed: all of them, or those named."""

    all_rooms: bool = True
    room_ids: tuple[str, ...] = ()

    def follows(self, room_id: str) -> bool:
        """Return whether a room is followed."""
        return self.all_rooms or room_id in self.room_ids


class LiveSource:
    """Read the live states, by the cheapest way that the account is allowed to go."""

    def __init__(self, client: VendorClient, choice: RoomChoice) -> None:
        """Take the client to ask, and the rooms that are followed."""
        self._client = client
        self._choice = choice
        self._turns = list(choice.room_ids)
        self._list_again = 0.0
        self._limited_until = 0.0

    @property
    def limited(self) -> bool:
        """Return whether the vendor wants to be left alone for a while."""
        return self._limited_until > monotonic()

    @property
    def one_by_one(self) -> bool:
        """Return whether rooms are read one by one, because the list is not granted."""
        return self._list_again > monotonic()

    async def read(
        self, watched: tuple[WatchedConference, ...]
    ) -> LiveReading | Mapping[str, RoomDetails]:
        """Return the list's reading; where it is not granted, details of the chosen rooms.

        Raises ApiError. While the vendor's limit lasts, RateLimited without a call.
        """
        if (left := self._limited_until - monotonic()) > 0:
            raise RateLimited(left)
        try:
            return await self._read(watched)
        except RateLimited as err:
            self._limited_until = monotonic() + err.retry_after
            raise

    async def _read(
        self, watched: tuple[WatchedConference, ...]
    ) -> LiveReading | Mapping[str, RoomDetails]:
        """Return the list's reading, or the details of the chosen rooms."""
        if not self.one_by_one:
            try:
                return self._chosen_of(await self._client.read_live(watched))
            except PermissionDenied:
                if self._choice.all_rooms:
                    raise
                LOGGER.info(
                    "The list of rooms is not granted; reading rooms one by one"
                )
                self._list_again = monotonic() + _ASK_AGAIN_SECONDS
        return await self._read_one_by_one()

    def _chosen_of(self, reading: LiveReading) -> LiveReading:
        """Return a reading without the rooms that are not followed."""
        if self._choice.all_rooms:
            return reading
        rooms = {
            room_id: room
            for room_id, room in reading.rooms.items()
            if self._choice.follows(room_id)
        }
        return LiveReading(
            rooms=rooms,
            rooms_complete=reading.rooms_complete,
            conferences=reading.conferences,
            conferences_complete=reading.conferences_complete,
        )

    async def _read_one_by_one(self) -> Mapping[str, RoomDetails]:
        """Return the details of the rooms whose turn it is; one room's trouble is its own.

        Raises the last ApiError where no room at all could be read.
        """
        found: dict[str, RoomDetails] = {}
        failure: ApiError | None = None
        for room_id in [*islice(self._turns, _ROOMS_PER_READING)]:
            self._turns.remove(room_id)
            self._turns.append(room_id)
            try:
                found[room_id] = await self._client.read_details(room_id)
            except ApiError as err:
                failure = err
                if not err.concerns_one:
                    break
        if failure is not None and not found:
            raise failure
        return found
