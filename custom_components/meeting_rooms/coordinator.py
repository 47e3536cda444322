"""Poll one account, and keep what is known of it."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from copy import copy
from datetime import datetime, timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .account.budgets import async_get_budgets
from .account.errors import translated
from .account.issues import POLL, ROOMS, AccountIssues
from .account.presence import Presence
from .account.room_issues import RoomIssueDetector
from .account.room_memories import RoomMemories
from .account.selection import SelectedRooms
from .account.snapshot import CONFERENCE_PREFIX, Snapshot, conference_key
from .account.status_reader import StatusReader, StatusUpdate
from .account.written_bookings import WrittenBookings
from .api.budget import Tier
from .api.client import Feature, TrackedConference, VendorClient
from .api.errors import ApiError, InvalidAuth, Throttled
from .api.limits import plan_polling
from .api.models.alert import RoomAlert
from .const import (
    CONF_EVENT_ID,
    CONF_TEMP_CONFERENCE_ID,
    LOGGER,
    SUBENTRY_CONFERENCE,
    UNKNOWN_AFTER,
)
from .meetings.booker import RoomBooker
from .meetings.calendar_events import window
from .meetings.tracker import MeetingTracker
from .rooms.room import Room

type MeetingRoomsConfigEntry = ConfigEntry[AccountCoordinator]


class AccountCoordinator(DataUpdateCoordinator[Snapshot]):
    """Poll one account; an account that did not change keeps the same snapshot."""

    config_entry: MeetingRoomsConfigEntry

    def __init__(
        self,
        hass: HomeAssistant,
        entry: MeetingRoomsConfigEntry,
        client: VendorClient,
        memories: RoomMemories,
        written: WrittenBookings,
    ) -> None:
        """Use the account's client, and what is remembered of its rooms and bookings."""
        super().__init__(
            hass, LOGGER, config_entry=entry, name=entry.title, always_update=False
        )
        self.data = Snapshot()
        self._published, self._was_reachable = self.data, True
        self._index: Mapping[object, list[CALLBACK_TYPE]] = {}
        self._index_mark = (0, 0)
        self.client = client
        self.issues = AccountIssues(hass, entry)
        self.presence = Presence()
        self.polls = 0
        """The number of successful polls."""
        self.alarms_fetched_at: datetime | None = None
        self.meetings = MeetingTracker(hass, entry, client, memories, self._change)
        self.booker = RoomBooker(
            hass,
            entry,
            client=client,
            meetings=self.meetings,
            issues=self.issues,
            written=written,
            rooms=lambda: self.data.of(Room),
        )
        self.selected_rooms = SelectedRooms(entry.options)
        self._reader = StatusReader(
            client, self.selected_rooms, self.meetings.calendar_rooms
        )
        self._polled_at = dt_util.utcnow()
        self._room_issues = RoomIssueDetector(self.issues, self.selected_rooms)
        # Values of before are kept for two failed polls, but there are none yet.
        self._failed_polls = UNKNOWN_AFTER
        self._refused_at_poll = -1
        self._refusal: InvalidAuth | None = None
        self.plan = plan_polling(client.budget.limits, requests_per_poll=1)
        self.update_interval = timedelta(seconds=self.plan.interval)

    @property
    def tracked_conferences(self) -> tuple[TrackedConference, ...]:
        """Return the conferences that were added as subentries."""
        return tuple(
            TrackedConference(
                event_id=subentry.data[CONF_EVENT_ID],
                run_id=subentry.data.get(CONF_TEMP_CONFERENCE_ID),
            )
            for subentry in self.config_entry.get_subentries_of_type(
                SUBENTRY_CONFERENCE
            )
        )

    @property
    def refusal(self) -> InvalidAuth | None:
        """Return a new error if the vendor has refused the credentials of the account."""
        return copy(self._refusal)

    @property
    def allows_background(self) -> bool:
        """Return whether the last poll succeeded, after any refusal of the credentials.

        While the vendor does not respond, each request in the background would wait in vain.
        """
        failed = self._failed_polls > 0 or not self.last_update_success
        return not failed and self.polls > self._refused_at_poll

    @property
    def fetches_details(self) -> bool:
        """Return whether details are to be fetched beside the polls."""
        return not (self._reader.one_by_one or self._reader.details_refused)

    def subentry_of(self, key: str | None) -> str | None:
        """Return the id of the subentry of a conference, if there is one."""
        for subentry_id, subentry in self.config_entry.subentries.items():
            if conference_key(subentry.data.get(CONF_EVENT_ID, "")) == key:
                return subentry_id
        return None

    def has_device(self, key: str) -> bool:
        """Return whether a subject has a device: of the conferences, those of subentries."""
        return (
            not key.startswith(CONFERENCE_PREFIX) or self.subentry_of(key) is not None
        )

    @override
    async def _async_update_data(self) -> Snapshot:
        """Return the next snapshot; after one or two failed polls, the last one."""
        budgets = await async_get_budgets(self.hass)
        sent = self.client.budget.sent[Tier.STATUS]
        result = await self._poll()
        budgets.save_soon()
        # A manual update may still run when the account has been removed.
        if self._shutdown_requested:
            return self.data
        if isinstance(result, ApiError):
            return self._after_failure(result)
        self._plan_polls(self.client.budget.sent[Tier.STATUS] - sent)
        snapshot = self._after_success(result)
        if self.polls == 1:
            # Nothing else can be published meanwhile.
            snapshot = await self.meetings.async_observe(snapshot)
        return self.meetings.updated(snapshot)

    async def _poll(self) -> StatusUpdate | ApiError:
        """Return what the vendor reports; credentials that it refused are not sent again."""
        if (refusal := self.refusal) is not None:
            return refusal
        try:
            return await self._reader.fetch(
                self.tracked_conferences, self.data.of(Room)
            )
        except InvalidAuth as err:
            self._refusal = copy(err)
            return err
        except ApiError as err:
            return err

    def _plan_polls(self, requests: int) -> None:
        """Choose the interval of polls, and reserve the requests of the next one."""
        budget = self.client.budget
        if budget.paused:
            # The poll may have ended early.
            requests = max(requests, self.plan.requests_per_poll)
        self.plan = plan_polling(budget.limits, max(requests, 1))
        self.update_interval = timedelta(seconds=self.plan.interval)
        budget.reserve = min(requests, budget.limits.burst // 2)

    def _after_success(self, update: StatusUpdate) -> Snapshot:
        """Return the next snapshot, and report the repair issues."""
        self.polls += 1
        self._failed_polls = 0
        if (now := dt_util.utcnow()) < self._polled_at:
            # The clock was set back: states with a time of before are wrong.
            self.async_update_listeners()
        self._polled_at = now
        before, snapshot = self.data, self._updated(update)
        self.issues.report(POLL)
        if self.polls > 1:
            self.booker.settle_soon()
        room_issues = self._room_issues.look(update, before, snapshot)
        self.issues.report(ROOMS, room_issues, delete_after=1)
        if update.listed is not None:
            self.issues.report_denied(update.listed.denied)
        if self._reader.one_by_one:
            self.issues.report(Feature.DETAILS)
        return snapshot

    def _updated(self, update: StatusUpdate) -> Snapshot:
        """Return the snapshot with what a poll reports."""
        without_status = self.presence.without_status(update, self.data)
        removed = self.presence.removed(update, self.data)
        snapshot = self.data.with_details(update.details, unlisted=True)
        if update.details_refused:
            snapshot = snapshot.without(Feature.DETAILS)
        snapshot = snapshot.without_status(without_status)
        if update.listed is not None:
            snapshot = snapshot.with_live(update.listed)
        snapshot = snapshot.without_subjects(removed, confirmed=self.presence.confirmed)
        if update.listed is not None and update.listed.bookings is not None:
            snapshot = self.meetings.with_bookings(snapshot, update.listed.bookings)
        # The option may have changed during the poll.
        snapshot = snapshot.reduced(self.client.titles)
        if Feature.HOST_BOOKINGS in self.client.features:
            snapshot = snapshot.with_current_conference(dt_util.utcnow(), window()[1])
        return snapshot

    def _after_failure(self, err: ApiError) -> Snapshot:
        """Return the last snapshot after one or two failed polls, and raise from then on."""
        api = Feature.DETAILS if self._reader.one_by_one else POLL
        self.issues.report_error(POLL, err, api)
        message = translated(err, self.config_entry.title)
        if isinstance(err, InvalidAuth):
            raise ConfigEntryAuthFailed(**message) from err
        if self._failed_polls < UNKNOWN_AFTER and not isinstance(err, Throttled):
            self._failed_polls += 1
        if self._failed_polls >= UNKNOWN_AFTER:
            raise UpdateFailed(**message) from err
        LOGGER.debug("Poll %s of %s failed: %s", self._failed_polls, self.name, err)
        return self.data

    @callback
    def note_refusal(self, feature: Feature) -> None:
        """Wait for the next poll after an API in the background refused the credentials."""
        self._refused_at_poll = self.polls
        if feature is Feature.DETAILS:
            self._reader.refuse_details()

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Call the listeners whose context has changed: the key of a subject, or None for any."""
        changed = self.data.changed_since(self._published)
        everything = self.last_update_success is not self._was_reachable
        self._published, self._was_reachable = self.data, self.last_update_success
        by_context = self._listeners_by_context()
        for key in [*by_context] if everything else [None, *changed]:
            for update in by_context.get(key, ()):
                try:
                    update()
                except Exception:
                    self.logger.exception("A listener of %s failed", self.name)

    def _listeners_by_context(self) -> Mapping[object, list[CALLBACK_TYPE]]:
        """Return the listeners by their context; a large account has ten thousand."""
        mark = (self._last_listener_id, len(self._listeners))
        if mark != self._index_mark:
            index: defaultdict[object, list[CALLBACK_TYPE]] = defaultdict(list)
            for update, key in self._listeners.values():
                index[key].append(update)
            self._index, self._index_mark = dict(index), mark
        return self._index

    @callback
    def publish(self, snapshot: Snapshot) -> None:
        """Set a snapshot that was made between two polls, unless nothing changed."""
        snapshot = self.meetings.updated(snapshot)
        if snapshot is not self.data:
            self.data = snapshot
            self.async_update_listeners()
        self.meetings.fire_events()

    @callback
    def _change(self, change: Callable[[Snapshot], Snapshot]) -> None:
        """Publish a changed snapshot, unless the account is being unloaded."""
        if not self._shutdown_requested:
            self.publish(change(self.data))

    @callback
    def take_alert(self, alert: RoomAlert) -> None:
        """Add a pushed alert, unless all alarms were fetched after it."""
        fetched_at = self.alarms_fetched_at
        if fetched_at is None or alert.by_our_clock >= fetched_at:
            self.publish(self.data.with_alert(alert))

    @callback
    def remove_subject(self, key: str) -> None:
        """Remove a room, conference or controller whose device the user deletes."""
        self.presence.forget([key])
        self.publish(self.data.without_subjects([key]))
