"""The subentry flow of an account's webhook, to which its vendor pushes events."""

from collections.abc import Mapping
import re
from typing import Any

import voluptuous as vol

from homeassistant.components import webhook
from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import CONF_WEBHOOK_ID
from homeassistant.helpers.network import NoURLAvailableError
from homeassistant.helpers.selector import TextSelector

from ..api.registry import VENDORS
from ..api.vendor import Vendor, Webhook
from ..const import CONF_VENDOR, SUBENTRY_WEBHOOK
from .account import SECRET_SELECTOR, stripped
from .texts import async_text


class WebhookFlow(ConfigSubentryFlow):
    """Show the webhook's address, and ask for the secrets of the vendor's event push.

    Each vendor with a webhook has a separate step, whose texts describe the vendor's console.
    """

    _webhook_id: str

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Add a webhook with a new address; an account has one at most."""
        if self._get_entry().get_subentries_of_type(SUBENTRY_WEBHOOK):
            return self.async_abort(reason="already_configured")
        self._webhook_id = webhook.async_generate_id()
        return self._show_form({}, {})

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Show the address again, and replace the secrets."""
        self._webhook_id = self._get_reconfigure_subentry().data[CONF_WEBHOOK_ID]
        return self._show_form({}, {})

    async def async_step_tencent_meeting(
        self, user_input: dict[str, Any]
    ) -> SubentryFlowResult:
        """Validate the secrets of the event subscription, and store them with the address."""
        typed = stripped(user_input)
        if errors := _validate(self._webhook, typed):
            return self._show_form(typed, errors)
        settings = {CONF_WEBHOOK_ID: self._webhook_id, **typed}
        if self.source == SOURCE_RECONFIGURE:
            return self.async_update_and_abort(
                self._get_entry(), self._get_reconfigure_subentry(), data=settings
            )
        title = await async_text(
            self.hass, "config_subentries", f"{SUBENTRY_WEBHOOK}.entry_type"
        )
        return self.async_create_entry(
            title=title, data=settings, unique_id=SUBENTRY_WEBHOOK
        )

    def _show_form(
        self, typed: Mapping[str, str], errors: dict[str, str]
    ) -> SubentryFlowResult:
        """Show the form of the vendor with the values that were entered."""
        try:
            url = webhook.async_generate_url(
                self.hass, self._webhook_id, allow_internal=False
            )
        except NoURLAvailableError:
            url = webhook.async_generate_path(self._webhook_id)
            errors = {**errors, "base": "no_external_url"}
        return self.async_show_form(
            step_id=self._vendor.key,
            data_schema=self.add_suggested_values_to_schema(
                _schema(self._webhook), typed
            ),
            errors=errors,
            description_placeholders={
                "console_url": self._vendor.console_url,
                "webhook_url": url,
            },
        )

    @property
    def _vendor(self) -> Vendor:
        """Return the vendor of the account."""
        return VENDORS[self._get_entry().data[CONF_VENDOR]]

    @property
    def _webhook(self) -> Webhook:
        """Return the settings of the vendor's event push; only such accounts offer this flow."""
        settings = self._vendor.webhook
        assert settings is not None
        return settings


def _schema(settings: Webhook) -> vol.Schema:
    """Return the form; every field is masked."""
    fields: dict[vol.Marker, TextSelector] = {
        **{vol.Required(field): SECRET_SELECTOR for field in settings.fields},
        **{vol.Optional(field): SECRET_SELECTOR for field in settings.optional_fields},
    }
    return vol.Schema(fields)


def _validate(settings: Webhook, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the errors of the fields."""
    errors = {field: "required" for field in settings.fields if field not in typed}
    patterns = {**settings.fields, **settings.optional_fields}
    for field, value in typed.items():
        if not re.fullmatch(patterns[field], value):
            errors[field] = f"invalid_{field}"
    return errors
