"""Serve the room APIs of Tencent Meeting."""

from collections.abc import Callable
import re
from typing import override

from simulator.accounts import TencentMeetingAccount
from simulator.company.company import Company
from simulator.company.room import Room
from simulator.enums import RoomStatus, VendorName
from simulator.messages import Request, Response
from simulator.vendors.room_rows import controller_row, details, devices_of, list_row
from simulator.vendors.vendor import Route, Vendor, VendorError

from .errors import render_error
from .meetings import Meetings
from .pages import page_response
from .request_checks import RequestChecks
from .room_writes import RoomWrites
from .rows import alarm_row, mixed_id_device_row


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
        self._meetings = Meetings(company.tencent_meeting, company.clock)
        self._writes = RoomWrites(company, account)
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
            return self._writes.route(request)
        if request.path in self._fixed:
            return Route(*self._fixed[request.path])
        if found := re.fullmatch(r"/v1/meeting-rooms/([^/]+)", request.path):
            return Route("details", self._details, found[1])
        if re.fullmatch(r"/v1/meeting-rooms/[^/]+/meetings", request.path):
            return Route(
                "meetings", self._meetings.list, request.query.get("target_rooms_id")
            )
        return None

    @override
    def check(self, request: Request, route: Route) -> None:
        """Check headers, signature, limits, permissions and the operator in the query."""
        self.checks.check(request, route.api)
        if request.method != "GET":
            return
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

    def _named(self, request: Request) -> list[Room]:
        """Return the rooms whose name contains the requested text."""
        wanted = request.query.get("meeting_room_name", "")
        return [room for room in self._rooms if wanted in room.name]
