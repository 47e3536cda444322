"""Test every entity and device of a small company against its snapshot."""

from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.matchers import path_type

from homeassistant.core import State
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .home import VENDORS, Home

# The requests of the last minute depend on how fast the vendor responds.
ANY_BUDGET = path_type({r".*_budget_used\.state": (str,)}, regex=True)


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company."""
    return 2


def entity_facts(entity: er.RegistryEntry, state: State | None) -> dict[str, Any]:
    """Return the visible properties of an entity."""
    assert state is not None
    category, default = entity.entity_category, entity.disabled_by
    return {
        "entity_id": entity.entity_id,
        "category": category and category.value,
        "off_by_default": default is not None,
        "state": state.state,
        "attributes": dict(state.attributes),
    }


def device_facts(device: dr.DeviceEntry) -> dict[str, Any]:
    """Return the visible properties of a device."""
    return {
        "name": device.name,
        "entry_type": device.entry_type and device.entry_type.value,
        "manufacturer": device.manufacturer,
        "model": device.model,
        "serial_number": device.serial_number,
        "sw_version": device.sw_version,
        "hw_version": device.hw_version,
        "connections": sorted(device.connections),
    }


@pytest.mark.parametrize(
    "platform", ["binary_sensor", "calendar", "event", "sensor", "switch"]
)
@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_entities_of_a_platform(
    home: Home, vendor: str, platform: str, snapshot: SnapshotAssertion
) -> None:
    """All entities are enabled, so that each has a state."""
    entry = await home.add(vendor)
    await home.live(60)
    before = home.all_entities()
    await home.enable_all(entry)
    await home.live(60)
    facts = {
        unique_id: entity_facts(entity, home.hass.states.get(entity.entity_id))
        for unique_id, entity in sorted(before.items())
        if entity.domain == platform
    }
    assert facts == snapshot(matcher=ANY_BUDGET)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_devices(
    home: Home, vendor: str, snapshot: SnapshotAssertion
) -> None:
    """The account, its rooms, controllers and conferences have devices."""
    await home.add(vendor)
    await home.live(60)
    devices = sorted(home.all_devices().items())
    assert {key: device_facts(device) for key, device in devices} == snapshot
