"""Poll one account, keep its snapshot, and tell those whom a change concerns."""

from collections.abc import Callable
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from .api.client import LiveReading, VendorClient, WatchedConference
from .api.conference import Conference
from .api.errors import AddressNotAllowed, ApiError, InvalidAuth
from .api.room import Room
from .const import (
    CONF_ALL_ROOMS,
    CONF_EVENT_ID,
    CONF_ROOMS,
    CONF_TEMP_CONFERENCE_ID,
    DOMAIN,
    LOGGER,
    STATUS_INTERVAL,
    SUBENTRY_CONFERENCE,
)
from .live import LiveSource, RoomChoice
from .snapshot import SETTLED_AFTER, Attendance, Snapshot, conference_key

_UNAVAILABLE_AFTER: Final = 3
"""Failed polls in a row after which the last known values no longer stand."""

type MeetingRoomsConfigEntry = ConfigEntry[AccountCoordinator]


class AccountCoordinator(DataUpdateCoordinator[Snapshot]):
    """The one place where an account is polled and its snapshot is kept.

    A listener's context is the key of the subject that it follows: it is called when that
    subject changes. A listener without context is called when anything does.
    """

    config_entry: MeetingRoomsConfigEntry

    def __init__(
        self, hass: HomeAssistant, entry: MeetingRoomsConfigEntry, client: VendorClient
    ) -> None:
        """Take the client of the account."""
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            name=entry.title,
            update_interval=STATUS_INTERVAL,
            always_update=False,
        )
        self.client = client
        self.choice = RoomChoice(
            all_rooms=entry.options.get(CONF_ALL_ROOMS, True),
            room_ids=tuple(entry.options.get(CONF_ROOMS, ())),
        )
        self.data = Snapshot()
        self._source = LiveSource(client, self.choice)
        self._followers: dict[str | None, list[CALLBACK_TYPE]] = {}
        self._told = self.data
        self._told_reachable = True
        self._failed_polls = _UNAVAILABLE_AFTER
        self._complete_readings = 0
        self._rooms = Attendance()
        self._conferences = Attendance()

    @property
    def watched(self) -> tuple[WatchedConference, ...]:
        """Return the conferences that were added by hand."""
        return tuple(
            WatchedConference(
                event_id=subentry.data[CONF_EVENT_ID],
                run_id=subentry.data.get(CONF_TEMP_CONFERENCE_ID),
            )
            for subentry in self.config_entry.subentries.values()
            if subentry.subentry_type == SUBENTRY_CONFERENCE
        )

    @property
    def may_ask(self) -> bool:
        """Return whether the account works, and its limit leaves room for more calls."""
        return self.last_update_success and not self._source.limited

    @property
    def polls_details(self) -> bool:
        """Return whether the polls read the details themselves, for want of the list."""
        return self._source.one_by_one

    def subentry_of(self, key: str) -> str | None:
        """Return the id of the subentry that brings a conference, if it was added by hand."""
        for subentry_id, subentry in self.config_entry.subentries.items():
            if conference_key(subentry.data.get(CONF_EVENT_ID, "")) == key:
                return subentry_id
        return None

    @override
    async def _async_update_data(self) -> Snapshot:
        """Return the next snapshot; after a failed poll or two, the one that was."""
        try:
            reading = await self._source.read(self.watched)
        except InvalidAuth as err:
            raise ConfigEntryAuthFailed(**self._translated(err)) from err
        except ApiError as err:
            self._failed_polls += 1
            if self._failed_polls < _UNAVAILABLE_AFTER:
                LOGGER.debug("Poll %s of %s: %s", self._failed_polls, self.name, err)
                return self.data
            raise UpdateFailed(**self._translated(err)) from err
        self._failed_polls = 0
        if isinstance(reading, LiveReading):
            return self._with_live(reading)
        return self.data.with_details(reading, unlisted=True)

    def _with_live(self, reading: LiveReading) -> Snapshot:
        """Return the snapshot that a reading leads to."""
        gone: frozenset[str] = frozenset()
        if reading.rooms_complete:
            gone |= self._rooms.gone(self.data.of(Room), reading.rooms)
        if reading.conferences_complete:
            found = {conference_key(event_id) for event_id in reading.conferences}
            gone |= self._conferences.gone(self.data.of(Conference), found)
        if reading.rooms_complete and reading.conferences_complete:
            self._complete_readings += 1
        return self.data.with_live(
            reading, gone=gone, settled=self._complete_readings >= SETTLED_AFTER
        )

    @callback
    def publish(self, snapshot: Snapshot) -> None:
        """Take a snapshot that was made between two polls."""
        self.data = snapshot
        self.async_update_listeners()

    @callback
    @override
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: str | None = None
    ) -> Callable[[], None]:
        """Call back when the subject with this key changes, or when anything does."""
        remove = super().async_add_listener(update_callback, context)
        self._followers.setdefault(context, []).append(update_callback)

        @callback
        def remove_follower() -> None:
            """Follow no longer."""
            self._followers[context].remove(update_callback)
            remove()

        return remove_follower

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Tell those whom a change concerns: nobody when nothing changed."""
        changed = self.data.changed_since(self._told)
        reachable = self.last_update_success
        if reachable != self._told_reachable:
            changed |= {key for key in self._followers if key is not None}
        elif self.data is self._told:
            return
        self._told, self._told_reachable = self.data, reachable
        for key in (None, *changed):
            for follower in [*self._followers.get(key, ())]:
                follower()

    def _translated(self, err: ApiError) -> dict[str, Any]:
        """Return what makes a translated exception of an error of the vendor."""
        address = err.address if isinstance(err, AddressNotAllowed) else None
        return {
            "translation_domain": DOMAIN,
            "translation_key": err.key,
            "translation_placeholders": {
                "account": self.config_entry.title,
                "address": address or "?",
                "code": "?" if err.code is None else str(err.code),
            },
        }
