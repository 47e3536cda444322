"""Book, release and call the rooms of one account, for actions, calendars and dashboards alike."""

from collections.abc import Awaitable, Callable, Mapping, Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util

from ..account.booking_writer import BookingWriter
from ..account.client import refusal_of
from ..account.errors import translated
from ..account.issues import AccountIssues
from ..account.options import MeetingOptions
from ..account.room_writes import RoomWrites
from ..account.written_bookings import WrittenBookings
from ..api.client import BookingRules, Feature, NewBooking, VendorClient
from ..api.errors import ApiError
from ..api.models.booking import Booking
from ..const import DOMAIN
from ..flows.texts import async_text
from ..rooms.booking_plan import BookingRefused, EnteredSpan, allows
from ..rooms.matching import calendar_id_of
from ..rooms.release import booking_to_release, is_own
from ..rooms.room import Room
from ..rooms.schedule import Span
from .tracker import MeetingTracker

_OFFERED_MINUTES: Final = (15, 30, 60)
_SECOND: Final = timedelta(seconds=1)
_SUBJECT: Final = "calendar.bookings.state_attributes.message.state.meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A booking that was made; it may be longer than requested."""

    booking_id: str
    span: Span


type BookerListener = Callable[[str | None], None]
"""A function that is called with a room after a write; with None after a change of all rooms."""


class RoomBooker:
    """Book, release and call rooms.

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
            client, issues, written, meetings.fetcher.async_fetch_again
        )
        self._writes = RoomWrites(
            hass,
            entry,
            self._writer,
            written,
            meetings.fetcher,
            refresh=meetings.refresh,
            changed=self._call_listeners,
        )
        self._listeners: list[BookerListener] = []
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
        return is_own(booking, self._own(room_id))

    def own_ids(self, room_id: str) -> AbstractSet[str]:
        """Return the ids of the bookings of a room that were made from Home Assistant."""
        return self._own(room_id).keys()

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
            and self._meetings.fetcher.calendar_id_of(room_id) is not None
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
    def start(self) -> None:
        """Find out what became of earlier writes, and complete new ones before a stop."""

        async def finish(_event: Event) -> None:
            """Complete the writes that have begun."""
            await self.async_finish()

        self._entry.async_on_unload(
            self._hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, finish)
        )
        self.settle_soon()

    async def async_finish(self) -> None:
        """Wait for the writes that have begun."""
        await self._writes.finish()

    @callback
    def settle_soon(self) -> None:
        """Find out what became of earlier writes; the vendor has just responded to a poll."""
        self._writes.settle_soon()

    @callback
    def async_add_listener(self, listener: BookerListener) -> CALLBACK_TYPE:
        """Call a listener after each write, and when an option changes who books."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    @callback
    def apply_options(self) -> None:
        """Apply the options that take effect without a reload."""
        if self._organizer != self._default_organizer:
            self._organizer = self._default_organizer
            self._call_listeners(None)

    @callback
    def _call_listeners(self, room_id: str | None) -> None:
        """Call the listeners."""
        for listener in [*self._listeners]:
            listener(room_id)

    @property
    def _default_organizer(self) -> str | None:
        """Return the user who books where no other one is named."""
        return MeetingOptions.from_options(self._entry.options).organizer

    def _own(self, room_id: str) -> dict[str, Span]:
        """Return the bookings of a room that were made from Home Assistant, by their id."""
        return {
            each.booking_id: each.span
            for each in self._written.of(room_id)
            if each.booking_id is not None
        }

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

    def _room(self, room_id: str, feature: Feature) -> Room:
        """Return a room for which the account has a feature. Raises BookingRefused, InvalidAuth."""
        if (refusal := refusal_of(self._entry)) is not None:
            raise refusal
        room = self._rooms().get(room_id)
        if room is None:
            raise BookingRefused("room_unknown")
        if feature not in self._client.features:
            # A client with rules leaves out its features only for want of an operator.
            if self._client.booking_rules is None:
                raise BookingRefused("writing_unsupported")
            raise BookingRefused("writing_needs_operator")
        return room

    async def _calendar_id(self, room_id: str) -> str:
        """Return the id by which the vendor knows the bookings of a room.

        Raises ApiError where the list of the booking calendar's rooms cannot be fetched, and
        BookingRefused where it has no such room.
        """
        calendar_id = self._meetings.fetcher.calendar_id_of(room_id)
        if calendar_id is None:
            await self._meetings.calendar_rooms.fetch()
            matches = self._meetings.calendar_rooms.match(self._rooms())
            calendar_id = matches.calendar_ids.get(room_id)
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
            room_id=await self._calendar_id(room_id),
            start=span.start,
            end=span.end,
            subject=(subject or "").strip()
            or await async_text(self._hass, "entity", _SUBJECT),
            organizer=self._organizer_of(rules, organizer),
        )
        booking_id = await self._writes.book(room_id, new)
        return Booked(booking_id=booking_id, span=span)

    def _organizer_of(self, rules: BookingRules, organizer: str | None) -> str | None:
        """Return who books, where the vendor requires that. Raises BookingRefused."""
        if not rules.needs_organizer:
            return None
        organizer = (organizer or "").strip() or self._default_organizer
        if organizer is None:
            raise BookingRefused("organizer_required")
        return organizer

    async def _release(self, room_id: str, booking_id: str | None) -> Span:
        """Find a booking, and release it."""
        self._room(room_id, Feature.BOOK)
        calendar_id = await self._calendar_id(room_id)
        try:
            booking_id, span = self._to_release(room_id, booking_id)
        except BookingRefused:
            # The room may have been booked since its bookings were fetched.
            now = dt_util.utcnow()
            await self._meetings.fetcher.async_reload(
                room_id, calendar_id, now, now + _SECOND
            )
            booking_id, span = self._to_release(room_id, booking_id)
        await self._writes.release(room_id, calendar_id, booking_id, span)
        return span

    def _to_release(self, room_id: str, booking_id: str | None) -> tuple[str, Span]:
        """Return a booking that can be released, by default the one now."""
        schedule = self._room(room_id, Feature.BOOK).schedule
        own = self._own(room_id)
        return booking_to_release(schedule, own, booking_id or None, dt_util.utcnow())

    async def _call(self, room_id: str, meeting_id: str) -> str | None:
        """Call a room into a meeting."""
        self._check_callable(room_id)
        call = self._client.call_room(room_id, meeting_id)
        return await self._writes.complete(self._writer.send("call_room", call))

    async def _cancel_call(self, room_id: str, meeting_id: str) -> str | None:
        """Cancel the call of a room into a meeting."""
        self._check_callable(room_id)
        call = self._client.cancel_call(room_id, meeting_id)
        return await self._writes.complete(self._writer.send("cancel_call", call))

    def _check_callable(self, room_id: str) -> None:
        """Raise BookingRefused for a room that cannot be called into a meeting."""
        room = self._room(room_id, Feature.CALL)
        if room.callable is False or calendar_id_of(room_id) is not None:
            raise BookingRefused("room_not_callable")
