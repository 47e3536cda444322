"""An account that suffers, and what people see of it."""

import asyncio
from collections import Counter
from dataclasses import dataclass
import logging
from typing import Final

import pytest

from homeassistant.core import State
from pytest_homeassistant_custom_component.common import MockConfigEntry
from tests.home import POLL, Home

from .line import Line
from .names import Names

_OURS: Final = "custom_components.meeting_rooms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account, the line that it uses, the names that it asks for, and the log of the house."""

    home: Home
    vendor: str
    entry: MockConfigEntry
    line: Line
    names: Names
    log: pytest.LogCaptureFixture

    async def polls(self, number: int = 1) -> None:
        """Let some polls pass; a call that is held runs into its time limit."""
        for _ in range(number):
            self.home.clock.tick(POLL)
            self.home.fire_time()
            await self.settle()

    async def settle(self) -> None:
        """Let everything that goes on end, whatever it waits for."""
        held = self.line.held
        confirmed = asyncio.ensure_future(self.home.settle())
        while not confirmed.done():
            await self.home.breathe()
            if self.line.held > held:
                held = self.line.held
                self.home.clock.tick(self.line.seconds_a_hold)
        await confirmed

    def states(self) -> dict[str, State]:
        """Return the states of the account's entities."""
        return {
            entity.entity_id: state
            for entity in self.home.all_entities().values()
            if entity.config_entry_id == self.entry.entry_id
            and (state := self.home.hass.states.get(entity.entity_id)) is not None
        }

    def values(self) -> dict[str, str]:
        """Return what the account's entities show."""
        return {entity_id: state.state for entity_id, state in self.states().items()}

    def registered(self) -> set[str]:
        """Return the account's devices and entities that are registered, by their ids."""
        devices = self.home.all_devices().values()
        entities = self.home.all_entities().values()
        mine = self.entry.entry_id
        return {
            *(device.id for device in devices if device.config_entry_id == mine),
            *(entity.id for entity in entities if entity.config_entry_id == mine),
        }

    def lost(self, earlier: set[str]) -> set[str]:
        """Return what was registered and is so no longer."""
        return earlier - self.registered()

    def rooms(self) -> dict[str, str]:
        """Return the status that each room shows."""
        return {
            room_id: self.home.shown(self.vendor, room_id, "status")
            for room_id in self.truth()
        }

    def truth(self) -> dict[str, str]:
        """Return the status that each room should show."""
        return self.home.sim.truth()[self.vendor]

    def start_a_meeting(self) -> str:
        """Let people meet in a room that is idle, and return it."""
        idle = next(room for room, word in self.truth().items() if word == "idle")
        self.home.sim.company.start_meeting(self.vendor, idle)
        return idle

    def said(self) -> list[str]:
        """Return what the integration said to everybody."""
        return [
            record.getMessage()
            for record in self.log.records
            if record.name.startswith(_OURS) and record.levelno >= logging.INFO
        ]

    def complaints(self) -> list[str]:
        """Return what anybody else complained of, and every traceback."""
        return [
            f"{record.name}: {record.getMessage()}"
            for record in self.log.records
            if record.levelno >= logging.WARNING
            and (record.exc_info or not record.name.startswith(_OURS))
        ]

    def leaks(self) -> list[str]:
        """Return the secrets in the log."""
        return self.home.sim.canaries.found_in(self.log.text)

    def harm(self, earlier: set[str]) -> list[str]:
        """Return what a fault that is over has left: untruths, losses, complaints, secrets."""
        shown, truth = self.rooms(), self.truth()
        untrue = [
            f"{room}: {shown[room]}" for room in truth if shown[room] != truth[room]
        ]
        return [*untrue, *self.lost(earlier), *self.complaints(), *self.leaks()]

    def calls(self) -> Counter[tuple[str, bytes]]:
        """Count the same calls, since the last time."""
        counted = Counter((asked.target, asked.body) for asked in self.line.asked)
        self.line.asked.clear()
        return counted

    async def hung_up(self) -> None:
        """Wait until no connection is open any more."""
        while self.line.connections:
            await self.home.breathe()
