"""The JSON objects of WeCom Rooms.

Source: the vendor's page "获取Rooms会议室详情"
(https://developer.work.weixin.qq.com/document/path/98793) and those on the lists of rooms, devices
and controllers. `password`, `pmi_pwd` and `active_code` are secrets, and have no field.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Final

from mashumaro import field_options

from ..errors import InvalidResponse
from ..models.room import (
    AccountDetails,
    AccountTier,
    AccountType,
    BasicDetails,
    Controller,
    Device,
    DeviceHealth,
    HardwareDetails,
    Health,
    MeetingNumber,
    RoomDetails,
    RoomStatus,
    RoomSummary,
)
from ..values import (
    base64_text,
    beijing_time,
    capacity,
    distinct_parts,
    enum_by_code,
    enum_by_word,
    flag,
    frequency,
    identifier,
    mac_address,
    percentage,
    serial_number,
    text,
    texts,
    wire_field,
)
from ..wire import WireModel

room_status = enum_by_code(
    {
        0: RoomStatus.NOT_ACTIVATED,
        1: RoomStatus.NOT_BOUND,
        2: RoomStatus.IDLE,
        3: RoomStatus.IN_USE,
        4: RoomStatus.OFFLINE,
        5: RoomStatus.NOT_LOGGED_IN,
    }
)
account_type = enum_by_code(
    {0: AccountType.ORDINARY, 1: AccountType.SPECIAL, 2: AccountType.TRIAL}
)
account_tier = enum_by_code({0: AccountTier.BASIC, 1: AccountTier.PROFESSIONAL})
health = enum_by_word(
    {
        "ok": Health.OK,
        "warning": Health.WARNING,
        "1": Health.WARNING,
        "error": Health.ERROR,
        "2": Health.ERROR,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRow(WireModel, RoomSummary):
    """A row of the list of rooms."""

    room_id: str | None = wire_field("meeting_room_id", identifier)
    name: str | None = wire_field("meeting_room_name", text)
    location: str | None = wire_field("meeting_room_location", text)
    status: RoomStatus | None = wire_field("meeting_room_status", room_status)
    raw_status: str | None = wire_field("meeting_room_status", text)
    capacity: int | None = wire_field("participant_number", capacity)
    bookable: bool | None = wire_field("scheduled_status", flag)
    callable: bool | None = wire_field("is_allow_call", flag)
    account_type: AccountType | None = wire_field("account_type", account_type)
    account_tier: AccountTier | None = wire_field("account_new_type", account_tier)


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicInfo(WireModel, BasicDetails):
    """The part `basic_info` of a room's details."""

    rooms_ids: tuple[str, ...] | None = wire_field("rooms_id_list", texts)
    name: str | None = wire_field("meeting_room_name", text)
    city: str | None = wire_field("city", text)
    building: str | None = wire_field("building", text)
    floor: str | None = wire_field("floor", text)
    capacity: int | None = wire_field("participant_number", capacity)
    equipment: str | None = wire_field("device", text)
    description: str | None = wire_field("desc", base64_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInfo(WireModel, AccountDetails):
    """The part `account_info` of a room's details."""

    tier: AccountTier | None = wire_field("account_new_type", account_tier)
    type: AccountType | None = wire_field("account_type", account_type)
    valid_until: str | None = wire_field("valid_period", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class HardwareInfo(WireModel, HardwareDetails):
    """The part `hardware_info` of a room's details."""

    manufacturer: str | None = wire_field("factory", text)
    model: str | None = wire_field("device_model", text)
    serial_number: str | None = wire_field("sn", serial_number)
    ip_address: str | None = wire_field("ip", text)
    mac_address: str | None = wire_field("mac", mac_address)
    software_version: str | None = wire_field("rooms_version", text)
    firmware_version: str | None = wire_field("firmware_version", text)
    health: Health | None = wire_field("health_status", health)
    system: str | None = wire_field("system_type", text)
    status: RoomStatus | None = wire_field("meeting_room_status", room_status)
    activated_at: datetime | None = wire_field("active_time", beijing_time)
    cpu_model: str | None = wire_field("cpu_info", distinct_parts)
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
class PmiInfo(WireModel, MeetingNumber):
    """The part `pmi_info` of a room's details."""

    number: str | None = wire_field("pmi_code", text)


_DETAIL_PARTS: Final = ("basic_info", "account_info", "hardware_info", "pmi_info")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsPage(WireModel, RoomDetails):
    """The details of one room."""

    basic: BasicInfo = field(
        default_factory=BasicInfo, metadata=field_options(alias="basic_info")
    )
    account: AccountInfo = field(
        default_factory=AccountInfo, metadata=field_options(alias="account_info")
    )
    hardware: HardwareInfo = field(
        default_factory=HardwareInfo, metadata=field_options(alias="hardware_info")
    )
    meeting_number: PmiInfo = field(
        default_factory=PmiInfo, metadata=field_options(alias="pmi_info")
    )
    alerts_enabled: bool | None = wire_field("monitor_status", flag)
    callable: bool | None = wire_field("is_allow_call", flag)
    bookable: bool | None = wire_field("scheduled_status", flag)


def parse_details(fields: Mapping[str, object]) -> DetailsPage:
    """Return the details of a room; raises InvalidResponse where every part is missing."""
    if not any(isinstance(fields.get(part), dict) for part in _DETAIL_PARTS):
        raise InvalidResponse("no details of a room")
    return DetailsPage.from_dict(fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceMonitorInfo(WireModel, DeviceHealth):
    """The part `device_monitor_info` of a device."""

    camera: bool | None = wire_field("camera_status", flag)
    microphone: bool | None = wire_field("microphone_status", flag)
    speaker: bool | None = wire_field("speaker_status", flag)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow(WireModel, Device):
    """A row of the list of devices."""

    room_id: str | None = wire_field("meeting_room_id", identifier)
    rooms_id: str | None = wire_field("rooms_id", identifier)
    model: str | None = wire_field("device_model", text)
    software_version: str | None = wire_field("app_version", text)
    health: DeviceMonitorInfo = field(
        default_factory=DeviceMonitorInfo,
        metadata=field_options(alias="device_monitor_info"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllerRow(WireModel, Controller):
    """A row of the list of controllers."""

    # The MAC address is part of the controller's id: without it this would be another one.
    expected_types: ClassVar = MappingProxyType({"mac_address": str})

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
