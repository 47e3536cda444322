"""Make and release bookings at the vendor, and leave no meeting without a room."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
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
            raise
        except ApiError:
            await self._cancel(written)
            raise
        await self._written.async_set(
            replace(written, booking_id=booking_id, state=WriteState.MADE)
        )
        return booking_id

    async def release(self, room_id: str, calendar_id: str, booking_id: str) -> None:
        """Release a room; cancel the meeting if it was created for the booking. Raises ApiError.

        With OutcomeUnknown, a booking that was made here is unsettled.
        """
        if (written := self._written.find(room_id, booking_id)) is None:
            await self._release(calendar_id, booking_id)
            return
        await self._written.async_set(replace(written, state=WriteState.PENDING))
        try:
            await self._release(calendar_id, booking_id)
        except OutcomeUnknown:
            raise
        except NotFound:
            await self._cancel(written)
            raise
        except ApiError:
            await self._written.async_set(written)
            raise
        await self._cancel(written)

    async def settle(self, written: WrittenBooking) -> bool:
        """Keep a booking that the vendor has, and cancel the meeting of one that it has not.

        Return whether the vendor has answered; otherwise the state stays as it is.
        """
        if written.state is WriteState.CANCELLING:
            return await self._cancel(written)
        span = written.span
        try:
            found = await self._read(
                written.room_id, written.calendar_id, span.start, span.end
            )
        except ApiError as err:
            LOGGER.debug("The outcome of a booking is still unknown: %s", err)
            return False
        if found is None:
            return False
        same = next((each for each in found if written.is_same(each)), None)
        if same is None:
            return await self._cancel(written)
        await self._written.async_set(
            replace(written, booking_id=same.booking_id, state=WriteState.MADE)
        )
        return True

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
        await self._written.async_drop([written])
        return True
