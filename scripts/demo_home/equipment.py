"""Use the presence sensors and the calendar that the demo creates in Home Assistant."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp

from .client import JSON, HomeClient, HomeError
from .scenes import Equipment

EVENTS = {"en": "Visit", "zh-Hans": "来访接待"}


@dataclass(frozen=True, slots=True)
class EquippedHome:
    """A Home Assistant with presence sensors and a linked calendar."""

    client: HomeClient
    entities: Mapping[str, str]
    """By equipment, the input boolean of a presence sensor, or the calendar."""
    language: str

    async def set_presence(self, equipment: Equipment, *, present: bool) -> None:
        """Change the state of a presence sensor."""
        action = "turn_on" if present else "turn_off"
        entity = {"entity_id": self.entities[equipment]}
        await self._call(f"input_boolean/{action}", entity)

    async def add_event(self, start: float, end: float) -> None:
        """Add an event to the linked calendar."""
        event = {
            "entity_id": self.entities[Equipment.CALENDAR],
            "summary": EVENTS[self.language],
            "start_date_time": datetime.fromtimestamp(start, UTC).isoformat(),
            "end_date_time": datetime.fromtimestamp(end, UTC).isoformat(),
        }
        await self._call("calendar/create_event", event)

    async def _call(self, action: str, values: JSON) -> None:
        """Call an action; a Home Assistant that restarts misses it."""
        with suppress(aiohttp.ClientError, HomeError):
            await self.client.refresh()
            await self.client.post(f"/api/services/{action}", values)
