"""The same rooms by Home Assistant's `rest` integration: one resource for each room."""

from typing import Any, Final

_STATUS: Final = "value_json.hardware_info.meeting_room_status | int"
_HEALTH: Final = "value_json.hardware_info.health_status | lower"
_SENSORS: Final = {
    "status": "['not_activated', 'not_bound', 'idle', 'in_use', 'offline',"
    f" 'not_logged_in'][{_STATUS}]",
    "capacity": "value_json.basic_info.participant_number",
    "health": _HEALTH,
    "cpu_usage": "value_json.hardware_info.cpu_usage | replace('%', '') | trim"
    " | float(none)",
}
_BINARY_SENSORS: Final = {
    "in_use": f"{_STATUS} == 3",
    "online": f"{_STATUS} in (2, 3)",
    "problem": f"{_HEALTH} in ('warning', 'error', '1', '2')",
    "bookable": "value_json.scheduled_status",
    "callable": "value_json.is_allow_call",
    "alerts_enabled": "value_json.monitor_status",
}


def rest_config(office: str, rooms: list[str], interval: float) -> dict[str, Any]:
    """Return the YAML configuration with which `rest` would show a change as early."""
    return {
        "rest": [
            {
                "resource": f"{office}/rooms/{room_id}",
                "scan_interval": interval,
                "sensor": _entities(room_id, _SENSORS),
                "binary_sensor": _entities(room_id, _BINARY_SENSORS),
            }
            for room_id in rooms
        ]
    }


def _entities(room_id: str, values: dict[str, str]) -> list[dict[str, str]]:
    """Return the entities of one room."""
    return [
        {
            "name": f"Room {room_id} {key}",
            "unique_id": f"{room_id}_{key}",
            "value_template": f"{{{{ {value} }}}}",
        }
        for key, value in values.items()
    ]
