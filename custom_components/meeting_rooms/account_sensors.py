"""Sensors of what an account costs the vendor, and of how fresh its rooms are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, EntityCategory
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.update_coordinator import CoordinatorEntity
from homeassistant.util import dt as dt_util

from .const import DETAILS_INTERVAL, DOMAIN, UNKNOWN_AFTER
from .coordinator import AccountCoordinator

_STANDS: Final = UNKNOWN_AFTER * DETAILS_INTERVAL
"""How long a time is shown although a later one can be told."""


@dataclass(frozen=True, kw_only=True)
class AccountSensorDescription(SensorEntityDescription):
    """A sensor that looks at how an account is read."""

    value_fn: Callable[[AccountCoordinator], float | datetime | None]


ACTIVITY_SENSORS: Final = (
    AccountSensorDescription(
        key="calls_today",
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda account: account.client.budget.today.calls,
    ),
    AccountSensorDescription(
        key="budget_used",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        suggested_display_precision=0,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda account: 100 * account.client.budget.used,
    ),
    AccountSensorDescription(
        key="oldest_reading",
        device_class=SensorDeviceClass.TIMESTAMP,
        entity_category=EntityCategory.DIAGNOSTIC,
        value_fn=lambda account: account.presence.oldest_update,
    ),
)


class ActivitySensor(CoordinatorEntity[AccountCoordinator], SensorEntity):
    """A figure that moves with every poll; it is looked at only now and then.

    A time stands for a quarter of an hour, or as long as nothing later can be said: one that
    is older than that, and the five minutes until it is looked at, means that something is late.
    """

    _attr_has_entity_name = True
    entity_description: AccountSensorDescription

    def __init__(
        self, coordinator: AccountCoordinator, description: AccountSensorDescription
    ) -> None:
        """Take what to look at, and look."""
        super().__init__(coordinator)
        account = str(coordinator.config_entry.unique_id)
        self.entity_description = description
        self._attr_translation_key = description.key
        self._attr_unique_id = f"{account}_{description.key}"
        self._attr_device_info = DeviceInfo(identifiers={(DOMAIN, account)})
        self._attr_native_value = description.value_fn(coordinator)
        self._shown_available = self.available

    @property
    @override
    def should_poll(self) -> bool:
        """Let the platform look from time to time."""
        return True

    @override
    async def async_update(self) -> None:
        """Look again."""
        shown = self._attr_native_value
        if isinstance(shown, datetime) and dt_util.utcnow() - shown < _STANDS:
            return
        self._attr_native_value = self.entity_description.value_fn(self.coordinator)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        """Write the state when the account goes away or comes back."""
        if self._shown_available != self.available:
            self._shown_available = self.available
            self.async_write_ha_state()
