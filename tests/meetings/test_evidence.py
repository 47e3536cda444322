"""Test the evidence of use from presence sensors, and the office hours."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.meeting_rooms.const import DOMAIN
from custom_components.meeting_rooms.meetings.evidence import PresenceEvidence
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..home import TENCENT, WECOM, Home
from ..offices import (
    OTHER,
    ROOM,
    PresenceSensor,
    add_account,
    add_entities,
    area,
    change_options,
    linked,
    move,
    move_room,
    room_device,
)
from ..vendors import ROOM as SIMULATED

HOURS = "schedule.office_hours"


class Evidence:
    """The evidence of an account, with the changes that it reported."""

    def __init__(self, home: Home, entry: MockConfigEntry) -> None:
        """Track the evidence, and apply changed options at once."""
        self.changes: list[frozenset[str]] = []
        self.tracker = PresenceEvidence(home.hass, entry, self.changes.append)
        self.tracker.start()
        entry.add_update_listener(self._configure)

    async def _configure(self, _hass: HomeAssistant, _entry: ConfigEntry) -> None:
        """Apply changed options."""
        self.tracker.configure()

    def room(self) -> bool | None:
        """Return the evidence of the room."""
        return self.tracker.of(ROOM)

    def other(self) -> bool | None:
        """Return the evidence of the other room."""
        return self.tracker.of(OTHER)

    def within_office_hours(self) -> bool | None:
        """Return whether it is within the office hours."""
        return self.tracker.within_office_hours


type Office = Callable[..., Evidence]


@pytest.fixture
async def sensor(home: Home) -> PresenceSensor:
    """Return an occupancy sensor of another integration in the area of the room."""
    sensor = PresenceSensor("Ceiling")
    await add_entities(home, "binary_sensor", sensor)
    move(home, sensor, "Meeting room")
    return sensor


@pytest.fixture
def office(home: Home) -> Office:
    """Return a function that starts an account whose room is in an area."""

    def start(**options: Any) -> Evidence:
        """Start to track the evidence of an account with some options."""
        entry = add_account(home, TENCENT, options)
        move_room(home, entry, ROOM, "Meeting room")
        return Evidence(home, entry)

    return start


def account(home: Home) -> MockConfigEntry:
    """Return the account."""
    (entry,) = home.hass.config_entries.async_entries(DOMAIN)
    assert isinstance(entry, MockConfigEntry)
    return entry


async def settle(home: Home) -> None:
    """Wait until changes of the registries have been followed."""
    await home.pass_time(1)


@pytest.mark.parametrize("device_class", ["occupancy", "presence", "motion"])
async def test_a_presence_sensor_in_the_area_of_a_room_is_evidence(
    home: Home, office: Office, device_class: str
) -> None:
    """The evidence follows the sensor at once; the other room has none."""
    sensor = PresenceSensor("Ceiling", BinarySensorDeviceClass(device_class))
    await add_entities(home, "binary_sensor", sensor)
    move(home, sensor, "Meeting room")
    evidence = office()
    assert evidence.room() is False
    sensor.show(True)
    assert evidence.room() is True
    sensor.show(False)
    assert evidence.room() is False
    assert evidence.other() is None
    assert evidence.changes == [{ROOM}, {ROOM}]


async def test_sensors_of_another_class_are_no_evidence(
    home: Home, office: Office
) -> None:
    """A door does not say whether somebody is in the room."""
    door = PresenceSensor("Door", BinarySensorDeviceClass.DOOR)
    await add_entities(home, "binary_sensor", door)
    move(home, door, "Meeting room")
    assert office().room() is None


async def test_a_room_is_used_while_any_sensor_is_on(
    home: Home, office: Office
) -> None:
    """A sensor without a state says nothing."""
    first, second = PresenceSensor("First"), PresenceSensor("Second")
    await add_entities(home, "binary_sensor", first, second)
    move(home, first, "Meeting room")
    move(home, second, "Meeting room")
    evidence = office()
    first.show(True)
    second.show(None)
    assert evidence.room() is True
    first.show(False)
    assert evidence.room() is False
    first.show(False, available=False)
    assert evidence.room() is None
    second.show(True)
    assert evidence.room() is True


async def test_only_a_change_of_the_evidence_is_reported(
    home: Home, office: Office
) -> None:
    """A second sensor that is on changes nothing."""
    first, second = PresenceSensor("First"), PresenceSensor("Second")
    await add_entities(home, "binary_sensor", first, second)
    move(home, first, "Meeting room")
    move(home, second, "Meeting room")
    evidence = office()
    first.show(True)
    second.show(True)
    first.show(False)
    assert evidence.changes == [{ROOM}]


async def test_a_sensor_is_in_the_area_of_its_device(
    home: Home, office: Office, sensor: PresenceSensor
) -> None:
    """An area of its own comes first."""
    evidence = office()
    device = room_device(home, account(home), OTHER)
    home.entities.async_update_entity(
        sensor.entity_id, area_id=None, device_id=device.id
    )
    await settle(home)
    assert evidence.room() is None
    home.devices.async_update_device(device.id, area_id=area(home, "Second room"))
    await settle(home)
    assert evidence.other() is False
    move(home, sensor, "Meeting room")
    await settle(home)
    assert (evidence.room(), evidence.other()) == (False, None)


async def test_the_sensors_of_the_options_replace_those_of_the_area(
    home: Home, office: Office, sensor: PresenceSensor
) -> None:
    """They apply without a reload; rooms may share a sensor."""
    home.hass.states.async_set("binary_sensor.radar", "on")
    evidence = office()
    shared = {"presence": ["binary_sensor.radar"]}
    change_options(home, account(home), room_settings={ROOM: shared, OTHER: shared})
    await home.settle()
    assert (evidence.room(), evidence.other()) == (True, True)
    sensor.show(True)
    home.hass.states.async_set("binary_sensor.radar", "off")
    assert (evidence.room(), evidence.other()) == (False, False)
    change_options(home, account(home), room_settings={})
    await home.settle()
    assert (evidence.room(), evidence.other()) == (True, None)


async def test_sensors_of_areas_are_no_evidence_if_the_option_is_off(
    home: Home, office: Office, sensor: PresenceSensor
) -> None:
    """The option applies without a reload."""
    evidence = office(area_presence=False)
    assert evidence.room() is None
    change_options(home, account(home), area_presence=True)
    await home.settle()
    assert evidence.room() is False


async def test_an_area_with_two_rooms_is_no_evidence(
    home: Home, office: Office, sensor: PresenceSensor
) -> None:
    """A sensor does not say in which of the rooms somebody is."""
    evidence = office()
    move_room(home, account(home), OTHER, "Meeting room")
    await settle(home)
    assert (evidence.room(), evidence.other()) == (None, None)
    move_room(home, account(home), ROOM, "Elsewhere")
    await settle(home)
    assert (evidence.room(), evidence.other()) == (None, False)
    assert evidence.changes == [{ROOM}, {OTHER}]


async def test_rooms_of_all_accounts_count_in_an_area(
    home: Home, office: Office, sensor: PresenceSensor
) -> None:
    """A room that the user disabled does not count."""
    evidence = office()
    wecom = add_account(home, WECOM)
    move_room(home, wecom, ROOM, "Meeting room")
    await settle(home)
    assert evidence.room() is None
    home.devices.async_update_device(
        room_device(home, wecom, ROOM).id, disabled_by=dr.DeviceEntryDisabler.USER
    )
    await settle(home)
    assert evidence.room() is False


async def test_controllers_and_accounts_are_no_rooms(
    home: Home, sensor: PresenceSensor
) -> None:
    """They may be in the area of a room, like the entities of the integration."""
    entry = await home.add(TENCENT)
    room_id = SIMULATED[TENCENT]
    room = room_device(home, entry, room_id)
    for device in home.all_devices().values():
        if device.via_device_id == room.id or device.id == room.via_device_id:
            move_device(home, device.id)
    move_device(home, room.id)
    tracker = PresenceEvidence(home.hass, entry, lambda _: None)
    tracker.start()
    assert home.shown(TENCENT, room_id, "in_use") == "off"
    assert tracker.of(room_id) is False
    sensor.show(False, available=False)
    assert tracker.of(room_id) is None


def move_device(home: Home, device_id: str) -> None:
    """Move a device to the area of the room."""
    home.devices.async_update_device(device_id, area_id=area(home, "Meeting room"))


async def test_an_unloaded_account_does_not_follow_its_sensors(
    home: Home, sensor: PresenceSensor
) -> None:
    """All subscriptions end with the account."""
    entry = await home.add(TENCENT)
    move_device(home, room_device(home, entry, SIMULATED[TENCENT]).id)
    changes: list[frozenset[str]] = []
    PresenceEvidence(home.hass, entry, changes.append).start()
    move(home, sensor, "Elsewhere")
    await home.hass.config_entries.async_unload(entry.entry_id)
    sensor.show(True)
    move(home, sensor, "Meeting room")
    await settle(home)
    assert changes == []


async def test_an_area_can_be_deleted(
    home: Home, office: Office, sensor: PresenceSensor
) -> None:
    """Its room and its sensors have no area then."""
    evidence = office()
    ar.async_get(home.hass).async_delete(area(home, "Meeting room"))
    await settle(home)
    assert evidence.room() is None


@pytest.mark.parametrize(
    "change",
    [
        {"area_id": None},
        {"device_class": "door"},
        {"disabled_by": er.RegistryEntryDisabler.USER},
    ],
)
async def test_a_sensor_that_changes_is_no_evidence_any_more(
    home: Home, office: Office, sensor: PresenceSensor, change: dict[str, Any]
) -> None:
    """The change takes effect a second later at most."""
    sensor.show(True)
    evidence = office()
    home.entities.async_update_entity(sensor.entity_id, **change)
    await settle(home)
    assert evidence.room() is None
    assert evidence.changes == [{ROOM}]


async def test_a_removed_sensor_is_no_evidence(
    home: Home, office: Office, sensor: PresenceSensor
) -> None:
    """A sensor that is added later is."""
    evidence = office()
    home.entities.async_remove(sensor.entity_id)
    await settle(home)
    assert evidence.room() is None
    added = home.entities.async_get_or_create(
        "binary_sensor", "test", "new", original_device_class="motion"
    )
    home.entities.async_update_entity(
        added.entity_id, area_id=area(home, "Meeting room")
    )
    home.hass.states.async_set(added.entity_id, "on")
    await settle(home)
    assert evidence.room() is True


async def test_many_changes_of_the_registry_are_followed_once_a_second(
    home: Home, office: Office
) -> None:
    """Home Assistant's start adds thousands of entities."""
    evidence = office()
    for number in range(100):
        added = home.entities.async_get_or_create(
            "binary_sensor", "test", str(number), original_device_class="motion"
        )
        home.hass.states.async_set(added.entity_id, "on")
        home.entities.async_update_entity(
            added.entity_id, area_id=area(home, "Meeting room")
        )
    assert evidence.room() is None
    await settle(home)
    assert evidence.room() is True
    assert evidence.changes == [{ROOM}]


