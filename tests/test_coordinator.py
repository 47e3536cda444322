"""Test how an account is polled, and how its entities follow."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
import logging
from typing import Any
from unittest.mock import patch

import pytest

from homeassistant.config_entries import SOURCE_REAUTH
from homeassistant.const import EVENT_STATE_CHANGED, EVENT_STATE_REPORTED
from homeassistant.core import Event, HomeAssistant, State, callback
from homeassistant.helpers.entity import Entity
from pytest_homeassistant_custom_component.common import async_capture_events
from simulator import Fault, RoomStatus

from .home import QUANSHI, TENCENT, VENDORS, WECOM, Home, chosen, permissions

ROOM = {TENCENT: "100001", WECOM: "RoomId001", QUANSHI: "6516"}
OTHER = {TENCENT: "100002", WECOM: "200002", QUANSHI: "6518"}
ACCOUNT_SENSOR = "rooms_idle"


@contextmanager
def record_writes(hass: HomeAssistant) -> Iterator[list[str]]:
    """Record each entity whose state is written, whether or not the state changes."""
    entity_ids: list[str] = []
    write = Entity.async_write_ha_state

    def record(entity: Entity) -> None:
        """Record one entity."""
        entity_ids.append(entity.entity_id)
        write(entity)

    with patch.object(Entity, "async_write_ha_state", record):
        yield entity_ids


def listen_for_writes(hass: HomeAssistant) -> list[Event[Any]]:
    """Record the events of states that changed or were reported."""
    events: list[Event[Any]] = async_capture_events(hass, EVENT_STATE_CHANGED)

    @callback
    def take(event: Event[Any]) -> None:
        """Record one event."""
        events.append(event)

    hass.bus.async_listen(EVENT_STATE_REPORTED, take, event_filter=callback(_any))
    return events


def _any(_data: Any) -> bool:
    """Accept every event."""
    return True


def states_of(home: Home) -> list[State]:
    """Return all states but those of calendars, which change with the time alone."""
    states = home.hass.states.async_all()
    return [state for state in states if state.domain != "calendar"]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_poll_without_changes_writes_no_state(home: Home, vendor: str) -> None:
    """No state is written or reported, and no listener is called."""
    entry = await home.add(vendor)
    await home.enable_all(entry)
    await home.polls(3)
    calls: Counter[str] = Counter()
    entry.runtime_data.async_add_listener(lambda: calls.update(["called"]))
    events = listen_for_writes(home.hass)
    home.sim.requests.clear()
    with record_writes(home.hass) as entity_ids:
        await home.polls(2)
    assert home.sim.requests.count(vendor, "list") == 2
    assert (entity_ids, events, calls) == ([], [], {})


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_unchanged_room_stays_the_same_object(home: Home, vendor: str) -> None:
    """The snapshot also stays the same object until anything changes."""
    entry = await home.add(vendor)
    await home.polls(3)
    before = entry.runtime_data.data
    await home.pass_time()
    assert entry.runtime_data.data is before
    idle = idle_room(home, vendor)
    home.sim.company.start_meeting(vendor, idle)
    await home.pass_time()
    after = entry.runtime_data.data
    assert after is not before
    same = {
        key
        for key, subject in before.subjects.items()
        if after.subjects[key] is subject
    }
    assert {idle} <= {*before.subjects} - same <= {idle, "current"}


@pytest.mark.parametrize("vendor", [TENCENT, WECOM])
async def test_a_changed_room_writes_only_its_changed_states(
    home: Home, vendor: str
) -> None:
    """The counts of the account change as well."""
    home.sim.company.change(vendor, ROOM[vendor], status=2)
    entry = await home.add(vendor)
    await home.enable_all(entry)
    await home.polls(3)
    home.sim.company.change(vendor, ROOM[vendor], status=3)
    with record_writes(home.hass) as entity_ids:
        await home.pass_time()
    expected = [
        home.entity(vendor, ROOM[vendor], "status"),
        home.entity(vendor, ROOM[vendor], "in_use"),
        home.entity(vendor, ROOM[vendor], "availability"),
        home.entity(vendor, ROOM[vendor], "utilization"),
        home.entity(vendor, "utilization"),
        home.entity(vendor, "rooms_free"),
        home.entity(vendor, "rooms_idle"),
        home.entity(vendor, "rooms_in_use"),
    ]
    assert sorted(entity_ids) == sorted(each.entity_id for each in expected)
    assert home.shown(vendor, ROOM[vendor], "status") == "in_use"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "http", "status": 502},
        {"kind": "redirect"},
        {"kind": "reset"},
    ],
)
@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_account_is_unavailable_from_the_third_failed_poll_on(
    home: Home, vendor: str, fault: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """The outage and its end are logged once each, and other accounts are not affected."""
    entry = await home.add(vendor)
    bystander = VENDORS[VENDORS.index(vendor) - 1]
    await home.add(bystander)
    # A booking ends within the first quarter of an hour.
    await home.pass_time(900)
    await home.polls(3)
    states = {state.entity_id: state for state in states_of(home)}
    own = {
        entity.entity_id
        for entity in home.all_entities().values()
        if entity.config_entry_id == entry.entry_id and entity.entity_id in states
    }
    caplog.set_level(logging.INFO)
    caplog.clear()
    home.sim.faults.add(Fault(vendor=vendor, **fault))
    await home.polls(2)
    assert {each.entity_id: each for each in states_of(home)} == states
    assert lines(caplog) == []
    await home.polls(1)
    down = {each.entity_id for each in states_of(home) if each.state == "unavailable"}
    assert down == own
    await home.polls(4)
    assert len(lines(caplog)) == 1
    home.sim.faults.clear()
    await home.polls(3)
    assert len(lines(caplog)) == 2
    moved = {
        home.entity(each, key).entity_id
        for each in (vendor, bystander)
        for key in ("calls_today", "budget_used", "oldest_reading")
    }
    assert {
        each.entity_id: each.state
        for each in states_of(home)
        if each.entity_id not in moved
    } == {
        entity_id: state.state
        for entity_id, state in states.items()
        if entity_id not in moved
    }


@pytest.mark.parametrize("vendor", VENDORS)
async def test_one_limit_for_a_minute_keeps_the_last_values(
    home: Home, vendor: str
) -> None:
    """A poll that the request budget delays is not a failed poll."""
    await home.add(vendor)
    home.sim.faults.add(Fault(kind="http", vendor=vendor, status=429, times=1))
    await home.polls(4)
    assert home.shown(vendor, ROOM[vendor], "status") != "unavailable"


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_limit_that_lasts_makes_the_account_unavailable(
    home: Home, vendor: str
) -> None:
    """The account is available again once the vendor responds."""
    await home.add(vendor)
    home.sim.faults.add(Fault(kind="http", vendor=vendor, status=429))
    await home.polls(8)
    assert home.shown(vendor, ROOM[vendor], "status") == "unavailable"
    home.sim.faults.clear()
    await home.polls(40)
    assert home.shown(vendor, ROOM[vendor], "status") != "unavailable"


def idle_room(home: Home, vendor: str) -> str:
    """Return a room that is idle."""
    rooms = home.sim.truth()[vendor]
    return next(room_id for room_id, word in rooms.items() if word == "idle")


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the log lines of the integration."""
    return [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("custom_components.meeting_rooms")
    ]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_only_consecutive_failed_polls_make_the_account_unavailable(
    home: Home, vendor: str
) -> None:
    """Two failures, a success and two failures keep the account available."""
    await home.add(vendor)
    for _ in range(3):
        home.sim.faults.add(Fault("http", vendor, status=502))
        await home.polls(2)
        home.sim.faults.clear()
        assert home.shown(vendor, ACCOUNT_SENSOR) != "unavailable"
        await home.polls(1)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_refused_credentials_are_not_sent_again(home: Home, vendor: str) -> None:
    """The account is unavailable until the user enters new credentials."""
    await home.add(vendor)
    home.sim.accounts.tencent_meeting.secret_key = "another"
    home.sim.accounts.wecom.corp_secret = "another"
    home.sim.accounts.quanshi.token = "another"
    home.sim.wecom.tokens.expire_all()
    await home.live(30)
    assert home.shown(vendor, ACCOUNT_SENSOR) == "unavailable"
    (flow,) = home.hass.config_entries.flow.async_progress()
    assert flow["context"]["source"] == SOURCE_REAUTH
    home.sim.requests.clear()
    await home.live(600)
    assert home.sim.requests.by_api() == {}
    assert len(home.hass.config_entries.flow.async_progress()) == 1


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_new_room_appears_without_a_reload(home: Home, vendor: str) -> None:
    """The next poll adds its device and its entities."""
    await home.add(vendor)
    devices = {*home.all_devices()}
    home.sim.company.add_room(vendor, "新会议室")
    await home.pass_time()
    (new,) = {*home.all_devices()} - devices
    device = home.all_devices()[new]
    assert device.name == "新会议室"
    assert device.via_device_id == home.known_device(vendor).id
    room_id = new.rpartition("_")[2]
    assert home.shown(vendor, room_id, "status") == home.sim.truth()[vendor][room_id]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_room_that_two_lists_do_not_contain_is_removed(
    home: Home, vendor: str
) -> None:
    """The second list removes its device and its entities; the first does not."""
    await home.add(vendor)
    await home.polls(3)
    room_id = ROOM[vendor]
    home.sim.company.remove_room(vendor, room_id)
    await home.pass_time()
    assert home.device(vendor, room_id) is not None
    assert home.shown(vendor, room_id, "status") != "unavailable"
    entity_id = home.entity(vendor, room_id, "status").entity_id
    await home.pass_time()
    assert home.device(vendor, room_id) is None
    assert home.unique_id(vendor, room_id, "status") not in home.all_entities()
    assert home.hass.states.get(entity_id) is None
    assert home.device(vendor, OTHER[vendor]) is not None


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_room_that_is_missing_from_single_lists_is_kept(
    home: Home, vendor: str
) -> None:
    """Two lists without the room are not consecutive."""
    await home.add(vendor)
    await home.polls(3)
    room_id = ROOM[vendor]
    device = home.known_device(vendor, room_id)
    for _ in range(3):
        with missing(home, vendor, room_id):
            await home.pass_time()
        await home.pass_time()
    assert home.device(vendor, room_id) == device
    assert home.shown(vendor, room_id, "status") != "unavailable"


