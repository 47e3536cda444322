"""Build the rows that only Tencent Meeting returns."""

from simulator.clock import Clock, rfc3339
from simulator.messages import Row
from simulator.vendors.room_rows import Device, device_row

UNKNOWN_DESCRIPTION = "异常"
DESCRIPTIONS = {
    "device_off_line": "设备离线",
    "cpu_occupancy_rate_overtop": "CPU 占用率过高",
    "speaker_volume_too_low": "扬声器音量过低",
    "display_refresh_too_low": "显示器刷新率过低",
}
SERIOUS = "device_off_line"


def mixed_id_device_row(device: Device) -> Row:
    """Return the row of a device; every third room has an integer id."""
    row, room_id = device_row(device), device.room.room_id
    number = room_id.isdigit() and int(room_id) % 3 == 0
    return row | {"meeting_room_id": int(room_id) if number else room_id}


def alarm_row(device: Device, clock: Clock) -> Row:
    """Return the row of a device with its alarms; a room id of digits is an integer here."""
    room = device.room
    alarms = room.alarms if device.first else []
    codes = [code for code, _ in alarms]
    row: Row = {
        "rooms_id": device.rooms_id,
        "meeting_room_id": int(room.room_id)
        if room.room_id.isdigit()
        else room.room_id,
        "device_model": room.properties.hardware.device_model,
        "app_version": room.properties.hardware.rooms_version,
        "str_device_connect_status": "OFFLINE" if SERIOUS in codes else "ONLINE",
        "bool_is_support_screen_touch": room.properties.hardware.enable_video_mirror,
    }
    if codes:
        row["health_status"] = 2 if SERIOUS in codes else 1
    if codes or room.properties.settings.is_allow_call:
        row["alarm_info_list"] = [
            {
                "health_code": code,
                "health_desc": DESCRIPTIONS.get(code, UNKNOWN_DESCRIPTION),
                "create_time": rfc3339(clock.to_real(since)),
            }
            for code, since in alarms
        ]
    return row
