"""Entity descriptions of accounts."""

from collections.abc import Callable
from typing import Final

from homeassistant.components.sensor import SensorStateClass

from ..account.snapshot import Snapshot
from ..api.client import Feature
from ..api.models.room import RoomStatus
from .base import SensorValue, SubjectSensorDescription


def _number_of(*statuses: RoomStatus) -> Callable[[Snapshot], SensorValue]:
    """Return what counts the rooms of an account that are doing one of these."""
    return lambda snapshot: sum(snapshot.statuses[status] for status in statuses)


ACCOUNT_SENSORS: Final[tuple[SubjectSensorDescription[Snapshot], ...]] = (
    SubjectSensorDescription(
        key="rooms_idle",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=_number_of(RoomStatus.IDLE),
    ),
    SubjectSensorDescription(
        key="rooms_in_use",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=_number_of(RoomStatus.IN_USE),
    ),
    SubjectSensorDescription(
        key="rooms_offline",
        state_class=SensorStateClass.MEASUREMENT,
        feature=Feature.DETAILS,
        value_fn=_number_of(RoomStatus.OFFLINE, RoomStatus.NOT_LOGGED_IN),
    ),
)
