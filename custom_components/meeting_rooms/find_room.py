"""The action that finds free rooms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, cast

import probatio

from homeassistant.const import (
    ATTR_AREA_ID,
    ATTR_CONFIG_ENTRY_ID,
    ATTR_FLOOR_ID,
    ATTR_LOCATION,
)
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    config_validation as cv,
    floor_registry as fr,
)
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType

from .account_rooms import AccountRoom, account_rooms, async_readable, at_place
from .const import DOMAIN
from .finder import MOST_ROOMS, FoundRoom, async_find, requested_span
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

_IDS: Final = probatio.All(probatio.EnsureList(), [cv.string])
_SCHEMA: Final = probatio.Schema(
    {
        probatio.Optional(ATTR_PEOPLE): PEOPLE,
        probatio.Optional(ATTR_START): cv.datetime,
        probatio.Exclusive(ATTR_DURATION, "end"): cv.positive_time_period,
        probatio.Exclusive(ATTR_END, "end"): cv.datetime,
        probatio.Optional(ATTR_LOCATION): LOCATION,
        probatio.Optional(ATTR_AREA_ID): _IDS,
        probatio.Optional(ATTR_FLOOR_ID): _IDS,
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
    span = requested_span(
        fields.get(ATTR_START), fields.get(ATTR_DURATION), fields.get(ATTR_END)
    )
    wish = Wish(
        span=span,
        people=fields.get(ATTR_PEOPLE),
        include_not_ready=fields[ATTR_INCLUDE_NOT_READY],
    )
    rooms = _chosen(hass, fields, account_rooms(hass))
    if location := fields.get(ATTR_LOCATION, "").strip():
        rooms = at_place(hass, rooms, location)
    readable = await async_readable(hass, rooms, call.context)
    found = await async_find(readable, wish, fields[ATTR_LIMIT])
    return cast(JsonObjectType, {"rooms": [found_row(each, span) for each in found]})


def _chosen(
    hass: HomeAssistant, fields: Mapping[str, Any], rooms: list[AccountRoom]
) -> list[AccountRoom]:
    """Return the rooms in the areas, on the floors and of the account of a call."""
    areas = {*fields.get(ATTR_AREA_ID, ())}
    floors = {*fields.get(ATTR_FLOOR_ID, ())}
    account = fields.get(ATTR_CONFIG_ENTRY_ID)
    area_registry = ar.async_get(hass)
    for area_id in areas:
        if area_registry.async_get_area(area_id) is None:
            raise _unknown("unknown_area", area_id)
    for floor_id in floors:
        if fr.async_get(hass).async_get_floor(floor_id) is None:
            raise _unknown("unknown_floor", floor_id)
        areas |= {
            area.id for area in ar.async_entries_for_floor(area_registry, floor_id)
        }
    if account is not None:
        entry = hass.config_entries.async_get_entry(account)
        if entry is None or entry.domain != DOMAIN:
            raise _unknown("unknown_account", account)
        rooms = [each for each in rooms if each.entry.entry_id == account]
    if fields.keys().isdisjoint({ATTR_AREA_ID, ATTR_FLOOR_ID}):
        return rooms
    return [each for each in rooms if each.area_id in areas]


def _unknown(key: str, unknown: str) -> ServiceValidationError:
    """Return the translated error about an unknown id."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders={"id": unknown},
    )


def found_row(found: FoundRoom, span: Span) -> dict[str, str | int | bool | None]:
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
