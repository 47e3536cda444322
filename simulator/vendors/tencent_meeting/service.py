"""Serve the room APIs of Tencent Meeting."""

from collections.abc import Callable, Iterable
import math
import re
from typing import override

from simulator.accounts import TencentMeetingAccount
from simulator.clock import DAY
from simulator.company.company import Company
from simulator.company.room import Room
from simulator.enums import RoomStatus, VendorName
from simulator.messages import Request, Response, Row
from simulator.vendors.room_rows import controller_row, details, devices_of, list_row
from simulator.vendors.vendor import Route, Vendor, VendorError

from .errors import render_error
from .request_checks import RequestChecks, is_integer
from .rows import alarm_row, mixed_id_device_row

MAX_PAGE_SIZE = 50
MAX_MEETINGS = 20
MAX_WINDOW = 90 * DAY


class TencentMeeting(Vendor):
    """Simulate Tencent Meeting's server."""

    name = VendorName.TENCENT_MEETING
    prefix = "/v1/"

    def __init__(self, company: Company, account: TencentMeetingAccount) -> None:
        """Serve the rooms of a company to one account."""
        super().__init__()
        self._clock = company.clock
        self.checks = RequestChecks(account)
        self._account = account
        self._rooms = company.tencent_meeting
        self._fixed: dict[str, tuple[str, Callable[[Request], Response]]] = {
            "/v1/meeting-rooms": ("list", self._list),
            "/v1/devices": ("devices", self._devices),
            "/v1/meeting-rooms-monitor/monitor-info": ("alarms", self._alarms),
            "/v1/meeting-rooms-monitor/device-controller-info": (
                "controllers",
                self._controllers,
            ),
            "/v1/rooms-inventory/account-statistics": (
                "account_statistics",
                self._statistics,
            ),
        }

    @override
    def route(self, request: Request) -> Route | None:
        """Find the API by method and path."""
        if request.method != "GET":
            return None
        if request.path in self._fixed:
            return Route(*self._fixed[request.path])
        if found := re.fullmatch(r"/v1/meeting-rooms/([^/]+)", request.path):
            return Route("details", self._details, found[1])
        if re.fullmatch(r"/v1/meeting-rooms/[^/]+/meetings", request.path):
            return Route(
                "meetings", self._meetings, request.query.get("target_rooms_id")
            )
        return None

    @override
    def check(self, request: Request, route: Route) -> None:
        """Check headers, signature, limits, permissions and operator."""
        self.checks.check(request, route.api)
        in_path = request.path.split("/")[3] if route.api == "meetings" else None
        operator = in_path or request.query.get("operator_id")
        self.checks.check_operator(operator, request.query.get("operator_id_type"))

    @override
    def error_response(
        self, error: VendorError, request: Request, api: str
    ) -> Response:
        """Return an error in the vendor's format."""
        return render_error(error)

    @override
    def expire_tokens(self, code: int | None = None) -> None:
        """Do nothing: Tencent Meeting has no tokens, every request is signed."""

    def _list(self, request: Request) -> Response:
        """Return the rooms."""
        return page_response(
            request, "meeting_room_list", self._named(request), list_row
        )

    def _devices(self, request: Request) -> Response:
        """Return the devices."""
        devices = devices_of(self._named(request))
        return page_response(request, "device_info_list", devices, mixed_id_device_row)

    def _alarms(self, request: Request) -> Response:
        """Return the devices with their alarms."""
        clock = self._clock
        return page_response(
            request,
            "monitor_info_list",
            devices_of(self._rooms),
            lambda device: alarm_row(device, clock),
        )

    def _controllers(self, request: Request) -> Response:
        """Return the controllers."""
        rows = [
            controller_row(room, room.properties.controller)
            for room in self._rooms
            if room.properties.controller is not None
        ]
        return page_response(request, "controller_info_list", rows, lambda row: row)

    def _details(self, request: Request) -> Response:
        """Return one room."""
        room = self._rooms.get(request.path.rpartition("/")[2])
        if room is None:
            raise VendorError(20201)
        return Response(details(room))

    def _statistics(self, request: Request) -> Response:
        """Return the number of accounts."""
        rooms = [
            room for room in self._rooms if room.status is not RoomStatus.NOT_ACTIVATED
        ]
        professional = sum(
            room.properties.account.account_new_type == 1 for room in rooms
        )
        counts = {"pro_count": professional + 5, "pro_used_count": professional}
        return Response(counts | {"custom_used_count": len(rooms) - professional})

    def _meetings(self, request: Request) -> Response:
        """Return the meetings of a room within a window."""
        if not request.query.get("instanceid"):
            raise VendorError(190004, "instanceid is required")
        room = self._target(request)
        clock = self._clock
        start = integer(request, "start_time", int(clock.now) - DAY)
        end = integer(request, "end_time", start + MAX_WINDOW)
        if not 0 <= end - start <= MAX_WINDOW:
            raise VendorError(190004, "time interval must be within 90 days")
        rows: list[Row] = [
            {
                "meeting_id": each.meeting_id,
                "meeting_code": each.code,
                "subject": each.subject,
                "status": meeting_state(
                    each.interval.start, each.interval.end, clock.simulated
                ),
                "meeting_type": 0,
                "start_time": clock.to_real(each.interval.start),
                "end_time": clock.to_real(each.interval.end),
            }
            for each in sorted(room.meetings, key=lambda each: each.interval.start)
        ]
        matching = [
            each
            for each in rows
            if start <= each["end_time"] and each["start_time"] <= end
        ]
        return page_response(
            request, "meeting_info_list", matching, lambda row: row, MAX_MEETINGS
        )

    def _target(self, request: Request) -> Room:
        """Find the room by its id or by the id of its device."""
        wanted = request.query.get("target_rooms_id", "")
        match request.query.get("target_rooms_id_type"):
            case "5":
                room = self._rooms.get(wanted)
            case "3":
                room = next(
                    (
                        each
                        for each in self._rooms
                        if wanted in each.properties.basic.rooms_id_list
                    ),
                    None,
                )
            case _:
                raise VendorError(190004, "target_rooms_id_type is invalid")
        if room is None:
            raise VendorError(20201)
        return room

    def _named(self, request: Request) -> list[Room]:
        """Return the rooms whose name contains the requested text."""
        wanted = request.query.get("meeting_room_name", "")
        return [room for room in self._rooms if wanted in room.name]


