"""Read in the background what need not be fresh: details, devices, alarms and controllers.

Everything is read once in five minutes, or as often as six calls in five seconds on average
allow where there are more than some 300 rooms, so that the vendors' limits stay far.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from heapq import nsmallest
from math import ceil
from time import monotonic
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval

from .api.client import Feature
from .api.errors import ApiError, PermissionDenied, RateLimited
from .api.room import Room
from .const import DETAILS_INTERVAL, LOGGER
from .coordinator import AccountCoordinator, MeetingRoomsConfigEntry
from .snapshot import SETTLED_AFTER, Attendance, RoomController

_TICK: Final = timedelta(seconds=5)
_CALLS_PER_TICK: Final = 6
_TICKS_PER_ROUND: Final = DETAILS_INTERVAL // _TICK
_ASK_AGAIN_SECONDS: Final = 3600.0
_PAUSE_SECONDS: Final = 30.0


class BackgroundReader:
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
        self._read_at: dict[str, float] = {}
        self._controllers = Attendance()
        self._calls_left = 0
        self._details_granted = False
        self._running = False

    @callback
    def start(self, hass: HomeAssistant, entry: MeetingRoomsConfigEntry) -> None:
        """Read right away, and from then on until the entry is unloaded."""

        @callback
        def tick(_now: datetime | None = None) -> None:
            """Read on, unless the reading before still goes on or the vendor is not to be asked."""
            if not self._running and self._coordinator.may_ask:
                entry.async_create_background_task(
                    hass, self._read_some(), f"{entry.title} details"
                )

        if self._due and not entry.pref_disable_polling:
            entry.async_on_unload(
                async_track_time_interval(hass, tick, _TICK, cancel_on_shutdown=True)
            )
            tick()

    async def _read_some(self) -> None:
        """Read what is due, as much as the calls of one tick allow."""
        self._running = True
        self._calls_left = min(self._calls_left + _CALLS_PER_TICK, _CALLS_PER_TICK)
        try:
            for feature in self._lists:
                await self._attempt(feature, self._read_list)
            if not self._coordinator.polls_details:
                await self._attempt(Feature.DETAILS, self._read_details)
        finally:
            self._running = False

    async def _attempt(
        self, feature: Feature, read: Callable[[Feature], Awaitable[None]]
    ) -> None:
        """Read one thing if it is due; what goes wrong with it stops nothing else."""
        if self._calls_left <= 0 or self._due.get(feature, float("inf")) > monotonic():
            return
        try:
            await read(feature)
        except PermissionDenied:
            LOGGER.info("%s: %s is not granted", self._coordinator.name, feature)
            self._due[feature] = monotonic() + _ASK_AGAIN_SECONDS
            self._coordinator.publish(self._coordinator.data.without(feature))
        except RateLimited as err:
            later = monotonic() + err.retry_after
            self._due = {each: max(due, later) for each, due in self._due.items()}
        except ApiError as err:
            LOGGER.debug("%s: %s: %s", self._coordinator.name, feature, err)
            self._due[feature] = monotonic() + _PAUSE_SECONDS

    async def _read_list(self, feature: Feature) -> None:
        """Read one of the lists that tell something about all rooms."""
        rooms = len(self._coordinator.data.of(Room))
        self._calls_left -= max(ceil(rooms / self._client.page_size), 1)
        await self._lists[feature]()
        self._due[feature] = monotonic() + DETAILS_INTERVAL.total_seconds()

    async def _read_devices(self) -> None:
        """Read all devices."""
        devices = await self._client.read_devices()
        self._coordinator.publish(self._coordinator.data.with_devices(devices))

    async def _read_monitors(self) -> None:
        """Read what stands against the devices."""
        monitors = await self._client.read_monitors()
        self._coordinator.publish(self._coordinator.data.with_monitors(monitors))

    async def _read_controllers(self) -> None:
        """Read all controllers."""
        controllers = await self._client.read_controllers()
        snapshot = self._coordinator.data
        placed = snapshot.place_controllers(controllers.found)
        gone: frozenset[str] = frozenset()
        # A controller is missing only where each room's machines are known to place it.
        if controllers.whole and snapshot.knows_machines:
            gone = self._controllers.gone(snapshot.of(RoomController), placed)
        settled = self._controllers.readings >= SETTLED_AFTER
        self._coordinator.publish(
            snapshot.with_controllers(placed, gone=gone, settled=settled)
        )

    async def _read_details(self, _feature: Feature) -> None:
        """Read the details of the rooms that have waited longest."""
        denied: PermissionDenied | None = None
        for room_id in self._rooms_due():
            self._calls_left -= 1
            self._read_at[room_id] = monotonic()
            try:
                details = await self._client.read_details(room_id)
            except PermissionDenied as err:
                denied = err
                continue
            except ApiError as err:
                if not err.concerns_one:
                    raise
                LOGGER.debug("%s: details of one room: %s", self._coordinator.name, err)
                continue
            self._details_granted = True
            self._coordinator.publish(
                self._coordinator.data.with_details({room_id: details})
            )
        # Refused for one room that is its own trouble; refused for all, the right is missing.
        if denied is not None and not self._details_granted:
            raise denied

    def _rooms_due(self) -> list[str]:
        """Return the rooms to read in this tick: those never read first, all that fit."""
        rooms = self._coordinator.data.of(Room)
        self._read_at = {room_id: self._read_at.get(room_id, 0.0) for room_id in rooms}
        unread = sum(read_at == 0.0 for read_at in self._read_at.values())
        share = _CALLS_PER_TICK if unread else ceil(len(rooms) / _TICKS_PER_ROUND)
        oldest = monotonic() - DETAILS_INTERVAL.total_seconds()
        due = [
            room_id
            for room_id, read_at in self._read_at.items()
            if not read_at or read_at <= oldest
        ]
        return nsmallest(
            min(share, self._calls_left), due, key=self._read_at.__getitem__
        )
