"""The options flow of an account: its rooms and its share of the request budget."""

from typing import Any, Final

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.const import PERCENTAGE
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
)

from ..account.client import async_create_client, refusal_of
from ..account.errors import placeholders_of
from ..api.errors import ApiError
from ..const import CONF_BUDGET_SHARE, FULL_BUDGET
from .errors import FormErrors, error_key
from .rooms import RoomsForm, fetch_rooms

_SHARE: Final = NumberSelector(
    NumberSelectorConfig(
        min=10,
        max=FULL_BUDGET,
        step=5,
        unit_of_measurement=PERCENTAGE,
        mode=NumberSelectorMode.SLIDER,
    )
)


class RoomsOptionsFlow(OptionsFlow):
    """Choose the rooms of an account, and its share of the request budget."""

    _form: RoomsForm
    _share: int

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Fetch the rooms, then show the form."""
        if (refusal := refusal_of(self.config_entry)) is not None:
            return self._abort(refusal)
        client = await async_create_client(self.hass, self.config_entry.data)
        try:
            listed = await fetch_rooms(client)
        except ApiError as err:
            return self._abort(err)
        self._form = RoomsForm(
            client=client, listed=listed, chosen=self.config_entry.options
        )
        self._share = self.config_entry.options.get(CONF_BUDGET_SHARE, FULL_BUDGET)
        return await self.async_step_rooms()

    async def async_step_rooms(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose the rooms and the share of the request budget."""
        if (refusal := refusal_of(self.config_entry)) is not None:
            return self._abort(refusal)
        errors = FormErrors()
        if user_input is not None:
            self._share = int(user_input.get(CONF_BUDGET_SHARE, FULL_BUDGET))
            errors = await self._form.check(user_input)
            if not errors:
                options = {**self._form.chosen}
                # The full budget is the default and is not stored.
                if self._share != FULL_BUDGET:
                    options[CONF_BUDGET_SHARE] = self._share
                return self.async_create_entry(data=options)
        share = vol.Optional(
            CONF_BUDGET_SHARE, description={"suggested_value": self._share}
        )
        return self.async_show_form(
            step_id="rooms",
            data_schema=self._form.schema.extend({share: _SHARE}),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    def _abort(self, err: ApiError) -> ConfigFlowResult:
        """Abort with the reason why the rooms cannot be fetched."""
        return self.async_abort(
            reason=error_key(err), description_placeholders=placeholders_of(err)
        )
