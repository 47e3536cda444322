"""Add an account, update its credentials, and choose its rooms."""

from collections.abc import Mapping
from functools import partialmethod
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.core import callback

from .account.client import account_id, async_create_client, vendor_of
from .api.errors import ApiError, PermissionDenied
from .api.registry import VENDORS
from .api.vendor import Vendor
from .const import (
    CONF_ALL_ROOMS,
    CONF_VENDOR,
    DOMAIN,
    LOGGER,
    SUBENTRY_CONFERENCE,
    SUBENTRY_WEBHOOK,
)
from .flows.account import account_schema, normalized, split_secrets, stripped, validate
from .flows.areas import areas_schema, default_areas, with_areas
from .flows.conference import ConferenceFlow
from .flows.errors import FormErrors, form_errors_of
from .flows.options import AccountOptionsFlow
from .flows.rooms import RoomsForm, fetch_rooms
from .flows.texts import async_text
from .flows.webhook import WebhookFlow


class MeetingRoomsConfigFlow(ConfigFlow, domain=DOMAIN):
    """Add an account, or update the credentials of one."""

    VERSION = 1

    _title: str
    _account: dict[str, str]
    _form: RoomsForm

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the options flow."""
        return AccountOptionsFlow()

    @classmethod
    @callback
    @override
    def async_supports_options_flow(cls, config_entry: ConfigEntry) -> bool:
        """Return whether this version knows the account's vendor."""
        return vendor_of(config_entry) is not None

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return the subentries that the account supports."""
        vendor = vendor_of(config_entry)
        types: dict[str, type[ConfigSubentryFlow]] = {}
        if vendor is not None and vendor.supports_manual_conferences:
            types[SUBENTRY_CONFERENCE] = ConferenceFlow
        if vendor is not None and vendor.webhook is not None:
            types[SUBENTRY_WEBHOOK] = WebhookFlow
        return types

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Show the menu of vendors."""
        return self.async_show_menu(step_id="user", menu_options=[*VENDORS])

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Start a reauthentication."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for new credentials of an account whose credentials the vendor rejected."""
        entry = self._get_reauth_entry()
        return await self._async_step_update("reauth_confirm", entry, user_input)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Change the account; an empty secret keeps the stored one."""
        entry = self._get_reconfigure_entry()
        return await self._async_step_update("reconfigure", entry, user_input)

    async def _async_step_add(
        self, vendor_key: str, user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Add an account of a vendor."""
        return await self._async_step_account(
            vendor_key, VENDORS[vendor_key], user_input
        )

    async_step_tencent_meeting = partialmethod(_async_step_add, "tencent_meeting")
    async_step_wecom = partialmethod(_async_step_add, "wecom")
    async_step_quanshi = partialmethod(_async_step_add, "quanshi")

    async def _async_step_update(
        self, step_id: str, entry: ConfigEntry, user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Update an existing account."""
        if (vendor := vendor_of(entry)) is not None:
            return await self._async_step_account(step_id, vendor, user_input, entry)
        return self.async_abort(
            reason="unknown_vendor",
            description_placeholders={
                "account": entry.title,
                "vendor": str(entry.data.get(CONF_VENDOR, "")),
            },
        )

    async def _async_step_account(
        self,
        step_id: str,
        vendor: Vendor,
        user_input: dict[str, Any] | None,
        entry: ConfigEntry | None = None,
    ) -> ConfigFlowResult:
        """Show the form of an account, and add or update the account."""
        reconfigures = self.source == SOURCE_RECONFIGURE
        secrets, shown = split_secrets(vendor, entry.data if entry else {})
        errors = FormErrors()
        if user_input is not None:
            shown = stripped(user_input)
            kept = secrets if reconfigures else {}
            errors = await self._async_try(vendor, {**kept, **shown}, entry)
            if not errors:
                return (
                    self._async_update(entry)
                    if entry
                    else await self._async_add(vendor)
                )
        schema = account_schema(vendor, secrets_required=not reconfigures)
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, shown),
            errors=errors.errors,
            description_placeholders={
                **errors.placeholders,
                "account": entry.title if entry else "",
                "console_url": vendor.console_url,
                "default_base_url": vendor.base_url,
            },
        )

    async def _async_add(self, vendor: Vendor) -> ConfigFlowResult:
        """Go on to the choice of rooms, or create the entry."""
        menu_option = f"step.user.menu_options.{vendor.key}"
        name = await async_text(self.hass, "config", menu_option)
        self._title = f"{name} {self._account[vendor.account_field]}"
        if vendor.supports_room_selection:
            return await self.async_step_rooms()
        return self.async_create_entry(title=self._title, data=self._account)

    async def _async_try(
        self, vendor: Vendor, typed: Mapping[str, str], entry: ConfigEntry | None = None
    ) -> FormErrors:
        """Validate an account, first its fields and then by a request to the vendor."""
        if errors := validate(vendor, typed):
            return FormErrors(errors)
        self._account = {CONF_VENDOR: vendor.key, **normalized(vendor, typed)}
        # A flow that the user left behind must not block this one.
        await self.async_set_unique_id(
            account_id(self._account), raise_on_progress=False
        )
        if entry is None:
            self._abort_if_unique_id_configured()
        else:
            self._abort_if_unique_id_mismatch(reason="another_account")
        client = await async_create_client(self.hass, self._account)
        try:
            listed = await fetch_rooms(client)
        except ApiError as err:
            return form_errors_of(err)
        except Exception as err:  # noqa: BLE001
            # The traceback could print a URL that carries a credential.
            LOGGER.error("Unexpected error while testing an account: %s", type(err))
            return FormErrors({"base": "unknown"}, {"code": ""})
        if entry is None:
            needs_list = not vendor.supports_room_selection
        else:
            needs_list = entry.options.get(CONF_ALL_ROOMS, True)
        if listed is None and needs_list:
            return form_errors_of(PermissionDenied())
        self._form = RoomsForm(client=client, listed=listed)
        return FormErrors()

    async def async_step_rooms(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose the rooms of a new account."""
        errors = FormErrors()
        if user_input is not None:
            errors = await self._form.check(user_input)
            if not errors:
                return await self.async_step_areas()
        return self.async_show_form(
            step_id="rooms",
            data_schema=self._form.schema,
            errors=errors.errors,
            description_placeholders=errors.placeholders,
        )

    async def async_step_areas(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Choose how the rooms of a new account are placed into areas."""
        if user_input is not None:
            return self.async_create_entry(
                title=self._title,
                data=self._account,
                options=with_areas(self._form.chosen, user_input),
            )
        return self.async_show_form(
            step_id="areas",
            data_schema=areas_schema(default_areas(self._form.number)),
        )

    @callback
    def _async_update(self, entry: ConfigEntry) -> ConfigFlowResult:
        """Store the new credentials and reload the account."""
        # A listener of the entry reloads it, and may be removed when the update returns.
        reloads = bool(entry.update_listeners)
        changed = self.hass.config_entries.async_update_entry(entry, data=self._account)
        if not (changed and reloads):
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        return self.async_abort(reason=f"{self.source}_successful")
