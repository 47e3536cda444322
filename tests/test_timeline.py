"""Test what dashboards get over the websocket: the timelines of rooms, and their places."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final
from unittest.mock import patch

import pytest

from custom_components.meeting_rooms.account.room_writes import RoomWrites
from homeassistant.auth.const import GROUP_ID_READ_ONLY
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_registry import RegistryEntryDisabler
from homeassistant.helpers.json import json_bytes
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import (
    MockHAClientWebSocket,
    WebSocketGenerator,
)
from simulator import Fault
from simulator.company.booked_day import RoomBookingStatus

from .desk import Desk, book_in_the_dark
from .home import ALL_TEXTS, LISTERS, MORNING, TENCENT, WECOM, Home, chosen
from .offices import change_options
from .vendors import OTHER_ROOM, ROOM as ROOMS

MINUTE: Final = timedelta(minutes=1)
ROOM: Final = ROOMS[TENCENT]
OTHER: Final = OTHER_ROOM[TENCENT]
START: Final = MORNING + 30 * MINUTE
END: Final = START + 60 * MINUTE


class Timeline:
    """A subscription of a dashboard."""

    def __init__(self, home: Home, client: MockHAClientWebSocket) -> None:
        """Use a connection."""
        self.home = home
        self.subscription = 0
        self._client = client
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def receive(self) -> None:
        """Receive all messages: without that, Home Assistant closes the connection in time."""
        async for message in self._client:
            self._messages.put_nowait(message.json())

    async def ask(self, command: str, **fields: Any) -> dict[str, Any]:
        """Send a command, and return the next message."""
        await self._client.send_json_auto_id({"type": command, **fields})
        return await self._messages.get()

    async def subscribe(self, **fields: Any) -> dict[str, Any]:
        """Subscribe, and return the first event."""
        answer = await self.ask("meeting_rooms/timeline/subscribe", **fields)
        assert answer["success"]
        self.subscription = answer["id"]
        return await self.event()

    async def event(self) -> dict[str, Any]:
        """Return the next event."""
        message = await self._messages.get()
        assert (message["type"], message["id"]) == ("event", self.subscription)
        event: dict[str, Any] = message["event"]
        return event

    async def next(self) -> dict[str, Any]:
        """Return the event of the changes until now."""
        await self.home.live(5)
        return await self.event()

    async def is_quiet(self) -> bool:
        """Return whether no event was sent until now."""
        return bool((await self.ask("ping"))["type"] == "pong")

    async def stop(self) -> None:
        """Unsubscribe."""
        answer = await self.ask("unsubscribe_events", subscription=self.subscription)
        assert answer["success"]


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms of the company."""
    return 4


@asynccontextmanager
async def connected(
    home: Home, client: MockHAClientWebSocket
) -> AsyncIterator[Timeline]:
    """Receive the messages of a connection."""
    timeline = Timeline(home, client)
    receiver = asyncio.create_task(timeline.receive())
    yield timeline
    receiver.cancel()


@pytest.fixture
async def timeline(
    home: Home, hass_ws_client: WebSocketGenerator
) -> AsyncIterator[Timeline]:
    """Return the connection of an administrator, of a company without use and bookings."""
    for component in ("meeting_rooms", "calendar", "webhook"):
        assert await async_setup_component(home.hass, component, {})
    for vendor in LISTERS:
        for room in home.sim.company.rooms_of(vendor):
            room.change(status=2)
    async with connected(home, await hass_ws_client(home.hass)) as timeline:
        yield timeline


