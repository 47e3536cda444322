"""Carry out the writes of an account to their end, one after another for each room."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine
from datetime import datetime
from time import monotonic
from typing import Any, Final, Protocol

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..api.client import NewBooking
from ..api.errors import ApiError, NotFound, OutcomeUnknown, RequestRejected
from ..const import DOMAIN, LOGGER
from ..rooms.booking_plan import BookingRefused
from ..rooms.schedule import Span
from .booking_writer import RETRY_SECONDS, BookingWriter
from .room_schedules import Bookings
from .written_bookings import WrittenBooking, WrittenBookings

_UNLOAD_SECONDS: Final = 60.0


class BookingSources(Protocol):
    """The bookings of an account's rooms."""

    async def async_reload(
        self, room_id: str, calendar_id: str, start: datetime, end: datetime
    ) -> Bookings | None:
        """Return and publish the vendor's bookings; None where it denies them. Raises ApiError."""

    async def async_fetch_linked(
        self, room_id: str, start: datetime, end: datetime
    ) -> Bookings:
        """Return the bookings of a room's linked calendar."""


class RoomWrites:
    """Book and release rooms; what has begun goes on if its caller is cancelled."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry[Any],
        writer: BookingWriter,
        written: WrittenBookings,
        sources: BookingSources,
        *,
        refresh: Callable[[Collection[str]], None],
        changed: Callable[[str], None],
    ) -> None:
        """Use the writer of an account, and the record of what was written.

        `refresh` is called with the rooms whose bookings are to be fetched as soon as possible.
        `changed` is called with a room after each write, and when its outcome becomes known.
        """
        self._hass = hass
        self._entry = entry
        self._writer = writer
        self._written = written
        self._sources = sources
        self._refresh = refresh
        self._changed = changed
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._running: set[asyncio.Task[Any]] = set()
        self._releases: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._retry_at: dict[str, float] = {}
        """When each unsettled booking is tried again, by a time of the monotonic clock."""
        self._settling = False

    async def complete[T](self, work: Coroutine[Any, Any, T]) -> T:
        """Return the result of a request, which goes on if the caller is cancelled."""
        return await _result_of(self._started(work))

    async def book(self, room_id: str, new: NewBooking) -> str:
        """Book a room, unless it is booked, and return the booking's id.

        Raises ApiError and BookingRefused.
        """
        return await self.complete(self._book(room_id, new))

    async def release(
        self, room_id: str, calendar_id: str, booking_id: str, span: Span
    ) -> None:
        """Release a room; a release that has begun is not sent again. Raises likewise."""
        key = (room_id, booking_id)
        task = self._releases.get(key)
        if task is None:
            task = self._started(self._release(room_id, calendar_id, booking_id, span))
            self._releases[key] = task
            task.add_done_callback(lambda _: self._releases.pop(key, None))
        await _result_of(task)

    @callback
    def settle_soon(self) -> None:
        """Find out what became of earlier writes; the vendor has just responded to a poll."""
        ended = self._written.has_ended(dt_util.utcnow())
        if not self._settling and (ended or self._due()):
            self._settling = True
            self._entry.async_create_background_task(
                self._hass, self._settle(), f"{self._entry.title} bookings"
            )

    async def finish(self) -> None:
        """Wait for the writes that have begun."""
        if self._running:
            await asyncio.wait(self._running, timeout=_UNLOAD_SECONDS)

    def _started[T](self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Return the task of a write that has begun."""
        task = self._entry.async_create_task(
            self._hass, work, f"{DOMAIN} {self._entry.title} write"
        )
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(_note_outcome)
        return task

    async def _book(self, room_id: str, new: NewBooking) -> str:
        """Book a room, and publish its bookings."""
        calendar_id, span = new.room_id, Span(new.start, new.end)
        async with self._locks[room_id]:
            if await self._is_booked(room_id, calendar_id, span):
                raise BookingRefused("room_booked")
            try:
                booking_id = await self._writer.make(room_id, new)
            except OutcomeUnknown:
                await self._look_after(room_id, calendar_id, span)
                raise
            except ApiError as err:
                if err.item_only and await self._is_booked_meanwhile(
                    room_id, calendar_id, span
                ):
                    raise BookingRefused("room_booked_meanwhile") from err
                raise
            found = await self._reload(room_id, calendar_id, span)
            if found is not None and not _contains(found, booking_id, span):
                if (key := await self._writer.doubt(room_id, booking_id)) is not None:
                    self._retry_at[key] = monotonic() + RETRY_SECONDS
                raise OutcomeUnknown("the booking is not listed")
        return booking_id

    async def _release(
        self, room_id: str, calendar_id: str, booking_id: str, span: Span
    ) -> None:
        """Release a room, and publish its bookings."""
        async with self._locks[room_id]:
            was_own = self._written.find(room_id, booking_id) is not None
            try:
                await self._writer.release(room_id, calendar_id, booking_id)
            except NotFound as err:
                found = await self._reload(room_id, calendar_id, span)
                if was_own:
                    # The writer keeps an own booking exactly if it may exist.
                    exists = self._written.find(room_id, booking_id) is not None
                else:
                    ids = {each.booking_id for each in found or ()}
                    exists = found is None or booking_id in ids
                if exists:
                    raise RequestRejected(code=err.code) from err
                raise BookingRefused("booking_unknown") from err
            except OutcomeUnknown:
                await self._look_after(room_id, calendar_id, span)
                raise
            await self._reload(room_id, calendar_id, span)

    async def _is_booked(self, room_id: str, calendar_id: str, span: Span) -> bool:
        """Return whether a room is booked in a span, by new requests. Raises ApiError.

        One that is only requested counts if it was requested from Home Assistant. Where the vendor
        denies its bookings, only those made from Home Assistant are known.
        """
        reported = await self._sources.async_reload(
            room_id, calendar_id, span.start, span.end
        )
        linked = await self._sources.async_fetch_linked(room_id, span.start, span.end)
        written = self._written.of(room_id)
        spans = [
            Span(each.start, each.end)
            for each in (*(reported or ()), *linked)
            if not each.tentative or any(own.may_be(each) for own in written)
        ]
        if reported is None:
            spans += [each.span for each in written]
        return any(each.start < span.end and span.start < each.end for each in spans)

    async def _is_booked_meanwhile(
        self, room_id: str, calendar_id: str, span: Span
    ) -> bool:
        """Return whether a room is booked, after the vendor has rejected a booking."""
        try:
            return await self._is_booked(room_id, calendar_id, span)
        except ApiError as err:
            LOGGER.debug("The reason of a rejected booking is unknown: %s", err)
            return False

    async def _reload(
        self, room_id: str, calendar_id: str, span: Span
    ) -> Bookings | None:
        """Publish the bookings of a room after a write, and return them if they are known."""
        found = None
        try:
            found = await self._sources.async_reload(
                room_id, calendar_id, span.start, span.end
            )
        except ApiError as err:
            LOGGER.debug("The bookings after a write are fetched later: %s", err)
            self._refresh([room_id])
        self._changed(room_id)
        return found

    async def _look_after(self, room_id: str, calendar_id: str, span: Span) -> None:
        """Look for the effect of a write whose outcome is unknown, and publish it."""
        unsettled = [
            each for each in self._written.unsettled if each.room_id == room_id
        ]
        settled = [each for each in unsettled if await self._writer.settle(each)]
        for each in settled:
            self._retry_at[each.key] = monotonic() + RETRY_SECONDS
        if settled == unsettled:
            await self._reload(room_id, calendar_id, span)
        else:
            self._refresh([room_id])

    def _due(self) -> list[WrittenBooking]:
        """Return the unsettled bookings that were not tried for some time."""
        now = monotonic()
        return [
            each
            for each in self._written.unsettled
            if self._retry_at.get(each.key, now) <= now
            and not self._locks[each.room_id].locked()
        ]

    async def _settle(self) -> None:
        """Forget the bookings that are over, and settle those whose outcome is unknown."""
        try:
            await self._written.async_drop_ended(dt_util.utcnow())
            self._writer.forget_ended()
            keys = {each.key for each in self._written.unsettled}
            self._retry_at = {
                key: when for key, when in self._retry_at.items() if key in keys
            }
            for due in self._due():
                self._retry_at[due.key] = monotonic() + RETRY_SECONDS
                async with self._locks[due.room_id]:
                    if due in self._written.unsettled:
                        await self._look_after(due.room_id, due.calendar_id, due.span)
        finally:
            self._settling = False


def _contains(found: Bookings, booking_id: str, span: Span) -> bool:
    """Return whether a booking is among those that the vendor reports."""
    return any(
        each.booking_id == booking_id or Span(each.start, each.end) == span
        for each in found
    )


async def _result_of[T](task: asyncio.Task[T]) -> T:
    """Return the result of a task, which is not cancelled with its caller."""
    await asyncio.wait([task])
    return task.result()


def _note_outcome(task: asyncio.Task[Any]) -> None:
    """Retrieve the error of a task, whose caller may have been cancelled."""
    if not task.cancelled() and (err := task.exception()) is not None:
        LOGGER.debug("A write has failed: %s", type(err).__name__)
