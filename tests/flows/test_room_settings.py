"""Test the settings of one room in the options of an account."""

from collections.abc import Iterator
from typing import Any, Final
from unittest.mock import AsyncMock, patch

import pytest

from custom_components.meeting_rooms.api.client import Listing
from custom_components.meeting_rooms.api.errors import CannotConnect, PermissionDenied
from custom_components.meeting_rooms.api.models.booking import CalendarRoom
from custom_components.meeting_rooms.api.wecom.client import WeComClient
from custom_components.meeting_rooms.const import DOMAIN
from custom_components.meeting_rooms.meetings.tracker import MeetingTracker
from custom_components.meeting_rooms.rooms.matching import Matches
from custom_components.meeting_rooms.rooms.room import Room
from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..forms import (
    choose,
    fields_of,
    open_options,
    open_room_settings,
    options_of,
    picker_of,
    placeholders_of,
    suggested,
)
from ..home import ALL_ROOMS, LISTERS, QUANSHI, TENCENT, VENDORS, WECOM, Home
from ..translations import load_texts
from ..vendors import OTHER_ROOM, ROOM
from .accounts import replace_secrets

CALENDAR: Final = "calendar.room_at_another_service"
SENSORS: Final = {
    "binary_sensor.desk": "occupancy",
    "binary_sensor.chair": "presence",
    "binary_sensor.ceiling": "motion",
}
DOOR: Final = "binary_sensor.door"
CALENDAR_ROOMS: Final = (
    CalendarRoom(
        calendar_id="12", name="Room 10", city="深圳", building="A座", floor="3F"
    ),
    CalendarRoom(calendar_id="11", name="Room 9"),
    CalendarRoom(calendar_id="14", name="Room 9"),
    CalendarRoom(calendar_id="13"),
)
LABELS: Final = {
    "13": "13",
    "11": "Room 9 · 11",
    "14": "Room 9 · 14",
    "12": "Room 10 · 深圳-A座-3F",
}
FETCH: Final = "fetch_calendar_rooms"


@pytest.fixture(autouse=True)
def entities(home: Home) -> None:
    """Have entities of other integrations."""
    home.hass.states.async_set(CALENDAR, "off")
    for entity_id, device_class in {**SENSORS, DOOR: "door"}.items():
        home.hass.states.async_set(entity_id, "off", {"device_class": device_class})


@pytest.fixture(autouse=True)
def calendar_rooms() -> Iterator[AsyncMock]:
    """Have a booking calendar at WeCom."""
    listing = Listing(CALENDAR_ROOMS, complete=True)
    with patch.object(WeComClient, FETCH, AsyncMock(return_value=listing)) as fetch:
        yield fetch


async def submit(
    home: Home, entry: MockConfigEntry, room_id: str, **fields: Any
) -> ConfigFlowResult:
    """Open the settings of a room, and submit some."""
    form = await open_room_settings(home.hass, entry, room_id)
    return await choose(home.hass, form, fields)


def text_of(key: str) -> str:
    """Return a text of the form on the room in the booking calendar."""
    return load_texts("en")[f"options.error.{key}"]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_room_is_chosen_by_name(home: Home, vendor: str) -> None:
    """Offer each room of the account."""
    home.sim.company.rename(vendor, ROOM[vendor], "Aquarium")
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry, "room")
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "room")
    assert fields_of(form) == ["room"]
    offered = options_of(form, "room")
    assert offered.keys() == entry.runtime_data.data.of(Room).keys()
    assert offered[ROOM[vendor]].startswith("Aquarium")
    form = await choose(home.hass, form, {"room": ROOM[vendor]})
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "room_settings")
    assert placeholders_of(form)["room"] == "Aquarium"


async def test_rooms_are_sorted_and_told_apart(home: Home) -> None:
    """Sort the numbers in names by value, and add the ID to equal labels."""
    company = home.sim.company
    names = ("Room 10", "Room 9", "Twin", "Twin")
    for room_id in company.tencent_meeting.ids[len(names) :]:
        company.remove_room(TENCENT, room_id)
    place = {"city": "深圳", "building": "A座", "floor": "3F"}
    for room_id, name in zip(company.tencent_meeting.ids, names, strict=True):
        company.change(TENCENT, room_id, meeting_room_name=name, **place)
    entry = await home.add(TENCENT)
    form = await open_options(home.hass, entry, "room")
    assert [*options_of(form, "room").items()] == [
        ("100002", "Room 9 · 深圳-A座-3F"),
        ("100001", "Room 10 · 深圳-A座-3F"),
        ("100003", "Twin · 深圳-A座-3F · 100003"),
        ("100004", "Twin · 深圳-A座-3F · 100004"),
    ]


