"""The rooms and devices of a booking at Quanshi.

The applicant's user id has no field here.
Source: the tables houseList, equipList and detailHouseList of /confopenapi/room/conference/infos.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from mashumaro import field_options

from ..values import identifier, integer, text, unwrap, wire_field
from ..wire import WireModel, parse_rows

_APPROVED: Final = 2
_ROOM: Final = 2
_MAIN: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiRoomDevice(WireModel):
    """An entry of SubDevices: a device that belongs to a booked room."""

    device_id: str | None = wire_field("DeviceId", identifier)
    name: str | None = wire_field("DeviceName", text)


def parse_devices(value: object) -> tuple[QuanshiRoomDevice, ...]:
    """Return the devices of a list, or of a string that holds a list as JSON."""
    return parse_rows(QuanshiRoomDevice, unwrap(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuanshiBookedRoom(WireModel):
    """An entry of houseList, detailHouseList or equipList: a booked room or device."""

    device_id: str | None = wire_field("DeviceId", identifier)
    name: str | None = wire_field("DeviceName", text)
    kind: int | None = wire_field("DeviceType", integer)
    city: str | None = wire_field("City", text)
    location: str | None = wire_field("Location", text)
    floor: str | None = wire_field("Floor", text)
    venue: int | None = wire_field("IsMainRoom", integer)
    parent_id: str | None = wire_field("ParentDeviceId", identifier)
    approval: int | None = wire_field("ApprovalStatus", integer)
    application: int | None = wire_field("ApplyStatus", integer)
    devices: tuple[QuanshiRoomDevice, ...] = field(
        default=(),
        metadata=field_options(alias="SubDevices", deserialize=parse_devices),
    )

    @property
    def approved(self) -> bool:
        """Return whether the request for this room or device was approved."""
        approval = self.application if self.approval is None else self.approval
        return approval == _APPROVED

    @property
    def held(self) -> bool:
        """Return whether this is a room that is approved, and so reserved."""
        return self.approved and self.kind in {None, _ROOM}

    @property
    def is_main(self) -> bool:
        """Return whether this is the main room of the conference."""
        return self.venue == _MAIN

    @property
    def place(self) -> str | None:
        """Return city, address and floor."""
        return join((self.city, self.location, self.floor), " ")


def main_room(rooms: Iterable[QuanshiBookedRoom]) -> str | None:
    """Return the name of the main room among the rooms held."""
    return join(dict.fromkeys(room.name for room in rooms if room.is_main))


def room_names(rooms: Iterable[QuanshiBookedRoom]) -> str | None:
    """Return the name and place of each room, once even if both lists contain it."""
    labels: dict[str | None, str] = {}
    for room in rooms:
        if room.name:
            labels.setdefault(room.device_id, _label(room.name, room.place))
    return join(labels.values())


def device_names(
    rooms: Sequence[QuanshiBookedRoom], equipment: Iterable[QuanshiBookedRoom]
) -> str | None:
    """Return the name and room of each approved device, once even if both lists contain it."""
    names = {room.device_id: room.name for room in rooms if room.name}
    devices = [
        *(
            (device.device_id, device.name, room.name or room.place)
            for room in rooms
            for device in room.devices
        ),
        *(
            (device.device_id, device.name, names.get(device.parent_id) or device.place)
            for device in equipment
            if device.approved
        ),
    ]
    labels: dict[str, str] = {}
    for device_id, name, place in devices:
        if name:
            label = _label(name, place)
            labels.setdefault(device_id or label, label)
    return join(dict.fromkeys(labels.values()))


def _label(name: str, place: str | None) -> str:
    """Return a name, with its place in brackets if that is known."""
    return f"{name} ({place})" if place else name


def join(parts: Iterable[str | None], separator: str = ", ") -> str | None:
    """Return the known parts as one text."""
    return separator.join(part for part in parts if part) or None
