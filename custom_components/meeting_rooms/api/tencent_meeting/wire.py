"""The JSON objects that only Tencent Meeting has: alarms, bookings and new meetings."""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar, Final

from ..models import room
from ..models.booking import Booking, Titles
from ..rooms_backend import health
from ..values import identifier, integer, text, unix_time, wire_field
from ..wire import WireModel, wire_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmInfo(WireModel, room.Alarm):
    """An entry of `alarm_info_list`."""

    code: str | None = wire_field("health_code", text)
    description: str | None = wire_field("health_desc", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmsRow(WireModel, room.DeviceAlarms):
    """A row of the list of alarms."""

    # Alarms that cannot be parsed are not over.
    expected_types: ClassVar = MappingProxyType({"alarm_info_list": list})

    room_id: str | None = wire_field("meeting_room_id", identifier)
    rooms_id: str | None = wire_field("rooms_id", identifier)
    health: room.Health | None = wire_field("health_status", health)
    alarms: tuple[room.Alarm, ...] = wire_rows("alarm_info_list", AlarmInfo)


_RELEASED: Final = {
    "MEETING_STATE_CANCELLED",
    "MEETING_STATE_INVALID",
    "MEETING_STATE_RECYCLED",
}
_ENDED: Final = "MEETING_STATE_ENDED"
_EMPTY: Final = "MEETING_STATE_NULL"
"""The state of a meeting that is empty after its end."""

_RECURRING: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow(WireModel):
    """A row of the list of a room's meetings; each occurrence of a meeting has one."""

    meeting_id: str | None = wire_field("meeting_id", identifier)
    subject: str | None = wire_field("subject", text)
    status: str | None = wire_field("status", text)
    start: datetime | None = wire_field("start_time", unix_time)
    end: datetime | None = wire_field("end_time", unix_time)
    type: int | None = wire_field("meeting_type", integer)

    def booking(self, titles: Titles, now: datetime) -> Booking | None:
        """Return the booking with the permitted texts, None where it does not reserve the room.

        A meeting that the host ended reserves the room until its end, unless it was held before
        its start. An unknown status reserves it.
        """
        if self.start is None or self.end is None or self.end <= self.start:
            return None
        held_before = self.status == _ENDED and self.start > now
        never_held = self.status == _EMPTY and self.end > now
        if self.status in _RELEASED or held_before or never_held:
            return None
        booking = Booking(
            booking_id=self.meeting_id,
            start=self.start,
            end=self.end,
            recurring=self.type == _RECURRING,
            title=self.subject,
        )
        return booking.reduced(titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting(WireModel):
    """An entry of `meeting_info_list`, which has one for a new meeting."""

    meeting_id: str | None = wire_field("meeting_id", identifier)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPage(WireModel):
    """The response to the call of a room."""

    invite_id: str | None = wire_field("invite_id", identifier)
    status: str | None = wire_field("status", identifier)
