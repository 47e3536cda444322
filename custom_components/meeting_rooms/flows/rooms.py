"""The form in which the rooms of an account are chosen, in the config and the options flow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import voluptuous as vol

from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from ..account.selection import SelectedRooms
from ..api.client import VendorClient
from ..api.errors import ApiError, NotFound, PermissionDenied, RequestRejected
from ..api.models.room import RoomSummary
from ..const import CONF_ALL_ROOMS, CONF_PLACES, CONF_ROOMS
from ..rooms.places import normalized_place, places_of
from .errors import FormErrors, form_errors_of
from .pickers import label, sort_key

_UNKNOWN_ROOM = {NotFound.key, RequestRejected.key}


@dataclass(slots=True, kw_only=True)
class RoomsForm:
    """The choice of rooms; `listed` is None where the permission to list rooms is missing."""

    client: VendorClient
    listed: Mapping[str, RoomSummary] | None
    chosen: Mapping[str, Any] = field(default_factory=dict)

    @property
    def schema(self) -> vol.Schema:
        """Return the form; all rooms and places are offered only where the rooms are listed."""
        fields: dict[vol.Marker, Any] = {}
        if self.listed is not None:
            default = self.chosen.get(CONF_ALL_ROOMS, True)
            fields[vol.Required(CONF_ALL_ROOMS, default=default)] = BooleanSelector()
        chosen = self.chosen.get(CONF_PLACES, [])
        if self.listed is not None and (self._places or chosen):
            places = vol.Optional(CONF_PLACES, description={"suggested_value": chosen})
            fields[places] = _picker(self._places)
        rooms = vol.Optional(CONF_ROOMS, default=self.chosen.get(CONF_ROOMS, []))
        options = [
            SelectOptionDict(
                value=room_id, label=label(room.name or room_id, room.location)
            )
            for room_id, room in (self.listed or {}).items()
        ]
        fields[rooms] = _picker(
            sorted(options, key=lambda option: sort_key(option["label"]))
        )
        return vol.Schema(fields)

    @property
    def _places(self) -> list[str]:
        """Return every city, building and floor that has rooms."""
        listed = (self.listed or {}).values()
        return sorted(
            {place for room in listed for place in places_of(room.location)},
            key=sort_key,
        )

    @property
    def number(self) -> int:
        """Return how many rooms are chosen."""
        if not self.chosen.get(CONF_ALL_ROOMS):
            return len(self.chosen.get(CONF_ROOMS, ()))
        choice = SelectedRooms(self.chosen)
        listed = (self.listed or {}).values()
        return sum(choice.covers(room.location) for room in listed)

    async def check(self, user_input: Mapping[str, Any]) -> FormErrors:
        """Store the input, and return its errors."""
        typed = (str(room_id).strip() for room_id in user_input.get(CONF_ROOMS, ()))
        rooms = [*dict.fromkeys(room_id for room_id in typed if room_id)]
        all_rooms = self.listed is not None and user_input.get(CONF_ALL_ROOMS, True)
        self.chosen = {CONF_ALL_ROOMS: all_rooms, CONF_ROOMS: rooms}
        if all_rooms:
            return self._check_places(user_input.get(CONF_PLACES, ()))
        errors = await self._check_rooms(rooms)
        if errors:
            # The user may turn all rooms on again.
            self.chosen = {**self.chosen, CONF_PLACES: user_input.get(CONF_PLACES, [])}
        return errors

    def _check_places(self, typed: Iterable[str]) -> FormErrors:
        """Store the chosen places; at least one of them must have a room."""
        places = [
            *dict.fromkeys(place for each in typed if (place := normalized_place(each)))
        ]
        if not places:
            return FormErrors()
        self.chosen = {**self.chosen, CONF_PLACES: places}
        choice = SelectedRooms(self.chosen)
        if any(choice.covers(room.location) for room in (self.listed or {}).values()):
            return FormErrors()
        return FormErrors({CONF_PLACES: "places_empty"})

    async def _check_rooms(self, rooms: list[str]) -> FormErrors:
        """Fetch each room that is not in the list, and return the first error."""
        if not rooms:
            return FormErrors({CONF_ROOMS: "rooms_required"})
        for room_id in rooms:
            if room_id in (self.listed or {}):
                continue
            try:
                await self.client.fetch_details(room_id)
            except ApiError as err:
                if err.key in _UNKNOWN_ROOM:
                    return FormErrors({CONF_ROOMS: "room_not_found"}, {"room": room_id})
                return form_errors_of(err)
        return FormErrors()


async def fetch_rooms(client: VendorClient) -> Mapping[str, RoomSummary] | None:
    """Return the rooms of an account, or None where the permission to list them is missing."""
    try:
        return (await client.fetch_live()).rooms
    except PermissionDenied:
        return None


def _picker(options: list[str] | list[SelectOptionDict]) -> SelectSelector:
    """Return an input in which options are picked, or typed."""
    return SelectSelector(
        SelectSelectorConfig(
            options=options,
            multiple=True,
            custom_value=True,
            mode=SelectSelectorMode.DROPDOWN,
        )
    )
