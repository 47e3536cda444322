"""Hold the facts of a room under the vendors' own field names; None is not printed."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(slots=True)
class BasicFacts:
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
class AccountFacts:
    """Hold `account_info`."""

    account_new_type: int | None
    account_type: int
    valid_period: str


@dataclass(slots=True)
class HardwareFacts:
    """Hold `hardware_info`, without what changes by the minute."""

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
class PmiFacts:
    """Hold `pmi_info`."""

    pmi_code: str
    pmi_pwd: str | None


@dataclass(slots=True)
class SwitchFacts:
    """Hold the switches that stand beside the four objects."""

    monitor_status: int
    is_allow_call: bool
    scheduled_status: int


@dataclass(slots=True)
class ControllerFacts:
    """Hold a controller on the table, without what changes by the minute."""

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
class RoomFacts:
    """Hold all that is fixed about a room."""

    basic: BasicFacts
    account: AccountFacts
    hardware: HardwareFacts
    pmi: PmiFacts | None
    switches: SwitchFacts
    active_code: str
    controller: ControllerFacts | None


type Part = (
    BasicFacts | AccountFacts | HardwareFacts | PmiFacts | SwitchFacts | ControllerFacts
)


def printed(part: Part) -> dict[str, Any]:
    """Return a part as JSON, without the fields that are missing."""
    return {key: value for key, value in asdict(part).items() if value is not None}
