"""Alerts of rooms that a vendor pushes, and what they make of the alarms that were read."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .room import Alarm, Health


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomAlert:
    """A trouble of a room that begins, or that is over."""

    room_id: str | None
    rooms_id: str | None
    """The device of the room that it is about, where the vendor tells."""
    alarm: Alarm
    health: Health | None
    recovered: bool
    at: datetime
    """When it happened, by the vendor's clock."""
    clock_offset: timedelta = field(default=timedelta(0), compare=False)
    """What to add to the vendor's time for ours."""

    @property
    def by_our_clock(self) -> datetime:
        """Return when it happened, to be compared with what was read here."""
        return self.at + self.clock_offset

    @property
    def concerns(self) -> tuple[str | None, str | None]:
        """Return what it is news of: of two alerts about the same the later one counts."""
        return self.rooms_id, self.alarm.code
