"""Add the bare entities, and write their states."""

from datetime import datetime
from typing import Any

from homeassistant.components.sensor import SensorDeviceClass, SensorEntityDescription
from homeassistant.const import STATE_ON, STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.core import HomeAssistant

from .accounts import description_of
from .bare_rooms import BARE, DOMAIN, Bare, BareSpec
from .home import add_entry


def specs_of(entities: list[dict[str, Any]]) -> list[BareSpec]:
    """Return what makes bare entities after those that were listed."""
    return [
        BareSpec(
            platform=listed["platform"],
            unique_id=listed["unique_id"],
            description=(description := description_of(listed)),
            device_id=listed["device_id"],
            device_name=listed["device_name"],
            enabled=listed["enabled"],
            value=value_of(listed["platform"], description, listed["state"]),
        )
        for listed in entities
    ]


def value_of(platform: str, description: object, state: str | None) -> Any:
    """Return the value that an entity shows as this state."""
    if state in {None, STATE_UNAVAILABLE, STATE_UNKNOWN}:
        return None
    if platform == "binary_sensor":
        return state == STATE_ON
    assert isinstance(description, SensorEntityDescription)
    if description.device_class is SensorDeviceClass.TIMESTAMP:
        return datetime.fromisoformat(str(state))
    if description.state_class or description.native_unit_of_measurement:
        return float(str(state))
    return state


async def add_bare(hass: HomeAssistant, specs: list[BareSpec]) -> Bare:
    """Add bare entities, and return when all of them are there."""
    hass.data[BARE] = Bare(specs, {})
    await add_entry(hass, DOMAIN, DOMAIN)
    return hass.data[BARE]
