"""The action that finds free rooms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import probatio

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_CONFIG_ENTRY_ID, ATTR_LOCATION
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType

from .account_rooms import AccountRoom, account_rooms, async_readable, at_place
from .const import DOMAIN
from .finder import MOST_ROOMS, FoundRoom, async_find, requested_span
from .meetings.calendar_events import duration_of
from .room_targets import targeted_rooms
from .rooms.finder import Wish
from .rooms.schedule import Span

SERVICE_FIND_ROOM: Final = "find_room"

ATTR_PEOPLE: Final = "people"
ATTR_START: Final = "start"
ATTR_DURATION: Final = "duration"
ATTR_END: Final = "end"
ATTR_INCLUDE_NOT_READY: Final = "include_not_ready"
ATTR_LIMIT: Final = "limit"

PEOPLE: Final = probatio.All(probatio.Coerce(int), probatio.Range(min=1))
LOCATION: Final = probatio.All(cv.string, probatio.Length(max=100))
LIMIT: Final = probatio.All(probatio.Coerce(int), probatio.Range(min=1, max=MOST_ROOMS))
DEFAULT_LIMIT: Final = 5

_SCHEMA: Final = probatio.Schema(
    {
        probatio.Optional(ATTR_PEOPLE): PEOPLE,
        probatio.Optional(ATTR_START): cv.datetime,
        probatio.Optional(ATTR_DURATION): duration_of,
        probatio.Optional(ATTR_END): cv.datetime,
        probatio.Optional(ATTR_LOCATION): LOCATION,
        **cv.TARGET_FIELDS,
        probatio.Optional(ATTR_CONFIG_ENTRY_ID): cv.string,
        probatio.Optional(ATTR_INCLUDE_NOT_READY, default=False): cv.boolean,
        probatio.Optional(ATTR_LIMIT, default=DEFAULT_LIMIT): LIMIT,
    }
)


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the action."""
    hass.services.async_register(
        DOMAIN, SERVICE_FIND_ROOM, _find_room, _SCHEMA, SupportsResponse.ONLY
    )


async def _find_room(call: ServiceCall) -> ServiceResponse:
    """Return the rooms that suit a meeting, the best first."""
    hass, fields = call.hass, call.data
    rooms = _of_account(hass, fields.get(ATTR_CONFIG_ENTRY_ID), account_rooms(hass))
    rooms = targeted_rooms(hass, fields, rooms)
    rooms = await async_readable(hass, rooms, call.context)
    return {"rooms": await async_find_rows(hass, rooms, fields)}


async def async_find_rows(
    hass: HomeAssistant,
    rooms: list[AccountRoom],
    fields: Mapping[str, Any],
    nearby: frozenset[str] = frozenset(),
) -> list[JsonValueType]:
    """Return those of some rooms that suit a meeting as JSON, the best first.

    `nearby` are the entities of the rooms that precede all others.
    """
    wish = Wish(
        span=requested_span(
            fields.get(ATTR_START), fields.get(ATTR_DURATION), fields.get(ATTR_END)
        ),
        people=fields.get(ATTR_PEOPLE),
        include_not_ready=fields[ATTR_INCLUDE_NOT_READY],
        nearby=nearby,
    )
    if location := fields.get(ATTR_LOCATION, "").strip():
        rooms = at_place(hass, rooms, location)
    found = await async_find(rooms, wish, fields[ATTR_LIMIT])
    return [_row(each, wish.span) for each in found]


def _of_account(
    hass: HomeAssistant, entry_id: str | None, rooms: list[AccountRoom]
) -> list[AccountRoom]:
    """Return the rooms of the account that a call names, or all of them."""
    if entry_id is None:
        return rooms
    entry = hass.config_entries.async_get_entry(entry_id)
    if entry is None or entry.domain != DOMAIN:
        raise _error("unknown_account", id=entry_id)
    if entry.state is not ConfigEntryState.LOADED:
        raise _error("account_not_loaded", account=entry.title)
    return [each for each in rooms if each.entry.entry_id == entry_id]


def _error(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the translated error about an account."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


def _row(found: FoundRoom, span: Span) -> JsonObjectType:
    """Return a room that suits a meeting as JSON."""
    candidate, room = found.candidate, found.candidate.room
    return {
        "device_id": found.at.device.id,
        "entity_id": found.at.entity_id,
        "name": candidate.name,
        "location": room.location,
        "capacity": room.capacity,
        "availability": room.outlook.availability,
        "free_until": local_text(candidate.free_until(span)),
        "ready": candidate.ready,
        "reason": candidate.reason,
        "account": found.at.entry.title,
        "bookings_known": candidate.bookings_known,
    }


def local_text(moment: datetime | None) -> str | None:
    """Return a moment as text in Home Assistant's time zone."""
    return None if moment is None else dt_util.as_local(moment).isoformat()
