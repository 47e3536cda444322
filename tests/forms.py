"""Open and submit the forms of the integration."""

from collections.abc import Mapping
from typing import Any, Final

from custom_components.meeting_rooms.const import DOMAIN, SUBENTRY_CONFERENCE
from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntry,
    ConfigFlowResult,
    SubentryFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from .home import ALL_ROOMS

type Form = Mapping[str, Any]

_DEFAULTS: Final[Mapping[str, Form]] = {"rooms": ALL_ROOMS, "areas": {}}
"""The input of the steps after the account form."""


async def open_form(hass: HomeAssistant, vendor: str) -> ConfigFlowResult:
    """Open the account form of a vendor from the menu."""
    menu = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": SOURCE_USER}
    )
    return await hass.config_entries.flow.async_configure(
        menu["flow_id"], {"next_step_id": vendor}
    )


async def fill_in(
    hass: HomeAssistant, form: ConfigFlowResult, fields: Form
) -> ConfigFlowResult:
    """Submit a step of the config flow."""
    return await hass.config_entries.flow.async_configure(form["flow_id"], dict(fields))


async def add_account(hass: HomeAssistant, vendor: str, fields: Form) -> ConfigEntry:
    """Add an account with all rooms."""
    return await finish(hass, await open_form(hass, vendor), fields)


async def finish(
    hass: HomeAssistant, form: ConfigFlowResult, fields: Form
) -> ConfigEntry:
    """Submit the account form, all rooms and the default areas, and return the config entry."""
    result = await fill_in(hass, form, fields)
    while result["type"] is FlowResultType.FORM:
        result = await fill_in(hass, result, _DEFAULTS[result["step_id"]])
    assert result["type"] is FlowResultType.CREATE_ENTRY, result
    await hass.async_block_till_done()
    return result["result"]


async def create(
    hass: HomeAssistant, rooms: ConfigFlowResult, fields: Form
) -> ConfigFlowResult:
    """Submit the form of the rooms and then the default areas, which creates the account."""
    areas = await fill_in(hass, rooms, fields)
    assert (areas["type"], areas["step_id"]) == (FlowResultType.FORM, "areas"), areas
    return await fill_in(hass, areas, {})


async def open_menu(hass: HomeAssistant, entry: ConfigEntry) -> ConfigFlowResult:
    """Open the menu of an account's options."""
    return await hass.config_entries.options.async_init(entry.entry_id)


async def open_options(
    hass: HomeAssistant, entry: ConfigEntry, step: str = "rooms"
) -> ConfigFlowResult:
    """Open a form of an account's options from the menu."""
    return await choose(hass, await open_menu(hass, entry), {"next_step_id": step})


async def open_room_settings(
    hass: HomeAssistant, entry: ConfigEntry, room_id: str
) -> ConfigFlowResult:
    """Open the form with the settings of a room."""
    form = await open_options(hass, entry, "room")
    return await choose(hass, form, {"room": room_id})


async def choose(
    hass: HomeAssistant, form: ConfigFlowResult, fields: Form
) -> ConfigFlowResult:
    """Submit a step of an account's options."""
    result = await hass.config_entries.options.async_configure(
        form["flow_id"], dict(fields)
    )
    await hass.async_block_till_done()
    return result


async def open_conference(
    hass: HomeAssistant, entry: ConfigEntry
) -> SubentryFlowResult:
    """Open the conference form of an account."""
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, SUBENTRY_CONFERENCE), context={"source": SOURCE_USER}
    )


async def fill_in_conference(
    hass: HomeAssistant, form: SubentryFlowResult, fields: Form
) -> SubentryFlowResult:
    """Submit a subentry form."""
    result = await hass.config_entries.subentries.async_configure(
        form["flow_id"], dict(fields)
    )
    await hass.async_block_till_done()
    return result


async def add_conference(
    hass: HomeAssistant, entry: ConfigEntry, fields: Form
) -> SubentryFlowResult:
    """Add a conference to an account."""
    form = await open_conference(hass, entry)
    return await fill_in_conference(hass, form, fields)


def suggested(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the suggested values of a form, by field."""
    return {
        str(marker): marker.description["suggested_value"]
        for marker in form["data_schema"].schema
        if "suggested_value" in (marker.description or {})
    }


def fields_of(form: Mapping[str, Any]) -> list[str]:
    """Return the names of a form's fields."""
    return [str(marker) for marker in form["data_schema"].schema]


def options_of(form: Mapping[str, Any], field: str) -> dict[str, str]:
    """Return the labels of a field's options, by value."""
    options = picker_of(form, field)["options"]
    return {each["value"]: each["label"] for each in options}


def picker_of(form: Mapping[str, Any], field: str) -> dict[str, Any]:
    """Return the configuration of a field's selector."""
    return dict(form["data_schema"].schema[field].config)


def default_input(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the input of a form that is submitted without changes."""
    return dict(form["data_schema"]({}))


def placeholders_of(form: Mapping[str, Any]) -> dict[str, str]:
    """Return the placeholders of a form's texts."""
    return dict(form["description_placeholders"])
