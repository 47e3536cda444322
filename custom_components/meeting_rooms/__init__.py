"""Meeting rooms of Tencent Meeting, WeCom and Quanshi in Home Assistant."""

from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.typing import ConfigType

from .account.budgets import async_get_budgets
from .account.client import async_create_client, vendor_of
from .account.issues import async_clear_issues
from .account.options import reload_options
from .account.placed_rooms import PlacedRooms
from .account.room_memories import RoomMemories
from .account.written_bookings import (
    async_get_written_bookings,
    async_remove_written_bookings,
)
from .api.client import Feature
from .background.booking_calendar import BookingCalendarUpdater
from .background.bookings import RoomBookingsUpdater
from .background.details import DetailsUpdater
from .background.lists import ListUpdater
from .const import CONF_BUDGET_SHARE, CONF_VENDOR, DOMAIN, FULL_BUDGET, LOGGER
from .coordinator import AccountCoordinator, MeetingRoomsConfigEntry
from .devices import DeviceSynchronizer, subject_keys
from .former_bookings import async_remove_former_bookings
from .former_conferences import async_remove_former_conferences
from .frontend_modules import async_serve_frontend
from .meetings.linked_entities import follow_renamed_entities
from .room_areas import async_place_rooms
from .rooms.areas import AreaMode
from .services import async_register_actions
from .timeline import async_register_commands
from .webhook import async_receive_push

PLATFORMS = [
    Platform.BINARY_SENSOR,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.SENSOR,
    Platform.SWITCH,
]
CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register actions, serve dashboards, and follow what concerns accounts that are not loaded."""
    async_register_commands(hass)
    async_register_actions(hass)

    @callback
    def clear_if_disabled(_change: ConfigEntryChange, entry: ConfigEntry) -> None:
        """Delete the issues, also of an entry that was never set up."""
        if entry.domain == DOMAIN and entry.disabled_by:
            async_clear_issues(hass, entry)

    async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, clear_if_disabled)
    await async_serve_frontend(hass)
    follow_renamed_entities(hass)
    return True


async def async_setup_entry(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> bool:
    """Set up an account."""
    if vendor_of(entry) is None:
        raise ConfigEntryError(
            translation_domain=DOMAIN,
            translation_key="unknown_vendor",
            translation_placeholders={
                "account": entry.title,
                "vendor": str(entry.data.get(CONF_VENDOR)),
            },
        )
    loaded = _reload_parts(entry)
    share = entry.options.get(CONF_BUDGET_SHARE, FULL_BUDGET)
    client = await async_create_client(hass, entry.data, entry.title, share)
    memories = RoomMemories(hass, entry.entry_id)
    await memories.async_load()
    written = await async_get_written_bookings(hass, entry.entry_id)
    coordinator = AccountCoordinator(hass, entry, client, memories, written)
    # The options and subentry flows use the coordinator even if the first poll fails.
    entry.runtime_data = coordinator
    await coordinator.async_config_entry_first_refresh()

    async_remove_former_conferences(hass, entry)
    async_remove_former_bookings(hass, entry)
    devices = DeviceSynchronizer(hass, entry)
    await devices.sync_in_batches()
    entry.async_on_unload(coordinator.async_add_listener(devices.sync))
    # The ids of new entities begin with the area of their device.
    await async_place_rooms(hass, entry)
    coordinator.meetings.start()
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)

    coordinator.booker.start()
    async_receive_push(hass, entry)
    if Feature.ROOM_BOOKINGS in client.features:
        RoomBookingsUpdater(coordinator).start(hass, entry)
    if Feature.BOOKING_CALENDAR in client.features:
        BookingCalendarUpdater(coordinator).start(hass, entry)
    ListUpdater(coordinator).start(hass, entry)
    if Feature.DETAILS in client.features:
        DetailsUpdater(coordinator).start(hass, entry)

    async def update(hass: HomeAssistant, entry: MeetingRoomsConfigEntry) -> None:
        """Apply a change of the live options, and reload the account after any other."""
        if _reload_parts(entry) != loaded:
            await hass.config_entries.async_reload(entry.entry_id)
            return
        coordinator.booker.apply_options()
        if coordinator.meetings.apply_options():
            await coordinator.async_request_refresh()

    entry.async_on_unload(entry.add_update_listener(update))
    return True


async def async_unload_entry(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> bool:
    """Unload an account; its repair issues are kept for a reload."""
    unloaded = await hass.config_entries.async_unload_platforms(entry, PLATFORMS)
    await entry.runtime_data.booker.async_finish()
    await entry.runtime_data.meetings.async_save()
    return unloaded


async def async_remove_entry(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry
) -> None:
    """Delete the repair issues and the files of an account, and its stored request count."""
    async_clear_issues(hass, entry)
    await RoomMemories(hass, entry.entry_id).async_remove()
    if await async_remove_written_bookings(hass, entry.entry_id):
        LOGGER.warning(
            "%s was removed before the outcome of each booking was known: look for meetings and "
            "bookings of Home Assistant that are left at the vendor",
            entry.title,
        )
    await PlacedRooms(hass, entry.entry_id, AreaMode.NONE).async_remove()
    budgets = await async_get_budgets(hass)
    await budgets.async_save()


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: MeetingRoomsConfigEntry, device: DeviceEntry
) -> bool:
    """Allow deleting a device if the account does not have its subject any more.

    A room that no list has contained for an hour counts as removed, although only a complete
    list would prove it: some vendors' totals never match their lists.
    """
    if entry.state is not ConfigEntryState.LOADED:
        return False
    coordinator = entry.runtime_data
    present = subject_keys(entry, device) & coordinator.data.subjects.keys()
    is_account = (DOMAIN, str(entry.unique_id)) in device.identifiers
    if is_account or not all(map(coordinator.presence.is_long_missing, present)):
        return False
    for key in present:
        coordinator.remove_subject(key)
    return True


def _reload_parts(entry: MeetingRoomsConfigEntry) -> tuple[object, ...]:
    """Return the parts of an account that take effect only when it is loaded."""
    return (
        entry.title,
        entry.unique_id,
        {**entry.data},
        reload_options(entry.options),
        # Home Assistant changes a subentry in place; its title is not used.
        [{**each.as_dict(), "title": ""} for each in entry.subentries.values()],
    )
