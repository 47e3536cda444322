"""The booking that a room is released from."""

from collections.abc import Mapping
from datetime import datetime

from ..api.models.booking import Booking
from .booking_plan import BookingRefused
from .schedule import RoomSchedule, Span


def booking_to_release(
    schedule: RoomSchedule | None,
    own: Mapping[str, Span],
    booking_id: str | None,
    now: datetime,
) -> tuple[str, Span]:
    """Return the id and the span of a booking that can be released, by default the one now.

    `own` are the bookings that were made from Home Assistant; they may be later than those of
    the schedule. Raises BookingRefused.
    """
    if booking_id is None:
        booking_id = _present_id(schedule, own, now)
    if schedule is None and booking_id not in own:
        raise BookingRefused("bookings_unknown")
    bookings = () if schedule is None else schedule.bookings
    same = [each for each in bookings if each.booking_id == booking_id]
    if len(same) > 1 or any(each.recurring for each in same):
        raise BookingRefused("booking_recurring")
    spans = [Span(each.start, each.end) for each in same]
    spans += [own[booking_id]] if booking_id in own else []
    if not spans or spans[0].end <= now:
        raise BookingRefused("booking_unknown")
    return booking_id, spans[0]


def is_own(booking: Booking, own: Mapping[str, Span]) -> bool:
    """Return whether a booking was made from Home Assistant, and can be released alone."""
    return not booking.recurring and booking.booking_id in own


def _present_id(
    schedule: RoomSchedule | None, own: Mapping[str, Span], now: datetime
) -> str:
    """Return the id of the booking at a moment; a requested one counts if it is an own one."""
    if schedule is None:
        raise BookingRefused("bookings_unknown")
    present = [
        each
        for each in schedule.bookings
        if each.start <= now < each.end and (not each.tentative or is_own(each, own))
    ]
    if not present:
        raise BookingRefused("no_booking_now")
    reserved_last = sorted(present, key=lambda each: not each.tentative)
    ids = [each.booking_id for each in reserved_last if each.booking_id is not None]
    if not ids:
        raise BookingRefused("booking_of_linked_calendar")
    return ids[-1]
