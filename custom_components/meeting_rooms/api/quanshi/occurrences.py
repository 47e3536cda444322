"""Which turn of a booking counts, and what its rooms are doing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..models.conference import LiveState
from ..models.room import RoomStatus, RoomSummary
from ..values import count, identifier, integer, text, wire_field
from ..wire import WireModel
from .booking import ConferenceBooking, ConferenceStatus

_ENABLED: Final = 1
_STATUS: Final = {True: RoomStatus.IN_USE, False: RoomStatus.IDLE, None: None}

type Occurrences = tuple[ConferenceBooking, ...]
"""One booking, each of the times that it is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRow(WireModel):
    """A row of the company's rooms. Source: /confopenapi/room/listAll."""

    room_id: str | None = wire_field("roomId", identifier)
    name: str | None = wire_field("name", text)
    capacity: int | None = wire_field("capacity", count)
    status: int | None = wire_field("status", integer)

    def summary(self, *, in_use: bool | None) -> RoomSummary:
        """Return the room with what its conferences make of it, as far as that is known."""
        return RoomSummary(
            room_id=self.room_id,
            name=self.name,
            capacity=self.capacity,
            bookable=None if self.status is None else self.status == _ENABLED,
            status=_STATUS[in_use],
        )


def is_deleted(booking: ConferenceBooking, state: LiveState | None) -> bool:
    """Return whether a booking exists no longer; a cancelled one is still shown."""
    return (
        state is not None
        and state.does_not_exist
        and booking.status is not ConferenceStatus.CANCELLED
    )


def by_event(bookings: Iterable[ConferenceBooking]) -> dict[str, Occurrences]:
    """Return the bookings by event; a recurring one has several turns."""
    turns: dict[str, Occurrences] = {}
    for booking in bookings:
        if booking.event_id is not None:
            turns[booking.event_id] = (*turns.get(booking.event_id, ()), booking)
    return turns


def not_ended_before(
    moment: datetime, bookings: Mapping[str, Occurrences]
) -> dict[str, Occurrences]:
    """Return the bookings with a turn that was not over at a moment."""
    return {
        event_id: turns
        for event_id, turns in bookings.items()
        if any(turn.end is None or turn.end >= moment for turn in turns)
    }


def current_occurrence(
    turns: Occurrences, state: LiveState | None, now: datetime
) -> ConferenceBooking | None:
    """Return the turn to show: the one that runs, or else the next, or else the last."""
    running = state is not None and state.status is ConferenceStatus.IN_PROGRESS

    def order(booking: ConferenceBooking) -> tuple[bool, float]:
        """Put first what is to be shown."""
        start = 0.0 if booking.start is None else booking.start.timestamp()
        begun = start <= now.timestamp()
        over = begun if booking.end is None else booking.end < now
        if running:
            return not begun, -start if begun else start
        return over, -start if over else start

    return min(turns, key=order, default=None)
