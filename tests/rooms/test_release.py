"""Test which booking a room is released from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from custom_components.meeting_rooms.api.models.booking import Booking
from custom_components.meeting_rooms.rooms.booking_plan import BookingRefused
from custom_components.meeting_rooms.rooms.release import booking_to_release, is_own
from custom_components.meeting_rooms.rooms.schedule import RoomSchedule, Span

from .bookings import at, booking, span

NOW: Final = at("10:30")
PAST: Final = booking("08:00", "09:00", "past")
PRESENT: Final = booking("10:00", "11:00", "present")
LATER: Final = booking("15:00", "16:00", "later")
REQUESTED: Final = booking("10:15", "11:00", "requested", tentative=True)
LINKED: Final = booking("10:00", "11:00")
WEEKLY: Final = replace(PRESENT, booking_id="weekly", recurring=True)
OWN: Final = {"new": span("12:00", "13:00")}


def released(
    *bookings: Booking, booking_id: str | None = None, own: Mapping[str, Span] = OWN
) -> tuple[str, Span]:
    """Return what a room with some bookings is released from."""
    return booking_to_release(RoomSchedule(bookings), own, booking_id, NOW)


@pytest.mark.parametrize(
    ("bookings", "booking_id", "found"),
    [
        ([PAST, PRESENT, LATER], None, ("present", span("10:00", "11:00"))),
        ([PAST, PRESENT, LATER], "later", ("later", span("15:00", "16:00"))),
        ([PRESENT, REQUESTED], None, ("present", span("10:00", "11:00"))),
        ([LINKED, PRESENT], None, ("present", span("10:00", "11:00"))),
        ([PRESENT], "new", ("new", span("12:00", "13:00"))),
    ],
)
def test_a_room_is_released_from_the_booking_now_or_the_named_one(
    bookings: list[Booking], booking_id: str | None, found: tuple[str, Span]
) -> None:
    """A reserved booking comes before a requested one, and a new one need not be known yet."""
    assert released(*bookings, booking_id=booking_id) == found


@pytest.mark.parametrize(
    ("bookings", "booking_id", "reason"),
    [
        ([], None, "no_booking_now"),
        ([PAST, LATER], None, "no_booking_now"),
        ([REQUESTED], None, "no_booking_now"),
        ([LINKED], None, "booking_of_linked_calendar"),
        ([WEEKLY], None, "booking_recurring"),
        ([PRESENT, replace(LATER, booking_id="present")], None, "booking_recurring"),
        ([PRESENT], "other", "booking_unknown"),
        ([PAST], "past", "booking_unknown"),
    ],
)
def test_a_booking_that_cannot_be_released_alone_is_refused(
    bookings: list[Booking], booking_id: str | None, reason: str
) -> None:
    """The reason has a translation."""
    with pytest.raises(BookingRefused, match=f"^{reason}$"):
        released(*bookings, booking_id=booking_id)


def test_a_request_of_home_assistant_can_be_withdrawn() -> None:
    """A requested booking of another person cannot."""
    own = {"requested": span("10:15", "11:00")}
    assert is_own(REQUESTED, own)
    assert not is_own(PRESENT, own)
    assert released(REQUESTED, own=own) == ("requested", own["requested"])


@pytest.mark.parametrize("booking_id", [None, "other"])
def test_nothing_is_released_while_the_bookings_are_unknown(
    booking_id: str | None,
) -> None:
    """Only a booking that was made from Home Assistant is."""
    with pytest.raises(BookingRefused, match="^bookings_unknown$"):
        booking_to_release(None, OWN, booking_id, NOW)
    assert booking_to_release(None, OWN, "new", NOW) == ("new", OWN["new"])
