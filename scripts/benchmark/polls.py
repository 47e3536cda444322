"""The loop time of single polls, each beside its floors and in the same rhythm.

What other processes do can only make a poll slower, so of many the fastest tenth counts. Python's
own collection of garbage is off meanwhile: it falls into any poll, and takes as long as all of
Home Assistant is large.
"""

import asyncio
from collections.abc import Awaitable
import gc
from statistics import quantiles
from time import thread_time
from typing import Any, Final

from aiohttp import ClientSession

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from . import floors
from .accounts import add_full_account, list_entities, poll, without_limits
from .bare import add_bare, specs_of, value_of
from .bare_rooms import Bare, BareEntity
from .blocks import Blocks
from .company import Company
from .office_client import ask
from .replay import replayed
from .set_ups import add_rest

type Figures = dict[str, Any]

_POLLS: Final = 60
_REST_POLLS: Final = 10


async def poll_ours(
    hass: HomeAssistant, blocks: Blocks, company: Company, options: Figures
) -> Figures:
    """Return the loop time of the integration's polls, of bare fetches, decoding and writes."""
    del options
    entry = await add_full_account(hass, company)
    entities = list_entities(hass, company)
    shown = [listed for listed in entities if listed["state"] is not None]
    bare = await add_bare(hass, specs_of(shown))
    written = _Written(hass)
    session = async_get_clientsession(hass)
    _hold_still(blocks)
    times: dict[str, list[float]] = {}
    async with without_limits(hass, entry, company):
        for _ in range(_POLLS):
            await ask(hass, company, "POST", "change")
            _note(times, "changed", await _loop_time(poll(entry)))
            await ask(hass, company, "GET", "requests")
            _note(times, "quiet", await _loop_time(poll(entry)))
            await ask(hass, company, "POST", "change")
            pages: list[bytes] = []
            _note(times, "fetch", await _loop_time(_fetch(session, company, pages)))
            _note(times, "decode", await _loop_time(_decode(pages)))
            written.states.clear()
            with replayed(pages):
                _note(times, "changed_here", await _loop_time(poll(entry)))
            with replayed(pages):
                _note(times, "quiet_here", await _loop_time(poll(entry)))
            values = _values(bare, written.states)
            _note(times, "bare_writes", await _loop_time(_write(values)))
            _note(times, "writes", len(values))
    return _fastest(times) | {"bytes": sum(map(len, pages))}


async def poll_rest(
    hass: HomeAssistant, blocks: Blocks, company: Company, options: Figures
) -> Figures:
    """Return the loop time of polls of `rest`: every room once."""
    del options
    await add_rest(hass, company)
    coordinators = hass.data["rest"]["coordinator"]
    written = _Written(hass)

    async def poll_all() -> None:
        """Read every room once."""
        await asyncio.gather(*(each.async_refresh() for each in coordinators))

    _hold_still(blocks)
    times: dict[str, list[float]] = {}
    for _ in range(_REST_POLLS):
        await ask(hass, company, "POST", "change")
        _note(times, "changed", await _loop_time(poll_all()))
        _note(times, "writes", len(written.states))
        _note(times, "quiet", await _loop_time(poll_all()))
    return _fastest(times)


class _Written:
    """Remember what is written."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Listen from now on."""
        entities = er.async_get(hass).entities.values()
        self._unique_ids = {each.entity_id: each.unique_id for each in entities}
        self.states: list[tuple[str, str]] = []
        hass.bus.async_listen(EVENT_STATE_CHANGED, self._see)

    @callback
    def _see(self, event: Event[EventStateChangedData]) -> None:
        """Remember one state."""
        entity_id, state = event.data["entity_id"], event.data["new_state"]
        if state is not None:
            self.states.append((self._unique_ids[entity_id], state.state))


def _values(
    bare: Bare, states: list[tuple[str, str]]
) -> list[tuple[BareEntity, object]]:
    """Return the bare entities and the values with which they show the same states."""
    entities = [(bare.added[unique_id], state) for unique_id, state in states]
    return [
        (entity, value_of(entity.domain, entity.entity_description, state))
        for entity, state in entities
    ]


async def _write(values: list[tuple[BareEntity, object]]) -> None:
    """Write states, and nothing else."""
    for entity, value in values:
        entity.show(value)
        entity.async_write_ha_state()


async def _fetch(session: ClientSession, company: Company, pages: list[bytes]) -> None:
    """Fetch the pages into a list."""
    pages.extend(await floors.fetch_pages(session, company))


async def _decode(pages: list[bytes]) -> None:
    """Decode the pages, and do nothing about what they say."""
    floors.decode(pages)


def _hold_still(blocks: Blocks) -> None:
    """Leave off what would be timed along with a poll."""
    blocks.on = False
    gc.collect()
    gc.disable()


def _fastest(times: dict[str, list[float]]) -> Figures:
    """Return the fastest tenth of each kind."""
    return {name: quantiles(found, n=10)[0] for name, found in times.items()}


async def _loop_time(work: Awaitable[None]) -> float:
    """Return the processor seconds of the loop's thread while something is done."""
    start = thread_time()
    await work
    return thread_time() - start


def _note(times: dict[str, list[float]], name: str, seconds: float) -> None:
    """Add a figure to those of its name."""
    times.setdefault(name, []).append(seconds)