@pytest.mark.parametrize(
    ("vendor", "fields"),
    [
        (TENCENT, ["calendar", "presence"]),
        (WECOM, ["calendar", "presence", "booking_room"]),
        (QUANSHI, ["calendar", "presence"]),
    ],
)
async def test_form_has_the_documented_fields(
    home: Home, vendor: str, fields: list[str]
) -> None:
    """A room has no settings by default, and the form can be submitted without any."""
    entry = await home.add(vendor)
    form = await open_room_settings(home.hass, entry, ROOM[vendor])
    assert fields_of(form) == fields
    assert not any(suggested(form).values())
    before = entry.options
    result = await choose(home.hass, form, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == before


@pytest.mark.parametrize("vendor", VENDORS)
async def test_settings_are_stored_by_room(home: Home, vendor: str) -> None:
    """Keep the settings of other rooms and the other options."""
    others = {**ALL_ROOMS, "titles": "full"}
    entry = await home.add(vendor, others)
    one = {"calendar": CALENDAR, "presence": [*SENSORS]}
    await submit(home, entry, ROOM[vendor], **one)
    assert entry.options == {**others, "room_settings": {ROOM[vendor]: one}}
    two = {"presence": ["binary_sensor.desk"]}
    await submit(home, entry, OTHER_ROOM[vendor], **two)
    stored = {ROOM[vendor]: one, OTHER_ROOM[vendor]: two}
    assert entry.options == {**others, "room_settings": stored}
    form = await open_room_settings(home.hass, entry, ROOM[vendor])
    assert one.items() <= suggested(form).items()
    await choose(home.hass, form, {"calendar": "", "presence": []})
    assert entry.options == {**others, "room_settings": {OTHER_ROOM[vendor]: two}}
    await submit(home, entry, OTHER_ROOM[vendor])
    assert entry.options == others


@pytest.mark.parametrize("vendor", VENDORS)
async def test_settings_take_effect_without_a_reload(home: Home, vendor: str) -> None:
    """Apply them once; a reload would make every entity unavailable."""
    entry = await home.add(vendor)
    coordinator = entry.runtime_data
    with patch.object(MeetingTracker, "apply_options") as apply:
        await submit(home, entry, ROOM[vendor], calendar=CALENDAR)
    apply.assert_called_once_with()
    assert entry.runtime_data is coordinator
    await submit(home, entry, ROOM[vendor])
    assert entry.runtime_data is coordinator


@pytest.mark.parametrize(
    ("field", "value", "entity_id", "error"),
    [
        ("calendar", "calendar.missing", "calendar.missing", "entity_not_found"),
        ("calendar", "Room 1", "room 1", "entity_not_found"),
        ("calendar", DOOR, DOOR, "not_a_calendar"),
        ("presence", [DOOR], DOOR, "not_a_presence_sensor"),
        (
            "presence",
            ["binary_sensor.desk", CALENDAR],
            CALENDAR,
            "not_a_presence_sensor",
        ),
        ("presence", ["binary_sensor.x"], "binary_sensor.x", "entity_not_found"),
    ],
)
async def test_entity_of_another_kind_is_refused(
    home: Home, field: str, value: Any, entity_id: str, error: str
) -> None:
    """Name the entity, and keep what was entered."""
    entry = await home.add(TENCENT)
    form = await submit(home, entry, ROOM[TENCENT], **{field: value})
    assert form["errors"] == {field: error}
    assert placeholders_of(form)["entity"] == entity_id
    assert entity_id in str(suggested(form)[field])
    assert entry.options == ALL_ROOMS
    await choose(home.hass, form, {"calendar": CALENDAR})
    assert entry.options["room_settings"] == {ROOM[TENCENT]: {"calendar": CALENDAR}}


async def test_calendar_of_a_room_is_not_offered_and_refused(home: Home) -> None:
    """A room's own calendar would contain its own bookings again."""
    entry = await home.add(TENCENT)
    own = home.entities.async_get_or_create("calendar", DOMAIN, "one").entity_id
    form = await open_room_settings(home.hass, entry, ROOM[TENCENT])
    assert own in picker_of(form, "calendar")["exclude_entities"]
    form = await choose(home.hass, form, {"calendar": own})
    assert form["errors"] == {"calendar": "own_entity"}
    assert placeholders_of(form)["entity"] == own
    assert entry.options == ALL_ROOMS


async def test_occupancy_of_a_room_is_not_offered_and_refused(home: Home) -> None:
    """What the vendor reports is no further evidence."""
    entry = await home.add(TENCENT)
    own = home.entity(TENCENT, ROOM[TENCENT], "in_use").entity_id
    form = await open_room_settings(home.hass, entry, ROOM[TENCENT])
    excluded = picker_of(form, "presence")["exclude_entities"]
    assert own in excluded
    assert home.entity(TENCENT, "rooms_idle").entity_id not in excluded
    form = await choose(home.hass, form, {"presence": [own]})
    assert form["errors"] == {"presence": "own_entity"}


async def test_entities_are_stored_by_their_entity_id(home: Home) -> None:
    """Resolve registry IDs, and store each sensor once."""
    entry = await home.add(TENCENT)
    sensor = home.entities.async_get_or_create(
        "binary_sensor", "another", "one", original_device_class="motion"
    )
    presence = [sensor.id, "Binary_Sensor.Desk ", sensor.entity_id, " "]
    await submit(home, entry, ROOM[TENCENT], presence=presence)
    assert entry.options["room_settings"] == {
        ROOM[TENCENT]: {"presence": [sensor.entity_id, "binary_sensor.desk"]}
    }


@pytest.mark.parametrize("field", ["calendar", "presence"])
async def test_number_is_no_entity(home: Home, field: str) -> None:
    """Refuse what no form sends."""
    entry = await home.add(TENCENT)
    with pytest.raises(InvalidData):
        await submit(home, entry, ROOM[TENCENT], **{field: 1})


async def test_removed_entities_do_not_block_other_changes(home: Home) -> None:
    """Keep the stored ones, which a repair issue names, until the user clears them."""
    removed = {"calendar": "calendar.removed", "presence": ["binary_sensor.removed"]}
    stored = {**ALL_ROOMS, "room_settings": {ROOM[TENCENT]: removed}}
    entry = await home.add(TENCENT, stored)
    added = {**removed, "presence": ["binary_sensor.removed", "binary_sensor.desk"]}
    await submit(home, entry, ROOM[TENCENT], **added)
    assert entry.options["room_settings"] == {ROOM[TENCENT]: added}


async def test_entity_that_is_renamed_while_the_form_is_open_is_refused(
    home: Home,
) -> None:
    """Do not store its former ID again."""
    stored = {ROOM[TENCENT]: {"calendar": "calendar.former"}}
    entry = await home.add(TENCENT, {**ALL_ROOMS, "room_settings": stored})
    form = await open_room_settings(home.hass, entry, ROOM[TENCENT])
    renamed = {ROOM[TENCENT]: {"calendar": CALENDAR}}
    home.hass.config_entries.async_update_entry(
        entry, options={**ALL_ROOMS, "room_settings": renamed}
    )
    form = await choose(home.hass, form, {"calendar": "calendar.former"})
    assert form["errors"] == {"calendar": "entity_not_found"}
    await choose(home.hass, form, {"calendar": CALENDAR})
    assert entry.options["room_settings"] == renamed


@pytest.mark.parametrize("vendor", VENDORS)
async def test_account_that_is_not_loaded_has_no_rooms_to_choose(
    home: Home, vendor: str
) -> None:
    """End the flow with the reason."""
    entry = await home.add(vendor)
    await home.hass.config_entries.async_unload(entry.entry_id)
    result = await open_options(home.hass, entry, "room")
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "not_loaded")


