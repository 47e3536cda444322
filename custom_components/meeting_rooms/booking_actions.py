"""The actions that book, release and call a room."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any, Final

import probatio

from homeassistant.auth.permissions.const import POLICY_CONTROL
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError, Unauthorized, UnknownUser
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.util import dt as dt_util

from .account_rooms import account_rooms, controlled_entity
from .const import DOMAIN
from .coordinator import MeetingRoomsConfigEntry
from .devices import subject_keys
from .meetings.calendar_events import duration_of, moment_of
from .room_targets import targeted_rooms
from .rooms.booking_plan import EnteredSpan
from .rooms.room import Room

_ATTR_START: Final = "start"
_ATTR_DURATION: Final = "duration"
_ATTR_END: Final = "end"
_ATTR_SUBJECT: Final = "subject"
_ATTR_ORGANIZER: Final = "organizer"
_ATTR_BOOKING_ID: Final = "booking_id"
_ATTR_MEETING_ID: Final = "meeting_id"
_ATTR_STATUS: Final = "status"

_TEXT: Final = probatio.All(cv.string, str.strip, probatio.Length(min=1))
_ROOM: Final = {
    **{key: value for key, value in cv.TARGET_FIELDS.items() if key != ATTR_DEVICE_ID},
    # That it is one room is checked with an own error.
    probatio.Optional(ATTR_DEVICE_ID, default=list): probatio.All(
        cv.ensure_list, [cv.string]
    ),
}
"""The room: its device, or a target that names no other room."""

_BOOK: Final = probatio.Schema(
    {
        **_ROOM,
        probatio.Optional(_ATTR_START): cv.datetime,
        probatio.Optional(_ATTR_DURATION): duration_of,
        probatio.Optional(_ATTR_END): cv.datetime,
        probatio.Optional(_ATTR_SUBJECT): cv.string,
        probatio.Optional(_ATTR_ORGANIZER): cv.string,
    }
)
_RELEASE: Final = probatio.Schema(
    {**_ROOM, probatio.Optional(_ATTR_BOOKING_ID): probatio.Any(None, cv.string)}
)
_CALL: Final = probatio.Schema({**_ROOM, probatio.Required(_ATTR_MEETING_ID): _TEXT})

type _Action = Callable[
    [MeetingRoomsConfigEntry, str, Mapping[str, Any]], Awaitable[ServiceResponse]
]
"""An action on a room of an account, with its fields."""


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register the actions."""
    for name, schema, action in (
        ("book_room", _BOOK, _book),
        ("release_room", _RELEASE, _release),
        ("call_room", _CALL, _call),
        ("cancel_call", _CALL, _cancel_call),
    ):
        hass.services.async_register(
            DOMAIN, name, _handler(action), schema, SupportsResponse.OPTIONAL
        )


def _handler(
    action: _Action,
) -> Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]:
    """Return the handler that runs an action on the room of a service call."""

    async def handle(call: ServiceCall) -> ServiceResponse:
        """Find the room, check the user's permission, and run the action."""
        device_ids = _device_ids(call.hass, call.data)
        if len(device_ids) != 1:
            raise _error("one_room_only")
        (device_id,) = device_ids
        entry, room_id = _room_of(call.hass, device_id)
        await _check_user(call, controlled_entity(call.hass, entry, room_id))
        return await action(entry, room_id, call.data)

    return handle


def _device_ids(hass: HomeAssistant, fields: Mapping[str, Any]) -> set[str]:
    """Return the devices of the rooms that a call names."""
    device_ids = {*fields[ATTR_DEVICE_ID]} - {""}
    target = {
        key: value
        for key, value in fields.items()
        if key in cv.TARGET_FIELDS and key != ATTR_DEVICE_ID
    }
    rooms = targeted_rooms(hass, target, account_rooms(hass)) if target else ()
    return device_ids | {each.device.id for each in rooms}


