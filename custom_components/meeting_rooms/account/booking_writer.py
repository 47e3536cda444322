"""Make and release bookings at the vendor, and leave no meeting without a room."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from time import monotonic
from typing import Final

from ..api.client import Feature, NewBooking, VendorClient
from ..api.errors import ApiError, NotFound, OutcomeUnknown, PermissionDenied
from ..const import LOGGER
from ..rooms.schedule import Span
from .issues import AccountIssues
from .room_schedules import Bookings
from .written_bookings import WriteState, WrittenBooking, WrittenBookings

_BOOKS: Final = frozenset({"book_room", "release_room"})
"""The APIs that a booking calendar has, with permissions of its own."""

RETRY_SECONDS: Final = 600.0
"""How late a vendor may carry out a request, and the time between two looks for its effect."""

type ReadBookings = Callable[[str, str, datetime, datetime], Awaitable[Bookings | None]]
"""Return the vendor's bookings of a room now; None where it denies them. Raises ApiError."""


class BookingWriter:
    """Send writes, each once, and note on disk what may have to be undone."""

    def __init__(
        self,
        client: VendorClient,
        issues: AccountIssues,
        written: WrittenBookings,
        read: ReadBookings,
    ) -> None:
        """Use the client of the account."""
        self._client = client
        self._issues = issues
        self._written = written
        self._read = read
        self._sent: dict[str, NewBooking] = {}
        """Who booked what, for each booking whose id is unknown; it is not stored."""
        self._looked_for: dict[str, float] = {}
        """When each unsettled booking was first looked for, by a time of the monotonic clock."""

    async def send[T](self, api: str, response: Awaitable[T]) -> T:
        """Return the response to a write, and report whether it is permitted. Raises ApiError."""
        try:
            result = await response
        except PermissionDenied:
            in_calendar = (
                Feature.BOOKING_CALENDAR in self._client.features and api in _BOOKS
            )
            self._issues.report_denied_write(api, in_calendar=in_calendar)
            raise
        self._issues.report(api, delete_after=1)
        return result

    async def make(self, room_id: str, new: NewBooking) -> str:
        """Book a room, and return the id of the booking. Raises ApiError.

        After an error, the meeting is cancelled; with OutcomeUnknown, the booking is unsettled.
        """
        meeting_id = await self.send("create_meeting", self._client.create_meeting(new))
        written = WrittenBooking(
            room_id=room_id,
            calendar_id=new.room_id,
            span=Span(new.start, new.end),
            meeting_id=meeting_id,
        )
        await self._written.async_set(written)
        try:
            booking_id = await self.send(
                "book_room", self._client.book_room(new, meeting_id)
            )
        except OutcomeUnknown:
            if meeting_id is None:
                self._sent[written.key] = replace(new, subject="")
            raise
        except ApiError:
            await self._cancel(written)
            raise
        await self._written.async_set(
            replace(written, booking_id=booking_id, state=WriteState.MADE)
        )
        return booking_id

    def forget_ended(self) -> None:
        """Forget what was sent for bookings that are not unsettled any more."""
        keys = {each.key for each in self._written.unsettled}
        for kept in (self._sent, self._looked_for):
            for key in kept.keys() - keys:
                del kept[key]

    async def doubt(self, room_id: str, booking_id: str) -> str | None:
        """Unsettle a booking that the vendor has confirmed, but does not list; return its key."""
        if (written := self._written.find(room_id, booking_id)) is None:
            return None
        await self._written.async_set(replace(written, state=WriteState.PENDING))
        return written.key

    async def release(self, room_id: str, calendar_id: str, booking_id: str) -> None:
        """Release a room; cancel the meeting if it was created for the booking. Raises ApiError.

        With OutcomeUnknown, a booking that was made here is unsettled.
        """
        if (written := self._written.find(room_id, booking_id)) is None:
            await self._release(calendar_id, booking_id)
            return
        self._forget(written)
        await self._written.async_set(replace(written, state=WriteState.PENDING))
        try:
            await self._release(calendar_id, booking_id)
        except OutcomeUnknown:
            raise
        except NotFound:
            await self._after_rejection(written)
            raise
        except ApiError:
            await self._written.async_set(written)
            raise
        await self._cancel(written)

    async def settle(self, written: WrittenBooking) -> bool:
        """Keep a booking that the vendor has, and cancel the meeting of one that it has not.

        It is looked for a second time where the vendor may carry out the request late.
        Return whether the vendor has answered; otherwise the state stays as it is.
        """
        if written.state is WriteState.CANCELLING:
            return await self._cancel(written)
        try:
            booking_id = await self._look_up(written)
        except ApiError as err:
            LOGGER.debug("The outcome of a booking is still unknown: %s", err)
            return False
        if self._may_change(written, listed=booking_id is not None):
            return True
        if booking_id is None:
            return await self._cancel(written)
        self._forget(written)
        await self._written.async_set(
            replace(written, booking_id=booking_id, state=WriteState.MADE)
        )
        return True

    def _may_change(self, written: WrittenBooking, *, listed: bool) -> bool:
        """Return whether the vendor may still carry out a request that was looked for.

        A release takes a booking with an id from the list. A booking without a meeting appears.
        """
        first = self._looked_for.setdefault(written.key, monotonic())
        if monotonic() - first >= RETRY_SECONDS:
            return False
        if written.booking_id is not None:
            return listed
        return written.key in self._sent and not listed

    async def _look_up(self, written: WrittenBooking) -> str | None:
        """Return the id of a booking if the vendor has it. Raises ApiError.

        One without a known id is ours only if the same member has booked the same span. Who
        booked is not stored: after a restart, such a booking is not recognized.
        """
        if written.known_id is None:
            if (sent := self._sent.get(written.key)) is None:
                return None
            found_id = await self._client.find_booking(sent)
            is_other = self._written.find(written.room_id, found_id) is not None
            return None if is_other else found_id
        return written.known_id if await self._is_listed(written) else None

    async def _is_listed(self, written: WrittenBooking) -> bool:
        """Return whether the vendor has a booking with a known id. Raises ApiError."""
        span = written.span
        found = await self._read(
            written.room_id, written.calendar_id, span.start, span.end
        )
        if found is None:
            raise PermissionDenied
        return any(each.booking_id == written.known_id for each in found)

    async def _after_rejection(self, written: WrittenBooking) -> None:
        """Keep a booking that cannot be released but is listed; cancel the meeting of another.

        It stays unsettled while the bookings cannot be fetched.
        """
        try:
            is_listed = await self._is_listed(written)
        except PermissionDenied:
            is_listed = False
        except ApiError as err:
            LOGGER.debug("The outcome of a release is still unknown: %s", err)
            return
        if is_listed:
            await self._written.async_set(written)
        else:
            await self._cancel(written)

    def _forget(self, written: WrittenBooking) -> None:
        """Forget what was sent for a booking."""
        self._sent.pop(written.key, None)
        self._looked_for.pop(written.key, None)

    async def _release(self, calendar_id: str, booking_id: str) -> None:
        """Send the request that releases a room. Raises ApiError."""
        await self.send(
            "release_room", self._client.release_room(calendar_id, booking_id)
        )

    async def _cancel(self, written: WrittenBooking) -> bool:
        """Cancel the meeting of a booking that does not exist, and return whether that succeeded.

        If not, it is tried again later.
        """
        if written.meeting_id is not None:
            await self._written.async_set(replace(written, state=WriteState.CANCELLING))
            try:
                await self.send(
                    "cancel_meeting", self._client.cancel_meeting(written.meeting_id)
                )
            except ApiError as err:
                LOGGER.debug("A meeting without a room is cancelled later: %s", err)
                return False
        self._forget(written)
        await self._written.async_drop([written])
        return True
