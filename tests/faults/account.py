"""An account behind a proxy, and what Home Assistant shows of it."""

import asyncio
from collections import Counter
from dataclasses import dataclass
import logging
from typing import Final

import pytest

from homeassistant.core import State
from pytest_homeassistant_custom_component.common import MockConfigEntry
from tests.home import POLL, Home

from .proxy import FaultyProxy
from .resolver import FaultyResolver

BACKGROUND_INTERVAL: Final = 300
"""Seconds between two updates of details, devices, alarms and controllers."""
_INTEGRATION: Final = "custom_components.meeting_rooms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account, its proxy and resolver, and Home Assistant's log."""

    home: Home
    vendor: str
    entry: MockConfigEntry
    proxy: FaultyProxy
    resolver: FaultyResolver
    log: pytest.LogCaptureFixture

    async def polls(self, number: int = 1) -> None:
        """Run some polls; a request without a response runs into its timeout."""
        for _ in range(number):
            self.home.clock.tick(POLL)
            self.home.fire_time()
            await self.settle()

    async def settle(self) -> None:
        """Wait until Home Assistant is idle, after the timeouts of stalled requests."""
        stalls = self.proxy.stalls
        idle = False
        while not idle:
            settled = asyncio.ensure_future(self.home.settle())
            while not settled.done():
                await self.home.breathe()
                if self.proxy.stalls > stalls:
                    stalls = self.proxy.stalls
                    self.home.clock.tick(self.proxy.stall_seconds)
            await settled
            idle = not self.proxy.connections

    async def wait_until_disconnected(self) -> None:
        """Wait until no connection to the proxy is open."""
        while self.proxy.connections:
            await self.home.breathe()

    def states(self) -> dict[str, State]:
        """Return the states of the account's entities with their attributes."""
        return {
            entity.entity_id: state
            for entity in self.home.all_entities().values()
            if entity.config_entry_id == self.entry.entry_id
            and (state := self.home.hass.states.get(entity.entity_id)) is not None
        }

    def values(self) -> dict[str, str]:
        """Return the states of the account's entities without their attributes."""
        return {entity_id: state.state for entity_id, state in self.states().items()}

    def registry_ids(self) -> set[str]:
        """Return the registry IDs of the account's devices and entities."""
        devices = self.home.all_devices().values()
        entities = self.home.all_entities().values()
        entry_id = self.entry.entry_id
        return {
            *(device.id for device in devices if device.config_entry_id == entry_id),
            *(entity.id for entity in entities if entity.config_entry_id == entry_id),
        }

    def removed_since(self, registered: set[str]) -> set[str]:
        """Return the registry IDs that were removed."""
        return registered - self.registry_ids()

    def room_states(self) -> dict[str, str]:
        """Return the status of each room in Home Assistant."""
        return {
            room_id: self.home.shown(self.vendor, room_id, "status")
            for room_id in self.vendor_states()
        }

    def vendor_states(self) -> dict[str, str]:
        """Return the status of each room at the vendor."""
        return self.home.sim.truth()[self.vendor]

    def start_meeting(self) -> str:
        """Start a meeting in an idle room, and return the room's ID."""
        states = self.vendor_states()
        room_id = next(room for room, status in states.items() if status == "idle")
        self.home.sim.company.start_meeting(self.vendor, room_id)
        return room_id

    def log_messages(self) -> list[str]:
        """Return the messages of the integration from level info on."""
        return [
            record.getMessage()
            for record in self.log.records
            if record.name.startswith(_INTEGRATION) and record.levelno >= logging.INFO
        ]

    def unexpected_log_messages(self) -> list[str]:
        """Return the warnings of other components, and every traceback."""
        return [
            f"{record.name}: {record.getMessage()}"
            for record in self.log.records
            if record.levelno >= logging.WARNING
            and (record.exc_info or not record.name.startswith(_INTEGRATION))
        ]

    def log_problems(self) -> list[str]:
        """Return unexpected log messages, and the secrets in the log."""
        secrets = self.home.sim.canaries.found_in(self.log.text)
        return [*self.unexpected_log_messages(), *secrets]

    def problems_since(self, registered: set[str]) -> list[str]:
        """Return wrong states, removed devices and entities, and problems in the log."""
        states, expected = self.room_states(), self.vendor_states()
        wrong = [
            f"{room}: {states[room]}"
            for room in expected
            if states[room] != expected[room]
        ]
        return [*wrong, *self.removed_since(registered), *self.log_problems()]

    def take_requests(self) -> Counter[tuple[str, bytes]]:
        """Return how often each request was sent since the last call of this method."""
        counted = Counter(
            (request.target, request.body) for request in self.proxy.requests
        )
        self.proxy.requests.clear()
        return counted
