"""What the binary sensors of rooms and controllers show."""

from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory

from .api.client import Feature
from .api.room import Room, RoomPart
from .descriptions import SubjectBinarySensorDescription
from .snapshot import RoomController


def _fails(healthy: bool | None) -> bool | None:
    """Return whether a device fails, from whether it is healthy."""
    return None if healthy is None else not healthy


ROOM_BINARY_SENSORS: Final[tuple[SubjectBinarySensorDescription[Room], ...]] = (
    SubjectBinarySensorDescription(
        key="in_use",
        device_class=BinarySensorDeviceClass.OCCUPANCY,
        parts=RoomPart.LIST | RoomPart.DETAILS,
        value_fn=lambda room: room.in_use,
    ),
    SubjectBinarySensorDescription(
        key="bookable",
        parts=RoomPart.LIST | RoomPart.DETAILS,
        value_fn=lambda room: room.bookable,
    ),
    SubjectBinarySensorDescription(
        key="problem",
        device_class=BinarySensorDeviceClass.PROBLEM,
        feature=Feature.DETAILS,
        parts=RoomPart.DETAILS | RoomPart.DEVICES | RoomPart.ALARMS,
        value_fn=lambda room: room.problem,
    ),
    SubjectBinarySensorDescription(
        key="online",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        parts=RoomPart.LIST | RoomPart.DETAILS,
        value_fn=lambda room: room.online,
    ),
    SubjectBinarySensorDescription(
        key="callable",
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        parts=RoomPart.LIST | RoomPart.DETAILS,
        value_fn=lambda room: room.callable,
    ),
    SubjectBinarySensorDescription(
        key="alerts_enabled",
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        parts=RoomPart.DETAILS,
        value_fn=lambda room: room.known.alerts_enabled,
    ),
    SubjectBinarySensorDescription(
        key="camera",
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DEVICES,
        parts=RoomPart.DEVICES,
        value_fn=lambda room: _fails(room.camera_healthy),
    ),
    SubjectBinarySensorDescription(
        key="microphone",
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DEVICES,
        parts=RoomPart.DEVICES,
        value_fn=lambda room: _fails(room.microphone_healthy),
    ),
    SubjectBinarySensorDescription(
        key="speaker",
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DEVICES,
        parts=RoomPart.DEVICES,
        value_fn=lambda room: _fails(room.speaker_healthy),
    ),
    SubjectBinarySensorDescription(
        key="video_mirroring",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        feature=Feature.DETAILS,
        parts=RoomPart.DETAILS,
        value_fn=lambda room: room.known.hardware.video_mirroring,
    ),
)

CONTROLLER_BINARY_SENSORS: Final[
    tuple[SubjectBinarySensorDescription[RoomController], ...]
] = (
    SubjectBinarySensorDescription(
        key="online",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda stands: stands.controller.online,
    ),
)
