"""Start and stop a real Home Assistant in a folder of its own."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
import json
import os
from pathlib import Path
import socket
import sys
from time import monotonic

import aiohttp

from .client import HomeError

LOOPBACK = "127.0.0.1"
ROOT = Path(__file__).parents[2]
START_TIMEOUT = 120
STOP_TIMEOUT = 30

CONFIGURATION = """\
# Made by scripts/demo. Home Assistant keeps its own settings beside this file.
homeassistant:
  name: Demo office
  country: CN
  currency: CNY
  latitude: 22.54
  longitude: 113.95
  elevation: 0
  time_zone: Asia/Shanghai
  unit_system: metric
frontend:
history:
logbook:
automation: !include automations.yaml
logger:
  default: warning
  logs:
    custom_components.meeting_rooms: LOG_LEVEL
"""


def prepare(folder: Path, port: int, log_level: str = "info") -> None:
    """Write what Home Assistant must find at its start; keep what it wrote itself."""
    storage = folder / ".storage"
    storage.mkdir(parents=True, exist_ok=True)
    configuration = CONFIGURATION.replace("LOG_LEVEL", log_level)
    (folder / "configuration.yaml").write_text(configuration, "utf-8")
    automations = folder / "automations.yaml"
    if not automations.exists():
        automations.write_text("[]\n", "utf-8")
    link = folder / "custom_components"
    link.unlink(missing_ok=True)
    link.symlink_to(ROOT / "custom_components")
    _write_http(storage, port)
    _write_onboarding(storage)


def _write_http(storage: Path, port: int) -> None:
    """Listen on loopback only."""
    listen = {
        "server_host": [LOOPBACK],
        "server_port": port,
        "cors_allowed_origins": ["https://cast.home-assistant.io"],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": True,
        "ssl_profile": "modern",
        "use_x_frame_options": True,
        "created_at": "2026-01-01T00:00:00+00:00",
        "error": None,
        "error_message": None,
    }
    store = {"stable": listen, "pending": None, "yaml_migration_done": True}
    _write_store(storage / "http", 2, 2, store)


def _write_onboarding(storage: Path) -> None:
    """Leave only the owner to the onboarding: its other steps add integrations that need the internet."""
    path = storage / "onboarding"
    if not path.exists():
        done = ["core_config", "analytics", "integration"]
        _write_store(path, 4, 1, {"done": done})


def _write_store(
    path: Path, version: int, minor_version: int, content: Mapping[str, object]
) -> None:
    """Write a file in the form of Home Assistant's storage."""
    store = {
        "version": version,
        "minor_version": minor_version,
        "key": path.name,
        "data": content,
    }
    path.write_text(json.dumps(store, indent=2), "utf-8")


def is_free(port: int) -> bool:
    """Tell whether a port of the loopback interface can be listened on."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Home:
    """A running Home Assistant."""

    folder: Path
    url: str
    process: Process

    @property
    def output(self) -> Path:
        """Return the file that takes what Home Assistant prints."""
        return output_of(self.folder)

    @property
    def log(self) -> str:
        """Return what Home Assistant has printed so far."""
        return log_of(self.folder)


def output_of(folder: Path) -> Path:
    """Return the file that takes what Home Assistant prints."""
    return folder / "home-assistant.out"


def log_of(folder: Path) -> str:
    """Read what Home Assistant printed into its folder."""
    return output_of(folder).read_text("utf-8", errors="replace")


@asynccontextmanager
async def running(folder: Path, port: int) -> AsyncIterator[Home]:
    """Run Home Assistant until the block ends."""
    with output_of(folder).open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("hass"),
            *("--config", folder, "--skip-pip", "--log-no-color"),
            env=os.environ | {"SETUP_PORT": str(port)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # Ctrl-C is for this process, which then ends that one.
            start_new_session=True,
        )
    home = Home(folder, f"http://{LOOPBACK}:{port}", process)
    try:
        await _answers(process, home.url)
        yield home
    finally:
        await _stop(process)


async def _answers(process: Process, url: str) -> None:
    """Wait until Home Assistant answers."""
    end = monotonic() + START_TIMEOUT
    async with aiohttp.ClientSession() as session:
        while monotonic() < end:
            if process.returncode is not None:
                raise HomeError(f"Home Assistant ended at once ({process.returncode})")
            if await _is_up(session, url):
                return
            await asyncio.sleep(0.2)
    raise HomeError(f"Home Assistant did not answer within {START_TIMEOUT} seconds")


async def _is_up(session: aiohttp.ClientSession, url: str) -> bool:
    """Ask for something that needs no login."""
    try:
        async with session.get(f"{url}/manifest.json") as response:
            return response.ok
    except aiohttp.ClientError:
        return False


async def _stop(process: Process) -> None:
    """End Home Assistant, cleanly if it lets itself be ended so."""
    if process.returncode is not None:
        return
    process.terminate()
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_TIMEOUT):
                await process.wait()
    finally:
        # Also when somebody does not want to wait that long.
        if process.returncode is None:
            process.kill()
