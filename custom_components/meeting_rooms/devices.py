"""Keep the device registry in step with an account's snapshot."""

import asyncio
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import batched
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import DeviceEntry, DeviceEntryType
from homeassistant.util import slugify

from .account.snapshot import (
    CONFERENCE_PREFIX,
    CONTROLLER_PREFIX,
    RoomController,
    Snapshot,
    Subject,
)
from .api.models.conference import Conference
from .api.registry import VENDORS
from .const import CONF_VENDOR, DOMAIN
from .coordinator import MeetingRoomsConfigEntry
from .rooms.room import Room

_DEVICES_AT_ONCE: Final = 50
_LONGEST_NAME: Final = 150
"""Characters of a device's name, as it is written and as entity ids spell it.

Home Assistant cuts an id at 255 characters, and takes none that ends with an underscore then.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What the device registry is to know of one subject."""

    fields: Mapping[str, Any]
    mac_address: str | None = None
    behind: str | None = None
    """The key of the subject through which this one is connected; None for the account."""


def _short(name: str | None) -> str | None:
    """Return a name, cut where entity ids would have no place for it."""
    if name is None or (
        len(name) <= _LONGEST_NAME and len(slugify(name)) <= _LONGEST_NAME
    ):
        return name
    lengths = range(1, _LONGEST_NAME)
    fit = bisect_right(lengths, _LONGEST_NAME, key=lambda n: len(slugify(name[:n])))
    return f"{name[:fit]}…"


def _facts(subject: Subject) -> _Facts:
    """Return what the registry is to know, without what the vendor has not told yet."""
    match subject:
        case Room():
            hardware = subject.known.hardware
            facts = _Facts(
                fields={
                    "name": _short(subject.name),
                    "manufacturer": hardware.manufacturer,
                    "model": subject.model,
                    "serial_number": hardware.serial_number,
                    "sw_version": subject.software_version,
                    "hw_version": hardware.firmware_version,
                },
                mac_address=hardware.mac_address,
            )
        case RoomController(room_id=room_id, controller=controller):
            facts = _Facts(
                fields={
                    "name": _short(controller.name or controller.model),
                    "translation_key": (
                        None if controller.name or controller.model else "controller"
                    ),
                    "manufacturer": controller.manufacturer,
                    "model": controller.model,
                    "sw_version": controller.software_version,
                    "hw_version": controller.firmware_version,
                },
                mac_address=controller.mac_address,
                behind=room_id,
            )
        case Conference():
            facts = _Facts(
                fields={
                    "name": _short(subject.title),
                    "translation_key": None if subject.title else "conference",
                    "translation_placeholders": {"event_id": subject.event_id},
                    "entry_type": DeviceEntryType.SERVICE,
                }
            )
    told = {key: value for key, value in facts.fields.items() if value is not None}
    return _Facts(fields=told, mac_address=facts.mac_address, behind=facts.behind)


def _is_told_the_same(subject: Subject, before: Subject | None) -> bool:
    """Return whether nothing changed of a room that the registry is told: not its status."""
    return (
        isinstance(subject, Room)
        and isinstance(before, Room)
        and subject.details is before.details
        and subject.devices is before.devices
        and subject.name == before.name
    )