def _room_of(
    hass: HomeAssistant, device_id: str
) -> tuple[MeetingRoomsConfigEntry, str]:
    """Return the account and the id of a room, by its device."""
    device = dr.async_get(hass).async_get(device_id, include_child_devices=False)
    if device is None:
        raise _error("device_not_found", device=device_id)
    name = device.name_by_user or device.name or device_id
    not_loaded: ConfigEntry[Any] | None = None
    for entry in hass.config_entries.async_entries(DOMAIN):
        keys = subject_keys(entry, device)
        if entry.state is not ConfigEntryState.LOADED:
            not_loaded = entry if keys else not_loaded
            continue
        for key in keys & entry.runtime_data.data.of(Room).keys():
            return entry, key
    if not_loaded is not None:
        raise _error("account_not_loaded", account=not_loaded.title)
    raise _error("device_not_a_room", device=name)


async def _check_user(call: ServiceCall, entity_id: str | None) -> None:
    """Raise Unauthorized for a user who may not control an entity.

    An automation has no user.
    """
    context = call.context
    if context.user_id is None:
        return
    user = await call.hass.auth.async_get_user(context.user_id)
    if user is None:
        raise UnknownUser(context=context, permission=POLICY_CONTROL)
    permissions = user.permissions
    permitted = (
        permissions.access_all_entities(POLICY_CONTROL)
        if entity_id is None
        else permissions.check_entity(entity_id, POLICY_CONTROL)
    )
    if not permitted:
        raise Unauthorized(
            context=context, entity_id=entity_id, permission=POLICY_CONTROL
        )


async def _book(
    entry: MeetingRoomsConfigEntry, room_id: str, fields: Mapping[str, Any]
) -> ServiceResponse:
    """Book a room, and return the id and the times of the booking."""
    entered = EnteredSpan(
        start=_moment(fields.get(_ATTR_START)),
        duration=fields.get(_ATTR_DURATION),
        end=_moment(fields.get(_ATTR_END)),
    )
    booked = await entry.runtime_data.booker.async_book(
        room_id,
        entered,
        subject=fields.get(_ATTR_SUBJECT),
        organizer=fields.get(_ATTR_ORGANIZER),
    )
    return {
        _ATTR_BOOKING_ID: booked.booking_id,
        _ATTR_START: _text(booked.span.start),
        _ATTR_END: _text(booked.span.end),
    }


async def _release(
    entry: MeetingRoomsConfigEntry, room_id: str, fields: Mapping[str, Any]
) -> ServiceResponse:
    """Release a room, and return the times of the booking."""
    # A template without a result leaves the text empty.
    booking_id = (fields.get(_ATTR_BOOKING_ID) or "").strip() or None
    span = await entry.runtime_data.booker.async_release(room_id, booking_id)
    return {_ATTR_START: _text(span.start), _ATTR_END: _text(span.end)}


async def _call(
    entry: MeetingRoomsConfigEntry, room_id: str, fields: Mapping[str, Any]
) -> ServiceResponse:
    """Call a room into a meeting, and return the status of the call."""
    booker = entry.runtime_data.booker
    status = await booker.async_call(room_id, fields[_ATTR_MEETING_ID])
    return {_ATTR_STATUS: status}


async def _cancel_call(
    entry: MeetingRoomsConfigEntry, room_id: str, fields: Mapping[str, Any]
) -> ServiceResponse:
    """Cancel the call of a room, and return its status."""
    booker = entry.runtime_data.booker
    status = await booker.async_cancel_call(room_id, fields[_ATTR_MEETING_ID])
    return {_ATTR_STATUS: status}


def _error(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the translated error of a device that is no room of a loaded account."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders,
    )


def _moment(entered: datetime | None) -> datetime | None:
    """Return an entered time in UTC; one without a zone is in Home Assistant's."""
    return None if entered is None else moment_of(entered)


def _text(moment: datetime) -> str:
    """Return a time as text in Home Assistant's time zone."""
    return dt_util.as_local(moment).isoformat()
