"""Create presence sensors, a calendar and a dashboard in Home Assistant.

This sends the requests that the frontend sends when a user does the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .accounts import DOMAIN, FLOW, OPTIONS_FLOW, run_flow
from .client import JSON, HomeClient, HomeError, HomeSocket
from .scenes import Equipment
from .texts import load_texts

AREAS = "per_floor"
"""How the rooms of the accounts come into areas."""
DASHBOARD = "meeting-rooms"
NO_SHOW_MINUTES = 1
TEXTS = {
    "en": {"people": "People in {}", "sensor": "{} occupancy", "calendar": "Reception"},
    "zh-Hans": {"people": "{} 有人", "sensor": "{} 人体存在", "calendar": "前台"},
}


async def furnish(
    client: HomeClient, account: str, rooms: Mapping[Equipment, str], language: str
) -> dict[str, str]:
    """Equip rooms of the account with a unique id, and return the entities by equipment.

    They are the input boolean of a presence sensor, and the calendar.
    """
    async with client.websocket() as socket:
        await _add_dashboard(socket, language)
        entries = await socket.command("config_entries/get", domain=DOMAIN)
        devices = await socket.command("config/device_registry/list")
        for entry in entries:
            await _shorten_no_shows(client, entry["entry_id"])
        equipped: dict[str, str] = {}
        for equipment, room_id in rooms.items():
            device = _device(devices, f"{account}_{room_id}")
            room = _Room(client, socket, device, room_id, TEXTS[language])
            equipped[equipment] = await room.equip(equipment)
    return equipped


async def _add_dashboard(socket: HomeSocket, language: str) -> None:
    """Add the integration's own dashboard to the sidebar."""
    texts = load_texts(language)["config_panel"]["strategy"]
    await socket.command(
        "lovelace/dashboards/create",
        url_path=DASHBOARD,
        title=texts["name"],
        icon="mdi:door-open",
        mode="storage",
        show_in_sidebar=True,
    )
    await socket.command(
        "lovelace/config/save",
        url_path=DASHBOARD,
        config={"strategy": {"type": f"custom:{DOMAIN}"}},
    )


async def _shorten_no_shows(client: HomeClient, entry_id: str) -> None:
    """Make a no-show show after a minute, so that nobody has to wait for it."""
    menu = {"next_step_id": "meetings"}
    form = {"no_show_minutes": NO_SHOW_MINUTES}
    await run_flow(client, OPTIONS_FLOW, entry_id, menu, form)


def _device(devices: list[JSON], identifier: str) -> JSON:
    """Return the device of a room."""
    for device in devices:
        if [DOMAIN, identifier] in device["identifiers"]:
            return device
    raise HomeError(f"Home Assistant has no device {identifier}")


@dataclass(frozen=True, slots=True)
class _Room:
    """A room whose equipment is created."""

    client: HomeClient
    socket: HomeSocket
    device: JSON
    room_id: str
    texts: Mapping[str, str]

    async def equip(self, equipment: Equipment) -> str:
        """Create and link the equipment, and return the entity to control it with."""
        match equipment:
            case Equipment.AREA_SENSOR:
                people, sensor = await self._create_sensor()
                await self._put_into_area(sensor)
                return people
            case Equipment.LINKED_SENSOR:
                people, sensor = await self._create_sensor()
                await self._link({"presence": [sensor]})
                return people
            case Equipment.CALENDAR:
                calendar = await self._create_calendar()
                await self._link({"calendar": calendar})
                return calendar

    async def _create_sensor(self) -> tuple[str, str]:
        """Create an input boolean, and an occupancy sensor that follows it."""
        people = await self.socket.command(
            "input_boolean/create", name=self._text("people")
        )
        entity_id = f"input_boolean.{people['id']}"
        form = {
            "name": self._text("sensor"),
            "state": f"{{{{ is_state('{entity_id}', 'on') }}}}",
            "device_class": "occupancy",
        }
        menu = {"next_step_id": "binary_sensor"}
        return entity_id, await self._entity("template", menu, form)

    async def _create_calendar(self) -> str:
        """Create an empty calendar."""
        form = {"calendar_name": self._text("calendar")}
        return await self._entity("local_calendar", form)

    async def _entity(self, handler: str, *forms: JSON) -> str:
        """Add an integration with one entity, and return its entity id."""
        entry = (await run_flow(self.client, FLOW, handler, *forms))["result"]
        for entity in await self.socket.command("config/entity_registry/list"):
            if entity["config_entry_id"] == entry["entry_id"]:
                return str(entity["entity_id"])
        raise HomeError(f"{handler} has no entity")

    async def _put_into_area(self, sensor: str) -> None:
        """Create an area with the room and a sensor, on the floor of the room."""
        areas = await self.socket.command("config/area_registry/list")
        floors = {area["area_id"]: area["floor_id"] for area in areas}
        area = await self.socket.command(
            "config/area_registry/create",
            name=self._name,
            floor_id=floors.get(self.device["area_id"]),
        )
        area_id = area["area_id"]
        await self.socket.command(
            "config/device_registry/update",
            device_id=self.device["id"],
            area_id=area_id,
        )
        await self.socket.command(
            "config/entity_registry/update", entity_id=sensor, area_id=area_id
        )

    async def _link(self, settings: JSON) -> None:
        """Change the settings of the room."""
        menu, room = {"next_step_id": "room"}, {"room": self.room_id}
        entry_id = self.device["config_entry_id"]
        await run_flow(self.client, OPTIONS_FLOW, entry_id, menu, room, settings)

    @property
    def _name(self) -> str:
        """Return the name of the room."""
        return str(self.device["name"])

    def _text(self, key: str) -> str:
        """Return a text about the room."""
        return self.texts[key].format(self._name)
