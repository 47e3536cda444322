"""Compare polls with the least that the same requests and the same states could cost.

The two sides alternate, so that whatever slows the machine slows both; the median of the ratios counts.
"""

from collections.abc import Iterable
from statistics import median

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .bare import BareEntity, add_bare
from .home import add_account, fetch_everything, list_entities, start_home
from .product import bare_requests, parse, poll, without_limits
from .stopwatch import loop_time, without_garbage_collection
from .vendor import Vendor, start_vendor


async def compare_polls(rooms: int, pairs: int) -> tuple[float, float]:
    """Return how many times the bare work polls cost, with nothing changed and with 5 % changed."""
    quiet, changed = [], []
    async with start_vendor(rooms) as vendor, start_home() as hass:
        with without_limits():
            entry = await add_account(hass, vendor)
        await fetch_everything(hass, vendor)
        bare = await add_bare(hass, list_entities(hass))
        written = _watch_states(hass)
        with without_garbage_collection():
            for _ in range(pairs):
                poll_time = await loop_time(poll(entry))
                quiet.append(poll_time / await loop_time(_fetch(hass, vendor)))
                await vendor.change()
                written.clear()
                poll_time = await loop_time(poll(entry))
                states = [(bare[unique_id], state) for unique_id, state in written]
                fetch_time = await loop_time(_fetch(hass, vendor))
                write_time = await loop_time(_write(states))
                changed.append(poll_time / (fetch_time + write_time))
    return median(quiet), median(changed)


async def _fetch(hass: HomeAssistant, vendor: Vendor) -> None:
    """Fetch, decode and parse the list of rooms."""
    session = async_get_clientsession(hass)
    for url, headers in bare_requests(vendor.account, len(vendor.rooms)):
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
