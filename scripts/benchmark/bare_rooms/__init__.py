"""The floor: the same entities as the integration's, with values that are simply there."""

from dataclasses import dataclass
import logging
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import (
    CoordinatorEntity,
    DataUpdateCoordinator,
)
from homeassistant.util.hass_dict import HassKey

DOMAIN: Final = "bare_rooms"
PLATFORMS = [Platform.BINARY_SENSOR, Platform.SENSOR]

type BareCoordinator = DataUpdateCoordinator[None]


@dataclass(frozen=True, slots=True)
class BareSpec:
    """One entity to add."""

    platform: str
    unique_id: str
    description: EntityDescription
    device_id: str
    device_name: str
    enabled: bool
    value: Any


@dataclass(frozen=True, slots=True)
class Bare:
    """The entities to add, and those that were added, by unique id."""

    specs: list[BareSpec]
    added: dict[str, BareEntity]


BARE: HassKey[Bare] = HassKey(DOMAIN)


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
    """Add the entities that are asked for."""
    entry.runtime_data = DataUpdateCoordinator[None](
        hass, logging.getLogger(__name__), config_entry=entry, name=DOMAIN
    )
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    return True


class BareEntity(CoordinatorEntity[BareCoordinator]):
    """An entity that does nothing."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: BareCoordinator, spec: BareSpec) -> None:
        """Take what the entity shows."""
        super().__init__(coordinator)
        self.entity_description = spec.description
        self._attr_translation_key = spec.description.key
        self._attr_unique_id = spec.unique_id
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, spec.device_id)}, name=spec.device_name
        )
        self._attr_entity_registry_enabled_default = spec.enabled
        self.show(spec.value)

    @property
    def domain(self) -> str:
        """Return the platform's domain."""
        return self.entity_id.partition(".")[0]

    def show(self, value: Any) -> None:
        """Make a value the entity's own."""
        raise NotImplementedError


def add_bare(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    async_add_entities: AddConfigEntryEntitiesCallback,
    platform: str,
    kind: type[BareEntity],
) -> None:
    """Add the entities of one platform, all at once."""
    bare = hass.data[BARE]
    entities = [
        kind(entry.runtime_data, spec)
        for spec in bare.specs
        if spec.platform == platform
    ]
    async_add_entities(entities)
    bare.added.update(
        {
            str(entity.unique_id): entity
            for entity in entities
            if entity.entity_registry_enabled_default
        }
    )
