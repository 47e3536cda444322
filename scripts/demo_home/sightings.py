"""Watch the availability of the rooms in which scenes are played."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from time import monotonic

from .client import HomeError, HomeSocket
from .stage import Actor, Stage

INTERVAL = 1
LINE = "{:>5}  {:<13}  until {:<8}  next {:<8}  {}"


async def watch(
    socket: HomeSocket, stage: Stage, account: str, ready: float, end: float
) -> None:
    """Wait until each room has been seen in the state that its scene is about.

    `account` is the unique id of the rooms' account. Print each room as it was seen, with the
    time since `ready`.
    """
    missing = [*stage.actors]
    while missing:
        states = await _states(socket)
        now = monotonic()
        for actor in [*missing]:
            if _state(states, account, actor, "availability") == actor.scene.shows:
                missing.remove(actor)
                minutes, seconds = divmod(int(now - ready), 60)
                time = f"{minutes}:{seconds:02}"
                print(_line(time, states, account, actor), flush=True)
        if missing and now > end:
            shown = [_line("now", states, account, actor) for actor in missing]
            wanted = ", ".join(actor.scene.shows for actor in missing)
            raise HomeError("\n".join([f"rooms were never {wanted}:", *shown]))
        await asyncio.sleep(INTERVAL)


async def _states(socket: HomeSocket) -> dict[str, str]:
    """Return the state of each registered entity by its unique id."""
    states = {
        each["entity_id"]: each["state"] for each in await socket.command("get_states")
    }
    return {
        entity["unique_id"]: states.get(entity["entity_id"], "missing")
        for entity in await socket.command("config/entity_registry/list")
    }


def _state(states: Mapping[str, str], account: str, actor: Actor, key: str) -> str:
    """Return the state of an entity of a room."""
    return states.get(f"{account}_{actor.room_id}_{key}", "missing")


def _line(time: str, states: Mapping[str, str], account: str, actor: Actor) -> str:
    """Describe a room in one line."""
    state, until, following = (
        _state(states, account, actor, key)
        for key in ("availability", "until", "next_meeting_start")
    )
    return LINE.format(time, state, _clock(until), _clock(following), actor.name)


def _clock(state: str) -> str:
    """Return the local time of a timestamp."""
    try:
        return f"{datetime.fromisoformat(state).astimezone():%H:%M:%S}"
    except ValueError:
        return state
