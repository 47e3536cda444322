"""Entity descriptions of rooms."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfFrequency

from ..api.client import Feature
from ..api.models.booking import Booking
from ..api.models.room import AccountTier, AccountType, Health, RoomStatus
from ..rooms.availability import Availability
from ..rooms.outlook import Outlook
from ..rooms.problems import ProblemReason
from ..rooms.readiness import REASONS
from ..rooms.room import Room
from .base import (
    SubjectBinarySensorDescription,
    SubjectCalendarDescription,
    SubjectEntityDescription,
    SubjectSensorDescription,
    SubjectSwitchDescription,
)

_Sensor = SubjectSensorDescription[Room]
_BinarySensor = SubjectBinarySensorDescription[Room]

_diagnostic = partial(
    _Sensor, entity_category=EntityCategory.DIAGNOSTIC, feature=Feature.DETAILS
)
_detail = partial(_diagnostic, entity_registry_enabled_default=False)
_booked = partial(_Sensor, needs_bookings=True)
_binary_diagnostic = partial(
    _BinarySensor, entity_category=EntityCategory.DIAGNOSTIC, feature=Feature.DETAILS
)


def _text(key: str, value_fn: Callable[[Room], str | None]) -> _Sensor:
    """Return a text of the details, disabled by default."""
    return _detail(key=key, value_fn=value_fn)


def _failure(key: str, healthy: Callable[[Room], bool | None]) -> _BinarySensor:
    """Return whether a camera, microphone or speaker fails, from whether it is healthy."""
    return _BinarySensor(
        key=key,
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DEVICES,
        value_fn=lambda room: None if (known := healthy(room)) is None else not known,
    )


def _share(key: str, value_fn: Callable[[Outlook], bool | None]) -> _Sensor:
    """Return 100 % or 0 %, whose mean is a share of the time within the office hours."""

    def percent(room: Room) -> float | None:
        """Return the percentage, unknown outside the office hours."""
        value = value_fn(room.outlook) if room.outlook.counts_use else None
        return None if value is None else 100.0 * value

    return _Sensor(
        key=key,
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=percent,
    )


ROOM_SENSORS: Final[tuple[_Sensor, ...]] = (
    _Sensor(
        key="availability",
        device_class=SensorDeviceClass.ENUM,
        options=[*Availability],
        value_fn=lambda room: room.outlook.availability,
    ),
    _booked(
        key="until",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda room: room.outlook.until,
    ),
    _booked(
        key="next_meeting_start",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda room: room.outlook.next_start,
    ),
    _booked(
        key="current_meeting",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda room: room.outlook.current_title,
    ),
    _booked(
        key="next_meeting",
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=lambda room: room.outlook.next_title,
    ),
    _booked(
        key="not_ready_reason",
        device_class=SensorDeviceClass.ENUM,
        options=[*REASONS],
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.outlook.not_ready_reason,
    ),
    _booked(
        key="no_shows",
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda room: room.outlook.no_shows,
    ),
    _share("utilization", lambda outlook: outlook.used),
    replace(
        _share("booked_share", lambda outlook: outlook.booked),
        needs_bookings=True,
        entity_registry_enabled_default=False,
    ),
    _Sensor(
        key="participants",
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.HOST_BOOKINGS,
        value_fn=lambda room: room.listed.participants,
    ),
    _Sensor(
        key="status",
        needs_system=True,
        entity_category=EntityCategory.DIAGNOSTIC,
        device_class=SensorDeviceClass.ENUM,
        options=[*RoomStatus],
        value_fn=lambda room: room.status,
    ),
    _Sensor(
        key="capacity",
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda room: room.capacity,
    ),
    _diagnostic(
        key="health",
        device_class=SensorDeviceClass.ENUM,
        options=[*Health],
        value_fn=lambda room: room.health,
    ),
    _diagnostic(
        key="problem_reason",
        device_class=SensorDeviceClass.ENUM,
        options=[*ProblemReason],
        value_fn=lambda room: room.problem_reason,
    ),
    _diagnostic(
        key="problem_since",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda room: room.outlook.problem_since,
    ),
    _diagnostic(
        key="cpu_usage",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        value_fn=lambda room: room.known.hardware.cpu_usage,
    ),
    _detail(
        key="refresh_rate",
        device_class=SensorDeviceClass.FREQUENCY,
        native_unit_of_measurement=UnitOfFrequency.HERTZ,
        suggested_display_precision=0,
        value_fn=lambda room: room.known.hardware.refresh_rate,
    ),
    _detail(
        key="activated_at",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda room: room.known.hardware.activated_at,
    ),
    _detail(
        key="account_type",
        device_class=SensorDeviceClass.ENUM,
        options=[*AccountType],
        value_fn=lambda room: room.account_type,
    ),
    _detail(
        key="account_tier",
        device_class=SensorDeviceClass.ENUM,
        options=[*AccountTier],
        value_fn=lambda room: room.account_tier,
    ),
    _text("ip_address", lambda room: room.known.hardware.ip_address),
    _text("network_type", lambda room: room.known.hardware.network_type),
    _text("system", lambda room: room.known.hardware.system),
    _text("memory", lambda room: room.known.hardware.memory),
    _text("cpu_model", lambda room: room.known.hardware.cpu_model),
    _text("gpu_model", lambda room: room.known.hardware.gpu_model),
    _text("camera_model", lambda room: room.known.hardware.camera_model),
    _text("microphone_model", lambda room: room.known.hardware.microphone_model),
    _text("speaker_model", lambda room: room.known.hardware.speaker_model),
    _text("valid_until", lambda room: room.known.account.valid_until),
    _text("meeting_number", lambda room: room.known.meeting_number),
    _text("description", lambda room: room.known.basic.description),
    _text("location", lambda room: room.location),
    _text("equipment", lambda room: room.known.basic.equipment),
)

ROOM_BINARY_SENSORS: Final[tuple[_BinarySensor, ...]] = (
    _BinarySensor(
        key="not_ready",
        device_class=BinarySensorDeviceClass.PROBLEM,
        entity_category=EntityCategory.DIAGNOSTIC,
        feature=Feature.DETAILS,
        needs_bookings=True,
        value_fn=lambda room: room.outlook.not_ready,
    ),
    _BinarySensor(
        key="in_use",
        needs_system=True,
        device_class=BinarySensorDeviceClass.OCCUPANCY,
        value_fn=lambda room: room.in_use,
    ),
    _BinarySensor(
        key="bookable",
        needs_system=True,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda room: room.bookable,
    ),
    _BinarySensor(
        key="problem",
        device_class=BinarySensorDeviceClass.PROBLEM,
        feature=Feature.DETAILS,
        value_fn=lambda room: room.problem,
    ),
    _binary_diagnostic(
        key="online",
        device_class=BinarySensorDeviceClass.CONNECTIVITY,
        value_fn=lambda room: room.online,
    ),
    _binary_diagnostic(key="callable", value_fn=lambda room: room.callable),
    _binary_diagnostic(
        key="alerts_enabled", value_fn=lambda room: room.known.alerts_enabled
    ),
    _failure("camera", lambda room: room.camera_healthy),
    _failure("microphone", lambda room: room.microphone_healthy),
    _failure("speaker", lambda room: room.speaker_healthy),
    _binary_diagnostic(
        key="video_mirroring",
        entity_registry_enabled_default=False,
        value_fn=lambda room: room.known.hardware.video_mirroring,
    ),
)

ROOM_CALENDARS: Final = (
    SubjectCalendarDescription[Room, Booking](
        key="bookings",
        initial_color="#2e7d32",
        needs_bookings=True,
        value_fn=lambda room: None if room.schedule is None else room.schedule.bookings,
    ),
)

ROOM_EVENTS: Final = (
    SubjectEntityDescription[Room, None](
        key="meeting",
        entity_category=EntityCategory.DIAGNOSTIC,
        needs_bookings=True,
        value_fn=lambda room: None,
    ),
)

ROOM_SWITCHES: Final = (
    SubjectSwitchDescription[Room](
        key="maintenance",
        entity_category=EntityCategory.CONFIG,
        value_fn=lambda room: room.maintenance,
    ),
)
