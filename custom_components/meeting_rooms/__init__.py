"""Meeting rooms of Tencent Meeting, WeCom and Quanshi in Home Assistant."""

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.typing import ConfigType

from .account.budgets import async_get_budgets
from .account.client import async_create_client
from .account.issues import async_clear_issues
from .background import BackgroundUpdater
from .const import CONF_BUDGET_SHARE, DOMAIN, FULL_BUDGET
from .coordinator import AccountCoordinator, MeetingRoomsConfigEntry
from .devices import DeviceSynchronizer
from .webhook import async_receive_push

PLATFORMS = [Platform.BINARY_SENSOR, Platform.SENSOR]
CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Let what is to be mended of an account go when the account is disabled."""

    @callback
    def clear_if_disabled(_change: ConfigEntryChange, entry: ConfigEntry) -> None:
        """Do so also for one that was never set up, which nobody unloads."""
        if entry.domain == DOMAIN and entry.disabled_by:
            async_clear_issues(hass, entry)

    async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, clear_if_disabled)
    return True


async def async_setup_entry(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> bool:
    """Set up an account."""
    share = entry.options.get(CONF_BUDGET_SHARE, FULL_BUDGET)
    client = await async_create_client(hass, entry.data, entry.title, share)
    coordinator = AccountCoordinator(hass, entry, client)
    # The forms ask it, also where the first reading fails.
    entry.runtime_data = coordinator
    await coordinator.async_config_entry_first_refresh()

    devices = DeviceSynchronizer(hass, entry)
    await devices.sync_in_batches()
    entry.async_on_unload(coordinator.async_add_listener(devices.sync))
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)

    async_receive_push(hass, entry)
    BackgroundUpdater(coordinator).start(hass, entry)
    entry.async_on_unload(entry.add_update_listener(_async_reload))
    return True


async def async_unload_entry(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> bool:
    """Unload an account; what is to be mended stays, for it may be a reload."""
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> None:
    """Leave nothing behind of an account."""
    async_clear_issues(hass, entry)
    budgets = await async_get_budgets(hass)
    await budgets.async_save()


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry, device: DeviceEntry
) -> bool:
    """Let a device be removed by hand, if the account has no more what it stands for."""
    if entry.state is not ConfigEntryState.LOADED:
        return False
    account = str(entry.unique_id)
    present = {
        account,
        *(f"{account}_{key}" for key in entry.runtime_data.data.subjects),
    }
    return not any(
        domain == DOMAIN and identifier in present
        for domain, identifier in device.identifiers
    )


async def _async_reload(hass: HomeAssistant, entry: MeetingRoomsConfigEntry) -> None:
    """Start the account anew with its changed settings, rooms or conferences."""
    await hass.config_entries.async_reload(entry.entry_id)
