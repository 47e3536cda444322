"""Test the action that finds free rooms."""

from datetime import datetime, timedelta
import json
from typing import Any, Final
from zoneinfo import ZoneInfo

import probatio
import pytest

from custom_components.meeting_rooms.const import DOMAIN
from homeassistant.auth.const import GROUP_ID_READ_ONLY
from homeassistant.core import Context
from homeassistant.exceptions import ServiceValidationError, UnknownUser
from homeassistant.helpers import (
    area_registry as ar,
    floor_registry as fr,
    label_registry as lr,
)
from homeassistant.helpers.entity_registry import RegistryEntryDisabler
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from simulator import Fault, RoomStatus
from simulator.company.booked_day import RoomBookingStatus

from .home import LISTERS, MORNING, QUANSHI, TENCENT, WECOM, Home
from .offices import move, move_room
from .questions import find, names

MINUTE: Final = timedelta(minutes=1)
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
ROOMS: Final = ("100001", "100002", "100003", "100004")
SEATS: Final = dict(zip(ROOMS, (4, 6, 10, 20), strict=True))
SMALL, MEDIUM, LARGE, HALL = ROOMS


@pytest.fixture
def rooms() -> int:
    """Return the number of rooms at Tencent Meeting; WeCom and Quanshi have two each."""
    return 4


@pytest.fixture
async def office(home: Home) -> Home:
    """Return a Home Assistant in Shanghai with four rooms that are idle, healthy and free."""
    await home.hass.config.async_set_time_zone("Asia/Shanghai")
    for vendor in LISTERS:
        for room in home.sim.company.rooms_of(vendor):
            room.change(status=RoomStatus.IDLE, health_status="OK", alarms=[])
            room.change(camera=True, microphone=True, speaker=True)
    for room_id, seats in SEATS.items():
        change(home, room_id, participant_number=seats, meeting_room_name=room_id)
    home.sim.company.clear_bookings(QUANSHI)
    return home


def change(home: Home, room_id: str, **values: Any) -> None:
    """Change a room at Tencent Meeting."""
    home.sim.company.change(TENCENT, room_id, **values)


def book(home: Home, room_id: str, start: datetime, end: datetime) -> None:
    """Book a room at Tencent Meeting."""
    home.sim.company.book(TENCENT, room_id, start, end)


async def add(home: Home, *vendors: str) -> list[MockConfigEntry]:
    """Add accounts, Tencent Meeting's by default, and wait for their bookings."""
    entries = [await home.add(vendor) for vendor in vendors or (TENCENT,)]
    await home.live(60)
    return entries


def now(home: Home) -> datetime:
    """Return the time, with its time zone."""
    return home.clock().replace(tzinfo=MORNING.tzinfo)


async def test_a_row_has_what_a_dashboard_needs(office: Home) -> None:
    """All of it can be written as JSON."""
    change(office, MEDIUM, city="北京", building="望京 SOHO", floor="3")
    book(office, MEDIUM, MORNING + 2 * HOUR, MORNING + 3 * HOUR)
    (entry,) = await add(office)
    row, *_ = await find(office, people=5)
    assert json.loads(json.dumps(row)) == {
        "device_id": office.known_device(TENCENT, MEDIUM).id,
        "entity_id": office.entity(TENCENT, MEDIUM, "availability").entity_id,
        "name": MEDIUM,
        "location": "北京-望京 SOHO-3",
        "capacity": 6,
        "availability": "free",
        "free_until": "2026-03-17T12:05:00+08:00",
        "ready": True,
        "reason": "none",
        "account": entry.title,
        "bookings_known": True,
    }


async def test_the_room_with_the_fewest_seats_left_over_is_best(office: Home) -> None:
    """Five of them by default."""
    await add(office)
    assert await names(office) == [*ROOMS]
    assert await names(office, people=6) == [MEDIUM, LARGE, HALL]
    assert await names(office, people=21) == []
    assert await names(office, limit=2) == [SMALL, MEDIUM]


