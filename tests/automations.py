"""Automations with the integration's triggers and conditions, and what they did."""

from collections.abc import Mapping
from typing import Any, Final, override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity
from homeassistant.core import Event, callback
from homeassistant.helpers import floor_registry as fr, label_registry as lr
from homeassistant.helpers.area_registry import async_get as async_get_areas
from homeassistant.setup import async_setup_component

from .home import Home

TRIGGERED: Final = "triggered"
ASKED: Final = "asked"
ANSWERED: Final = "answered"

type Target = Mapping[str, str | list[str]]
"""What an automation is about, as the editor writes it."""


class StateSensor(SensorEntity):
    """An enum sensor of another integration with the states of an availability."""

    _attr_should_poll = False
    _attr_device_class = SensorDeviceClass.ENUM
    _attr_translation_key = "availability"

    def __init__(self, name: str) -> None:
        """Start with a used room."""
        self._attr_name = self._attr_unique_id = name
        self._attr_options = ["free", "in_use"]
        self._attr_native_value = "in_use"

    @property
    @override
    def suggested_object_id(self) -> str | None:
        """Return the name as part of the entity id."""
        return self._attr_unique_id

    def show(self, state: str) -> None:
        """Report a state."""
        self._attr_native_value = state
        self.async_write_ha_state()


def action(event: str) -> dict[str, Any]:
    """Return the action that fires an event with the facts of a trigger."""
    facts = ("id", "entity_id", "from_state", "to_state")
    values = {each: f"{{{{ trigger.{each} }}}}" for each in facts[:2]}
    values |= {each: f"{{{{ trigger.{each}.state }}}}" for each in facts[2:]}
    attributes = "{{ trigger.to_state.attributes.get('%s') }}"
    values |= {each: attributes % each for each in ("start", "end")}
    return {"event": event, "event_data": values}


async def automate(
    home: Home, *names: str, target: Target, **options: Any
) -> list[dict[str, Any]]:
    """Add an automation with some triggers, and return a list that gets its runs."""
    runs: list[dict[str, Any]] = []

    @callback
    def note(event: Event) -> None:
        """Note a run."""
        runs.append(dict(event.data))

    home.hass.bus.async_listen(TRIGGERED, note)
    triggers = [
        {"trigger": f"meeting_rooms.{name}", "id": name, "target": dict(target)}
        | ({"options": options} if options else {})
        for name in names
    ]
    automation = {
        "alias": "Rooms",
        "mode": "queued",
        "max": 100,
        "triggers": triggers,
        "actions": [action(TRIGGERED)],
    }
    assert await async_setup_component(
        home.hass, "automation", {"automation": [automation]}
    )
    await home.settle()
    return runs


def ids(runs: list[dict[str, Any]]) -> list[str]:
    """Return the triggers of some runs."""
    return [run["id"] for run in runs]


class Question:
    """An automation that answers whether a condition is met."""

    def __init__(self, home: Home) -> None:
        """Store the Home Assistant."""
        self._home = home
        self._answers: list[bool] = []

    async def open(self, name: str, target: Target, **options: Any) -> None:
        """Add the automation."""

        @callback
        def note(event: Event) -> None:
            """Note an answer."""
            self._answers.append(event.data["met"])

        self._home.hass.bus.async_listen(ANSWERED, note)
        condition = {"condition": f"meeting_rooms.{name}", "target": dict(target)}
        yes, no = (
            {"event": ANSWERED, "event_data": {"met": each}} for each in (True, False)
        )
        automation = {
            "alias": "Rooms",
            "triggers": [{"trigger": "event", "event_type": ASKED}],
            "actions": [
                {
                    "if": [condition | ({"options": options} if options else {})],
                    "then": [yes],
                    "else": [no],
                }
            ],
        }
        assert await async_setup_component(
            self._home.hass, "automation", {"automation": [automation]}
        )
        await self._home.settle()

    async def ask(self) -> bool:
        """Return whether the condition is met."""
        self._answers.clear()
        self._home.hass.bus.async_fire(ASKED)
        await self._home.settle()
        (answer,) = self._answers
        return answer


class Building:
    """An area on a floor, with a label."""

    def __init__(self, home: Home) -> None:
        """Create them."""
        self._home = home
        self.floor = fr.async_get(home.hass).async_create("3F", level=3)
        self.label = lr.async_get(home.hass).async_create("Client rooms")
        self.area = async_get_areas(home.hass).async_create(
            "West wing", floor_id=self.floor.floor_id
        )

    def place(self, vendor: str, *parts: str) -> None:
        """Move a room to the area, and give it the label."""
        device = self._home.known_device(vendor, *parts)
        self._home.devices.async_update_device(
            device.id, area_id=self.area.id, labels={self.label.label_id}
        )

    def target(self, kind: str) -> Target:
        """Return the area, the floor or the label as a target."""
        return {
            "area_id": {"area_id": self.area.id},
            "floor_id": {"floor_id": self.floor.floor_id},
            "label_id": {"label_id": self.label.label_id},
        }[kind]
