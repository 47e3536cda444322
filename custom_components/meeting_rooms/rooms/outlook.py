"""What is derived from a room, its bookings and the time."""

from dataclasses import dataclass
from datetime import datetime

from .availability import Availability
from .uses import Use


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The state of a room that depends on its bookings, its use and the time."""

    availability: Availability | None = None
    until: datetime | None = None
    """When a free room is booked, or a booked one free."""
    next_start: datetime | None = None
    """The start of the next booking."""
    current_title: str | None = None
    next_title: str | None = None
    booked: bool | None = None
    used: bool | None = None
    uses: tuple[Use, ...] = ()
    """When the room was used today, and until a day ago."""
    counts_use: bool = True
    """Whether the use counts now: within the office hours."""
    not_ready: bool | None = None
    not_ready_reason: str | None = None
    problem_since: datetime | None = None
    """Since when the room has its worst problem."""
    no_shows: int = 0
