"""Test that removed entities in the options of an account are named, and renamed ones followed."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from custom_components.meeting_rooms.meetings.evidence import PresenceEvidence
from homeassistant.config_entries import (
    ConfigEntry,
    ConfigEntryDisabler,
    ConfigEntryState,
)
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry
from simulator import Fault

from ..home import ALL_ROOMS, TENCENT, Home, is_in
from ..offices import (
    OTHER,
    ROOM,
    PresenceSensor,
    add_account,
    add_entities,
    add_room,
    change_options,
    linked,
)
from ..vendors import ROOM as SIMULATED

SENSOR = "binary_sensor.test_1"
CALENDAR = "calendar.test_1"
HOURS = "input_boolean.test_1"

CASES = [
    (
        linked(presence=[SENSOR]),
        "linked_presence_missing",
        {"entities": f"`{SENSOR}` (Beijing)"},
    ),
    (
        linked(calendar=CALENDAR),
        "linked_calendar_missing",
        {"entities": f"`{CALENDAR}` (Beijing)"},
    ),
    ({"office_hours": HOURS}, "office_hours_missing", {"entity": HOURS}),
]


@pytest.fixture(params=CASES, ids=lambda case: case[1])
def case(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str, dict[str, str]]:
    """Return options with an entity, and the issue when it is removed."""
    options, key, placeholders = request.param
    return options, key, {"account": "tencent_meeting account", **placeholders}


type Case = tuple[dict[str, Any], str, dict[str, str]]


def start(home: Home, options: dict[str, Any]) -> MockConfigEntry:
    """Start to track the entities in the options of an account."""
    entry = add_account(home, TENCENT, options)
    tracker = PresenceEvidence(home.hass, entry, lambda _: None)
    tracker.start()

    async def configure(_hass: HomeAssistant, _entry: ConfigEntry) -> None:
        """Apply changed options."""
        tracker.configure()

    entry.add_update_listener(configure)
    return entry


def texts(home: Home, key: str) -> dict[str, str]:
    """Return the placeholders of an issue without the vendor's console."""
    placeholders = home.issues()[key] or {}
    return {name: text for name, text in placeholders.items() if name != "console_url"}


def register(home: Home, entity_id: str) -> str:
    """Register the entity of another integration."""
    domain = entity_id.partition(".")[0]
    entity = home.entities.async_get_or_create(domain, "test", "1")
    assert entity.entity_id == entity_id
    return entity_id


@pytest.mark.parametrize("entity_id", [SENSOR, CALENDAR, HOURS])
async def test_a_removed_entity_has_a_repair_issue_until_it_returns(
    home: Home, entity_id: str
) -> None:
    """An entity that is registered may have no state, such as a disabled one."""
    issues = {
        SENSOR: "linked_presence_missing",
        CALENDAR: "linked_calendar_missing",
        HOURS: "office_hours_missing",
    }
    register(home, entity_id)
    options = {SENSOR: linked(presence=[SENSOR]), CALENDAR: linked(calendar=CALENDAR)}
    start(home, options.get(entity_id, {"office_hours": HOURS}))
    assert home.issues() == {}
    home.entities.async_remove(entity_id)
    assert home.issues().keys() == {issues[entity_id]}
    register(home, entity_id)
    assert home.issues() == {}


async def test_the_issue_names_the_entity_and_its_room(home: Home, case: Case) -> None:
    """It is deleted as soon as the options do not name the entity."""
    options, key, expected = case
    entry = start(home, options)
    assert texts(home, key) == expected
    change_options(home, entry, room_settings={}, office_hours=None)
    await home.settle()
    assert home.issues() == {}


