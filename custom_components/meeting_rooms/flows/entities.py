"""The form fields in which the user picks entities of other integrations."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, override

import voluptuous as vol

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import get_device_class
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
)

from ..const import DOMAIN
from .errors import FormErrors


class _EntityPicker(EntitySelector):
    """A picker that accepts any text: the form checks it, and its errors are translated."""

    @override
    def __call__(self, data: Any) -> Any:
        """Return the input, without its check."""
        return vol.Schema([str] if self.config["multiple"] else str)(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityField:
    """A field for entities of some domains and device classes."""

    key: str
    domains: tuple[str, ...]
    device_classes: tuple[str, ...] = ()
    """The device classes; any if empty."""
    multiple: bool = False
    wrong: str
    """The translation key of the error for an entity of another kind."""

    def picker(self, hass: HomeAssistant) -> EntitySelector:
        """Return the input, which does not offer this integration's entities."""
        filters = EntityWithDeviceFilterSelectorConfig(domain=[*self.domains])
        if self.device_classes:
            filters["device_class"] = [*self.device_classes]
        return _EntityPicker(
            EntitySelectorConfig(
                filter=filters,
                multiple=self.multiple,
                exclude_entities=sorted(self._own(hass)),
            )
        )

    def entered(
        self, hass: HomeAssistant, user_input: Mapping[str, Any]
    ) -> tuple[str, ...]:
        """Return the entity ids in the input, each once."""
        value = user_input.get(self.key) or ()
        typed = (value,) if isinstance(value, str) else value
        names = (each.strip().lower() for each in typed)
        registry = er.async_get(hass)
        # A registry id, which Home Assistant's forms accept as well, is stored as entity id.
        found = (
            er.async_resolve_entity_id(registry, name) or name for name in names if name
        )
        return tuple(dict.fromkeys(found))

    def check(
        self, hass: HomeAssistant, entered: Collection[str], stored: Collection[str]
    ) -> FormErrors:
        """Return the first error; an entity that is already stored is kept."""
        for entity_id in entered:
            if entity_id not in stored and (error := self._error(hass, entity_id)):
                return FormErrors({self.key: error}, {"entity": entity_id})
        return FormErrors()

    def _error(self, hass: HomeAssistant, entity_id: str) -> str | None:
        """Return the translation key of the error of an entity."""
        entity = er.async_get(hass).async_get(entity_id)
        if entity is None and hass.states.get(entity_id) is None:
            return "entity_not_found"
        if entity is not None and entity.platform == DOMAIN:
            return "own_entity"
        if entity_id.partition(".")[0] not in self.domains:
            return self.wrong
        if not self.device_classes:
            return None
        fits = get_device_class(hass, entity_id) in self.device_classes
        return None if fits else self.wrong

    def _own(self, hass: HomeAssistant) -> Iterator[str]:
        """Yield the entities of this integration that the input would offer."""
        for entity in er.async_get(hass).entities.values():
            device_class = entity.device_class or entity.original_device_class
            if (
                entity.platform == DOMAIN
                and entity.domain in self.domains
                and not entity.disabled
                and (not self.device_classes or device_class in self.device_classes)
            ):
                yield entity.entity_id
