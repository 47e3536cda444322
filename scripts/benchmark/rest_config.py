"""The same rooms by Home Assistant's own `rest`: one resource a room, what its details page tells."""

from typing import Any, Final

from .accounts import status_interval
from .company import Company

_STATUS = (
    "{{ ['not_activated', 'not_bound', 'idle', 'in_use', 'offline', 'not_logged_in']"
    "[value_json.hardware_info.meeting_room_status | int] }}"
)
_HEALTH = "{{ value_json.hardware_info.health_status | lower }}"
_LOAD = (
    "{{ value_json.hardware_info.cpu_usage | replace('%', '') | trim | float(none) }}"
)

SENSORS: Final = {
    "status": _STATUS,
    "capacity": "{{ value_json.basic_info.participant_number }}",
    "health": _HEALTH,
    "cpu_usage": _LOAD,
}
BINARY_SENSORS: Final = {
    "in_use": "{{ value_json.hardware_info.meeting_room_status | int == 3 }}",
    "online": "{{ value_json.hardware_info.meeting_room_status | int in (2, 3) }}",
    "problem": (
        "{{ value_json.hardware_info.health_status | lower"
        " in ('warning', 'error', '1', '2') }}"
    ),
    "bookable": "{{ value_json.scheduled_status }}",
    "callable": "{{ value_json.is_allow_call }}",
    "alerts_enabled": "{{ value_json.monitor_status }}",
}


def rest_config(company: Company) -> dict[str, Any]:
    """Return what a person would write into configuration.yaml, to see a change as early."""
    return {
        "rest": [
            {
                "resource": f"{company.office}/rooms/{room_id}",
                "scan_interval": status_interval(len(company.rooms)),
                "sensor": _entities(room_id, SENSORS),
                "binary_sensor": _entities(room_id, BINARY_SENSORS),
            }
            for room_id in company.rooms
        ]
    }


def _entities(room_id: str, templates: dict[str, str]) -> list[dict[str, str]]:
    """Return the entities of one room."""
    return [
        {
            "name": f"Room {room_id} {key}",
            "unique_id": f"{room_id}_{key}",
            "value_template": template,
        }
        for key, template in templates.items()
    ]
