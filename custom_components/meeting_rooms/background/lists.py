"""Fetch the lists of devices, alarms and controllers of an account."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from itertools import batched
from time import monotonic
from typing import Final, override

from homeassistant.util import dt as dt_util

from ..account.schedule import INTERVAL_SECONDS
from ..account.snapshot import RoomController, Snapshot
from ..api.client import Feature, Listing
from ..api.errors import ApiError
from ..const import UNKNOWN_AFTER
from ..coordinator import AccountCoordinator
from .updater import BackgroundUpdater, retry_seconds

_AT_ONCE: Final = 50
"""The number of rooms that are published before the event loop may run other tasks."""
_INCOMPLETE_SECONDS: Final = UNKNOWN_AFTER * INTERVAL_SECONDS
"""How long values that incomplete lists do not contain are kept."""


class ListUpdater(BackgroundUpdater[Feature]):
    """Fetch each list that the vendor offers."""

    def __init__(self, coordinator: AccountCoordinator) -> None:
        """Make every list due immediately."""
        # The rooms of the controllers are known by their devices.
        self._lists: dict[Feature, Callable[[], Awaitable[None]]] = {
            Feature.DEVICES: self._fetch_devices,
            Feature.ALARMS: self._fetch_alarms,
            Feature.CONTROLLERS: self._fetch_controllers,
        }
        self._incomplete_since: dict[Feature, float] = {}
        super().__init__(coordinator)

    @override
    def _items(self) -> Collection[Feature]:
        """Return the lists that the vendor offers."""
        features = self._coordinator.client.features
        return [each for each in self._lists if each in features]

    @override
    async def _update(self, feature: Feature) -> bool:
        """Fetch and publish one list."""
        try:
            await self._lists[feature]()
        except ApiError as err:
            self._schedule.failed(feature, retry_seconds(err))
            self._report_error(feature, err)
            return False
        self._schedule.succeeded(feature)
        self._report_success(feature)
        return True

    @override
    def _expire(self, feature: Feature) -> None:
        """Publish that the values of one list are unknown."""
        self._coordinator.publish(self._coordinator.data.without(feature))

    async def _fetch_devices(self) -> None:
        """Fetch and publish the devices."""
        devices = await self._coordinator.client.fetch_devices()
        await self._publish(Feature.DEVICES, devices, Snapshot.with_devices)

    async def _fetch_alarms(self) -> None:
        """Fetch and publish the alarms."""
        begun = dt_util.utcnow()
        alarms = await self._coordinator.client.fetch_alarms()
        if alarms.complete:
            self._coordinator.alarms_fetched_at = begun
        await self._publish(
            Feature.ALARMS, alarms, lambda data, part: data.with_alarms(part, begun)
        )

    async def _fetch_controllers(self) -> None:
        """Fetch and publish the controllers, and remove those that are not in the list."""
        coordinator = self._coordinator
        controllers = await coordinator.client.fetch_controllers()
        placed = coordinator.data.place_controllers(controllers.items)
        await self._publish(
            Feature.CONTROLLERS,
            Listing(placed, controllers.complete),
            lambda data, part: data.with_subjects(part.items),
        )
        snapshot = coordinator.data
        # A controller is missing only where its room would be known.
        removed = coordinator.presence.lists[RoomController].update(
            snapshot.of(RoomController),
            snapshot.place_controllers(controllers.items),
            complete=controllers.complete and snapshot.can_place_all(controllers.items),
        )
        coordinator.publish(
            snapshot.without_subjects(removed, confirmed=coordinator.presence.confirmed)
        )

    async def _publish[V](
        self,
        feature: Feature,
        listing: Listing[Mapping[str, V]],
        add: Callable[[Snapshot, Listing[Mapping[str, V]]], Snapshot],
    ) -> None:
        """Publish a list in parts, so that no other task has to wait for a thousand rooms."""
        coordinator = self._coordinator
        for items in batched(listing.items.items(), _AT_ONCE, strict=False):
            part = Listing(dict(items), complete=False)
            coordinator.publish(add(coordinator.data, part))
            await asyncio.sleep(0)
        if listing.complete:
            self._incomplete_since.pop(feature, None)
        else:
            since = self._incomplete_since.setdefault(feature, monotonic())
            if monotonic() - since >= _INCOMPLETE_SECONDS:
                self._expire(feature)
        coordinator.publish(add(coordinator.data, listing))
