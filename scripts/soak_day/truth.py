"""Hold what Home Assistant shows against what is true."""

from collections import Counter
from collections.abc import Mapping
import re
import time
from typing import Final

from scripts.demo_home.office import account_ids
from simulator import Simulator
from simulator.company.room import Room

from .home import Home
from .kinds import LISTERS, QUANSHI

_IN_USE: Final = {"in_use": "on", "idle": "off"}
_ONLINE: Final = {
    "in_use": "on",
    "idle": "on",
    "offline": "off",
    "not_logged_in": "off",
}
DIAGNOSTICS: Final = ("online", "cpu_usage")
"""The diagnostics of rooms that are compared, enabled however many rooms there are."""
_UNKNOWN: Final = "unknown"
_WINDOW_EDGE_SECONDS: Final = 3 * 3600
_BACK_SECONDS: Final = 12 * 3600


def live_truth(sim: Simulator) -> dict[str, str]:
    """Return what must be shown within seconds, by the unique id of the entity."""
    accounts, truth = account_ids(sim), sim.truth()
    true: dict[str, str] = {}
    for vendor, words in truth.items():
        account = accounts[vendor]
        for room_id, word in words.items():
            true[f"{account}_{room_id}_status"] = word
            true[f"{account}_{room_id}_in_use"] = _IN_USE.get(word, _UNKNOWN)
        counts = _counts(Counter(words.values()), offline=vendor in LISTERS)
        for word, number in counts.items():
            true[f"{account}_rooms_{word}"] = str(number)
    for event_id, word in _conferences(sim).items():
        true[f"{accounts[QUANSHI]}_event_{event_id}_status"] = word
    return true


def whole_truth(sim: Simulator) -> dict[str, str]:
    """Return what must be shown when everything was read, by the unique id of the entity."""
    true = live_truth(sim)
    for vendor in LISTERS:
        account = account_ids(sim)[vendor]
        for room in sim.company.rooms_of(vendor):
            word = room.status.label
            true[f"{account}_{room.room_id}_online"] = _ONLINE.get(word, _UNKNOWN)
            true[f"{account}_{room.room_id}_cpu_usage"] = _load(room)
    return true


def exists(sim: Simulator, identifier: str) -> bool:
    """Return whether a vendor has the room or the controller of a device."""
    accounts, truth = account_ids(sim), sim.truth()
    rooms = {
        f"{accounts[vendor]}_{room_id}" for vendor in truth for room_id in truth[vendor]
    }
    controllers = tuple(
        f"{accounts[vendor]}_controller_{room.properties.controller.rooms_id}_"
        for vendor in LISTERS
        for room in sim.company.rooms_of(vendor)
        if room.properties.controller is not None
    )
    return identifier in rooms or identifier.startswith(controllers)


def differences(home: Home, true: Mapping[str, str]) -> list[str]:
    """Return what is shown otherwise, what is missing, and rooms that should not be."""
    shown = home.shown()
    found = [
        f"{unique_id} is {shown.get(unique_id, 'missing')}, not {value}"
        for unique_id, value in true.items()
        if not _same(shown.get(unique_id), value)
    ]
    extra = [
        f"{unique_id} should not be"
        for unique_id in shown
        if unique_id.endswith("_in_use") and unique_id not in true
    ]
    return found + extra


def _same(shown: str | None, true: str) -> bool:
    """Return whether a state tells a value."""
    try:
        return shown is not None and float(shown) == float(true)
    except ValueError:
        return shown == true


def _counts(words: Counter[str], *, offline: bool) -> dict[str, int]:
    """Return what an account counts."""
    counts = {"idle": words["idle"], "in_use": words["in_use"]}
    if offline:
        counts["offline"] = words["offline"] + words["not_logged_in"]
    return counts


def _conferences(sim: Simulator) -> dict[str, str]:
    """Return the state of every conference that is surely followed.

    Which are followed goes by the time of Home Assistant, which goes on while the office's is held.
    """
    now = time.time()
    words = sim.company.quanshi.conference_truth()
    followed = {
        str(each.event_id)
        for each in sim.company.quanshi.bookings
        if not each.deleted
        and now - _BACK_SECONDS + _WINDOW_EDGE_SECONDS < each.end
        and each.start < now + _BACK_SECONDS
    }
    return {
        event_id: word
        for event_id, word in words.items()
        if event_id in followed and word != "removed"
    }


def _load(room: Room) -> str:
    """Return the load of a processor as a number."""
    told = re.search(r"\d+(\.\d+)?", room.cpu_usage)
    return _UNKNOWN if told is None else told[0]
