"""Whether a room is used, and when it was used last."""

from dataclasses import dataclass, replace
from datetime import datetime

from ..api.models.room import RoomStatus


def is_used(status: RoomStatus | None, evidence: bool | None) -> bool | None:
    """Return whether a room is used, from its status and its presence sensors.

    `evidence` is whether a sensor reports presence; None without an available sensor.
    """
    if status is RoomStatus.IN_USE or evidence:
        return True
    if status is RoomStatus.IDLE or evidence is False:
        return False
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """The use of a room until now: the present value, and the latest use."""

    used: bool | None = None
    since: datetime | None = None
    """Since when `used` has its value."""
    began: datetime | None = None
    """When the latest use began; times in which the use is unknown do not interrupt it."""
    ended: datetime | None = None
    """When the latest use ended; None while the room is used, and before any use."""

    def updated(self, used: bool | None, now: datetime) -> Usage:
        """Return the usage with the value of a moment."""
        if used is self.used and self.since is not None:
            return self
        match used:
            case True:
                continued = self.began is not None and self.ended is None
                began = self.began if continued else now
                return Usage(used=True, since=now, began=began)
            case False if self.began is not None and self.ended is None:
                return replace(self, used=False, since=now, ended=now)
        return replace(self, used=used, since=now)

    def was_used_since(self, moment: datetime) -> bool:
        """Return whether the room has been used since a moment, however briefly."""
        if self.began is None:
            return False
        return self.ended is None or self.ended > moment or self.began >= moment
