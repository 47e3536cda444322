"""Test the conditions in automations: by target and duration, and what meets none."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import pytest

from custom_components.meeting_rooms.condition import async_get_conditions
from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from simulator import Fault

from .automations import Building, Question, StateSensor, Target
from .home import ALL_ROOMS, LISTERS, MORNING, QUANSHI, TENCENT, VENDORS, WECOM, Home
from .offices import add_entities
from .vendors import OTHER_ROOM, ROOM

MINUTE: Final = timedelta(minutes=1)
NAMES: Final = ("is_free", "is_used", "is_ready")
BOTH: Final = (ROOM[TENCENT], OTHER_ROOM[TENCENT])
PLACES: Final = ("area_id", "floor_id", "label_id")


@pytest.fixture
def empty(home: Home) -> Home:
    """Return a Home Assistant whose rooms are neither booked nor used."""
    for vendor in VENDORS:
        home.sim.company.clear_bookings(vendor)
        for room in (ROOM[vendor], OTHER_ROOM[vendor]):
            home.sim.company.end_meeting(vendor, room)
    return home


@pytest.fixture
def question(home: Home) -> Question:
    """Return an automation with a condition."""
    return Question(home)


async def open_account(
    home: Home, vendor: str = TENCENT, options: Mapping[str, Any] = ALL_ROOMS
) -> None:
    """Add an account."""
    await home.add(vendor, options)
    await home.live(60)


async def enter(home: Home, *rooms: str, vendor: str = TENCENT) -> None:
    """Let people come into some rooms."""
    for room in rooms:
        home.sim.company.start_meeting(vendor, room, 600)
    await home.polls(1)


async def leave(home: Home, *rooms: str) -> None:
    """Let the people go."""
    for room in rooms:
        home.sim.company.end_meeting(TENCENT, room)
    await home.polls(1)


def target_of(home: Home, vendor: str = TENCENT) -> Target:
    """Return a room as a target."""
    return {"device_id": home.known_device(vendor, ROOM[vendor]).id}


def placed(home: Home, *rooms: str) -> Building:
    """Return a building with some rooms."""
    building = Building(home)
    for room in rooms:
        building.place(TENCENT, room)
    return building


async def test_each_condition_of_the_contract_is_there(home: Home) -> None:
    """Automations name them."""
    assert tuple(await async_get_conditions(home.hass)) == NAMES


async def test_the_editor_offers_each_condition_for_a_floor(
    empty: Home, hass_ws_client: WebSocketGenerator
) -> None:
    """Also that of a diagnostic entity."""
    await open_account(empty)
    floor_id = placed(empty, BOTH[0]).floor.floor_id
    client = await hass_ws_client(empty.hass)
    await client.send_json_auto_id(
        {"type": "get_conditions_for_target", "target": {"floor_id": [floor_id]}}
    )
    offered = (await client.receive_json())["result"]
    ours = {each for each in offered if each.startswith("meeting_rooms.")}
    assert ours == {f"meeting_rooms.{name}" for name in NAMES}


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("is_free", [True, True, False, False, False, False, False, True]),
        ("is_used", [False, False, False, True, False, True, True, False]),
    ],
)
async def test_a_room_is_free_or_used_or_neither(
    empty: Home, question: Question, name: str, states: list[bool]
) -> None:
    """A booked room without people is neither."""
    start, end = MORNING + 30 * MINUTE, MORNING + 60 * MINUTE
    empty.sim.company.book(TENCENT, ROOM[TENCENT], start, end)
    await open_account(empty)
    await question.open(name, target_of(empty))

    async def at(minutes: int) -> None:
        """Advance to a minute after the start of the booking."""
        moment = start + minutes * MINUTE
        await empty.pass_time((moment - dt_util.utcnow()).total_seconds())

    shown, answers = [], []

    async def note() -> None:
        """Note the availability and the answer."""
        shown.append(empty.shown(TENCENT, ROOM[TENCENT], "availability"))
        answers.append(await question.ask())

    await note()
    await at(-5)
    await note()
    await at(0)
    await note()
    await enter(empty, ROOM[TENCENT])
    await note()
    await leave(empty, ROOM[TENCENT])
    await at(10)
    await note()
    await enter(empty, ROOM[TENCENT])
    await note()
    await at(30)
    await note()
    await leave(empty, ROOM[TENCENT])
    await note()
    assert shown == [
        "free",
        "starting_soon",
        "booked",
        "in_use",
        "ended_early",
        "in_use",
        "running_over",
        "free",
    ]
    assert answers == states


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_with_a_problem_is_not_ready_for_its_booking(
    empty: Home, question: Question, vendor: str
) -> None:
    """It is ready as long as no booking is near."""
    company, room = empty.sim.company, ROOM[vendor]
    company.change(vendor, room, camera=False)
    company.book(vendor, room, MORNING + 30 * MINUTE, MORNING + 60 * MINUTE)
    await open_account(empty, vendor)
    await empty.live(310)
    await question.open("is_ready", target_of(empty, vendor))
    assert await question.ask()
    await empty.pass_time(600)
    assert not await question.ask()


@pytest.mark.parametrize(
    ("options", "answers"),
    [
        ({}, [False, True, True]),
        ({"behavior": "any"}, [False, True, True]),
        ({"behavior": "all"}, [False, False, True]),
    ],
    ids=["default", "any", "all"],
)
@pytest.mark.parametrize("kind", PLACES)
async def test_any_or_all_rooms_of_a_place_count(
    empty: Home, question: Question, kind: str, options: Any, answers: list[bool]
) -> None:
    """Any room is enough by default; a sensor of another integration never counts."""
    foreign = StateSensor("foreign")
    await add_entities(empty, "sensor", foreign)
    await open_account(empty)
    building = placed(empty, *BOTH)
    empty.entities.async_update_entity(
        foreign.entity_id, area_id=building.area.id, labels={building.label.label_id}
    )
    await question.open("is_used", building.target(kind), **options)
    found = [await question.ask()]
    foreign.show("free")
    for room in BOTH:
        await enter(empty, room)
        found.append(await question.ask())
    assert found == answers


@pytest.mark.parametrize("behavior", ["any", "all"])
@pytest.mark.parametrize("name", NAMES)
async def test_a_place_without_a_room_meets_no_condition(
    empty: Home, question: Question, name: str, behavior: str
) -> None:
    """Core takes all rooms of an empty place as free."""
    await open_account(empty)
    target = placed(empty).target("floor_id")
    await question.open(name, target, behavior=behavior)
    assert not await question.ask()


@pytest.mark.parametrize("behavior", ["any", "all"])
@pytest.mark.parametrize("name", NAMES)
async def test_an_unknown_place_meets_no_condition(
    empty: Home, question: Question, name: str, behavior: str
) -> None:
    """The area was deleted."""
    await open_account(empty)
    await question.open(name, {"area_id": "deleted"}, behavior=behavior)
    assert not await question.ask()


@pytest.mark.parametrize("behavior", ["any", "all"])
@pytest.mark.parametrize("name", NAMES)
async def test_unavailable_rooms_meet_no_condition(
    empty: Home, question: Question, name: str, behavior: str
) -> None:
    """Nothing is known of them during an outage."""
    await open_account(empty)
    target = placed(empty, *BOTH).target("area_id")
    await question.open(name, target, behavior=behavior)
    empty.sim.faults.add(Fault("http", vendor=TENCENT, status=502))
    await empty.polls(10)
    assert empty.shown(TENCENT, BOTH[0], "availability") == STATE_UNAVAILABLE
    assert not await question.ask()


@pytest.mark.parametrize(
    ("behavior", "answers"), [("any", [True, True]), ("all", [True, False])]
)
async def test_a_room_that_is_not_known_is_not_taken_as_free(
    empty: Home, question: Question, behavior: str, answers: list[bool]
) -> None:
    """Somebody may be in the room while its account cannot be reached."""
    await open_account(empty)
    await open_account(empty, WECOM)
    building = placed(empty, BOTH[0])
    building.place(WECOM, ROOM[WECOM])
    await question.open("is_free", building.target("floor_id"), behavior=behavior)
    found = [await question.ask()]
    empty.sim.faults.add(Fault("http", vendor=WECOM, status=502))
    await empty.polls(10)
    assert empty.shown(WECOM, ROOM[WECOM], "availability") == STATE_UNAVAILABLE
    found.append(await question.ask())
    assert found == answers


@pytest.mark.parametrize(
    ("behavior", "answers"), [("any", [True, True]), ("all", [True, False])]
)
async def test_a_room_under_maintenance_is_not_ready_for_all(
    empty: Home, question: Question, behavior: str, answers: list[bool]
) -> None:
    """Another room is still ready."""
    await open_account(empty)
    await empty.live(310)
    target = placed(empty, *BOTH).target("area_id")
    await question.open("is_ready", target, behavior=behavior)
    found = [await question.ask()]
    switch = empty.entity(TENCENT, BOTH[0], "maintenance").entity_id
    await empty.hass.services.async_call(
        "switch", "turn_on", {"entity_id": switch}, blocking=True
    )
    await empty.settle()
    found.append(await question.ask())
    assert found == answers


@pytest.mark.parametrize("behavior", ["any", "all"])
async def test_a_room_under_maintenance_is_not_ready(
    empty: Home, question: Question, behavior: str
) -> None:
    """Whether it is ready is not known."""
    await open_account(empty)
    await empty.live(310)
    target = placed(empty, BOTH[0]).target("area_id")
    await question.open("is_ready", target, behavior=behavior)
    assert await question.ask()
    switch = empty.entity(TENCENT, BOTH[0], "maintenance").entity_id
    await empty.hass.services.async_call(
        "switch", "turn_on", {"entity_id": switch}, blocking=True
    )
    await empty.settle()
    assert empty.shown(TENCENT, BOTH[0], "not_ready") == STATE_UNKNOWN
    assert not await question.ask()


async def test_a_vendor_without_devices_has_no_ready_rooms(
    empty: Home, question: Question
) -> None:
    """Whether its rooms are ready is not known."""
    await open_account(empty, QUANSHI)
    await question.open("is_ready", target_of(empty, QUANSHI), behavior="all")
    assert not await question.ask()


@pytest.mark.parametrize("behavior", ["any", "all"])
async def test_a_duration_continues_while_the_room_stays_free(
    empty: Home, question: Question, behavior: str
) -> None:
    """Starting soon is free, too."""
    start = MORNING + 20 * MINUTE
    empty.sim.company.book(TENCENT, BOTH[0], start, start + 60 * MINUTE)
    await open_account(empty)
    await enter(empty, BOTH[0])
    options = {"behavior": behavior, "for": {"minutes": 10}}
    await question.open("is_free", target_of(empty), **options)
    await leave(empty, BOTH[0])
    assert not await question.ask()
    await empty.pass_time(599)
    assert empty.shown(TENCENT, BOTH[0], "availability") == "starting_soon"
    assert not await question.ask()
    await empty.pass_time(1)
    assert await question.ask()
    await enter(empty, BOTH[0])
    assert not await question.ask()


async def test_only_the_entity_of_the_condition_counts(
    empty: Home, question: Question
) -> None:
    """Neither an entity of another integration nor another one of the room does."""
    foreign = StateSensor("foreign")
    await add_entities(empty, "sensor", foreign)
    await open_account(empty)
    await enter(empty, BOTH[0])
    status = empty.entity(TENCENT, BOTH[0], "status").entity_id
    assert empty.shown(TENCENT, BOTH[0], "status") == "in_use"
    await question.open("is_used", {"entity_id": [foreign.entity_id, status]})
    assert not await question.ask()


async def test_a_named_room_counts(empty: Home, question: Question) -> None:
    """An entity is a target as well."""
    await open_account(empty)
    entity_id = empty.entity(TENCENT, BOTH[0], "availability").entity_id
    await question.open("is_used", {"entity_id": entity_id}, behavior="all")
    assert not await question.ask()
    await enter(empty, BOTH[0])
    assert await question.ask()


@pytest.mark.parametrize("options", [{"behavior": "each"}, {"for": -1}, {"since": 1}])
@pytest.mark.parametrize("name", NAMES)
async def test_a_wrong_option_is_refused(
    home: Home,
    question: Question,
    name: str,
    options: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Home Assistant disables the automation and says why."""
    await question.open(name, {"area_id": "any"}, **options)
    state = home.hass.states.get("automation.rooms")
    assert state is not None
    assert state.state == STATE_UNAVAILABLE
    assert "Automation with alias 'Rooms' failed to setup" in caplog.text
