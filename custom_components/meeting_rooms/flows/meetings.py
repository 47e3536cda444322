"""The form with the options that concern the bookings of all rooms of an account."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import voluptuous as vol

from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)

from ..account.options import DURATIONS, DurationOption, MeetingOptions, Options
from ..api.models.booking import Titles
from ..const import (
    CONF_AREA_PRESENCE,
    CONF_BOOKING_ROOMS,
    CONF_OFFICE_HOURS,
    CONF_ORGANIZER,
    CONF_TITLES,
)
from .entities import EntityField
from .errors import FormErrors

_TITLES: Final = SelectSelector(
    SelectSelectorConfig(
        options=[*Titles],
        mode=SelectSelectorMode.LIST,
        translation_key=CONF_TITLES,
    )
)
_UNITS: Final = {timedelta(minutes=1): "minutes", timedelta(hours=1): "hours"}
_OFFICE_HOURS: Final = EntityField(
    key=CONF_OFFICE_HOURS,
    domains=("schedule", "binary_sensor", "input_boolean"),
    wrong="not_office_hours",
)


def meetings_schema(
    hass: HomeAssistant,
    options: Options,
    *,
    has_booking_calendar: bool,
    needs_organizer: bool,
) -> vol.Schema:
    """Return the form with the present options."""
    present = MeetingOptions.from_options(options)
    fields: dict[vol.Marker, Any] = {
        vol.Required(CONF_TITLES, default=present.titles.value): _TITLES
    }
    for key, option in DURATIONS.items():
        count = option.count(options, key)
        fields[vol.Required(key, default=count)] = _number(option)
    area_presence = vol.Required(CONF_AREA_PRESENCE, default=present.area_presence)
    fields[area_presence] = BooleanSelector()
    fields[
        vol.Optional(
            CONF_OFFICE_HOURS, description={"suggested_value": present.office_hours}
        )
    ] = _OFFICE_HOURS.picker(hass)
    if has_booking_calendar:
        booking_rooms = vol.Required(CONF_BOOKING_ROOMS, default=present.booking_rooms)
        fields[booking_rooms] = BooleanSelector()
    if needs_organizer:
        organizer = {"suggested_value": present.organizer}
        fields[vol.Optional(CONF_ORGANIZER, description=organizer)] = TextSelector()
    return vol.Schema(fields)


def check_meetings(
    hass: HomeAssistant, options: Options, user_input: Mapping[str, Any]
) -> FormErrors:
    """Return the errors of the input."""
    stored = MeetingOptions.from_options(options).office_hours
    entered = _OFFICE_HOURS.entered(hass, user_input)
    return _OFFICE_HOURS.check(hass, entered, {stored or ""})


def with_meetings(
    hass: HomeAssistant, options: Options, user_input: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the options of a config entry with the input."""
    counts = {key: int(user_input[key]) for key in DURATIONS}
    office_hours = next(iter(_OFFICE_HOURS.entered(hass, user_input)), None)
    organizer = str(user_input.get(CONF_ORGANIZER, "")).strip() or None
    entered = {
        **user_input,
        **counts,
        CONF_OFFICE_HOURS: office_hours,
        CONF_ORGANIZER: organizer,
    }
    return {
        key: value for key, value in {**options, **entered}.items() if value is not None
    }


def _number(option: DurationOption) -> NumberSelector:
    """Return the input of a number of minutes or hours."""
    return NumberSelector(
        NumberSelectorConfig(
            min=1,
            max=option.maximum,
            step=1,
            unit_of_measurement=_UNITS[option.unit],
            mode=NumberSelectorMode.BOX,
            translation_key="duration",
        )
    )
