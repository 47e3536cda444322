"""A Home Assistant with accounts at the simulated vendors."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from freezegun.api import FrozenDateTimeFactory

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.config_entries import ConfigEntryState, ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import (
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)
from simulator import Simulator
from simulator.company.booking import Booking
from simulator.permissions import Permissions

from .vendors import LISTERS, QUANSHI, TENCENT, VENDOR_TABLE, VENDORS, WECOM

__all__ = [
    "ALL_ROOMS",
    "ALL_TEXTS",
    "LISTERS",
    "MORNING",
    "POLL",
    "QUANSHI",
    "TENCENT",
    "TICK",
    "VENDORS",
    "WECOM",
    "Home",
    "account_id",
    "chosen",
    "credentials",
    "is_in",
    "permissions",
]

MORNING: Final = datetime(2026, 3, 17, 2, 5, tzinfo=UTC)
POLL: Final = 30
IDLE_ITERATIONS: Final = 100
"""The number of iterations of the event loop in which no request or task begins or ends."""
TICK: Final = 5

ALL_ROOMS: Final[Mapping[str, Any]] = {"all_rooms": True, "rooms": []}
ALL_TEXTS: Final[Mapping[str, Any]] = {**ALL_ROOMS, "titles": "full"}
"""The options of an account that shows titles and hosts."""


def credentials(sim: Simulator, vendor: str) -> dict[str, str]:
    """Return what a user enters into the account form of a vendor."""
    return VENDOR_TABLE[vendor].credentials(sim)


def account_id(sim: Simulator, vendor: str) -> str:
    """Return the unique ID of a vendor's config entry."""
    return VENDOR_TABLE[vendor].unique_id(sim)


def chosen(*room_ids: str) -> dict[str, Any]:
    """Return the options of an account with selected rooms."""
    return {"all_rooms": False, "rooms": [*room_ids]}


def is_in(entry: MockConfigEntry, state: ConfigEntryState) -> bool:
    """Return whether a config entry is in a state, which mypy cannot narrow."""
    return entry.state is state


