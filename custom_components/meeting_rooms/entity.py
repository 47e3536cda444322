"""What all entities of the integration share: their subject, its device, and when to write."""

from abc import abstractmethod
import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .account.snapshot import Snapshot
from .const import DOMAIN
from .coordinator import AccountCoordinator, MeetingRoomsConfigEntry
from .descriptions.base import SubjectEntityDescription
from .rooms.room import Room

_SUBJECTS_AT_ONCE: Final = 2
_SUBJECTS_IN_SET_UP: Final = 300
"""Those of more come right after it: Home Assistant waits no longer than a minute for a platform."""
_ROOMS_WITH_DIAGNOSTICS: Final = 500
_ROOMS_WITH_DETAILS: Final = 2400


def _has_place(
    description: SubjectEntityDescription[Any, Any], snapshot: Snapshot
) -> bool:
    """Return whether all rooms of the account can have this entity enabled from the start.

    Home Assistant takes 10,000 enabled entities of an account, and drops whatever comes then.
    """
    rooms = len(snapshot.of(Room))
    if rooms <= _ROOMS_WITH_DIAGNOSTICS:
        return True
    if description.entity_category is not None:
        return False
    return rooms <= _ROOMS_WITH_DETAILS or description.feature is None


class SubjectEntity[V](CoordinatorEntity[AccountCoordinator]):
    """One value of one room, conference, controller, or of the account itself."""

    _attr_has_entity_name = True

    def __init__(
        self,
        coordinator: AccountCoordinator,
        description: SubjectEntityDescription[Any, V],
        key: str | None,
    ) -> None:
        """Take the subject's key, None for the account, and read the first value."""
        super().__init__(coordinator)
        account = str(coordinator.config_entry.unique_id)
        device = account if key is None else f"{account}_{key}"
        self.entity_description = description
        self._attr_translation_key = description.key
        self._attr_unique_id = f"{device}_{description.key}"
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, device)})
        if key is not None and not _has_place(description, coordinator.data):
            self._attr_entity_registry_enabled_default = False
        self._key = key
        self._value_fn = description.value_fn
        self._seen: object = None
        self._reachable = True
        self._shown = self._read()
        self._show(self._shown[1])

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the subject, from what it is now."""
        await super().async_added_to_hass()
        self._shown = self._read()
        self._show(self._shown[1])

    @property
    @override
    def available(self) -> bool:
        """Return whether the account can be reached and still has this subject."""
        return self._shown[0]

    def _read(self) -> tuple[bool, V | None]:
        """Return whether the value can be told, and the value."""
        snapshot = self.coordinator.data
        key = self._key
        subject = snapshot if key is None else snapshot.subjects.get(key)
        if subject is None:
            return False, None
        return self.coordinator.last_update_success, self._value_fn(subject)

    @abstractmethod
    def _show(self, value: V | None) -> None:
        """Make a value the entity's own."""

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write the state, but only if there is something new in it."""
        snapshot = self.coordinator.data
        subject = snapshot if self._key is None else snapshot.subjects.get(self._key)
        reachable = self.coordinator.last_update_success
        if subject is self._seen and reachable is self._reachable:
            return
        self._seen, self._reachable = subject, reachable
        now = self._read()
        if now != self._shown:
            self._shown = now
            self._show(now[1])
            self.async_write_ha_state()


async def async_add_entities_of_subjects(
    entry: MeetingRoomsConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    create: Callable[[AccountCoordinator, Any, str | None], Entity],
    descriptions: Mapping[type[object], Iterable[SubjectEntityDescription[Any, Any]]],
) -> None:
    """Add the entities of the account and of each subject, now and whenever a new one appears."""
    coordinator = entry.runtime_data
    first = [*islice(coordinator.data.subjects, _SUBJECTS_IN_SET_UP)]
    known = {*first}
    waiting: dict[str | None, None] = dict.fromkeys([None, *first])

    @callback
    def add(keys: Iterable[str | None]) -> None:
        """Add the entities of some subjects; None stands for the account."""
        groups: defaultdict[str | None, list[Entity]] = defaultdict(list)
        snapshot = coordinator.data
        for key in keys:
            subject = snapshot if key is None else snapshot.subjects.get(key)
            groups[None if key is None else coordinator.subentry_of(key)] += [
                create(coordinator, description, key)
                for description in descriptions.get(type(subject), ())
                if description.feature in {None, *coordinator.client.features}
            ]
        for subentry_id, entities in groups.items():
            async_add_entities(entities, config_subentry_id=subentry_id)

    async def add_waiting() -> None:
        """Add a few at a time: a thousand rooms have tens of thousands of entities."""
        # Entities of a platform that is gone would stay, and keep those of the next one out.
        while waiting and entry.state is not ConfigEntryState.UNLOAD_IN_PROGRESS:
            some = [*islice(waiting, _SUBJECTS_AT_ONCE)]
            for key in some:
                del waiting[key]
            add(some)
            await asyncio.sleep(0)

    @callback
    def add_new() -> None:
        """Add the entities of new subjects; forget those that are gone."""
        subjects = coordinator.data.subjects
        if subjects.keys() == known:
            return
        new = [key for key in subjects if key not in known]
        known.intersection_update(subjects)
        known.update(new)
        if new:
            waiting.update(dict.fromkeys(new))
            entry.async_create_task(
                coordinator.hass, add_waiting(), f"{entry.title} new entities"
            )

    await add_waiting()
    entry.async_on_unload(coordinator.async_add_listener(add_new))
    add_new()
