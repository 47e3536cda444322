"""The bookings that were made from Home Assistant, across restarts: times and ids only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.ulid import ulid_now

from ..api.models.booking import Booking
from ..const import DOMAIN, LOGGER
from ..rooms.schedule import Span
from .storage import LOAD_ERRORS

_STORAGE_VERSION: Final = 1
_ACCOUNTS: HassKey[dict[str, WrittenBookings]] = HassKey(f"{DOMAIN}_written_bookings")

type _Stored = dict[str, list[dict[str, Any]]]


class WriteState(StrEnum):
    """What is known of a booking that was requested."""

    PENDING = "pending"
    """A request was sent, and its outcome is unknown."""
    MADE = "made"
    CANCELLING = "cancelling"
    """The room is not booked, and the meeting is to be cancelled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBooking:
    """A booking that was made or requested from Home Assistant."""

    room_id: str
    calendar_id: str
    """The id by which the vendor knows the bookings of the room."""
    span: Span
    meeting_id: str | None = None
    """The meeting that was created for the booking, where the vendor needs one."""
    booking_id: str | None = None
    state: WriteState = WriteState.PENDING
    key: str = field(default_factory=ulid_now)
    """What distinguishes the booking from others."""

    @property
    def known_id(self) -> str | None:
        """Return the id by which the vendor reports the booking, as far as it is known."""
        return self.booking_id or self.meeting_id

    def may_be(self, booking: Booking) -> bool:
        """Return whether a booking that the vendor reports may be this one."""
        if self.known_id is not None:
            return booking.booking_id == self.known_id
        return Span(booking.start, booking.end) == self.span


class WrittenBookings:
    """Load and save the bookings that were made from Home Assistant, of one account."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Start without a booking."""
        self._store: Store[_Stored] = Store(
            hass, _STORAGE_VERSION, f"{DOMAIN}.bookings_{entry_id}"
        )
        self._bookings: dict[str, WrittenBooking] = {}
        self._usable_file = True

    @property
    def unsettled(self) -> list[WrittenBooking]:
        """Return the bookings whose state is not final."""
        return [
            each
            for each in self._bookings.values()
            if each.state is not WriteState.MADE
        ]

    def of(self, room_id: str) -> list[WrittenBooking]:
        """Return the bookings of a room that were made, or may have been."""
        return [
            each
            for each in self._bookings.values()
            if each.room_id == room_id and each.state is not WriteState.CANCELLING
        ]

    def find(self, room_id: str, booking_id: str | None) -> WrittenBooking | None:
        """Return the booking of a room with the vendor's id, if it was made here."""
        if booking_id is None:
            return None
        found = (each for each in self.of(room_id) if each.booking_id == booking_id)
        return next(found, None)

    async def async_load(self) -> None:
        """Load the bookings; a file that cannot be loaded is not changed."""
        try:
            stored = await self._store.async_load()
            if stored is not None:
                self._bookings = {each.key: each for each in _parsed(stored)}
        except LOAD_ERRORS as err:
            self._usable_file = False
            LOGGER.warning(
                "The bookings made from Home Assistant cannot be loaded (%s): the calendars "
                "show them as those of others",
                type(err).__name__,
            )

    async def async_set(self, booking: WrittenBooking) -> None:
        """Add or update a booking, and save it at once."""
        self._bookings[booking.key] = booking
        await self._async_save()

    async def async_drop(self, bookings: Iterable[WrittenBooking]) -> None:
        """Forget some bookings."""
        keys = {each.key for each in bookings} & self._bookings.keys()
        for key in keys:
            del self._bookings[key]
        if keys:
            await self._async_save()

    def has_ended(self, now: datetime) -> bool:
        """Return whether a booking is over."""
        return any(each.span.end <= now for each in self._bookings.values())

    async def async_drop_ended(self, now: datetime) -> None:
        """Forget the bookings that are over."""
        await self.async_drop(
            [each for each in self._bookings.values() if each.span.end <= now]
        )

    async def async_remove(self) -> None:
        """Delete the file of an account that was removed."""
        self._usable_file = False
        await self._store.async_remove()

    async def _async_save(self) -> None:
        """Save all bookings now."""
        if self._usable_file:
            await self._store.async_save(
                {"bookings": [_stored(each) for each in self._bookings.values()]}
            )


async def async_get_written_bookings(
    hass: HomeAssistant, entry_id: str
) -> WrittenBookings:
    """Return the bookings of an account; a write may go on while the account is reloaded."""
    accounts = hass.data.setdefault(_ACCOUNTS, {})
    if (written := accounts.get(entry_id)) is None:
        written = accounts[entry_id] = WrittenBookings(hass, entry_id)
        await written.async_load()
    return written


async def async_remove_written_bookings(hass: HomeAssistant, entry_id: str) -> int:
    """Forget the bookings of an account, and return how many of them are not settled."""
    written = await async_get_written_bookings(hass, entry_id)
    hass.data[_ACCOUNTS].pop(entry_id, None)
    await written.async_remove()
    return len(written.unsettled)


def _stored(booking: WrittenBooking) -> dict[str, Any]:
    """Return a booking as JSON."""
    return {
        "key": booking.key,
        "room": booking.room_id,
        "calendar": booking.calendar_id,
        "start": booking.span.start.isoformat(),
        "end": booking.span.end.isoformat(),
        "meeting": booking.meeting_id,
        "booking": booking.booking_id,
        "state": booking.state.value,
    }


def _parsed(stored: _Stored) -> list[WrittenBooking]:
    """Return the bookings from JSON."""
    return [
        WrittenBooking(
            key=each["key"],
            room_id=each["room"],
            calendar_id=each["calendar"],
            span=Span(
                datetime.fromisoformat(each["start"]),
                datetime.fromisoformat(each["end"]),
            ),
            meeting_id=each["meeting"],
            booking_id=each["booking"],
            state=WriteState(each["state"]),
        )
        for each in stored["bookings"]
    ]
