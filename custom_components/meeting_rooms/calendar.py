"""The calendars of rooms."""

from collections.abc import Iterable
from datetime import datetime
from typing import override

from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.components.calendar.const import CalendarEventStatus
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .account.errors import translated
from .api.errors import ApiError
from .api.models.booking import Booking
from .coordinator import MeetingRoomsConfigEntry
from .descriptions.room import ROOM_CALENDARS
from .entity import SubjectEntity
from .flows.texts import async_text
from .rooms.room import Room
from .rooms.schedule import RoomSchedule
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


class RoomCalendar(SubjectEntity[RoomSchedule], CalendarEntity):
    """The bookings of a room."""

    _attr_initial_color = "#2e7d32"
    _unrecorded_attributes = frozenset({"message", "location", "description"})

    _busy = ""
    """The summary of a booking without a title, in Home Assistant's language."""

    @override
    async def async_added_to_hass(self) -> None:
        """Load the texts, and start with the latest bookings."""
        self._busy = await async_text(
            self.hass, "entity", "calendar.bookings.state_attributes.message.state.busy"
        )
        await super().async_added_to_hass()

    @override
    def _show(self, value: RoomSchedule | None) -> None:
        """Show nothing: the state depends on the time, too."""

    @property
    @override
    def available(self) -> bool:
        """Return whether the bookings are known: a calendar cannot be unknown."""
        return super().available and self._room.schedule is not None

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Return the booking now, or else the next one."""
        schedule, now = self._schedule, dt_util.utcnow()
        later = (booking for booking in schedule.bookings if booking.end > now)
        booking = schedule.booking_at(now) or next(later, None)
        return None if booking is None else self._event_of(booking)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the bookings that overlap a span, from the vendor where they are not known."""
        try:
            bookings = await self.coordinator.meetings.async_fetch(
                str(self._key), start_date, end_date
            )
        except ApiError as err:
            name = self.coordinator.config_entry.title
            raise HomeAssistantError(**translated(err, name)) from err
        return [*self._events_of(bookings, start_date, end_date)]

    def _events_of(
        self, bookings: Iterable[Booking], start: datetime, end: datetime
    ) -> Iterable[CalendarEvent]:
        """Return the events of the bookings that overlap a span."""
        return (
            self._event_of(each)
            for each in bookings
            if each.start < end and each.end > start
        )

    def _event_of(self, booking: Booking) -> CalendarEvent:
        """Return a booking as an event of Home Assistant."""
        status = CalendarEventStatus.CONFIRMED
        if booking.tentative:
            status = CalendarEventStatus.TENTATIVE
        return CalendarEvent(
            start=dt_util.as_local(booking.start),
            end=dt_util.as_local(booking.end),
            summary=booking.shown_title or self._busy,
            location=self._room.location,
            uid=booking.booking_id,
            status=status,
        )

    @property
    def _room(self) -> Room:
        """Return the room."""
        return self.coordinator.data.room(str(self._key))

    @property
    def _schedule(self) -> RoomSchedule:
        """Return the bookings of the room, none while they are unknown."""
        return self._room.schedule or RoomSchedule()
