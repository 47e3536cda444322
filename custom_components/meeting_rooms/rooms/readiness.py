"""Whether the devices of a room are ready for its next booking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from .problems import ProblemReason
from .schedule import RoomSchedule

_BEFORE_CONTROLLER: Final = (
    ProblemReason.OFFLINE,
    ProblemReason.NOT_LOGGED_IN,
    ProblemReason.DEVICE_OFF_LINE,
)
"""The problems that are worse than a controller that is offline."""

CONTROLLER_OFFLINE: Final = "controller_offline"
REASONS: Final[tuple[str, ...]] = (
    *_BEFORE_CONTROLLER,
    CONTROLLER_OFFLINE,
    *(reason for reason in ProblemReason if reason not in _BEFORE_CONTROLLER),
)
"""Every reason why a room is not ready, the worst first."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a room is not ready and why, and when time alone may change it."""

    not_ready: bool | None
    reason: str | None
    changes_at: datetime | None = None


def readiness(
    schedule: RoomSchedule | None, reason: str | None, ready: timedelta, now: datetime
) -> Readiness:
    """Return whether a room is ready for its booking now, or for one within the `ready` time.

    `reason` is the worst problem, None where nothing is known of the devices.
    """
    if reason is None or schedule is None:
        return Readiness(None, None)
    if reason == ProblemReason.NONE:
        return Readiness(False, ProblemReason.NONE)
    if (span := schedule.span_at(now) or schedule.next_span(now)) is None:
        return Readiness(False, ProblemReason.NONE)
    checked_from = span.start - ready
    if checked_from <= now:
        return Readiness(True, reason, span.end)
    return Readiness(False, ProblemReason.NONE, checked_from)


def problem_times(
    before: Mapping[str, datetime], reported: Mapping[str, bool], now: datetime
) -> Mapping[str, datetime]:
    """Return since when a room has each problem; one of which nothing is known is kept."""
    begun = {reason: now for reason, exists in reported.items() if exists}
    kept = {
        reason: since
        for reason, since in before.items()
        if reported.get(reason) is not False
    }
    return MappingProxyType(begun | kept)


def worst_of(problem: ProblemReason | None, *, controller_offline: bool) -> str | None:
    """Return the worse one of a room's problem and an offline controller."""
    if controller_offline and problem not in _BEFORE_CONTROLLER:
        return CONTROLLER_OFFLINE
    return problem
