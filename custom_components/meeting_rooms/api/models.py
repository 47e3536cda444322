"""What the vendors tell about a room, in the field's own terms.

The parts of a room carry the names that Tencent Meeting and WeCom, which share a back end,
give the fields. No class has a field for a secret, so no secret survives the reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import ClassVar, override

from mashumaro import DataClassDictMixin, field_options

from .errors import InvalidAnswer
from .values import (
    base64_text,
    beijing_time,
    coded,
    count,
    flag,
    frequency,
    identifier,
    mac_address,
    percentage,
    read,
    text,
    texts,
)


class Page(DataClassDictMixin):
    """A part of an answer; anything but a JSON object reads as an empty one."""

    __slots__ = ()

    indispensable: ClassVar[Mapping[str, type]] = MappingProxyType({})
    """What must have its type, if it is there, or the object is none that we know."""

    @classmethod
    @override
    def __pre_deserialize__(cls, d: object) -> dict[object, object]:
        """Take any JSON value where an object is documented."""
        if not isinstance(d, dict):
            return {}
        for key, kind in cls.indispensable.items():
            if not isinstance(d.get(key), kind | None):
                return {}
        return d


def read_rows[P: Page](row: type[P], value: object) -> tuple[P, ...]:
    """Return the rows of a list, without those that are no object; a missing list is empty."""
    if not isinstance(value, list):
        return ()
    return tuple(row.from_dict(item) for item in value if isinstance(item, dict))


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


read_room_status = coded(
    {
        0: RoomStatus.NOT_ACTIVATED,
        1: RoomStatus.NOT_BOUND,
        2: RoomStatus.IDLE,
        3: RoomStatus.IN_USE,
        4: RoomStatus.OFFLINE,
        5: RoomStatus.NOT_LOGGED_IN,
    }
)
read_account_type = coded(
    {0: AccountType.ORDINARY, 1: AccountType.SPECIAL, 2: AccountType.TRIAL}
)
read_account_tier = coded({0: AccountTier.BASIC, 1: AccountTier.PROFESSIONAL})

_DETAIL_PARTS = ("basic_info", "account_info", "hardware_info", "pmi_info")
_HEALTH_WORDS = {
    "ok": Health.OK,
    "warning": Health.WARNING,
    "1": Health.WARNING,
    "error": Health.ERROR,
    "2": Health.ERROR,
}


def read_health(value: object) -> Health | None:
    """Return the health, sent as a word in any case or as a number."""
    return _HEALTH_WORDS.get((text(value) or "").lower())


def read_processor(value: object) -> str | None:
    """Return each model once; the vendors send one entry per logical processor, joined by "|"."""
    models = dict.fromkeys(
        found for part in (text(value) or "").split("|") if (found := text(part))
    )
    return ", ".join(models) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSummary(Page):
    """A room as the list tells it, its live status included."""

    room_id: str | None = read("meeting_room_id", identifier)
    name: str | None = read("meeting_room_name", text)
    location: str | None = read("meeting_room_location", text)
    status: RoomStatus | None = read("meeting_room_status", read_room_status)
    status_told: str | None = read("meeting_room_status", text)
    capacity: int | None = read("participant_number", count)
    bookable: bool | None = read("scheduled_status", flag)
    callable: bool | None = read("is_allow_call", flag)
    account_type: AccountType | None = read("account_type", read_account_type)
    account_tier: AccountTier | None = read("account_new_type", read_account_tier)


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicDetails(Page):
    """Where a room is and what it is called; `password` and `admin_password` are never read."""

    rooms_ids: tuple[str, ...] | None = read("rooms_id_list", texts)
    name: str | None = read("meeting_room_name", text)
    city: str | None = read("city", text)
    building: str | None = read("building", text)
    floor: str | None = read("floor", text)
    capacity: int | None = read("participant_number", count)
    equipment: str | None = read("device", text)
    description: str | None = read("desc", base64_text)

    @property
    def location(self) -> str | None:
        """Return city, building and floor in the form of the list."""
        return (
            "-".join(part for part in (self.city, self.building, self.floor) if part)
            or None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails(Page):
    """The licence of a room."""

    tier: AccountTier | None = read("account_new_type", read_account_tier)
    type: AccountType | None = read("account_type", read_account_type)
    valid_until: str | None = read("valid_period", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class HardwareDetails(Page):
    """The machine in a room; `cpu_usage` is in percent, `refresh_rate` in hertz."""

    manufacturer: str | None = read("factory", text)
    model: str | None = read("device_model", text)
    serial_number: str | None = read("sn", text)
    ip_address: str | None = read("ip", text)
    mac_address: str | None = read("mac", mac_address)
    software_version: str | None = read("rooms_version", text)
    firmware_version: str | None = read("firmware_version", text)
    health: Health | None = read("health_status", read_health)
    system: str | None = read("system_type", text)
    status: RoomStatus | None = read("meeting_room_status", read_room_status)
    activated_at: datetime | None = read("active_time", beijing_time)
    cpu_model: str | None = read("cpu_info", read_processor)
    cpu_usage: float | None = read("cpu_usage", percentage)
    gpu_model: str | None = read("gpu_info", text)
    network_type: str | None = read("net_type", text)
    memory: str | None = read("memory_info", text)
    refresh_rate: float | None = read("monitor_frequency", frequency)
    camera_model: str | None = read("camera_model", text)
    video_mirroring: bool | None = read("enable_video_mirror", flag)
    microphone_model: str | None = read("microphone_info", text)
    speaker_model: str | None = read("speaker_info", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingNumber(Page):
    """The personal meeting number of a room; `pmi_pwd` is never read."""

    number: str | None = read("pmi_code", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDetails(Page):
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
    alerts_enabled: bool | None = read("monitor_status", flag)
    callable: bool | None = read("is_allow_call", flag)
    bookable: bool | None = read("scheduled_status", flag)


def read_details(fields: dict[str, object]) -> RoomDetails:
    """Return the details of a room; a part may be missing, but not every one.

    Raises InvalidAnswer for a JSON object that is no details page at all.
    """
    if not any(isinstance(fields.get(part), dict) for part in _DETAIL_PARTS):
        raise InvalidAnswer("no details of a room")
    return RoomDetails.from_dict(fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceHealth(Page):
    """How one device of a room does; true is healthy."""

    camera: bool | None = read("camera_status", flag)
    microphone: bool | None = read("microphone_status", flag)
    speaker: bool | None = read("speaker_status", flag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Device(Page):
    """A row of the device list: one device of a room."""

    room_id: str | None = read("meeting_room_id", identifier)
    rooms_id: str | None = read("rooms_id", identifier)
    model: str | None = read("device_model", text)
    software_version: str | None = read("app_version", text)
    health: DeviceHealth = field(
        default_factory=DeviceHealth,
        metadata=field_options(alias="device_monitor_info"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm(Page):
    """A trouble that stands; the set of codes is open."""

    code: str | None = read("health_code", text)
    description: str | None = read("health_desc", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor(Page):
    """A row of the alarm list: what stands against one device of a room."""

    # Alarms that cannot be read are not over.
    indispensable: ClassVar = MappingProxyType({"alarm_info_list": list})

    room_id: str | None = read("meeting_room_id", identifier)
    rooms_id: str | None = read("rooms_id", identifier)
    health: Health | None = read("health_status", read_health)
    alarms: tuple[Alarm, ...] = field(
        default=(),
        metadata=field_options(
            alias="alarm_info_list", deserialize=partial(read_rows, Alarm)
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller(Page):
    """The touch panel of a room; `cpu_usage` is in percent."""

    # It tells a controller from others: by anything else this would be a new one.
    indispensable: ClassVar = MappingProxyType({"mac_address": str})

    rooms_id: str | None = read("rooms_id", identifier)
    name: str | None = read("controller_name", text)
    manufacturer: str | None = read("manufacture_name", text)
    model: str | None = read("controller_model", text)
    software_version: str | None = read("app_version", text)
    firmware_version: str | None = read("framework_version", text)
    online: bool | None = read("status", flag)
    ip_address: str | None = read("ip_address", text)
    mac_address: str | None = read("mac_address", mac_address)
    cpu_model: str | None = read("cpu_type", text)
    cpu_usage: float | None = read("cpu_usage", percentage)
    network_type: str | None = read("network_type", text)
    memory_usage: str | None = read("mem_usage", text)

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
