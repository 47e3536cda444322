"""Quanshi conferences and the rooms they are held in.

Source: the vendor's pages of the /confopenapi/ interfaces.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, override

from ..client import LiveStatus, TrackedConference, VendorClient
from ..errors import ApiError, NotFound, RequestRejected
from ..limits import RequestLimits
from ..models.conference import Conference, ConferenceRun, rooms_in_use
from ..transport import Transport
from .conferences import ConferenceTracker
from .occurrences import Occurrences, RoomRow, not_ended_before
from .requests import QuanshiAccount, QuanshiRequests, is_limited_to_api

DEFAULT_BASE_URL: Final = "https://openapi.quanshi.com"

_BACK: Final = timedelta(hours=12)
_AHEAD: Final = timedelta(hours=24)


class QuanshiClient(VendorClient):
    """The bookings of one host, and the rooms of the company."""

    # The vendor tells no limit.
    limits: ClassVar = RequestLimits(per_minute=60, burst=30)
    features: ClassVar = frozenset()
    page_size: ClassVar = 1000

    def __init__(
        self,
        transport: Transport,
        account: QuanshiAccount,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """Take the way out, the credentials and the clock."""
        self.budget = transport.budget
        self._calls = QuanshiRequests(transport, account)
        self._now = now
        self._rooms: dict[str, RoomRow] = {}
        self._bookings: dict[str, Occurrences] = {}
        self._conferences = ConferenceTracker(self._calls, now)

    @override
    async def fetch_live(
        self, tracked: Collection[TrackedConference] = ()
    ) -> LiveStatus:
        """Return the host's conferences from 12 hours back to 24 hours ahead, and all rooms.

        A room is in use while a running conference holds it, else idle. The bookings that are
        known stay where not all could be read.
        """
        now = self._now()
        bookings, bookings_whole = await self._calls.bookings(now - _BACK, now + _AHEAD)
        rooms_complete = await self._read_rooms()
        others, others_told = await self._read_watched(
            one.event_id for one in tracked if one.event_id not in bookings
        )
        bookings |= others
        if not bookings_whole:
            earliest = self._now() - _BACK
            bookings = {**not_ended_before(earliest, self._bookings), **bookings}
        self._bookings = bookings
        given = {one.event_id: one.run_id for one in tracked if one.run_id is not None}
        conferences = await self._conferences.follow(bookings, given)
        in_use = rooms_in_use(conferences.values(), self._now())
        return LiveStatus(
            rooms={
                room_id: room.summary(in_use=in_use.get(room_id, False))
                for room_id, room in self._rooms.items()
            },
            rooms_complete=rooms_complete,
            conferences=conferences,
            conferences_complete=bookings_whole and others_told,
        )

    @override
    async def find_conference(
        self, *, event_id: str | None, pcode: str | None, run_id: str | None
    ) -> Conference:
        """Return one conference, by its event id or its host's password.

        A run that is given must be one of its own.
        """
        try:
            bookings, _ = await self._calls.booking(event_id=event_id, pcode=pcode)
        except RequestRejected as err:
            raise NotFound(code=err.code) from None
        given = {} if run_id is None else dict.fromkeys(bookings, run_id)
        memory = ConferenceTracker(self._calls, self._now)
        found = await memory.follow(bookings, given)
        if not found:
            raise NotFound
        conference = next(iter(found.values()))
        if run_id is not None:
            run = memory.run(run_id) or await self._find_run(run_id)
            if not run.is_of(conference.event_id):
                raise NotFound
        return conference

    async def _read_rooms(self) -> bool:
        """Read every room, and return whether the list was whole.

        The rooms that are known stay where just this call fails.
        """
        try:
            found = await self._calls.rooms()
        except ApiError as err:
            if not is_limited_to_api(err) or not (self._rooms or err.item_only):
                raise
            return False
        rooms = {room.room_id: room for room in found.rows if room.room_id is not None}
        self._rooms = rooms if found.whole else {**self._rooms, **rooms}
        return found.whole

    async def _read_watched(
        self, event_ids: Iterable[str]
    ) -> tuple[dict[str, Occurrences], bool]:
        """Return bookings that are not among the host's next ones, and whether all are told.

        Where the vendor refuses one, the codes do not say whether it is gone: what was known
        of it stands, until its live state says that it does not exist. Where just this call
        fails, no other is asked for.
        """
        bookings = {
            event_id: self._bookings.get(event_id, ()) for event_id in event_ids
        }
        told = dict.fromkeys(bookings, False)
        for event_id, last in bookings.items():
            try:
                found, whole = await self._calls.watched_booking(event_id)
            except ApiError as err:
                told[event_id] = isinstance(err, RequestRejected)
                if err.item_only:
                    continue
                break
            turns = found.get(event_id, () if whole and not found else last)
            told[event_id] = whole and not found
            bookings[event_id] = turns
        return bookings, all(told[each] or bookings[each] for each in bookings)

    async def _find_run(self, run_id: str) -> ConferenceRun:
        """Return a run that the user named; NotFound where just this run cannot be read."""
        try:
            return await self._calls.run(run_id)
        except ApiError as err:
            if not err.item_only:
                raise
            raise NotFound(code=err.code) from None
