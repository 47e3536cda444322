"""Start everything afresh, look whether Home Assistant shows what is true, and say so."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
import json
from pathlib import Path
import re
from tempfile import TemporaryDirectory
from time import monotonic

from simulator import Simulator

from . import accounts, home
from .client import HomeClient, HomeError, HomeSocket
from .complaints import complaints
from .office import SEED, forms, start_a_meeting, true_statuses
from .rooms import HEADER, AccountView, view_accounts

TIME_LIMIT = 360
SETTLE_TIMEOUT = 90
CHANGE_TIMEOUT = 120
SCRIPT = re.compile(r"/frontend_latest/[\w.-]+\.js")

type Test = Callable[[list[AccountView]], list[str]]


async def check(port: int | None, simulator_port: int, rooms: int) -> None:
    """Raise HomeError with the first thing that is not as it must be."""
    started = monotonic()
    # A frozen office: nothing changes but what is changed by hand, so all rooms can be compared.
    office = Simulator(rooms=rooms, seed=SEED, speed=0, port=simulator_port)
    with TemporaryDirectory(prefix="meeting-rooms-") as folder:
        async with asyncio.timeout(TIME_LIMIT), office:
            print(f"simulator: {office.url}")
            async with _fresh_home(Path(folder), port) as running:
                await _drive(running, office)
    print(f"ok, after {monotonic() - started:.0f} seconds")


@asynccontextmanager
async def _fresh_home(folder: Path, port: int | None) -> AsyncIterator[home.Home]:
    """Run a new Home Assistant; when something goes wrong, show what its log says of it."""
    port = port or home.free_port()
    home.prepare(folder, port)
    try:
        async with home.running(folder, port) as running:
            print(f"Home Assistant: {running.url}")
            yield running
    except Exception:
        log = home.log_of(folder)
        print(*(complaints(log) or log.splitlines()[-20:]), sep="\n")
        raise


async def _drive(running: home.Home, office: Simulator) -> None:
    """Do what a person would do on the first day, and look at the result."""
    async with HomeClient.connect(running.url) as client:
        print("onboarded and logged in")
        print(f"frontend: {await _load_frontend(client)} scripts of its page load")
        for vendor, form in forms(office).items():
            print(f"added: {await accounts.add(client, vendor, form)} ({vendor})")
        async with client.websocket() as socket:
            views = await _wait(
                socket, lambda views: _differences(views, office), SETTLE_TIMEOUT
            )
            print(HEADER, *views, sep="\n")
            await _see_changes(socket, office)
            await _look_for_secrets(socket, running, office)
    if found := complaints(running.log):
        raise HomeError("the log complains:\n" + "\n".join(found))
    print("the log has no error of ours, and no secret is to be seen anywhere")


async def _load_frontend(client: HomeClient) -> int:
    """Load the page and the scripts that it names."""
    scripts = set(SCRIPT.findall(await client.page("/")))
    for script in scripts:
        await client.page(script)
    if not scripts:
        raise HomeError("the page of the frontend names no script")
    return len(scripts)


async def _wait(
    socket: HomeSocket, differences: Test, timeout: float
) -> list[AccountView]:
    """Wait until there is no difference any more, and return what is seen then."""
    end = monotonic() + timeout
    while True:
        views = await view_accounts(socket)
        if not (left := differences(views)):
            return views
        if monotonic() > end:
            shown = "\n".join([HEADER, *map(str, views), *left[:20]])
            raise HomeError(f"not right after {timeout} seconds:\n{shown}")
        await asyncio.sleep(1)


def _differences(views: list[AccountView], office: Simulator) -> list[str]:
    """Compare Home Assistant with the truth, room by room."""
    shown = {name: state for view in views for name, state in view.statuses.items()}
    truth = true_statuses(office)
    # Of Quanshi's rooms only those appear that a conference is held in.
    held = {name: word for name, word in truth.pop("quanshi").items() if name in shown}
    expected = {name: word for words in truth.values() for name, word in words.items()}
    found = [
        f"{name} is {shown.get(name, 'missing')}, not {word}"
        for name, word in (expected | held).items()
        if shown.get(name) != word
    ]
    found += [
        f"{name} should not be" for name in shown.keys() - (expected | held).keys()
    ]
    return found if held else [*found, "no room of Quanshi"]


async def _see_changes(socket: HomeSocket, office: Simulator) -> None:
    """Start meetings, and wait until Home Assistant has found out by itself."""
    started = monotonic()
    vendors = ("tencent_meeting", "wecom")
    started_in = [start_a_meeting(office, vendor) for vendor in vendors]
    await _wait(socket, lambda views: _differences(views, office), CHANGE_TIMEOUT)
    print(
        f"meetings started in rooms {' and '.join(started_in)}:"
        f" in use {monotonic() - started:.0f} seconds later"
    )


async def _look_for_secrets(
    socket: HomeSocket, running: home.Home, office: Simulator
) -> None:
    """Search everything that a person may see or send to somebody."""
    seen = [
        await socket.command("get_states"),
        await socket.command("config/device_registry/list"),
        await socket.command("config/entity_registry/list"),
    ]
    text = json.dumps(seen, ensure_ascii=False) + running.log
    if office.canaries.found_in(text):
        raise HomeError("a secret is to be seen in a state, a registry or the log")
