"""What the sensors of rooms, controllers and accounts show."""

from collections.abc import Callable
from typing import Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfFrequency

from .api.client import Feature
from .api.models import AccountTier, AccountType, Health, RoomStatus
from .api.room import ProblemReason, Room, RoomPart
from .descriptions import SensorValue, SubjectSensorDescription
from .snapshot import RoomController, Snapshot


def _detail(
    key: str,
    value_fn: Callable[[Room], str | None],
    parts: RoomPart = RoomPart.DETAILS,
) -> SubjectSensorDescription[Room]:
    """Return a text of the details that few need."""
    return SubjectSensorDescription(
        key=key,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        parts=parts,
        value_fn=value_fn,
    )


ROOM_SENSORS: Final[tuple[SubjectSensorDescription[Room], ...]] = (
    SubjectSensorDescription(
        key="status",
        device_class=SensorDeviceClass.ENUM,
        options=[*RoomStatus],
        parts=RoomPart.LIST | RoomPart.DETAILS,
        value_fn=lambda room: room.status,
    ),
    SubjectSensorDescription(
        key="capacity",
        entity_category=EntityCategory.DIAGNOSTIC,
        parts=RoomPart.LIST | RoomPart.DETAILS,
        value_fn=lambda room: room.capacity,
    ),
    SubjectSensorDescription(
        key="health",
        device_class=SensorDeviceClass.ENUM,
        options=[*Health],
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        parts=RoomPart.DETAILS | RoomPart.ALARMS,
        value_fn=lambda room: room.health,
    ),
    SubjectSensorDescription(
        key="problem_reason",
        device_class=SensorDeviceClass.ENUM,
        options=[*ProblemReason],
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        parts=RoomPart.DETAILS | RoomPart.DEVICES | RoomPart.ALARMS,
        value_fn=lambda room: room.problem_reason,
    ),
    SubjectSensorDescription(
        key="cpu_usage",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        parts=RoomPart.DETAILS,
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
        parts=RoomPart.DETAILS,
        value_fn=lambda room: room.known.hardware.refresh_rate,
    ),
    SubjectSensorDescription(
        key="activated_at",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        parts=RoomPart.DETAILS,
        value_fn=lambda room: room.known.hardware.activated_at,
    ),
    SubjectSensorDescription(
        key="account_type",
        device_class=SensorDeviceClass.ENUM,
        options=[*AccountType],
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        parts=RoomPart.LIST | RoomPart.DETAILS,
        value_fn=lambda room: room.account_type,
    ),
    SubjectSensorDescription(
        key="account_tier",
        device_class=SensorDeviceClass.ENUM,
        options=[*AccountTier],
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        parts=RoomPart.LIST | RoomPart.DETAILS,
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
    _detail("meeting_number", lambda room: room.known.meeting_number.number),
    _detail("description", lambda room: room.known.basic.description),
    _detail("location", lambda room: room.location, RoomPart.LIST | RoomPart.DETAILS),
    _detail("equipment", lambda room: room.known.basic.equipment),
)

CONTROLLER_SENSORS: Final[tuple[SubjectSensorDescription[RoomController], ...]] = (
    SubjectSensorDescription(
        key="cpu_usage",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda stands: stands.controller.cpu_usage,
    ),
    SubjectSensorDescription(
        key="memory_usage",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda stands: stands.controller.memory_usage,
    ),
    SubjectSensorDescription(
        key="cpu_model",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda stands: stands.controller.cpu_model,
    ),
    SubjectSensorDescription(
        key="ip_address",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda stands: stands.controller.ip_address,
    ),
    SubjectSensorDescription(
        key="network_type",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda stands: stands.controller.network_type,
    ),
)


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
