"""Alerts of rooms that a vendor pushes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .room import Alarm, Health


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomAlert:
    """The start or the end of an alarm of a room."""

    room_id: str | None
    rooms_id: str | None
    """The device of the room, where the vendor reports it."""
    alarm: Alarm
    health: Health | None
    recovered: bool
    at: datetime
    """The time of the event, by the vendor's clock."""
    clock_offset: timedelta = field(default=timedelta(0), compare=False)
    """The difference between the clock of this machine and the vendor's."""

    @property
    def by_our_clock(self) -> datetime:
        """Return the time of the event by the clock of this machine."""
        return self.at + self.clock_offset

    @property
    def concerns(self) -> tuple[str | None, str | None]:
        """Return the device and the alarm code; a later alert with the same two replaces this."""
        return self.rooms_id, self.alarm.code
