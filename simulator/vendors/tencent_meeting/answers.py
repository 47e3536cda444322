"""Print rooms as Tencent Meeting does."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.clock import Clock, rfc3339
from simulator.company.facts import ControllerFacts, printed
from simulator.company.room import Room
from simulator.exchange import Row
from simulator.vendor import RoomStatus

UNDESCRIBED = "异常"
DESCRIPTIONS = {
    "device_off_line": "设备离线",
    "cpu_occupancy_rate_overtop": "CPU 占用率过高",
    "speaker_volume_too_low": "扬声器音量过低",
    "display_refresh_too_low": "显示器刷新率过低",
}
SERIOUS = "device_off_line"
ASLEEP = (RoomStatus.NOT_ACTIVATED, RoomStatus.NOT_BOUND)


def list_row(room: Room) -> Row:
    """Print a room in the list, live state included."""
    facts = room.facts
    row: Row = {
        "meeting_room_id": room.room_id,
        "meeting_room_name": room.name,
        "meeting_room_location": room.location,
        "account_new_type": facts.account.account_new_type,
        "account_type": facts.account.account_type,
        "active_code": facts.active_code,
        "participant_number": facts.basic.participant_number,
        "meeting_room_status": int(room.status),
        "scheduled_status": facts.switches.scheduled_status,
        "is_allow_call": facts.switches.is_allow_call,
    }
    return {key: value for key, value in row.items() if value is not None}


def details(room: Room) -> Row:
    """Print the details of a room."""
    facts = room.facts
    live = {
        "health_status": room.health_status,
        "meeting_room_status": int(room.status),
        "cpu_usage": room.cpu_usage,
    }
    answer: Row = {
        "basic_info": printed(facts.basic),
        "account_info": printed(facts.account),
        "hardware_info": printed(facts.hardware) | live,
    }
    if facts.pmi is not None:
        answer["pmi_info"] = printed(facts.pmi)
    return answer | printed(facts.switches)


@dataclass(frozen=True, slots=True)
class Device:
    """Name one of the devices of a room; only the first ever fails."""

    room: Room
    rooms_id: str
    first: bool


def devices_of(rooms: Iterable[Room]) -> list[Device]:
    """Return the devices of those rooms in which there are any."""
    return [
        Device(room, rooms_id, number == 0)
        for room in rooms
        if room.status not in ASLEEP
        for number, rooms_id in enumerate(room.facts.basic.rooms_id_list)
    ]


def numbered_device_row(device: Device) -> Row:
    """Print a device; every third room prints its id as a number."""
    row, room_id = device_row(device), device.room.room_id
    number = room_id.isdigit() and int(room_id) % 3 == 0
    return row | {"meeting_room_id": int(room_id) if number else room_id}


def device_row(device: Device) -> Row:
    """Print what a device reports."""
    room = device.room
    return {
        "meeting_room_id": room.room_id,
        "rooms_id": device.rooms_id,
        "meeting_room_name": room.name,
        "meeting_room_location": room.location,
        "device_model": room.facts.hardware.device_model,
        "app_version": room.facts.hardware.rooms_version,
        "meeting_room_status": int(room.status),
        "device_monitor_info": {
            "camera_status": room.camera or not device.first,
            "microphone_status": room.microphone or not device.first,
            "speaker_status": room.speaker or not device.first,
        },
    }


def alarm_row(device: Device, clock: Clock) -> Row:
    """Print the alarms of a device; its room's id is a number here when it can be."""
    room = device.room
    alarms = room.alarms if device.first else []
    codes = [code for code, _ in alarms]
    row: Row = {
        "rooms_id": device.rooms_id,
        "meeting_room_id": int(room.room_id)
        if room.room_id.isdigit()
        else room.room_id,
        "device_model": room.facts.hardware.device_model,
        "app_version": room.facts.hardware.rooms_version,
        "str_device_connect_status": "OFFLINE" if SERIOUS in codes else "ONLINE",
        "bool_is_support_screen_touch": room.facts.hardware.enable_video_mirror,
    }
    if codes:
        row["health_status"] = 2 if SERIOUS in codes else 1
    if codes or room.facts.switches.is_allow_call:
        row["alarm_info_list"] = [
            {
                "health_code": code,
                "health_desc": DESCRIPTIONS.get(code, UNDESCRIBED),
                "create_time": rfc3339(clock.wall_label(since)),
            }
            for code, since in alarms
        ]
    return row


def controller_row(room: Room, controller: ControllerFacts) -> Row:
    """Print a controller; everything is text."""
    online = room.status in (RoomStatus.IDLE, RoomStatus.IN_USE)
    return printed(controller) | {
        "status": "1" if online else "0",
        "cpu_usage": f"{room.cpu_load / 10:.1f}" if online else "",
        "mem_usage": "3.6GB" if online else "",
    }
