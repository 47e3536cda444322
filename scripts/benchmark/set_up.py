"""What it costs to set rooms up: processor time and memory."""

import asyncio
import gc
from time import process_time
import tracemalloc
from typing import Any

from .bare import add_bare
from .target import Target


async def set_up(target: Target) -> dict[str, Any]:
    """Return the cost of setting the account up, or as many bare entities instead.

    With `trace`, the memory counts, after everything was fetched; else the processor time.
    """
    bare = target.options.get("bare")
    trace = target.options["trace"]
    await asyncio.sleep(0.5)
    gc.collect()
    if trace:
        tracemalloc.start()
    start = process_time()
    if bare is not None:
        await add_bare(target.hass, bare)
    else:
        await target.add_account()
    seconds = process_time() - start
    if trace and bare is None:
        await target.fetch_everything()
    gc.collect()
    return {
        "seconds": seconds,
        "bytes": tracemalloc.get_traced_memory()[0],
        "entities": [*target.entities()],
    }
