"""The calendars of rooms, and of the conferences of an account."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, cast, override

from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.components.calendar.const import (
    EVENT_END,
    EVENT_RRULE,
    EVENT_START,
    EVENT_SUMMARY,
    CalendarEntityFeature,
    CalendarEventStatus,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .account.errors import translated
from .account.snapshot import Snapshot
from .api.errors import ApiError
from .api.models.booking import Booking, HostBooking
from .const import DOMAIN
from .coordinator import MeetingRoomsConfigEntry
from .descriptions.account import ACCOUNT_CALENDARS
from .descriptions.room import ROOM_CALENDARS
from .entity import SubjectEntity
from .flows.texts import async_text
from .meetings.calendar_events import moment_of, window
from .rooms.booking_plan import EnteredSpan
from .rooms.room import Room
from .subject_entities import SubjectEntities

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,
    entry: MeetingRoomsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Set up the calendars of an account."""
    await SubjectEntities(
        entry, async_add_entities, RoomCalendar, {Room: ROOM_CALENDARS}
    ).async_set_up()
    await SubjectEntities(
        entry, async_add_entities, ConferencesCalendar, {Snapshot: ACCOUNT_CALENDARS}
    ).async_set_up()


@dataclass
class _BookingEvent(CalendarEvent):
    """An event whose times are compared as moments, also where the local time is set back."""

    @override
    def __post_init__(self) -> None:
        """Accept a booking, which ends after its start, although not always by the local time."""

    @property
    @override
    def start_datetime_local(self) -> datetime:
        """Return the start with a fixed offset."""
        return _with_fixed_offset(self.start)

    @property
    @override
    def end_datetime_local(self) -> datetime:
        """Return the end with a fixed offset."""
        return _with_fixed_offset(self.end)


def _with_fixed_offset(moment: date) -> datetime:
    """Return a moment in Home Assistant's time zone: times of one zone compare by their clock."""
    local = dt_util.as_local(cast(datetime, moment))
    return local.replace(tzinfo=timezone(cast(timedelta, local.utcoffset())))


