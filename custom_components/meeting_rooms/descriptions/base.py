"""The base classes of the entity descriptions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from homeassistant.components.binary_sensor import BinarySensorEntityDescription
from homeassistant.components.calendar import CalendarEntityDescription
from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.components.switch import SwitchEntityDescription
from homeassistant.helpers.entity import EntityDescription

from ..api.client import Feature
from ..api.models.booking import Booking

type SensorValue = str | float | datetime
"""The types of a sensor's value."""


@dataclass(frozen=True, kw_only=True)
class SubjectEntityDescription[S, V](EntityDescription):
    """An entity that shows one value of a room, conference, controller or account."""

    value_fn: Callable[[S], V | None]
    feature: Feature | None = None
    """The feature that reports the value; None where every vendor reports it."""
    needs_system: bool = False
    """Whether the value is that of a room's system, which a room of the booking calendar lacks."""
    needs_bookings: bool = False
    """Whether the entity is added only once the bookings of the room are known."""


@dataclass(frozen=True, kw_only=True)
class SubjectSensorDescription[S](
    SubjectEntityDescription[S, SensorValue], SensorEntityDescription
):
    """A sensor that shows one value of its subject."""


@dataclass(frozen=True, kw_only=True)
class SubjectBinarySensorDescription[S](
    SubjectEntityDescription[S, bool], BinarySensorEntityDescription
):
    """A binary sensor that shows one value of its subject."""


@dataclass(frozen=True, kw_only=True)
class SubjectCalendarDescription[S, B: Booking](
    SubjectEntityDescription[S, tuple[B, ...]], CalendarEntityDescription
):
    """A calendar of the bookings of its subject."""


@dataclass(frozen=True, kw_only=True)
class SubjectSwitchDescription[S](
    SubjectEntityDescription[S, bool], SwitchEntityDescription
):
    """A switch that shows one value of its subject."""
