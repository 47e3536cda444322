"""The form with the settings of one room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self

import voluptuous as vol

from homeassistant.core import HomeAssistant

from ..account.options import Options, RoomSettings, room_settings, stored_settings
from ..api.client import Listing
from ..api.models.booking import CalendarRoom
from ..const import CONF_BOOKING_ROOM, CONF_CALENDAR, CONF_PRESENCE, CONF_ROOM_SETTINGS
from ..rooms.matching import Matches
from ..rooms.room import Room
from .entities import EntityField
from .errors import FormErrors
from .pickers import label, select_one

_CALENDAR: Final = EntityField(
    key=CONF_CALENDAR, domains=("calendar",), wrong="not_a_calendar"
)
_PRESENCE: Final = EntityField(
    key=CONF_PRESENCE,
    domains=("binary_sensor",),
    device_classes=("motion", "occupancy", "presence"),
    multiple=True,
    wrong="not_a_presence_sensor",
)


def match_hint(room_id: str, matches: Matches | None) -> str | None:
    """Return the key of the text on a room that was not found by name; None without one."""
    if matches is None or room_id in matches.calendar_ids:
        return None
    return "several_matches" if room_id in matches.doubtful else "no_match"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSettingsForm:
    """The settings of one room."""

    hass: HomeAssistant
    room_id: str
    name: str
    stored: RoomSettings
    calendar_rooms: Mapping[str, str] | None = None
    """The labels of the rooms of the booking calendar by id; None without such a calendar."""
    hint: str | None = None
    """The translation key of a text on the booking calendar; None without one."""

    def with_calendar(
        self, calendar: Listing[tuple[CalendarRoom, ...]], matches: Matches | None
    ) -> Self:
        """Return the form with the choice of a room of the booking calendar."""
        if not calendar.complete:
            hint = "calendar_unreadable"
        elif self.stored.booking_room:
            hint = None
        else:
            hint = match_hint(self.room_id, matches)
        labels = calendar_labels(calendar.items)
        return replace(self, calendar_rooms=labels, hint=hint)

    def schema(self, shown: RoomSettings) -> vol.Schema:
        """Return the form with some settings."""
        fields = {
            _optional(CONF_CALENDAR, shown.calendar): _CALENDAR.picker(self.hass),
            _optional(CONF_PRESENCE, [*shown.presence]): _PRESENCE.picker(self.hass),
        }
        if self.calendar_rooms is None:
            return vol.Schema(fields)
        # The present one is offered although the calendar may not have it any more.
        present = self.stored.booking_room
        unlisted = {present: present} if present else {}
        picker = select_one({**unlisted, **self.calendar_rooms})
        booking_room = _optional(CONF_BOOKING_ROOM, shown.booking_room)
        return vol.Schema({**fields, booking_room: picker})

    def entered(self, user_input: Mapping[str, Any]) -> RoomSettings:
        """Return the settings in the input; those that the form does not offer are kept."""
        if self.calendar_rooms is None:
            booking_room = self.stored.booking_room
        else:
            booking_room = user_input.get(CONF_BOOKING_ROOM)
        return RoomSettings(
            calendar=next(iter(_CALENDAR.entered(self.hass, user_input)), None),
            presence=_PRESENCE.entered(self.hass, user_input),
            booking_room=booking_room,
        )

    def check(self, entered: RoomSettings) -> FormErrors:
        """Return the first error of the input."""
        calendar, stored = (
            (each.calendar,) if each.calendar else () for each in (entered, self.stored)
        )
        return _CALENDAR.check(self.hass, calendar, stored) or _PRESENCE.check(
            self.hass, entered.presence, self.stored.presence
        )

    def check_booking_room(
        self, entered: RoomSettings, options: Options, rooms: Mapping[str, Room]
    ) -> FormErrors:
        """Return the error of a room of the booking calendar that is chosen for two rooms."""
        for room_id, room in rooms.items():
            taken = room_settings(options, room_id).booking_room
            if room_id != self.room_id and taken and taken == entered.booking_room:
                return FormErrors(
                    {CONF_BOOKING_ROOM: "booking_room_taken"}, {"other": room.name}
                )
        return FormErrors()


def with_room_settings(
    options: Options, room_id: str, settings: RoomSettings
) -> dict[str, Any]:
    """Return the options of a config entry with the settings of a room; empty ones are absent."""
    fields = {
        CONF_CALENDAR: settings.calendar,
        CONF_PRESENCE: [*settings.presence],
        CONF_BOOKING_ROOM: settings.booking_room,
    }
    filled = {key: value for key, value in fields.items() if value}
    rooms = {**stored_settings(options), room_id: filled}
    updated = {**options, CONF_ROOM_SETTINGS: {k: v for k, v in rooms.items() if v}}
    return {
        key: value
        for key, value in updated.items()
        if value or key != CONF_ROOM_SETTINGS
    }


def calendar_labels(rooms: Iterable[CalendarRoom]) -> dict[str, str]:
    """Return the name and place of each room of a booking calendar, by id."""
    return {
        room.calendar_id: label(
            room.name or room.calendar_id,
            "-".join(part for part in (room.city, room.building, room.floor) if part),
        )
        for room in rooms
    }


def _optional(key: str, value: object) -> vol.Optional:
    """Return an optional field with its present value, which the user can clear."""
    return vol.Optional(key, description={"suggested_value": value})
