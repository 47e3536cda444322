"""Select the rooms, or their entities, that a trigger, a condition or an action is about."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, ClassVar

from homeassistant.const import (
    ATTR_AREA_ID,
    ATTR_DEVICE_ID,
    ATTR_ENTITY_ID,
    ATTR_FLOOR_ID,
    ATTR_LABEL_ID,
)
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    config_validation as cv,
    device_registry as dr,
    entity_registry as er,
    floor_registry as fr,
    label_registry as lr,
)

from .account.snapshot import CONTROLLER_PREFIX
from .account_rooms import AccountRoom
from .const import DOMAIN


@callback
def targeted_rooms(
    hass: HomeAssistant, target: Mapping[str, Any], rooms: Iterable[AccountRoom]
) -> list[AccountRoom]:
    """Return the rooms that a target names in any way; without a target, all of them.

    Raises ServiceValidationError for an unknown id.
    """
    if target.keys().isdisjoint(cv.TARGET_FIELDS):
        return [*rooms]
    _check_ids(hass, target)
    floors = {*target.get(ATTR_FLOOR_ID, ())}
    labels = {*target.get(ATTR_LABEL_ID, ())}
    areas = {*target.get(ATTR_AREA_ID, ())} | {
        area.id
        for area in ar.async_get(hass).async_list_areas()
        if area.floor_id in floors or area.labels & labels
    }
    registry = er.async_get(hass)
    named = map(registry.async_get, target.get(ATTR_ENTITY_ID, ()))
    labelled = (er.async_entries_for_label(registry, label) for label in labels)
    devices = {*target.get(ATTR_DEVICE_ID, ())} | {
        entity.device_id for entity in chain(named, *labelled) if entity is not None
    }
    return [
        each
        for each in rooms
        if each.area_id in areas
        or each.device.id in devices
        or each.device.labels & labels
    ]


def _check_ids(hass: HomeAssistant, target: Mapping[str, Any]) -> None:
    """Raise ServiceValidationError for an unknown id in a target."""
    registry = er.async_get(hass)

    def find_entity(entity_id: str) -> er.RegistryEntry | State | None:
        """Return an entity, which need not be registered."""
        return registry.async_get(entity_id) or hass.states.get(entity_id)

    for field, key, placeholder, find in (
        (ATTR_ENTITY_ID, "unknown_entity", "id", find_entity),
        (ATTR_AREA_ID, "unknown_area", "id", ar.async_get(hass).async_get_area),
        (ATTR_FLOOR_ID, "unknown_floor", "id", fr.async_get(hass).async_get_floor),
        (ATTR_LABEL_ID, "unknown_label", "id", lr.async_get(hass).async_get_label),
        (ATTR_DEVICE_ID, "device_not_found", "device", dr.async_get(hass).async_get),
    ):
        for each in target.get(field, ()):
            if find(each) is None:
                raise ServiceValidationError(
                    translation_domain=DOMAIN,
                    translation_key=key,
                    translation_placeholders={placeholder: each},
                )


class RoomEntities:
    """The entities of a trigger or condition: one of each room, also a diagnostic one."""

    _key: ClassVar[str]
    _primary_entities_only = False
    _hass: HomeAssistant

    def entity_filter(self, entities: set[str]) -> set[str]:
        """Return the entities of rooms that have the key."""
        registry = er.async_get(self._hass)
        return {
            entity_id
            for entity_id in entities
            if (entry := registry.async_get(entity_id)) is not None
            and entry.platform == DOMAIN
            and entry.translation_key == self._key
            and not _is_of_controller(self._hass, entry)
        }

    def _should_include(self, _state: State) -> bool:
        """Count every room among all: one whose state is not known does not match."""
        return True


def _is_of_controller(hass: HomeAssistant, entry: er.RegistryEntry) -> bool:
    """Return whether an entity belongs to a controller, which shares keys with rooms."""
    account = hass.config_entries.async_get_entry(str(entry.config_entry_id))
    return account is not None and entry.unique_id.startswith(
        f"{account.unique_id}_{CONTROLLER_PREFIX}"
    )