class BookingsCalendar[B: Booking](SubjectEntity[tuple[B, ...]], CalendarEntity):
    """A calendar of bookings; the client has dropped the texts that must not be shown."""

    _unrecorded_attributes = frozenset({"message", "location", "description"})

    _booked = ""
    """The summary of a booking without a title, in Home Assistant's language."""
    _bookings: tuple[B, ...] | None = None
    _removed = False

    @abstractmethod
    async def _fetch(self, start: datetime, end: datetime) -> Iterable[B]:
        """Return the bookings that overlap a span. Raises ApiError."""

    @abstractmethod
    def _location_of(self, booking: B) -> str | None:
        """Return the place of a booking."""

    @override
    async def async_added_to_hass(self) -> None:
        """Load the texts, and start with the latest bookings."""
        key = self.entity_description.key
        self._booked = await async_text(
            self.hass, "entity", f"calendar.{key}.state_attributes.message.state.booked"
        )
        await super().async_added_to_hass()

    @override
    async def async_will_remove_from_hass(self) -> None:
        """Note that the calendar is removed."""
        self._removed = True
        await super().async_will_remove_from_hass()

    @property
    @override
    def available(self) -> bool:
        """Return whether the bookings are known: a calendar cannot be unknown."""
        return super().available and self._bookings is not None

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Return the booking now, or else the next one; a requested one does not count."""
        now = dt_util.utcnow()
        booked = [
            each
            for each in self._bookings or ()
            if each.end > now and not each.tentative
        ]
        present = (each for each in reversed(booked) if each.start <= now)
        booking = next(present, next(iter(booked), None))
        return None if booking is None else self._event_of(booking)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the bookings that overlap a span; only those of two days are known."""
        known_from, known_until = window()
        if known_from <= start_date and end_date <= known_until:
            bookings: Iterable[B] = self._bookings or ()
        else:
            bookings = await self._requested(start_date, end_date)
        return [
            self._event_of(each)
            for each in bookings
            if each.start < end_date and each.end > start_date
        ]

    async def _requested(self, start: datetime, end: datetime) -> Iterable[B]:
        """Return the bookings of a span from the vendor, and raise a translated error."""
        coordinator = self.coordinator
        try:
            if (refusal := coordinator.refusal) is not None:
                raise refusal
            return await self._fetch(start, end)
        except ApiError as err:
            message = translated(err, coordinator.config_entry.title)
            raise HomeAssistantError(**message) from err

    @override
    def _show(self, value: tuple[B, ...] | None) -> None:
        """Keep the bookings; the state depends on the time, too."""
        self._bookings = value

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write the state if a booking has changed: subscribers then get all of them."""
        # A write after the removal would set alarms that nothing cancels.
        if not self._removed:
            super()._handle_coordinator_update()

    def _event_of(self, booking: B) -> CalendarEvent:
        """Return a booking as an event of Home Assistant."""
        status = CalendarEventStatus.CONFIRMED
        if booking.tentative:
            status = CalendarEventStatus.TENTATIVE
        return _BookingEvent(
            start=dt_util.as_local(booking.start),
            end=dt_util.as_local(booking.end),
            summary=booking.shown_title or self._booked,
            location=self._location_of(booking),
            uid=self._uid_of(booking),
            status=status,
        )

    def _uid_of(self, booking: B) -> str | None:
        """Return the id by which a booking can be deleted; None for one that cannot."""
        return None


class RoomCalendar(BookingsCalendar[Booking]):
    """The bookings of a room, to which the user can add some where the vendor can."""

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the writes, and the option that says who books."""
        await super().async_added_to_hass()
        self.async_on_remove(
            self.coordinator.booker.async_add_listener(self._booker_changed)
        )

    @callback
    def _booker_changed(self, room_id: str | None) -> None:
        """Write the state, after which subscribers get the bookings of any time."""
        if room_id in (None, self._room_id) and not self._removed:
            self.async_write_ha_state()

    @property
    @override
    def supported_features(self) -> CalendarEntityFeature | None:
        """Return whether bookings can be made and deleted; None for neither."""
        booker, features = self.coordinator.booker, CalendarEntityFeature(0)
        if booker.can_book(self._room_id):
            features |= CalendarEntityFeature.CREATE_EVENT
        if booker.can_release(self._room_id):
            features |= CalendarEntityFeature.DELETE_EVENT
        return features or None

    @override
    async def async_create_event(self, **kwargs: Any) -> None:
        """Book the room; of an event, only the times and the summary are used."""
        start, end = kwargs[EVENT_START], kwargs[EVENT_END]
        if kwargs.get(EVENT_RRULE):
            raise _refused("event_recurring")
        if not (isinstance(start, datetime) and isinstance(end, datetime)):
            raise _refused("event_all_day")
        entered = EnteredSpan(start=moment_of(start), end=moment_of(end))
        await self.coordinator.booker.async_book(
            self._room_id, entered, subject=kwargs.get(EVENT_SUMMARY)
        )

    @override
    async def async_delete_event(
        self,
        uid: str,
        recurrence_id: str | None = None,
        recurrence_range: str | None = None,
    ) -> None:
        """Release the room from a booking that was made from Home Assistant."""
        if uid not in self.coordinator.booker.own_ids(self._room_id):
            raise _refused("event_not_own")
        await self.coordinator.booker.async_release(self._room_id, uid)

    @property
    def _room_id(self) -> str:
        """Return the id of the room."""
        return str(self._key)

    @override
    def _uid_of(self, booking: Booking) -> str | None:
        """Return the vendor's id of a booking that was made from Home Assistant."""
        owned = self.coordinator.booker.owns(self._room_id, booking)
        return booking.booking_id if owned else None

    @override
    async def _fetch(self, start: datetime, end: datetime) -> Iterable[Booking]:
        """Return the bookings of the room in a span."""
        return await self.coordinator.meetings.fetcher.async_fetch(
            self._room_id, start, end
        )

    @override
    def _location_of(self, booking: Booking) -> str | None:
        """Return the place of the room."""
        return self.coordinator.data.room(self._room_id).location


def _refused(key: str) -> ServiceValidationError:
    """Return the translated error of an event that cannot be added or deleted."""
    return ServiceValidationError(translation_domain=DOMAIN, translation_key=key)


class ConferencesCalendar(BookingsCalendar[HostBooking]):
    """The bookings of the host of an account, with and without rooms."""

    @override
    async def _fetch(self, start: datetime, end: datetime) -> Iterable[HostBooking]:
        """Return the bookings of the host in a span."""
        return await self.coordinator.meetings.fetcher.async_fetch_of_host(start, end)

    @override
    def _location_of(self, booking: HostBooking) -> str | None:
        """Return the names of the rooms."""
        return booking.location