async def test_a_booked_room_is_not_free(office: Home) -> None:
    """Except at another time."""
    begin = MORNING + HOUR
    book(office, SMALL, begin, begin + HOUR)
    await add(office)
    assert SMALL in await names(office)
    assert SMALL not in await names(office, duration={"hours": 2})
    assert SMALL not in await names(office, end=begin + MINUTE)
    assert SMALL not in await names(office, start=begin + 59 * MINUTE)
    assert SMALL in await names(office, start=begin + HOUR)
    assert SMALL in await names(office, end=begin)


async def test_a_cancelled_booking_leaves_the_room_free(office: Home) -> None:
    """And a requested one does not reserve it."""
    begin = MORNING + HOUR
    office.sim.company.book(
        WECOM, "RoomId001", begin, begin + HOUR, status=RoomBookingStatus.REQUESTED
    )
    book(office, SMALL, begin, begin + HOUR)
    for booking in office.sim.company.bookings.between(
        TENCENT, SMALL, begin, begin + HOUR
    ):
        office.sim.company.cancel_booking(TENCENT, booking.booking_id)
    await add(office, TENCENT, WECOM)
    found = await names(office, start=begin, limit=20)
    room = office.sim.company.room(WECOM, "RoomId001").name
    assert {SMALL, room} <= {*found}


async def test_a_used_room_is_not_free_now(office: Home) -> None:
    """It is from the next minute on, as far as its bookings say."""
    office.sim.company.start_meeting(TENCENT, SMALL, minutes=600)
    await add(office)
    assert SMALL not in await names(office)
    assert SMALL not in await names(office, start=now(office) - MINUTE)
    assert SMALL in await names(office, start=now(office) + MINUTE)


async def test_of_a_time_that_has_begun_only_the_rest_counts(office: Home) -> None:
    """A booking that is over does not keep a room from being used."""
    book(office, SMALL, MORNING - 3 * HOUR, MORNING - HOUR)
    book(office, MEDIUM, MORNING + HOUR, MORNING + 2 * HOUR)
    await add(office)
    assert SMALL in await names(office, start=MORNING - 2 * HOUR, end=MORNING + HOUR)
    begun = {"start": MORNING - 40 * DAY, "end": MORNING + 2 * HOUR}
    assert await names(office, **begun) == [SMALL, LARGE, HALL]


async def test_a_room_with_a_problem_is_not_found(office: Home) -> None:
    """Unless it may be, and then it comes last of its size."""
    change(office, SMALL, camera=False)
    change(office, MEDIUM, status=RoomStatus.OFFLINE, participant_number=4)
    change(office, LARGE, participant_number=4)
    await add(office)
    assert await names(office) == [LARGE, HALL]
    found = await find(office, include_not_ready=True)
    assert [(row["name"], row["ready"], row["reason"]) for row in found] == [
        (LARGE, True, "none"),
        (SMALL, False, "camera"),
        (MEDIUM, False, "offline"),
        (HALL, True, "none"),
    ]


async def test_a_room_under_maintenance_is_not_found(office: Home) -> None:
    """Not even with those that are not ready."""
    await add(office)
    switch = office.entity(TENCENT, SMALL, "maintenance").entity_id
    await office.hass.services.async_call(
        "switch", "turn_on", {"entity_id": switch}, blocking=True
    )
    await office.settle()
    assert await names(office, include_not_ready=True) == [MEDIUM, LARGE, HALL]


async def test_a_room_without_known_bookings_may_be_booked(office: Home) -> None:
    """It says so, and comes after a room of the same size."""
    permission = Fault("vendor_code", vendor=TENCENT, api="meetings", code=9042)
    office.sim.faults.add(permission)
    await add(office)
    found = await find(office)
    assert {row["bookings_known"] for row in found} == {False}
    assert {row["free_until"] for row in found} == {None}
    assert [row["availability"] for row in found] == ["free"] * 4


async def test_rooms_of_all_accounts_are_found(office: Home) -> None:
    """One account can be chosen."""
    entries = await add(office, TENCENT, WECOM, QUANSHI)
    found = await find(office, limit=20)
    assert {row["account"] for row in found} == {each.title for each in entries}
    for entry in entries:
        chosen = await find(office, limit=20, config_entry_id=entry.entry_id)
        assert chosen == [row for row in found if row["account"] == entry.title]


