"""Poll one account, keep its snapshot, and tell those whom a change concerns."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .account.budgets import async_get_budgets
from .account.errors import translated
from .account.freshness import Freshness
from .account.issues import POLL, ROOMS, AccountIssues
from .account.removals import RollCall
from .account.room_issues import RoomIssueDetector
from .account.snapshot import Snapshot, conference_key
from .account.status_reader import RoomSelection, StatusReader, StatusUpdate
from .api.budget import Tier
from .api.client import Feature, LiveStatus, TrackedConference, VendorClient
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
from .rooms.room import Room
from .turns import seconds_to_next_turn

_LEAST_SPARE_CALLS: Final = 6.0
"""Calls a minute that are made in the background however many the polls need."""
_NOTHING_LISTED: Final = LiveStatus(
    rooms={}, rooms_complete=False, conferences_complete=False
)

type MeetingRoomsConfigEntry = ConfigEntry[AccountCoordinator]


class AccountCoordinator(DataUpdateCoordinator[Snapshot]):
    """The one place where an account is polled and its snapshot is kept."""

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
            always_update=False,
        )
        self.client = client
        self.plan = plan_polling(client.budget.limits, requests_per_poll=1)
        self.update_interval = timedelta(seconds=self.plan.interval)
        self.freshness = Freshness()
        self.issues = AccountIssues(hass, entry)
        self.data = Snapshot()
        self.alarms_read_at: datetime | None = None
        self.after_refresh: CALLBACK_TYPE | None = None
        """What is to be begun after each reading, also one that told nothing new."""
        self._source = StatusReader(client, RoomSelection.of(entry.options))
        self._last_published = (self.data, True)
        self._failed_polls = UNKNOWN_AFTER
        self.refused: InvalidAuth | None = None
        """The refusal of the credentials, which are not to be sent again."""
        self._roll_call = RollCall()
        self._room_troubles = RoomIssueDetector(self.issues)

    @property
    def watched(self) -> tuple[TrackedConference, ...]:
        """Return the conferences that were added by hand."""
        return tuple(
            TrackedConference(
                event_id=subentry.data[CONF_EVENT_ID],
                run_id=subentry.data.get(CONF_TEMP_CONFERENCE_ID),
            )
            for subentry in self.config_entry.subentries.values()
            if subentry.subentry_type == SUBENTRY_CONFERENCE
        )

    @property
    def has_spare_requests(self) -> bool:
        """Return whether the account works, and has calls to spare beside those of a poll.

        A poll of many calls waits for some of them anyway: half of those that can be made
        without a wait are kept for it, or nothing else would ever be asked.
        """
        budget = self.client.budget
        kept = min(self.plan.requests_per_poll, budget.limits.burst // 2)
        return self.last_update_success and budget.has_capacity(kept + 1)

    @property
    def spare_requests_per_minute(self) -> float:
        """Return how many calls a minute the polls leave for what need not be fresh."""
        left = (
            self.client.budget.limits.sustained_per_minute
            - self.plan.requests_per_minute
        )
        return max(left, _LEAST_SPARE_CALLS)

    @property
    def polls_details(self) -> bool:
        """Return whether the polls read the details themselves, for want of the list."""
        return self._source.one_by_one

    @property
    def details_refused(self) -> bool:
        """Return whether the details refused the credentials, and are not to get them now."""
        return self._source.details_refused

    def follows(self, room_id: str) -> bool:
        """Return whether a room is followed, as far as it is known where it is."""
        return self._source.follows(room_id)

    def subentry_of(self, key: str) -> str | None:
        """Return the id of the subentry that brings a conference, if it was added by hand."""
        for subentry_id, subentry in self.config_entry.subentries.items():
            if conference_key(subentry.data.get(CONF_EVENT_ID, "")) == key:
                return subentry_id
        return None

    @callback
    @override
    def _async_refresh_finished(self) -> None:
        """Let what follows each reading begin."""
        if self.after_refresh is not None and not self._shutdown_requested:
            self.after_refresh()

    @override
    async def _async_update_data(self) -> Snapshot:
        """Return the next snapshot, and see when to read again."""
        budgets = await async_get_budgets(self.hass)
        calls_before = self.client.budget.made[Tier.STATUS]
        try:
            snapshot = await self._async_read()
            calls = self.client.budget.made[Tier.STATUS] - calls_before
            if self._failed_polls == 0 and calls and not self._source.exceptional:
                self.plan = plan_polling(self.client.budget.limits, calls)
            return snapshot
        finally:
            # Whoever asked for an update waits on when the account was removed.
            if not self._shutdown_requested:
                self._see_when_to_read_again()
            budgets.save_soon()

    def _see_when_to_read_again(self) -> None:
        """Wait for the account's next turn."""
        self.update_interval = timedelta(
            seconds=seconds_to_next_turn(
                self.hass, self.config_entry, self.plan.interval
            )
        )

    async def _async_read(self) -> Snapshot:
        """Return the next snapshot; after a failed poll or two, the one that was."""
        try:
            live = await self._read_live()
        except ApiError as err:
            return self._after_failure(err)
        if self._shutdown_requested:
            return self.data
        self._failed_polls = 0
        _drop_frames(self.last_exception)
        snapshot = self._with_live(live)
        self.issues.report(POLL)
        self.issues.report(ROOMS, self._room_troubles.look(live, self.data, snapshot))
        if self._source.one_by_one:
            self.issues.report(Feature.DETAILS)
        return snapshot

    def _after_failure(self, err: ApiError) -> Snapshot:
        """Return the snapshot that stands after a failed poll; raise once it does no longer."""
        if self._shutdown_requested:
            return self.data
        asked = Feature.DETAILS if self._source.one_by_one else POLL
        self.issues.report_error(POLL, err, asked)
        told = translated(err, self.config_entry.title)
        if isinstance(err, InvalidAuth):
            raise ConfigEntryAuthFailed(**told) from err.again()
        if isinstance(err, Throttled) and self._failed_polls < UNKNOWN_AFTER:
            return self.data
        self._failed_polls += 1
        if self._failed_polls < UNKNOWN_AFTER:
            LOGGER.debug("Poll %s of %s: %s", self._failed_polls, self.name, err)
            return self.data
        raise UpdateFailed(**told) from err.again()

    async def _read_live(self) -> StatusUpdate:
        """Return what a poll brings; credentials that were refused are not sent again."""
        if self.refused is not None:
            raise self.refused.again()
        try:
            return await self._source.read(self.watched, self.data.of(Room))
        except InvalidAuth as err:
            self.refused = err.again()
            raise

    def _with_live(self, live: StatusUpdate) -> Snapshot:
        """Return the snapshot that a poll leads to."""
        listed = live.listed or _NOTHING_LISTED
        gone = self._roll_call.gone(live, self.data)
        self.freshness.forget(gone)
        snapshot = self.data.with_details(live.single.details, unlisted=True)
        if live.single.refused:
            snapshot = snapshot.without(Feature.DETAILS)
        snapshot = snapshot.without_status(self._left_out(live))
        return snapshot.with_live(
            listed, gone=gone, confirmed=self._roll_call.confirmed
        )

    def _left_out(self, live: StatusUpdate) -> set[str]:
        """Return the rooms of which three readings in a row did not tell the status."""
        told = {*live.single.details}
        asked: Iterable[str] = live.single.tried
        if live.listed is not None:
            told |= live.listed.rooms.keys() - self.data.silent_about(live.listed)
            asked = self.data.of(Room).keys() - live.single.waiting
        return self.freshness.note(told, asked, dt_util.utcnow())

    @callback
    def note_refusal(self, feature: Feature) -> None:
        """Keep the polls as well from an API that refuses the credentials."""
        if feature is Feature.DETAILS:
            self._source.leave_details()

    @callback
    def publish(self, snapshot: Snapshot) -> None:
        """Take a snapshot that was made between two polls."""
        self.data = snapshot
        self.async_update_listeners()

    @callback
    def take_alert(self, alert: RoomAlert) -> None:
        """Count a pushed alert in, unless all alarms were read after it."""
        read_at = self.alarms_read_at
        if read_at is None or alert.by_our_clock >= read_at:
            self.publish(self.data.with_alert(alert))

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Call the listeners, but only if the snapshot or the reachability has changed."""
        if (self.data, self.last_update_success) == self._last_published:
            return
        self._last_published = (self.data, self.last_update_success)
        for update_callback, _ in [*self._listeners.values()]:
            try:
                update_callback()
            except Exception:
                self.logger.exception("A listener of %s failed", self.name)


def _drop_frames(err: BaseException | None) -> None:
    """Keep of an error what it says; its frames would keep the snapshot of then as well."""
    while err is not None:
        err.__traceback__ = None
        err = err.__cause__
