"""The rooms and devices that a booking at Quanshi asks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from mashumaro import field_options

from ..values import enum_by_code, identifier, integer, text, unwrap, wire_field
from ..wire import WireModel, parse_rows


class Venue(StrEnum):
    """Which of its rooms a conference is led from."""

    MAIN = "main"
    BRANCH = "branch"


_APPROVED = 2
_ROOM = 2

parse_venue = enum_by_code({1: Venue.MAIN, 2: Venue.BRANCH})


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedDevice(WireModel):
    """A device that stands in a booked room."""

    device_id: str | None = wire_field("DeviceId", identifier)
    name: str | None = wire_field("DeviceName", text)
    kind: int | None = wire_field("DeviceType", integer)


def parse_devices(value: object) -> tuple[RequestedDevice, ...]:
    """Return the devices of a list, which may come as a string of JSON."""
    return parse_rows(RequestedDevice, unwrap(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedRoom(WireModel):
    """A room or a device that a booking asks for; who asked is never read."""

    room_id: str | None = wire_field("DeviceId", identifier)
    name: str | None = wire_field("DeviceName", text)
    kind: int | None = wire_field("DeviceType", integer)
    city: str | None = wire_field("City", text)
    location: str | None = wire_field("Location", text)
    floor: str | None = wire_field("Floor", text)
    venue: Venue | None = wire_field("IsMainRoom", parse_venue)
    parent_id: str | None = wire_field("ParentDeviceId", identifier)
    parent_kind: int | None = wire_field("ParentDeviceType", integer)
    approval: int | None = wire_field("ApprovalStatus", integer)
    application: int | None = wire_field("ApplyStatus", integer)
    devices: tuple[RequestedDevice, ...] = field(
        default=(),
        metadata=field_options(alias="SubDevices", deserialize=parse_devices),
    )

    @property
    def approved(self) -> bool:
        """Return whether the booking of this room or device was approved."""
        approval = self.application if self.approval is None else self.approval
        return approval == _APPROVED

    @property
    def held(self) -> bool:
        """Return whether this is a room and its booking was approved, so that it is taken."""
        return self.approved and self.kind in {None, _ROOM}

    @property
    def place(self) -> str | None:
        """Return city, street and floor."""
        return (
            " ".join(part for part in (self.city, self.location, self.floor) if part)
            or None
        )


def room_labels(rooms: Iterable[RequestedRoom]) -> tuple[str, ...]:
    """Return the name and the place of each room, once where two lists tell of it."""
    labels: dict[str | None, str] = {}
    for room in rooms:
        if room.name:
            labels.setdefault(room.room_id, _placed(room.name, room.place))
    return tuple(labels.values())


def device_labels(
    rooms: Sequence[RequestedRoom], equipment: Iterable[RequestedRoom]
) -> tuple[str, ...]:
    """Return the name and the room of each approved device, once where two lists tell of it."""
    names = {room.room_id: room.name for room in rooms if room.name}
    told = [
        *(
            (device.device_id, device.name, room.name or room.place)
            for room in rooms
            for device in room.devices
        ),
        *(
            (device.room_id, device.name, names.get(device.parent_id) or device.place)
            for device in equipment
            if device.approved
        ),
    ]
    labels: dict[str, str] = {}
    for device_id, name, place in told:
        if name:
            label = _placed(name, place)
            labels.setdefault(device_id or label, label)
    return tuple(dict.fromkeys(labels.values()))


def _placed(name: str, place: str | None) -> str:
    """Return a name, with its place in brackets where that is known."""
    return f"{name} ({place})" if place else name
