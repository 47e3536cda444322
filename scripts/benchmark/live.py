"""What some minutes in a busy office cost, and how old the statuses are."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles
from time import process_time, time
from typing import Final

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from .home import add_account, start_home
from .product import pages_of
from .rest import rest_config
from .stopwatch import Stopwatch, without_garbage_collection
from .vendor import Vendor, start_vendor

type Change = tuple[str, str, float]
"""A room, its new status, and the Unix time."""

_SETTLE_SECONDS: Final = 45.0
"""After which Home Assistant has written its registries."""


@dataclass(frozen=True, slots=True)
class Life:
    """What was measured."""

    cpu: float
    """Processor seconds a minute."""
    interval: float
    """Seconds from poll to poll."""
    age: float
    """The 95th percentile of the seconds from a room's change until it was shown."""


async def live(rooms: int, minutes: float, rest_interval: float = 0) -> Life:
    """Let the account poll a busy office for some minutes, or `rest` at an interval."""
    async with start_vendor(rooms, busy=True) as vendor, start_home() as hass:
        if rest_interval:
            config = rest_config(vendor.office, vendor.rooms, rest_interval)
            await async_setup_component(hass, "rest", config)
            await hass.async_block_till_done()
        else:
            await add_account(hass, vendor)
        await asyncio.sleep(min(_SETTLE_SECONDS, minutes * 60))
        shown = _watch_statuses(hass, vendor)
        started, cpu = time(), process_time()
        await asyncio.sleep(minutes * 60)
        cpu = process_time() - cpu
        observed = await vendor.observed()
    first_pages = observed["lists"][:: len(pages_of(rooms))]
    intervals = [later - earlier for earlier, later in pairwise(first_pages)]
    return Life(
        cpu=cpu / minutes,
        interval=median(intervals or [0.0]),
        age=status_age(observed["changes"], shown, started, time()),
    )


async def live_with_many(
    rooms: int, minutes: float, stopwatch: Stopwatch
) -> tuple[float, float]:
    """Return the seconds of the longest block, and the age of a status."""
    with without_garbage_collection():
        await asyncio.sleep(0)
        stopwatch.longest_block = 0.0
        life = await live(rooms, minutes)
        return stopwatch.longest_block, life.age


def status_age(
    changes: Sequence[Change], shown: Sequence[Change], since: float, until: float
) -> float:
    """Return the 95th percentile of the seconds from a room's change until it was shown.

    Only changes between the two times count; one that was not shown by then counts as shown then.
    """
    ages = [
        min(
            at
            for room, word, at in (*shown, (room_id, status, until))
            if (room, word) == (room_id, status) and at >= changed
        )
        - changed
        for room_id, status, changed in changes
        if since <= changed < until
    ]
    return quantiles(ages, n=20)[-1] if len(ages) > 1 else float("nan")


def _watch_statuses(hass: HomeAssistant, vendor: Vendor) -> list[Change]:
    """Return a list that receives each change of a status from now on."""
    rooms = {f"{vendor.account_id}_{room}_status": room for room in vendor.rooms}
    registry = er.async_get(hass)
    shown: list[Change] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        """Note one change."""
        entity = registry.async_get(event.data["entity_id"])
        state = event.data["new_state"]
        if state is not None and entity is not None and entity.unique_id in rooms:
            at = event.time_fired_timestamp
            shown.append((rooms[entity.unique_id], state.state, at))

    hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    return shown