def place(home: Home, entry: MockConfigEntry, floor: str, **areas: str) -> str:
    """Move rooms to areas on a floor, and return the floor's id."""
    created = fr.async_get(home.hass).async_create(floor)
    for name, room_id in areas.items():
        move_room(home, entry, room_id, name)
        area = ar.async_get(home.hass).async_get_area_by_name(name)
        assert area is not None
        ar.async_get(home.hass).async_update(area.id, floor_id=created.floor_id)
    return created.floor_id


async def test_areas_and_floors_are_filters(office: Home) -> None:
    """Each takes one or several, together they add up, and a target fills them."""
    (entry,) = await add(office)
    ground = place(office, entry, "Ground", east=SMALL, west=MEDIUM)
    upper = place(office, entry, "Upper", north=LARGE)
    assert await names(office, area_id="east") == [SMALL]
    assert await names(office, area_id=["east", "north"]) == [SMALL, LARGE]
    assert await names(office, floor_id=ground) == [SMALL, MEDIUM]
    assert await names(office, floor_id=[ground, upper]) == [SMALL, MEDIUM, LARGE]
    assert await names(office, floor_id=upper, area_id="west") == [MEDIUM, LARGE]
    assert await names(office, floor_id=upper, people=11) == []
    answer = await office.hass.services.async_call(
        DOMAIN,
        "find_room",
        {"people": 1},
        target={"floor_id": ground},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    assert len(json.loads(json.dumps(answer))["rooms"]) == 2


async def test_a_target_names_rooms_in_any_way(office: Home) -> None:
    """By a device, an entity or a label of the room, or of its area."""
    (entry,) = await add(office)
    device = office.known_device(TENCENT, SMALL)
    calendar = office.entity(TENCENT, MEDIUM, "bookings").entity_id
    availability = office.entity(TENCENT, LARGE, "availability").entity_id
    assert await names(office, device_id=device.id) == [SMALL]
    assert await names(office, device_id=[device.id], people=5) == []
    assert await names(office, entity_id=calendar) == [MEDIUM]
    assert await names(office, entity_id=[calendar, availability]) == [MEDIUM, LARGE]
    office.hass.states.async_set("light.hall", "on")
    assert await names(office, entity_id="light.hall") == []
    move_room(office, entry, HALL, "Hall")
    labels = lr.async_get(office.hass)
    for name in ("Video", "Green", "Guests"):
        labels.async_create(name)
    office.devices.async_update_device(device.id, labels={"video"})
    office.entities.async_update_entity(availability, labels={"green"})
    ar.async_get(office.hass).async_update("hall", labels={"guests"})
    assert await names(office, label_id="video") == [SMALL]
    assert await names(office, label_id=["green", "guests"]) == [LARGE, HALL]
    assert await names(office, label_id="video", area_id="hall") == [SMALL, HALL]


async def test_a_label_of_any_entity_of_a_room_names_the_room(office: Home) -> None:
    """As the entity itself does."""
    await add(office)
    calendar = office.entity(TENCENT, MEDIUM, "bookings").entity_id
    label = lr.async_get(office.hass).async_create("Guests").label_id
    office.entities.async_update_entity(calendar, labels={label})
    assert await names(office, label_id=label) == [MEDIUM]


async def test_a_room_is_in_the_area_of_its_availability(office: Home) -> None:
    """The area of an entity takes the place of that of its device."""
    (entry,) = await add(office)
    ground = place(office, entry, "1 楼", east=SMALL, west=MEDIUM)
    upper = place(office, entry, "7 楼", north=LARGE)
    move(office, office.entity(TENCENT, SMALL, "availability"), "north")
    move(office, office.entity(TENCENT, HALL, "availability"), "west")
    move(office, office.entity(TENCENT, LARGE, "bookings"), "west")
    assert await names(office, area_id="east") == []
    assert await names(office, area_id="north") == [SMALL, LARGE]
    assert await names(office, floor_id=ground) == [MEDIUM, HALL]
    assert await names(office, floor_id=upper) == [SMALL, LARGE]
    assert await names(office, location="7F") == [SMALL, LARGE]


async def test_an_empty_area_has_no_rooms(office: Home) -> None:
    """That is not the same as any area."""
    await add(office)
    ar.async_get(office.hass).async_create("Kitchen")
    assert await names(office, area_id="kitchen") == []
    assert await names(office, area_id=[]) == []


async def test_words_of_the_place_are_a_filter(office: Home) -> None:
    """Of the city, the building and the floor."""
    change(office, SMALL, city="西安", building="高新中心", floor="3")
    change(office, MEDIUM, city="西安", building="锦业路大厦", floor="B1")
    change(office, LARGE, city="北京", building="望京 SOHO", floor="3F")
    change(office, HALL, city="北京", building="望京 SOHO", floor="22")
    await add(office)
    for location, expected in (
        ("西安", [SMALL, MEDIUM]),
        ("3楼", [SMALL, LARGE]),
        ("third floor", [SMALL, LARGE]),
        ("望京soho 22", [HALL]),
        ("北京望京SOHO三层", [LARGE]),
        ("地下一层", [MEDIUM]),
        ("上海", []),
        (" ", [*ROOMS]),
    ):
        assert await names(office, location=location) == expected


async def test_a_room_of_quanshi_has_a_place(office: Home) -> None:
    """That of the company's list of rooms."""
    room = next(iter(office.sim.company.quanshi.rooms.values()))
    room.city, room.street, room.floor = "成都", "天府大道", "14"
    await add(office, QUANSHI)
    (row,) = await find(office, location="成都天府大道14楼")
    assert row["device_id"] == office.known_device(QUANSHI, str(room.room_id)).id
    assert row["location"] == "成都-天府大道-14"


async def test_the_floor_in_home_assistant_is_a_place(office: Home) -> None:
    """The vendor may report none."""
    (entry,) = await add(office, QUANSHI)
    room_id = str(next(iter(office.sim.company.quanshi.rooms)))
    assert await names(office, location="88F", limit=20) == []
    place(office, entry, "88 楼", south=room_id)
    found = await find(office, location="88F", limit=20)
    assert [row["device_id"] for row in found] == [
        office.known_device(QUANSHI, room_id).id
    ]


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"area_id": "nowhere"}, "unknown_area"),
        ({"floor_id": ["nowhere"]}, "unknown_floor"),
        ({"label_id": "nothing"}, "unknown_label"),
        ({"device_id": "nothing"}, "device_not_found"),
        ({"entity_id": "sensor.nothing"}, "unknown_entity"),
        ({"config_entry_id": "nowhere"}, "unknown_account"),
        ({"start": MORNING + HOUR, "end": MORNING + HOUR}, "end_before_start"),
        ({"start": MORNING + HOUR, "end": MORNING}, "end_before_start"),
        ({"duration": {"minutes": 0}}, "end_before_start"),
        ({"duration": 60, "end": MORNING + HOUR}, "duration_and_end"),
        ({"start": MORNING - 2 * HOUR, "end": MORNING - HOUR}, "time_is_past"),
        ({"start": MORNING - 2 * HOUR}, "time_is_past"),
        ({"start": MORNING + 31 * DAY}, "time_too_far"),
        ({"duration": {"days": 32}}, "time_too_far"),
        ({"duration": {"days": 4_000_000}}, "time_too_far"),
        ({"duration": {"days": 10**12}}, "time_too_far"),
        ({"start": "0001-01-01T00:00:00", "end": MORNING + HOUR}, "time_too_far"),
    ],
)
async def test_an_impossible_question_is_refused(
    office: Home, fields: dict[str, Any], key: str
) -> None:
    """With a translated reason."""
    await add(office)
    with pytest.raises(ServiceValidationError) as raised:
        await find(office, **fields)
    assert (raised.value.translation_domain, raised.value.translation_key) == (
        DOMAIN,
        key,
    )


