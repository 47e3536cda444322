"""A booking of a room, independent of the vendor.

It has no field for a description, an attendee, a link or a meeting code.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self


class Titles(StrEnum):
    """How much of the title and the organizer of a booking is kept."""

    BUSY_ONLY = "busy_only"
    """Neither."""
    ORGANIZER = "organizer"
    """The organizer's name."""
    FULL = "full"
    """Both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A reserved span of time of one room, without its end: `start` and `end` are in UTC.

    A recurring booking has one for each occurrence. Bookings that do not reserve the room, such
    as cancelled and released ones, are never returned.
    """

    booking_id: str | None
    """The source's id, which the occurrences of a recurring booking share; None for no id."""
    start: datetime
    end: datetime
    tentative: bool = False
    """Whether the booking is only requested; it does not reserve the room."""
    recurring: bool = False
    """Whether it is one of several occurrences that the vendor releases together only."""
    title: str | None = None
    organizer: str | None = None

    @property
    def shown_title(self) -> str | None:
        """Return the title, or else the organizer, as far as they are known."""
        return self.title or self.organizer

    def reduced(self, titles: Titles) -> Self:
        """Return the booking without the texts that must not be kept."""
        if titles is Titles.FULL:
            return self
        organizer = self.organizer if titles is Titles.ORGANIZER else None
        if self.title is None and organizer == self.organizer:
            return self
        return replace(self, title=None, organizer=organizer)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostBooking(Booking):
    """A booking of a host, with or without rooms."""

    location: str | None = None
    """The names of the rooms that it reserves."""


def reduced_bookings[B: Booking](
    bookings: Iterable[B], titles: Titles
) -> tuple[B, ...]:
    """Return bookings without the texts that must not be kept."""
    return tuple(each.reduced(titles) for each in bookings)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRoom:
    """A room of a vendor's booking calendar, which has other ids than the list of rooms."""

    calendar_id: str
    name: str | None = None
    city: str | None = None
    building: str | None = None
    floor: str | None = None
    capacity: int | None = None
