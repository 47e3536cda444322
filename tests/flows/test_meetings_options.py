"""Test the options for the bookings of all rooms of an account."""

from typing import Any, Final
from unittest.mock import patch

import pytest

from custom_components.meeting_rooms.meetings.tracker import MeetingTracker
from homeassistant.config_entries import ConfigEntryState
from homeassistant.data_entry_flow import FlowResultType, InvalidData

from ..forms import (
    choose,
    default_input,
    fields_of,
    open_options,
    picker_of,
    placeholders_of,
    suggested,
)
from ..home import ALL_ROOMS, QUANSHI, TENCENT, VENDORS, WECOM, Home, chosen
from ..vendors import ROOM

DEFAULTS: Final = {
    "titles": "busy_only",
    "soon_minutes": 10,
    "ready_minutes": 15,
    "no_show_minutes": 10,
    "no_show_exempt_hours": 3,
    "area_presence": True,
}
CHANGED: Final = {
    "titles": "full",
    "soon_minutes": 60,
    "ready_minutes": 120,
    "no_show_minutes": 1,
    "no_show_exempt_hours": 24,
    "area_presence": False,
}
OFFICE_HOURS: Final = "schedule.office"
SETTINGS: Final = {ROOM[TENCENT]: {"calendar": "calendar.one"}}


@pytest.fixture(autouse=True)
def office_hours(home: Home) -> None:
    """Have a schedule in Home Assistant."""
    home.hass.states.async_set(OFFICE_HOURS, "on")


@pytest.mark.parametrize("vendor", VENDORS)
async def test_form_has_the_documented_fields_and_defaults(
    home: Home, vendor: str
) -> None:
    """Send no request for the form."""
    entry = await home.add(vendor)
    home.sim.requests.clear()
    form = await open_options(home.hass, entry, "meetings")
    assert (form["type"], form["step_id"]) == (FlowResultType.FORM, "meetings")
    assert DEFAULTS.items() <= default_input(form).items()
    assert fields_of(form)[:7] == [*DEFAULTS, "office_hours"]
    assert {*suggested(form).values()} == {None}
    assert picker_of(form, "titles")["options"] == [
        "busy_only",
        "organizer",
        "full",
    ]
    assert home.sim.requests.by_api() == {}


@pytest.mark.parametrize(
    ("vendor", "further"),
    [(TENCENT, []), (WECOM, ["booking_rooms", "organizer"]), (QUANSHI, [])],
)
async def test_rooms_of_a_booking_calendar_can_be_added_where_there_is_one(
    home: Home, vendor: str, further: list[str]
) -> None:
    """Do not add them by default."""
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry, "meetings")
    assert fields_of(form)[7:] == further
    result = await choose(home.hass, form, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {
        **ALL_ROOMS,
        **DEFAULTS,
        **dict.fromkeys(further[:1], False),
    }


async def test_options_are_stored_beside_the_others(home: Home) -> None:
    """Keep the chosen rooms, the budget share and the settings of rooms."""
    others = {
        **chosen(ROOM[TENCENT]),
        "budget_share": 50,
        "room_settings": SETTINGS,
    }
    entry = await home.add(TENCENT, others)
    form = await open_options(home.hass, entry, "meetings")
    entered = {**CHANGED, "office_hours": OFFICE_HOURS}
    await choose(home.hass, form, {**entered, "soon_minutes": 60.0})
    assert entry.options == {**others, **entered}
    assert isinstance(entry.options["soon_minutes"], int)
    form = await open_options(home.hass, entry, "meetings")
    assert default_input(form) == CHANGED
    assert suggested(form) == {"office_hours": OFFICE_HOURS}
    await choose(home.hass, form, DEFAULTS)
    assert entry.options == {**others, **DEFAULTS}


async def test_member_who_books_can_be_entered_and_removed(home: Home) -> None:
    """Store no empty one."""
    entry = await home.add(WECOM)
    form = await open_options(home.hass, entry, "meetings")
    await choose(home.hass, form, {"organizer": " zhangsan "})
    assert entry.options["organizer"] == "zhangsan"
    form = await open_options(home.hass, entry, "meetings")
    assert suggested(form)["organizer"] == "zhangsan"
    await choose(home.hass, form, {})
    assert "organizer" not in entry.options


async def test_choice_of_rooms_keeps_the_other_options(home: Home) -> None:
    """Keep the meetings and the settings of rooms, also of rooms that are not chosen."""
    others = {**CHANGED, "office_hours": OFFICE_HOURS, "room_settings": SETTINGS}
    entry = await home.add(TENCENT, {**ALL_ROOMS, **others, "budget_share": 50})
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, {**chosen("100002"), "budget_share": 100})
    assert entry.options == {**chosen("100002"), **others}


@pytest.mark.parametrize(
    ("key", "highest"),
    [
        ("soon_minutes", 60),
        ("ready_minutes", 120),
        ("no_show_minutes", 60),
        ("no_show_exempt_hours", 24),
    ],
)
async def test_number_out_of_range_is_refused(
    home: Home, key: str, highest: int
) -> None:
    """Accept the number of the documentation at most, and 1 at least."""
    entry = await home.add(TENCENT)
    form = await open_options(home.hass, entry, "meetings")
    for number in (0, 0.5, highest + 1):
        with pytest.raises(InvalidData):
            await choose(home.hass, form, {key: number})
    assert entry.options == ALL_ROOMS
    await choose(home.hass, form, {key: highest})
    assert entry.options[key] == highest