async def test_an_account_of_another_integration_is_unknown(office: Home) -> None:
    """It has no rooms."""
    await add(office)
    other = MockConfigEntry(domain="test")
    other.add_to_hass(office.hass)
    with pytest.raises(ServiceValidationError):
        await find(office, config_entry_id=other.entry_id)


@pytest.mark.parametrize(
    "fields",
    [
        {"people": 0},
        {"people": "many"},
        {"limit": 0},
        {"limit": 21},
        {"start": "tomorrow"},
        {"duration": -60},
        {"location": "3" * 101},
        {"title": "Board"},
    ],
)
async def test_a_wrong_field_is_refused(office: Home, fields: dict[str, Any]) -> None:
    """Before any room is looked at."""
    await add(office)
    with pytest.raises(probatio.Invalid):
        await find(office, **fields)


async def test_a_time_without_a_time_zone_is_local(office: Home) -> None:
    """As a user enters it."""
    book(office, SMALL, MORNING + HOUR, MORNING + 2 * HOUR)
    await add(office)
    assert SMALL in await names(office, start="2026-03-17 10:30:00")
    assert SMALL not in await names(office, start="2026-03-17 11:05:00")
    assert SMALL not in await names(office, start="2026-03-17T03:05:00+00:00")
    assert SMALL in await names(office, start="2026-03-17T11:05:00+00:00")