async def test_account_without_rooms_has_none_to_choose(home: Home) -> None:
    """End the flow with the reason."""
    for room_id in [*home.sim.company.tencent_meeting.ids]:
        home.sim.company.remove_room(TENCENT, room_id)
    entry = await home.add(TENCENT)
    result = await open_options(home.hass, entry, "room")
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "no_rooms")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_room_that_is_removed_before_it_is_chosen_has_no_settings(
    home: Home, vendor: str
) -> None:
    """End the flow with the reason."""
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry, "room")
    home.sim.company.remove_room(vendor, ROOM[vendor])
    await home.polls(2)
    result = await choose(home.hass, form, {"room": ROOM[vendor]})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "room_removed")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_settings_of_a_room_that_was_removed_are_not_stored(
    home: Home, vendor: str
) -> None:
    """End the flow with the reason."""
    entry = await home.add(vendor)
    form = await open_room_settings(home.hass, entry, ROOM[vendor])
    home.sim.company.remove_room(vendor, ROOM[vendor])
    await home.polls(2)
    result = await choose(home.hass, form, {"calendar": CALENDAR})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "room_removed")
    assert entry.options == ALL_ROOMS


async def test_settings_are_stored_while_the_account_reloads(home: Home) -> None:
    """Do not lose what was entered."""
    entry = await home.add(TENCENT)
    form = await open_room_settings(home.hass, entry, ROOM[TENCENT])
    await home.hass.config_entries.async_unload(entry.entry_id)
    await choose(home.hass, form, {"calendar": CALENDAR})
    assert entry.options["room_settings"] == {ROOM[TENCENT]: {"calendar": CALENDAR}}
    assert entry.state is ConfigEntryState.NOT_LOADED