@contextmanager
def missing(home: Home, vendor: str, room_id: str) -> Iterator[None]:
    """Remove one room from the lists for a while."""
    rooms = {
        TENCENT: home.sim.company.tencent_meeting,
        WECOM: home.sim.company.wecom,
        QUANSHI: home.sim.company.quanshi,
    }[vendor]
    inside: dict[Any, Any] = getattr(rooms, "rooms", None) or vars(rooms)["_rooms"]
    key = int(room_id) if vendor == QUANSHI else room_id
    room = inside.pop(key)
    yield
    inside[key] = room


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_room_that_returns_is_added_again(home: Home, vendor: str) -> None:
    """The room has the same entities as before."""
    await home.add(vendor)
    await home.polls(3)
    room_id = ROOM[vendor]
    entity_id = home.entity(vendor, room_id, "status").entity_id
    with missing(home, vendor, room_id):
        await home.polls(3)
        assert home.device(vendor, room_id) is None
    await home.pass_time()
    assert home.device(vendor, room_id) is not None
    assert home.entity(vendor, room_id, "status").entity_id == entity_id
    assert home.shown(vendor, room_id, "status") == home.sim.truth()[vendor][room_id]


@pytest.mark.parametrize(
    ("rooms", "vendor", "fault"),
    [
        (60, TENCENT, {"kind": "repeat_page"}),
        (60, TENCENT, {"kind": "shift_page"}),
        (60, TENCENT, {"kind": "bad_room", "room_id": "100001"}),
        (120, WECOM, {"kind": "repeat_page"}),
        (120, WECOM, {"kind": "endless_cursor"}),
        (120, WECOM, {"kind": "bad_room", "room_id": "RoomId001"}),
    ],
)
async def test_an_incomplete_list_removes_no_room(
    home: Home, vendor: str, fault: dict[str, Any]
) -> None:
    """Repeated incomplete lists remove nothing either."""
    await home.add(vendor)
    await home.polls(1)
    devices = home.all_devices()
    rooms = {*home.sim.truth()[vendor]}
    assert {home.unique_id(vendor, room_id) for room_id in rooms} <= {*devices}
    home.sim.faults.add(Fault(vendor=vendor, api="list", **fault))
    await home.polls(4)
    assert {*home.all_devices()} >= {*devices}
    assert home.shown(vendor, ACCOUNT_SENSOR) != "unavailable"