async def test_a_user_finds_the_rooms_that_the_user_may_read(
    office: Home, hass_read_only_user: MockUser
) -> None:
    """An ordinary user may read all, and an automation, too."""
    await add(office)
    context = Context(user_id=hass_read_only_user.id)
    assert [group.id for group in hass_read_only_user.groups] == [GROUP_ID_READ_ONLY]
    assert len(await find(office, context=context)) == 4
    readable = office.entity(TENCENT, LARGE, "availability").entity_id
    hass_read_only_user.mock_policy({"entities": {"entity_ids": {readable: True}}})
    assert [row["name"] for row in await find(office, context=context)] == [LARGE]
    assert len(await find(office, context=Context())) == 4
    with pytest.raises(UnknownUser):
        await find(office, context=Context(user_id="nobody"))


async def test_rooms_of_an_unreachable_account_are_left_out(office: Home) -> None:
    """Those of the other account are found."""
    await add(office, TENCENT, WECOM)
    office.sim.faults.add(Fault("http", vendor=TENCENT, status=502))
    await office.polls(4)
    found = await find(office, limit=20)
    assert {row["account"] for row in found} == {f"{WECOM} account"}
    office.sim.faults.clear()
    await office.polls(2)
    assert len(await find(office, limit=20)) > len(found)


async def test_rooms_of_an_unloaded_account_are_left_out(office: Home) -> None:
    """The action stays."""
    (entry,) = await add(office)
    await office.hass.config_entries.async_unload(entry.entry_id)
    assert await find(office) == []
    assert await find(office, location="西安") == []
    await office.start(entry)
    assert len(await find(office)) == 4


async def test_an_account_that_is_not_loaded_has_no_answer(office: Home) -> None:
    """No rooms would mean that none is free."""
    (entry,) = await add(office)
    await office.hass.config_entries.async_unload(entry.entry_id)
    with pytest.raises(ServiceValidationError) as raised:
        await find(office, config_entry_id=entry.entry_id)
    assert raised.value.translation_key == "account_not_loaded"
    assert raised.value.translation_placeholders == {"account": entry.title}


async def test_a_room_that_the_user_disabled_is_left_out(office: Home) -> None:
    """By the entity of its availability."""
    await add(office)
    entity_id = office.entity(TENCENT, SMALL, "availability").entity_id
    office.entities.async_update_entity(
        entity_id, disabled_by=RegistryEntryDisabler.USER
    )
    await office.settle()
    assert await names(office) == [MEDIUM, LARGE, HALL]


async def test_a_renamed_room_has_the_name_that_the_user_gave(office: Home) -> None:
    """And a renamed entity its new id."""
    await add(office)
    device = office.known_device(TENCENT, SMALL)
    office.devices.async_update_device(device.id, name_by_user="Aquarium")
    entity_id = office.entity(TENCENT, SMALL, "availability").entity_id
    office.entities.async_update_entity(entity_id, new_entity_id="sensor.aquarium")
    row, *_ = await find(office)
    assert (row["name"], row["entity_id"]) == ("Aquarium", "sensor.aquarium")


async def test_without_an_account_there_are_no_rooms(office: Home) -> None:
    """The action exists as soon as the integration is set up."""
    assert await async_setup_component(office.hass, DOMAIN, {})
    assert await find(office) == []
