"""A minimal integration for comparison: the same devices and entities, with constant values."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
import logging
from typing import Any, Final, override

from homeassistant.components.binary_sensor import (
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.components.calendar import (
    CalendarEntity,
    CalendarEntityDescription,
    CalendarEvent,
)
from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
)
from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.config_entries import ConfigEntry, ConfigFlow
from homeassistant.const import STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.update_coordinator import (
    CoordinatorEntity,
    DataUpdateCoordinator,
)
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockModule,
    mock_integration,
    mock_platform,
    setup_test_component_platform,
)

from .home import Listed, add_entry

DOMAIN: Final = "test"
"""The domain for which the test kit adds entities."""


class BareFlow(ConfigFlow, domain=DOMAIN):
    """The config flow that Home Assistant requires to set up a config entry."""


@cache
def _describe(platform: str, description: frozenset[tuple[str, Any]]) -> Any:
    """Return an entity description, which the entities of all rooms share."""
    return _DESCRIPTIONS[platform](**dict(description))


class BareEntity(CoordinatorEntity[DataUpdateCoordinator[None]]):
    """An entity that shows the values that the benchmark sets."""

    _attr_has_entity_name = True

    def __init__(
        self, coordinator: DataUpdateCoordinator[None], listed: Listed
    ) -> None:
        """Store the values that the entity shows."""
        super().__init__(coordinator)
        self.entity_description = _describe(listed["platform"], listed["description"])
        self._attr_unique_id = listed["unique_id"]
        self._attr_name = listed["name"]
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, listed["device_id"])}, name=listed["device_name"]
        )
        self._attr_entity_registry_enabled_default = listed["enabled"]
        self.show(listed["state"])

    def show(self, state: str | None) -> None:
        """Show the value of a state."""
        raise NotImplementedError


class BareSensor(BareEntity, SensorEntity):
    """A bare sensor."""

    @override
    def show(self, state: str | None) -> None:
        """Show the value of a state as a time or text; sensors convert text to numbers."""
        self._attr_native_value = state
        if state in {None, STATE_UNAVAILABLE, STATE_UNKNOWN}:
            self._attr_native_value = None
        elif self.device_class is SensorDeviceClass.TIMESTAMP:
            self._attr_native_value = datetime.fromisoformat(state)


class BareBinarySensor(BareEntity, BinarySensorEntity):
    """A bare binary sensor."""

    @override
    def show(self, state: str | None) -> None:
        """Show the value of a state as on or off."""
        known = state not in {None, STATE_UNAVAILABLE, STATE_UNKNOWN}
        self._attr_is_on = state == STATE_ON if known else None


class BareSwitch(BareEntity, SwitchEntity):
    """A bare switch."""

    @override
    def show(self, state: str | None) -> None:
        """Show the value of a state as on or off."""
        self._attr_is_on = state == STATE_ON


class BareCalendar(BareEntity, CalendarEntity):
    """A bare calendar with an event that never ends, if it is on."""

    _shown: CalendarEvent | None = None

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """Return the event."""
        return self._shown

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return no events."""
        return []

    @override
    def show(self, state: str | None) -> None:
        """Show the value of a state as an event of today."""
        now = dt_util.now()
        start = now if state == STATE_ON else now + timedelta(days=1)
        self._shown = CalendarEvent(start, start + timedelta(days=1), "Booked")


class BareEvent(BareEntity, EventEntity):
    """A bare event entity."""

    @property
    @override
    def event_types(self) -> list[str]:
        """Return the only type."""
        return ["meeting"]

    @override
    def show(self, state: str | None) -> None:
        """Show no event, as after the set-up of the account."""


_CLASSES: Final[dict[str, Callable[..., BareEntity]]] = {
    "binary_sensor": BareBinarySensor,
    "calendar": BareCalendar,
    "event": BareEvent,
    "sensor": BareSensor,
    "switch": BareSwitch,
}
_DESCRIPTIONS: Final[dict[str, type[EntityDescription]]] = {
    "binary_sensor": BinarySensorEntityDescription,
    "calendar": CalendarEntityDescription,
    "event": EventEntityDescription,
    "sensor": SensorEntityDescription,
    "switch": SwitchEntityDescription,
}


async def add_bare(
    hass: HomeAssistant, entities: Iterable[Listed]
) -> dict[str, BareEntity]:
    """Set bare entities up, and return them by unique id."""

    async def set_up(hass: HomeAssistant, entry: ConfigEntry[Any]) -> bool:
        """Set the platforms up."""
        await hass.config_entries.async_forward_entry_setups(entry, _CLASSES)
        return True

    mock_integration(hass, MockModule(DOMAIN, async_setup_entry=set_up))
    mock_platform(hass, f"{DOMAIN}.config_flow")
    coordinator = DataUpdateCoordinator[None](
        hass, logging.getLogger(__name__), config_entry=None, name=DOMAIN
    )
    made = [
        (each["platform"], _CLASSES[each["platform"]](coordinator, each))
        for each in entities
    ]
    for platform in _CLASSES:
        setup_test_component_platform(
            hass,
            platform,
            [entity for of, entity in made if of == platform],
            from_config_entry=True,
        )
    entry = await add_entry(hass, DOMAIN, DOMAIN, {})
    registered = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    if len(registered) != len(made):
        raise RuntimeError(f"{len(registered)} of {len(made)} bare entities were added")
    return {str(entity.unique_id): entity for _, entity in made}
