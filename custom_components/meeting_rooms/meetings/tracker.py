"""Track the meetings of an account's rooms: bookings, use, and the events that follow."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback

from ..account.calendar_rooms import CalendarRooms
from ..account.freshness import Freshness
from ..account.options import MeetingOptions, room_settings, stored_settings
from ..account.room_memories import RoomMemories
from ..account.room_schedules import Bookings, RoomSchedules
from ..account.snapshot import Snapshot
from ..api.client import Feature, VendorClient
from ..rooms.meeting_events import MeetingEvent
from ..rooms.room import Room
from .calendar_events import window
from .evidence import PresenceEvidence
from .fetcher import BookingFetcher
from .linked_calendars import LinkedCalendars
from .outlooks import OutlookUpdater

type MeetingListener = Callable[[MeetingEvent], None]
type RequestListener = Callable[[Collection[str]], None]
type Change = Callable[[Snapshot], Snapshot]

_REPORTED_APART: Final = {Feature.ROOM_BOOKINGS, Feature.BOOKING_CALENDAR}
"""The features whose bookings are fetched apart from the polls, and later."""


class MeetingTracker:
    """Merge the sources of bookings, and keep the outlook of each room up to date."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        client: VendorClient,
        memories: RoomMemories,
        change: Callable[[Change], None],
    ) -> None:
        """Publish by `change`, which applies a function to the snapshot of the account."""
        options = MeetingOptions.from_options(entry.options)
        client.titles = options.titles
        self.calendar_rooms = CalendarRooms(
            client, self._chosen_calendar_rooms, follow_all=options.booking_rooms
        )
        self.freshness: Callable[[], Freshness] = Freshness
        """Return how fresh the vendor's bookings are, where they are fetched in the background."""
        self._hass = hass
        self._entry = entry
        self._client = client
        self._memories = memories
        self._change = change
        self._publishes_soon = False
        self._listeners: defaultdict[str, list[MeetingListener]] = defaultdict(list)
        self._request_listeners: list[RequestListener] = []
        self._linked = LinkedCalendars(hass, entry, self._take_linked)
        self.fetcher = BookingFetcher(
            client, self.calendar_rooms, self._linked, self.take_bookings
        )
        self._schedules = RoomSchedules(
            self._linked,
            window,
            expects_reports=not client.features.isdisjoint(_REPORTED_APART),
        )
        self._schedules.titles = options.titles
        self._evidence = PresenceEvidence(hass, entry, self._take_evidence)
        self._outlooks = OutlookUpdater(
            hass,
            memories,
            self._evidence,
            self._schedules.awaits,
            self._publish_soon,
        )
        self._outlooks.rules = options.rules

    @callback
    def start(self) -> None:
        """Track the entities of Home Assistant, until the account is unloaded."""

        @callback
        def stop(event: Event | None = None) -> None:
            """Stop before Home Assistant does."""
            self._outlooks.stop()
            self._linked.stop()
            if event is not None:
                self._memories.save_at_stop()

        self._entry.async_on_unload(stop)
        self._entry.async_on_unload(
            self._hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, stop)
        )
        self._evidence.start()
        self._linked.start()

    async def async_save(self) -> None:
        """Save what is remembered of the rooms."""
        await self._memories.async_save()

    @callback
    def apply_options(self) -> bool:
        """Apply the options that take effect without a reload; return whether to poll now."""
        options = MeetingOptions.from_options(self._entry.options)
        followed_all = self.calendar_rooms.follow_all
        self.calendar_rooms.follow_all = options.booking_rooms
        if options.titles is not self._client.titles:
            self._client.titles = options.titles
            self._schedules.apply_titles(options.titles)
            self.fetcher.forget()
            self._change(lambda snapshot: snapshot.reduced(options.titles))
            self._merge()
        self._linked.configure()
        self._evidence.configure()
        self._outlooks.rules = options.rules
        self._outlooks.request()
        self._change(self._requested_all)
        return options.booking_rooms is not followed_all

    @property
    def linked_calendars(self) -> int:
        """Return the number of linked calendars."""
        return len(self._linked)

    def awaits_bookings(self, room_id: str) -> bool:
        """Return whether a source of the first bookings of a room has not responded yet."""
        return self._schedules.awaits(room_id)

    @callback
    def updated(self, snapshot: Snapshot) -> Snapshot:
        """Return a snapshot with the outlook of each room that has changed or is due."""
        snapshot = self._outlooks.updated(snapshot)
        if self._outlooks.events:
            # A poll shows its states first; the next publication fires the events.
            self._publish_soon()
        return snapshot

    async def async_observe(self, snapshot: Snapshot) -> Snapshot:
        """Return a snapshot with the outlook of each room; other tasks run meanwhile."""
        return await self._outlooks.async_observe(snapshot)

    def with_bookings(
        self, snapshot: Snapshot, bookings: Mapping[str, Bookings]
    ) -> Snapshot:
        """Return a snapshot with the vendor's bookings of all rooms."""
        rooms = snapshot.of(Room)
        self._schedules.report({each: bookings.get(each, ()) for each in rooms})
        return snapshot.with_schedules(self._schedules.of(rooms))

    @callback
    def take_response(
        self, bookings: Mapping[str, Bookings | None], request: int
    ) -> None:
        """Publish the vendor's bookings of some rooms, unless newer ones are known.

        `request` is its number by the order of the fetcher: a write may have been carried out since.
        """
        self.take_bookings(
            {
                room_id: each
                for room_id, each in bookings.items()
                if not self.fetcher.order.is_superseded(room_id, request)
            }
        )

    @callback
    def take_bookings(self, bookings: Mapping[str, Bookings | None]) -> None:
        """Publish the vendor's bookings of some rooms, None for unknown ones."""
        first = [*filter(self._schedules.awaits, bookings)]
        self._schedules.report(bookings)
        if first:
            self._request(first)
        self._merge(bookings)

    @callback
    def skip_bookings(self, room_id: str) -> None:
        """Stop waiting for the first bookings of a room, which the vendor does not report."""
        if self._schedules.awaits(room_id):
            self.take_bookings({room_id: None})

    @callback
    def deny_bookings(self, rooms: Collection[str]) -> None:
        """Publish that the bookings of all rooms are unknown, and expect none for new rooms."""
        self._schedules.expects_reports = False
        self.take_bookings(dict.fromkeys(rooms))

    @callback
    def set_maintenance(self, room_id: str, *, on: bool) -> None:
        """Begin or end the maintenance of a room."""
        self._outlooks.set_maintenance(room_id, on=on)
        self._publish()

    @callback
    def async_add_listener(
        self, room_id: str, listener: MeetingListener
    ) -> CALLBACK_TYPE:
        """Call a listener with each event of the meetings of a room."""
        self._listeners[room_id].append(listener)
        return partial(self._listeners[room_id].remove, listener)

    @callback
    def fire_events(self) -> None:
        """Call the listeners with the events since the last time."""
        for room_id, event in self._outlooks.take_events():
            for listener in self._listeners[room_id]:
                listener(event)

    @callback
    def async_add_request_listener(self, listener: RequestListener) -> None:
        """Call a listener with the rooms whose bookings are to be fetched at once."""
        self._request_listeners.append(listener)

    @callback
    def refresh(self, rooms: Collection[str]) -> None:
        """Fetch the bookings of some rooms, by any of their ids, as soon as possible."""
        self._change(partial(self._requested, rooms))

    def _requested(self, rooms: Collection[str], snapshot: Snapshot) -> Snapshot:
        """Request the bookings of those rooms that are in a snapshot."""
        found = [
            room_id
            for room_id, room in snapshot.of(Room).items()
            if room_id in rooms or not room.rooms_ids.isdisjoint(rooms)
        ]
        for listener in self._request_listeners if found else ():
            listener(found)
        return snapshot

    def _requested_all(self, snapshot: Snapshot) -> Snapshot:
        """Request the bookings of all rooms."""
        return self._requested(snapshot.of(Room), snapshot)

    def _merge(self, room_ids: Collection[str] | None = None) -> None:
        """Publish the schedules of some rooms, or of all."""
        self._change(
            lambda snapshot: snapshot.with_schedules(
                self._schedules.of(snapshot.of(Room) if room_ids is None else room_ids)
            )
        )

    def _take_linked(self, room_id: str) -> None:
        """Publish the schedule of a room whose linked calendar has changed."""
        self._request([room_id])
        self._merge([room_id])

    def _take_evidence(self, room_ids: Collection[str]) -> None:
        """Publish the use of some rooms; presence counts, even if it is over by then."""
        for room_id in room_ids:
            if self._evidence.of(room_id):
                self._memories.note_use(room_id)
        self._request(room_ids)

    def _request(self, room_ids: Collection[str]) -> None:
        """Update the outlook of some rooms."""
        self._outlooks.request(room_ids)

    def _publish_soon(self) -> None:
        """Publish the outlooks that are due, once for all timers of the same moment."""
        if not self._publishes_soon:
            self._publishes_soon = True
            self._hass.loop.call_soon(self._publish)

    @callback
    def _publish(self) -> None:
        """Publish the outlooks that are due."""
        self._publishes_soon = False
        self._change(lambda snapshot: snapshot)

    def _chosen_calendar_rooms(self) -> dict[str, str]:
        """Return the ids of the booking calendar that the user chose for rooms."""
        options = self._entry.options
        chosen = {
            room_id: room_settings(options, room_id).booking_room
            for room_id in stored_settings(options)
        }
        return {room_id: each for room_id, each in chosen.items() if each}
