"""A Home Assistant that has accounts at the simulated vendors."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
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

MORNING: Final = datetime(2026, 3, 17, 2, 5, tzinfo=UTC)
TURNS_BEFORE_TICK: Final = 20_000
"""Iterations of the event loop, more than any response takes."""
POLL: Final = 30
TICK: Final = 5

TENCENT: Final = "tencent_meeting"
WECOM: Final = "wecom"
QUANSHI: Final = "quanshi"
VENDORS: Final = (TENCENT, WECOM, QUANSHI)
LISTERS: Final = (TENCENT, WECOM)
"""The vendors whose rooms can be chosen."""

ALL_ROOMS: Final[Mapping[str, Any]] = {"all_rooms": True, "rooms": []}


def credentials(sim: Simulator, vendor: str) -> dict[str, str]:
    """Return what a person types into the form of an account."""
    tencent, wecom, quanshi = (
        sim.accounts.tencent_meeting,
        sim.accounts.wecom,
        sim.accounts.quanshi,
    )
    fields = {
        TENCENT: {
            "app_id": tencent.app_id,
            "secret_id": tencent.secret_id,
            "secret_key": tencent.secret_key,
            "sdk_id": tencent.sdk_id,
            "operator_id": tencent.operator_id,
        },
        WECOM: {"corp_id": wecom.corp_id, "corp_secret": wecom.corp_secret},
        QUANSHI: {"token": quanshi.token, "user_id": quanshi.user_id},
    }
    return {**fields[vendor], "base_url": sim.url}


def account_id(sim: Simulator, vendor: str) -> str:
    """Return the unique id of an account."""
    ids = {
        TENCENT: sim.accounts.tencent_meeting.app_id,
        WECOM: sim.accounts.wecom.corp_id,
        QUANSHI: sim.accounts.quanshi.user_id,
    }
    return f"{vendor}_{ids[vendor]}"


def chosen(*room_ids: str) -> dict[str, Any]:
    """Return the options of an account that follows only some rooms."""
    return {"all_rooms": False, "rooms": [*room_ids]}


def is_in(entry: MockConfigEntry, state: ConfigEntryState) -> bool:
    """Return whether an account is in a state at this moment."""
    return entry.state is state


class Home:
    """Set accounts up, let time pass, and look at what people see."""

    def __init__(
        self, hass: HomeAssistant, sim: Simulator, clock: FrozenDateTimeFactory
    ) -> None:
        """Take Home Assistant, the vendors and the clock."""
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
        """Return an account as the config flow leaves it, not set up yet."""
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
        """Set an account up and let its first readings end."""
        await self.hass.config_entries.async_setup(entry.entry_id)
        await self.settle()
        return entry

    async def add(
        self, vendor: str, options: Mapping[str, Any] = ALL_ROOMS, **fields: str
    ) -> MockConfigEntry:
        """Add an account and set it up."""
        return await self.start(self.entry(vendor, options, (), **fields))

    async def restart(self, entry: MockConfigEntry) -> None:
        """Unload an account and set it up again."""
        await self.hass.config_entries.async_reload(entry.entry_id)
        await self.settle()

    async def settle(self) -> None:
        """Let everything that goes on end."""
        settled = asyncio.ensure_future(
            self.hass.async_block_till_done(wait_background_tasks=True)
        )
        for turn in count(1):
            await asyncio.sleep(0)
            if settled.done():
                break
            if turn % TURNS_BEFORE_TICK == 0:
                # A background request waits for the limiter, whose clock is stopped.
                self.clock.tick(0.25)
        await settled

    async def wait_for_requests(self, number: int) -> None:
        """Wait until the vendors were asked so often."""
        while len(self.sim.requests) < number:
            await self.breathe()

    async def breathe(self) -> None:
        """Let the others have a turn."""
        await asyncio.sleep(0)

    def fire_time(self) -> None:
        """Let everything begin that is due."""
        async_fire_time_changed(self.hass)

    def calls_by_minute(self, vendor: str) -> Counter[int]:
        """Count the calls to a vendor in every minute since the morning."""
        start = MORNING.timestamp()
        return Counter(
            int((each.when - start) // 60)
            for each in self.sim.requests
            if each.vendor == vendor
        )

    async def pass_time(self, seconds: float = POLL) -> None:
        """Let time pass, in one jump."""
        self.clock.tick(seconds)
        async_fire_time_changed(self.hass)
        await self.settle()

    async def live(self, seconds: float) -> None:
        """Let time pass as it does, tick by tick."""
        for _ in range(int(seconds // TICK)):
            await self.pass_time(TICK)

    async def polls(self, number: int) -> None:
        """Let some polls pass."""
        for _ in range(number):
            await self.pass_time(POLL)

    def leave_two_conferences(self) -> tuple[Booking, Booking]:
        """Let the host have one conference that is held and one that is to come."""
        now = self.clock().timestamp()
        bookings = self.sim.company.quanshi.bookings
        held = next(each for each in bookings if each.session_at(now))
        to_come = next(each for each in bookings if each.start > now and each.sessions)
        for booking in bookings:
            booking.deleted = booking not in (held, to_come)
        return held, to_come

    def unique_id(self, vendor: str, *parts: str) -> str:
        """Return the unique id of a device or an entity."""
        return "_".join((account_id(self.sim, vendor), *parts))

    def entity(self, vendor: str, *parts: str) -> er.RegistryEntry:
        """Return an entity of the registry, by the parts of its unique id."""
        return self.all_entities()[self.unique_id(vendor, *parts)]

    def all_entities(self) -> dict[str, er.RegistryEntry]:
        """Return all entities of the registry by unique id."""
        return {
            entity.unique_id: entity
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            for entity in er.async_entries_for_config_entry(
                self.entities, entry.entry_id
            )
        }

    def state(self, vendor: str, *parts: str) -> State:
        """Return the state of an entity, by the parts of its unique id."""
        state = self.hass.states.get(self.entity(vendor, *parts).entity_id)
        assert state is not None
        return state

    def shown(self, vendor: str, *parts: str) -> str:
        """Return the value of an entity, by the parts of its unique id."""
        return self.state(vendor, *parts).state

    def device(self, vendor: str, *parts: str) -> dr.DeviceEntry | None:
        """Return a device, by the parts of its identifier."""
        return self.all_devices().get(self.unique_id(vendor, *parts))

    def known_device(self, vendor: str, *parts: str) -> dr.DeviceEntry:
        """Return a device that must be there."""
        device = self.device(vendor, *parts)
        assert device is not None
        return device

    def all_devices(self) -> dict[str, dr.DeviceEntry]:
        """Return all devices of the integration by identifier."""
        return {
            identifier: device
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            for device in dr.async_entries_for_config_entry(
                self.devices, entry.entry_id
            )
            for _, identifier in device.identifiers
        }

    def issues(self) -> dict[str | None, dict[str, str] | None]:
        """Return what people are asked to mend: what each issue says, by its key."""
        return {
            issue.translation_key: issue.translation_placeholders
            for issue in ir.async_get(self.hass).issues.values()
            if issue.domain == DOMAIN and issue.active
        }

    async def enable_all(self, entry: MockConfigEntry) -> None:
        """Enable every entity of an account that is off by default."""
        for entity in er.async_entries_for_config_entry(self.entities, entry.entry_id):
            self.entities.async_update_entity(entity.entity_id, disabled_by=None)
        await self.restart(entry)


def permissions(home: Home, vendor: str) -> Permissions:
    """Return what an account may do."""
    accounts = home.sim.accounts
    return {
        TENCENT: accounts.tencent_meeting.permissions,
        WECOM: accounts.wecom.permissions,
    }[vendor]
