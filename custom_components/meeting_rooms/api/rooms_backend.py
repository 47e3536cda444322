"""The back end of Rooms that Tencent Meeting and WeCom share: its JSON objects and its lists.

Sources: the vendors' pages "查询会议室详情"
(https://meeting.tencent.com/support/topic/574/index.html) and "获取Rooms会议室详情"
(https://developer.work.weixin.qq.com/document/path/98793), and those on the lists of rooms, devices
and controllers. `password`, `admin_password`, `pmi_pwd` and `active_code` are secrets, and have no
field.
"""

from abc import abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Final, override

from . import values
from .budget import Tier
from .client import Listing, LiveStatus, TrackedConference, VendorClient
from .errors import InvalidResponse
from .models import room
from .rows import by_room, live_status
from .values import wire_field
from .wire import WireModel, wire_part

room_status = values.enum_by_code(
    {
        0: room.RoomStatus.NOT_ACTIVATED,
        1: room.RoomStatus.NOT_BOUND,
        2: room.RoomStatus.IDLE,
        3: room.RoomStatus.IN_USE,
        4: room.RoomStatus.OFFLINE,
        5: room.RoomStatus.NOT_LOGGED_IN,
    }
)
account_type = values.enum_by_code(
    {
        0: room.AccountType.ORDINARY,
        1: room.AccountType.SPECIAL,
        2: room.AccountType.TRIAL,
    }
)
account_tier = values.enum_by_code(
    {0: room.AccountTier.BASIC, 1: room.AccountTier.PROFESSIONAL}
)
health = values.enum_by_word(
    {
        "ok": room.Health.OK,
        "warning": room.Health.WARNING,
        "1": room.Health.WARNING,
        "error": room.Health.ERROR,
        "2": room.Health.ERROR,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRow(WireModel, room.RoomSummary):
    """A row of the list of rooms."""

    room_id: str | None = wire_field("meeting_room_id", values.identifier)
    name: str | None = wire_field("meeting_room_name", values.text)
    location: str | None = wire_field("meeting_room_location", values.text)
    status: room.RoomStatus | None = wire_field("meeting_room_status", room_status)
    raw_status: str | None = wire_field("meeting_room_status", values.text)
    capacity: int | None = wire_field("participant_number", values.capacity)
    bookable: bool | None = wire_field("scheduled_status", values.flag)
    callable: bool | None = wire_field("is_allow_call", values.flag)
    account_type: room.AccountType | None = wire_field("account_type", account_type)
    account_tier: room.AccountTier | None = wire_field("account_new_type", account_tier)
    participants: int | None = field(init=False, default=None)
    """Not reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicInfo(WireModel, room.BasicDetails):
    """The part `basic_info` of a room's details."""

    rooms_ids: tuple[str, ...] | None = wire_field("rooms_id_list", values.texts)
    name: str | None = wire_field("meeting_room_name", values.text)
    city: str | None = wire_field("city", values.text)
    building: str | None = wire_field("building", values.text)
    floor: str | None = wire_field("floor", values.text)
    capacity: int | None = wire_field("participant_number", values.capacity)
    equipment: str | None = wire_field("device", values.text)
    description: str | None = wire_field("desc", values.base64_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInfo(WireModel, room.AccountDetails):
    """The part `account_info` of a room's details."""

    tier: room.AccountTier | None = wire_field("account_new_type", account_tier)
    type: room.AccountType | None = wire_field("account_type", account_type)
    valid_until: str | None = wire_field("valid_period", values.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class HardwareInfo(WireModel, room.HardwareDetails):
    """The part `hardware_info` of a room's details."""

    manufacturer: str | None = wire_field("factory", values.text)
    model: str | None = wire_field("device_model", values.text)
    serial_number: str | None = wire_field("sn", values.serial_number)
    ip_address: str | None = wire_field("ip", values.text)
    mac_address: str | None = wire_field("mac", values.mac_address)
    software_version: str | None = wire_field("rooms_version", values.text)
    firmware_version: str | None = wire_field("firmware_version", values.text)
    health: room.Health | None = wire_field("health_status", health)
    system: str | None = wire_field("system_type", values.text)
    status: room.RoomStatus | None = wire_field("meeting_room_status", room_status)
    activated_at: datetime | None = wire_field("active_time", values.beijing_time)
    cpu_model: str | None = wire_field("cpu_info", values.distinct_parts)
    cpu_usage: float | None = wire_field("cpu_usage", values.percentage)
    gpu_model: str | None = wire_field("gpu_info", values.text)
    network_type: str | None = wire_field("net_type", values.text)
    memory: str | None = wire_field("memory_info", values.text)
    refresh_rate: float | None = wire_field("monitor_frequency", values.frequency)
    camera_model: str | None = wire_field("camera_model", values.text)
    video_mirroring: bool | None = wire_field("enable_video_mirror", values.flag)
    microphone_model: str | None = wire_field("microphone_info", values.text)
    speaker_model: str | None = wire_field("speaker_info", values.text)


def parse_meeting_number(value: object) -> str | None:
    """Return the number in `pmi_info`."""
    return values.text(value.get("pmi_code")) if isinstance(value, dict) else None


_DETAIL_PARTS: Final = ("basic_info", "account_info", "hardware_info", "pmi_info")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailsPage(WireModel, room.RoomDetails):
    """The details of one room."""

    basic: BasicInfo = wire_part("basic_info", BasicInfo)
    account: AccountInfo = wire_part("account_info", AccountInfo)
    hardware: HardwareInfo = wire_part("hardware_info", HardwareInfo)
    meeting_number: str | None = wire_field("pmi_info", parse_meeting_number)
    alerts_enabled: bool | None = wire_field("monitor_status", values.flag)
    callable: bool | None = wire_field("is_allow_call", values.flag)
    bookable: bool | None = wire_field("scheduled_status", values.flag)


def parse_details(fields: Mapping[str, object]) -> DetailsPage:
    """Return the details of a room; raises InvalidResponse where every part is missing."""
    if not any(isinstance(fields.get(part), dict) for part in _DETAIL_PARTS):
        raise InvalidResponse("no details of a room")
    return DetailsPage.from_dict(fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceMonitorInfo(WireModel, room.DeviceHealth):
    """The part `device_monitor_info` of a device."""

    camera: bool | None = wire_field("camera_status", values.flag)
    microphone: bool | None = wire_field("microphone_status", values.flag)
    speaker: bool | None = wire_field("speaker_status", values.flag)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow(WireModel, room.Device):
    """A row of the list of devices."""

    room_id: str | None = wire_field("meeting_room_id", values.identifier)
    rooms_id: str | None = wire_field("rooms_id", values.identifier)
    model: str | None = wire_field("device_model", values.text)
    software_version: str | None = wire_field("app_version", values.text)
    health: DeviceMonitorInfo = wire_part("device_monitor_info", DeviceMonitorInfo)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllerRow(WireModel, room.Controller):
    """A row of the list of controllers."""

    # The MAC address is part of the controller's id: without it the id would change.
    expected_types: ClassVar = MappingProxyType({"mac_address": str})

    rooms_id: str | None = wire_field("rooms_id", values.identifier)
    name: str | None = wire_field("controller_name", values.text)
    manufacturer: str | None = wire_field("manufacture_name", values.text)
    model: str | None = wire_field("controller_model", values.text)
    software_version: str | None = wire_field("app_version", values.text)
    firmware_version: str | None = wire_field("framework_version", values.text)
    online: bool | None = wire_field("status", values.flag)
    ip_address: str | None = wire_field("ip_address", values.text)
    mac_address: str | None = wire_field("mac_address", values.mac_address)
    cpu_model: str | None = wire_field("cpu_type", values.text)
    cpu_usage: float | None = wire_field("cpu_usage", values.percentage)
    network_type: str | None = wire_field("network_type", values.text)
    memory_usage: str | None = wire_field("mem_usage", values.text)


class RoomsBackendClient(VendorClient):
    """The client of a vendor with this back end; vendors differ in how they send a list."""

    @override
    async def fetch_live(
        self, tracked: Collection[TrackedConference] = ()
    ) -> LiveStatus:
        """Return all rooms with their status."""
        listing = await self._fetch_list(
            "list", Tier.STATUS, "meeting_room_list", RoomRow
        )
        return live_status(listing)

    @override
    async def fetch_devices(self) -> Listing[Mapping[str, tuple[room.Device, ...]]]:
        """Return the devices by room."""
        listing = await self._fetch_list(
            "devices", Tier.HEALTH, "device_info_list", DeviceRow
        )
        return by_room(listing)

    @override
    async def fetch_controllers(self) -> Listing[tuple[room.Controller, ...]]:
        """Return the controllers."""
        return await self._fetch_list(
            "controllers", Tier.OTHER, "controller_info_list", ControllerRow, "rooms_id"
        )

    @abstractmethod
    async def _fetch_list[R: WireModel](
        self, api: str, tier: Tier, key: str, row: type[R], owner: str = "room_id"
    ) -> Listing[tuple[R, ...]]:
        """Return the rows of a list, which responses carry in the field `key`."""