async def test_a_renamed_sensor_of_an_area_stays_evidence(
    home: Home, office: Office, sensor: PresenceSensor
) -> None:
    """The new entity id interrupts nothing."""
    sensor.show(True)
    evidence = office()
    home.entities.async_update_entity(
        sensor.entity_id, new_entity_id="binary_sensor.renamed"
    )
    await home.settle()
    await settle(home)
    assert evidence.changes == []
    sensor.show(False)
    assert evidence.room() is False


async def test_a_renamed_sensor_of_the_options_stays_evidence(
    home: Home, office: Office, sensor: PresenceSensor
) -> None:
    """The options get the new entity id, and nothing is interrupted."""
    assert await async_setup_component(home.hass, DOMAIN, {})
    sensor.show(True)
    evidence = office(**linked(presence=["binary_sensor.gone", sensor.entity_id]))
    home.entities.async_update_entity(
        sensor.entity_id, new_entity_id="binary_sensor.renamed"
    )
    await home.settle()
    await settle(home)
    assert account(home).options == linked(
        presence=["binary_sensor.gone", "binary_sensor.renamed"]
    )
    assert evidence.changes == []
    sensor.show(False)
    assert evidence.room() is False


async def test_without_office_hours_every_hour_counts(
    home: Home, office: Office
) -> None:
    """There is no entity that could be unavailable."""
    assert office().within_office_hours() is True


