"""What some minutes of an office's day cost, and when each change was shown."""

import asyncio
import gc
from time import process_time, time
from typing import Any, Final

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from .rest import rest_config
from .target import Target

_SETTLE_SECONDS: Final = 45.0
"""After which Home Assistant has written its registries."""


async def live(target: Target) -> dict[str, Any]:
    """Return the processor time of some minutes, and every status that was shown in them.

    The longest block of the loop is that of the set-up and of these minutes; a collection of
    garbage takes as long as all of Home Assistant is large, so that it can be turned off.
    """
    minutes = target.options["minutes"]
    if not target.options["garbage"]:
        gc.collect()
        gc.disable()
    await asyncio.sleep(0)
    target.stopwatch.longest_block = 0.0
    if interval := target.options.get("rest_interval"):
        config = rest_config(
            target.options["office"], target.options["rooms"], interval
        )
        await async_setup_component(target.hass, "rest", config)
        await target.hass.async_block_till_done()
    else:
        await target.add_account()
    await asyncio.sleep(min(_SETTLE_SECONDS, minutes * 60))
    shown = _watch_statuses(target)
    started, cpu = time(), process_time()
    await asyncio.sleep(minutes * 60)
    return {
        "cpu": (process_time() - cpu) / minutes,
        "block": target.stopwatch.longest_block,
        "started": started,
        "ended": time(),
        "shown": shown,
    }


def _watch_statuses(target: Target) -> list[tuple[str, str, float]]:
    """Return a list that receives room, status and time of each change from now on."""
    prefix = f"{target.options['unique_id']}_"
    rooms = {
        entity.entity_id: entity.unique_id.removeprefix(prefix).removesuffix("_status")
        for entity in er.async_get(target.hass).entities.values()
        if entity.unique_id.startswith(prefix) and entity.unique_id.endswith("_status")
    }
    shown: list[tuple[str, str, float]] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        """Note one change."""
        state = event.data["new_state"]
        if state is not None and state.entity_id in rooms:
            room_id = rooms[state.entity_id]
            shown.append((room_id, state.state, event.time_fired_timestamp))

    target.hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    return shown
