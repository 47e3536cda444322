"""Test the triggers in automations: by target, behaviour and duration, and what fires none."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.trigger import async_get_triggers
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from simulator import Fault, RoomStatus

from .automations import Building, StateSensor, Target, automate, ids
from .home import ALL_ROOMS, LISTERS, MORNING, TENCENT, VENDORS, WECOM, Home
from .offices import add_entities
from .vendors import OTHER_ROOM, ROOM

MINUTE: Final = timedelta(minutes=1)
START: Final = MORNING + 30 * MINUTE
END: Final = START + 60 * MINUTE
NAMES: Final = (
    "became_free",
    "became_used",
    "starting_soon",
    "booking_started",
    "booking_ended",
    "no_show",
    "not_ready",
    "offline",
    "online",
)
BY_STATE: Final = ("became_free", "became_used", "not_ready", "offline", "online")
BY_EVENT: Final = ("booking_started", "booking_ended", "no_show")
PLACES: Final = ("area_id", "floor_id", "label_id")


class Day:
    """A day of a room that is neither booked nor used at first."""

    def __init__(
        self, home: Home, vendor: str = TENCENT, room: str | None = None
    ) -> None:
        """Empty all rooms."""
        self.home, self.vendor, self.room = home, vendor, room or ROOM[vendor]
        self.company = home.sim.company
        self.company.clear_bookings(vendor)
        for each in self.rooms:
            self.company.end_meeting(vendor, each)
        self.entry: MockConfigEntry

    @property
    def rooms(self) -> tuple[str, str]:
        """Return two rooms."""
        return self.room, OTHER_ROOM[self.vendor]

    async def open(self, options: Mapping[str, Any] = ALL_ROOMS) -> None:
        """Add the account."""
        self.entry = await self.home.add(self.vendor, options)
        await self.home.live(60)

    async def at(self, moment: datetime) -> None:
        """Advance to a moment in one step."""
        await self.home.pass_time((moment - dt_util.utcnow()).total_seconds())

    def book(self, room: str | None = None) -> None:
        """Book a room."""
        self.company.book(self.vendor, room or self.room, START, END)

    async def enter(self, *rooms: str) -> None:
        """Let people come into the room, or into some rooms one after the other."""
        for room in rooms or (self.room,):
            self.company.start_meeting(self.vendor, room, 600)
            await self.home.polls(1)

    async def leave(self, *rooms: str) -> None:
        """Let the people go."""
        for room in rooms or (self.room,):
            self.company.end_meeting(self.vendor, room)
            await self.home.polls(1)

    async def set_status(self, status: RoomStatus) -> None:
        """Change the status of the room."""
        self.company.change(self.vendor, self.room, status=status)
        await self.home.live(320)

    def target(self) -> Target:
        """Return the room as a target."""
        return {"device_id": self.home.known_device(self.vendor, self.room).id}

    def entity_id(self, key: str) -> str:
        """Return an entity of the room."""
        return self.home.entity(self.vendor, self.room, key).entity_id


@pytest.fixture
def day(home: Home) -> Day:
    """Return the day of a room at Tencent Meeting."""
    return Day(home)


async def test_each_trigger_of_the_contract_is_there(home: Home) -> None:
    """Automations name them."""
    assert tuple(await async_get_triggers(home.hass)) == NAMES


async def test_the_editor_offers_each_trigger_for_a_floor(
    day: Day, hass_ws_client: WebSocketGenerator
) -> None:
    """Also those of diagnostic entities."""
    await day.open()
    building = Building(day.home)
    building.place(TENCENT, day.room)
    client = await hass_ws_client(day.home.hass)
    await client.send_json_auto_id(
        {
            "type": "get_triggers_for_target",
            "target": {"floor_id": [building.floor.floor_id]},
        }
    )
    offered = (await client.receive_json())["result"]
    ours = {each for each in offered if each.startswith("meeting_rooms.")}
    assert ours == {f"meeting_rooms.{name}" for name in NAMES}


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_day_of_a_room_fires_each_trigger_at_its_moment(
    home: Home, vendor: str
) -> None:
    """Running over is not a new use; a room that is no longer used is free."""
    day = Day(home, vendor)
    day.book()
    day.company.change(vendor, day.room, camera=False)
    await day.open()
    await home.live(310)
    runs = await automate(home, *NAMES, target=day.target())
    seen = []
    for minutes in (-15, -10, 0):
        await day.at(START + minutes * MINUTE)
        seen.append(ids(runs))
    await day.enter()
    seen.append(ids(runs))
    await day.at(END - MINUTE)
    await day.at(END)
    seen.append(ids(runs))
    await day.leave()
    seen.append(ids(runs))
    order = [
        "not_ready",
        "starting_soon",
        "booking_started",
        "became_used",
        "booking_ended",
        "became_free",
    ]
    assert seen == [order[: number + 1] for number in range(len(order))]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_an_unused_booking_is_a_no_show(home: Home, vendor: str) -> None:
    """The automation gets the times of the booking, and nothing else of it."""
    day = Day(home, vendor)
    day.book()
    await day.open()
    runs = await automate(home, *BY_EVENT, target=day.target())
    for moment in (START, START + 10 * MINUTE, END):
        await day.at(moment)
    times = {"start": START.isoformat(), "end": END.isoformat()}
    assert ids(runs) == ["booking_started", "no_show", "booking_ended"]
    assert [{key: run[key] for key in times} for run in runs] == [times] * 3
    assert {run["entity_id"] for run in runs} == {day.entity_id("meeting")}


async def test_a_booking_that_is_made_at_short_notice_starts_at_its_second(
    day: Day,
) -> None:
    """Core's calendar trigger misses a booking that is made less than 15 minutes ahead."""
    await day.open()
    runs = await automate(day.home, "booking_started", target=day.target())
    day.company.book(TENCENT, day.room, START, END)
    await day.at(START - 5 * MINUTE)
    await day.home.live(280)
    assert runs == []
    await day.at(START)
    assert ids(runs) == ["booking_started"]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_goes_offline_and_comes_back_without_its_controller(
    home: Home, vendor: str
) -> None:
    """The controller in the same area has an entity with the same key."""
    day = Day(home, vendor, OTHER_ROOM[vendor])
    await day.set_status(RoomStatus.IDLE)
    controller = day.company.room(vendor, day.room).properties.controller
    assert controller is not None
    await day.open()
    await home.live(310)
    building = Building(home)
    key = ("controller", f"{controller.rooms_id}_{controller.mac_address}")
    for parts in ((day.room,), key):
        building.place(vendor, *parts)
        assert home.shown(vendor, *parts, "online") == "on"
    runs = await automate(
        home, "offline", "online", target={"area_id": building.area.id}
    )
    for status in (RoomStatus.OFFLINE, RoomStatus.IDLE):
        await day.set_status(status)
    assert home.shown(vendor, *key, "online") == "on"
    assert [(run["id"], run["entity_id"]) for run in runs] == [
        ("offline", day.entity_id("online")),
        ("online", day.entity_id("online")),
    ]