async def test_room_of_the_booking_calendar_is_chosen_by_name_and_place(
    home: Home, calendar_rooms: AsyncMock
) -> None:
    """Fetch the list once, tell equal names apart, and offer to clear the choice."""
    entry = await home.add(WECOM)
    calendar_rooms.reset_mock()
    form = await open_room_settings(home.hass, entry, ROOM[WECOM])
    assert [*options_of(form, "booking_room").items()] == [*LABELS.items()]
    chosen = {"booking_room": "12"}
    form = await choose(home.hass, form, {**chosen, "calendar": DOOR})
    assert suggested(form)["booking_room"] == "12"
    await choose(home.hass, form, chosen)
    assert entry.options["room_settings"] == {ROOM[WECOM]: chosen}
    calendar_rooms.assert_awaited_once_with()
    form = await open_room_settings(home.hass, entry, ROOM[WECOM])
    assert suggested(form)["booking_room"] == "12"
    await choose(home.hass, form, {})
    assert entry.options == ALL_ROOMS


async def test_unknown_room_of_the_booking_calendar_is_refused(home: Home) -> None:
    """Accept only rooms of the list."""
    entry = await home.add(WECOM)
    with pytest.raises(InvalidData):
        await submit(home, entry, ROOM[WECOM], booking_room="99")


async def test_room_of_the_booking_calendar_belongs_to_one_room(home: Home) -> None:
    """Name the other room, and accept the choice once it is cleared there."""
    entry = await home.add(WECOM)
    await submit(home, entry, ROOM[WECOM], booking_room="12")
    form = await submit(home, entry, OTHER_ROOM[WECOM], booking_room="12")
    assert form["errors"] == {"booking_room": "booking_room_taken"}
    other = home.sim.company.room(WECOM, ROOM[WECOM]).name
    assert placeholders_of(form)["other"] == other
    await submit(home, entry, ROOM[WECOM])
    await choose(home.hass, form, {"booking_room": "12"})
    assert entry.options["room_settings"] == {OTHER_ROOM[WECOM]: {"booking_room": "12"}}


