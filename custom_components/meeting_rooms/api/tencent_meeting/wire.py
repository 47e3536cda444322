"""The JSON objects that only Tencent Meeting has: the list of alarms."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ..models import room
from ..rooms_backend import health
from ..values import identifier, text, wire_field
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
