"""The entities in an account's options: follow renamed ones, and report removed ones."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_registry import EventEntityRegistryUpdatedData
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.start import async_at_started

from ..account.issues import AccountIssues, RepairIssue, enumeration
from ..account.options import Options, room_settings, stored_settings
from ..account.room_devices import device_name, room_devices
from ..const import (
    CONF_CALENDAR,
    CONF_OFFICE_HOURS,
    CONF_PRESENCE,
    CONF_ROOM_SETTINGS,
    DOMAIN,
)

LINKS: Final = "links"
"""The part of the issues about linked entities."""
_INTERVAL: Final = timedelta(minutes=5)
"""The interval between checks: an entity without a unique id is not in the registry."""


def linked_calendars(options: Options) -> dict[str, str]:
    """Return the linked calendar of each room that has one."""
    linked = {
        room_id: room_settings(options, room_id).calendar
        for room_id in stored_settings(options)
    }
    return {room_id: each for room_id, each in linked.items() if each}


def linked_presence(options: Options) -> dict[str, tuple[str, ...]]:
    """Return the linked presence sensors of each room that has some."""
    linked = {
        room_id: room_settings(options, room_id).presence
        for room_id in stored_settings(options)
    }
    return {room_id: each for room_id, each in linked.items() if each}


def with_renamed(options: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """Return the options after an entity got a new entity id."""
    renamed = dict(options)
    if renamed.get(CONF_OFFICE_HOURS) == old:
        renamed[CONF_OFFICE_HOURS] = new
    if linked_calendars(options) or linked_presence(options):
        renamed[CONF_ROOM_SETTINGS] = {
            room_id: _with_renamed(settings, old, new)
            for room_id, settings in stored_settings(options).items()
        }
    return renamed


def _with_renamed(settings: Any, old: str, new: str) -> Any:
    """Return the settings of a room after an entity got a new entity id."""
    if not isinstance(settings, Mapping):
        return settings
    renamed = dict(settings)
    if renamed.get(CONF_CALENDAR) == old:
        renamed[CONF_CALENDAR] = new
    match renamed.get(CONF_PRESENCE):
        case [*sensors] if old in sensors:
            renamed[CONF_PRESENCE] = [new if each == old else each for each in sensors]
    return renamed


def is_missing(hass: HomeAssistant, entity_id: str) -> bool:
    """Return whether an entity is neither registered nor has a state."""
    return (
        er.async_get(hass).async_get(entity_id) is None
        and hass.states.get(entity_id) is None
    )


@callback
def follow_renamed_entities(hass: HomeAssistant) -> None:
    """Follow the renamed entities of all accounts, also of those that are not loaded."""

    def follow(old: str, new: str) -> None:
        """Change the options with the entity."""
        for entry in hass.config_entries.async_entries(DOMAIN):
            options = with_renamed(entry.options, old, new)
            hass.config_entries.async_update_entry(entry, options=options)

    @callback
    def handle_entity(event: Event[EventEntityRegistryUpdatedData]) -> None:
        """Follow a renamed entity after a loaded account has noted that it has no state yet."""
        change = event.data
        if change["action"] == "update" and "old_entity_id" in change:
            hass.loop.call_soon(follow, change["old_entity_id"], change["entity_id"])

    hass.bus.async_listen(er.EVENT_ENTITY_REGISTRY_UPDATED, handle_entity)


class LinkedEntities:
    """Report the removed entities of an account's options."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Use the account's options."""
        self._hass = hass
        self._entry = entry
        self._issues = AccountIssues(hass, entry)
        self._started = False

    @callback
    def start(self) -> None:
        """Check the entities until the account is unloaded."""
        for unsubscribe in (
            self._hass.bus.async_listen(
                er.EVENT_ENTITY_REGISTRY_UPDATED, self._handle_entity
            ),
            async_at_started(self._hass, self._begin),
            async_track_time_interval(
                self._hass, self.check, _INTERVAL, cancel_on_shutdown=True
            ),
        ):
            self._entry.async_on_unload(unsubscribe)

    @callback
    def check(self, _now: datetime | None = None) -> None:
        """Show the repair issues of removed entities, and delete those of restored ones.

        While Home Assistant starts, other integrations have not added all entities yet.
        """
        if not self._started:
            return
        options, issues = self._entry.options, []
        presence = linked_presence(options).items()
        for key, links in (
            ("linked_presence_missing", presence),
            ("linked_calendar_missing", _each_in_a_list(linked_calendars(options))),
        ):
            if entities := self._missing(links):
                issues.append(RepairIssue(key, {"entities": entities}))
        office_hours = options.get(CONF_OFFICE_HOURS)
        if office_hours is not None and is_missing(self._hass, office_hours):
            entity = {"entity": office_hours}
            issues.append(RepairIssue("office_hours_missing", entity))
        self._issues.report(LINKS, issues, delete_after=1)

    @callback
    def _begin(self, _hass: HomeAssistant) -> None:
        """Check the entities for the first time."""
        self._started = True
        self.check()

    @callback
    def _handle_entity(self, event: Event[EventEntityRegistryUpdatedData]) -> None:
        """Check whether linked entities were removed or restored."""
        change = event.data
        if change["action"] != "update" and change["entity_id"] in self._linked():
            self.check()

    def _linked(self) -> set[str]:
        """Return all linked entities."""
        options = self._entry.options
        return {
            *linked_calendars(options).values(),
            *(each for some in linked_presence(options).values() for each in some),
            options.get(CONF_OFFICE_HOURS, ""),
        }

    def _missing(self, links: Iterable[tuple[str, Iterable[str]]]) -> str:
        """Return the removed entities with the names of their rooms, empty if there are none."""
        devices = room_devices(self._hass, self._entry)
        rooms: defaultdict[str, list[str]] = defaultdict(list)
        for room_id, entities in links:
            # The settings of a removed room are kept, in case it returns.
            if (device := devices.get(room_id)) is None:
                continue
            for entity_id in filter(partial(is_missing, self._hass), entities):
                rooms[entity_id].append(device_name(device, room_id))
        return enumeration(
            [
                f"`{entity_id}` ({enumeration(sorted(names))})"
                for entity_id, names in sorted(rooms.items())
            ]
        )


def _each_in_a_list(links: Mapping[str, str]) -> Iterable[tuple[str, list[str]]]:
    """Return single linked entities in the form of several."""
    return ((room_id, [entity_id]) for room_id, entity_id in links.items())