@pytest.mark.parametrize("kind", PLACES)
async def test_a_place_stands_for_its_rooms_and_not_for_others(
    day: Day, kind: str
) -> None:
    """Diagnostic entities count, too, and those of other integrations do not."""
    foreign = StateSensor("foreign")
    await add_entities(day.home, "sensor", foreign)
    for room in day.rooms:
        day.book(room)
    await day.open()
    building = Building(day.home)
    building.place(TENCENT, day.room)
    day.home.entities.async_update_entity(
        foreign.entity_id, area_id=building.area.id, labels={building.label.label_id}
    )
    runs = await automate(day.home, *NAMES, target=building.target(kind))
    foreign.show("free")
    await day.at(START)
    await day.enter(*day.rooms)
    await day.at(END)
    foreign.show("in_use")
    await day.leave(*day.rooms)
    assert [(run["id"], run["entity_id"]) for run in runs] == [
        ("booking_started", day.entity_id("meeting")),
        ("became_used", day.entity_id("availability")),
        ("booking_ended", day.entity_id("meeting")),
        ("became_free", day.entity_id("availability")),
    ]


async def test_a_named_entity_fires_only_its_own_triggers(day: Day) -> None:
    """Neither an entity of another integration nor another one of the room matches."""
    foreign = StateSensor("foreign")
    await add_entities(day.home, "sensor", foreign)
    await day.open()
    for key in ("status", "in_use"):
        assert day.home.shown(TENCENT, day.room, key)
    named = [day.entity_id(key) for key in ("status", "in_use", "until")]
    target = {"entity_id": [foreign.entity_id, *named]}
    runs = await automate(day.home, *NAMES, target=target)
    foreign.show("free")
    await day.enter()
    foreign.show("in_use")
    await day.leave()
    assert runs == []