async def test_an_invalid_row_of_quanshis_rooms_removes_no_room(home: Home) -> None:
    """The row could be that of any room."""
    await home.add(QUANSHI)
    await home.polls(2)
    devices = {*home.all_devices()}
    home.sim.faults.add(Fault("bad_room", QUANSHI, "listAll", "6516"))
    await home.polls(3)
    assert {*home.all_devices()} == devices


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_room_that_was_removed_while_home_assistant_was_off(
    home: Home, vendor: str
) -> None:
    """The device is removed after two complete lists without the room."""
    entry = await home.add(vendor)
    await home.polls(2)
    await home.hass.config_entries.async_unload(entry.entry_id)
    home.sim.company.remove_room(vendor, ROOM[vendor])
    await home.start(entry)
    assert home.device(vendor, ROOM[vendor]) is not None
    await home.pass_time()
    assert home.device(vendor, ROOM[vendor]) is None
    assert home.device(vendor, OTHER[vendor]) is not None


async def test_a_conference_that_was_deleted_while_home_assistant_was_off(
    home: Home,
) -> None:
    """The device is removed after two polls; the other conference is kept."""
    held, to_come = home.leave_two_conferences()
    entry = await home.follow(held, to_come)
    await home.hass.config_entries.async_unload(entry.entry_id)
    home.sim.company.quanshi.delete(to_come.event_id)
    await home.start(entry)
    assert home.device(QUANSHI, "event", str(to_come.event_id)) is not None
    await home.pass_time()
    assert home.device(QUANSHI, "event", str(to_come.event_id)) is None
    assert home.device(QUANSHI, "event", str(held.event_id)) is not None


