"""One Home Assistant with the three accounts, which can be restarted."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from homeassistant.components.calendar.const import DATA_COMPONENT
from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_USER,
    ConfigEntry,
    ConfigEntryState,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from scripts.core import start_core

DOMAIN: Final = "meeting_rooms"
_ALL_ROOMS: Final = {"all_rooms": True, "rooms": []}

type Form = Mapping[str, Any]


class Home:
    """Start, restart and use a Home Assistant."""

    hass: HomeAssistant

    def __init__(self, folder: Path, on_start: Callable[[HomeAssistant], None]) -> None:
        """Store the configuration folder, and a function to call after each start."""
        self._folder = folder
        self._on_start = on_start

    async def start(self) -> None:
        """Start Home Assistant."""
        self.hass = await start_core(self._folder)
        self._on_start(self.hass)

    async def restart(self) -> None:
        """Stop Home Assistant and start it again."""
        await self.hass.async_stop()
        # The alarms of calendars otherwise end with the process only.
        for calendar in self.hass.data[DATA_COMPONENT].entities:
            await calendar.async_will_remove_from_hass()
        await self.start()

    async def add(self, vendor: str, form: Form) -> None:
        """Add an account with all of its rooms through the config flow."""
        flow = self.hass.config_entries.flow
        step = await flow.async_init(DOMAIN, context={"source": SOURCE_USER})
        for answer in ({"next_step_id": vendor}, form, _ALL_ROOMS, {}):
            if step["type"] is not FlowResultType.CREATE_ENTRY:
                step = await flow.async_configure(step["flow_id"], dict(answer))
        await self.hass.async_block_till_done()

    async def reauthenticate(self, forms: Mapping[str, Form]) -> None:
        """Complete every open reauthentication."""
        flow = self.hass.config_entries.flow
        for step in flow.async_progress_by_handler(DOMAIN):
            if step["context"]["source"] == SOURCE_REAUTH:
                entry_id = step["context"]["entry_id"]
                entry = self.hass.config_entries.async_get_known_entry(entry_id)
                await flow.async_configure(
                    step["flow_id"], dict(forms[entry.data["vendor"]])
                )

    async def reload(self, vendor: str) -> None:
        """Reload an account, unless it is being set up."""
        entry = next(each for each in self.entries if each.data["vendor"] == vendor)
        if entry.state is not ConfigEntryState.SETUP_IN_PROGRESS:
            await self.hass.config_entries.async_reload(entry.entry_id)

    @property
    def entries(self) -> list[ConfigEntry[Any]]:
        """Return the accounts."""
        return self.hass.config_entries.async_entries(DOMAIN)

    def shown(self) -> dict[str, str]:
        """Return the state of every enabled entity by unique id."""
        states = self.hass.states
        return {
            entity.unique_id: state.state if state else "missing"
            for entity in er.async_get(self.hass).entities.values()
            if entity.platform == DOMAIN and entity.disabled_by is None
            for state in (states.get(entity.entity_id),)
        }