async def test_a_room_that_is_moved_to_a_place_is_followed(day: Day) -> None:
    """It is no longer followed when it has left."""
    await day.open()
    building = Building(day.home)
    runs = await automate(
        day.home, "became_used", target={"floor_id": building.floor.floor_id}
    )
    await day.enter()
    await day.leave()
    assert runs == []
    building.place(TENCENT, day.room)
    await day.enter()
    assert ids(runs) == ["became_used"]
    device = day.home.known_device(TENCENT, day.room)
    day.home.devices.async_update_device(device.id, area_id=None)
    await day.leave()
    await day.enter()
    assert ids(runs) == ["became_used"]


@pytest.mark.parametrize(
    ("options", "after_one", "after_both"),
    [
        ({}, 1, 2),
        ({"behavior": "each"}, 1, 2),
        ({"behavior": "first"}, 1, 1),
        ({"behavior": "all"}, 0, 1),
    ],
    ids=["default", "each", "first", "all"],
)
async def test_several_rooms_fire_by_their_behavior(
    day: Day, options: dict[str, str], after_one: int, after_both: int
) -> None:
    """Each room fires by default; otherwise the first or the last one."""
    await day.open()
    building = Building(day.home)
    for room in day.rooms:
        building.place(TENCENT, room)
    target = building.target("floor_id")
    runs = await automate(day.home, "became_used", target=target, **options)
    numbers = []
    for room in day.rooms:
        await day.enter(room)
        numbers.append(len(runs))
    assert numbers == [after_one, after_both]


async def test_all_rooms_are_not_free_while_one_is_not_known(home: Home) -> None:
    """Somebody may be in it; the next change of a known room fires again."""
    building = Building(home)
    known, unknown = Day(home), Day(home, WECOM)
    for each in (known, unknown):
        await each.open()
        building.place(each.vendor, each.room)
        await each.enter()
    target = building.target("floor_id")
    names = ("became_free", "became_used")
    runs = await automate(home, *names, target=target, behavior="all")
    home.sim.faults.add(Fault("http", vendor=WECOM, status=502))
    await home.polls(10)
    assert home.shown(WECOM, unknown.room, "availability") == STATE_UNAVAILABLE
    await known.leave()
    await known.enter()
    assert runs == []
    home.sim.faults.clear()
    await home.live(600)
    await unknown.leave()
    await known.leave()
    assert ids(runs) == ["became_free"]


