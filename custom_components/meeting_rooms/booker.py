"""Book, release and call the rooms of one account, for actions, calendars and dashboards alike."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util

from .account.booking_writer import BookingWriter
from .account.client import refusal_of
from .account.errors import translated
from .account.issues import AccountIssues
from .account.options import MeetingOptions
from .account.written_bookings import WrittenBooking, WrittenBookings
from .api.client import BookingRules, Feature, NewBooking, VendorClient
from .api.errors import ApiError, NotFound, OutcomeUnknown, RequestRejected
from .api.models.booking import Booking
from .const import DOMAIN, LOGGER
from .flows.texts import async_text
from .meetings import MeetingTracker
from .rooms.booking_plan import BookingRefused, EnteredSpan, allows
from .rooms.matching import calendar_id_of
from .rooms.room import Room
from .rooms.schedule import Span

_OFFERED_MINUTES: Final = (15, 30, 60)
_RETRY_SECONDS: Final = 600.0
"""The time between two attempts to settle a booking whose outcome is unknown."""
_UNLOAD_SECONDS: Final = 60.0
_SUBJECT: Final = "calendar.bookings.state_attributes.message.state.meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A booking that was made; it may be longer than requested."""

    booking_id: str
    span: Span


class RoomBooker:
    """Book, release and call rooms; a request that has begun is completed.

    What cannot succeed is refused before anything is sent. The errors are translated.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        *,
        client: VendorClient,
        meetings: MeetingTracker,
        issues: AccountIssues,
        written: WrittenBookings,
        rooms: Callable[[], Mapping[str, Room]],
    ) -> None:
        """Use the parts of an account; `rooms` returns its present rooms by id."""
        self._hass = hass
        self._entry = entry
        self._client = client
        self._meetings = meetings
        self._written = written
        self._rooms = rooms
        self._writer = BookingWriter(
            client, issues, written, meetings.async_fetch_again
        )
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        """A lock for each room, so that its writes follow one another."""
        self._running: set[asyncio.Task[Any]] = set()
        self._releases: dict[tuple[str, str], asyncio.Task[Span]] = {}
        self._retry_at: dict[str, float] = {}
        """When each unsettled booking is tried again, by a time of the monotonic clock."""
        self._settling = False
        self._listeners: list[CALLBACK_TYPE] = []
        self._organizer = self._default_organizer

    def minutes_of(self, room_id: str) -> tuple[int, ...]:
        """Return the lengths of a booking that a dashboard may offer for a room."""
        room, rules = self._rooms().get(room_id), self._client.booking_rules
        if room is None or rules is None or room.bookable is False:
            return ()
        if not self.can_book(room_id):
            return ()
        return tuple(
            minutes
            for minutes in _OFFERED_MINUTES
            if allows(rules, timedelta(minutes=minutes))
        )

    def owns(self, room_id: str, booking: Booking) -> bool:
        """Return whether a booking was made from Home Assistant, and can be released alone."""
        written = self._written.find(room_id, booking.booking_id)
        return written is not None and not booking.recurring

    def knows(self, room_id: str, booking_id: str) -> bool:
        """Return whether a booking of a room was made from Home Assistant, by its id."""
        return self._written.find(room_id, booking_id) is not None

    def can_book(self, room_id: str) -> bool:
        """Return whether the account can book a room without a named organizer."""
        rules = self._client.booking_rules
        needs_organizer = rules is not None and rules.needs_organizer
        return self.can_release(room_id) and not (
            needs_organizer and self._default_organizer is None
        )

    def can_release(self, room_id: str) -> bool:
        """Return whether the account can release a room."""
        return (
            Feature.BOOK in self._client.features
            and self._meetings.calendar_id_of(room_id) is not None
        )

    async def async_book(
        self,
        room_id: str,
        entered: EnteredSpan,
        *,
        subject: str | None = None,
        organizer: str | None = None,
    ) -> Booked:
        """Book a room. Raises HomeAssistantError."""
        return await self._translated(
            room_id, self._book(room_id, entered, subject, organizer)
        )

    async def async_release(self, room_id: str, booking_id: str | None = None) -> Span:
        """Release a room from a booking, by default the one now. Raises HomeAssistantError."""
        return await self._translated(room_id, self._release(room_id, booking_id))

    async def async_call(self, room_id: str, meeting_id: str) -> str | None:
        """Call a room into a meeting, and return the status. Raises HomeAssistantError."""
        return await self._translated(room_id, self._call(room_id, meeting_id))

    async def async_cancel_call(self, room_id: str, meeting_id: str) -> str | None:
        """Cancel a call, and return its status. Raises HomeAssistantError."""
        return await self._translated(room_id, self._cancel_call(room_id, meeting_id))

    @callback
    def async_add_listener(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call a listener when the rooms that can be booked have changed by an option."""
        self._listeners.append(listener)

        @callback
        def remove() -> None:
            """Remove the listener."""
            self._listeners.remove(listener)

        return remove

    @callback
    def apply_options(self) -> None:
        """Apply the options that take effect without a reload."""
        if self._organizer != self._default_organizer:
            self._organizer = self._default_organizer
            for listener in [*self._listeners]:
                listener()

    @callback
    def settle_soon(self) -> None:
        """Find out the outcome of earlier requests; the vendor has just responded to a poll."""
        if self._settling:
            return
        if self._due_bookings() or self._written.has_ended(dt_util.utcnow()):
            self._settling = True
            self._entry.async_create_background_task(
                self._hass, self._settle(), f"{self._entry.title} bookings"
            )

    async def async_finish(self) -> None:
        """Wait for the requests that have begun."""
        if self._running:
            await asyncio.wait(self._running, timeout=_UNLOAD_SECONDS)

    @property
    def _default_organizer(self) -> str | None:
        """Return the user who books where no other one is named."""
        return MeetingOptions.from_options(self._entry.options).organizer

    async def _translated[T](self, room_id: str, work: Awaitable[T]) -> T:
        """Return the result of a request, and raise a translated error."""
        account = self._entry.title
        try:
            return await work
        except BookingRefused as err:
            room = self._rooms().get(room_id)
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key=err.key,
                translation_placeholders={
                    "account": account,
                    "room": room_id if room is None else room.name,
                    **err.placeholders,
                },
            ) from err
        except ApiError as err:
            raise HomeAssistantError(**translated(err, account)) from err

    async def _completed[T](self, work: Coroutine[Any, Any, T]) -> T:
        """Return the result of requests, which go on if the caller is cancelled."""
        return await _result_of(self._started(work))

    def _started[T](self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Return the task of requests that have begun."""
        task = self._entry.async_create_task(
            self._hass, work, f"{DOMAIN} {self._entry.title} write"
        )
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(_note_outcome)
        return task

    def _room(self, room_id: str, feature: Feature) -> Room:
        """Return a room for which the account has a feature. Raises BookingRefused."""
        if (refusal := refusal_of(self._entry)) is not None:
            raise refusal
        room = self._rooms().get(room_id)
        if room is None:
            raise BookingRefused("room_unknown")
        if feature not in self._client.features:
            # A vendor that has rules for bookings leaves out the feature without an operator.
            has_rules = self._client.booking_rules is not None
            raise BookingRefused(
                "writing_needs_operator" if has_rules else "writing_unsupported"
            )
        return room

    def _calendar_id(self, room_id: str) -> str:
        """Return the id by which the vendor knows the bookings of a room."""
        calendar_id = self._meetings.calendar_id_of(room_id)
        if calendar_id is None:
            raise BookingRefused("no_calendar_room")
        return calendar_id

    async def _book(
        self,
        room_id: str,
        entered: EnteredSpan,
        subject: str | None,
        organizer: str | None,
    ) -> Booked:
        """Check a booking, and make it."""
        room, rules = self._room(room_id, Feature.BOOK), self._client.booking_rules
        if rules is None:
            raise BookingRefused("writing_unsupported")
        if room.bookable is False:
            raise BookingRefused("room_not_bookable")
        span = entered.planned(rules, dt_util.utcnow())
        new = NewBooking(
            room_id=self._calendar_id(room_id),
            start=span.start,
            end=span.end,
            subject=(subject or "").strip()
            or await async_text(self._hass, "entity", _SUBJECT),
            organizer=self._organizer_of(rules, organizer),
        )
        return await self._completed(self._make(room_id, new, span))

    def _organizer_of(self, rules: BookingRules, organizer: str | None) -> str | None:
        """Return who books, where the vendor requires that. Raises BookingRefused."""
        if not rules.needs_organizer:
            return None
        organizer = (organizer or "").strip() or self._default_organizer
        if organizer is None:
            raise BookingRefused("organizer_required")
        return organizer

    async def _make(self, room_id: str, new: NewBooking, span: Span) -> Booked:
        """Make a booking, unless the room is booked by now."""
        async with self._locks[room_id]:
            if await self._is_booked(room_id, new.room_id, span):
                raise BookingRefused("room_booked")
            try:
                booking_id = await self._writer.make(room_id, new)
            except RequestRejected as err:
                if await self._is_booked_meanwhile(room_id, new.room_id, span):
                    raise BookingRefused("room_booked_meanwhile") from err
                raise
            except OutcomeUnknown:
                await self._look_after(room_id, new.room_id, span)
                raise
            await self._reload(room_id, new.room_id, span)
        return Booked(booking_id=booking_id, span=span)

    async def _is_booked(self, room_id: str, calendar_id: str, span: Span) -> bool:
        """Return whether a room is booked in a span, by new requests. Raises ApiError.

        Where the vendor denies its bookings, only those made from Home Assistant are known.
        """
        reported = await self._meetings.async_reload(
            room_id, calendar_id, span.start, span.end
        )
        linked = await self._meetings.async_fetch_linked(room_id, span.start, span.end)
        spans = [
            Span(each.start, each.end)
            for each in (*(reported or ()), *linked)
            if not each.tentative
        ]
        if reported is None:
            spans += [each.span for each in self._written.of(room_id)]
        return any(each.start < span.end and span.start < each.end for each in spans)

    async def _is_booked_meanwhile(
        self, room_id: str, calendar_id: str, span: Span
    ) -> bool:
        """Return whether a room is booked, after the vendor refused a booking."""
        try:
            return await self._is_booked(room_id, calendar_id, span)
        except ApiError as err:
            LOGGER.debug("The reason of a refused booking is unknown: %s", err)
            return False

    async def _reload(self, room_id: str, calendar_id: str, span: Span) -> None:
        """Publish the bookings of a room after a write."""
        try:
            await self._meetings.async_reload(
                room_id, calendar_id, span.start, span.end
            )
        except ApiError as err:
            LOGGER.debug("The bookings after a write are fetched later: %s", err)
            self._meetings.refresh([room_id])

    async def _release(self, room_id: str, booking_id: str | None) -> Span:
        """Find a booking, and release it; a release that has begun is not repeated."""
        room = self._room(room_id, Feature.BOOK)
        found, span = self._releasable(room, booking_id, dt_util.utcnow())
        task = self._releases.get((room_id, found))
        if task is None:
            task = self._started(
                self._send_release(room_id, self._calendar_id(room_id), found, span)
            )
            self._releases[room_id, found] = task
            task.add_done_callback(lambda _: self._releases.pop((room_id, found), None))
        return await _result_of(task)

    def _releasable(
        self, room: Room, booking_id: str | None, now: datetime
    ) -> tuple[str, Span]:
        """Return the id and the span of a booking that can be released. Raises BookingRefused."""
        written = self._written.find(room.room_id, booking_id)
        if room.schedule is None and written is None:
            raise BookingRefused("bookings_unknown")
        bookings = () if room.schedule is None else room.schedule.bookings
        if booking_id is None:
            present = room.schedule and room.schedule.booking_at(now)
            if present is None:
                raise BookingRefused("no_booking_now")
            if present.booking_id is None:
                raise BookingRefused("booking_of_linked_calendar")
            booking_id = present.booking_id
        same = [each for each in bookings if each.booking_id == booking_id]
        if len(same) > 1 or any(each.recurring for each in same):
            raise BookingRefused("booking_recurring")
        spans = [Span(each.start, each.end) for each in same]
        # The bookings of today and tomorrow are known; one made from here may be later.
        spans += [written.span] if written is not None else []
        if not spans or spans[0].end <= now:
            raise BookingRefused("booking_unknown")
        return booking_id, spans[0]

    async def _send_release(
        self, room_id: str, calendar_id: str, booking_id: str, span: Span
    ) -> Span:
        """Release a room, and publish its bookings."""
        async with self._locks[room_id]:
            try:
                await self._writer.release(room_id, calendar_id, booking_id)
            except NotFound as err:
                await self._reload(room_id, calendar_id, span)
                raise BookingRefused("booking_unknown") from err
            except OutcomeUnknown:
                await self._look_after(room_id, calendar_id, span)
                raise
            await self._reload(room_id, calendar_id, span)
        return span

    async def _call(self, room_id: str, meeting_id: str) -> str | None:
        """Call a room into a meeting."""
        self._check_callable(room_id)
        call = self._client.call_room(room_id, meeting_id)
        return await self._completed(self._writer.send("call_room", call))

    async def _cancel_call(self, room_id: str, meeting_id: str) -> str | None:
        """Cancel the call of a room into a meeting."""
        self._check_callable(room_id)
        call = self._client.cancel_call(room_id, meeting_id)
        return await self._completed(self._writer.send("cancel_call", call))

    def _check_callable(self, room_id: str) -> None:
        """Raise BookingRefused for a room that cannot be called into a meeting."""
        room = self._room(room_id, Feature.CALL)
        if room.callable is False or calendar_id_of(room_id) is not None:
            raise BookingRefused("room_not_callable")

    async def _look_after(self, room_id: str, calendar_id: str, span: Span) -> None:
        """Look for the effect of a write whose outcome is unknown, and publish it."""
        if await self._settle_room(room_id):
            await self._reload(room_id, calendar_id, span)
        else:
            self._meetings.refresh([room_id])

    async def _settle_room(self, room_id: str) -> bool:
        """Settle the bookings of a room, and return whether the vendor has answered."""
        unsettled = self._written.unsettled
        results = [
            await self._writer.settle(each)
            for each in unsettled
            if each.room_id == room_id
        ]
        return all(results)

    def _due_bookings(self) -> list[WrittenBooking]:
        """Return the unsettled bookings that are to be tried now."""
        return [
            each
            for each in self._written.unsettled
            if self._is_due(each) and not self._locks[each.room_id].locked()
        ]

    def _is_due(self, written: WrittenBooking) -> bool:
        """Return whether an unsettled booking was not tried for some time."""
        now = monotonic()
        return self._retry_at.get(written.key, now) <= now

    async def _settle(self) -> None:
        """Forget what is over, and settle bookings whose outcome is unknown."""
        try:
            await self._written.async_drop_ended(dt_util.utcnow())
            self._retry_at = {
                each.key: self._retry_at[each.key]
                for each in self._written.unsettled
                if each.key in self._retry_at
            }
            for due in self._due_bookings():
                self._retry_at[due.key] = monotonic() + _RETRY_SECONDS
                async with self._locks[due.room_id]:
                    if due in self._written.unsettled:
                        await self._look_after(due.room_id, due.calendar_id, due.span)
        finally:
            self._settling = False


async def _result_of[T](task: asyncio.Task[T]) -> T:
    """Return the result of a task, which is not cancelled with its caller."""
    await asyncio.wait([task])
    return task.result()


def _note_outcome(task: asyncio.Task[Any]) -> None:
    """Retrieve the error of a task, whose caller may have been cancelled."""
    if not task.cancelled() and (err := task.exception()) is not None:
        LOGGER.debug("A write has failed: %s", type(err).__name__)