def meeting_state(start: float, end: float, now: float) -> str:
    """Return the vendor's state of a meeting."""
    if now < start:
        return "MEETING_STATE_INIT"
    return "MEETING_STATE_STARTED" if now < end else "MEETING_STATE_ENDED"


def integer(request: Request, name: str, default: int) -> int:
    """Return an integer from the query."""
    text = request.query.get(name, str(default))
    if not is_integer(text):
        raise VendorError(190004, f"{name} is invalid")
    return int(text)


def page_response[T](
    request: Request,
    key: str,
    items: Iterable[T],
    row: Callable[[T], Row],
    max_size: int = MAX_PAGE_SIZE,
) -> Response:
    """Return one page of the rows; an empty page has no list."""
    page, size = integer(request, "page", 1), integer(request, "page_size", 20)
    if page < 1 or not 1 <= size <= max_size:
        raise VendorError(190004, "page or page_size is invalid")
    all_items = list(items)
    rotated = all_items[request.shift :] + all_items[: request.shift]
    rows = [row(item) for item in rotated[(page - 1) * size : page * size]]
    counts: Row = {
        "total_count": len(all_items),
        "current_size": len(rows),
        "current_page": page,
        "total_page": math.ceil(len(all_items) / size),
    }
    return Response(counts | ({key: rows} if rows else {}))
