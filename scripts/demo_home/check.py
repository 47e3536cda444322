"""Check in a temporary folder that Home Assistant shows the simulated rooms correctly."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
import json
from pathlib import Path
import re
from tempfile import TemporaryDirectory
from time import monotonic

from simulator import Simulator

from . import accounts, home, server
from .booking import check_booking
from .client import HomeClient, HomeError, HomeSocket
from .equipment import EquippedHome
from .furnishing import AREAS, furnish
from .log_errors import log_errors
from .office import SEED, account_ids, forms, start_a_meeting, true_statuses
from .rooms import HEADER, AccountView, view_accounts
from .scenes import SCENES
from .sightings import watch
from .stage import VENDOR, Stage, staged
from .texts import load_texts

TIME_LIMIT = 480
SIGHTINGS_TIMEOUT = 330
SETTLE_TIMEOUT = 90
CHANGE_TIMEOUT = 120
SCRIPT = re.compile(r"/frontend_latest/[\w.-]+\.js")

type Test = Callable[[list[AccountView]], list[str]]


async def check(
    port: int | None, simulator_port: int, *, rooms: int, language: str
) -> None:
    """Raise HomeError for the first difference from what is expected."""
    started = monotonic()
    # Speed 0: only the scenes and the check change rooms, so that all of them can be compared.
    office = Simulator(rooms=rooms, seed=SEED, speed=0, port=simulator_port)
    with TemporaryDirectory(prefix="meeting-rooms-") as folder:
        async with asyncio.timeout(TIME_LIMIT), office, staged(office) as stage:
            if len(stage.actors) < len(SCENES):
                raise HomeError(
                    "too few rooms for all scenes; choose more with --rooms"
                )
            print(f"simulator: {office.url}")
            async with _new_home(Path(folder), port, language) as running:
                await _run_steps(running, office, stage, language)
    print(f"ok, after {monotonic() - started:.0f} seconds")


@asynccontextmanager
async def _new_home(
    folder: Path, port: int | None, language: str
) -> AsyncIterator[server.Home]:
    """Run a new Home Assistant, and print the errors of its log when the check fails."""
    port = port or home.free_port()
    home.prepare(folder, port, language=language)
    try:
        async with server.running(folder, port) as running:
            print(f"Home Assistant: {running.url}, {language}")
            yield running
    except Exception:
        log = server.log_of(folder)
        print(*(log_errors(log) or log.splitlines()[-20:]), sep="\n")
        raise


async def _run_steps(
    running: server.Home, office: Simulator, stage: Stage, language: str
) -> None:
    """Add the accounts, and compare rooms, language, changes, secrets and log."""
    async with HomeClient.connect(running.url, language) as client:
        print("onboarding: owner created, logged in")
        print(f"frontend: {await _load_frontend(client)} scripts loaded")
        for vendor, form in forms(office).items():
            title = await accounts.add(client, vendor, form, AREAS)
            print(f"added: {title} ({vendor})")
        await _play_at_home(client, office, stage, language)
        ready = monotonic()
        async with client.websocket() as socket:
            views = await _wait(
                socket, lambda views: _differences(views, office), SETTLE_TIMEOUT
            )
            print(HEADER, *views, sep="\n")
            await _check_language(socket, language)
            await _check_changes(socket, office)
            account = account_ids(office)[VENDOR]
            await check_booking(socket, office, account)
            await watch(socket, stage, account, ready, ready + SIGHTINGS_TIMEOUT)
            await _check_secrets(socket, running, office)
    if found := log_errors(running.log):
        raise HomeError("errors in the log:\n" + "\n".join(found))
    print("no error in the log, no secret in a state, a registry or the log")


async def _play_at_home(
    client: HomeClient, office: Simulator, stage: Stage, language: str
) -> None:
    """Create the presence sensors and the calendar, and start the scenes with them."""
    account = account_ids(office)[VENDOR]
    entities = await furnish(client, account, stage.rooms(), language)
    stage.play(EquippedHome(client, entities, language))
    print(f"created and linked: {', '.join(entities.values())}")


async def _load_frontend(client: HomeClient) -> int:
    """Load the page and its scripts, and return the number of scripts."""
    scripts = set(SCRIPT.findall(await client.page("/")))
    for script in scripts:
        await client.page(script)
    if not scripts:
        raise HomeError("the page of the frontend has no script")
    return len(scripts)


async def _wait(
    socket: HomeSocket, differences: Test, timeout: float
) -> list[AccountView]:
    """Wait until no difference is left, and return the accounts."""
    end = monotonic() + timeout
    while True:
        views = await view_accounts(socket)
        if not (left := differences(views)):
            return views
        if monotonic() > end:
            shown = "\n".join([HEADER, *map(str, views), *left[:20]])
            raise HomeError(f"still different after {timeout} seconds:\n{shown}")
        await asyncio.sleep(1)


def _differences(views: list[AccountView], office: Simulator) -> list[str]:
    """Compare the status of each room with the simulator."""
    shown = {name: state for view in views for name, state in view.statuses.items()}
    truth = true_statuses(office)
    # Quanshi reports only rooms that a conference is held in.
    held = {
        name: status for name, status in truth.pop("quanshi").items() if name in shown
    }
    expected = {
        name: status for rooms in truth.values() for name, status in rooms.items()
    }
    found = [
        f"{name} is {shown.get(name, 'missing')}, not {status}"
        for name, status in (expected | held).items()
        if shown.get(name) != status
    ]
    found += [
        f"{name} is unexpected" for name in shown.keys() - (expected | held).keys()
    ]
    return found if held else [*found, "no room of Quanshi"]


async def _check_language(socket: HomeSocket, language: str) -> None:
    """Compare the language of Home Assistant and the names of its entities."""
    configured = (await socket.command("get_config"))["language"]
    if configured != language:
        raise HomeError(f"Home Assistant uses {configured}, not {language}")
    entities = await socket.command("config/entity_registry/list")
    shown = {
        entity["original_name"]
        for entity in entities
        if entity["platform"] == accounts.DOMAIN
        and entity["translation_key"] == "status"
    }
    name = load_texts(language)["entity"]["sensor"]["status"]["name"]
    if shown != {name}:
        raise HomeError(f"the status is named {shown}, not {name}")
    print(f"language: {language}, the status is named {name}")


async def _check_changes(socket: HomeSocket, office: Simulator) -> None:
    """Start meetings, and wait until Home Assistant shows them."""
    started = monotonic()
    vendors = ("tencent_meeting", "wecom")
    started_in = [start_a_meeting(office, vendor) for vendor in vendors]
    await _wait(socket, lambda views: _differences(views, office), CHANGE_TIMEOUT)
    print(
        f"meetings started in rooms {' and '.join(started_in)}:"
        f" in use after {monotonic() - started:.0f} seconds"
    )


async def _check_secrets(
    socket: HomeSocket, running: server.Home, office: Simulator
) -> None:
    """Search states, registries and the log for secrets."""
    texts = [
        await socket.command("get_states"),
        await socket.command("config/device_registry/list"),
        await socket.command("config/entity_registry/list"),
    ]
    text = json.dumps(texts, ensure_ascii=False) + running.log
    if office.canaries.found_in(text):
        raise HomeError("a secret appears in a state, a registry or the log")
