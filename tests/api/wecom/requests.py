"""Requests and responses of WeCom that its tests share."""

from typing import Any

GETTOKEN = "/cgi-bin/gettoken"
LIST = "/cgi-bin/meeting/rooms/list"
OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}


def page(*room_ids: object, more: object = False, cursor: object = "") -> Any:
    """Return a page of the list of rooms."""
    rows = [{"meeting_room_id": room_id} for room_id in room_ids]
    return OK | {"has_more": more, "next_cursor": cursor, "meeting_room_list": rows}


def issued(token: object, seconds: object) -> dict[str, Any]:
    """Return a response of gettoken."""
    return OK | {"access_token": token, "expires_in": seconds}
