"""Alerts of rooms that a vendor pushes, and what they make of the alarms that were read."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from .models import Alarm, Health, Monitor

_WORST_FIRST = (Health.ERROR, Health.WARNING, Health.OK)


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


def worst(healths: Iterable[Health | None]) -> Health | None:
    """Return the worst of what is known."""
    known = {*healths}
    return next((health for health in _WORST_FIRST if health in known), None)


def standing(
    monitors: tuple[Monitor, ...] | None, alerts: tuple[RoomAlert, ...]
) -> tuple[Monitor, ...] | None:
    """Return what stands now, from what was read and the alerts that came since."""
    for alert in alerts:
        if alert.recovered:
            monitors = monitors and tuple(_without(each, alert) for each in monitors)
        else:
            monitors = _with(monitors or (), alert)
    return monitors


def _without(monitor: Monitor, alert: RoomAlert) -> Monitor:
    """Return a device without the trouble that is over."""
    left = tuple(alarm for alarm in monitor.alarms if alarm.code != alert.alarm.code)
    if alert.rooms_id not in {None, monitor.rooms_id} or left == monitor.alarms:
        return monitor
    return replace(monitor, alarms=left, health=monitor.health if left else None)


def _with(monitors: tuple[Monitor, ...], alert: RoomAlert) -> tuple[Monitor, ...]:
    """Return the devices, one of them with the trouble that begins."""
    device = next((each for each in monitors if each.rooms_id == alert.rooms_id), None)
    others = tuple(each for each in monitors if each is not device)
    found = device or Monitor(room_id=alert.room_id, rooms_id=alert.rooms_id)
    alarms = [each for each in found.alarms if each.code != alert.alarm.code]
    troubled = replace(
        found,
        alarms=(*alarms, alert.alarm),
        health=worst((found.health, alert.health)),
    )
    return (*others, troubled)
