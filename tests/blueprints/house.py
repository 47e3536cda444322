"""A Home Assistant with an account, some things in its rooms, and an automation from a blueprint."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from homeassistant.components.blueprint.models import Blueprint
from homeassistant.components.blueprint.schemas import BLUEPRINT_SCHEMA
from homeassistant.core import ServiceCall
from homeassistant.helpers import area_registry as ar, floor_registry as fr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import parse_yaml
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_mock_service,
)

from ..documents import ROOT
from ..home import ALL_ROOMS, TENCENT, Home
from ..vendors import OTHER_ROOM, ROOM as ROOMS

FOLDER: Final = ROOT / "blueprints" / "automation" / "meeting_rooms"
NAMES: Final = sorted(path.stem for path in FOLDER.glob("*.yaml"))
MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)
ROOM: Final = ROOMS[TENCENT]
OTHER: Final = OTHER_ROOM[TENCENT]
HEALTHY: Final = {
    "status": 2,
    "camera": True,
    "microphone": True,
    "speaker": True,
    "health_status": "OK",
    "alarms": [],
}
AUTOMATION: Final = "automation.from_a_blueprint"


def load_blueprint(name: str) -> Blueprint:
    """Return a blueprint as Home Assistant reads it when it is imported."""
    parsed: Any = parse_yaml((FOLDER / f"{name}.yaml").read_text("utf-8"))
    return Blueprint(parsed, expected_domain="automation", schema=BLUEPRINT_SCHEMA)


def configuration(blueprint: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Return the configuration of an automation from a blueprint."""
    blueprint_inputs = {"path": f"{FOLDER.name}/{blueprint}.yaml", "input": inputs}
    return {
        "automation": [{"alias": "From a blueprint", "use_blueprint": blueprint_inputs}]
    }


