"""Add the entities of an account and of its subjects, also of those that appear later."""

import asyncio
from collections.abc import Iterable, Mapping, Set as AbstractSet
from itertools import islice
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .coordinator import MeetingRoomsConfigEntry
from .descriptions.base import SubjectEntityDescription
from .descriptions.importance import enabled_by_default
from .entity import SubjectEntity
from .rooms.matching import calendar_id_of
from .rooms.room import Room

type Descriptions = Mapping[type[object], Iterable[SubjectEntityDescription[Any, Any]]]
"""The entity descriptions of each kind of subject."""

_SUBJECTS_IN_SET_UP: Final = 300
"""The others are added after it: Home Assistant waits a minute at most for a platform."""


class SubjectEntities:
    """The entities of one platform of an account."""

    def __init__(
        self,
        entry: MeetingRoomsConfigEntry,
        async_add_entities: AddConfigEntryEntitiesCallback,
        entity_class: type[SubjectEntity[Any]],
        descriptions: Descriptions,
    ) -> None:
        """Initialize the platform's entity class and descriptions."""
        self._entry = entry
        self._coordinator = entry.runtime_data
        self._async_add_entities = async_add_entities
        self._entity_class = entity_class
        self._descriptions = descriptions
        self._added: dict[str | None, set[str]] = {None: set()}
        """The keys of the added descriptions of each subject."""
        self._with_bookings: AbstractSet[str] = frozenset()
        self._waiting: dict[str | None, None] = {None: None}

    async def async_set_up(self) -> None:
        """Add the first entities, and listen for new subjects and for their first bookings."""
        first = [*islice(self._coordinator.data.subjects, _SUBJECTS_IN_SET_UP)]
        self._note_new(first)
        await self._add_waiting()
        self._entry.async_on_unload(self._coordinator.async_add_listener(self._add_new))
        self._add_new()

    @callback
    def _add_new(self) -> None:
        """Add new entities, and drop the removed subjects."""
        snapshot = self._coordinator.data
        new = [key for key in snapshot.subjects if key not in self._added]
        if len(self._added) - 1 + len(new) > len(snapshot.subjects):
            for key in self._added.keys() - snapshot.subjects.keys() - {None}:
                del self._added[key]
        if snapshot.rooms_with_bookings is not self._with_bookings:
            new += snapshot.rooms_with_bookings - self._with_bookings - {*new}
            self._with_bookings = snapshot.rooms_with_bookings
        if new:
            self._note_new(new)
            self._entry.async_create_task(
                self._coordinator.hass,
                self._add_waiting(),
                f"{self._entry.title} new entities",
            )

    def _note_new(self, keys: Iterable[str]) -> None:
        """Note that subjects may have entities that were not added."""
        for key in keys:
            self._added.setdefault(key, set())
            self._waiting[key] = None

    async def _add_waiting(self) -> None:
        """Add one subject at a time: a thousand rooms have tens of thousands of entities."""
        # Entities added to an unloading platform would block the same ids after the reload.
        while (
            self._waiting
            and self._entry.state is not ConfigEntryState.UNLOAD_IN_PROGRESS
        ):
            key = next(iter(self._waiting))
            del self._waiting[key]
            if key is not None and not self._coordinator.has_device(key):
                continue
            if entities := self._entities_of(key):
                self._async_add_entities(
                    entities, config_subentry_id=self._coordinator.subentry_of(key)
                )
                await asyncio.sleep(0)

    def _entities_of(self, key: str | None) -> list[SubjectEntity[Any]]:
        """Return the entities of one subject whose values are reported, and that were not added."""
        snapshot = self._coordinator.data
        subject = snapshot if key is None else snapshot.subjects.get(key)
        features = {None, *self._coordinator.client.features}
        has_system = _has_system(subject)
        added = self._added.setdefault(key, set())
        found = [
            description
            for description in self._descriptions.get(type(subject), ())
            if description.feature in features
            and (has_system or not (description.feature or description.needs_system))
            and description.key not in added
            and (not description.needs_bookings or _has_bookings(subject))
        ]
        added.update(description.key for description in found)
        rooms = len(snapshot.of(Room))
        return [
            self._entity_class(
                self._coordinator,
                description,
                key,
                enabled_default=key is None
                or enabled_by_default(description.key, type(subject), rooms),
            )
            for description in found
        ]


def _has_system(subject: object) -> bool:
    """Return whether a subject is not a room of the booking calendar alone."""
    return not isinstance(subject, Room) or calendar_id_of(subject.room_id) is None


def _has_bookings(subject: object) -> bool:
    """Return whether a subject is a room whose bookings are known."""
    return isinstance(subject, Room) and subject.schedule is not None
