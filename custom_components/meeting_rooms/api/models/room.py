"""Meeting rooms, independent of the vendor.

No class has a field for a secret. A field is None where the vendor does not report it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class RoomStatus(StrEnum):
    """The status of a room."""

    IDLE = "idle"
    IN_USE = "in_use"
    OFFLINE = "offline"
    NOT_LOGGED_IN = "not_logged_in"
    NOT_BOUND = "not_bound"
    NOT_ACTIVATED = "not_activated"


class Health(StrEnum):
    """The vendor's rating of a room's devices."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


class AccountType(StrEnum):
    """The kind of a room's licence."""

    ORDINARY = "ordinary"
    SPECIAL = "special"
    TRIAL = "trial"


class AccountTier(StrEnum):
    """The level of a room's licence."""

    BASIC = "basic"
    PROFESSIONAL = "professional"


def location_text(*parts: str | None) -> str | None:
    """Return city, building and floor in the form of RoomSummary; None if all are unknown.

    An empty part keeps the position of the others. A "-" within a part becomes its wide form,
    which means the same and does not separate.
    """
    if not any(parts):
        return None
    return "-".join(
        (part or "").replace("-", "\N{FULLWIDTH HYPHEN-MINUS}") for part in parts
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSummary:
    """A room in the list of rooms, with its live status; `capacity` is in people."""

    room_id: str | None = None
    name: str | None = None
    location: str | None = None
    """City, building and floor, joined by "-"."""
    status: RoomStatus | None = None
    raw_status: str | None = None
    """The vendor's own code of the status."""
    capacity: int | None = None
    bookable: bool | None = None
    callable: bool | None = None
    participants: int | None = None
    """How many people are in the conference that is held in the room."""
    account_type: AccountType | None = None
    account_tier: AccountTier | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BasicDetails:
    """The name and place of a room."""

    rooms_ids: tuple[str, ...] | None = None
    """The ids of the devices in the room."""
    name: str | None = None
    city: str | None = None
    building: str | None = None
    floor: str | None = None
    capacity: int | None = None
    equipment: str | None = None
    description: str | None = None

    @property
    def location(self) -> str | None:
        """Return city, building and floor in the form of RoomSummary."""
        return (
            "-".join(part for part in (self.city, self.building, self.floor) if part)
            or None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDetails:
    """The licence of a room; `valid_until` is free text."""

    tier: AccountTier | None = None
    type: AccountType | None = None
    valid_until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HardwareDetails:
    """The computer in a room; `cpu_usage` is in percent, `refresh_rate` in hertz."""

    manufacturer: str | None = None
    model: str | None = None
    serial_number: str | None = None
    ip_address: str | None = None
    mac_address: str | None = None
    software_version: str | None = None
    firmware_version: str | None = None
    health: Health | None = None
    system: str | None = None
    status: RoomStatus | None = None
    activated_at: datetime | None = None
    cpu_model: str | None = None
    cpu_usage: float | None = None
    gpu_model: str | None = None
    network_type: str | None = None
    memory: str | None = None
    refresh_rate: float | None = None
    camera_model: str | None = None
    video_mirroring: bool | None = None
    microphone_model: str | None = None
    speaker_model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomDetails:
    """The details of one room; `meeting_number` is that of its personal meeting."""

    basic: BasicDetails = field(default_factory=BasicDetails)
    account: AccountDetails = field(default_factory=AccountDetails)
    hardware: HardwareDetails = field(default_factory=HardwareDetails)
    meeting_number: str | None = None
    alerts_enabled: bool | None = None
    callable: bool | None = None
    bookable: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceHealth:
    """The health of the parts of a device; True is healthy."""

    camera: bool | None = None
    microphone: bool | None = None
    speaker: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One device of a room."""

    room_id: str | None = None
    rooms_id: str | None = None
    """The id of the device."""
    model: str | None = None
    software_version: str | None = None
    health: DeviceHealth = field(default_factory=DeviceHealth)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An active alarm; the set of codes is open."""

    code: str | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceAlarms:
    """The active alarms of one device of a room."""

    room_id: str | None = None
    rooms_id: str | None = None
    """The id of the device."""
    health: Health | None = None
    alarms: tuple[Alarm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """The touch panel of a room; `cpu_usage` is in percent."""

    rooms_id: str | None = None
    """The id of the device that it controls."""
    name: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    software_version: str | None = None
    firmware_version: str | None = None
    online: bool | None = None
    ip_address: str | None = None
    mac_address: str | None = None
    cpu_model: str | None = None
    cpu_usage: float | None = None
    network_type: str | None = None
    memory_usage: str | None = None

    @property
    def controller_id(self) -> str | None:
        """Return an id that differs from those of other controllers; None without a device."""
        if self.rooms_id is None:
            return None
        return f"{self.rooms_id}_{self.mac_address or self.name or 1}"

    @property
    def identity(self) -> Controller:
        """Return this controller without the fields that change."""
        return Controller(
            rooms_id=self.rooms_id, name=self.name, mac_address=self.mac_address
        )
