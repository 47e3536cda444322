"""Choose the rooms of an account again."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow

from .api.errors import ApiError
from .rooms_form import RoomsForm, read_list
from .vendor_errors import UNKNOWN_PLACEHOLDERS, FormErrors, form_key, placeholders_of
from .vendors import async_create_client


class RoomsOptionsFlow(OptionsFlow):
    """Ask which rooms to follow."""

    _form: RoomsForm

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Read the list of rooms, then ask."""
        client = await async_create_client(self.hass, self.config_entry.data)
        try:
            listed = await read_list(client)
        except ApiError as err:
            return self.async_abort(
                reason=form_key(err), description_placeholders=placeholders_of(err)
            )
        self._form = RoomsForm(
            client=client, listed=listed, chosen=self.config_entry.options
        )
        return await self.async_step_rooms()

    async def async_step_rooms(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which rooms to follow."""
        found = FormErrors()
        if user_input is not None:
            found = await self._form.check(user_input)
            if not found.errors:
                return self.async_create_entry(data=self._form.chosen)
        return self.async_show_form(
            step_id="rooms",
            data_schema=self._form.schema,
            errors=dict(found.errors),
            description_placeholders={**UNKNOWN_PLACEHOLDERS, **found.placeholders},
        )
