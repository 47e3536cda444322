"""Entity descriptions of conferences."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfTime

from ..api.models.conference import Conference
from ..api.quanshi.attendees import AttendeeKind, InvitationReply
from ..api.quanshi.booking import (
    BookingSettings,
    ConferenceMode,
    ConferenceStatus,
    NodeType,
    Recurrence,
)
from .base import SensorValue, SubjectBinarySensorDescription, SubjectSensorDescription

type _Sensor = SubjectSensorDescription[Conference]
type _Value = Callable[[Conference], SensorValue | None]


def _count(key: str, value_fn: _Value) -> _Sensor:
    """Return a number of those who take part in one way."""
    return SubjectSensorDescription(
        key=key,
        state_class=SensorStateClass.MEASUREMENT,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=value_fn,
    )


def _detail(
    key: str, value_fn: _Value, device_class: SensorDeviceClass | None = None
) -> _Sensor:
    """Return a detail that few need."""
    return SubjectSensorDescription(
        key=key,
        device_class=device_class,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=value_fn,
    )


def _choice(key: str, options: type[StrEnum], value_fn: _Value) -> _Sensor:
    """Return a detail that few need, one of a few words."""
    return SubjectSensorDescription(
        key=key,
        device_class=SensorDeviceClass.ENUM,
        options=[*options],
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=value_fn,
    )


def _duration(key: str, unit: UnitOfTime, value_fn: _Value) -> _Sensor:
    """Return a length of time that few need, shown in minutes."""
    return SubjectSensorDescription(
        key=key,
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=unit,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=value_fn,
    )


CONFERENCE_SENSORS: Final[tuple[_Sensor, ...]] = (
    SubjectSensorDescription(
        key="status",
        device_class=SensorDeviceClass.ENUM,
        options=[*ConferenceStatus],
        value_fn=lambda conference: conference.status,
    ),
    SubjectSensorDescription(
        key="start",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda conference: conference.booking.start,
    ),
    SubjectSensorDescription(
        key="end",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda conference: conference.booking.end,
    ),
    SubjectSensorDescription(
        key="host",
        value_fn=lambda conference: conference.host,
    ),
    SubjectSensorDescription(
        key="participants",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda conference: conference.latest_run.participants,
    ),
    SubjectSensorDescription(
        key="rooms",
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda conference: len(conference.booking.held_rooms),
    ),
    _count("voip", lambda conference: conference.latest_run.voip),
    _count("phone", lambda conference: conference.latest_run.phone),
    _count("video", lambda conference: conference.latest_run.video),
    _count("screen_shares", lambda conference: conference.latest_run.screen_shares),
    _count("hardware_video", lambda conference: conference.latest_run.hardware_video),
    _count("room_boxes", lambda conference: conference.latest_run.room_boxes),
    _detail(
        "started_at",
        lambda conference: conference.latest_run.started_at,
        SensorDeviceClass.TIMESTAMP,
    ),
    _detail(
        "ended_at",
        lambda conference: conference.latest_run.ended_at,
        SensorDeviceClass.TIMESTAMP,
    ),
    _duration(
        "duration",
        UnitOfTime.SECONDS,
        lambda conference: conference.latest_run.duration,
    ),
    _duration(
        "booked_duration",
        UnitOfTime.MINUTES,
        lambda conference: conference.booking.length,
    ),
    _choice("recurrence", Recurrence, lambda conference: conference.booking.recurrence),
    _choice("mode", ConferenceMode, lambda conference: conference.booking.mode),
    _choice("node_type", NodeType, lambda conference: conference.booking.node_type),
    _detail("data_center", lambda conference: conference.latest_run.data_center),
    _detail("host_location", lambda conference: conference.latest_run.host_location),
    _detail("host_id", lambda conference: conference.host_id),
    _detail(
        "host_organization", lambda conference: conference.latest_run.host_organization
    ),
    _detail("invited", lambda conference: conference.booking.invited),
    _detail(
        "invited_confirmed",
        lambda conference: conference.booking.answered(InvitationReply.CONFIRMED),
    ),
    _detail(
        "invited_accepted",
        lambda conference: conference.booking.answered(InvitationReply.ACCEPTED),
    ),
    _detail(
        "invited_declined",
        lambda conference: conference.booking.answered(InvitationReply.DECLINED),
    ),
    _detail(
        "invited_external",
        lambda conference: conference.booking.invited_as(AttendeeKind.EXTERNAL),
    ),
    _detail(
        "invited_by_phone",
        lambda conference: conference.booking.invited_as(AttendeeKind.BY_PHONE),
    ),
    _detail("invited_hosts", lambda conference: conference.booking.invited_hosts),
    _detail("room_names", lambda conference: conference.room_names),
    _detail("main_room", lambda conference: conference.main_room),
    _detail("equipment", lambda conference: len(conference.booking.equipment)),
    _detail("room_devices", lambda conference: conference.room_devices),
    _detail("roles", lambda conference: conference.roles),
    _detail("host_roles", lambda conference: conference.host_roles),
    _detail("co_host_roles", lambda conference: conference.co_host_roles),
    _detail("tags", lambda conference: conference.booking.tags),
    _detail("labels", lambda conference: conference.booking.settings.labels),
    _detail("event_id", lambda conference: conference.event_id),
    _detail("conference_id", lambda conference: conference.booking.conference_id),
    _detail("run_id", lambda conference: conference.latest_run.run_id),
    _detail("billing_code", lambda conference: conference.billing_code),
    _detail("customer_code", lambda conference: conference.customer_code),
    _detail("template_id", lambda conference: conference.booking.settings.template_id),
    _detail("created_by", lambda conference: conference.booking.settings.created_by),
    _detail(
        "created_at",
        lambda conference: conference.booking.created_at,
        SensorDeviceClass.TIMESTAMP,
    ),
    _detail(
        "modified_at",
        lambda conference: conference.booking.modified_at,
        SensorDeviceClass.TIMESTAMP,
    ),
    _detail("time_zone", lambda conference: conference.booking.timezone),
    _detail("encryption", lambda conference: conference.booking.settings.encryption),
    _detail("h323_addresses", lambda conference: conference.h323_addresses),
    _detail(
        "raw_participants", lambda conference: conference.latest_run.raw_participants
    ),
    _detail("raw_phone", lambda conference: conference.latest_run.raw_phone),
)


type _BinarySensor = SubjectBinarySensorDescription[Conference]


def _binary_detail(
    key: str, value_fn: Callable[[Conference], bool | None]
) -> _BinarySensor:
    """Return a detail that few need."""
    return SubjectBinarySensorDescription(
        key=key,
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
        value_fn=value_fn,
    )


def _setting(
    key: str, value_fn: Callable[[BookingSettings], bool | None]
) -> _BinarySensor:
    """Return a setting of the booking."""
    return _binary_detail(key, lambda conference: value_fn(conference.booking.settings))


CONFERENCE_BINARY_SENSORS: Final[tuple[_BinarySensor, ...]] = (
    SubjectBinarySensorDescription(
        key="in_progress",
        device_class=BinarySensorDeviceClass.RUNNING,
        value_fn=lambda conference: conference.in_progress,
    ),
    SubjectBinarySensorDescription(
        key="recording",
        value_fn=lambda conference: conference.latest_run.recording,
    ),
    _binary_detail("on_site", lambda conference: conference.on_site),
    _binary_detail("secure", lambda conference: conference.latest_run.secure),
    _binary_detail(
        "login_required", lambda conference: conference.booking.login_required
    ),
    _binary_detail("tags_offered", lambda conference: conference.booking.tags_offered),
    _setting("watchword_required", lambda settings: settings.watchword_required),
    _setting("h323", lambda settings: settings.h323),
    _setting("live", lambda settings: settings.live),
    _setting("rebroadcast", lambda settings: settings.rebroadcast),
    _setting("test", lambda settings: settings.test),
    _setting("hub", lambda settings: settings.hub),
    _setting("extended", lambda settings: settings.extended),
    _setting("same_password", lambda settings: settings.same_password),
    _setting("access_numbers_shown", lambda settings: settings.access_numbers_shown),
    _setting("web_link_shown", lambda settings: settings.web_link_shown),
)
