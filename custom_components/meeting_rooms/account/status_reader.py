"""Where the live states of an account come from: its list of rooms, or the rooms one by one."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any, Final, Self

from ..api.budget import Tier
from ..api.client import LiveStatus, TrackedConference, VendorClient
from ..api.errors import (
    ApiError,
    CannotConnect,
    InvalidAuth,
    NotFound,
    PermissionDenied,
)
from ..api.models.room import RoomDetails
from ..const import CONF_ALL_ROOMS, CONF_PLACES, CONF_ROOMS, DETAILS_INTERVAL, LOGGER
from ..rooms.places import places_of
from .presence import SETTLED_AFTER

_ROOMS_PER_READING: Final = 12
_UNREACHABLE_AFTER: Final = 2
"""Rooms in a row that cannot be reached, after which no other is tried in this reading."""
_ASK_AGAIN_SECONDS: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSelection:
    """Which rooms of an account are followed: all of them, those at some places, or those named."""

    all_rooms: bool = True
    room_ids: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """Return the choice that the options of an account tell."""
        all_rooms = options.get(CONF_ALL_ROOMS, True)
        return cls(
            all_rooms=all_rooms,
            room_ids=tuple(options.get(CONF_ROOMS, ())),
            places=tuple(options.get(CONF_PLACES, ())) if all_rooms else (),
        )

    @property
    def restricted(self) -> bool:
        """Return whether there may be rooms that are not followed."""
        return not self.all_rooms or bool(self.places)

    def follows(self, room_id: str) -> bool:
        """Return whether a room is followed if it is at the right place."""
        return self.all_rooms or room_id in self.room_ids

    def covers(self, location: str | None) -> bool:
        """Return whether rooms at a location are followed."""
        return not self.places or any(
            place in self.places for place in places_of(location)
        )


@dataclass(slots=True)
class SingleRoomUpdates:
    """Rooms that were read one by one, because the list does not tell them."""

    details: dict[str, RoomDetails] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    waiting: frozenset[str] = frozenset()
    """Rooms whose turn has not come."""
    not_found: set[str] = field(default_factory=set)
    refused: bool = False
    """Whether the details refused the credentials, which the list takes."""

    @property
    def present(self) -> set[str]:
        """Return the rooms that the vendor did not say to be unknown."""
        return self.tried - self.not_found


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusUpdate:
    """What one poll brought; `listed` is None where the list is not granted."""

    listed: LiveStatus | None
    single: SingleRoomUpdates
    empty_places: tuple[str, ...] = ()
    """Chosen places that have lost all their rooms, or all of them if none has any."""


class StatusReader:
    """Read the live states, by the cheapest way that the account is allowed to go."""

    def __init__(self, client: VendorClient, choice: RoomSelection) -> None:
        """Take the client to ask, and the rooms that are followed."""
        self._client = client
        self._choice = choice
        self.exceptional = False
        """Whether the last reading took more of the list than the others do."""
        self._turns = list(choice.room_ids)
        self._list_again = 0.0
        self._details_again = 0.0
        self._elsewhere: frozenset[str] = frozenset()
        self._empty_places: tuple[str, ...] = ()
        self._places_with_rooms: frozenset[str] = frozenset()
        self._unlisted: frozenset[str] = frozenset()
        self._missing: frozenset[str] = frozenset()
        self._whole_readings = 0
        self._whole_again = 0.0

    def follows(self, room_id: str) -> bool:
        """Return whether a room is followed, as far as it is known where it is."""
        return self._choice.follows(room_id) and room_id not in self._elsewhere

    @property
    def one_by_one(self) -> bool:
        """Return whether rooms are read one by one, because the list is not granted."""
        return self._list_again > monotonic()

    @property
    def details_refused(self) -> bool:
        """Return whether the details refused the credentials, and are not to get them now."""
        return self._details_again > monotonic()

    def leave_details(self) -> None:
        """Do not send the credentials to the details again for an hour: these refuse them."""
        self._details_again = monotonic() + _ASK_AGAIN_SECONDS

    async def read(
        self, watched: tuple[TrackedConference, ...], known: Collection[str] = ()
    ) -> StatusUpdate:
        """Return the list's reading, and the details of chosen rooms that it does not tell.

        The known rooms are those followed by now. Raises ApiError.
        """
        self.exceptional = False
        if not self.one_by_one:
            needed = frozenset(known) - self._unlisted
            narrow = self._choice.restricted and bool(needed)
            self.exceptional = narrow and self._wants_whole_list(needed)
            only = needed if narrow and not self.exceptional else None
            try:
                reading = await self._client.fetch_live(watched)
                if not reading.rooms:
                    # No office loses all its rooms at once; a vendor in trouble says so.
                    reading = replace(reading, rooms_complete=False)
                if self._choice.places and only is None and reading.rooms_complete:
                    self._look_for_places(reading)
                if self._empty_places:
                    # It may be called otherwise now: its rooms are not known to be gone.
                    reading = replace(reading, rooms_complete=False)
                listed = self._chosen_of(reading, known)
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
                single = await self._read_beside_list(self._next_turns(unlisted))
                single.waiting = frozenset(unlisted) - single.tried
                self._unlisted = (self._unlisted & single.waiting) | {*single.details}
                self._missing = needed - {
                    *listed.rooms,
                    *single.waiting,
                    *self._unlisted,
                }
                if only is None:
                    self._note_whole_list()
                return StatusUpdate(
                    listed=listed, single=single, empty_places=self._empty_places
                )
        single, failure = await self._read_one_by_one(
            self._next_turns(self._choice.room_ids)
        )
        if failure is not None and (
            not single.details or isinstance(failure, InvalidAuth)
        ):
            raise failure
        return StatusUpdate(listed=None, single=single)

    def _wants_whole_list(self, needed: frozenset[str]) -> bool:
        """Return whether to read the whole list: for what is new, or for what is missing."""
        return self._whole_again <= monotonic() or bool(self._missing & needed)

    def _note_whole_list(self) -> None:
        """See when to read the whole list again, after the first few times."""
        self._whole_readings += 1
        if self._whole_readings >= SETTLED_AFTER:
            self._whole_again = monotonic() + DETAILS_INTERVAL.total_seconds()

    def _chosen_of(self, reading: LiveStatus, known: Collection[str]) -> LiveStatus:
        """Return a reading without the rooms that are not followed."""
        if not self._choice.restricted:
            return reading
        rooms = {
            room_id: room
            for room_id, room in reading.rooms.items()
            if self._choice.follows(room_id)
            and (
                self._choice.covers(room.location)
                or (room_id in known and self._may_be_where_it_was(room.location))
            )
        }
        placed = {
            room_id
            for room_id, row in reading.rooms.items()
            if not self._may_be_where_it_was(row.location)
        }
        self._elsewhere = (self._elsewhere | placed) - rooms.keys()
        return replace(reading, rooms=rooms)

    def _look_for_places(self, reading: LiveStatus) -> None:
        """See which of the chosen places are no longer those of any room of the whole list."""
        told = {
            place for row in reading.rooms.values() for place in places_of(row.location)
        }
        with_rooms = told.intersection(self._choice.places)
        lost = self._places_with_rooms - with_rooms
        self._empty_places = tuple(
            place for place in self._choice.places if not with_rooms or place in lost
        )
        self._places_with_rooms |= with_rooms

    def _may_be_where_it_was(self, location: str | None) -> bool:
        """Return whether a row elsewhere leaves open that its room was not moved.

        It does where it lost its location, and while nobody knows what became of a place.
        """
        return not places_of(location) or bool(self._empty_places)

    def _next_turns(self, room_ids: Collection[str]) -> list[str]:
        """Return the rooms whose turn it is, of those that are to be read one by one."""
        wanted = frozenset(room_ids)
        turns = [each for each in self._turns if each in wanted][:_ROOMS_PER_READING]
        self._turns = [each for each in self._turns if each not in turns] + turns
        return turns

    async def _read_beside_list(self, room_ids: Collection[str]) -> SingleRoomUpdates:
        """Return the details of rooms; whatever is wrong with them, the list stands."""
        if self.details_refused:
            return SingleRoomUpdates(tried={*room_ids})
        single, failure = await self._read_one_by_one(room_ids)
        if isinstance(failure, InvalidAuth):
            single.refused = True
            self.leave_details()
        return single

    async def _read_one_by_one(
        self, room_ids: Collection[str]
    ) -> tuple[SingleRoomUpdates, ApiError | None]:
        """Return the details of rooms and the last trouble; one room's trouble is its own.

        No room is tried after a trouble that any other would meet too.
        """
        single = SingleRoomUpdates()
        failure: ApiError | None = None
        unreachable = 0
        for room_id in room_ids:
            single.tried.add(room_id)
            try:
                single.details[room_id] = await self._client.fetch_details(
                    room_id, Tier.STATUS
                )
            except NotFound:
                single.not_found.add(room_id)
            except ApiError as err:
                failure = err.again()
                unreachable += isinstance(err, CannotConnect)
                if err.account_wide or unreachable == _UNREACHABLE_AFTER:
                    break
        return single, failure
