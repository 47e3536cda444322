"""Read the events of Home Assistant's calendars as bookings."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from homeassistant.components.calendar.const import (
    EVENT_END_DATETIME,
    EVENT_START_DATETIME,
    SERVICE_GET_EVENTS,
    CalendarEventStatus,
)
from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from ..api.models.booking import Booking, Titles

_TIMEOUT_SECONDS: Final = 30.0


class CalendarError(Exception):
    """A calendar cannot be read; the message has no title."""


def window() -> tuple[datetime, datetime]:
    """Return the start of today and the end of tomorrow in Home Assistant's time zone."""
    today = dt_util.now().date()
    return (
        dt_util.start_of_local_day(today),
        dt_util.start_of_local_day(today + timedelta(days=2)),
    )


def moment_of(entered: datetime) -> datetime:
    """Return an entered time in UTC; one without a zone is in Home Assistant's.

    The first and the last day of all years have no other time in UTC, and stay as they are.
    """
    try:
        return dt_util.as_utc(entered)
    except OverflowError:
        return entered.replace(tzinfo=UTC)


def duration_of(entered: Any) -> timedelta:
    """Return an entered duration; one without a representation is the longest one."""
    try:
        duration: timedelta = cv.positive_time_period(entered)
    except OverflowError:
        return timedelta.max
    return duration


async def async_read_bookings(
    hass: HomeAssistant,
    entity_id: str,
    start: datetime,
    end: datetime,
    titles: Titles,
) -> tuple[Booking, ...]:
    """Return the bookings of a calendar that overlap a span, in the order of their start."""
    events = await _read_events(hass, entity_id, start, end)
    bookings = (_booking(event, titles) for event in events)
    overlapping = (
        booking
        for booking in bookings
        if booking is not None and booking.start < end and booking.end > start
    )
    return tuple(sorted(overlapping, key=lambda booking: (booking.start, booking.end)))


async def _read_events(
    hass: HomeAssistant, entity_id: str, start: datetime, end: datetime
) -> list[Mapping[str, Any]]:
    """Return the events of a calendar; its integration may raise any error."""
    state = hass.states.get(entity_id)
    if state is None or state.state == STATE_UNAVAILABLE:
        raise CalendarError("not available")
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            (response,) = await asyncio.gather(
                hass.services.async_call(
                    Platform.CALENDAR,
                    SERVICE_GET_EVENTS,
                    {EVENT_START_DATETIME: start, EVENT_END_DATETIME: end},
                    target={ATTR_ENTITY_ID: entity_id},
                    blocking=True,
                    return_response=True,
                ),
                return_exceptions=True,
            )
    except TimeoutError as err:
        raise CalendarError("timeout") from err
    if isinstance(response, BaseException):
        # The error itself is left out: its message may contain titles.
        raise CalendarError(type(response).__name__)
    events: list[Mapping[str, Any]] = cast(Any, response)[entity_id]["events"]
    return events


def _booking(event: Mapping[str, Any], titles: Titles) -> Booking | None:
    """Return the booking of an event in a response; None if it reserves no time."""
    start, end = _moment(event["start"]), _moment(event["end"])
    if start is None or end is None or end <= start:
        return None
    return Booking(
        booking_id=None,
        start=start,
        end=end,
        tentative=event.get("status") == CalendarEventStatus.TENTATIVE,
        title=(event.get("summary") or None) if titles is Titles.FULL else None,
    )


def _moment(text: str) -> datetime | None:
    """Return a time in UTC; a date begins at midnight in Home Assistant's time zone."""
    try:
        if (day := dt_util.parse_date(text)) is not None:
            return dt_util.start_of_local_day(day).astimezone(UTC)
        moment = dt_util.parse_datetime(text)
        return None if moment is None else dt_util.as_utc(moment)
    except OverflowError:
        return None
