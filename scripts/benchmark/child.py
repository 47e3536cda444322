"""Run one probe in this process, and print what it found."""

import argparse
from functools import partial
import json
import logging
from pathlib import Path
import sys
import tracemalloc
from typing import Any

from homeassistant.core import HomeAssistant

from .blocks import Blocks
from .company import Company
from .home import run
from .office_client import ask
from .probes import PROBES, Figures


def main() -> None:
    """Take the probe's name and folder from the command line, and its options from stdin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("probe", choices=PROBES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--trace", action="store_true")
    arguments = parser.parse_args()
    options: dict[str, Any] = json.load(sys.stdin)
    logging.basicConfig(level=logging.WARNING)
    # That these are custom integrations is known here.
    logging.getLogger("homeassistant.loader").setLevel(logging.ERROR)
    probe = partial(_look, arguments.probe, options, trace=arguments.trace)
    print(json.dumps(run(probe, arguments.folder)))


async def _look(
    name: str,
    options: dict[str, Any],
    hass: HomeAssistant,
    blocks: Blocks,
    *,
    trace: bool,
) -> Figures:
    """Let the probe look, once nothing has to be loaded for it any more."""
    company = Company.read(options["company"])
    await ask(hass, company, "GET", "requests")
    if trace:
        tracemalloc.start()
    return await PROBES[name](hass, blocks, company, options)


main()
