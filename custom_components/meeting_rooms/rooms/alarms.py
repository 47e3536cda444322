"""The active alarms of a room, from fetched alarms and pushed alerts."""

from collections.abc import Iterable
from dataclasses import replace

from ..api.models.alert import RoomAlert
from ..api.models.room import DeviceAlarms, Health

_WORST_FIRST = (Health.ERROR, Health.WARNING, Health.OK)


def worst(healths: Iterable[Health | None]) -> Health | None:
    """Return the worst known health."""
    known = {*healths}
    return next((health for health in _WORST_FIRST if health in known), None)


def active_alarms(
    device_alarms: tuple[DeviceAlarms, ...] | None, alerts: tuple[RoomAlert, ...]
) -> tuple[DeviceAlarms, ...] | None:
    """Return the fetched alarms, updated by the alerts that were pushed since."""
    for alert in alerts:
        if alert.recovered:
            device_alarms = device_alarms and tuple(
                _without(each, alert) for each in device_alarms
            )
        else:
            device_alarms = _with(device_alarms or (), alert)
    return device_alarms


def _without(device: DeviceAlarms, alert: RoomAlert) -> DeviceAlarms:
    """Return a device without the alarm that has recovered."""
    left = tuple(alarm for alarm in device.alarms if alarm.code != alert.alarm.code)
    if alert.rooms_id not in {None, device.rooms_id} or left == device.alarms:
        return device
    return replace(device, alarms=left, health=device.health if left else None)


def _with(
    device_alarms: tuple[DeviceAlarms, ...], alert: RoomAlert
) -> tuple[DeviceAlarms, ...]:
    """Return the devices, one of them with the new alarm."""
    device = next(
        (each for each in device_alarms if each.rooms_id == alert.rooms_id), None
    )
    others = tuple(each for each in device_alarms if each is not device)
    found = device or DeviceAlarms(room_id=alert.room_id, rooms_id=alert.rooms_id)
    alarms = [each for each in found.alarms if each.code != alert.alarm.code]
    alarmed = replace(
        found,
        alarms=(*alarms, alert.alarm),
        health=worst((found.health, alert.health)),
    )
    return (*others, alarmed)
