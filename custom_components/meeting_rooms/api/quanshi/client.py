"""The client of Quanshi."""

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, override

from ..client import LiveStatus, TrackedConference, VendorClient
from ..errors import ApiError, NotFound, RequestRejected
from ..limits import RequestLimits
from ..models.conference import Conference
from ..transport import Transport
from .booking import Occurrences, QuanshiBooking
from .requests import QuanshiAccount, QuanshiRequests
from .rooms import QuanshiRoom, summarize_rooms
from .tracker import ConferenceTracker

DEFAULT_BASE_URL: Final = "https://openapi.quanshi.com"

_BACK: Final = timedelta(hours=12)
_AHEAD: Final = timedelta(hours=24)


class QuanshiClient(VendorClient):
    """The bookings of one host, and the rooms of the company."""

    # The vendor documents no limit.
    limits: ClassVar = RequestLimits(per_minute=60, burst=30)
    features = frozenset()
    page_size: ClassVar = 1000

    def __init__(self, transport: Transport, account: QuanshiAccount) -> None:
        """Use a transport and the credentials."""
        self.budget = transport.budget
        self._requests = QuanshiRequests(transport, account)
        self._rooms: dict[str, QuanshiRoom] = {}
        self._bookings: dict[str, Occurrences] = {}
        self._tracker = ConferenceTracker(self._requests)

    @override
    async def fetch_live(
        self, tracked: Collection[TrackedConference] = ()
    ) -> LiveStatus:
        """Return the company's rooms, the host's conferences and the tracked ones.

        The host's are those from 12 hours back to 24 hours ahead. Raises only where the list of
        bookings fails. Where another API fails, live states and runs are kept for two polls,
        and rooms and tracked bookings until the API succeeds again.
        """
        now = datetime.now(UTC)
        listed = await self._requests.bookings(now - _BACK, now + _AHEAD)
        bookings = _by_event(listed.items)
        rooms_complete = await self._fetch_rooms()
        others, others_complete = await self._fetch_tracked(
            each.event_id for each in tracked if each.event_id not in bookings
        )
        bookings |= others
        if not listed.complete:
            bookings = _not_ended_before(now - _BACK, self._bookings) | bookings
        self._bookings = bookings
        runs = {each.event_id: each.run_id for each in tracked if each.run_id}
        conferences = await self._tracker.update(bookings, runs)
        return LiveStatus(
            rooms=summarize_rooms(self._rooms, conferences.values()),
            rooms_complete=rooms_complete,
            conferences=conferences,
            conferences_complete=listed.complete and others_complete,
            denied=self._requests.denied,
        )

    @override
    async def find_conference(
        self, *, event_id: str | None, pcode: str | None, run_id: str | None
    ) -> Conference:
        """Return one conference by its event id or the host's password.

        Raises NotFound also where `run_id` is not one of its runs.
        """
        try:
            found = await self._requests.booking(event_id=event_id, pcode=pcode)
        except RequestRejected as err:
            raise NotFound(code=err.code) from None
        bookings = _by_event(found.items)
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
        bookings = {each: self._bookings.get(each, ()) for each in event_ids}
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
                elif rows := _by_event(found.items).get(event_id):
                    bookings[event_id] = rows
        return bookings, not any(bookings[each] == () for each in unconfirmed)


def _by_event(rows: Iterable[QuanshiBooking]) -> dict[str, Occurrences]:
    """Return the occurrences of each booking by its event id."""
    occurrences: dict[str, Occurrences] = {}
    for row in rows:
        if row.event_id is not None:
            occurrences[row.event_id] = (*occurrences.get(row.event_id, ()), row)
    return occurrences


def _not_ended_before(
    moment: datetime, bookings: Mapping[str, Occurrences]
) -> dict[str, Occurrences]:
    """Return the bookings with an occurrence that ends at a moment or later."""
    return {
        event_id: occurrences
        for event_id, occurrences in bookings.items()
        if any(each.end is None or each.end >= moment for each in occurrences)
    }
