"""Keep the device registry up to date with an account's snapshot."""

import asyncio
from collections.abc import Iterable
from itertools import batched
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.device_registry import DeviceEntry, DeviceEntryType

from .account.snapshot import (
    CONFERENCE_PREFIX,
    CONTROLLER_PREFIX,
    RoomController,
    Snapshot,
)
from .api.models.conference import Conference
from .api.registry import VENDORS
from .const import CONF_VENDOR, DOMAIN
from .coordinator import MeetingRoomsConfigEntry
from .device_facts import DeviceFacts, device_facts, shortened
from .rooms.identity import IdentityIndex
from .rooms.room import Room

_DEVICES_AT_ONCE: Final = 50


def subject_keys(entry: MeetingRoomsConfigEntry, device: DeviceEntry) -> set[str]:
    """Return the keys of the subjects of a device; the account's own has none."""
    prefix = f"{entry.unique_id}_"
    return {
        identifier.removeprefix(prefix)
        for domain, identifier in device.identifiers
        if domain == DOMAIN and identifier.startswith(prefix)
    }


class DeviceSynchronizer:
    """Add, update and remove the devices of one account."""

    def __init__(self, hass: HomeAssistant, entry: MeetingRoomsConfigEntry) -> None:
        """Register the account's own device."""
        self._registry = dr.async_get(hass)
        self._entities = er.async_get(hass)
        self._config_entries = hass.config_entries
        self._entry = entry
        self._coordinator = entry.runtime_data
        self._facts: dict[str, DeviceFacts] = {}
        self._identities = IdentityIndex()
        self._synced = Snapshot()
        vendor = VENDORS[entry.data[CONF_VENDOR]]
        self._account = self._registry.async_get_or_create(
            config_entry_id=entry.entry_id,
            identifiers={(DOMAIN, str(entry.unique_id))},
            name=entry.title,
            manufacturer=vendor.manufacturer,
            configuration_url=vendor.console_url,
            entry_type=DeviceEntryType.SERVICE,
        )

    async def sync_in_batches(self) -> None:
        """Synchronize all devices, and let the event loop run in between."""
        earlier, changed = self._next_snapshot()
        for keys in batched(changed, _DEVICES_AT_ONCE, strict=False):
            self._write(keys)
            await asyncio.sleep(0)
        self._remove_others(earlier)

    @callback
    def sync(self) -> None:
        """Synchronize the devices that changed."""
        earlier, changed = self._next_snapshot()
        self._write(changed)
        self._remove_others(earlier)

    def _next_snapshot(self) -> tuple[Snapshot, list[str]]:
        """Store the current snapshot; return the previous one, and the keys of changed devices."""
        earlier, snapshot = self._synced, self._coordinator.data
        self._synced = snapshot
        changed = {
            key
            for key in snapshot.changed_since(earlier) & snapshot.subjects.keys()
            if self._coordinator.has_device(key)
        }
        # The name of a controller begins with the name of its room.
        changed |= {
            key
            for key, placed in snapshot.of(RoomController).items()
            if placed.room_id in changed
        }
        to_write: set[str] = set()
        for key in changed:
            facts = device_facts(snapshot.subjects[key], snapshot)
            if facts != self._facts.get(key):
                self._facts[key] = facts
                to_write |= {key} | self._identities.update(
                    key, (facts.mac_address, facts.serial_number)
                )
        # The device of a room must exist before those that are connected via it.
        return earlier, sorted(
            to_write, key=lambda key: (self._facts[key].via is not None, key)
        )

    def _write(self, keys: Iterable[str]) -> None:
        """Add or update the devices of some subjects."""
        for key in keys:
            facts = self._facts[key]
            subentry_id = self._coordinator.subentry_of(key)
            name = None
            if device := self._device(key):
                name = device.name
                self._move(device, subentry_id)
            via = None if facts.via is None else self._device(facts.via)
            device = self._registry.async_get_or_create(
                config_entry_id=self._entry.entry_id,
                config_subentry_id=subentry_id,
                identifiers={(DOMAIN, f"{self._entry.unique_id}_{key}")},
                via_device_id=(via or self._account).id,
                **facts.registry_fields(self._identities),
            )
            self._retitle(subentry_id, name, device.name)
            self._connect(device, facts.connections(self._identities))

    def _connect(
        self, device: DeviceEntry, connections: set[tuple[str, str]] | None
    ) -> None:
        """Set the network connections of a device, and remove them from its predecessor."""
        if connections is None or connections == device.connections:
            return
        for connection in connections:
            holder = self._registry.async_get_device_by_connection(
                connection, self._entry.entry_id
            )
            if holder is not None and holder.id != device.id:
                self._registry.async_update_device(
                    holder.id, new_connections=holder.connections - {connection}
                )
        self._registry.async_update_device(device.id, new_connections=connections)

    def _move(self, device: DeviceEntry, subentry_id: str | None) -> None:
        """Move a device and its entities to the subentry that now adds it."""
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

    def _retitle(
        self, subentry_id: str | None, earlier: str | None, name: str | None
    ) -> None:
        """Give a subentry the new name of its device, unless the user renamed the subentry."""
        if subentry_id is None or not name or name == earlier:
            return
        subentry = self._entry.subentries[subentry_id]
        if shortened(subentry.title) == earlier:
            self._config_entries.async_update_subentry(
                self._entry, subentry, title=name
            )

    def _remove_others(self, earlier: Snapshot) -> None:
        """Remove the devices whose subject is no longer in the account."""
        snapshot = self._synced
        if (
            snapshot.subjects.keys() == earlier.subjects.keys()
            and snapshot.confirmed == earlier.confirmed
        ):
            return
        devices = {
            device.id: device
            for device in dr.async_entries_for_config_entry(
                self._registry, self._entry.entry_id
            )
        }
        # The registry forgets what was connected via a device that is removed.
        gone = [
            device_id
            for device_id, device in devices.items()
            if self._is_gone(device, devices.get(device.via_device_id or ""))
        ]
        for device_id in gone:
            self._registry.async_remove_device(device_id)
        removed = self._facts.keys() - snapshot.subjects.keys()
        sharing = [self._identities.update(key, ()) for key in removed]
        for key in removed:
            del self._facts[key]
        self._write(set().union(*sharing) & self._facts.keys())

    def _is_gone(self, device: DeviceEntry, via: DeviceEntry | None) -> bool:
        """Return whether a device is to be removed, as is a controller with its room."""
        keys = subject_keys(self._entry, device)
        if any(map(self._is_removed, keys)):
            return True
        unlisted = keys.isdisjoint(self._synced.subjects)
        of_room = set() if via is None else subject_keys(self._entry, via)
        return unlisted and any(map(self._is_removed, of_room))

    def _is_removed(self, key: str) -> bool:
        """Return whether it is confirmed that the account no longer has a subject."""
        confirmed = self._synced.confirmed
        if key in self._synced.subjects:
            return False
        if key in self._facts:
            return True
        if key.startswith(CONTROLLER_PREFIX):
            return RoomController in confirmed
        if key.startswith(CONFERENCE_PREFIX):
            return Conference in confirmed
        return Room in confirmed or not self._coordinator.selected_rooms.follows(key)

    def _device(self, key: str) -> DeviceEntry | None:
        """Return the device of a subject."""
        return self._registry.async_get_device_by_identifier(
            (DOMAIN, f"{self._entry.unique_id}_{key}"), self._entry.entry_id
        )
