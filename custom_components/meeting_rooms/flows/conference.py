"""The subentry flow of a conference that the user adds to an account."""

from collections.abc import Iterable
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
)
from homeassistant.util import dt as dt_util

from ..account.client import async_create_client, refusal_of
from ..account.options import MeetingOptions
from ..api.errors import ApiError, NotFound
from ..api.models.conference import Conference
from ..const import CONF_EVENT_ID, CONF_PCODE, CONF_TEMP_CONFERENCE_ID
from .account import SECRET_SELECTOR, stripped
from .errors import FormErrors, form_errors_of
from .texts import async_text


class ConferenceFlow(ConfigSubentryFlow):
    """Add a conference: pick it from the host's bookings, or enter its event id or password."""

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Show the form, and find the conference at the vendor."""
        typed = stripped(user_input or {})
        errors = FormErrors()
        if user_input is not None:
            found = await self._async_find(typed)
            if isinstance(found, Conference):
                return await self._async_add(found, typed)
            errors = found
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(
                _schema(await self._async_bookings()), typed
            ),
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    async def _async_bookings(self) -> list[SelectOptionDict]:
        """Return the host's bookings that were not added yet, by title and start."""
        entry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return []
        added = {subentry.unique_id for subentry in entry.subentries.values()}
        bookings: Iterable[Conference] = entry.runtime_data.data.of(Conference).values()
        return [
            SelectOptionDict(
                value=booking.event_id, label=await self._async_label(booking)
            )
            for booking in sorted(bookings, key=lambda booking: str(booking.start))
            if booking.event_id not in added
        ]

    async def _async_label(self, conference: Conference) -> str:
        """Return the title and the local start of a booking."""
        title = await self._async_title(conference)
        if conference.start is None:
            return title
        return f"{title} · {dt_util.as_local(conference.start):%Y-%m-%d %H:%M}"

    async def _async_find(self, typed: dict[str, str]) -> Conference | FormErrors:
        """Return the conference, or the errors of the form."""
        event_id, pcode = typed.get(CONF_EVENT_ID), typed.get(CONF_PCODE)
        if (event_id is None) == (pcode is None):
            return FormErrors({"base": "conference_required"})
        if (refusal := refusal_of(self._get_entry())) is not None:
            return form_errors_of(refusal)
        client = await async_create_client(self.hass, self._get_entry().data)
        options = self._get_entry().options
        client.titles = MeetingOptions.from_options(options).titles
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
        """Add the conference under its event id; the password is not stored."""
        data = {CONF_EVENT_ID: conference.event_id}
        if run_id := typed.get(CONF_TEMP_CONFERENCE_ID):
            data[CONF_TEMP_CONFERENCE_ID] = run_id
        return self.async_create_entry(
            title=await self._async_title(conference),
            data=data,
            unique_id=conference.event_id,
        )

    async def _async_title(self, conference: Conference) -> str:
        """Return the title of a conference, or its name where the title must not be shown."""
        name = await async_text(self.hass, "device", "conference.name")
        return conference.title or name.format(event_id=conference.event_id)


def _schema(bookings: list[SelectOptionDict]) -> vol.Schema:
    """Return the form, which accepts event ids beyond the listed bookings."""
    return vol.Schema(
        {
            vol.Optional(CONF_EVENT_ID): SelectSelector(
                SelectSelectorConfig(
                    options=bookings,
                    custom_value=True,
                    mode=SelectSelectorMode.DROPDOWN,
                )
            ),
            vol.Optional(CONF_PCODE): SECRET_SELECTOR,
            vol.Optional(CONF_TEMP_CONFERENCE_ID): TextSelector(
                TextSelectorConfig(autocomplete="off")
            ),
        }
    )
