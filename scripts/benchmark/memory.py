"""How much memory this process takes."""

import gc
from pathlib import Path
import resource
import tracemalloc


def resident() -> int:
    """Return the bytes of this process that are in memory, what is garbage excluded."""
    gc.collect()
    pages = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(pages) * resource.getpagesize()


def allocated() -> int:
    """Return the bytes that Python's objects take; 0 unless they are traced."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
