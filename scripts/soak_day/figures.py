"""Count what a running Home Assistant holds, to see whether any of it grows."""

import asyncio
from collections import Counter
from dataclasses import dataclass
import gc
from pathlib import Path
import resource
from typing import Any, Final

from homeassistant.const import (
    EVENT_HOMEASSISTANT_FINAL_WRITE,
    EVENT_HOMEASSISTANT_STARTED,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util.event_type import EventType
from scripts.demo_home.accounts import DOMAIN

from .home import Home
from .kinds import VENDORS

_REST_SECONDS: Final = 180.0
"""After which idle connections are closed."""
_PAGE_BYTES: Final = resource.getpagesize()
_MIB: Final = 2**20
_RESIDENT_TOLERANCE: Final = 0.15
_NOT_COUNTED: Final = (
    # A file waits to be written.
    EVENT_HOMEASSISTANT_FINAL_WRITE,
    # An account could not be set up while Home Assistant started: the core leaves that there.
    EVENT_HOMEASSISTANT_STARTED,
)
_LEFT_TOLERANCE: Final = 20
"""Objects of our own, such as the members of an enumeration that are made when first used."""

type Listeners = dict[EventType[Any] | str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What is held while all accounts are loaded and nothing is wrong."""

    entities: int
    followers: int
    """Followers of the coordinators' subjects that are no entity."""
    listeners: Listeners
    issues: int
    objects: int
    """Objects of the integration's own classes."""
    resident: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AtRest:
    """What is still held when all accounts are unloaded: nothing of theirs."""

    tasks: int
    sockets: int
    listeners: Listeners
    homes: int
    objects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is held, loaded and at rest."""

    loaded: Loaded
    at_rest: AtRest

    def rows(self) -> dict[str, str]:
        """Return the figures as they are printed."""
        loaded, rest = self.loaded, self.at_rest
        return {
            "enabled entities": f"{loaded.entities}",
            "followers without an entity": f"{loaded.followers}",
            "listeners of the bus": f"{sum(loaded.listeners.values())}",
            "objects of our classes": f"{loaded.objects}",
            "resident memory": f"{loaded.resident / _MIB:.0f} MiB",
            "open issues": f"{loaded.issues}",
            "unloaded: tasks": f"{rest.tasks}",
            "unloaded: open sockets": f"{rest.sockets}",
            "unloaded: listeners of the bus": f"{sum(rest.listeners.values())}",
            "unloaded: objects of our classes": f"{rest.objects}",
            "unloaded: Home Assistants": f"{rest.homes}",
        }

    def growth(self, begin: Figures, restarted: Figures) -> list[str]:
        """Return what is not where it began; memory, where it was after the restart.

        A process that has held two Home Assistants does not give back all of the first.
        """
        found = [
            f"{name}: {earlier}, then {now}"
            for name, earlier, now in (
                *_changed(begin.loaded, self.loaded, "followers", "issues"),
                *_changed(begin.at_rest, self.at_rest, "tasks", "sockets", "homes"),
                *_moved(begin.loaded.listeners, self.loaded.listeners),
                *_moved(begin.at_rest.listeners, self.at_rest.listeners),
            )
        ]
        if self.at_rest.objects > begin.at_rest.objects + _LEFT_TOLERANCE:
            found.append(f"{self.at_rest.objects} objects of ours left behind")
        most = restarted.loaded.resident * (1 + _RESIDENT_TOLERANCE)
        if self.loaded.resident > most:
            found.append(f"resident memory: {self.loaded.resident}, not {most:.0f}")
        return found


def _changed(begin: object, end: object, *names: str) -> list[tuple[str, Any, Any]]:
    """Return the figures that differ."""
    pairs = [(name, getattr(begin, name), getattr(end, name)) for name in names]
    return [each for each in pairs if each[1] != each[2]]


def _moved(begin: Listeners, end: Listeners) -> list[tuple[str, int, int]]:
    """Return the events of which there are more or fewer listeners."""
    pairs = [
        (f"listeners of {event}", begin.get(event, 0), end.get(event, 0))
        for event in begin.keys() | end.keys()
    ]
    return [each for each in pairs if each[1] != each[2]]


async def look(home: Home) -> Figures:
    """Look at a Home Assistant in which nothing is wrong; its accounts are loaded anew."""
    loaded = _loaded(home)
    await home.unload()
    await asyncio.sleep(_REST_SECONDS)
    kinds = _kinds()
    at_rest = AtRest(
        tasks=len(asyncio.all_tasks()),
        sockets=_sockets(),
        listeners=_listeners(home),
        homes=kinds[HomeAssistant],
        objects=_ours(kinds),
    )
    await home.set_up()
    return Figures(loaded=loaded, at_rest=at_rest)


def peak_mib() -> float:
    """Return the most memory that the process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _loaded(home: Home) -> Loaded:
    """Look at the loaded accounts."""
    objects = _ours(_kinds())
    return Loaded(
        entities=len(home.shown()),
        followers=_followers(home),
        listeners=_listeners(home),
        issues=sum(domain == DOMAIN for domain, _ in ir.async_get(home.hass).issues),
        objects=objects,
        resident=int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE_BYTES,
    )


def _kinds() -> Counter[type]:
    """Count the objects that are in use, by their class."""
    gc.collect()
    return Counter(type(each) for each in gc.get_objects())


def _ours(kinds: Counter[type]) -> int:
    """Count the objects of the integration's own classes."""
    package = f"custom_components.{DOMAIN}"
    return sum(
        number
        for kind, number in kinds.items()
        if str(kind.__module__).startswith(package)
    )


def _listeners(home: Home) -> Listeners:
    """Count the listeners of the bus, but for those of Home Assistant that are no growth."""
    listeners = home.hass.bus.async_listeners()
    for event in _NOT_COUNTED:
        listeners.pop(event, None)
    return listeners


def _followers(home: Home) -> int:
    """Count the followers of the coordinators' subjects that are no enabled entity."""
    entries = [home.entry(vendor) for vendor in VENDORS]
    followed = sum(
        following.key is not None
        for each in entries
        for following in each.runtime_data.async_contexts()
    )
    # An entity of the account itself follows no subject.
    accounts = {each.entry_id: each.unique_id for each in entries}
    return followed - sum(
        entity.disabled_by is None
        and unique_id
        != f"{accounts[str(entity.config_entry_id)]}_{entity.translation_key}"
        for unique_id, entity in home.entities.items()
    )


def _sockets() -> int:
    """Count the open sockets of this process, both ends of each connection."""
    number = 0
    for file in Path("/proc/self/fd").iterdir():
        try:
            number += file.readlink().name.startswith("socket:")
        except FileNotFoundError:
            continue
    return number
