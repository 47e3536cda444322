"""Automations made from the blueprints."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
import shutil
from typing import Any, Final, Self

import pytest

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import area_registry as ar, floor_registry as fr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_mock_service

from ..documents import ROOT
from ..home import TENCENT, Home
from ..vendors import ROOM as ROOMS

FOLDER: Final = ROOT / "blueprints" / "automation" / "meeting_rooms"
NAMES: Final = sorted(path.stem for path in FOLDER.glob("*.yaml"))
MINUTE: Final = timedelta(minutes=1)
ROOM: Final = ROOMS[TENCENT]
AUTOMATION: Final = "automation.room"


class House:
    """A Home Assistant with one account, whose rooms are idle, and an automation."""

    def __init__(self, home: Home, folder: Path) -> None:
        """Keep the blueprints in a folder of the test."""
        self.home = home
        self.hass: HomeAssistant = home.hass
        self.company = home.sim.company
        self.hass.config.config_dir = str(folder)
        shutil.copytree(FOLDER, folder / "blueprints" / "automation" / FOLDER.name)
