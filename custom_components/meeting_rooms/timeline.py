"""Send the bookings, the use and the places of rooms to dashboards."""

from collections.abc import Mapping, Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any, Final

import probatio

from homeassistant.auth.models import User
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import websocket_command
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
)
from homeassistant.core import CALLBACK_TYPE, Event, HassJob, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.entity_registry import (
    EVENT_ENTITY_REGISTRY_UPDATED,
    EventEntityRegistryUpdatedData,
)
from homeassistant.helpers.event import async_call_later

from .account_rooms import AccountRoom, account_rooms, may_control, readable
from .api.models.booking import Booking
from .const import DOMAIN
from .coordinator import AccountCoordinator
from .meetings.calendar_events import window
from .rooms.places import Location
from .rooms.room import Room

_BATCH_SECONDS: Final = 1.0

type RoomTimeline = Mapping[str, Any]
"""The bookings of a room, None for unknown ones, and its use."""

type OwnIds = AbstractSet[str]
"""The ids of bookings that a user may release."""

_UNKNOWN: Final[RoomTimeline] = {"bookings": None, "used": []}


@callback
def async_register_commands(hass: HomeAssistant) -> None:
    """Register the websocket commands."""
    websocket_api.async_register_command(hass, _subscribe)
    websocket_api.async_register_command(hass, _places)


@websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/timeline/subscribe",
        probatio.Optional("entity_ids"): cv.entity_ids,
    }
)
@callback
def _subscribe(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Send the timelines of rooms, and then those that change."""
    subscription = TimelineSubscription(hass, connection, msg)
    connection.subscriptions[msg["id"]] = subscription.stop
    connection.send_result(msg["id"])
    subscription.start()


@websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/places",
        probatio.Optional("entity_ids"): cv.entity_ids,
    }
)
@callback
def _places(
    hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
) -> None:
    """Send the place, the account and the possible bookings of each room, by its device."""
    chosen = msg.get("entity_ids")
    places = {}
    for each in readable(connection.user, account_rooms(hass)):
        if chosen is None or each.entity_id in chosen:
            room = each.room
            place = Location() if room is None else room.place
            city, building, floor = (part or None for part in place)
            places[each.device.id] = {
                "city": city,
                "building": building,
                "floor": floor,
                "account": each.entry.title,
                **_booking_rules(hass, connection.user, each),
            }
    connection.send_result(msg["id"], places)


def _booking_rules(
    hass: HomeAssistant, user: User, room: AccountRoom
) -> dict[str, Any]:
    """Return how many minutes a user can book a room for now, and the vendor's step."""
    if room.room is None or not may_control(hass, user, room):
        return {"book": [], "book_step": None}
    coordinator = room.entry.runtime_data
    rules = coordinator.client.booking_rules
    step = None if rules is None else rules.step
    return {
        "book": [*coordinator.booker.minutes_of(room.room_id)],
        "book_step": None if step is None else step // timedelta(minutes=1),
    }


class TimelineSubscription:
    """Send the timelines of the rooms that a user may read, each when it has changed."""

    def __init__(
        self, hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]
    ) -> None:
        """Send to a connection; without entities in the message, all rooms."""
        self._hass = hass
        self._connection = connection
        self._message_id: int = msg["id"]
        ids = msg.get("entity_ids")
        self._chosen: set[str] | None = None if ids is None else {*ids}
        self._chosen_rooms: list[AccountRoom] | None = None
        """The rooms to send; None after a change of the registry."""
        self._compared: dict[str, tuple[Room | None, OwnIds]] = {}
        """The rooms as they were when their timelines were compared."""
        self._sent: dict[str, RoomTimeline] = {}
        self._listeners: list[CALLBACK_TYPE] = []
        self._accounts: dict[str, tuple[AccountCoordinator, list[CALLBACK_TYPE]]] = {}
        self._cancel_timer: CALLBACK_TYPE | None = None

    @callback
    def start(self) -> None:
        """Send the timelines of all rooms, and follow their changes."""
        self._listeners = [
            async_dispatcher_connect(
                self._hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed
            ),
            self._hass.bus.async_listen(
                EVENT_ENTITY_REGISTRY_UPDATED, self._registry_changed
            ),
        ]
        self._follow_accounts()
        rooms, _ = self._changes()
        self._connection.send_event(self._message_id, {"rooms": rooms})

    @callback
    def stop(self) -> None:
        """Follow nothing any more."""
        for remove in self._listeners:
            remove()
        for _, removes in self._accounts.values():
            for remove in removes:
                remove()
        if self._cancel_timer is not None:
            self._cancel_timer()

    @callback
    def _entry_changed(self, _change: ConfigEntryChange, entry: ConfigEntry) -> None:
        """Follow an account that was added, loaded, unloaded or removed."""
        if entry.domain == DOMAIN:
            self._follow_accounts()
            self._send_soon()

    @callback
    def _registry_changed(self, event: Event[EventEntityRegistryUpdatedData]) -> None:
        """Follow a new, renamed, disabled or removed entity; a choice follows its entity."""
        entity_id = event.data["entity_id"]
        former = event.data.get("old_entity_id", entity_id)
        if self._chosen is not None and former in self._chosen:
            self._chosen |= {entity_id}
        entity = er.async_get(self._hass).async_get(entity_id)
        is_ours = entity is not None and entity.platform == DOMAIN
        if is_ours or former in self._sent:
            self._chosen_rooms = None
            self._send_soon()

    def _follow_accounts(self) -> None:
        """Listen to the coordinator of each loaded account."""
        coordinators = {
            entry.entry_id: entry.runtime_data
            for entry in self._hass.config_entries.async_loaded_entries(DOMAIN)
        }
        for entry_id, (coordinator, removes) in [*self._accounts.items()]:
            if coordinators.get(entry_id) is not coordinator:
                for remove in removes:
                    remove()
                del self._accounts[entry_id]
        for entry_id in coordinators.keys() - self._accounts.keys():
            coordinator = coordinators[entry_id]
            self._accounts[entry_id] = (
                coordinator,
                [
                    coordinator.async_add_listener(self._send_soon),
                    coordinator.booker.async_add_listener(self._booker_changed),
                ],
            )

    @callback
    def _booker_changed(self, _room_id: str | None) -> None:
        """Compare the rooms after a write: bookings may count as own ones now."""
        self._send_soon()

    @callback
    def _send_soon(self) -> None:
        """Send what has changed, once for all changes within a second."""
        if self._cancel_timer is None:
            self._cancel_timer = async_call_later(
                self._hass,
                _BATCH_SECONDS,
                HassJob(self._send_changes, cancel_on_shutdown=True),
            )

    @callback
    def _send_changes(self, _now: datetime) -> None:
        """Send what has changed, if anything has."""
        self._cancel_timer = None
        rooms, removed = self._changes()
        message: dict[str, Any] = {"rooms": rooms}
        if removed:
            message["removed"] = removed
        if rooms or removed:
            self._connection.send_event(self._message_id, message)

    def _rooms_to_send(self) -> list[AccountRoom]:
        """Return the rooms that are to be sent, as far as the user may read them."""
        if self._chosen_rooms is None:
            self._chosen_rooms = [
                each
                for each in account_rooms(self._hass)
                if self._chosen is None or each.entity_id in self._chosen
            ]
        return readable(self._connection.user, self._chosen_rooms)

    def _changes(self) -> tuple[dict[str, RoomTimeline], list[str]]:
        """Return the timelines that have changed, and the entities that were removed."""
        rooms = {each.entity_id: each for each in self._rooms_to_send()}
        removed = sorted(self._sent.keys() - rooms.keys())
        for entity_id in removed:
            del self._sent[entity_id], self._compared[entity_id]
        changed = {}
        for entity_id, each in rooms.items():
            room, own_ids = each.room, self._own_ids(each)
            before = self._compared.get(entity_id)
            if before is not None and before[0] is room and before[1] == own_ids:
                continue
            self._compared[entity_id] = room, own_ids
            timeline = _timeline_of(room, own_ids)
            if timeline != self._sent.get(entity_id):
                self._sent[entity_id] = changed[entity_id] = timeline
        return changed, removed

    def _own_ids(self, room: AccountRoom) -> OwnIds:
        """Return the ids of the bookings of a room that the user may release."""
        if room.room is None:
            return frozenset()
        own_ids = room.entry.runtime_data.booker.own_ids(room.room_id)
        if own_ids and may_control(self._hass, self._connection.user, room):
            return own_ids
        return frozenset()


def _timeline_of(room: Room | None, own_ids: OwnIds) -> RoomTimeline:
    """Return the bookings and the use of a room, from today's start to tomorrow's end."""
    if room is None:
        return _UNKNOWN
    start, end = window()
    bookings = None
    if room.schedule is not None:
        bookings = [
            {
                "start": booking.start.timestamp(),
                "end": booking.end.timestamp(),
                "tentative": booking.tentative,
                "booking_id": _own_id(booking, own_ids),
                "title": booking.shown_title,
            }
            for booking in room.schedule.bookings
            if booking.end > start and booking.start < end
        ]
    used = [
        {
            "start": use.start.timestamp(),
            "end": None if use.end is None else use.end.timestamp(),
        }
        for use in room.outlook.uses
        if use.end is None or use.end > start
    ]
    return {"bookings": bookings, "used": used}


def _own_id(booking: Booking, own_ids: OwnIds) -> str | None:
    """Return the id of a booking that the user may release."""
    is_own = booking.booking_id in own_ids and not booking.recurring
    return booking.booking_id if is_own else None
