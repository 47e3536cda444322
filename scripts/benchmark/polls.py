"""Compare polls with the least that the same requests and the same states could cost.

The two sides alternate, so that whatever slows the machine slows both; the median of the ratios counts.
"""

from collections.abc import Iterable
import gc
from statistics import median

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .bare import BareEntity, add_bare
from .product import bare_requests, parse, poll
from .stopwatch import loop_time
from .target import Target


async def compare_polls(target: Target) -> dict[str, float]:
    """Return how many times the bare work polls cost, with nothing changed and with 5 % changed."""
    entry = await target.add_account()
    await target.fetch_everything()
    bare = await add_bare(target.hass, target.entities())
    written = _watch_states(target.hass)
    quiet, changed = [], []
    # A collection takes as long as all of Home Assistant is large, and falls into any poll.
    gc.collect()
    gc.disable()
    for _ in range(target.options["pairs"]):
        quiet_poll = await loop_time(poll(entry))
        quiet.append(quiet_poll / await loop_time(_fetch(target)))
        await target.request("POST", f"{target.options['office']}/change")
        written.clear()
        changed_poll = await loop_time(poll(entry))
        states = [(bare[unique_id], state) for unique_id, state in written]
        fetch = await loop_time(_fetch(target))
        changed.append(changed_poll / (fetch + await loop_time(_write(states))))
    return {"quiet": median(quiet), "changed": median(changed)}


async def _fetch(target: Target) -> None:
    """Fetch, decode and parse the list of rooms."""
    session = async_get_clientsession(target.hass)
    for url, headers in bare_requests(
        target.options["account"], len(target.options["rooms"])
    ):
        async with session.get(url, headers=headers) as response:
            parse(await response.json())


async def _write(states: Iterable[tuple[BareEntity, str]]) -> None:
    """Write states, and nothing else."""
    for entity, state in states:
        entity.show(state)
        entity.async_write_ha_state()


def _watch_states(hass: HomeAssistant) -> list[tuple[str, str]]:
    """Return a list that receives the unique id and state of each change from now on."""
    entities = er.async_get(hass).entities.values()
    unique_ids = {each.entity_id: each.unique_id for each in entities}
    written: list[tuple[str, str]] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        """Note one change."""
        if (state := event.data["new_state"]) is not None:
            written.append((unique_ids[state.entity_id], state.state))

    hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    return written