@pytest.mark.parametrize("vendor", [TENCENT, WECOM])
async def test_a_new_room_is_not_added_to_the_selected_rooms(
    home: Home, vendor: str
) -> None:
    """The account does not count the room either."""
    await home.add(vendor, chosen(ROOM[vendor], OTHER[vendor]))
    home.sim.company.add_room(vendor, "新会议室", "777777")
    await home.polls(2)
    assert {*home.all_devices()} >= {
        home.unique_id(vendor),
        home.unique_id(vendor, ROOM[vendor]),
        home.unique_id(vendor, OTHER[vendor]),
    }
    assert home.device(vendor, "777777") is None
    counted = sum(
        int(home.shown(vendor, key))
        for key in ("rooms_idle", "rooms_in_use", "rooms_offline")
    )
    assert counted <= 2


async def test_a_deleted_conference_is_removed(home: Home) -> None:
    """The conference is removed after two polls in which it does not exist."""
    booking = home.leave_two_conferences()[0]
    await home.follow(booking)
    await home.polls(2)
    event_id = str(booking.event_id)
    home.sim.company.quanshi.delete(booking.event_id)
    await home.pass_time()
    assert home.device(QUANSHI, "event", event_id) is not None
    await home.pass_time()
    assert home.device(QUANSHI, "event", event_id) is None


async def test_a_conference_is_tracked_from_its_booking_to_its_end(home: Home) -> None:
    """The status is booked, running and ended; the room is in use only while running."""
    diary = home.sim.company.quanshi
    now = home.clock().timestamp()
    room_id = next(key for key, word in diary.truth().items() if word == "idle")
    booking = diary.book("周会", now + 600, now + 4200, int(room_id))
    await home.follow(booking)
    event = ("event", str(booking.event_id))

    def shown() -> tuple[str, str, str, str]:
        return (
            home.shown(QUANSHI, *event, "status"),
            home.shown(QUANSHI, *event, "in_progress"),
            home.shown(QUANSHI, room_id, "in_use"),
            home.shown(QUANSHI, *event, "participants"),
        )

    assert shown() == ("created", "off", "off", "unknown")
    diary.start_conference(booking.event_id)
    await home.pass_time()
    assert shown()[:3] == ("in_progress", "on", "on")
    assert int(shown()[3]) >= 2
    diary.end_conference(booking.event_id)
    home.sim.company.advance(1)
    await home.pass_time()
    assert shown() == ("ended", "off", "off", "0")
    diary.cancel(booking.event_id)
    await home.pass_time()
    assert shown()[0] == "cancelled"


async def test_a_failing_listener_does_not_affect_other_listeners(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    """The entity of the changed room is updated."""
    entry = await home.add(TENCENT)
    room_id = idle_room(home, TENCENT)

    def fail() -> None:
        """Fail whenever the account changes."""
        raise ValueError("stumbled")

    entry.async_on_unload(entry.runtime_data.async_add_listener(fail))
    home.sim.company.change(TENCENT, room_id, status=RoomStatus.IN_USE)
    await home.polls(1)
    assert home.shown(TENCENT, room_id, "status") == "in_use"
    assert "stumbled" in caplog.text


@pytest.mark.parametrize("vendor", VENDORS)
async def test_listeners_are_called_when_the_account_becomes_unavailable_or_available(
    home: Home, vendor: str
) -> None:
    """The snapshot stays the same object; other failed polls call no listener."""
    entry = await home.add(vendor)
    await home.pass_time(900)
    await home.polls(3)
    coordinator = entry.runtime_data
    reachable: list[bool] = []
    entry.async_on_unload(
        coordinator.async_add_listener(
            lambda: reachable.append(coordinator.last_update_success)
        )
    )
    before = coordinator.data
    home.sim.faults.add(Fault("http", vendor, status=502))
    await home.polls(6)
    assert reachable == [False]
    home.sim.faults.clear()
    await home.polls(1)
    assert reachable[:2] == [False, True]
    assert coordinator.data.changed_since(before) == set()


async def test_a_poll_that_a_limit_cuts_short_does_not_change_the_interval(
    home: Home,
) -> None:
    """Such a poll sends fewer requests than the next one will."""
    permissions(home, TENCENT).revoke("list")
    rooms = home.sim.company.tencent_meeting.ids
    entry = await home.add(TENCENT, chosen(*rooms))
    await home.polls(1)
    plan = entry.runtime_data.plan
    assert plan.requests_per_poll == len(rooms)
    home.sim.faults.add(
        Fault("http", TENCENT, "details", rooms[2], status=429, times=1)
    )
    home.sim.requests.clear()
    await home.polls(1)
    assert home.sim.requests.count(TENCENT, "details") < len(rooms)
    assert entry.runtime_data.plan == plan