async def test_an_entity_without_a_unique_id_exists_while_it_has_a_state(
    home: Home, case: Case
) -> None:
    """It is not in the registry, so it is checked every five minutes."""
    options, key, _ = case
    for entity_id in (SENSOR, CALENDAR, HOURS):
        home.hass.states.async_set(entity_id, "off")
    start(home, options)
    assert home.issues() == {}
    for entity_id in (SENSOR, CALENDAR, HOURS):
        home.hass.states.async_remove(entity_id)
    await home.pass_time(300)
    assert home.issues().keys() == {key}
    for entity_id in (SENSOR, CALENDAR, HOURS):
        home.hass.states.async_set(entity_id, "off")
    await home.pass_time(300)
    assert home.issues() == {}


async def test_entities_may_be_added_until_home_assistant_has_started(
    home: Home, case: Case
) -> None:
    """Other integrations are set up later, or slowly."""
    options, key, _ = case
    home.hass.set_state(CoreState.starting)
    start(home, options)
    await home.pass_time(300)
    assert home.issues() == {}
    home.hass.set_state(CoreState.running)
    home.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await home.settle()
    assert home.issues().keys() == {key}


async def test_an_issue_names_all_entities_and_rooms(home: Home) -> None:
    """The settings of a room that was removed are not named."""
    both = {"presence": ["binary_sensor.a", "binary_sensor.b"]}
    other = {"presence": ["binary_sensor.a"]}
    removed = {"presence": ["binary_sensor.c"]}
    start(home, {"room_settings": {ROOM: both, OTHER: other, "removed": removed}})
    named = "`binary_sensor.a` (Beijing, Shanghai), `binary_sensor.b` (Beijing)"
    assert texts(home, "linked_presence_missing")["entities"] == named


async def test_a_long_list_of_entities_is_cut(home: Home) -> None:
    """The issue says how many more there are."""
    rooms = [f"room{number:02}" for number in range(12)]
    settings = {room: {"calendar": f"calendar.{room}"} for room in rooms}
    entry = start(home, {"room_settings": settings})
    for room in rooms:
        add_room(home, entry, room, room)
    await home.pass_time(300)
    named = texts(home, "linked_calendar_missing")["entities"]
    assert named.startswith("`calendar.room00` (room00), ")
    assert named.endswith("`calendar.room09` (room09), … (+2)")


async def disable(home: Home, entry: MockConfigEntry) -> None:
    """Disable an account."""
    by = ConfigEntryDisabler.USER
    await home.hass.config_entries.async_set_disabled_by(entry.entry_id, by)


async def enable(home: Home, entry: MockConfigEntry) -> None:
    """Enable an account."""
    await home.hass.config_entries.async_set_disabled_by(entry.entry_id, None)


async def fail(home: Home, entry: MockConfigEntry) -> None:
    """Let the set-up of an account fail."""
    home.sim.faults.add(Fault("http", TENCENT, status=500))
    await home.restart(entry)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)


async def recover(home: Home, entry: MockConfigEntry) -> None:
    """Let the next set-up of an account succeed."""
    home.sim.faults.clear()
    await home.restart(entry)


type Step = Callable[[Home, MockConfigEntry], Awaitable[None]]


@pytest.mark.parametrize(
    ("stop", "resume"), [(disable, enable), (fail, recover)], ids=["disabled", "failed"]
)
async def test_an_entity_that_is_renamed_while_the_account_is_not_loaded_is_followed(
    home: Home, stop: Step, resume: Step
) -> None:
    """The sensor is evidence again as soon as the account is loaded."""
    room, sensor = SIMULATED[TENCENT], PresenceSensor("Ceiling")
    home.sim.company.clear_bookings(TENCENT)
    home.sim.company.end_meeting(TENCENT, room)
    await add_entities(home, "binary_sensor", sensor)
    sensor.show(True)
    settings = linked(room, presence=[sensor.entity_id])
    entry = await home.add(TENCENT, {**ALL_ROOMS, **settings})
    await stop(home, entry)
    home.entities.async_update_entity(
        sensor.entity_id, new_entity_id="binary_sensor.renamed"
    )
    await home.settle()
    await resume(home, entry)
    await home.live(10)
    assert home.shown(TENCENT, room, "availability") == "unbooked_use"
    assert home.issues() == {}
