"""Requests and responses of Tencent Meeting that its tests share."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from ..scripted import Received

LIST = "/v1/meeting-rooms"


def page(total: object, *room_ids: object) -> dict[str, Any]:
    """Return a page of the list of rooms."""
    rows = [{"meeting_room_id": room_id} for room_id in room_ids]
    return {"total_count": total, "meeting_room_list": rows}


def query_of(request: Received) -> dict[str, list[str]]:
    """Return the query of a request."""
    return parse_qs(urlsplit(request.target).query)
