"""Add the entities of an account and of its subjects, also of those that appear later."""

import asyncio
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .account.snapshot import Snapshot
from .coordinator import MeetingRoomsConfigEntry
from .descriptions.base import SubjectEntityDescription
from .entity import SubjectEntity
from .rooms.room import Room

type Descriptions = Mapping[type[object], Iterable[SubjectEntityDescription[Any, Any]]]
"""The entity descriptions of each kind of subject."""

_SUBJECTS_IN_SET_UP: Final = 300
"""The others are added after it: Home Assistant waits a minute at most for a platform."""
_MAX_ROOMS_WITH_DIAGNOSTICS: Final = 500
_MAX_ROOMS_WITH_DETAILS: Final = 2400


def _enabled_default(
    description: SubjectEntityDescription[Any, Any], snapshot: Snapshot
) -> bool:
    """Return whether so many rooms may have this entity enabled by default.

    Home Assistant accepts 10,000 enabled entities of one account.
    """
    rooms = len(snapshot.of(Room))
    if rooms <= _MAX_ROOMS_WITH_DIAGNOSTICS:
        return True
    if description.entity_category is not None:
        return False
    return rooms <= _MAX_ROOMS_WITH_DETAILS or description.feature is None


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
        self._known: set[str] = set()
        self._waiting: dict[str | None, None] = {None: None}

    async def async_set_up(self) -> None:
        """Add the first entities, and listen for new subjects."""
        first = [*islice(self._coordinator.data.subjects, _SUBJECTS_IN_SET_UP)]
        self._known.update(first)
        self._waiting |= dict.fromkeys(first)
        await self._add_waiting()
        self._entry.async_on_unload(self._coordinator.async_add_listener(self._add_new))
        self._add_new()

    @callback
    def _add_new(self) -> None:
        """Add the entities of new subjects, and drop the removed subjects."""
        subjects = self._coordinator.data.subjects
        if subjects.keys() == self._known:
            return
        new = [key for key in subjects if key not in self._known]
        self._known = {*subjects}
        if new:
            self._waiting |= dict.fromkeys(new)
            self._entry.async_create_task(
                self._coordinator.hass,
                self._add_waiting(),
                f"{self._entry.title} new entities",
            )

    async def _add_waiting(self) -> None:
        """Add one subject at a time: a thousand rooms have tens of thousands of entities."""
        # Entities added to an unloading platform would block the same ids after the reload.
        while (
            self._waiting
            and self._entry.state is not ConfigEntryState.UNLOAD_IN_PROGRESS
        ):
            key = next(iter(self._waiting))
            del self._waiting[key]
            subentry_id = self._coordinator.subentry_of(key)
            self._async_add_entities(
                self._entities_of(key), config_subentry_id=subentry_id
            )
            await asyncio.sleep(0)

    def _entities_of(self, key: str | None) -> list[SubjectEntity[Any]]:
        """Return the entities of one subject whose values the vendor reports."""
        snapshot = self._coordinator.data
        subject = snapshot if key is None else snapshot.subjects.get(key)
        features = {None, *self._coordinator.client.features}
        return [
            self._entity_class(
                self._coordinator,
                description,
                key,
                enabled_default=key is None or _enabled_default(description, snapshot),
            )
            for description in self._descriptions.get(type(subject), ())
            if description.feature in features
        ]
