"""Measure processor time and memory of the set-up, relative to as many bare entities."""

import gc
from statistics import median
from time import process_time
import tracemalloc

from .bare import add_bare
from .home import add_account, fetch_everything, list_entities, start_home
from .product import without_limits
from .vendor import start_vendor


async def compare_set_up(rooms: int, times: int) -> float:
    """Return the processor time of the set-up relative to that of bare entities."""
    ratios = []
    for _ in range(times):
        async with start_vendor(rooms) as vendor, start_home() as hass:
            start = process_time()
            await add_account(hass, vendor)
            seconds = process_time() - start
            entities = [*list_entities(hass)]
        async with start_home() as hass:
            start = process_time()
            await add_bare(hass, entities)
            ratios.append(seconds / (process_time() - start))
    return median(ratios)


async def compare_memory(rooms: int) -> float:
    """Return the bytes for each room beyond bare entities, once everything is fetched."""
    tracemalloc.start()
    async with start_vendor(rooms) as vendor, start_home() as hass:
        ours = -_allocated()
        with without_limits():
            await add_account(hass, vendor)
        await fetch_everything(hass, vendor)
        ours += _allocated()
        entities = [*list_entities(hass)]
    async with start_home() as hass:
        bare = -_allocated()
        await add_bare(hass, entities)
        bare += _allocated()
    tracemalloc.stop()
    return (ours - bare) / rooms


def _allocated() -> int:
    """Return the bytes that Python's objects occupy."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
