"""Compare polls with the minimal cost of the same requests and the same states.

The two sides alternate, so that other load affects both; the result is the median ratio.
"""

from collections.abc import Iterable
from statistics import median

from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession

from .bare import BareEntity, add_bare
from .home import add_account, fetch_everything, list_entities, start_home, watch_states
from .product import bare_requests, parse, poll, without_limits
from .stopwatch import loop_time, without_garbage_collection
from .vendor import Vendor, start_vendor


async def compare_polls(rooms: int, pairs: int) -> tuple[float, float]:
    """Return the cost of polls relative to the bare work, without changes and with 5 % changed."""
    quiet, changed = [], []
    async with start_vendor(rooms) as vendor, start_home() as hass:
        with without_limits():
            entry = await add_account(hass, vendor)
        await fetch_everything(hass, vendor)
        bare = await add_bare(hass, list_entities(hass))
        written = watch_states(hass)
        with without_garbage_collection():
            for _ in range(pairs):
                poll_time = await loop_time(poll(entry))
                quiet.append(poll_time / await loop_time(_fetch(hass, vendor)))
                await vendor.change()
                written.clear()
                poll_time = await loop_time(poll(entry))
                states = [(bare[unique_id], state) for unique_id, state, _ in written]
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
    """Write states without any other work."""
    for entity, state in states:
        entity.show(state)
        entity.async_write_ha_state()
