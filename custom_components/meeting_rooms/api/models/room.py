"""What the vendors tell about a room, in the field's own terms.

The parts of a room carry the names that Tencent Meeting and WeCom, which share a back end,
give the fields. No class has a field for a secret, so no secret survives the reading.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import ClassVar

from mashumaro import field_options

from ..errors import InvalidResponse
from ..values import (
    base64_text,
    beijing_time,
    count,
    enum_by_code,
    flag,
    frequency,
    identifier,
    mac_address,
    percentage,
    text,
    texts,
    wire_field,
)
from ..wire import WireModel, parse_rows


class RoomStatus(StrEnum):
    """What a room is doing."""

    IDLE = "idle"
    IN_USE = "in_use"
    OFFLINE = "offline"
    NOT_LOGGED_IN = "not_logged_in"
    NOT_BOUND = "not_bound"
    NOT_ACTIVATED = "not_activated"


class Health(StrEnum):
    """How the vendor judges a room's devices."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


class AccountType(StrEnum):
    """The kind of licence of a room."""

    ORDINARY = "ordinary"
    SPECIAL = "special"
    TRIAL = "trial"


class AccountTier(StrEnum):
    """The level of the licence of a room."""

    BASIC = "basic"
    PROFESSIONAL = "professional"


parse_room_status = enum_by_code(
    {
        0: RoomStatus.NOT_ACTIVATED,
        1: RoomStatus.NOT_BOUND,
        2: RoomStatus.IDLE,
        3: RoomStatus.IN_USE,
        4: RoomStatus.OFFLINE,
        5: RoomStatus.NOT_LOGGED_IN,
    }
)
parse_account_type = enum_by_code(
    {0: AccountType.ORDINARY, 1: AccountType.SPECIAL, 2: AccountType.TRIAL}
)
parse_account_tier = enum_by_code({0: AccountTier.BASIC, 1: AccountTier.PROFESSIONAL})

_DETAIL_PARTS = ("basic_info", "account_info", "hardware_info", "pmi_info")
_HEALTH_WORDS = {
    "ok": Health.OK,
    "warning": Health.WARNING,
    "1": Health.WARNING,
    "error": Health.ERROR,
    "2": Health.ERROR,
}


def parse_health(value: object) -> Health | None:
    """Return the health, sent as a word in any case or as a number."""
    return _HEALTH_WORDS.get((text(value) or "").lower())


