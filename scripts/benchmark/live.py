"""Measure some minutes in a busy office: processor time, and the age of the statuses."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles
from time import process_time, time
from typing import Final

from homeassistant.setup import async_setup_component

from .home import Shown, add_account, start_home, watch_states
from .product import pages_of
from .rest import rest_config
from .stopwatch import Stopwatch
from .vendor import start_vendor

_SETTLE_SECONDS: Final = 45.0
"""The seconds after which Home Assistant has written its registries."""


@dataclass(frozen=True, slots=True)
class Life:
    """The results of the measurement."""

    cpu: float
    """Processor seconds a minute."""
    interval: float
    """Seconds from poll to poll."""
    age: float
    """The 95th percentile of the seconds from a room's change until it was shown."""
    block: float
    """The seconds of the longest iteration of the loop, the set-up included."""


async def live(
    rooms: int, minutes: float, stopwatch: Stopwatch, rest_interval: float = 0
) -> Life:
    """Let the account, or `rest` at an interval, poll a busy office for some minutes."""
    async with start_vendor(rooms, busy=True) as vendor, start_home() as hass:
        await asyncio.sleep(0)
        stopwatch.longest_block = 0.0
        if rest_interval:
            config = rest_config(vendor.office, vendor.rooms, rest_interval)
            await async_setup_component(hass, "rest", config)
            await hass.async_block_till_done()
        else:
            await add_account(hass, vendor)
        await asyncio.sleep(min(_SETTLE_SECONDS, minutes * 60))
        shown = watch_states(hass)
        started, cpu = time(), process_time()
        await asyncio.sleep(minutes * 60)
        cpu, ended = process_time() - cpu, time()
        block = stopwatch.longest_block
        observed = await vendor.observed()
    changes = [
        (f"{vendor.account_id}_{room_id}_status", status, at)
        for room_id, status, at in observed["changes"]
    ]
    first_pages = observed["lists"][:: len(pages_of(rooms))]
    intervals = [later - earlier for earlier, later in pairwise(first_pages)]
    return Life(
        cpu=cpu / minutes,
        interval=median(intervals or [0.0]),
        age=status_age(changes, shown, started, ended),
        block=block,
    )


def status_age(
    changes: Sequence[Shown], shown: Sequence[Shown], since: float, until: float
) -> float:
    """Return the 95th percentile of the seconds from a room's change until it was shown.

    Only changes between the two times count; one that was not shown by then counts as shown then.
    """
    ages = [
        min(
            at
            for unique_id, state, at in (*shown, (entity, status, until))
            if (unique_id, state) == (entity, status) and at >= changed
        )
        - changed
        for entity, status, changed in changes
        if since <= changed < until
    ]
    return quantiles(ages, n=20)[-1] if len(ages) > 1 else float("nan")
