"""Entity descriptions of controllers."""

from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.sensor import SensorStateClass
from homeassistant.const import PERCENTAGE, EntityCategory

from ..account.snapshot import RoomController
from .base import SubjectBinarySensorDescription, SubjectSensorDescription

CONTROLLER_SENSORS: Final[tuple[SubjectSensorDescription[RoomController], ...]] = (
    SubjectSensorDescription(
        key="cpu_usage",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda placed: placed.controller.cpu_usage,
    ),
    SubjectSensorDescription(
        key="memory_usage",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda placed: placed.controller.memory_usage,
    ),
    SubjectSensorDescription(
        key="cpu_model",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda placed: placed.controller.cpu_model,
    ),
    SubjectSensorDescription(
        key="ip_address",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda placed: placed.controller.ip_address,
    ),
    SubjectSensorDescription(
        key="network_type",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda placed: placed.controller.network_type,
    ),
)

CONTROLLER_BINARY_SENSORS: Final[
    tuple[SubjectBinarySensorDescription[RoomController], ...]
] = (
    SubjectBinarySensorDescription(
        key="online",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda placed: placed.controller.online,
    ),
)
