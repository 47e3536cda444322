"""Corrupt the bodies of successful responses."""

from collections.abc import Mapping
import copy
import json
from typing import Any

from simulator.messages import Row

ENVELOPE = frozenset(("errcode", "errmsg", "status", "msg", "timestamp", "request_id"))
ID_KEYS = (
    *("meeting_room_id", "meetingroom_id", "rooms_id"),
    *("eventId", "roomId", "tempConferenceId"),
)
INVALID_ROW: Row = {
    "meeting_room_id": None,
    "meeting_room_name": ["?"],
    "meeting_room_status": "x",
    "rooms_id": {},
    "eventId": "x",
    "status": [],
    "device_monitor_info": "x",
    "alarm_info_list": 7,
}


def wrong_types(body: Any) -> Any:
    """Change the type of every value except those of the envelope."""
    if not isinstance(body, dict):
        return "text"
    return {
        key: value
        if key in ENVELOPE and not isinstance(value, dict)
        else _other_type(value)
        for key, value in body.items()
    }


def _other_type(value: Any) -> Any:
    """Return the value as a type that the vendor never uses for it."""
    match value:
        case dict():
            return {key: _other_type(inner) for key, inner in value.items()}
        case [dict(), *_]:
            return [_other_type(inner) for inner in value]
        case list():
            return {"0": value}
        case bool():
            return "maybe"
        case int() | float():
            return {"value": value}
        case _:
            return [value]


def with_fields(body: Any, fields: Mapping[str, Any]) -> Any:
    """Add fields to an object."""
    return body | dict(fields) if isinstance(body, dict) else body


def with_array_result(body: Any) -> Any:
    """Put the result of a Quanshi response into an array."""
    if not isinstance(body, dict) or "result" not in body:
        return body
    return body | {"result": [body["result"]]}


def with_bad_row(body: Any, room_id: str | None) -> Any:
    """Add invalid rows to a list, or replace the row of one room with an invalid one."""
    changed = copy.deepcopy(body)
    inner = changed.get("result") if isinstance(changed, dict) else None
    if isinstance(inner, str):
        changed["result"] = json.dumps(
            with_bad_row({"rows": json.loads(inner)}, room_id)["rows"]
        )
        return changed
    rows = find_rows(changed)
    if rows is None:
        return changed
    positions = [index for index, row in enumerate(rows) if _belongs_to(row, room_id)]
    for index in positions:
        rows[index] = INVALID_ROW
    if room_id is None:
        rows.insert(len(rows) // 2, INVALID_ROW)
        rows.append("nonsense")
    return changed


def find_rows(body: Any) -> list[Any] | None:
    """Find the list of rows in a response."""
    if isinstance(body, list):
        return body if body and isinstance(body[0], dict) else None
    if not isinstance(body, dict):
        return None
    inner = (find_rows(value) for value in body.values())
    return next((rows for rows in inner if rows is not None), None)


def _belongs_to(row: Any, room_id: str | None) -> bool:
    """Return whether a row is that of a room."""
    return room_id is not None and any(str(row.get(key)) == room_id for key in ID_KEYS)
