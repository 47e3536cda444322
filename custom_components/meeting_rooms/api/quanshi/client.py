"""The client of Quanshi."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import ClassVar, Final, override

from ..budget import Tier
from ..client import Feature, Listing, LiveStatus, TrackedConference, VendorClient
from ..errors import ApiError, InvalidResponse, NotFound, RequestRejected
from ..limits import RequestLimits
from ..models.booking import Booking, HostBooking
from ..models.conference import Conference
from ..transport import Transport
from .booking import QuanshiBooking
from .occurrences import Occurrences, between, by_event, reduced_bookings
from .requests import QuanshiAccount, QuanshiRequests
from .reservations import Reservations
from .rooms import QuanshiRoom, summarize_rooms
from .tracker import ConferenceTracker

DEFAULT_BASE_URL: Final = "https://openapi.quanshi.com"

_BACK: Final = timedelta(hours=12)
# Today and tomorrow in any time zone.
_BOOKINGS_BACK: Final = timedelta(hours=24)
_BOOKINGS_AHEAD: Final = timedelta(hours=48)


class QuanshiClient(VendorClient):
    """The bookings of one host, and the rooms of the company."""

    # The vendor documents no limit.
    limits: ClassVar = RequestLimits(per_minute=60, burst=30)
    features = frozenset({Feature.HOST_BOOKINGS})
    page_size: ClassVar = 1000

    def __init__(self, transport: Transport, account: QuanshiAccount) -> None:
        """Use a transport and the credentials."""
        self.budget = transport.budget
        self._requests = QuanshiRequests(transport, account)
        self._rooms: dict[str, QuanshiRoom] = {}
        self._listed: dict[str, Occurrences] | None = None
        """The bookings of the list; None while they are unknown."""
        self._followed: dict[str, Occurrences] = {}
        """The bookings whose conferences are reported."""
        self._running: set[str] = set()
        self._tracker = ConferenceTracker(self._requests)
        self._reservations = Reservations()

    @override
    async def fetch_live(
        self, tracked: Collection[TrackedConference] = ()
    ) -> LiveStatus:
        """Return the company's rooms, the host's conferences and the tracked ones.

        The host's are those from 12 hours back to 24 hours ahead, and earlier ones until they
        have ended; the bookings are those from 24 hours back to 48 hours ahead. Raises only
        where the list of bookings fails. Where another API fails, live states and runs are kept
        for two polls, and rooms and tracked bookings until the API succeeds again.
        """
        self._apply_titles()
        now = datetime.now(UTC)
        found = await self._fetch_list(now)
        listed = self._listed or {}
        rooms_complete = await self._fetch_rooms()
        others, others_complete = await self._fetch_tracked(
            each.event_id for each in tracked if each.event_id not in found.items
        )
        followed = between(now - _BACK, now + _BOOKINGS_AHEAD, listed)
        kept = {each.event_id for each in tracked} | self._running
        followed |= {
            event_id: occurrences
            for event_id in kept - followed.keys()
            if (occurrences := listed.get(event_id, self._followed.get(event_id)))
        }
        self._followed = followed | others
        runs = {each.event_id: each.run_id for each in tracked if each.run_id}
        conferences = await self._tracker.update(self._followed, runs)
        self._running = self._still_running(conferences)
        self._reservations.update(self._tracker.missing)
        rows = [*chain.from_iterable((followed | listed | others).values())]
        known = self._listed is not None
        return LiveStatus(
            rooms=summarize_rooms(self._rooms, conferences.values()),
            rooms_complete=rooms_complete,
            conferences=conferences,
            conferences_complete=found.complete and others_complete,
            bookings=self._reservations.of_rooms(rows) if known else None,
            host_bookings=self._reservations.of_host(rows) if known else None,
            denied=self._requests.denied,
        )

    @override
    async def fetch_bookings(
        self, room_id: str, start: datetime, end: datetime, tier: Tier = Tier.BOOKINGS
    ) -> tuple[Booking, ...]:
        """Return the host's bookings of one room that overlap a span of at most 31 days."""
        if self._rooms and room_id not in self._rooms:
            raise NotFound
        return (await self.fetch_calendar(start, end, tier)).get(room_id, ())

    @override
    async def fetch_calendar(
        self, start: datetime, end: datetime, tier: Tier = Tier.BOOKINGS
    ) -> Mapping[str, tuple[Booking, ...]]:
        """Return the host's bookings of all rooms that overlap a span of at most 31 days."""
        found = self._reservations.of_rooms(await self._fetch_rows(start, end, tier))
        return {
            room_id: tuple(
                each for each in bookings if each.start < end and start < each.end
            )
            for room_id, bookings in found.items()
        }

    @override
    async def fetch_host_bookings(
        self, start: datetime, end: datetime, tier: Tier = Tier.BOOKINGS
    ) -> tuple[HostBooking, ...]:
        """Return the host's bookings that overlap a span of at most 31 days."""
        found = self._reservations.of_host(await self._fetch_rows(start, end, tier))
        return tuple(each for each in found if each.start < end and start < each.end)

    async def _fetch_rows(
        self, start: datetime, end: datetime, tier: Tier
    ) -> tuple[QuanshiBooking, ...]:
        """Return the host's bookings in a period; InvalidResponse where none can be parsed."""
        self._apply_titles()
        listed = await self._requests.bookings(start, end, tier)
        if not listed.items and not listed.complete:
            raise InvalidResponse("no bookings")
        return listed.items

    @override
    async def find_conference(
        self, *, event_id: str | None, pcode: str | None, run_id: str | None
    ) -> Conference:
        """Return one conference by its event id or the host's password.

        Raises NotFound also where `run_id` is not one of its runs.
        """
        self._apply_titles()
        try:
            found = await self._requests.booking(event_id=event_id, pcode=pcode)
        except RequestRejected as err:
            raise NotFound(code=err.code) from None
        bookings = by_event(found.items)
        tracker = ConferenceTracker(self._requests)
        runs = {} if run_id is None else dict.fromkeys(bookings, run_id)
        conferences = await tracker.update(bookings, runs)
        conference = next(iter(conferences.values()), None)
        if conference is None:
            raise NotFound
        if run_id is not None:
            try:
                run = await self._requests.run(run_id)
            except ApiError as err:
                if not err.item_only:
                    raise
                raise NotFound(code=err.code) from None
            if not run.belongs_to(conference.event_id):
                raise NotFound
        return conference

    def _apply_titles(self) -> None:
        """Drop the texts that must not be kept since `titles` was changed."""
        if self._requests.titles is self.titles:
            return
        self._requests.titles = self.titles
        if self._listed is not None:
            self._listed = reduced_bookings(self._listed, self.titles)
        self._followed = reduced_bookings(self._followed, self.titles)
        self._tracker.apply_titles(self.titles)

    async def _fetch_list(self, now: datetime) -> Listing[dict[str, Occurrences]]:
        """Fetch the list of bookings; an incomplete one keeps the others that have not ended."""
        start, end = now - _BOOKINGS_BACK, now + _BOOKINGS_AHEAD
        listed = await self._requests.bookings(start, end)
        found = by_event(listed.items)
        if listed.complete:
            self._listed = found
        elif found or self._listed is not None:
            self._listed = between(start, end, self._listed or {}) | found
        return Listing(found, listed.complete)

    def _still_running(self, conferences: Mapping[str, Conference]) -> set[str]:
        """Return the conferences that run until their live state says that they are over."""
        return {
            event_id
            for event_id, conference in conferences.items()
            if conference.in_progress
            or (conference.in_progress is None and event_id in self._running)
        }

    async def _fetch_rooms(self) -> bool:
        """Fetch every room, and return whether the list is complete."""
        try:
            found = await self._requests.rooms()
        except ApiError:
            return False
        rooms = {room.room_id: room for room in found.items if room.room_id is not None}
        self._rooms = rooms if found.complete else self._rooms | rooms
        return found.complete

    async def _fetch_tracked(
        self, event_ids: Iterable[str]
    ) -> tuple[dict[str, Occurrences], bool]:
        """Return bookings that the list does not contain, and whether all are confirmed.

        A booking that the vendor rejects is kept until its live state says that it does not
        exist, because the codes do not say why.
        """
        bookings = {each: self._followed.get(each, ()) for each in event_ids}
        unconfirmed = {*bookings}
        for event_id in bookings:
            try:
                found = await self._requests.booking(event_id=event_id)
            except RequestRejected:
                unconfirmed.remove(event_id)
            except ApiError as err:
                if not err.item_only:
                    break
            else:
                if found.complete and not found.items:
                    unconfirmed.remove(event_id)
                    bookings[event_id] = ()
                elif rows := by_event(found.items).get(event_id):
                    bookings[event_id] = rows
        return bookings, not any(bookings[each] == () for each in unconfirmed)
