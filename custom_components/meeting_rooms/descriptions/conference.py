"""Entity descriptions of conferences: each key is an attribute of `Conference`."""

from enum import StrEnum
from functools import partial
from operator import attrgetter
from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.sensor import SensorDeviceClass
from homeassistant.const import EntityCategory, UnitOfTime

from ..api.models.conference import (
    Conference,
    ConferenceMode,
    ConferenceStatus,
    NodeType,
    Recurrence,
)
from .base import SubjectBinarySensorDescription, SubjectSensorDescription

_Sensor = SubjectSensorDescription[Conference]
_BinarySensor = SubjectBinarySensorDescription[Conference]


def _sensor(
    key: str,
    device_class: SensorDeviceClass | None = None,
    options: type[StrEnum] | None = None,
    unit: UnitOfTime | None = None,
    *,
    category: EntityCategory | None = None,
    enabled: bool = True,
) -> _Sensor:
    """Return a sensor; one with a unit is a duration, shown in minutes."""
    return _Sensor(
        key=key,
        device_class=device_class,
        options=None if options is None else [*options],
        native_unit_of_measurement=unit,
        suggested_unit_of_measurement=None if unit is None else UnitOfTime.MINUTES,
        suggested_display_precision=None if unit is None else 0,
        entity_category=category,
        entity_registry_enabled_default=enabled,
        value_fn=attrgetter(key),
    )


_diagnostic = partial(_sensor, category=EntityCategory.DIAGNOSTIC)
_detail = partial(_diagnostic, enabled=False)

# No state class: the values of one conference say nothing about another.
CONFERENCE_SENSORS: Final[tuple[_Sensor, ...]] = (
    _sensor("status", SensorDeviceClass.ENUM, ConferenceStatus),
    _sensor("start", SensorDeviceClass.TIMESTAMP),
    _sensor("end", SensorDeviceClass.TIMESTAMP),
    _sensor("host"),
    _sensor("participants"),
    _Sensor(key="rooms", value_fn=lambda conference: len(conference.held_rooms)),
    _diagnostic("voip"),
    _diagnostic("phone"),
    _diagnostic("video"),
    _diagnostic("screen_shares"),
    _diagnostic("hardware_video"),
    _diagnostic("room_boxes"),
    _detail("started_at", SensorDeviceClass.TIMESTAMP),
    _detail("ended_at", SensorDeviceClass.TIMESTAMP),
    _detail("duration", SensorDeviceClass.DURATION, unit=UnitOfTime.SECONDS),
    _detail("booked_duration", SensorDeviceClass.DURATION, unit=UnitOfTime.MINUTES),
    _detail("recurrence", SensorDeviceClass.ENUM, Recurrence),
    _detail("mode", SensorDeviceClass.ENUM, ConferenceMode),
    _detail("node_type", SensorDeviceClass.ENUM, NodeType),
    _detail("data_center"),
    _detail("host_location"),
    _detail("host_id"),
    _detail("host_organization"),
    _detail("invited"),
    _detail("invited_confirmed"),
    _detail("invited_accepted"),
    _detail("invited_declined"),
    _detail("invited_external"),
    _detail("invited_by_phone"),
    _detail("invited_hosts"),
    _detail("room_names"),
    _detail("main_room"),
    _detail("equipment"),
    _detail("room_devices"),
    _detail("roles"),
    _detail("host_roles"),
    _detail("co_host_roles"),
    _detail("tags"),
    _detail("labels"),
    _detail("event_id"),
    _detail("conference_id"),
    _detail("run_id"),
    _detail("billing_code"),
    _detail("customer_code"),
    _detail("template_id"),
    _detail("created_by"),
    _detail("created_at", SensorDeviceClass.TIMESTAMP),
    _detail("modified_at", SensorDeviceClass.TIMESTAMP),
    _detail("time_zone"),
    _detail("encryption"),
    _detail("h323_addresses"),
    _detail("raw_participants"),
    _detail("raw_phone"),
)

CURRENT_CONFERENCE_SENSORS: Final = (*CONFERENCE_SENSORS, _detail("title"))


def _binary_detail(key: str) -> _BinarySensor:
    """Return a binary sensor that is disabled by default."""
    return _BinarySensor(
        key=key,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=attrgetter(key),
    )


CONFERENCE_BINARY_SENSORS: Final[tuple[_BinarySensor, ...]] = (
    _BinarySensor(
        key="in_progress",
        device_class=BinarySensorDeviceClass.RUNNING,
        value_fn=attrgetter("in_progress"),
    ),
    _BinarySensor(key="recording", value_fn=attrgetter("recording")),
    _binary_detail("on_site"),
    _binary_detail("secure"),
    _binary_detail("login_required"),
    _binary_detail("tags_offered"),
    _binary_detail("watchword_required"),
    _binary_detail("h323"),
    _binary_detail("live"),
    _binary_detail("rebroadcast"),
    _binary_detail("test"),
    _binary_detail("hub"),
    _binary_detail("extended"),
    _binary_detail("same_password"),
    _binary_detail("access_numbers_shown"),
    _binary_detail("web_link_shown"),
)