async def test_the_office_hours_follow_their_entity(home: Home, office: Office) -> None:
    """Each change concerns all rooms of the account; an entity without a value says nothing."""
    home.hass.states.async_set(HOURS, "unknown")
    evidence = office(office_hours=HOURS)
    assert evidence.within_office_hours() is None
    expected = {"on": True, "off": False, "unavailable": None}
    for state, within in expected.items():
        home.hass.states.async_set(HOURS, state)
        assert evidence.within_office_hours() is within
    assert evidence.changes == [{ROOM, OTHER}] * len(expected)
    change_options(home, account(home), office_hours=None)
    await home.settle()
    assert evidence.within_office_hours() is True


async def test_removed_office_hours_are_ignored(home: Home, office: Office) -> None:
    """An entity that is registered, such as a disabled one, is not removed."""
    entity_id = home.entities.async_get_or_create("schedule", "test", "1").entity_id
    evidence = office(office_hours=entity_id)
    assert evidence.within_office_hours() is None
    home.hass.states.async_set(entity_id, "off")
    home.hass.states.async_remove(entity_id)
    assert evidence.within_office_hours() is None
    home.entities.async_remove(entity_id)
    await settle(home)
    assert evidence.within_office_hours() is True
    home.hass.states.async_set(entity_id, "off")
    assert evidence.within_office_hours() is False


async def test_office_hours_are_awaited_until_home_assistant_has_started(
    home: Home, office: Office
) -> None:
    """A schedule may be set up after the account."""
    home.hass.set_state(CoreState.starting)
    evidence = office(office_hours=HOURS)
    assert evidence.within_office_hours() is None
    home.hass.set_state(CoreState.running)
    home.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await home.settle()
    assert evidence.within_office_hours() is True


async def test_renamed_office_hours_are_followed(home: Home, office: Office) -> None:
    """The options get the new entity id."""
    assert await async_setup_component(home.hass, DOMAIN, {})
    added = home.entities.async_get_or_create("input_boolean", "test", "hours")
    home.hass.states.async_set(added.entity_id, "on")
    evidence = office(office_hours=added.entity_id)
    home.entities.async_update_entity(
        added.entity_id, new_entity_id="input_boolean.renamed"
    )
    home.hass.states.async_remove(added.entity_id)
    home.hass.states.async_set("input_boolean.renamed", "on")
    await settle(home)
    assert account(home).options["office_hours"] == "input_boolean.renamed"
    assert evidence.changes == []
    home.hass.states.async_set("input_boolean.renamed", "off")
    assert evidence.within_office_hours() is False
