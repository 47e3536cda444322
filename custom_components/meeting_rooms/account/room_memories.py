"""What is remembered of an account's rooms across restarts: times, counts and booking ids."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..const import DOMAIN, LOGGER
from ..rooms.observation import RoomMemory
from ..rooms.schedule import Span
from ..rooms.usage import Usage
from ..rooms.uses import Use, with_use
from .storage import LOAD_ERRORS

_STORAGE_VERSION: Final = 1
_SAVE_DELAY_SECONDS: Final = 60
_SHORT_STOP: Final = timedelta(minutes=5)
"""How long Home Assistant may have been stopped for a use to go on."""

type _Stored = dict[str, Any]


class RoomMemories:
    """Load and save the memory of each room of one account."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Start without a memory."""
        self._store: Store[_Stored] = Store(
            hass, _STORAGE_VERSION, f"{DOMAIN}.rooms_{entry_id}"
        )
        self._memories: dict[str, RoomMemory] = {}
        self._usable_file = True
        self._saves_soon = False

    def __getitem__(self, room_id: str) -> RoomMemory:
        """Return the memory of a room, an empty one for a new room."""
        return self._memories.get(room_id, _NOTHING)

    @callback
    def remember(self, room_id: str, memory: RoomMemory) -> None:
        """Set the memory of a room, and save it soon if it has changed."""
        if memory != self[room_id]:
            self._memories[room_id] = memory
            self._save_soon()

    @callback
    def note_use(self, room_id: str) -> None:
        """Note that a room is used now; one that was not observed yet will be."""
        if (memory := self._memories.get(room_id)) is not None:
            usage = memory.usage.updated(True, dt_util.utcnow())
            self.remember(room_id, replace(memory, usage=usage))

    @callback
    def forget(self, room_ids: Collection[str]) -> None:
        """Drop the memory of removed rooms."""
        for room_id in room_ids & self._memories.keys():
            del self._memories[room_id]
            self._save_soon()

    async def async_load(self) -> None:
        """Load the memories; a file that cannot be loaded is not changed."""
        try:
            stored = await self._store.async_load()
            if stored is not None:
                self._memories = _parsed(stored)
        except LOAD_ERRORS as err:
            self._usable_file = False
            LOGGER.warning(
                "The stored use of rooms cannot be loaded (%s): no-shows are counted from 0",
                type(err).__name__,
            )

    async def async_save(self) -> None:
        """Save the memories now."""
        if self._usable_file:
            await self._store.async_save(self._to_store())

    @callback
    def save_at_stop(self) -> None:
        """Save when Home Assistant stops: uses that go on end then if it does not return soon."""
        if self._usable_file:
            self._store.async_delay_save(self._to_store)

    async def async_remove(self) -> None:
        """Delete the file of an account that was removed."""
        await self._store.async_remove()

    def _save_soon(self) -> None:
        """Save within a minute, and at the latest when Home Assistant stops.

        A save that is planned is not postponed: in an office, some room always changes.
        """
        if self._usable_file and not self._saves_soon:
            self._saves_soon = True
            self._store.async_delay_save(self._to_store, _SAVE_DELAY_SECONDS)

    def _to_store(self) -> _Stored:
        """Return the memories as JSON."""
        self._saves_soon = False
        return {
            "saved_at": dt_util.utcnow().isoformat(),
            "rooms": {
                room_id: _stored(memory) for room_id, memory in self._memories.items()
            },
        }


_NOTHING: Final = RoomMemory()


def _stored(memory: RoomMemory) -> _Stored:
    """Return a memory as JSON."""
    usage = memory.usage
    return {
        "used": usage.used,
        "since": _text(usage.since),
        "began": _text(usage.began),
        "ended": _text(usage.ended),
        "uses": [[_text(use.start), _text(use.end)] for use in memory.uses],
        "first_seen": {
            start.isoformat(): seen.isoformat()
            for start, seen in memory.first_seen.items()
        },
        "last_end": _text(memory.last_end),
        "no_shows": memory.no_shows,
        "missed": [
            {
                "start": span.start.isoformat(),
                "end": span.end.isoformat(),
                "ids": sorted(ids),
            }
            for span, ids in memory.missed.items()
        ],
        "maintenance": memory.maintenance,
        "problems": {
            reason: since.isoformat() for reason, since in memory.problems.items()
        },
    }


def _parsed(stored: Mapping[str, Any]) -> dict[str, RoomMemory]:
    """Return the memories from JSON."""
    now = dt_util.utcnow()
    saved_at = datetime.fromisoformat(stored["saved_at"])
    short = timedelta() <= now - saved_at <= _SHORT_STOP
    return {
        room_id: RoomMemory(
            usage=Usage(
                used=each["used"],
                since=_moment(each["since"]),
                began=_moment(each["began"]),
                ended=_moment(each["ended"]),
            ),
            uses=_parsed_uses(each, None if short else saved_at),
            first_seen={
                # The clock may have been set back.
                datetime.fromisoformat(start): min(datetime.fromisoformat(seen), now)
                for start, seen in each["first_seen"].items()
            },
            last_end=_moment(each["last_end"]),
            no_shows=each["no_shows"],
            missed={
                Span(
                    datetime.fromisoformat(span["start"]),
                    datetime.fromisoformat(span["end"]),
                ): frozenset(span["ids"])
                for span in each["missed"]
            },
            maintenance=each["maintenance"],
            problems={
                reason: min(datetime.fromisoformat(since), now)
                for reason, since in each.get("problems", {}).items()
            },
        )
        for room_id, each in stored["rooms"].items()
    }


def _parsed_uses(
    stored: Mapping[str, Any], stopped_at: datetime | None
) -> tuple[Use, ...]:
    """Return the uses of a room from JSON.

    After a longer stop, it is not known how long the last one went on.
    """
    uses = tuple(
        Use(datetime.fromisoformat(start), _moment(end))
        for start, end in stored["uses"]
    )
    return uses if stopped_at is None else with_use(uses, None, stopped_at)


def _text(moment: datetime | None) -> str | None:
    """Return a moment as text."""
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    """Return the moment that a text states."""
    return None if text is None else datetime.fromisoformat(text)
