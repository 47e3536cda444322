"""What it costs to set rooms up, in time and in memory."""

import asyncio
from collections.abc import Awaitable
from time import perf_counter, process_time
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from . import memory
from .accounts import add_account, list_entities, read_everything, without_limits
from .bare import add_bare, specs_of
from .blocks import Blocks
from .company import Company
from .rest_config import rest_config

type Figures = dict[str, Any]


async def set_up_ours(
    hass: HomeAssistant, blocks: Blocks, company: Company, options: Figures
) -> Figures:
    """Set the integration up, and let it read everything."""
    del options
    before = memory.resident(), memory.allocated()
    figures, entry = await _timed(blocks, add_account(hass, company))
    async with without_limits(hass, entry, company):
        later, _ = await _timed(blocks, read_everything(hass, entry))
    figures |= {
        name: max(figures[name], later[name]) for name in ("block", "block_garbage")
    }
    figures |= _taken(before)
    return figures | {"entities": list_entities(hass, company)}


async def set_up_bare(
    hass: HomeAssistant, blocks: Blocks, company: Company, options: Figures
) -> Figures:
    """Add the same number of bare entities."""
    del company
    specs = specs_of(options["entities"])
    before = memory.resident(), memory.allocated()
    figures, _ = await _timed(blocks, add_bare(hass, specs))
    return figures | _taken(before)


async def set_up_rest(
    hass: HomeAssistant, blocks: Blocks, company: Company, options: Figures
) -> Figures:
    """Set the same rooms up with `rest`."""
    del options
    before = memory.resident(), memory.allocated()
    figures, _ = await _timed(blocks, add_rest(hass, company))
    return figures | _taken(before)


async def add_rest(hass: HomeAssistant, company: Company) -> None:
    """Set `rest` up, and return when all its entities are there."""
    await async_setup_component(hass, "rest", rest_config(company))
    await hass.async_block_till_done()


async def _timed[T](blocks: Blocks, work: Awaitable[T]) -> tuple[Figures, T]:
    """Return what it costs to set something up, and what came of it."""
    await asyncio.sleep(0.5)
    blocks.reset()
    wall, cpu = perf_counter(), process_time()
    outcome = await work
    figures = {"seconds": perf_counter() - wall, "cpu": process_time() - cpu}
    await asyncio.sleep(0)
    return figures | blocks.figures(), outcome


def _taken(before: tuple[int, int]) -> Figures:
    """Return the memory that was taken since."""
    now = memory.resident(), memory.allocated()
    return {"resident": now[0] - before[0], "allocated": now[1] - before[1]}
