"""The device registry's fields of rooms, controllers and conferences."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.helpers.device_registry import (
    CONNECTION_NETWORK_MAC,
    DeviceEntryType,
)
from homeassistant.util import slugify

from .account.snapshot import RoomController, Snapshot, Subject
from .api.models.conference import Conference
from .rooms.current_conference import CurrentConference
from .rooms.identity import IdentityIndex
from .rooms.room import Room

_MAX_NAME_LENGTH: Final = 150
"""The length of a device name, as written and as entity ids spell it.

Home Assistant cuts an entity id at 255 characters, and rejects one that then ends with "_".
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFacts:
    """The device information of one subject; None where the vendor does not report it."""

    fields: Mapping[str, Any]
    """The other fields of the device registry."""
    serial_number: str | None = None
    mac_address: str | None = None
    via: str | None = None
    """The key of the subject that connects this device; None for the account."""

    def registry_fields(self, index: IdentityIndex) -> dict[str, Any]:
        """Return the fields for the device registry; a field that is not reported is left out."""
        fields = {key: value for key, value in self.fields.items() if value is not None}
        if "name" in fields:
            fields["name"] = shortened(fields["name"])
        if self.serial_number is not None:
            unique = index.identifies(self.serial_number)
            fields["serial_number"] = self.serial_number if unique else None
        return fields

    def connections(self, index: IdentityIndex) -> set[tuple[str, str]] | None:
        """Return the network connections; None while no MAC address is reported."""
        if self.mac_address is None:
            return None
        if not index.identifies(self.mac_address):
            return set()
        return {(CONNECTION_NETWORK_MAC, self.mac_address)}


def device_facts(subject: Subject, snapshot: Snapshot) -> DeviceFacts:
    """Return the device information of a subject."""
    match subject:
        case Room():
            return _facts_of_room(subject)
        case RoomController():
            return _facts_of_controller(subject, snapshot.room(subject.room_id))
        case Conference():
            name = _name(subject.title, "conference", event_id=subject.event_id)
            return DeviceFacts(fields={**name, "entry_type": DeviceEntryType.SERVICE})
        case CurrentConference():
            name = _name(None, "current_conference")
            return DeviceFacts(fields={**name, "entry_type": DeviceEntryType.SERVICE})


def _facts_of_room(room: Room) -> DeviceFacts:
    """Return the device information of a room."""
    hardware = room.known.hardware
    return DeviceFacts(
        fields={
            "name": room.name,
            "manufacturer": hardware.manufacturer,
            "model": room.model,
            "sw_version": room.software_version,
            "hw_version": hardware.firmware_version,
        },
        serial_number=hardware.serial_number,
        mac_address=hardware.mac_address,
    )


def _facts_of_controller(placed: RoomController, room: Room) -> DeviceFacts:
    """Return the device information of a controller; its name begins with the room's name."""
    controller = placed.controller
    name = controller.name or controller.model
    if name == room.name:
        name = None
    elif name is not None and not _begins_with(name, room.name):
        name = f"{room.name} {name}"
    return DeviceFacts(
        fields={
            **_name(name, "controller", room=shortened(room.name)),
            "manufacturer": controller.manufacturer,
            "model": controller.model,
            "sw_version": controller.software_version,
            "hw_version": controller.firmware_version,
        },
        mac_address=controller.mac_address,
        via=room.room_id,
    )


def _begins_with(name: str, room: str) -> bool:
    """Return whether a name begins with the name of a room as a separate word."""
    rest = name.removeprefix(room)
    return rest != name and not (room[-1].isascii() and rest[0].isalnum())


def _name(name: str | None, key: str, **placeholders: str) -> dict[str, Any]:
    """Return the fields of a reported name, or else of a translated one."""
    if name:
        return {"name": name}
    return {"translation_key": key, "translation_placeholders": placeholders}


def shortened(name: str) -> str:
    """Return a name, cut where it would make entity ids too long."""
    if len(name) <= _MAX_NAME_LENGTH and len(slugify(name)) <= _MAX_NAME_LENGTH:
        return name
    lengths = range(1, _MAX_NAME_LENGTH)
    fit = bisect_right(lengths, _MAX_NAME_LENGTH, key=lambda n: len(slugify(name[:n])))
    return f"{name[:fit]}…"