async def test_unknown_choice_of_titles_is_refused(home: Home) -> None:
    """Never keep more than the user chose."""
    entry = await home.add(TENCENT)
    form = await open_options(home.hass, entry, "meetings")
    with pytest.raises(InvalidData):
        await choose(home.hass, form, {"titles": "everything"})
    assert entry.options == ALL_ROOMS


@pytest.mark.parametrize(
    ("entity_id", "error"),
    [
        ("schedule.missing", "entity_not_found"),
        ("anything", "entity_not_found"),
        ("light.one", "not_office_hours"),
    ],
)
async def test_entity_that_is_no_office_hours_is_refused(
    home: Home, entity_id: str, error: str
) -> None:
    """Name the entity, and keep what was entered."""
    entry = await home.add(TENCENT)
    home.hass.states.async_set("light.one", "on")
    form = await open_options(home.hass, entry, "meetings")
    entered = {**CHANGED, "office_hours": entity_id}
    form = await choose(home.hass, form, entered)
    assert form["errors"] == {"office_hours": error}
    assert placeholders_of(form) == {"entity": entity_id}
    assert suggested(form) == entered
    assert entry.options == ALL_ROOMS
    await choose(home.hass, form, {**CHANGED, "office_hours": "Schedule.Office "})
    assert entry.options["office_hours"] == OFFICE_HOURS


async def test_own_entity_is_no_office_hours(home: Home) -> None:
    """The utilization must not depend on itself."""
    entry = await home.add(TENCENT)
    own = home.entity(TENCENT, ROOM[TENCENT], "in_use").entity_id
    form = await open_options(home.hass, entry, "meetings")
    assert own in picker_of(form, "office_hours")["exclude_entities"]
    form = await choose(home.hass, form, {"office_hours": own})
    assert form["errors"] == {"office_hours": "own_entity"}


async def test_removed_office_hours_do_not_block_other_changes(home: Home) -> None:
    """Keep the stored entity, which a repair issue names, until the user clears it."""
    stored = {**ALL_ROOMS, **DEFAULTS, "office_hours": "schedule.removed"}
    entry = await home.add(TENCENT, stored)
    form = await open_options(home.hass, entry, "meetings")
    entered = {"office_hours": "schedule.removed", "soon_minutes": 5}
    await choose(home.hass, form, entered)
    assert entry.options == {**stored, "soon_minutes": 5}
    form = await open_options(home.hass, entry, "meetings")
    await choose(home.hass, form, {"soon_minutes": 10})
    assert entry.options == {**ALL_ROOMS, **DEFAULTS}


async def test_stored_nonsense_is_shown_as_the_default(home: Home) -> None:
    """The form opens in spite of it."""
    nonsense: dict[str, Any] = {"titles": 1, "soon_minutes": "x", "office_hours": []}
    entry = await home.add(TENCENT, {**ALL_ROOMS, **nonsense})
    form = await open_options(home.hass, entry, "meetings")
    assert default_input(form) == DEFAULTS
    await choose(home.hass, form, {})
    assert entry.options == {**ALL_ROOMS, **DEFAULTS}


async def test_account_that_is_not_loaded_has_the_form(home: Home) -> None:
    """The options wait for the account."""
    entry = await home.add(TENCENT)
    assert await home.hass.config_entries.async_unload(entry.entry_id)
    form = await open_options(home.hass, entry, "meetings")
    await choose(home.hass, form, CHANGED)
    assert entry.options == {**ALL_ROOMS, **CHANGED}
    assert entry.state is ConfigEntryState.NOT_LOADED


@pytest.mark.parametrize("vendor", VENDORS)
async def test_options_take_effect_without_a_reload(home: Home, vendor: str) -> None:
    """Apply them once; a reload would make every entity unavailable."""
    entry = await home.add(vendor)
    coordinator = entry.runtime_data
    home.sim.requests.clear()
    with patch.object(MeetingTracker, "apply_options", return_value=False) as apply:
        form = await open_options(home.hass, entry, "meetings")
        await choose(home.hass, form, DEFAULTS)
    apply.assert_called_once_with()
    assert entry.runtime_data is coordinator
    assert home.sim.requests.by_api() == {}


async def test_rooms_of_the_booking_calendar_are_added_without_a_reload(
    home: Home,
) -> None:
    """The next poll, which is at once, lists them."""
    entry = await home.add(WECOM)
    coordinator = entry.runtime_data
    for choice in ({"booking_rooms": True}, {"titles": "organizer"}):
        form = await open_options(home.hass, entry, "meetings")
        await choose(home.hass, form, choice)
    assert entry.runtime_data is coordinator
    assert entry.options["booking_rooms"] is True


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another title"},
        {"options": {**ALL_ROOMS, "titles": "full", "budget_share": 50}},
        {"options": {**ALL_ROOMS, "a later version's option": 1}},
    ],
)
async def test_any_other_change_loads_the_account_again(
    home: Home, changes: dict[str, Any]
) -> None:
    """Reload it also if a live option changes at the same time."""
    entry = await home.add(TENCENT)
    coordinator = entry.runtime_data
    home.hass.config_entries.async_update_entry(entry, **changes)
    await home.settle()
    assert entry.state is ConfigEntryState.LOADED
    assert entry.runtime_data is not coordinator


@pytest.mark.parametrize("value", ["busy_only", "organizer", "full"])
async def test_every_choice_of_titles_is_stored(home: Home, value: str) -> None:
    """Store it as it is documented."""
    entry = await home.add(QUANSHI)
    form = await open_options(home.hass, entry, "meetings")
    await choose(home.hass, form, {"titles": value})
    assert entry.options["titles"] == value
