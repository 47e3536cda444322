"""Run Home Assistant with the simulated vendors interactively."""

import json
import shutil

from simulator import Simulator

from . import accounts, home, server
from .client import HomeClient, HomeError
from .equipment import EquippedHome
from .furnishing import AREAS, furnish
from .guide import guide
from .office import SEED, account_ids, forms
from .stage import VENDOR, Stage, staged

FOLDER = home.ROOT / ".demo"
SETTINGS = FOLDER / "simulator.json"


async def demo(
    port: int,
    simulator_port: int,
    *,
    rooms: int,
    speed: float,
    language: str | None,
    fresh: bool,
) -> None:
    """Run until stopped."""
    if fresh and FOLDER.exists():
        shutil.rmtree(FOLDER)
    _require_same_port(simulator_port)
    stored = home.stored_language(FOLDER)
    chosen = language or stored or home.DEFAULT_LANGUAGE
    home.prepare(FOLDER, port, language=chosen)
    office = Simulator(rooms=rooms, seed=SEED, speed=speed, port=simulator_port)
    async with office, staged(office) as stage, server.running(FOLDER, port) as running:
        async with HomeClient.connect(running.url, chosen) as client:
            if language not in {None, stored}:
                await client.choose_language(chosen)
            if not SETTINGS.exists():
                await _set_up(client, office, stage, simulator_port, chosen)
            entities = json.loads(SETTINGS.read_text("utf-8")).get("entities")
            if entities:
                await client.wait_until_started()
                stage.play(EquippedHome(client, entities, chosen))
            print(guide(chosen, running.url, office.url, forms(office)), flush=True)
            await running.process.wait()
        raise HomeError(f"Home Assistant stopped unexpectedly; see {running.output}")


def _require_same_port(simulator_port: int) -> None:
    """Raise HomeError when the accounts in the folder use another address."""
    if not SETTINGS.exists():
        return
    used = json.loads(SETTINGS.read_text("utf-8"))["port"]
    if used != simulator_port:
        raise HomeError(
            f"the accounts in {FOLDER} use port {used}; start with"
            f" --simulator-port {used}, or with --fresh"
        )


async def _set_up(
    client: HomeClient, office: Simulator, stage: Stage, port: int, language: str
) -> None:
    """Add accounts and equipment once, so that what is deleted later stays deleted."""
    for vendor, form in forms(office).items():
        await accounts.add(client, vendor, form, AREAS)
    account = account_ids(office)[VENDOR]
    entities = await furnish(client, account, stage.rooms(), language)
    SETTINGS.write_text(json.dumps({"port": port, "entities": entities}), "utf-8")
