"""Fixtures of the tests of the blueprints."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ..home import Home
from .house import House


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company."""
    return 2


@pytest.fixture
async def house(home: Home, tmp_path: Path) -> AsyncIterator[House]:
    """Return a house whose account is set up."""
    house = House(home, tmp_path)
    await house.open()
    yield house
    await house.close()