@pytest.fixture
async def reader(
    timeline: Timeline,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> AsyncIterator[Timeline]:
    """Return the connection of an ordinary user."""
    client = await hass_ws_client(timeline.home.hass, hass_read_only_access_token)
    async with connected(timeline.home, client) as reader:
        yield reader


def availability(home: Home, room_id: str = ROOM, vendor: str = TENCENT) -> str:
    """Return the entity id of the availability of a room."""
    return home.entity(vendor, room_id, "availability").entity_id


def restrict(user: MockUser, *entity_ids: str) -> None:
    """Let a user read some entities only."""
    user.mock_policy({"entities": {"entity_ids": dict.fromkeys(entity_ids, True)}})


def seconds(moment: datetime) -> float:
    """Return a moment as an event states it."""
    return moment.timestamp()


def booking(start: datetime, end: datetime, **values: Any) -> dict[str, Any]:
    """Return a booking as an event states it."""
    times = {"start": seconds(start), "end": seconds(end)}
    return {**times, "tentative": False, "booking_id": None, "title": None, **values}


def size(event: dict[str, Any]) -> int:
    """Return the bytes of an event as it is sent."""
    return len(json_bytes(event))


async def test_the_first_event_has_every_room(timeline: Timeline) -> None:
    """With the bookings of today and tomorrow; a free room has none."""
    home = timeline.home
    home.sim.company.book(TENCENT, ROOM, START, END)
    await home.add(TENCENT)
    await home.live(10)
    event = await timeline.subscribe()
    rooms = event.pop("rooms")
    assert event == {}
    assert rooms.keys() == {
        availability(home, room.room_id) for room in home.sim.company.rooms_of(TENCENT)
    }
    assert rooms[availability(home)] == {"bookings": [booking(START, END)], "used": []}
    assert rooms[availability(home, OTHER)] == {"bookings": [], "used": []}


async def test_only_what_changes_is_sent_later(timeline: Timeline) -> None:
    """A meeting that begins, and one that ends, change one room each."""
    home = timeline.home
    await home.add(TENCENT)
    await timeline.subscribe()
    home.sim.company.start_meeting(TENCENT, ROOM, minutes=600)
    await home.polls(1)
    began = home.clock()
    (used,) = (await timeline.next())["rooms"][availability(home)]["used"]
    assert used == {"start": pytest.approx(began.timestamp(), abs=30), "end": None}
    home.sim.company.end_meeting(TENCENT, ROOM)
    await home.polls(1)
    event = await timeline.next()
    assert event.keys() == {"rooms"}
    assert event["rooms"].keys() == {availability(home)}
    (ended,) = event["rooms"][availability(home)]["used"]
    assert ended["start"] == used["start"]
    assert ended["end"] == pytest.approx(home.clock().timestamp(), abs=30)


async def test_polls_without_a_change_send_nothing(timeline: Timeline) -> None:
    """Neither do values that the timeline does not show, nor the passing of time."""
    home = timeline.home
    home.sim.company.book(TENCENT, ROOM, START, END)
    await home.add(TENCENT)
    await home.live(60)
    await timeline.subscribe()
    for usage in range(10):
        home.sim.company.change(TENCENT, ROOM, cpu_usage=20 + usage)
        await home.pass_time()
    assert await timeline.is_quiet()
    await home.pass_time(3600)
    assert await timeline.is_quiet()


async def test_all_changes_of_a_second_are_one_event(timeline: Timeline) -> None:
    """A poll may change every room."""
    home = timeline.home
    await home.add(TENCENT)
    await timeline.subscribe()
    for room in home.sim.company.rooms_of(TENCENT):
        room.start_meeting()
    await home.polls(1)
    assert len((await timeline.next())["rooms"]) == 4
    assert await timeline.is_quiet()


@pytest.mark.parametrize("rooms", [300])
async def test_many_rooms_are_one_event(timeline: Timeline) -> None:
    """The first state, and a change of all of them."""
    home = timeline.home
    await home.add(TENCENT)
    assert len((await timeline.subscribe())["rooms"]) == 300
    for room in home.sim.company.rooms_of(TENCENT):
        room.start_meeting()
    await home.polls(1)
    assert len((await timeline.next())["rooms"]) == 300
    assert await timeline.is_quiet()


@pytest.mark.parametrize("rooms", [300])
async def test_a_message_is_as_small_as_what_changed(timeline: Timeline) -> None:
    """One room of many costs a few bytes, and a minute without a change nothing."""
    home, room = timeline.home, ROOMS[WECOM]
    for hour in range(8):
        start = START + hour * 60 * MINUTE
        home.sim.company.book(WECOM, room, start, start + 60 * MINUTE)
    await home.add(WECOM)
    await home.live(60)
    assert size(await timeline.subscribe()) < 300 * 100
    home.sim.company.start_meeting(WECOM, room)
    await home.polls(1)
    event = await timeline.next()
    assert event["rooms"].keys() == {availability(home, room, WECOM)}
    assert len(event["rooms"][availability(home, room, WECOM)]["bookings"]) == 8
    assert size(event) < 1000
    await home.pass_time(60)
    assert await timeline.is_quiet()


async def test_a_requested_booking_is_tentative(timeline: Timeline) -> None:
    """The vendor has not confirmed it."""
    home = timeline.home
    home.sim.company.book(
        WECOM, ROOMS[WECOM], START, END, status=RoomBookingStatus.REQUESTED
    )
    await home.add(WECOM)
    await home.live(60)
    rooms = (await timeline.subscribe())["rooms"]
    assert rooms[availability(home, ROOMS[WECOM], WECOM)]["bookings"] == [
        booking(START, END, tentative=True)
    ]


async def test_unknown_bookings_are_not_none_at_all(timeline: Timeline) -> None:
    """The vendor does not permit them."""
    home = timeline.home
    home.sim.faults.add(Fault("vendor_code", vendor=TENCENT, api="meetings", code=9042))
    await home.add(TENCENT)
    await home.live(60)
    rooms = (await timeline.subscribe())["rooms"]
    assert rooms[availability(home)] == {"bookings": None, "used": []}


async def test_titles_are_sent_as_far_as_the_option_permits(timeline: Timeline) -> None:
    """A change of the option changes what is shown."""
    home = timeline.home
    home.sim.company.book(TENCENT, ROOM, START, END, subject="周会")
    entry = await home.add(TENCENT, ALL_TEXTS)
    await home.live(60)
    rooms = (await timeline.subscribe())["rooms"]
    assert rooms[availability(home)]["bookings"] == [booking(START, END, title="周会")]
    change_options(home, entry, titles="busy_only")
    rooms = (await timeline.next())["rooms"]
    assert rooms == {
        availability(home): {"bookings": [booking(START, END)], "used": []}
    }


async def test_a_booking_that_turns_out_to_be_ours_can_be_released(
    timeline: Timeline,
) -> None:
    """The answer to it was lost, and the vendor did not respond for some time."""
    home, faults = timeline.home, timeline.home.sim.faults
    await home.add(TENCENT)
    await home.live(60)
    await timeline.subscribe(entity_ids=[availability(home)])
    faults.add(Fault("reset", TENCENT, "book_rooms", times=1, carried_out=True))
    device = home.known_device(TENCENT, ROOM).id
    fields = {"device_id": device, "start": START}
    booking = home.hass.services.async_call(
        "meeting_rooms", "book_room", fields, blocking=True
    )
    task = home.hass.async_create_task(booking)
    while not home.sim.requests.count(TENCENT, "book_rooms"):
        await home.breathe()
    down = faults.add(Fault("http", TENCENT, "meetings", status=502, times=1))
    with pytest.raises(HomeAssistantError):
        await task
    assert down.used == 1
    await home.live(60)
    shown = [await timeline.event(), await timeline.event()]
    bookings = [each["rooms"][availability(home)]["bookings"] for each in shown]
    assert [each[0]["booking_id"] is not None for each in bookings] == [False, True]


async def test_a_user_gets_the_rooms_that_the_user_may_read(
    reader: Timeline, hass_read_only_user: MockUser
) -> None:
    """A change of another room is not sent, and neither is a chosen one."""
    home = reader.home
    await home.add(TENCENT)
    restrict(hass_read_only_user, availability(home))
    ids = [availability(home), availability(home, OTHER)]
    for fields in ({}, {"entity_ids": ids}):
        rooms = (await reader.subscribe(**fields))["rooms"]
        assert rooms.keys() == {availability(home)}
        await reader.stop()
    await reader.subscribe()
    home.sim.company.start_meeting(TENCENT, OTHER)
    await home.polls(2)
    assert await reader.is_quiet()
    home.sim.company.start_meeting(TENCENT, ROOM)
    await home.polls(1)
    assert (await reader.next())["rooms"].keys() == {availability(home)}


async def test_an_ordinary_user_gets_all_rooms(
    reader: Timeline, hass_read_only_user: MockUser
) -> None:
    """Users may read everything by default."""
    assert [group.id for group in hass_read_only_user.groups] == [GROUP_ID_READ_ONLY]
    await reader.home.add(TENCENT)
    assert len((await reader.subscribe())["rooms"]) == 4


async def test_a_room_that_the_user_may_not_read_any_more_is_removed(
    reader: Timeline, hass_read_only_user: MockUser
) -> None:
    """With the next change of any room."""
    home = reader.home
    await home.add(TENCENT)
    await reader.subscribe()
    restrict(hass_read_only_user, availability(home))
    home.sim.company.start_meeting(TENCENT, OTHER)
    await home.polls(1)
    event = await reader.next()
    assert event["rooms"] == {}
    assert availability(home, OTHER) in event["removed"]
    assert availability(home) not in event["removed"]


def own_of(home: Home, event: dict[str, Any]) -> list[str | None]:
    """Return the ids of the bookings of a room that the user may release."""
    bookings = event["rooms"][availability(home)]["bookings"]
    return [each["booking_id"] for each in bookings]


async def test_a_booking_is_no_longer_own_without_the_right(
    reader: Timeline, hass_read_only_user: MockUser
) -> None:
    """With the next change of any room."""
    home, desk = reader.home, Desk(reader.home)
    hass_read_only_user.mock_policy({"entities": True})
    await desk.open(TENCENT)
    booked = await desk.book(TENCENT)
    assert own_of(home, await reader.subscribe()) == [booked["booking_id"]]
    hass_read_only_user.mock_policy({"entities": {"all": {"read": True}}})
    home.sim.company.start_meeting(TENCENT, OTHER)
    await home.polls(1)
    assert own_of(home, await reader.next()) == [None]


async def test_a_booking_whose_outcome_is_found_later_is_own(
    timeline: Timeline,
) -> None:
    """With the next change of any room: this one does not change any more."""
    home, desk = timeline.home, Desk(timeline.home)
    await desk.open(TENCENT)
    await timeline.subscribe()
    unread = await book_in_the_dark(desk, TENCENT, carried_out=True)
    await home.polls(2)
    home.sim.faults.remove(unread)
    await home.polls(12)
    assert own_of(home, await timeline.next()) == [None]
    ten_minutes_on = patch(
        f"{RoomWrites.__module__}.monotonic", lambda: monotonic() + 600
    )
    with ten_minutes_on:
        await home.polls(2)
    home.sim.company.start_meeting(TENCENT, OTHER)
    await home.polls(1)
    assert own_of(home, await timeline.next()) == [
        each.booking_id for each in desk.at_vendor(TENCENT)
    ]


async def test_chosen_rooms_only_are_sent(timeline: Timeline) -> None:
    """An entity that is no room has no timeline."""
    home = timeline.home
    await home.add(TENCENT)
    other = home.entity(TENCENT, OTHER, "until").entity_id
    ids = [availability(home), other, "sensor.unknown"]
    event = await timeline.subscribe(entity_ids=ids)
    assert event["rooms"].keys() == {availability(home)}


@pytest.mark.parametrize("by_id", [True, False])
async def test_a_renamed_entity_is_followed(timeline: Timeline, by_id: bool) -> None:
    """The former id is removed."""
    home = timeline.home
    home.sim.company.book(TENCENT, ROOM, START, END)
    await home.add(TENCENT)
    await home.live(60)
    former = availability(home)
    await timeline.subscribe(**{"entity_ids": [former]} if by_id else {})
    home.entities.async_update_entity(former, new_entity_id="sensor.renamed")
    assert await timeline.next() == {
        "rooms": {"sensor.renamed": {"bookings": [booking(START, END)], "used": []}},
        "removed": [former],
    }


async def test_a_disabled_entity_is_removed_and_comes_back(timeline: Timeline) -> None:
    """As long as it is disabled, nothing of the room is shown."""
    home = timeline.home
    entry = await home.add(TENCENT)
    await timeline.subscribe()
    entity_id = availability(home)
    home.entities.async_update_entity(entity_id, disabled_by=RegistryEntryDisabler.USER)
    assert await timeline.next() == {"rooms": {}, "removed": [entity_id]}
    home.entities.async_update_entity(entity_id, disabled_by=None)
    assert (await timeline.next())["rooms"].keys() == {entity_id}
    assert entry.runtime_data is not None


async def test_a_removed_room_is_removed(timeline: Timeline) -> None:
    """Its entities are removed from Home Assistant with its device."""
    home = timeline.home
    await home.add(TENCENT)
    await timeline.subscribe()
    entity_id = availability(home)
    home.sim.company.remove_room(TENCENT, ROOM)
    await home.polls(4)
    event = await timeline.next()
    assert event == {"rooms": {}, "removed": [entity_id]}


async def test_a_new_room_is_added(timeline: Timeline) -> None:
    """A list of the vendor contains it."""
    home = timeline.home
    await home.add(TENCENT)
    before = (await timeline.subscribe())["rooms"].keys()
    home.sim.company.add_room(TENCENT, "New", "100099")
    await home.polls(3)
    event = await timeline.next()
    assert event["rooms"].keys() == {availability(home, "100099")}
    assert availability(home, "100099") not in before


async def test_an_account_that_is_added_later_is_followed(timeline: Timeline) -> None:
    """The subscription was made without any account."""
    home = timeline.home
    assert await timeline.subscribe() == {"rooms": {}}
    home.sim.company.book(TENCENT, ROOM, START, END)
    await home.add(TENCENT)
    await home.live(60)
    rooms: dict[str, Any] = {}
    while not rooms.get(availability(home), {}).get("bookings"):
        rooms |= (await timeline.event())["rooms"]
    assert rooms[availability(home)]["bookings"] == [booking(START, END)]
    assert len(rooms) == 4


async def test_an_account_that_is_unloaded_has_no_known_bookings(
    timeline: Timeline,
) -> None:
    """Its rooms are not free, and are known again when it is loaded."""
    home = timeline.home
    home.sim.company.book(TENCENT, ROOM, START, END)
    entry = await home.add(TENCENT)
    await home.live(60)
    await timeline.subscribe()
    await home.hass.config_entries.async_unload(entry.entry_id)
    unknown: dict[str, Any] = {"bookings": None, "used": []}
    event = await timeline.next()
    assert [*event["rooms"].values()] == [unknown] * 4
    await home.start(entry)
    await home.live(60)
    rooms = (await timeline.event())["rooms"]
    assert rooms[availability(home)]["bookings"] == [booking(START, END)]


async def test_an_account_that_is_removed_has_no_rooms(timeline: Timeline) -> None:
    """The other account is not concerned."""
    home = timeline.home
    entry = await home.add(TENCENT)
    await home.add(WECOM)
    gone = availability(home)
    await timeline.subscribe()
    await home.hass.config_entries.async_remove(entry.entry_id)
    event = await timeline.next()
    assert event["rooms"] == {}
    assert len(event["removed"]) == 4
    assert gone in event["removed"]


async def test_rooms_of_an_unreachable_account_are_unknown(timeline: Timeline) -> None:
    """An error never looks free."""
    home = timeline.home
    await home.add(TENCENT)
    await timeline.subscribe()
    home.sim.faults.add(Fault("http", vendor=TENCENT, status=502))
    await home.polls(4)
    event = await timeline.next()
    assert event["rooms"][availability(home)] == {"bookings": None, "used": []}
    home.sim.faults.clear()
    await home.polls(2)
    assert (await timeline.next())["rooms"][availability(home)]["bookings"] == []


async def test_nothing_is_sent_after_the_end(timeline: Timeline) -> None:
    """The dashboard is closed while a change waits to be sent."""
    home = timeline.home
    await home.add(TENCENT)
    await timeline.subscribe()
    home.entities.async_update_entity(
        availability(home), new_entity_id="sensor.renamed"
    )
    await timeline.stop()
    home.sim.company.start_meeting(TENCENT, ROOM)
    await home.polls(2)
    assert await timeline.is_quiet()


async def test_the_use_of_the_day_is_kept_over_a_reload(timeline: Timeline) -> None:
    """The use that goes on is one with that of before."""
    home = timeline.home
    home.sim.company.start_meeting(TENCENT, ROOM, minutes=600)
    entry = await home.add(TENCENT)
    await home.polls(10)
    home.sim.company.end_meeting(TENCENT, ROOM)
    await home.polls(10)
    home.sim.company.start_meeting(TENCENT, ROOM, minutes=600)
    await home.polls(1)
    before = (await timeline.subscribe())["rooms"][availability(home)]["used"]
    await timeline.stop()
    await home.restart(entry)
    await home.polls(1)
    after = (await timeline.subscribe())["rooms"][availability(home)]["used"]
    assert after == before
    assert [each["end"] is None for each in after] == [False, True]


async def test_a_use_ends_when_home_assistant_stops_for_long(
    timeline: Timeline,
) -> None:
    """Whether it went on is not known."""
    home = timeline.home
    home.sim.company.start_meeting(TENCENT, ROOM, minutes=600)
    entry = await home.add(TENCENT)
    await home.polls(10)
    await home.hass.config_entries.async_unload(entry.entry_id)
    stopped = home.clock().timestamp()
    await home.pass_time(1800)
    await home.start(entry)
    used = (await timeline.subscribe())["rooms"][availability(home)]["used"]
    assert [each["end"] for each in used] == [stopped, None]
    assert used[1]["start"] == pytest.approx(stopped + 1800, abs=30)


async def places(timeline: Timeline) -> dict[str, Any]:
    """Return the places of rooms."""
    answer = await timeline.ask("meeting_rooms/places")
    result: dict[str, Any] = answer["result"]
    return result


async def test_places_are_as_the_vendor_reports_them(timeline: Timeline) -> None:
    """A part that the vendor does not report is null."""
    home = timeline.home
    properties = home.sim.company.room(TENCENT, ROOM).properties
    entry = await home.add(TENCENT)
    await home.add(WECOM, chosen(ROOMS[WECOM]))
    await home.live(60)
    device = home.known_device(TENCENT, ROOM)
    found = await places(timeline)
    assert len(found) == 5
    assert found[device.id] == {
        "city": properties.basic.city,
        "building": properties.basic.building,
        "floor": properties.basic.floor,
        "account": entry.title,
        "book": [15, 30, 60],
        "book_step": None,
    }


async def test_places_of_an_account_that_is_not_loaded_are_unknown(
    timeline: Timeline,
) -> None:
    """The rooms still belong to the account."""
    home = timeline.home
    entry: MockConfigEntry = await home.add(TENCENT)
    await home.hass.config_entries.async_unload(entry.entry_id)
    device = home.known_device(TENCENT, ROOM)
    assert (await places(timeline))[device.id] == {
        **dict.fromkeys(("city", "building", "floor", "book_step")),
        "account": entry.title,
        "book": [],
    }


async def test_a_user_gets_the_places_of_rooms_that_the_user_may_read(
    reader: Timeline, hass_read_only_user: MockUser
) -> None:
    """The others are not named."""
    home = reader.home
    await home.add(TENCENT)
    restrict(hass_read_only_user, availability(home))
    assert (await places(reader)).keys() == {home.known_device(TENCENT, ROOM).id}
