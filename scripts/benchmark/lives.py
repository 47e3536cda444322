"""What some minutes of an office's day cost, and how old the statuses are that people see."""

import asyncio
from time import process_time
from typing import Any, Final

from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .accounts import add_full_account
from .blocks import Blocks
from .company import Company
from .office_client import ask
from .set_ups import add_rest

type Figures = dict[str, Any]
type Change = tuple[str, str, float]
"""A room, its status in words, and when that was."""

_SETTLE_SECONDS: Final = 45.0
"""Both sides have written their registries by then."""


async def live_ours(
    hass: HomeAssistant, blocks: Blocks, company: Company, options: Figures
) -> Figures:
    """Let the integration live for some minutes."""
    await add_full_account(hass, company)
    return await _live(hass, blocks, company, options["minutes"])


async def live_rest(
    hass: HomeAssistant, blocks: Blocks, company: Company, options: Figures
) -> Figures:
    """Let `rest` live for some minutes."""
    await add_rest(hass, company)
    return await _live(hass, blocks, company, options["minutes"])


async def _live(
    hass: HomeAssistant, blocks: Blocks, company: Company, minutes: float
) -> Figures:
    """Return what some minutes of an office's day cost."""
    seen: list[Change] = []
    rooms = _status_entities(hass)

    @callback
    def see(event: Event[EventStateChangedData]) -> None:
        """Remember when a status was shown."""
        room_id = rooms.get(event.data["entity_id"])
        if room_id is not None and (state := event.data["new_state"]) is not None:
            seen.append((room_id, state.state, event.time_fired_timestamp))

    await asyncio.sleep(_SETTLE_SECONDS)
    hass.bus.async_listen(EVENT_STATE_CHANGED, see)
    await ask(hass, company, "POST", "live")
    asked = await ask(hass, company, "GET", "requests")
    blocks.reset()
    cpu = process_time()
    await asyncio.sleep(60 * minutes)
    figures = {"cpu_a_minute": (process_time() - cpu) / minutes, **blocks.figures()}
    asked = await ask(hass, company, "GET", "requests") - asked
    changes = await ask(hass, company, "POST", "freeze")
    return figures | {
        "requests_a_minute": asked / minutes,
        "ages": [age for change in changes if (age := _age(change, seen)) is not None],
    }


def _status_entities(hass: HomeAssistant) -> dict[str, str]:
    """Return the room of each entity that shows a status."""
    return {
        entity.entity_id: entity.unique_id.removesuffix("_status").rpartition("_")[2]
        for entity in er.async_get(hass).entities.values()
        if entity.unique_id.endswith("_status")
    }


def _age(change: Change, seen: list[Change]) -> float | None:
    """Return how many seconds after a change it was shown."""
    room_id, word, when = change
    return next(
        (
            at - when
            for room, state, at in seen
            if room == room_id and state == word and at >= when
        ),
        None,
    )
