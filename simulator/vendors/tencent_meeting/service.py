"""Answer the room APIs of Tencent Meeting."""

from collections.abc import Callable, Iterable
import math
import re
from typing import override

from simulator.accounts import TencentMeetingAccount
from simulator.clock import DAY
from simulator.company.room import Room
from simulator.estate import Estate
from simulator.exchange import Answer, Call, Row
from simulator.vendor import Refusal, RoomStatus, Route, Vendor, VendorName

from .admission import Admission, is_whole
from .answers import (
    alarm_row,
    controller_row,
    details,
    devices_of,
    list_row,
    numbered_device_row,
)
from .errors import error_answer

PAGE_MOST = 50
MEETINGS_MOST = 20
SPAN_MOST = 90 * DAY


class TencentMeeting(Vendor):
    """Play Tencent Meeting's server."""

    name = VendorName.TENCENT_MEETING
    prefix = "/v1/"

    def __init__(self, estate: Estate, account: TencentMeetingAccount) -> None:
        """Serve the rooms of an estate to one account."""
        super().__init__(estate)
        self.admission = Admission(account)
        self._account = account
        self._rooms = estate.tencent_meeting
        self._fixed: dict[str, tuple[str, Callable[[Call], Answer]]] = {
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
    def route(self, call: Call) -> Route | None:
        """Find the API by method and path."""
        if call.method != "GET":
            return None
        if call.path in self._fixed:
            return Route(*self._fixed[call.path])
        if found := re.fullmatch(r"/v1/meeting-rooms/([^/]+)", call.path):
            return Route("details", self._details, found[1])
        if re.fullmatch(r"/v1/meeting-rooms/[^/]+/meetings", call.path):
            return Route("meetings", self._meetings, call.query.get("target_rooms_id"))
        return None

    @override
    def admit(self, call: Call, route: Route) -> None:
        """Check headers, signature, limits, rights and operator."""
        self.admission.check(call, route.api)
        in_path = call.path.split("/")[3] if route.api == "meetings" else None
        operator = in_path or call.query.get("operator_id")
        self.admission.check_operator(operator, call.query.get("operator_id_type"))

    @override
    def refuse(self, refusal: Refusal, call: Call, api: str) -> Answer:
        """Answer in the vendor's form."""
        return error_answer(refusal)

    @override
    def end_sessions(self) -> None:
        """Do nothing: every request is signed for itself."""

    def _list(self, call: Call) -> Answer:
        """List the rooms."""
        return page_answer(call, "meeting_room_list", self._named(call), list_row)

    def _devices(self, call: Call) -> Answer:
        """List the devices."""
        devices = devices_of(self._named(call))
        return page_answer(call, "device_info_list", devices, numbered_device_row)

    def _alarms(self, call: Call) -> Answer:
        """List the devices with their alarms."""
        clock = self.estate.clock
        return page_answer(
            call,
            "monitor_info_list",
            devices_of(self._rooms),
            lambda device: alarm_row(device, clock),
        )

    def _controllers(self, call: Call) -> Answer:
        """List the controllers."""
        rows = [
            controller_row(room, room.facts.controller)
            for room in self._rooms
            if room.facts.controller is not None
        ]
        return page_answer(call, "controller_info_list", rows, lambda row: row)

    def _details(self, call: Call) -> Answer:
        """Print one room."""
        room = self._rooms.get(call.path.rpartition("/")[2])
        if room is None:
            raise Refusal(20201)
        return Answer(details(room))

    def _statistics(self, call: Call) -> Answer:
        """Count the accounts."""
        rooms = [
            room for room in self._rooms if room.status is not RoomStatus.NOT_ACTIVATED
        ]
        professional = sum(room.facts.account.account_new_type == 1 for room in rooms)
        counts = {"pro_count": professional + 5, "pro_used_count": professional}
        return Answer(counts | {"custom_used_count": len(rooms) - professional})

    def _meetings(self, call: Call) -> Answer:
        """List the meetings of a room within a window."""
        if not call.query.get("instanceid"):
            raise Refusal(190004, "instanceid is required")
        room = self._target(call)
        clock = self.estate.clock
        start = whole(call, "start_time", int(clock.present) - DAY)
        end = whole(call, "end_time", start + SPAN_MOST)
        if not 0 <= end - start <= SPAN_MOST:
            raise Refusal(190004, "time span must be within 90 days")
        rows: list[Row] = [
            {
                "meeting_id": each.meeting_id,
                "meeting_code": each.code,
                "subject": each.subject,
                "status": meeting_state(each.span.start, each.span.end, clock.office),
                "meeting_type": 0,
                "start_time": clock.wall_label(each.span.start),
                "end_time": clock.wall_label(each.span.end),
            }
            for each in sorted(room.meetings, key=lambda each: each.span.start)
        ]
        fitting = [
            each
            for each in rows
            if start <= each["end_time"] and each["start_time"] <= end
        ]
        return page_answer(
            call, "meeting_info_list", fitting, lambda row: row, MEETINGS_MOST
        )

    def _target(self, call: Call) -> Room:
        """Find the room by its id or by the id of its device."""
        wanted = call.query.get("target_rooms_id", "")
        match call.query.get("target_rooms_id_type"):
            case "5":
                room = self._rooms.get(wanted)
            case "3":
                room = next(
                    (
                        each
                        for each in self._rooms
                        if wanted in each.facts.basic.rooms_id_list
                    ),
                    None,
                )
            case _:
                raise Refusal(190004, "target_rooms_id_type is invalid")
        if room is None:
            raise Refusal(20201)
        return room

    def _named(self, call: Call) -> list[Room]:
        """Return the rooms whose name holds what is asked for."""
        wanted = call.query.get("meeting_room_name", "")
        return [room for room in self._rooms if wanted in room.name]


def meeting_state(start: float, end: float, now: float) -> str:
    """Return the vendor's word for the state of a meeting."""
    if now < start:
        return "MEETING_STATE_INIT"
    return "MEETING_STATE_STARTED" if now < end else "MEETING_STATE_ENDED"


def whole(call: Call, name: str, default: int) -> int:
    """Return a whole number from the query."""
    text = call.query.get(name, str(default))
    if not is_whole(text):
        raise Refusal(190004, f"{name} is invalid")
    return int(text)


def page_answer[T](
    call: Call,
    key: str,
    items: Iterable[T],
    row: Callable[[T], Row],
    most: int = PAGE_MOST,
) -> Answer:
    """Cut one page out of the rows; an empty page has no list at all."""
    page, size = whole(call, "page", 1), whole(call, "page_size", 20)
    if page < 1 or not 1 <= size <= most:
        raise Refusal(190004, "page or page_size is invalid")
    everything = list(items)
    turned = everything[call.shift :] + everything[: call.shift]
    rows = [row(item) for item in turned[(page - 1) * size : page * size]]
    counts: Row = {
        "total_count": len(everything),
        "current_size": len(rows),
        "current_page": page,
        "total_page": math.ceil(len(everything) / size),
    }
    return Answer(counts | ({key: rows} if rows else {}))
