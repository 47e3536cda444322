"""Run Home Assistant with the simulated vendors for a person to look at."""

import json
import shutil

from simulator import Simulator

from . import accounts, home
from .client import PASSWORD, USER, HomeClient, HomeError
from .office import SEED, forms

FOLDER = home.ROOT / ".demo"
SETTINGS = FOLDER / "simulator.json"


async def demo(port: int, simulator_port: int, rooms: int, speed: float) -> None:
    """Run until somebody ends it."""
    _forget_another_office({"rooms": rooms, "seed": SEED, "port": simulator_port})
    office = Simulator(rooms=rooms, seed=SEED, speed=speed, port=simulator_port)
    home.prepare(FOLDER, port)
    async with office, home.running(FOLDER, port) as running:
        await _add_missing(running.url, office)
        print(_welcome(running.url, office.url), flush=True)
        await running.process.wait()
        raise HomeError(f"Home Assistant ended by itself; see {running.output}")


def _forget_another_office(settings: dict[str, int]) -> None:
    """Start afresh when the accounts of the last time would not be there this time."""
    text = json.dumps(settings)
    if FOLDER.exists() and not (SETTINGS.exists() and SETTINGS.read_text() == text):
        shutil.rmtree(FOLDER)
    FOLDER.mkdir(exist_ok=True)
    SETTINGS.write_text(text)


async def _add_missing(url: str, office: Simulator) -> None:
    """Add the accounts that are not there yet."""
    async with HomeClient.connect(url) as client:
        missing = forms(office)
        if len(await accounts.configured(client)) == len(missing):
            return
        for vendor, form in missing.items():
            await accounts.add(client, vendor, form)


def _welcome(url: str, simulator_url: str) -> str:
    """Say where to look and what there is to see."""
    return f"""
Home Assistant   {url}
log in with      user {USER}, password {PASSWORD}
look at          {url}/config/integrations/integration/meeting_rooms
the vendors      {simulator_url}/_control/ (how to start a meeting, break a camera, …)

The office lives: rooms fill and empty by themselves. Ctrl-C ends everything;
the next start has the same home again.
"""
