"""Spoil the bodies of good answers."""

import copy
import json
from typing import Any

from simulator.exchange import Row

ENVELOPE = frozenset(("errcode", "errmsg", "status", "msg", "timestamp", "request_id"))
IDS = ("meeting_room_id", "rooms_id", "eventId", "roomId", "tempConferenceId")
NONSENSE: Row = {
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
    """Give every value another type, but leave the envelope alone."""
    if not isinstance(body, dict):
        return "text"
    return {
        key: value
        if key in ENVELOPE and not isinstance(value, dict)
        else _other_type(value)
        for key, value in body.items()
    }


def _other_type(value: Any) -> Any:
    """Return the value as a type that no page allows."""
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


def with_bad_row(body: Any, room_id: str | None) -> Any:
    """Put a row of nonsense among the good ones, or in place of one room's."""
    spoiled = copy.deepcopy(body)
    inner = spoiled.get("result") if isinstance(spoiled, dict) else None
    if isinstance(inner, str):
        spoiled["result"] = json.dumps(
            with_bad_row({"rows": json.loads(inner)}, room_id)["rows"]
        )
        return spoiled
    rows = find_rows(spoiled)
    if rows is None:
        return spoiled
    places = [place for place, row in enumerate(rows) if _is_of(row, room_id)]
    for place in places:
        rows[place] = NONSENSE
    if room_id is None:
        rows.insert(len(rows) // 2, NONSENSE)
        rows.append("nonsense")
    return spoiled


def find_rows(body: Any) -> list[Any] | None:
    """Find the list of rows in an answer."""
    if isinstance(body, list):
        return body if body and isinstance(body[0], dict) else None
    if not isinstance(body, dict):
        return None
    inner = (find_rows(value) for value in body.values())
    return next((rows for rows in inner if rows is not None), None)


def _is_of(row: Any, room_id: str | None) -> bool:
    """Return whether a row is a room's own."""
    return room_id is not None and any(str(row.get(key)) == room_id for key in IDS)