class Home:
    """Add accounts, advance time, and return states, devices and repair issues."""

    def __init__(
        self, hass: HomeAssistant, sim: Simulator, clock: FrozenDateTimeFactory
    ) -> None:
        """Store Home Assistant, the simulated vendors and the frozen clock."""
        self.hass = hass
        self.sim = sim
        self.clock = clock
        self.devices = dr.async_get(hass)
        self.entities = er.async_get(hass)

    def entry(
        self,
        vendor: str,
        options: Mapping[str, Any] = ALL_ROOMS,
        subentries: tuple[ConfigSubentryDataWithId, ...] = (),
        **fields: str,
    ) -> MockConfigEntry:
        """Return the config entry of an account that is not set up yet."""
        entry = MockConfigEntry(
            domain=DOMAIN,
            title=f"{vendor} account",
            unique_id=account_id(self.sim, vendor),
            data={"vendor": vendor, **credentials(self.sim, vendor), **fields},
            options=dict(options),
            subentries_data=subentries,
        )
        entry.add_to_hass(self.hass)
        return entry

    async def start(self, entry: MockConfigEntry) -> MockConfigEntry:
        """Set up an account and wait for its first updates."""
        await self.hass.config_entries.async_setup(entry.entry_id)
        await self.settle()
        return entry

    async def add(
        self, vendor: str, options: Mapping[str, Any] = ALL_ROOMS, **fields: str
    ) -> MockConfigEntry:
        """Add an account and wait for its first updates."""
        return await self.start(self.entry(vendor, options, (), **fields))

    async def follow(
        self, *bookings: Booking, options: Mapping[str, Any] = ALL_TEXTS
    ) -> MockConfigEntry:
        """Add the account at Quanshi with conferences that the user has added."""
        subentries = tuple(
            ConfigSubentryDataWithId(
                subentry_id=f"subentry{booking.event_id}",
                subentry_type="conference",
                title=booking.title,
                unique_id=str(booking.event_id),
                data=MappingProxyType({"event_id": str(booking.event_id)}),
            )
            for booking in bookings
        )
        return await self.start(self.entry(QUANSHI, options, subentries))

    async def restart(self, entry: MockConfigEntry) -> None:
        """Reload an account."""
        await self.hass.config_entries.async_reload(entry.entry_id)
        await self.settle()

    async def settle(self) -> None:
        """Wait until only timers are pending."""
        await self.hass.async_block_till_done()
        await self.wait_until_idle()

    async def wait_until_idle(self) -> None:
        """Wait until no task begins or ends, although some may wait for a state or a time."""
        ending = asyncio.ensure_future(
            self.hass.async_block_till_done(wait_background_tasks=True)
        )
        idle, before = 0, None
        while not ending.done() and idle < IDLE_ITERATIONS:
            await self.breathe()
            now = (len(self.sim.requests), self.clock(), asyncio.all_tasks())
            idle, before = (idle + 1 if now == before else 0), now
        ending.cancel()

    async def wait_for_requests(self, number: int) -> None:
        """Wait until the vendors have received a number of requests."""
        while len(self.sim.requests) < number:
            await self.breathe()

    async def breathe(self) -> None:
        """Yield to the event loop."""
        await asyncio.sleep(0)

    def fire_time(self) -> None:
        """Fire the timers that are due."""
        async_fire_time_changed(self.hass)

    def requests_by_minute(self, vendor: str) -> Counter[int]:
        """Return the number of requests to a vendor in each minute since the start."""
        start = MORNING.timestamp()
        return Counter(
            int((each.when - start) // 60)
            for each in self.sim.requests
            if each.vendor == vendor
        )

    async def pass_time(self, seconds: float = POLL) -> None:
        """Advance the clock in one step, and wait until Home Assistant is idle."""
        self.clock.tick(seconds)
        async_fire_time_changed(self.hass)
        await self.settle()

    async def live(self, seconds: float) -> None:
        """Advance the clock in steps of five seconds."""
        for _ in range(int(seconds // TICK)):
            await self.pass_time(TICK)

    async def polls(self, number: int) -> None:
        """Advance the clock by a number of polls."""
        for _ in range(number):
            await self.pass_time(POLL)

    def leave_two_conferences(self) -> tuple[Booking, Booking]:
        """Delete all bookings of the host but a current and a future one, and return these."""
        now = self.clock().timestamp()
        bookings = self.sim.company.quanshi.bookings
        held = next(each for each in bookings if each.session_at(now))
        to_come = next(each for each in bookings if each.start > now and each.sessions)
        for booking in bookings:
            booking.deleted = booking not in (held, to_come)
        return held, to_come

    def unique_id(self, vendor: str, *parts: str) -> str:
        """Return the unique ID of an entity, or the identifier of a device."""
        return "_".join((account_id(self.sim, vendor), *parts))

    def entity(self, vendor: str, *parts: str) -> er.RegistryEntry:
        """Return a registered entity by the parts of its unique ID."""
        return self.all_entities()[self.unique_id(vendor, *parts)]

    def all_entities(self) -> dict[str, er.RegistryEntry]:
        """Return all registered entities by unique ID."""
        return {
            entity.unique_id: entity
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            for entity in er.async_entries_for_config_entry(
                self.entities, entry.entry_id
            )
        }

    def state(self, vendor: str, *parts: str) -> State:
        """Return the state of an entity with its attributes."""
        state = self.hass.states.get(self.entity(vendor, *parts).entity_id)
        assert state is not None
        return state

    def shown(self, vendor: str, *parts: str) -> str:
        """Return the state of an entity without its attributes."""
        return self.state(vendor, *parts).state

    def device(self, vendor: str, *parts: str) -> dr.DeviceEntry | None:
        """Return a device by the parts of its identifier, or None."""
        return self.all_devices().get(self.unique_id(vendor, *parts))

    def known_device(self, vendor: str, *parts: str) -> dr.DeviceEntry:
        """Return a device that must exist."""
        device = self.device(vendor, *parts)
        assert device is not None
        return device

    def all_devices(self) -> dict[str, dr.DeviceEntry]:
        """Return all registered devices by identifier."""
        return {
            identifier: device
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            for device in dr.async_entries_for_config_entry(
                self.devices, entry.entry_id
            )
            for _, identifier in device.identifiers
        }

    def issues(self) -> dict[str | None, dict[str, str] | None]:
        """Return the placeholders of each active repair issue by translation key."""
        return {
            issue.translation_key: issue.translation_placeholders
            for issue in ir.async_get(self.hass).issues.values()
            if issue.domain == DOMAIN and issue.active
        }

    async def enable_all(self, entry: MockConfigEntry) -> None:
        """Enable every entity of an account that is disabled by default."""
        for entity in er.async_entries_for_config_entry(self.entities, entry.entry_id):
            self.entities.async_update_entity(entity.entity_id, disabled_by=None)
        await self.restart(entry)


def permissions(home: Home, vendor: str) -> Permissions:
    """Return the APIs that a vendor's account may use."""
    return VENDOR_TABLE[vendor].permissions(home.sim)
