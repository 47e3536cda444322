"""The forms in which the platforms describe their entities."""

from dataclasses import dataclass
from datetime import datetime

from homeassistant.components.binary_sensor import BinarySensorEntityDescription
from homeassistant.components.sensor import SensorEntityDescription

from .entity import ReadsSubject

type SensorValue = str | float | datetime
"""What a sensor can show."""


@dataclass(frozen=True, kw_only=True)
class SubjectSensorDescription[S](
    ReadsSubject[S, SensorValue], SensorEntityDescription
):
    """A sensor that reads one value of its subject."""


@dataclass(frozen=True, kw_only=True)
class SubjectBinarySensorDescription[S](
    ReadsSubject[S, bool], BinarySensorEntityDescription
):
    """A binary sensor that reads one value of its subject."""
