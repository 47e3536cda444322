"""Entity descriptions of accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, EntityCategory

from ..account.snapshot import Snapshot
from ..api.budget import RequestBudget
from ..api.client import Feature
from ..api.models.room import RoomStatus
from ..rooms.room import Room
from .base import SensorValue, SubjectSensorDescription

_COUNTED_BY_STATUS: Final = {
    RoomStatus.IDLE,
    RoomStatus.IN_USE,
    RoomStatus.OFFLINE,
    RoomStatus.NOT_LOGGED_IN,
}


def _rooms_in(*statuses: RoomStatus) -> Callable[[Snapshot], SensorValue]:
    """Return a function that counts the rooms in these statuses."""
    return lambda snapshot: sum(snapshot.statuses[status] for status in statuses)


def _other_rooms(snapshot: Snapshot) -> SensorValue:
    """Return how many rooms have another status, or an unknown one."""
    return sum(
        rooms
        for status, rooms in snapshot.statuses.items()
        if status not in _COUNTED_BY_STATUS
    )


def _rooms_with_problem(snapshot: Snapshot) -> SensorValue:
    """Return how many rooms have a problem."""
    return sum(room.problem is True for room in snapshot.of(Room).values())


ACCOUNT_SENSORS: Final[tuple[SubjectSensorDescription[Snapshot], ...]] = (
    SubjectSensorDescription(
        key="rooms_idle",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=_rooms_in(RoomStatus.IDLE),
    ),
    SubjectSensorDescription(
        key="rooms_in_use",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=_rooms_in(RoomStatus.IN_USE),
    ),
    SubjectSensorDescription(
        key="rooms_offline",
        state_class=SensorStateClass.MEASUREMENT,
        feature=Feature.DETAILS,
        value_fn=_rooms_in(RoomStatus.OFFLINE, RoomStatus.NOT_LOGGED_IN),
    ),
    SubjectSensorDescription(
        key="rooms_problem",
        state_class=SensorStateClass.MEASUREMENT,
        feature=Feature.DETAILS,
        value_fn=_rooms_with_problem,
    ),
    SubjectSensorDescription(
        key="rooms_other",
        state_class=SensorStateClass.MEASUREMENT,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        value_fn=_other_rooms,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountActivity:
    """The API requests of an account, and the age of its rooms' statuses."""

    budget: RequestBudget
    oldest_status: datetime | None


@dataclass(frozen=True, kw_only=True)
class ActivitySensorDescription(SensorEntityDescription):
    """A sensor of an account's API requests."""

    value_fn: Callable[[AccountActivity], SensorValue | None]


ACTIVITY_SENSORS: Final = (
    ActivitySensorDescription(
        key="calls_today",
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda activity: activity.budget.today.calls,
    ),
    ActivitySensorDescription(
        key="budget_used",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda activity: 100 * activity.budget.used,
    ),
    ActivitySensorDescription(
        key="oldest_reading",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda activity: activity.oldest_status,
    ),
)