class House:
    """Rooms of Tencent Meeting without a booking, at 10:05 in Shanghai."""

    def __init__(self, home: Home, folder: Path) -> None:
        """Keep the blueprints in a folder of the test."""
        self.home = home
        self.hass = home.hass
        self.company = home.sim.company
        self.entry: MockConfigEntry
        self.hass.config.config_dir = str(folder)
        saved = folder / "blueprints" / "automation" / FOLDER.name
        saved.mkdir(parents=True)
        for name in NAMES:
            text = load_blueprint(name).yaml()
            (saved / f"{name}.yaml").write_text(text, "utf-8")

    async def open(self, **options: Any) -> None:
        """Add the account, with idle rooms that have no problem."""
        await self.hass.config.async_set_time_zone("Asia/Shanghai")
        for room in self.company.tencent_meeting:
            self.company.end_meeting(TENCENT, str(room.room_id))
            self.company.change(TENCENT, str(room.room_id), **HEALTHY)
        self.entry = await self.home.add(TENCENT, {**ALL_ROOMS, **options})
        await self.home.live(60)

    def time(self, clock: str) -> datetime:
        """Return a time of the day in Home Assistant's time zone."""
        hour, minute = clock.split(":")
        return dt_util.now().replace(
            hour=int(hour), minute=int(minute), second=0, microsecond=0
        )

    async def reach(self, clock: str) -> None:
        """Let the time pass, minute by minute, until a time of the day."""
        end = self.time(clock)
        while (left := (end - dt_util.now()).total_seconds()) > 0:
            await self.pass_time(min(left, 60 - dt_util.now().second))

    async def pass_time(self, seconds: float) -> None:
        """Let time pass in one step; an automation may wait for a state or a time."""
        self.home.clock.tick(seconds)
        self.home.fire_time()
        await self.home.wait_until_idle()

    def book(self, start: str, end: str, room: str = ROOM) -> None:
        """Book a room today."""
        self.company.book(TENCENT, room, self.time(start), self.time(end))

    def use(self, room: str = ROOM) -> None:
        """Use a room from now on."""
        self.company.change(TENCENT, room, status=3)

    def leave(self, room: str = ROOM) -> None:
        """Use a room no longer."""
        self.company.change(TENCENT, room, status=2)

    def entity_id(self, key: str, room: str = ROOM) -> str:
        """Return the entity ID of an entity of a room."""
        return self.home.entity(TENCENT, room, key).entity_id

    def device_id(self, room: str = ROOM) -> str:
        """Return the device ID of a room."""
        return self.home.known_device(TENCENT, room).id

    def name(self, room: str = ROOM) -> str:
        """Return the name of a room."""
        return self.home.known_device(TENCENT, room).name or ""

    def shown(self, key: str, room: str = ROOM) -> str:
        """Return the state of an entity of a room."""
        return self.home.shown(TENCENT, room, key)

    def furnish(self, floor: str, area: str, *rooms: str) -> str:
        """Put rooms into a new area of a floor, and return the floor's ID."""
        floors = fr.async_get(self.hass)
        found = floors.async_get_floor_by_name(floor) or floors.async_create(floor)
        created = ar.async_get(self.hass).async_create(area, floor_id=found.floor_id)
        for room in rooms:
            self.home.devices.async_update_device(
                self.device_id(room), area_id=created.id
            )
        return found.floor_id

    def add_thing(self, domain: str, name: str, area: str, state: str = "on") -> str:
        """Add an entity of another integration to an area, and return its ID."""
        entity = self.home.entities.async_get_or_create(
            domain, "other", name, suggested_object_id=name
        )
        created = ar.async_get(self.hass).async_get_area_by_name(area)
        assert created is not None
        self.home.entities.async_update_entity(entity.entity_id, area_id=created.id)
        self.hass.states.async_set(entity.entity_id, state)
        return entity.entity_id

    def join(self, domain: str, state: str, **attributes: Any) -> None:
        """Add an entity of another integration to the device of the room."""
        entity = self.home.entities.async_get_or_create(
            domain, "other", "joined", device_id=self.device_id()
        )
        self.hass.states.async_set(entity.entity_id, state, attributes)

    def watch(self, action: str) -> list[ServiceCall]:
        """Return the calls of an action from now on."""
        domain, service = action.split(".")
        return async_mock_service(self.hass, domain, service)

    async def automate(self, blueprint: str, **inputs: Any) -> None:
        """Make an automation from a blueprint."""
        await self.try_automate(blueprint, inputs)
        state = self.hass.states.get(AUTOMATION)
        assert state and state.state == "on"

    async def try_automate(self, blueprint: str, inputs: dict[str, Any]) -> None:
        """Make an automation from a blueprint, which the inputs may not allow."""
        assert await async_setup_component(
            self.hass, "automation", configuration(blueprint, inputs)
        )
        await self.home.wait_until_idle()

    async def edit(self, blueprint: str, **inputs: Any) -> None:
        """Change the inputs of the automation."""
        with patch(
            "homeassistant.config.load_yaml_config_file",
            autospec=True,
            return_value=configuration(blueprint, inputs),
        ):
            await self.hass.services.async_call("automation", "reload", blocking=True)
        await self.home.wait_until_idle()

    async def unload(self) -> None:
        """Unload the account."""
        await self.hass.config_entries.async_unload(self.entry.entry_id)
        await self.home.wait_until_idle()

    async def load(self) -> None:
        """Set the account up again."""
        await self.hass.config_entries.async_setup(self.entry.entry_id)
        await self.home.wait_until_idle()

    async def close(self) -> None:
        """Turn the automation off, which ends what it waits for."""
        await self.hass.services.async_call(
            "automation", "turn_off", {"entity_id": "all"}, blocking=True
        )


def entities_of(calls: Iterable[ServiceCall]) -> list[Any]:
    """Return the entities of each call."""
    return [call.data.get("entity_id") for call in calls]


def messages_of(calls: Iterable[ServiceCall]) -> list[str]:
    """Return the message of each call."""
    return [call.data["message"] for call in calls]
