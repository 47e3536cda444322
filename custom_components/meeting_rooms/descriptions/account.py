"""Entity descriptions of accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, EntityCategory

from ..account.presence import Presence
from ..account.snapshot import Snapshot
from ..api.budget import RequestBudget
from ..api.client import Feature
from ..api.models.booking import HostBooking
from ..api.models.conference import Conference
from ..api.models.room import RoomStatus
from ..rooms.availability import FREE
from ..rooms.room import Room
from .base import SensorValue, SubjectCalendarDescription, SubjectSensorDescription

_count = partial(
    SubjectSensorDescription[Snapshot], state_class=SensorStateClass.MEASUREMENT
)


def _rooms_in(*statuses: RoomStatus | None) -> Callable[[Snapshot], SensorValue]:
    """Return a function that counts the rooms in these statuses."""
    return lambda snapshot: sum(snapshot.statuses[status] for status in statuses)


def _rooms_with_problem(snapshot: Snapshot) -> SensorValue:
    """Return how many rooms have a problem."""
    return sum(room.problem is True for room in snapshot.of(Room).values())


def _rooms_free(snapshot: Snapshot) -> SensorValue:
    """Return how many rooms can be used now."""
    found = snapshot.availabilities
    return sum(found[each] for each in FREE)


def _rooms_not_ready(snapshot: Snapshot) -> SensorValue:
    """Return how many rooms are not ready for their next meeting."""
    return sum(room.outlook.not_ready is True for room in snapshot.of(Room).values())


def _utilization(snapshot: Snapshot) -> SensorValue | None:
    """Return the percentage of used rooms among those whose use is known and counts."""
    outlooks = [room.outlook for room in snapshot.of(Room).values()]
    used = [each.used for each in outlooks if each.counts_use and each.used is not None]
    return 100 * sum(used) / len(used) if used else None


def _no_shows(snapshot: Snapshot) -> SensorValue:
    """Return the number of no-shows of all rooms."""
    return sum(room.outlook.no_shows for room in snapshot.of(Room).values())


def _running_conferences(snapshot: Snapshot) -> SensorValue:
    """Return how many conferences are running."""
    return sum(each.in_progress is True for each in snapshot.of(Conference).values())


ACCOUNT_SENSORS: Final[tuple[SubjectSensorDescription[Snapshot], ...]] = (
    _count(key="rooms_free", value_fn=_rooms_free),
    _count(key="rooms_not_ready", feature=Feature.DETAILS, value_fn=_rooms_not_ready),
    SubjectSensorDescription[Snapshot](
        key="utilization",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=_utilization,
    ),
    SubjectSensorDescription[Snapshot](
        key="no_shows",
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=_no_shows,
    ),
    _count(key="rooms_idle", value_fn=_rooms_in(RoomStatus.IDLE)),
    _count(key="rooms_in_use", value_fn=_rooms_in(RoomStatus.IN_USE)),
    _count(
        key="rooms_offline",
        feature=Feature.DETAILS,
        value_fn=_rooms_in(RoomStatus.OFFLINE, RoomStatus.NOT_LOGGED_IN),
    ),
    _count(key="rooms_problem", feature=Feature.DETAILS, value_fn=_rooms_with_problem),
    _count(
        key="rooms_other",
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        value_fn=_rooms_in(RoomStatus.NOT_BOUND, RoomStatus.NOT_ACTIVATED, None),
    ),
    _count(
        key="conferences_running",
        feature=Feature.HOST_BOOKINGS,
        value_fn=_running_conferences,
    ),
)

ACCOUNT_CALENDARS: Final = (
    SubjectCalendarDescription[Snapshot, HostBooking](
        key="conferences",
        feature=Feature.HOST_BOOKINGS,
        value_fn=lambda snapshot: snapshot.host_bookings,
    ),
)


@dataclass(frozen=True, kw_only=True)
class ActivitySensorDescription(SensorEntityDescription):
    """A sensor of an account's API requests, or of the age of its rooms' statuses."""

    entity_category: EntityCategory | None = EntityCategory.DIAGNOSTIC
    value_fn: Callable[[RequestBudget, Presence], SensorValue | None]


ACTIVITY_SENSORS: Final = (
    ActivitySensorDescription(
        key="calls_today",
        state_class=SensorStateClass.TOTAL_INCREASING,
        value_fn=lambda budget, presence: budget.today.requests,
    ),
    ActivitySensorDescription(
        key="budget_used",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda budget, presence: 100 * budget.used,
    ),
    ActivitySensorDescription(
        key="oldest_reading",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda budget, presence: presence.oldest_update,
    ),
)
