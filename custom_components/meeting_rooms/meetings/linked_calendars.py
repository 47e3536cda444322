"""Read the bookings of rooms from linked calendars of Home Assistant."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import (
    CALLBACK_TYPE,
    CoreState,
    Event,
    EventStateChangedData,
    HassJob,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    async_call_later,
    async_track_state_change_event,
    async_track_time_interval,
)
from homeassistant.helpers.start import async_at_started
from homeassistant.util import dt as dt_util

from ..api.models.booking import Booking, Titles
from ..const import CONF_TITLES, DOMAIN, LOGGER, UNKNOWN_AFTER
from .calendar_events import CalendarError, async_read_bookings, window
from .linked_entities import linked_calendars

_INTERVAL: Final = timedelta(minutes=5)
_PARALLEL_READS: Final = 4

type Bookings = tuple[Booking, ...]


@dataclass(slots=True)
class _Calendar:
    """A linked calendar and its bookings in the window."""

    entity_id: str
    registry_id: str | None
    """Its id in the entity registry, which stays the same when it is renamed."""
    bookings: Bookings | None = None
    failures: int = 0
    """The failed reads in a row."""
    reading: bool = False
    changed: bool = False
    """Whether it has changed during the current read."""


class LinkedCalendars:
    """Keep the bookings of the linked calendars of an account, from today until tomorrow."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, on_change: Callable[[str], None]
    ) -> None:
        """Start without bookings; `on_change` gets the id of a room whose bookings changed."""
        self._hass = hass
        self._entry = entry
        self._on_change = on_change
        self._titles = Titles.BUSY_ONLY
        self._calendars: dict[str, _Calendar] = {}
        """The calendar of each room; rooms may share one."""
        self._awaited = {*linked_calendars(entry.options)}
        """The rooms whose calendar was linked from the start and is not yet read."""
        self._stop_tracking: CALLBACK_TYPE | None = None
        self._cancel_midnight: CALLBACK_TYPE | None = None
        self._tracked: frozenset[str] = frozenset()
        self._read_slots = asyncio.Semaphore(_PARALLEL_READS)

    def __len__(self) -> int:
        """Return the number of linked calendars, each once."""
        return len({*map(id, self._calendars.values())})

    def of(self, room_id: str) -> Bookings | None:
        """Return the bookings of a room; None if it has no calendar, or they are unknown."""
        calendar = self._calendars.get(room_id)
        return None if calendar is None else calendar.bookings

    def awaits(self, room_id: str) -> bool:
        """Return whether the first read of the calendar of a room is not over."""
        return room_id in self._awaited

    def exists(self, room_id: str) -> bool:
        """Return whether a room has a calendar, and Home Assistant a state of it."""
        calendar = self._calendars.get(room_id)
        return calendar is not None and bool(self._hass.states.get(calendar.entity_id))

    async def fetch(
        self, room_id: str, start: datetime, end: datetime
    ) -> Bookings | None:
        """Return a room's bookings in any span; None without a calendar or after an error."""
        if (calendar := self._calendars.get(room_id)) is None:
            return None
        return await self._request(calendar, start, end)

    @callback
    def start(self) -> None:
        """Read the calendars until the account is unloaded."""
        self.configure()
        if self._hass.state is not CoreState.running:
            # The other integrations have not added all calendars yet.
            self._entry.async_on_unload(async_at_started(self._hass, self._begin))
        self._wait_for_midnight()
        for unsubscribe in (
            async_track_time_interval(
                self._hass, self._read_all, _INTERVAL, cancel_on_shutdown=True
            ),
            self.stop,
        ):
            self._entry.async_on_unload(unsubscribe)

    @callback
    def configure(self) -> None:
        """Apply changed options."""
        before = {room_id: self.of(room_id) for room_id in self._calendars}
        titles = Titles(self._entry.options.get(CONF_TITLES, Titles.BUSY_ONLY))
        same_titles = titles is self._titles
        self._titles = titles
        self._calendars = self._linked()
        self._awaited &= self._calendars.keys()
        self._track()
        for calendar in self._each():
            if calendar.bookings is not None:
                calendar.bookings = tuple(
                    booking.reduced(titles) for booking in calendar.bookings
                )
        for room_id in before.keys() | self._calendars.keys():
            if self.of(room_id) != before.get(room_id):
                self._on_change(room_id)
        for calendar in self._each():
            if calendar.bookings is None or not same_titles:
                self._read_soon(calendar)

    def _linked(self) -> dict[str, _Calendar]:
        """Return the calendar of each room in the options; known ones keep their bookings.

        Calendars of this integration are left out: a booking would confirm itself for ever.
        """
        registry = er.async_get(self._hass)
        known = {each.registry_id or each.entity_id: each for each in self._each()}
        linked: dict[str, _Calendar] = {}
        for room_id, entity_id in linked_calendars(self._entry.options).items():
            registered = registry.async_get(entity_id)
            if registered is not None and registered.platform == DOMAIN:
                continue
            registry_id = None if registered is None else registered.id
            key = registry_id or entity_id
            calendar = known.setdefault(key, _Calendar(entity_id, registry_id))
            calendar.entity_id = entity_id
            linked[room_id] = calendar
        return linked

    def _each(self) -> Iterable[_Calendar]:
        """Return each linked calendar once."""
        return {id(each): each for each in self._calendars.values()}.values()

    def _track(self) -> None:
        """Track the states of exactly the linked calendars."""
        tracked = frozenset(each.entity_id for each in self._each())
        if tracked != self._tracked:
            if self._stop_tracking is not None:
                self._stop_tracking()
            self._tracked = tracked
            self._stop_tracking = async_track_state_change_event(
                self._hass, tracked, self._handle_state
            )

    @callback
    def stop(self) -> None:
        """Cancel the subscriptions that change while the account is loaded."""
        for cancel in (self._stop_tracking, self._cancel_midnight):
            if cancel is not None:
                cancel()
        self._stop_tracking = self._cancel_midnight = None

    @callback
    def _handle_state(self, event: Event[EventStateChangedData]) -> None:
        """Read a calendar that has changed, also one that has just been added."""
        state = event.data["new_state"]
        for calendar in self._each():
            if calendar.entity_id != event.data["entity_id"]:
                continue
            if state is None:
                self._forget_removed(calendar)
            elif state.state != STATE_UNAVAILABLE:
                self._read_soon(calendar)

    def _forget_removed(self, calendar: _Calendar) -> None:
        """Forget the bookings of a calendar that was deleted, but not of a renamed one."""
        registered = calendar.registry_id
        if registered and er.async_get(self._hass).async_get(registered) is None:
            self._publish(calendar, None)

    @callback
    def _wait_for_midnight(self) -> None:
        """Read all calendars when the next day begins."""
        midnight = dt_util.start_of_local_day(dt_util.now() + timedelta(days=1))
        self._cancel_midnight = async_call_later(
            self._hass,
            midnight.astimezone(UTC) - dt_util.utcnow(),
            HassJob(self._begin_day, cancel_on_shutdown=True),
        )

    @callback
    def _begin_day(self, _now: datetime) -> None:
        """Read all calendars in the window of the new day."""
        self._wait_for_midnight()
        self._read_all()

    @callback
    def _begin(self, _hass: HomeAssistant) -> None:
        """Read all calendars when Home Assistant has started."""
        self._read_all()

    @callback
    def _read_all(self, _now: datetime | None = None) -> None:
        """Read all calendars."""
        for calendar in self._each():
            self._read_soon(calendar)

    def _read_soon(self, calendar: _Calendar) -> None:
        """Read a calendar in the background; once more if it is being read already."""
        calendar.changed = True
        if not calendar.reading:
            calendar.reading = True
            self._entry.async_create_background_task(
                self._hass, self._read(calendar), f"{DOMAIN} {calendar.entity_id}"
            )

    async def _read(self, calendar: _Calendar) -> None:
        """Read the bookings of a calendar in the window until it does not change meanwhile."""
        try:
            while calendar.changed:
                calendar.changed = False
                async with self._read_slots:
                    start, end = window()
                    bookings = await self._request(calendar, start, end)
                self._take(calendar, bookings)
        finally:
            calendar.reading = False

    def _take(self, calendar: _Calendar, bookings: Bookings | None) -> None:
        """Take the result of a read; after an error the bookings are kept for a while."""
        if bookings is None:
            calendar.failures += 1
            if self._hass.state is not CoreState.running:
                return
            if calendar.failures < UNKNOWN_AFTER:
                bookings = calendar.bookings
        else:
            calendar.failures = 0
        self._publish(calendar, bookings)

    def _publish(self, calendar: _Calendar, bookings: Bookings | None) -> None:
        """Set the bookings of a calendar, and report the rooms for which that is a change."""
        changed = bookings != calendar.bookings
        calendar.bookings = bookings
        for room_id, linked in list(self._calendars.items()):
            if linked is calendar and (changed or room_id in self._awaited):
                self._awaited.discard(room_id)
                self._on_change(room_id)

    async def _request(
        self, calendar: _Calendar, start: datetime, end: datetime
    ) -> Bookings | None:
        """Return the bookings of a calendar in a span; None after an error."""
        try:
            bookings = await async_read_bookings(
                self._hass, calendar.entity_id, start, end, self._titles
            )
        except CalendarError as err:
            LOGGER.debug("%s: %s: %s", self._entry.title, calendar.entity_id, err)
            return None
        # The option may have changed meanwhile.
        return tuple(booking.reduced(self._titles) for booking in bookings)
