"""Start and stop a real Home Assistant."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
import os
from pathlib import Path
import sys
from time import monotonic

import aiohttp

from .client import HomeError
from .home import LOOPBACK

START_TIMEOUT = 120
STOP_TIMEOUT = 30


@dataclass(frozen=True, slots=True)
class Home:
    """A running Home Assistant."""

    folder: Path
    url: str
    process: Process

    @property
    def output(self) -> Path:
        """Return the file with the output of Home Assistant."""
        return output_of(self.folder)

    @property
    def log(self) -> str:
        """Return the output of Home Assistant so far."""
        return log_of(self.folder)


def output_of(folder: Path) -> Path:
    """Return the file with the output of Home Assistant."""
    return folder / "home-assistant.out"


def log_of(folder: Path) -> str:
    """Return the output of the Home Assistant in a folder."""
    return output_of(folder).read_text("utf-8", errors="replace")


@asynccontextmanager
async def running(
    folder: Path, port: int, *, module: str = "homeassistant"
) -> AsyncIterator[Home]:
    """Run Home Assistant, or a module that does so, until the block ends."""
    with output_of(folder).open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module),
            *("--config", folder, "--skip-pip", "--log-no-color"),
            env=os.environ | {"SETUP_PORT": str(port)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # Ctrl-C must reach this process only, which then stops Home Assistant.
            start_new_session=True,
        )
    home = Home(folder, f"http://{LOOPBACK}:{port}", process)
    try:
        await _wait_until_up(process, home.url)
        yield home
    finally:
        await _stop(process)


async def _wait_until_up(process: Process, url: str) -> None:
    """Wait until Home Assistant serves requests."""
    end = monotonic() + START_TIMEOUT
    async with aiohttp.ClientSession() as session:
        while monotonic() < end:
            if process.returncode is not None:
                raise HomeError(
                    f"Home Assistant exited during start ({process.returncode})"
                )
            if await _is_up(session, url):
                return
            await asyncio.sleep(0.2)
    raise HomeError(f"Home Assistant did not start within {START_TIMEOUT} seconds")


async def _is_up(session: aiohttp.ClientSession, url: str) -> bool:
    """Return whether a file that needs no login is served."""
    try:
        async with session.get(f"{url}/manifest.json") as response:
            return response.ok
    except aiohttp.ClientError:
        return False


async def _stop(process: Process) -> None:
    """Terminate Home Assistant, and kill it when it does not stop in time."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_TIMEOUT):
                await process.wait()
    finally:
        # Also when the wait is cancelled.
        if process.returncode is None:
            process.kill()
