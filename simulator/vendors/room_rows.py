"""Build the rows that Tencent Meeting and WeCom have in common."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.company.properties import ControllerInfo, to_json
from simulator.company.room import Room
from simulator.enums import RoomStatus
from simulator.messages import Row

WITHOUT_DEVICES = (RoomStatus.NOT_ACTIVATED, RoomStatus.NOT_BOUND)


def list_row(room: Room) -> Row:
    """Return the row of a room in the list, with its live values."""
    properties = room.properties
    row: Row = {
        "meeting_room_id": room.room_id,
        "meeting_room_name": room.name,
        "meeting_room_location": room.location,
        "account_new_type": properties.account.account_new_type,
        "account_type": properties.account.account_type,
        "active_code": properties.active_code,
        "participant_number": properties.basic.participant_number,
        "meeting_room_status": int(room.status),
        "scheduled_status": properties.settings.scheduled_status,
        "is_allow_call": properties.settings.is_allow_call,
    }
    return {key: value for key, value in row.items() if value is not None}


def details(room: Room) -> Row:
    """Return the details of a room."""
    properties = room.properties
    live = {
        "health_status": room.health_status,
        "meeting_room_status": int(room.status),
        "cpu_usage": room.cpu_usage,
    }
    response: Row = {
        "basic_info": to_json(properties.basic),
        "account_info": to_json(properties.account),
        "hardware_info": to_json(properties.hardware) | live,
    }
    if properties.pmi is not None:
        response["pmi_info"] = to_json(properties.pmi)
    return response | to_json(properties.settings)


@dataclass(frozen=True, slots=True)
class Device:
    """Hold one device of a room; only the first one ever fails."""

    room: Room
    rooms_id: str
    first: bool


def devices_of(rooms: Iterable[Room]) -> list[Device]:
    """Return the devices of the rooms that have any."""
    return [
        Device(room, rooms_id, number == 0)
        for room in rooms
        if room.status not in WITHOUT_DEVICES
        for number, rooms_id in enumerate(room.properties.basic.rooms_id_list)
    ]


def device_row(device: Device) -> Row:
    """Return the row of a device."""
    room = device.room
    return {
        "meeting_room_id": room.room_id,
        "rooms_id": device.rooms_id,
        "meeting_room_name": room.name,
        "meeting_room_location": room.location,
        "device_model": room.properties.hardware.device_model,
        "app_version": room.properties.hardware.rooms_version,
        "meeting_room_status": int(room.status),
        "device_monitor_info": {
            "camera_status": room.camera or not device.first,
            "microphone_status": room.microphone or not device.first,
            "speaker_status": room.speaker or not device.first,
        },
    }


def controller_row(room: Room, controller: ControllerInfo) -> Row:
    """Return the row of a controller; every value is text."""
    online = room.status in (RoomStatus.IDLE, RoomStatus.IN_USE)
    return to_json(controller) | {
        "status": "1" if online else "0",
        "cpu_usage": f"{room.cpu_load / 10:.1f}" if online else "",
        "mem_usage": "3.6GB" if online else "",
    }
