"""The reasons why a room may not be ready for its next meeting."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from ..api.models.room import DeviceAlarms, Health, RoomStatus


class ProblemReason(StrEnum):
    """The reason of a problem, the worst first; four are the vendors' alarm codes."""

    OFFLINE = "offline"
    NOT_LOGGED_IN = "not_logged_in"
    DEVICE_OFF_LINE = "device_off_line"
    CAMERA = "camera"
    MICROPHONE = "microphone"
    SPEAKER = "speaker"
    HEALTH_ERROR = "health_error"
    OTHER_ALARM = "other_alarm"
    CPU_OCCUPANCY_RATE_OVERTOP = "cpu_occupancy_rate_overtop"
    SPEAKER_VOLUME_TOO_LOW = "speaker_volume_too_low"
    DISPLAY_REFRESH_TOO_LOW = "display_refresh_too_low"
    HEALTH_WARNING = "health_warning"
    NONE = "none"


_NOT_SET_UP: Final = {RoomStatus.NOT_BOUND, RoomStatus.NOT_ACTIVATED}
_BY_STATUS: Final[Mapping[RoomStatus | None, ProblemReason]] = {
    RoomStatus.OFFLINE: ProblemReason.OFFLINE,
    RoomStatus.NOT_LOGGED_IN: ProblemReason.NOT_LOGGED_IN,
}
_BY_HEALTH: Final[Mapping[Health | None, ProblemReason]] = {
    Health.OK: ProblemReason.NONE,
    Health.WARNING: ProblemReason.HEALTH_WARNING,
    Health.ERROR: ProblemReason.HEALTH_ERROR,
}
_BY_ALARM_CODE: Final[Mapping[str | None, ProblemReason]] = {
    reason.value: reason
    for reason in (
        ProblemReason.DEVICE_OFF_LINE,
        ProblemReason.CPU_OCCUPANCY_RATE_OVERTOP,
        ProblemReason.SPEAKER_VOLUME_TOO_LOW,
        ProblemReason.DISPLAY_REFRESH_TOO_LOW,
    )
}
_OF_ALARMS: Final = (*_BY_ALARM_CODE.values(), ProblemReason.OTHER_ALARM)
_OF_HEALTH: Final = (ProblemReason.HEALTH_ERROR, ProblemReason.HEALTH_WARNING)


def reported_problems(
    status: RoomStatus | None,
    health: Health | None,
    healthy_parts: Mapping[ProblemReason, bool | None],
    device_alarms: Iterable[DeviceAlarms] | None,
    *,
    awaits_health: bool = False,
) -> Mapping[ProblemReason, bool]:
    """Return whether a room has each problem, without those of which nothing is known.

    `awaits_health` is whether the details, which report the health, were not fetched yet.
    """
    if status in _NOT_SET_UP:
        return {}
    reported: dict[ProblemReason, bool] = {}
    if status is not None:
        reported |= {reason: status is each for each, reason in _BY_STATUS.items()}
    for reason, healthy in healthy_parts.items():
        if healthy is not None:
            reported[reason] = not healthy
    found = {_BY_HEALTH.get(health)}
    if device_alarms is not None:
        found.update(_reasons_of_alarms(device_alarms))
        reported |= {reason: reason in found for reason in _OF_ALARMS}
    if health is not None or not (device_alarms is None or awaits_health):
        reported |= {reason: reason in found for reason in _OF_HEALTH}
    else:
        reported |= {reason: True for reason in _OF_HEALTH if reason in found}
    return reported


def worst_reason(reported: Mapping[ProblemReason, bool]) -> ProblemReason | None:
    """Return the worst problem; None for a room that is not set up or reports nothing else."""
    worst = next((reason for reason in ProblemReason if reported.get(reason)), None)
    if worst is None and reported.keys() - _BY_STATUS.values():
        return ProblemReason.NONE
    return worst


def _reasons_of_alarms(
    device_alarms: Iterable[DeviceAlarms],
) -> Iterator[ProblemReason | None]:
    """Yield the reasons of the active alarms."""
    for device in device_alarms:
        yield _BY_HEALTH.get(device.health)
        for alarm in device.alarms:
            yield _BY_ALARM_CODE.get(alarm.code, ProblemReason.OTHER_ALARM)
