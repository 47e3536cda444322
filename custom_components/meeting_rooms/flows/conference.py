"""Add a conference by hand to an account that follows a host's bookings."""

from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigSubentryFlow, SubentryFlowResult
from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.helpers.translation import async_get_translations

from ..account.client import async_create_client, refusal_of
from ..account.errors import UNKNOWN_PLACEHOLDERS
from ..api.errors import ApiError, NotFound
from ..api.models.conference import Conference
from ..const import CONF_EVENT_ID, CONF_PCODE, CONF_TEMP_CONFERENCE_ID, DOMAIN
from .account import stripped
from .errors import FormErrors, form_errors_of

_TEXT = TextSelector(TextSelectorConfig(autocomplete="off"))
_SCHEMA = vol.Schema(
    {
        vol.Optional(CONF_EVENT_ID): _TEXT,
        vol.Optional(CONF_PCODE): TextSelector(
            TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
        ),
        vol.Optional(CONF_TEMP_CONFERENCE_ID): _TEXT,
    }
)


class ConferenceFlow(ConfigSubentryFlow):
    """Ask for a conference by its event id or its host's password."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask for a conference, and see that the vendor knows it."""
        typed = stripped(user_input or {})
        found = FormErrors()
        if user_input is not None:
            outcome = await self._async_find(typed)
            if isinstance(outcome, Conference):
                return await self._async_add(outcome, typed)
            found = outcome
        shown = {field: value for field, value in typed.items() if field != CONF_PCODE}
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(_SCHEMA, shown),
            errors=dict(found.errors),
            description_placeholders={**UNKNOWN_PLACEHOLDERS, **found.placeholders},
        )

    async def _async_find(self, typed: dict[str, str]) -> Conference | FormErrors:
        """Return the conference, or what is wrong with what was typed."""
        event_id, pcode = typed.get(CONF_EVENT_ID), typed.get(CONF_PCODE)
        if (event_id is None) == (pcode is None):
            return FormErrors({"base": "conference_required"})
        if (refusal := refusal_of(self._get_entry())) is not None:
            return form_errors_of(refusal)
        client = await async_create_client(self.hass, self._get_entry().data)
        try:
            return await client.find_conference(
                event_id=event_id,
                pcode=pcode,
                run_id=typed.get(CONF_TEMP_CONFERENCE_ID),
            )
        except NotFound:
            return FormErrors({"base": "conference_not_found"})
        except ApiError as err:
            return form_errors_of(err)

    async def _async_add(
        self, conference: Conference, typed: dict[str, str]
    ) -> SubentryFlowResult:
        """Add the conference under its event id; the password that found it is not kept."""
        if any(
            subentry.unique_id == conference.event_id
            for subentry in self._get_entry().subentries.values()
        ):
            return self.async_abort(reason="already_configured")
        data = {CONF_EVENT_ID: conference.event_id}
        if run_id := typed.get(CONF_TEMP_CONFERENCE_ID):
            data[CONF_TEMP_CONFERENCE_ID] = run_id
        return self.async_create_entry(
            title=conference.title or await self._async_untitled(conference.event_id),
            data=data,
            unique_id=conference.event_id,
        )

    async def _async_untitled(self, event_id: str) -> str:
        """Return what a conference is called whose title is not to be shown."""
        translations = await async_get_translations(
            self.hass, self.hass.config.language, "device", {DOMAIN}
        )
        return translations[f"component.{DOMAIN}.device.conference.name"].format(
            event_id=event_id
        )
