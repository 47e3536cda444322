"""Responses of Quanshi, and the time of the tests with a scripted vendor."""

from datetime import UTC, datetime
from typing import Any, Final

from ..fixtures import sample_json

VENDOR: Final = "quanshi"
LIST_ALL: Final = "/confopenapi/room/listAll"
LIST: Final = "/confopenapi/room/conference/list"
INFOS: Final = "/confopenapi/room/conference/infos"
GET_STATUS: Final = "/confopenapi/conference/getStatus"
DASHBOARD: Final = "/confopenapi/admin/dashboard/conference/info"
NOW: Final = datetime(2024, 2, 21, 3, 0, tzinfo=UTC)
HOUR: Final = 3600
REJECTED: Final = {"status": 10001}
TOKEN_REFUSED: Final = {"status": 40101, "msg": "token is invalid or expired"}


def success(result: object) -> dict[str, object]:
    """Return the vendor's envelope around a result."""
    return {"status": 0, "result": result, "timestamp": 1708481882552}


def state(event_id: object, status: object, run: str = "") -> dict[str, object]:
    """Return a row of getStatus."""
    return {"eventId": event_id, "status": status, "tempConferenceId": run}


def booked(
    event_id: object, start: float = 0, end: float = 0, **more: object
) -> dict[str, object]:
    """Return a booking that starts and ends some seconds from now."""
    at = int(NOW.timestamp())
    times = {"startTime": at + int(start), "endTime": at + int(end)}
    return {"eventId": event_id, "status": 1} | times | more


def booked_in_5(
    event_id: object, start: float = -HOUR, end: float = HOUR
) -> dict[str, object]:
    """Return a booking of room 5 for the present hour."""
    room = {"DeviceId": 5, "DeviceType": 2, "ApprovalStatus": 2}
    return booked(event_id, start, end, houseList=[room])


def sample_booking() -> dict[str, Any]:
    """Return the booking of the vendor's sample."""
    booking: dict[str, Any] = sample_json("quanshi_conference_infos")["result"][0]
    return booking


def sample_run() -> dict[str, Any]:
    """Return the run of the vendor's sample."""
    run: dict[str, Any] = sample_json("quanshi_dashboard_conference_info")["result"]
    return run
