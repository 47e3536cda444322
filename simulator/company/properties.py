"""Hold the properties of a room under the vendors' field names; `None` is left out."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(slots=True)
class BasicInfo:
    """Hold `basic_info`."""

    rooms_id_list: list[str]
    meeting_room_name: str
    city: str
    building: str
    floor: str
    participant_number: int
    device: str
    desc: str
    password: str | None = None
    admin_password_enabled: bool | None = None
    admin_password: str | None = None


@dataclass(slots=True)
class AccountInfo:
    """Hold `account_info`."""

    account_new_type: int | None
    account_type: int
    valid_period: str


@dataclass(slots=True)
class HardwareInfo:
    """Hold `hardware_info` without the live values."""

    factory: str
    device_model: str
    sn: str
    ip: str
    mac: str
    rooms_version: str
    firmware_version: str
    system_type: str
    active_time: str
    cpu_info: str
    gpu_info: str
    net_type: str
    memory_info: str
    monitor_frequency: int | str
    camera_model: str
    enable_video_mirror: bool
    microphone_info: str
    speaker_info: str


@dataclass(slots=True)
class PmiInfo:
    """Hold `pmi_info`."""

    pmi_code: str
    pmi_pwd: str | None


@dataclass(slots=True)
class RoomSettings:
    """Hold the settings that the vendors return beside the four objects."""

    monitor_status: int
    is_allow_call: bool
    scheduled_status: int


@dataclass(slots=True)
class ControllerInfo:
    """Hold a controller without its live values."""

    rooms_id: str
    controller_name: str
    manufacture_name: str
    controller_model: str
    app_version: str
    framework_version: str
    ip_address: str
    mac_address: str
    cpu_type: str
    network_type: str


@dataclass(slots=True)
class RoomProperties:
    """Hold all fixed properties of a room."""

    basic: BasicInfo
    account: AccountInfo
    hardware: HardwareInfo
    pmi: PmiInfo | None
    settings: RoomSettings
    active_code: str
    controller: ControllerInfo | None


type Part = (
    BasicInfo | AccountInfo | HardwareInfo | PmiInfo | RoomSettings | ControllerInfo
)


def to_json(part: Part) -> dict[str, Any]:
    """Return an object as JSON without the missing fields."""
    return {key: value for key, value in asdict(part).items() if value is not None}
