"""Read in the background what need not be fresh: details, devices, alarms and controllers.

Everything is read once in five minutes, or as often as the calls allow that the polls leave.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from itertools import batched
from math import inf
from time import monotonic
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from .account.presence import SETTLED_AFTER, Attendance
from .account.snapshot import RoomController, Snapshot
from .api.budget import Tier
from .api.client import Feature, Listing
from .api.errors import (
    ApiError,
    InvalidAuth,
    PermissionDenied,
    RateLimited,
    TokenRejected,
)
from .api.limits import POLL_INTERVALS
from .const import DETAILS_INTERVAL, LOGGER, UNKNOWN_AFTER
from .coordinator import AccountCoordinator, MeetingRoomsConfigEntry
from .details import DetailsUpdater

_TICK: Final = timedelta(seconds=5)
_MINUTE_SECONDS: Final = 60
_ASK_AGAIN_SECONDS: Final = 3600.0
_PAUSE_SECONDS: Final = 30.0
_GIVEN_UP_AFTER: Final = UNKNOWN_AFTER * DETAILS_INTERVAL.total_seconds()
"""Seconds after which what cannot be read is known no longer."""
_AT_ONCE: Final = 50
_TIERS: Final = (Tier.HEALTH, Tier.DETAILS, Tier.OTHER)


class BackgroundUpdater:
    """Keep the slow parts of an account's snapshot no older than five minutes."""

    def __init__(self, coordinator: AccountCoordinator) -> None:
        """Take the coordinator whose snapshot is to be completed."""
        self._coordinator = coordinator
        self._client = coordinator.client
        self._lists: dict[Feature, Callable[[], Awaitable[None]]] = {
            Feature.DEVICES: self._read_devices,
            Feature.ALARMS: self._read_monitors,
            Feature.CONTROLLERS: self._read_controllers,
        }
        self._due: dict[Feature, float] = {
            feature: 0.0
            for feature in (*self._lists, Feature.DETAILS)
            if feature in self._client.features
        }
        self._details = DetailsUpdater(coordinator, DETAILS_INTERVAL // _TICK)
        self._controllers = Attendance()
        self._failing_since: dict[Feature, float] = {}
        self._in_part_since: dict[Feature, float] = {}
        self._calls_left = 0.0
        self._counted_at = monotonic() - _TICK.total_seconds()
        self._until = inf
        self._running = False

    @callback
    def start(self, hass: HomeAssistant, entry: MeetingRoomsConfigEntry) -> None:
        """Read right away, and from then on until the entry is unloaded.

        Where polling is switched off: when somebody has asked for an update.
        """

        @callback
        def tick(_now: datetime | None = None) -> None:
            """Read on, unless the reading before still goes on or the vendor is not to be asked."""
            if not self._running and self._coordinator.has_spare_requests:
                entry.async_create_background_task(
                    hass, self._read_some(), f"{entry.title} details"
                )

        @callback
        def read_by_hand() -> None:
            """Read what is due by now, and nothing that falls due later."""
            self._until = monotonic()
            tick()

        if not self._due:
            return
        if entry.pref_disable_polling:
            self._until = -inf
            self._coordinator.after_refresh = read_by_hand
        entry.async_on_unload(
            async_track_time_interval(hass, tick, _TICK, cancel_on_shutdown=True)
        )
        tick()

    @property
    def _moment(self) -> float:
        """Return the moment by which something is to be due, if it is to be read."""
        return min(monotonic(), self._until)

    def _count_calls_left(self) -> None:
        """Add the calls that the polls have left since the last time, as many as fit at once."""
        now = monotonic()
        spare = self._coordinator.spare_requests_per_minute / _MINUTE_SECONDS
        most = max(
            spare * _TICK.total_seconds(), self._client.budget.limits.burst / 2, 1
        )
        left = self._calls_left + spare * (now - self._counted_at)
        self._calls_left = min(left, most)
        self._counted_at = now

    @property
    def _calls_made(self) -> int:
        """Return how many calls were made in the background."""
        made = self._client.budget.sent
        return sum(made[tier] for tier in _TIERS)

    async def _read_some(self) -> None:
        """Read what is due, as much as the calls of one tick allow."""
        self._running = True
        self._count_calls_left()
        try:
            for feature in self._lists:
                await self._attempt(feature, self._read_list)
            coordinator = self._coordinator
            if not (coordinator.polls_details or coordinator.details_refused):
                await self._attempt(Feature.DETAILS, self._read_details)
        finally:
            self._running = False

    async def _attempt(
        self, feature: Feature, read: Callable[[Feature], Awaitable[bool]]
    ) -> None:
        """Read one thing if it is due; what goes wrong with it stops nothing else."""
        self._give_up_in_time(feature)
        if self._due.get(feature, inf) > self._moment:
            return
        if self._calls_left < 1 or not self._coordinator.has_spare_requests:
            return
        calls_before = self._calls_made
        try:
            if await read(feature):
                self._failing_since.pop(feature, None)
                self._coordinator.issues.report(feature)
        except PermissionDenied as err:
            LOGGER.info("%s: %s is not granted", self._coordinator.name, feature)
            self._due[feature] = monotonic() + _ASK_AGAIN_SECONDS
            self._forget(feature)
            self._coordinator.issues.report_error(feature, err)
        except (InvalidAuth, TokenRejected) as err:
            LOGGER.info("%s: %s: %s", self._coordinator.name, feature, err)
            # A poll comes first: it shows whether this API alone refuses the credentials.
            polled = monotonic() + POLL_INTERVALS[-1] + _PAUSE_SECONDS
            self._due = {each: max(due, polled) for each, due in self._due.items()}
            self._due[feature] = monotonic() + _ASK_AGAIN_SECONDS
            self._coordinator.note_refusal(feature)
            self._forget(feature)
            self._coordinator.issues.report(feature)
        except RateLimited as err:
            self._coordinator.issues.report_error(feature, err)
            self._due[feature] = monotonic() + err.retry_after
            self._failing_since.setdefault(feature, monotonic())
        except ApiError as err:
            LOGGER.debug("%s: %s: %s", self._coordinator.name, feature, err)
            self._coordinator.issues.report_error(feature, err)
            self._due[feature] = monotonic() + _PAUSE_SECONDS
            self._failing_since.setdefault(feature, monotonic())
        finally:
            self._calls_left -= self._calls_made - calls_before

    def _give_up_in_time(self, feature: Feature) -> None:
        """Forget what a list told once it has failed, or was not to be asked, for too long."""
        since = self._failing_since.get(feature, inf)
        if monotonic() - since >= _GIVEN_UP_AFTER:
            self._failing_since[feature] = inf
            self._forget(feature)

    def _forget(self, feature: Feature) -> None:
        """Let no entity show what is told no longer."""
        self._coordinator.publish(self._coordinator.data.without(feature))

    async def _read_list(self, feature: Feature) -> bool:
        """Read one of the lists that tell something about all rooms."""
        await self._lists[feature]()
        self._due[feature] = monotonic() + DETAILS_INTERVAL.total_seconds()
        return True

    async def _read_devices(self) -> None:
        """Read all devices."""
        devices = await self._client.fetch_devices()
        # A thousand changed rooms at once would keep everybody else waiting.
        for some in batched(devices.items.items(), _AT_ONCE, strict=False):
            part = Listing(dict(some), complete=False)
            self._coordinator.publish(self._coordinator.data.with_devices(part))
            await asyncio.sleep(0)
        snapshot = self._to_complete(Feature.DEVICES, whole=devices.complete)
        self._coordinator.publish(snapshot.with_devices(devices))

    async def _read_monitors(self) -> None:
        """Read what stands against the devices."""
        begun = dt_util.utcnow()
        device_alarms = await self._client.fetch_alarms()
        if device_alarms.complete:
            self._coordinator.alarms_read_at = begun
        for some in batched(device_alarms.items.items(), _AT_ONCE, strict=False):
            part = Listing(dict(some), complete=False)
            self._coordinator.publish(self._coordinator.data.with_alarms(part, begun))
            await asyncio.sleep(0)
        snapshot = self._to_complete(Feature.ALARMS, whole=device_alarms.complete)
        self._coordinator.publish(snapshot.with_alarms(device_alarms, begun))

    async def _read_controllers(self) -> None:
        """Read all controllers."""
        controllers = await self._client.fetch_controllers()
        snapshot = self._coordinator.data
        placed = snapshot.place_controllers(controllers.items)
        gone: frozenset[str] = frozenset()
        # A controller is missing only where it could have been placed.
        if controllers.complete and snapshot.can_place_all(controllers.items):
            gone = self._controllers.gone(snapshot.of(RoomController), placed)
        confirmed = self._controllers.readings >= SETTLED_AFTER
        for some in batched(placed.items(), _AT_ONCE, strict=False):
            snapshot = self._coordinator.data.with_controllers(dict(some))
            self._coordinator.publish(snapshot)
            await asyncio.sleep(0)
        snapshot = self._to_complete(Feature.CONTROLLERS, whole=controllers.complete)
        placed = snapshot.place_controllers(controllers.items)
        self._coordinator.publish(
            snapshot.with_controllers(placed, gone=gone, confirmed=confirmed)
        )

    def _to_complete(self, feature: Feature, *, whole: bool) -> Snapshot:
        """Return what a reading is to complete; what none has told for long is known no longer."""
        snapshot = self._coordinator.data
        if whole:
            self._in_part_since.pop(feature, None)
            return snapshot
        now = monotonic()
        if now - self._in_part_since.setdefault(feature, now) < _GIVEN_UP_AFTER:
            return snapshot
        return snapshot.without(feature)

    async def _read_details(self, _feature: Feature) -> bool:
        """Read the details of the rooms that have waited longest; return whether any were."""
        return await self._details.read(int(self._calls_left), self._moment)
