"""Start the probes, each in processes of its own, and gather what they found."""

import asyncio
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import json
import os
from pathlib import Path
import sys
from tempfile import TemporaryDirectory
from typing import Any

from .folder import ROOT, prepare

type Figures = dict[str, Any]


class ProbeFailed(Exception):
    """A probe ended without figures."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Which copy of the integration is measured, and for how long."""

    component: Path
    minutes: float

    async def run(self, probe: str, rooms: int, *flags: str, **options: Any) -> Figures:
        """Run a probe beside an office of its own, and return what it found."""
        with TemporaryDirectory() as name:
            folder = Path(name)
            prepare(folder, self.component)
            async with _office(rooms) as company:
                told = options | {"company": company, "minutes": self.minutes}
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-P", "-m", "scripts.benchmark.child"),
                    *(probe, str(folder), *flags),
                    env=os.environ | {"PYTHONPATH": _path(folder)},
                    cwd=ROOT,
                    stdin=PIPE,
                    stdout=PIPE,
                )
                output, _ = await process.communicate(json.dumps(told).encode())
        if process.returncode:
            raise ProbeFailed(f"{probe} with {rooms} rooms ended without figures")
        figures: Figures = json.loads(output)
        return figures


def _path(folder: Path) -> str:
    """Return where a child looks for modules: the folder's integrations come first."""
    inherited = os.environ.get("PYTHONPATH", "")
    return os.pathsep.join(part for part in (str(folder), str(ROOT), inherited) if part)


@asynccontextmanager
async def _office(rooms: int) -> AsyncIterator[Figures]:
    """Run the vendor until the block ends, and say where it is."""
    process: Process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "scripts.benchmark.office", "--rooms", str(rooms)),
        cwd=ROOT,
        stdout=PIPE,
        limit=2**20,
    )
    assert process.stdout is not None
    try:
        company: Figures = json.loads(await process.stdout.readline())
        yield company
    finally:
        process.terminate()
        await process.wait()
