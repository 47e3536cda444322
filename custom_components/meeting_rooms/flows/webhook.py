"""Set up the address that a vendor calls by itself."""

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
from homeassistant.helpers.selector import (
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.helpers.translation import async_get_translations

from ..api.registry import VENDORS
from ..api.vendor import Vendor, Webhook
from ..const import CONF_VENDOR, DOMAIN, SUBENTRY_WEBHOOK
from .account import stripped

_SECRET = TextSelector(
    TextSelectorConfig(type=TextSelectorType.PASSWORD, autocomplete="off")
)


class WebhookFlow(ConfigSubentryFlow):
    """Show the address, and ask for what the vendor proves itself by."""

    _webhook_id: str

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Set up a new address; an account has one at most."""
        if any(
            subentry.subentry_type == SUBENTRY_WEBHOOK
            for subentry in self._get_entry().subentries.values()
        ):
            return self.async_abort(reason="already_configured")
        if user_input is None:
            self._webhook_id = webhook.async_generate_id()
        return await self._async_step_form("user", user_input)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Show the address again, and take other secrets."""
        self._webhook_id = self._get_reconfigure_subentry().data[CONF_WEBHOOK_ID]
        return await self._async_step_form("reconfigure", user_input)

    async def _async_step_form(
        self, step_id: str, user_input: dict[str, Any] | None
    ) -> SubentryFlowResult:
        """Ask for the secrets, and keep them."""
        url = self._url()
        errors: dict[str, str] = {}
        if user_input is not None:
            typed = stripped(user_input)
            errors = _errors(self._push, typed)
            if not errors:
                return await self._async_keep(
                    {CONF_WEBHOOK_ID: self._webhook_id} | typed
                )
        if url is None:
            errors["base"] = "no_external_url"
        return self.async_show_form(
            step_id=step_id,
            data_schema=_schema(self._push),
            errors=errors,
            description_placeholders={
                "console_url": self._vendor.console_url,
                "console_path": self._push.console_path,
                "event": self._push.event,
                "webhook_url": url or webhook.async_generate_path(self._webhook_id),
            },
        )

    async def _async_keep(self, settings: Mapping[str, str]) -> SubentryFlowResult:
        """Keep the address and the secrets, and start the account with them."""
        if self.source == SOURCE_RECONFIGURE:
            return self.async_update_and_abort(
                self._get_entry(), self._get_reconfigure_subentry(), data=settings
            )
        translations = await async_get_translations(
            self.hass, self.hass.config.language, "config_subentries", {DOMAIN}
        )
        title = f"component.{DOMAIN}.config_subentries.{SUBENTRY_WEBHOOK}.entry_type"
        return self.async_create_entry(
            title=translations[title], data=settings, unique_id=SUBENTRY_WEBHOOK
        )

    @property
    def _vendor(self) -> Vendor:
        """Return the vendor that is to call."""
        return VENDORS[self._get_entry().data[CONF_VENDOR]]

    @property
    def _push(self) -> Webhook:
        """Return how the vendor calls; this flow is offered only where it does."""
        push = self._vendor.webhook
        assert push is not None
        return push

    def _url(self) -> str | None:
        """Return the address, None where nobody outside can reach this Home Assistant."""
        try:
            return webhook.async_generate_url(
                self.hass, self._webhook_id, allow_internal=False
            )
        except NoURLAvailableError:
            return None


def _schema(push: Webhook) -> vol.Schema:
    """Return the form; nothing of it is shown while it is typed, or ever again."""
    fields: dict[vol.Marker, TextSelector] = {}
    fields |= {vol.Required(field): _SECRET for field in push.fields}
    fields |= {vol.Optional(field): _SECRET for field in push.optional_fields}
    return vol.Schema(fields)


def _errors(push: Webhook, typed: Mapping[str, str]) -> dict[str, str]:
    """Return what is wrong with the fields."""
    errors = {field: "required" for field in push.fields if field not in typed}
    patterns = {**push.fields, **push.optional_fields}
    for field, value in typed.items():
        if not re.fullmatch(patterns[field], value):
            errors[field] = f"invalid_{field}"
    return errors