class DeviceSynchronizer:
    """Add, update and remove the devices of one account."""

    def __init__(self, hass: HomeAssistant, entry: MeetingRoomsConfigEntry) -> None:
        """Register the account's own device."""
        self._registry = dr.async_get(hass)
        self._entities = er.async_get(hass)
        self._entry = entry
        self._coordinator = entry.runtime_data
        self._written: dict[str, _Facts] = {}
        self._synced = Snapshot()
        self._account = self._registry.async_get_or_create(
            config_entry_id=entry.entry_id,
            identifiers={(DOMAIN, str(entry.unique_id))},
            name=entry.title,
            manufacturer=VENDORS[entry.data[CONF_VENDOR]].manufacturer,
            configuration_url=VENDORS[entry.data[CONF_VENDOR]].console_url,
            entry_type=DeviceEntryType.SERVICE,
        )

    async def sync_in_turns(self) -> None:
        """Bring the registry to what the snapshot says; others have their turn between."""
        earlier = self._synced
        for some in batched(self._changed(), _DEVICES_AT_ONCE, strict=False):
            for key, subject in some:
                self._write(key, subject)
            await asyncio.sleep(0)
        self._remove_others(earlier)

    @callback
    def sync(self) -> None:
        """Bring the registry to what the snapshot says."""
        earlier = self._synced
        for key, subject in self._changed():
            self._write(key, subject)
        self._remove_others(earlier)

    def _changed(self) -> list[tuple[str, Subject]]:
        """Return what is new or changed since the last time."""
        before, snapshot = self._synced, self._coordinator.data
        self._synced = snapshot
        changed = snapshot.changed_since(before)
        present = [
            (key, subject)
            for key, subject in snapshot.subjects.items()
            if key in changed
            and not _is_told_the_same(subject, before.subjects.get(key))
        ]
        # Controllers come last: they stand behind a room that must be registered.
        return sorted(present, key=lambda item: isinstance(item[1], RoomController))

    def _write(self, key: str, subject: Subject) -> None:
        """Add or update the device of one subject."""
        facts = _facts(subject)
        if self._written.get(key) == facts:
            return
        self._written[key] = facts
        subentry_id = self._coordinator.subentry_of(key)
        if device := self._device(key):
            self._move(device, subentry_id)
        device = self._registry.async_get_or_create(
            config_entry_id=self._entry.entry_id,
            config_subentry_id=subentry_id,
            identifiers={(DOMAIN, f"{self._entry.unique_id}_{key}")},
            via_device_id=self._via(facts).id,
            **facts.fields,
        )
        self._connect(device, facts.mac_address)

    def _connect(self, device: DeviceEntry, mac_address: str | None) -> None:
        """Give the device its network address, unless another of the account has it too."""
        if mac_address is None:
            return
        connection = (dr.CONNECTION_NETWORK_MAC, mac_address)
        holder = self._registry.async_get_device_by_connection(
            connection, self._entry.entry_id
        )
        if holder is None or holder.id == device.id:
            self._registry.async_update_device(device.id, new_connections={connection})

    def _move(self, device: DeviceEntry, subentry_id: str | None) -> None:
        """Move a device and its entities to the subentry that now brings it."""
        if device.config_subentry_id == subentry_id:
            return
        for entity in er.async_entries_for_device(
            self._entities, device.id, include_disabled_entities=True
        ):
            self._entities.async_update_entity(
                entity.entity_id, config_subentry_id=subentry_id
            )
        self._registry.async_update_device(
            device.id, new_config_subentry_id=subentry_id
        )

    def _remove_others(self, earlier: Snapshot) -> None:
        """Remove the devices of what is gone, or is followed no longer."""
        snapshot = self._synced
        if snapshot.same_subjects(earlier):
            return
        prefix = f"{self._entry.unique_id}_"
        for device in dr.async_entries_for_config_entry(
            self._registry, self._entry.entry_id
        ):
            for domain, identifier in device.identifiers:
                key = identifier.removeprefix(prefix)
                if domain == DOMAIN and key != identifier and self._left(key, snapshot):
                    self._written.pop(key, None)
                    self._registry.async_remove_device(device.id)

    def _left(self, key: str, snapshot: Snapshot) -> bool:
        """Return whether the subject of a key is known to have left the account."""
        if key in snapshot.subjects:
            return False
        if key in self._written:
            return True
        if key.startswith(CONTROLLER_PREFIX):
            return RoomController in snapshot.confirmed
        if key.startswith(CONFERENCE_PREFIX):
            return Conference in snapshot.confirmed
        return Room in snapshot.confirmed or not self._coordinator.follows(key)

    def _device(self, key: str) -> DeviceEntry | None:
        """Return the device of a key."""
        return self._registry.async_get_device_by_identifier(
            (DOMAIN, f"{self._entry.unique_id}_{key}"), self._entry.entry_id
        )

    def _via(self, facts: _Facts) -> DeviceEntry:
        """Return the device behind which one stands."""
        behind = None if facts.behind is None else self._device(facts.behind)
        return behind or self._account