@pytest.mark.parametrize("error", [CannotConnect(), PermissionDenied()])
async def test_choice_is_kept_if_the_booking_calendar_cannot_be_fetched(
    home: Home, calendar_rooms: AsyncMock, error: Exception
) -> None:
    """Offer only the stored room, and say so."""
    stored = {ROOM[WECOM]: {"booking_room": "77"}}
    entry = await home.add(WECOM, {**ALL_ROOMS, "room_settings": stored})
    calendar_rooms.side_effect = error
    form = await open_room_settings(home.hass, entry, ROOM[WECOM])
    assert options_of(form, "booking_room") == {"77": "77"}
    assert placeholders_of(form)["hint"] == text_of("calendar_unreadable")
    await choose(home.hass, form, suggested(form) | {"calendar": CALENDAR})
    assert entry.options["room_settings"] == {
        ROOM[WECOM]: {"calendar": CALENDAR, "booking_room": "77"}
    }
    form = await open_room_settings(home.hass, entry, OTHER_ROOM[WECOM])
    assert options_of(form, "booking_room") == {}


async def test_incomplete_list_of_the_booking_calendar_is_offered(
    home: Home, calendar_rooms: AsyncMock
) -> None:
    """Say that rooms may be missing."""
    entry = await home.add(WECOM)
    calendar_rooms.return_value = Listing(CALENDAR_ROOMS[:1], complete=False)
    form = await open_room_settings(home.hass, entry, ROOM[WECOM])
    assert options_of(form, "booking_room") == {"12": LABELS["12"]}
    assert placeholders_of(form)["hint"] == text_of("calendar_unreadable")


async def test_room_that_the_booking_calendar_lost_can_be_kept(home: Home) -> None:
    """Offer the stored room beside the others."""
    stored = {ROOM[WECOM]: {"booking_room": "77"}}
    entry = await home.add(WECOM, {**ALL_ROOMS, "room_settings": stored})
    form = await open_room_settings(home.hass, entry, ROOM[WECOM])
    assert options_of(form, "booking_room") == {**LABELS, "77": "77"}
    await choose(home.hass, form, {"booking_room": "77"})
    assert entry.options["room_settings"] == stored


async def test_opening_the_settings_does_not_send_rejected_credentials(
    home: Home, calendar_rooms: AsyncMock
) -> None:
    """Open the form without the list."""
    entry = await home.add(WECOM)
    replace_secrets(home.sim)
    await home.polls(1)
    calendar_rooms.reset_mock()
    form = await open_room_settings(home.hass, entry, ROOM[WECOM])
    assert placeholders_of(form)["hint"] == text_of("calendar_unreadable")
    calendar_rooms.assert_not_awaited()


@pytest.mark.parametrize(
    ("found", "several", "key"),
    [
        ({}, {}, "no_match"),
        ({}, {ROOM[WECOM]: ("11", "14")}, "several_matches"),
    ],
)
async def test_form_says_that_a_room_was_not_found_by_name(
    home: Home, found: dict[str, str], several: dict[str, tuple[str, ...]], key: str
) -> None:
    """Say nothing once the user has chosen the room."""
    entry = await home.add(WECOM)
    matches = Matches(calendar_ids=found, doubtful=several, missing={}, unmatched=())
    entry.runtime_data.meetings.calendar_rooms.matches = matches
    form = await open_room_settings(home.hass, entry, ROOM[WECOM])
    assert placeholders_of(form)["hint"] == text_of(key)
    await choose(home.hass, form, {"booking_room": "11"})
    form = await open_room_settings(home.hass, entry, ROOM[WECOM])
    assert placeholders_of(form)["hint"] == ""


async def test_form_says_nothing_on_a_room_that_was_found_by_name(home: Home) -> None:
    """Say nothing either while the booking calendar was not fetched yet."""
    entry = await home.add(WECOM)
    found = {ROOM[WECOM]: "12"}
    known = Matches(calendar_ids=found, doubtful={}, missing={}, unmatched=())
    for matches in (None, known):
        entry.runtime_data.meetings.calendar_rooms.matches = matches
        form = await open_room_settings(home.hass, entry, ROOM[WECOM])
        assert placeholders_of(form)["hint"] == ""


async def test_stored_nonsense_is_shown_as_no_settings(home: Home) -> None:
    """The form opens in spite of it, and stores only what is valid."""
    stored: dict[str, Any] = {ROOM[TENCENT]: 1, "another": None}
    entry = await home.add(TENCENT, {**ALL_ROOMS, "room_settings": stored})
    form = await open_room_settings(home.hass, entry, ROOM[TENCENT])
    assert not any(suggested(form).values())
    await choose(home.hass, form, {})
    assert entry.options == ALL_ROOMS
