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


def worst_reason(
    status: RoomStatus | None,
    health: Health | None,
    healthy_parts: Mapping[ProblemReason, bool | None],
    device_alarms: Iterable[DeviceAlarms] | None,
) -> ProblemReason | None:
    """Return the worst reason; None for a room that is not set up or reports nothing."""
    if status in _NOT_SET_UP:
        return None
    found = {_BY_STATUS.get(status), _BY_HEALTH.get(health)}
    for reason, healthy in healthy_parts.items():
        if healthy is not None:
            found.add(ProblemReason.NONE if healthy else reason)
    if device_alarms is not None:
        found.add(ProblemReason.NONE)
        found.update(_reasons_of_alarms(device_alarms))
    return next((reason for reason in ProblemReason if reason in found), None)


def _reasons_of_alarms(
    device_alarms: Iterable[DeviceAlarms],
) -> Iterator[ProblemReason | None]:
    """Yield the reasons of the active alarms."""
    for device in device_alarms:
        yield _BY_HEALTH.get(device.health)
        for alarm in device.alarms:
            yield _BY_ALARM_CODE.get(alarm.code, ProblemReason.OTHER_ALARM)
