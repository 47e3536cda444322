"""Add accounts, choose their rooms, and renew their credentials."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.core import callback
from homeassistant.helpers.translation import async_get_translations

from .account.client import account_id, async_create_client
from .account.errors import UNKNOWN_PLACEHOLDERS
from .api.errors import ApiError, PermissionDenied
from .api.registry import VENDORS
from .const import (
    CONF_ALL_ROOMS,
    CONF_VENDOR,
    DOMAIN,
    LOGGER,
    SUBENTRY_CONFERENCE,
    SUBENTRY_WEBHOOK,
)
from .flows.account import (
    account_of,
    account_schema,
    form_errors,
    shown_again,
    stripped,
)
from .flows.conference import ConferenceFlow
from .flows.errors import FormErrors, form_errors_of
from .flows.options import RoomsOptionsFlow
from .flows.rooms import RoomsForm, read_list
from .flows.webhook import WebhookFlow


class MeetingRoomsConfigFlow(ConfigFlow, domain=DOMAIN):
    """Add an account at one of the vendors."""

    VERSION = 1

    _title: str
    _data: dict[str, str]
    _form: RoomsForm

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the flow in which the rooms are chosen again."""
        return RoomsOptionsFlow()

    @classmethod
    @callback
    @override
    def async_supports_options_flow(cls, config_entry: ConfigEntry) -> bool:
        """Return whether the account's rooms can be chosen."""
        return VENDORS[config_entry.data[CONF_VENDOR]].supports_room_selection

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return what can be added to the account by hand."""
        vendor = VENDORS[config_entry.data[CONF_VENDOR]]
        types: dict[str, type[ConfigSubentryFlow]] = {}
        if vendor.supports_manual_conferences:
            types[SUBENTRY_CONFERENCE] = ConferenceFlow
        if vendor.webhook is not None:
            types[SUBENTRY_WEBHOOK] = WebhookFlow
        return types

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask at which vendor the account is."""
        return self.async_show_menu(step_id="user", menu_options=[*VENDORS])

    async def async_step_tencent_meeting(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for an enterprise application of Tencent Meeting."""
        return await self._async_step_account("tencent_meeting", user_input)

    async def async_step_wecom(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for an application of WeCom."""
        return await self._async_step_account("wecom", user_input)

    async def async_step_quanshi(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for a host at Quanshi."""
        return await self._async_step_account("quanshi", user_input)

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Ask for credentials that the vendor takes again."""
        return await self._async_step_account(entry_data[CONF_VENDOR], None)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for other credentials, another operator or another address."""
        vendor_key = self._get_reconfigure_entry().data[CONF_VENDOR]
        return await self._async_step_account(vendor_key, None)

    async def _async_step_account(
        self, vendor_key: str, user_input: dict[str, Any] | None
    ) -> ConfigFlowResult:
        """Ask for an account, whether it is new or to be renewed."""
        vendor = VENDORS[vendor_key]
        found = FormErrors()
        shown: Mapping[str, Any]
        if user_input is None:
            entry = self._entry_to_renew()
            shown = {} if entry is None else entry.data
        else:
            shown = typed = stripped(user_input)
            found = FormErrors(form_errors(vendor, typed))
            if not found.errors:
                data = {CONF_VENDOR: vendor_key, **account_of(vendor, typed)}
                await self.async_set_unique_id(account_id(data))
                self._abort_if_not_this_account()
                found = await self._async_try(data)
                if not found.errors:
                    return await self._async_account_works(data)
        return self.async_show_form(
            step_id=vendor_key,
            data_schema=self.add_suggested_values_to_schema(
                account_schema(vendor), shown_again(vendor, shown)
            ),
            errors=dict(found.errors),
            description_placeholders={
                **UNKNOWN_PLACEHOLDERS,
                **found.placeholders,
                "console_url": vendor.console_url,
                "default_base_url": vendor.base_url,
            },
        )

    def _entry_to_renew(self) -> ConfigEntry | None:
        """Return the account that is to be renewed, None where one is to be added."""
        if self.source == SOURCE_REAUTH:
            return self._get_reauth_entry()
        if self.source == SOURCE_RECONFIGURE:
            return self._get_reconfigure_entry()
        return None

    def _abort_if_not_this_account(self) -> None:
        """Abort if the account is there already, or is not the one that is to be renewed."""
        if self.source == SOURCE_USER:
            self._abort_if_unique_id_configured()
        else:
            self._abort_if_unique_id_mismatch(reason="another_account")

    async def _async_try(self, data: dict[str, str]) -> FormErrors:
        """Return what is wrong with an account, by a real call to the vendor."""
        client = await async_create_client(self.hass, data)
        try:
            listed = await read_list(client)
        except ApiError as err:
            return form_errors_of(err)
        except Exception as err:  # noqa: BLE001
            # The traceback could print a URL that carries a credential.
            LOGGER.error("Unexpected error while an account was tried: %s", type(err))
            return FormErrors({"base": "unknown"})
        entry = self._entry_to_renew()
        if listed is None and entry and entry.options.get(CONF_ALL_ROOMS, True):
            return form_errors_of(PermissionDenied())
        self._form = RoomsForm(client=client, listed=listed)
        return FormErrors()

    async def _async_account_works(self, data: dict[str, str]) -> ConfigFlowResult:
        """Renew the account, or go on to the choice of rooms, or add it right away."""
        if (entry := self._entry_to_renew()) is not None:
            return self._async_renew(entry, data)
        self._data = data
        vendor = VENDORS[data[CONF_VENDOR]]
        self._title = await self._async_title(data)
        if vendor.supports_room_selection:
            return await self.async_step_rooms()
        return self.async_create_entry(title=self._title, data=data)

    async def async_step_rooms(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask which rooms to follow."""
        found = FormErrors()
        if user_input is not None:
            found = await self._form.check(user_input)
            if not found.errors:
                return self.async_create_entry(
                    title=self._title, data=self._data, options=self._form.chosen
                )
        return self.async_show_form(
            step_id="rooms",
            data_schema=self._form.schema,
            errors=dict(found.errors),
            description_placeholders={**UNKNOWN_PLACEHOLDERS, **found.placeholders},
        )

    @callback
    def _async_renew(
        self, entry: ConfigEntry, data: dict[str, str]
    ) -> ConfigFlowResult:
        """Keep the new credentials and start the account with them."""
        # A listener of the entry reloads it, and may be gone when the update returns.
        reloads = bool(entry.update_listeners)
        changed = self.hass.config_entries.async_update_entry(entry, data=data)
        if not (changed and reloads):
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        if self.source == SOURCE_REAUTH:
            return self.async_abort(reason="reauth_successful")
        return self.async_abort(reason="reconfigure_successful")

    async def _async_title(self, data: dict[str, str]) -> str:
        """Return the vendor's name in the language of the office, and the account's id."""
        translations = await async_get_translations(
            self.hass, self.hass.config.language, "config", {DOMAIN}
        )
        vendor_key = data[CONF_VENDOR]
        name = translations[
            f"component.{DOMAIN}.config.step.user.menu_options.{vendor_key}"
        ]
        return f"{name} {data[VENDORS[vendor_key].account_field]}"
