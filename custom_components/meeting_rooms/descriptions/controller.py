"""Entity descriptions of controllers."""

from functools import partial
from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.sensor import SensorStateClass
from homeassistant.const import PERCENTAGE, EntityCategory

from ..account.snapshot import RoomController
from .base import SubjectBinarySensorDescription, SubjectSensorDescription

_Sensor = SubjectSensorDescription[RoomController]
_BinarySensor = SubjectBinarySensorDescription[RoomController]

_detail = partial(
    _Sensor,
    entity_category=EntityCategory.DIAGNOSTIC,
    entity_registry_enabled_default=False,
)

CONTROLLER_SENSORS: Final[tuple[_Sensor, ...]] = (
    _Sensor(
        key="cpu_usage",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda placed: placed.controller.cpu_usage,
    ),
    _detail(key="memory_usage", value_fn=lambda placed: placed.controller.memory_usage),
    _detail(key="cpu_model", value_fn=lambda placed: placed.controller.cpu_model),
    _detail(key="ip_address", value_fn=lambda placed: placed.controller.ip_address),
    _detail(key="network_type", value_fn=lambda placed: placed.controller.network_type),
)

CONTROLLER_BINARY_SENSORS: Final[tuple[_BinarySensor, ...]] = (
    _BinarySensor(
        key="online",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda placed: placed.controller.online,
    ),
)
