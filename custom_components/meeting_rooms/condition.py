"""Conditions of rooms."""

from typing import Final, override

from homeassistant.components.binary_sensor.const import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.sensor.const import DOMAIN as SENSOR_DOMAIN
from homeassistant.const import STATE_OFF
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import Condition, EntityStateConditionBase

from .room_targets import RoomEntities
from .rooms.availability import FREE, USED


class RoomCondition(RoomEntities, EntityStateConditionBase):
    """A condition for rooms."""

    @override
    def _check_all_match_state(self, states: list[State]) -> bool:
        """Return whether all rooms match; false without any room."""
        return bool(states) and super()._check_all_match_state(states)


class AvailabilityCondition(RoomCondition):
    """A condition for the availability of rooms."""

    _key = "availability"
    _domain_specs = {SENSOR_DOMAIN: DomainSpec()}


class IsFreeCondition(AvailabilityCondition):
    """A room can be used now."""

    _states = {*FREE}


class IsUsedCondition(AvailabilityCondition):
    """A room is used now, booked or not."""

    _states = {*USED}


class IsReadyCondition(RoomCondition):
    """Nothing is known that would disturb the next meeting of a room."""

    _key = "not_ready"
    _domain_specs = {BINARY_SENSOR_DOMAIN: DomainSpec()}
    _states = {STATE_OFF}


CONDITIONS: Final[dict[str, type[Condition]]] = {
    "is_free": IsFreeCondition,
    "is_used": IsUsedCondition,
    "is_ready": IsReadyCondition,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions of the integration."""
    return CONDITIONS
