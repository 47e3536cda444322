"""Fixtures of all tests."""

# Imported first, so that Python does not find the custom_components of the test kit instead.
import custom_components.meeting_rooms  # isort: skip # noqa: F401

from collections.abc import AsyncIterator, Iterator, MutableMapping
import sys
from types import ModuleType
from typing import Any, cast

from freezegun.api import FrozenDateTimeFactory
import pytest
from syrupy.assertion import SnapshotAssertion

from homeassistant.core import HomeAssistant
from homeassistant.loader import DATA_CUSTOM_COMPONENTS
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from simulator import Simulator

from .home import LISTERS, MORNING, Home
from .translations import LANGUAGES, load_texts, require_texts

# python-slugify searches for this optional package at each name that is not ASCII.
cast(MutableMapping[str, ModuleType | None], sys.modules)["unidecode"] = None

TEXTS = {language: load_texts(language) for language in LANGUAGES}


def timeout_of(item: pytest.Item) -> float:
    """Return a test's own timeout; 0 without one."""
    return max((marker.args[0] for marker in item.iter_markers("timeout")), default=0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest tests first, so that both processes finish at about the same time."""
    items.sort(key=timeout_of, reverse=True)


@pytest.fixture(autouse=True)
def fail_on_missing_texts() -> Iterator[None]:
    """Fail a test that uses a translation key without a text."""
    with require_texts(TEXTS):
        yield


@pytest.fixture(autouse=True)
def enable_event_loop_debug() -> None:
    """Keep asyncio's debug mode off, which doubles the duration of the tests."""


@pytest.fixture
def clock(freezer: FrozenDateTimeFactory) -> FrozenDateTimeFactory:
    """Stop the clock on a Tuesday morning."""
    freezer.move_to(MORNING)
    return freezer


@pytest.fixture
async def hass(
    clock: FrozenDateTimeFactory,
    socket_enabled: None,
    hass_storage: dict[str, Any],
    hass: HomeAssistant,
) -> HomeAssistant:
    """Return a Home Assistant that loads the integration and can connect to the simulator."""
    hass.data.pop(DATA_CUSTOM_COMPONENTS)
    return hass


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the simulated company at Tencent Meeting."""
    return 8


@pytest.fixture
async def sim(
    clock: FrozenDateTimeFactory, socket_enabled: None, rooms: int
) -> AsyncIterator[Simulator]:
    """Return simulated vendors whose rooms change only when a test changes them."""
    async with Simulator(rooms=rooms, seed=1, speed=0) as simulator:
        yield simulator


@pytest.fixture
def home(hass: HomeAssistant, sim: Simulator, clock: FrozenDateTimeFactory) -> Home:
    """Return a Home Assistant with a company that has two conferences and no other booking."""
    home = Home(hass, sim, clock)
    home.leave_two_conferences()
    for vendor in LISTERS:
        sim.company.clear_bookings(vendor)
    return home


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Return the assertion that compares a result with its snapshot."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)
