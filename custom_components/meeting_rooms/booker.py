"""Book, release and call the rooms of one account, for actions, calendars and dashboards alike."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant

from .account.booking_writer import BookingWriter
from .account.issues import AccountIssues
from .account.options import MeetingOptions
from .account.written_bookings import WrittenBookings
from .api.client import Feature, VendorClient
from .api.models.booking import Booking
from .meetings import MeetingTracker
from .rooms.booking_plan import EnteredSpan, allows
from .rooms.room import Room
from .rooms.schedule import Span

OFFERED_MINUTES: Final = (15, 30, 60)
_RETRY_SECONDS: Final = 600.0
"""The time between two attempts to settle a booking."""
_UNLOAD_SECONDS: Final = 60.0
_SUBJECT: Final = "calendar.bookings.state_attributes.message.state.meeting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A booking that was made; it may be longer than requested."""

    booking_id: str
    start: datetime
    end: datetime


class RoomBooker:
    """Book, release and call rooms; a request that was begun is completed.

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
        self._writer = BookingWriter(client, issues, written, meetings.async_reload)
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._running: set[asyncio.Task[Any]] = set()
        self._releases: dict[tuple[str, str], asyncio.Task[Span]] = {}
        self._retry_at: dict[str, float] = {}
        self._settling = False
        self._listeners: list[CALLBACK_TYPE] = []
        self._organizer = self._default_organizer

    def minutes_of(self, room_id: str) -> tuple[int, ...]:
        """Return the lengths of a booking that a dashboard may offer for a room."""
        room, rules = self._rooms().get(room_id), self._client.booking_rules
        if room is None or rules is None or room.bookable is False:
            return ()
        if not self.writes_calendar(room_id):
            return ()
        return tuple(
            minutes
            for minutes in OFFERED_MINUTES
            if allows(rules, timedelta(minutes=minutes))
        )

    def owns(self, room_id: str, booking: Booking) -> bool:
        """Return whether a booking was made from Home Assistant, and can be released alone."""
        written = self._written.find(room_id, booking.booking_id)
        return written is not None and not booking.recurring

    def writes_calendar(self, room_id: str) -> bool:
        """Return whether a room can be booked without naming an organizer."""
        rules = self._client.booking_rules
        return (
            rules is not None
            and Feature.BOOK in self._client.features
            and self._meetings.calendar_id_of(room_id) is not None
            and not (rules.needs_organizer and self._default_organizer is None)
        )

    async def async_book(
        self,
        room_id: str,
        entered: EnteredSpan,
        subject: str | None = None,
        organizer: str | None = None,
    ) -> Booked:
        """Book a room. Raises HomeAssistantError."""
        raise NotImplementedError

    async def async_release(self, room_id: str, booking_id: str | None = None) -> Span:
        """Release a room from a booking, by default from the one now. Raises HomeAssistantError."""
        raise NotImplementedError

    @property
    def _default_organizer(self) -> str | None:
        """Return the user who books where no other one is named."""
        return MeetingOptions.from_options(self._entry.options).organizer
