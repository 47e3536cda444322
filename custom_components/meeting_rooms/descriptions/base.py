"""The forms in which the platforms describe their entities."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from homeassistant.components.binary_sensor import BinarySensorEntityDescription
from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.helpers.entity import EntityDescription

from ..api.client import Feature
from ..rooms.room import RoomPart

type SensorValue = str | float | datetime
"""What a sensor can show."""


@dataclass(frozen=True, kw_only=True)
class SubjectEntityDescription[S, V](EntityDescription):
    """The part of a description that says what an entity reads, and who can tell it."""

    value_fn: Callable[[S], V | None]
    feature: Feature | None = None
    """What the vendor must offer for this to be known; None where all of them tell it."""
    parts: RoomPart = ~RoomPart(0)
    """The parts of a room without which this cannot change."""


@dataclass(frozen=True, kw_only=True)
class SubjectSensorDescription[S](
    SubjectEntityDescription[S, SensorValue], SensorEntityDescription
):
    """A sensor that reads one value of its subject."""


@dataclass(frozen=True, kw_only=True)
class SubjectBinarySensorDescription[S](
    SubjectEntityDescription[S, bool], BinarySensorEntityDescription
):
    """A binary sensor that reads one value of its subject."""
