"""The checks: correct states, a short log, and no growth of memory, tasks or listeners."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
import gc
import logging
from pathlib import Path
import re
import resource
from typing import Final, override

from homeassistant.const import EVENT_STATE_CHANGED, STATE_UNAVAILABLE
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from scripts.demo_home.office import account_ids
from simulator import Simulator

from .home import DOMAIN, Home

_PACKAGE: Final = f"custom_components.{DOMAIN}"
_IN_USE: Final = {"in_use": "on", "idle": "off"}
_DOWN: Final = re.compile(
    r"(?:Error|Timeout|Authentication failed).*?fetching (.*) data"
)
_UP: Final = re.compile(r"Fetching (.*) data recovered")
_EXPECTED: Final = re.compile(
    r"which has not been tested|falling back to zlib|not ready yet|could not authenticate"
    r"|the vendor limits|create another Zeroconf instance"
)
"""The permitted lines: outages, rate limits, custom integrations and restarts."""
_MAY_GROW: Final = {
    "MiB of memory": 1.15,
    "tasks": 1.0,
    "listeners": 1.0,
    # Some are created when first used, such as members of enumerations.
    "objects": 1.1,
}

type Held = dict[str, int]
"""The resources in use, by name; all but the memory are counted without a loaded account."""


def expected_states(sim: Simulator) -> dict[str, str]:
    """Return the states that follow from the vendors' own data, by unique id."""
    states: dict[str, str] = {}
    for vendor, rooms in sim.truth().items():
        account = account_ids(sim)[vendor]
        for room_id, status in rooms.items():
            states[f"{account}_{room_id}_status"] = status
            states[f"{account}_{room_id}_in_use"] = _IN_USE.get(status, "unknown")
        for status in _IN_USE:
            number = Counter(rooms.values())[status]
            states[f"{account}_rooms_{status}"] = str(number)
    return states


def wrong_states(shown: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    """Return the entities whose state is not as expected, and those of removed rooms."""
    wrong = [
        f"{unique_id} is {shown.get(unique_id)}, not {state}"
        for unique_id, state in expected.items()
        if shown.get(unique_id) != state
    ]
    removed = {each for each in shown if each.endswith("_in_use")} - expected.keys()
    return wrong + [f"{unique_id} is of no room" for unique_id in removed]


class Watch(logging.Handler):
    """Record the log, and when the entities of each account become unavailable or available."""

    def __init__(self) -> None:
        """Start with an empty record."""
        super().__init__()
        self.outages: defaultdict[str, list[str]] = defaultdict(list)
        """The changes "down" and "up" of each account, in order."""
        self._lines: list[tuple[int, str]] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Record a line, with its traceback."""
        self._lines.append((record.levelno, self.format(record)))

    def start(self, hass: HomeAssistant) -> None:
        """Record the log and one entity of each account: the number of idle rooms."""
        logging.getLogger().addHandler(self)
        logging.getLogger(_PACKAGE).setLevel(logging.INFO)

        @callback
        def note(event: Event[EventStateChangedData]) -> None:
            """Record that an account became unavailable or available."""
            states = event.data["old_state"], event.data["new_state"]
            entity = er.async_get(hass).async_get(event.data["entity_id"])
            if entity is None or not entity.unique_id.endswith("_rooms_idle"):
                return
            # A restored state belongs to an account that is not loaded.
            if any(each is None or "restored" in each.attributes for each in states):
                return
            was, is_now = (each and each.state == STATE_UNAVAILABLE for each in states)
            entry = hass.config_entries.async_get_entry(str(entity.config_entry_id))
            if entry is not None and was != is_now:
                self.outages[entry.title].append("down" if is_now else "up")

        hass.bus.async_listen(EVENT_STATE_CHANGED, note)

    @property
    def text(self) -> str:
        """Return the log."""
        return "\n".join(line for _, line in self._lines)

    def problems(self, accounts: Iterable[str]) -> list[str]:
        """Return tracebacks, unexpected lines, and outages that were not logged exactly once."""
        wrong = [
            line
            for level, line in self._lines
            if "Traceback (" in line
            or (
                level >= logging.WARNING
                and not _DOWN.match(line)
                and not _EXPECTED.search(line)
            )
        ]
        for account in accounts:
            logged = [
                word
                for _, line in self._lines
                for word, pattern in (("down", _DOWN), ("up", _UP))
                if (found := pattern.match(line)) and found[1] == account
            ]
            if logged != self.outages[account]:
                seen = self.outages[account]
                wrong.append(f"{account}: {logged} in the log, {seen} by its entities")
        return wrong


def growth(before: Held, now: Held) -> list[str]:
    """Return the resources that grew beyond their limit."""
    return [
        f"{name}: {before[name]}, then {now[name]}"
        for name, factor in _MAY_GROW.items()
        if now[name] > before[name] * factor
    ]


async def measure(home: Home) -> Held:
    """Unload the accounts, count the resources in use, and set the accounts up again."""
    gc.collect()
    held = {"MiB of memory": _resident() >> 20}
    for entry in home.entries:
        await home.hass.config_entries.async_unload(entry.entry_id)
    # Idle connections are closed by then.
    await asyncio.sleep(180)
    gc.collect()
    modules = (str(type(each).__module__) for each in gc.get_objects())
    held |= {
        "tasks": len(asyncio.all_tasks()),
        "listeners": sum(home.hass.bus.async_listeners().values()),
        "objects": sum(module.startswith(_PACKAGE) for module in modules),
    }
    for entry in home.entries:
        await home.hass.config_entries.async_setup(entry.entry_id)
    return held


def _resident() -> int:
    """Return the bytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize()
