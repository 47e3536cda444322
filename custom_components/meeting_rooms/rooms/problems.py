"""The reasons why a room may not be fit for its next meeting."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from ..api.models.room import DeviceAlarms, Health, RoomStatus


class ProblemReason(StrEnum):
    """The reason of a problem, the worst first.

    Four are the vendors' alarm codes; a code that is not among them is another alarm.
    """

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


_RANKS: Final = {reason: rank for rank, reason in enumerate(ProblemReason)}
_BY_STATUS: Final = {
    RoomStatus.OFFLINE: ProblemReason.OFFLINE,
    RoomStatus.NOT_LOGGED_IN: ProblemReason.NOT_LOGGED_IN,
}
_BY_HEALTH: Final = {
    Health.OK: ProblemReason.NONE,
    Health.WARNING: ProblemReason.HEALTH_WARNING,
    Health.ERROR: ProblemReason.HEALTH_ERROR,
}
_BY_ALARM_CODE: Final = {
    reason.value: reason
    for reason in (
        ProblemReason.DEVICE_OFF_LINE,
        ProblemReason.CPU_OCCUPANCY_RATE_OVERTOP,
        ProblemReason.SPEAKER_VOLUME_TOO_LOW,
        ProblemReason.DISPLAY_REFRESH_TOO_LOW,
    )
}


def reason_of_status(status: RoomStatus | None) -> Iterator[ProblemReason]:
    """Yield the problem that a status is."""
    if status in _BY_STATUS:
        yield _BY_STATUS[status]


def reason_of_health(health: Health | None) -> Iterator[ProblemReason]:
    """Yield what a reported health says."""
    if health is not None:
        yield _BY_HEALTH[health]


def reason_of_part(
    reason: ProblemReason, healthy: bool | None
) -> Iterator[ProblemReason]:
    """Yield the reason of a camera, microphone or speaker, if its health is reported."""
    if healthy is not None:
        yield ProblemReason.NONE if healthy else reason


def reasons_of_alarms(
    device_alarms: Iterable[DeviceAlarms] | None,
) -> Iterator[ProblemReason]:
    """Yield what the active alarms say, if alarms are reported at all."""
    if device_alarms is None:
        return
    yield ProblemReason.NONE
    for device in device_alarms:
        yield from reason_of_health(device.health)
        for alarm in device.alarms:
            yield _BY_ALARM_CODE.get(alarm.code or "", ProblemReason.OTHER_ALARM)


def worst_reason(reasons: Iterable[ProblemReason]) -> ProblemReason | None:
    """Return the worst reason; None where nothing is reported."""
    return min(reasons, key=_RANKS.__getitem__, default=None)
