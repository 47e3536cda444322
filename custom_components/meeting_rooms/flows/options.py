"""The options flow of an account: its rooms, its bookings and the settings of single rooms."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import voluptuous as vol

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult, OptionsFlow
from homeassistant.const import PERCENTAGE
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
)

from ..account.client import async_create_client, refusal_of, vendor_of
from ..account.errors import placeholders_of
from ..account.options import area_mode, room_settings
from ..api.client import Feature, Listing
from ..api.errors import ApiError
from ..const import (
    CONF_ALL_ROOMS,
    CONF_BUDGET_SHARE,
    CONF_PLACES,
    CONF_ROOM,
    CONF_ROOMS,
    FULL_BUDGET,
    LOGGER,
)
from ..rooms.matching import calendar_id_of
from ..rooms.room import Room
from .areas import areas_schema, with_areas
from .errors import FormErrors, error_key
from .meetings import check_meetings, meetings_schema, with_meetings
from .pickers import label, select_one
from .room_settings import RoomSettingsForm, with_room_settings
from .rooms import RoomsForm, fetch_rooms
from .texts import async_text

_ROOMS_OPTIONS: Final = {CONF_ALL_ROOMS, CONF_ROOMS, CONF_PLACES, CONF_BUDGET_SHARE}
_SHARE: Final = NumberSelector(
    NumberSelectorConfig(
        min=10,
        max=FULL_BUDGET,
        step=5,
        unit_of_measurement=PERCENTAGE,
        mode=NumberSelectorMode.SLIDER,
    )
)


class AccountOptionsFlow(OptionsFlow):
    """Change the options of an account; each form saves its own and keeps the others."""

    _form: RoomsForm
    _share: int
    _settings: RoomSettingsForm

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the menu."""
        vendor = vendor_of(self.config_entry)
        selects = vendor is not None and vendor.supports_room_selection
        steps = ["rooms", "areas"] * selects + ["meetings", "room"]
        return self.async_show_menu(step_id="init", menu_options=steps)

    async def async_step_rooms(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose the rooms and the share of the request budget."""
        if (refusal := refusal_of(self.config_entry)) is not None:
            return self._abort(refusal)
        options = self.config_entry.options
        if user_input is None:
            client = await async_create_client(self.hass, self.config_entry.data)
            try:
                listed = await fetch_rooms(client)
            except ApiError as err:
                return self._abort(err)
            self._form = RoomsForm(client=client, listed=listed, chosen=options)
            self._share = options.get(CONF_BUDGET_SHARE, FULL_BUDGET)
            return self._show_rooms(FormErrors())
        self._share = int(user_input.get(CONF_BUDGET_SHARE, FULL_BUDGET))
        if errors := await self._form.check(user_input):
            return self._show_rooms(errors)
        # The full budget is the default and is not stored.
        share = {CONF_BUDGET_SHARE: self._share} if self._share != FULL_BUDGET else {}
        others = {
            key: value
            for key, value in self.config_entry.options.items()
            if key not in _ROOMS_OPTIONS
        }
        return self.async_create_entry(data={**others, **self._form.chosen, **share})

    def _show_rooms(self, errors: FormErrors) -> ConfigFlowResult:
        """Show the form with the rooms and the share."""
        share = vol.Optional(
            CONF_BUDGET_SHARE, description={"suggested_value": self._share}
        )
        return self.async_show_form(
            step_id="rooms",
            data_schema=self._form.schema.extend({share: _SHARE}),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    async def async_step_areas(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose how the rooms are placed into areas."""
        options = self.config_entry.options
        if user_input is not None:
            return self.async_create_entry(data=with_areas(options, user_input))
        return self.async_show_form(
            step_id="areas", data_schema=areas_schema(area_mode(options))
        )

    async def async_step_meetings(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change what concerns the bookings of all rooms."""
        options, errors = self.config_entry.options, FormErrors()
        if user_input is not None:
            errors = check_meetings(self.hass, options, user_input)
            if not errors:
                return self.async_create_entry(
                    data=with_meetings(self.hass, options, user_input)
                )
        client = await async_create_client(self.hass, self.config_entry.data)
        rules = client.booking_rules
        schema = meetings_schema(
            self.hass,
            options,
            has_booking_calendar=Feature.BOOKING_CALENDAR in client.features,
            needs_organizer=rules is not None and rules.needs_organizer,
        )
        return self.async_show_form(
            step_id="meetings",
            data_schema=self.add_suggested_values_to_schema(schema, user_input),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    async def async_step_room(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose the room whose settings are changed."""
        if not self._is_loaded:
            return self.async_abort(reason="not_loaded")
        if not (rooms := self._rooms):
            return self.async_abort(reason="no_rooms")
        if user_input is not None:
            await self._async_open_settings(user_input[CONF_ROOM])
            return await self.async_step_room_settings()
        labels = {key: label(room.name, room.location) for key, room in rooms.items()}
        return self.async_show_form(
            step_id="room",
            data_schema=vol.Schema({vol.Required(CONF_ROOM): select_one(labels)}),
        )

    async def async_step_room_settings(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change the settings of one room."""
        options = self.config_entry.options
        # A linked entity may have been renamed while the form is open.
        stored = room_settings(options, self._settings.room_id)
        form = replace(self._settings, stored=stored)
        if self._is_loaded and form.room_id not in self._rooms:
            return self.async_abort(reason="room_removed")
        shown, errors = form.stored, FormErrors()
        if user_input is not None:
            shown = form.entered(user_input)
            errors = form.check(shown) or form.check_booking_room(
                shown, options, self._rooms
            )
            if not errors:
                return self.async_create_entry(
                    data=with_room_settings(options, form.room_id, shown)
                )
        # A form has no other place for a sentence that only some rooms need.
        hint = form.hint and await async_text(
            self.hass, "options", f"error.{form.hint}"
        )
        return self.async_show_form(
            step_id="room_settings",
            data_schema=form.schema(shown),
            errors=errors.errors,
            description_placeholders={
                "room": form.name,
                "hint": hint or "",
                **errors.placeholders,
            },
        )

    async def _async_open_settings(self, room_id: str) -> None:
        """Prepare the form with the settings of a room."""
        entry = self.config_entry
        self._settings = RoomSettingsForm(
            hass=self.hass,
            room_id=room_id,
            name=entry.runtime_data.data.room(room_id).name,
            stored=room_settings(entry.options, room_id),
        )
        matches = entry.runtime_data.meetings.calendar_rooms.matches
        client = await async_create_client(self.hass, entry.data)
        has_calendar = Feature.BOOKING_CALENDAR in client.features
        if not has_calendar or calendar_id_of(room_id) is not None:
            return
        try:
            if (refusal := refusal_of(entry)) is not None:
                raise refusal
            calendar = await client.fetch_calendar_rooms()
        except ApiError as err:
            LOGGER.debug("The rooms of the booking calendar are unknown: %s", err)
            calendar = Listing((), complete=False)
        self._settings = self._settings.with_calendar(calendar, matches)

    @property
    def _is_loaded(self) -> bool:
        """Return whether the rooms of the account are known."""
        return self.config_entry.state is ConfigEntryState.LOADED

    @property
    def _rooms(self) -> Mapping[str, Room]:
        """Return the rooms of the account, none while it is not loaded."""
        if not self._is_loaded:
            return {}
        rooms: Mapping[str, Room] = self.config_entry.runtime_data.data.of(Room)
        return rooms

    def _abort(self, err: ApiError) -> ConfigFlowResult:
        """Abort with the reason why the rooms cannot be fetched."""
        return self.async_abort(
            reason=error_key(err), description_placeholders=placeholders_of(err)
        )
