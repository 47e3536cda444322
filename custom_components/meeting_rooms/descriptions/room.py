"""Entity descriptions of rooms."""

from collections.abc import Callable
from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfFrequency

from ..api.client import Feature
from ..api.models.room import AccountTier, AccountType, Health, RoomStatus
from ..rooms.problems import ProblemReason
from ..rooms.room import Room
from .base import SubjectBinarySensorDescription, SubjectSensorDescription


def _detail(
    key: str, value_fn: Callable[[Room], str | None]
) -> SubjectSensorDescription[Room]:
    """Return a text of the details, disabled by default."""
    return SubjectSensorDescription(
        key=key,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        value_fn=value_fn,
    )


ROOM_SENSORS: Final[tuple[SubjectSensorDescription[Room], ...]] = (
    SubjectSensorDescription(
        key="status",
        device_class=SensorDeviceClass.ENUM,
        options=[*RoomStatus],
        value_fn=lambda room: room.status,
    ),
    SubjectSensorDescription(
        key="capacity",
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda room: room.capacity,
    ),
    SubjectSensorDescription(
        key="health",
        device_class=SensorDeviceClass.ENUM,
        options=[*Health],
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.health,
    ),
    SubjectSensorDescription(
        key="problem_reason",
        device_class=SensorDeviceClass.ENUM,
        options=[*ProblemReason],
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.problem_reason,
    ),
    SubjectSensorDescription(
        key="cpu_usage",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.known.hardware.cpu_usage,
    ),
    SubjectSensorDescription(
        key="refresh_rate",
        device_class=SensorDeviceClass.FREQUENCY,
        native_unit_of_measurement=UnitOfFrequency.HERTZ,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.known.hardware.refresh_rate,
    ),
    SubjectSensorDescription(
        key="activated_at",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.known.hardware.activated_at,
    ),
    SubjectSensorDescription(
        key="account_type",
        device_class=SensorDeviceClass.ENUM,
        options=[*AccountType],
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.account_type,
    ),
    SubjectSensorDescription(
        key="account_tier",
        device_class=SensorDeviceClass.ENUM,
        options=[*AccountTier],
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.account_tier,
    ),
    _detail("ip_address", lambda room: room.known.hardware.ip_address),
    _detail("network_type", lambda room: room.known.hardware.network_type),
    _detail("system", lambda room: room.known.hardware.system),
    _detail("memory", lambda room: room.known.hardware.memory),
    _detail("cpu_model", lambda room: room.known.hardware.cpu_model),
    _detail("gpu_model", lambda room: room.known.hardware.gpu_model),
    _detail("camera_model", lambda room: room.known.hardware.camera_model),
    _detail("microphone_model", lambda room: room.known.hardware.microphone_model),
    _detail("speaker_model", lambda room: room.known.hardware.speaker_model),
    _detail("valid_until", lambda room: room.known.account.valid_until),
    _detail("meeting_number", lambda room: room.known.meeting_number),
    _detail("description", lambda room: room.known.basic.description),
    _detail("location", lambda room: room.location),
    _detail("equipment", lambda room: room.known.basic.equipment),
)


def _fails(healthy: bool | None) -> bool | None:
    """Return whether a device fails, from whether it is healthy."""
    return None if healthy is None else not healthy


ROOM_BINARY_SENSORS: Final[tuple[SubjectBinarySensorDescription[Room], ...]] = (
    SubjectBinarySensorDescription(
        key="in_use",
        device_class=BinarySensorDeviceClass.OCCUPANCY,
        value_fn=lambda room: room.in_use,
    ),
    SubjectBinarySensorDescription(
        key="bookable",
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda room: room.bookable,
    ),
    SubjectBinarySensorDescription(
        key="problem",
        device_class=BinarySensorDeviceClass.PROBLEM,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.problem,
    ),
    SubjectBinarySensorDescription(
        key="online",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.online,
    ),
    SubjectBinarySensorDescription(
        key="callable",
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.callable,
    ),
    SubjectBinarySensorDescription(
        key="alerts_enabled",
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.known.alerts_enabled,
    ),
    SubjectBinarySensorDescription(
        key="camera",
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DEVICES,
        value_fn=lambda room: _fails(room.camera_healthy),
    ),
    SubjectBinarySensorDescription(
        key="microphone",
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DEVICES,
        value_fn=lambda room: _fails(room.microphone_healthy),
    ),
    SubjectBinarySensorDescription(
        key="speaker",
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DEVICES,
        value_fn=lambda room: _fails(room.speaker_healthy),
    ),
    SubjectBinarySensorDescription(
        key="video_mirroring",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.known.hardware.video_mirroring,
    ),
)