async def test_a_duration_continues_while_the_room_stays_free(day: Day) -> None:
    """Starting soon is free, too; a use ends the duration."""
    day.book()
    await day.open()
    await day.enter()
    runs = await automate(
        day.home, "became_free", target=day.target(), **{"for": {"minutes": 10}}
    )
    await day.leave()
    await day.home.live(300)
    await day.enter()
    await day.home.live(330)
    assert runs == []
    await day.at(START - 14 * MINUTE)
    await day.leave()
    left = dt_util.utcnow()
    await day.at(START - 10 * MINUTE)
    assert day.home.shown(TENCENT, day.room, "availability") == "starting_soon"
    await day.at(left + 9 * MINUTE)
    assert runs == []
    await day.at(left + 10 * MINUTE)
    assert ids(runs) == ["became_free"]


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize("left", [False, True], ids=["kept", "removed"])
async def test_a_restart_fires_nothing(home: Home, vendor: str, left: bool) -> None:
    """The latest event of a room is restored; what happens later fires."""
    day = Day(home, vendor)
    day.book()
    await day.open()
    await day.at(START)
    runs = await automate(home, *NAMES, target=day.target())
    entity_id = day.entity_id("meeting")
    await home.hass.config_entries.async_unload(day.entry.entry_id)
    await home.settle()
    removed = [entity_id] * left
    for each in removed:
        home.hass.states.async_remove(each)
    await home.start(day.entry)
    await home.live(60)
    assert home.state(vendor, day.room, "meeting").attributes["event_type"] == "started"
    assert runs == []
    await day.at(START + 10 * MINUTE)
    assert ids(runs) == ["no_show"]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_what_happened_during_a_reload_fires_nothing(
    home: Home, vendor: str
) -> None:
    """The room was booked, and its booking has started meanwhile."""
    day = Day(home, vendor)
    await day.open()
    runs = await automate(home, *NAMES, target=day.target())
    await home.hass.config_entries.async_unload(day.entry.entry_id)
    day.book()
    await day.at(START + MINUTE)
    await home.start(day.entry)
    await home.live(60)
    assert home.shown(vendor, day.room, "availability") == "booked"
    assert runs == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_outage_of_the_vendor_fires_nothing(home: Home, vendor: str) -> None:
    """Neither its begin, nor its end, nor what happened meanwhile; the next change does."""
    day = Day(home, vendor)
    day.book()
    await day.open()
    runs = await automate(home, *NAMES, target=day.target())
    home.sim.faults.add(Fault("http", vendor=vendor, status=502))
    await home.polls(10)
    assert home.shown(vendor, day.room, "availability") == STATE_UNAVAILABLE
    await day.at(START + MINUTE)
    await day.enter()
    home.sim.faults.clear()
    await home.live(600)
    assert home.shown(vendor, day.room, "availability") == "in_use"
    assert runs == []
    await day.leave()
    await day.enter()
    await day.at(END)
    assert ids(runs) == ["became_used", "booking_ended"]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_first_event_of_a_new_room_fires(home: Home, vendor: str) -> None:
    """Its entity was unknown until then."""
    day = Day(home, vendor)
    day.book()
    await day.open()
    assert home.shown(vendor, day.room, "meeting") == "unknown"
    runs = await automate(home, "booking_started", target=day.target())
    await day.at(START)
    assert ids(runs) == ["booking_started"]


async def test_a_room_of_another_name_is_followed(day: Day) -> None:
    """A new name of the room or its entities fires nothing."""
    day.book()
    await day.open()
    await day.at(START)
    runs = await automate(day.home, *NAMES, target=day.target())
    device = day.home.known_device(TENCENT, day.room)
    day.home.devices.async_update_device(device.id, name_by_user="Renamed")
    for key in ("availability", "meeting"):
        domain = day.entity_id(key).partition(".")[0]
        day.home.entities.async_update_entity(
            day.entity_id(key), new_entity_id=f"{domain}.renamed_{key}"
        )
    await day.home.settle()
    assert runs == []
    await day.enter()
    await day.at(END)
    assert [(run["id"], run["entity_id"]) for run in runs] == [
        ("became_used", "sensor.renamed_availability"),
        ("booking_ended", "event.renamed_meeting"),
    ]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        *((name, {"for": {"minutes": 1}}) for name in BY_EVENT),
        *((name, {"behavior": "all"}) for name in BY_EVENT),
        *((name, {"behavior": "some"}) for name in BY_STATE),
        *((name, {"for": -1}) for name in BY_STATE),
        ("paid", {}),
    ],
)
async def test_a_wrong_option_is_refused(
    home: Home, name: str, options: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """Home Assistant disables the automation and says why."""
    await automate(home, name, target={"area_id": "any"}, **options)
    state = home.hass.states.get("automation.rooms")
    assert state is not None
    assert state.state == STATE_UNAVAILABLE
    assert "Automation with alias 'Rooms' failed to setup" in caplog.text