def parse_processor(value: object) -> str | None:
    """Return each model once; the vendors send one entry per logical processor, joined by "|"."""
    models = dict.fromkeys(
        found for part in (text(value) or "").split("|") if (found := text(part))
    )
    return ", ".join(models) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSummary(WireModel):
    """A room as the list tells it, its live status included."""

    room_id: str | None = wire_field("meeting_room_id", identifier)
    name: str | None = wire_field("meeting_room_name", text)
    location: str | None = wire_field("meeting_room_location", text)
    status: RoomStatus | None = wire_field("meeting_room_status", parse_room_status)
    raw_status: str | None = wire_field("meeting_room_status", text)
    capacity: int | None = wire_field("participant_number", count)
    bookable: bool | None = wire_field("scheduled_status", flag)
    callable: bool | None = wire_field("is_allow_call", flag)
    account_type: AccountType | None = wire_field("account_type", parse_account_type)
    account_tier: AccountTier | None = wire_field(
        "account_new_type", parse_account_tier
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicDetails(WireModel):
    """Where a room is and what it is called; `password` and `admin_password` are never read."""

    rooms_ids: tuple[str, ...] | None = wire_field("rooms_id_list", texts)
    name: str | None = wire_field("meeting_room_name", text)
    city: str | None = wire_field("city", text)
    building: str | None = wire_field("building", text)
    floor: str | None = wire_field("floor", text)
    capacity: int | None = wire_field("participant_number", count)
    equipment: str | None = wire_field("device", text)
    description: str | None = wire_field("desc", base64_text)

    @property
    def location(self) -> str | None:
        """Return city, building and floor in the form of the list."""
        return (
            "-".join(part for part in (self.city, self.building, self.floor) if part)
            or None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails(WireModel):
    """The licence of a room."""

    tier: AccountTier | None = wire_field("account_new_type", parse_account_tier)
    type: AccountType | None = wire_field("account_type", parse_account_type)
    valid_until: str | None = wire_field("valid_period", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class HardwareDetails(WireModel):
    """The machine in a room; `cpu_usage` is in percent, `refresh_rate` in hertz."""

    manufacturer: str | None = wire_field("factory", text)
    model: str | None = wire_field("device_model", text)
    serial_number: str | None = wire_field("sn", text)
    ip_address: str | None = wire_field("ip", text)
    mac_address: str | None = wire_field("mac", mac_address)
    software_version: str | None = wire_field("rooms_version", text)
    firmware_version: str | None = wire_field("firmware_version", text)
    health: Health | None = wire_field("health_status", parse_health)
    system: str | None = wire_field("system_type", text)
    status: RoomStatus | None = wire_field("meeting_room_status", parse_room_status)
    activated_at: datetime | None = wire_field("active_time", beijing_time)
    cpu_model: str | None = wire_field("cpu_info", parse_processor)
    cpu_usage: float | None = wire_field("cpu_usage", percentage)
    gpu_model: str | None = wire_field("gpu_info", text)
    network_type: str | None = wire_field("net_type", text)
    memory: str | None = wire_field("memory_info", text)
    refresh_rate: float | None = wire_field("monitor_frequency", frequency)
    camera_model: str | None = wire_field("camera_model", text)
    video_mirroring: bool | None = wire_field("enable_video_mirror", flag)
    microphone_model: str | None = wire_field("microphone_info", text)
    speaker_model: str | None = wire_field("speaker_info", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNumber(WireModel):
    """The personal meeting number of a room; `pmi_pwd` is never read."""

    number: str | None = wire_field("pmi_code", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDetails(WireModel):
    """Everything the vendors' details page tells of one room."""

    basic: BasicDetails = field(
        default_factory=BasicDetails, metadata=field_options(alias="basic_info")
    )
    account: AccountDetails = field(
        default_factory=AccountDetails, metadata=field_options(alias="account_info")
    )
    hardware: HardwareDetails = field(
        default_factory=HardwareDetails, metadata=field_options(alias="hardware_info")
    )
    meeting_number: MeetingNumber = field(
        default_factory=MeetingNumber, metadata=field_options(alias="pmi_info")
    )
    alerts_enabled: bool | None = wire_field("monitor_status", flag)
    callable: bool | None = wire_field("is_allow_call", flag)
    bookable: bool | None = wire_field("scheduled_status", flag)


def parse_details(fields: dict[str, object]) -> RoomDetails:
    """Return the details of a room; a part may be missing, but not every one.

    Raises InvalidAnswer for a JSON object that is no details page at all.
    """
    if not any(isinstance(fields.get(part), dict) for part in _DETAIL_PARTS):
        raise InvalidResponse("no details of a room")
    return RoomDetails.from_dict(fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceHealth(WireModel):
    """How one device of a room does; true is healthy."""

    camera: bool | None = wire_field("camera_status", flag)
    microphone: bool | None = wire_field("microphone_status", flag)
    speaker: bool | None = wire_field("speaker_status", flag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device(WireModel):
    """A row of the device list: one device of a room."""

    room_id: str | None = wire_field("meeting_room_id", identifier)
    rooms_id: str | None = wire_field("rooms_id", identifier)
    model: str | None = wire_field("device_model", text)
    software_version: str | None = wire_field("app_version", text)
    health: DeviceHealth = field(
        default_factory=DeviceHealth,
        metadata=field_options(alias="device_monitor_info"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm(WireModel):
    """A trouble that stands; the set of codes is open."""

    code: str | None = wire_field("health_code", text)
    description: str | None = wire_field("health_desc", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceAlarms(WireModel):
    """A row of the alarm list: what stands against one device of a room."""

    # Alarms that cannot be read are not over.
    indispensable: ClassVar = MappingProxyType({"alarm_info_list": list})

    room_id: str | None = wire_field("meeting_room_id", identifier)
    rooms_id: str | None = wire_field("rooms_id", identifier)
    health: Health | None = wire_field("health_status", parse_health)
    alarms: tuple[Alarm, ...] = field(
        default=(),
        metadata=field_options(
            alias="alarm_info_list", deserialize=partial(parse_rows, Alarm)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller(WireModel):
    """The touch panel of a room; `cpu_usage` is in percent."""

    # It tells a controller from others: by anything else this would be a new one.
    indispensable: ClassVar = MappingProxyType({"mac_address": str})

    rooms_id: str | None = wire_field("rooms_id", identifier)
    name: str | None = wire_field("controller_name", text)
    manufacturer: str | None = wire_field("manufacture_name", text)
    model: str | None = wire_field("controller_model", text)
    software_version: str | None = wire_field("app_version", text)
    firmware_version: str | None = wire_field("framework_version", text)
    online: bool | None = wire_field("status", flag)
    ip_address: str | None = wire_field("ip_address", text)
    mac_address: str | None = wire_field("mac_address", mac_address)
    cpu_model: str | None = wire_field("cpu_type", text)
    cpu_usage: float | None = wire_field("cpu_usage", percentage)
    network_type: str | None = wire_field("network_type", text)
    memory_usage: str | None = wire_field("mem_usage", text)

    @property
    def controller_id(self) -> str | None:
        """Return what tells this controller from all others, if anything does."""
        if self.rooms_id is None:
            return None
        return f"{self.rooms_id}_{self.mac_address or self.name or 1}"

    @property
    def identity(self) -> Controller:
        """Return this controller without anything that can change."""
        return Controller(
            rooms_id=self.rooms_id, name=self.name, mac_address=self.mac_address
        )
