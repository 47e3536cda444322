"""Test the choice of rooms when an account is added."""

import pytest

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.data_entry_flow import FlowResultType
from simulator import Fault
from tests.vendors import OTHER_ROOM as SECOND_ROOM, ROOM as FIRST_ROOM

from ..forms import (
    create,
    default_input,
    fields_of,
    fill_in,
    open_form,
    options_of,
    placeholders_of,
)
from ..home import (
    ALL_ROOMS,
    LISTERS,
    TENCENT,
    WECOM,
    Home,
    chosen,
    credentials,
    permissions,
)


async def open_rooms(home: Home, vendor: str) -> ConfigFlowResult:
    """Submit the account form, and return the form of the rooms."""
    form = await open_form(home.hass, vendor)
    return await fill_in(home.hass, form, credentials(home.sim, vendor))


@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_are_offered_by_name_and_location(home: Home, vendor: str) -> None:
    """Sort them by name, choose all of them by default, and accept other IDs."""
    form = await open_rooms(home, vendor)
    assert (form["step_id"], form["errors"]) == ("rooms", {})
    assert fields_of(form) == ["all_rooms", "places", "rooms"]
    rooms = options_of(form, "rooms")
    assert rooms == {
        room.room_id: f"{room.name.strip()} · {room.location}"
        for room in home.sim.company.rooms_of(vendor)
    }
    assert [*rooms.values()] == sorted(rooms.values())
    assert default_input(form) == ALL_ROOMS
    schema = form["data_schema"]
    assert schema is not None
    assert schema(chosen("any ID")) == chosen("any ID")


async def test_numbers_in_names_and_places_are_sorted_by_value(home: Home) -> None:
    """Show the second floor before the tenth, and the second room before the tenth."""
    for room_id, number in ((FIRST_ROOM[TENCENT], 10), (SECOND_ROOM[TENCENT], 2)):
        home.sim.company.rename(TENCENT, room_id, f"0 会议室 {number}")
        home.sim.company.change(
            TENCENT, room_id, city="0", building="A座", floor=f"{number}F"
        )
    form = await open_rooms(home, TENCENT)
    schema = form["data_schema"]
    assert schema is not None
    places = schema.schema["places"].config["options"]
    assert places[:4] == ["0", "0-A座", "0-A座-2F", "0-A座-10F"]
    rooms = [*options_of(form, "rooms")]
    assert rooms[:2] == [SECOND_ROOM[TENCENT], FIRST_ROOM[TENCENT]]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_only_chosen_rooms_are_added(home: Home, vendor: str) -> None:
    """Create no device of another room."""
    form = await open_rooms(home, vendor)
    result = await create(home.hass, form, chosen(FIRST_ROOM[vendor]))
    await home.settle()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["options"] == chosen(FIRST_ROOM[vendor])
    assert home.device(vendor, FIRST_ROOM[vendor]) is not None
    assert home.device(vendor, SECOND_ROOM[vendor]) is None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_chosen_rooms_are_kept_while_all_rooms_are_added(
    home: Home, vendor: str
) -> None:
    """Store them, so that the options show them if all rooms are turned off later."""
    form = await open_rooms(home, vendor)
    options = {**ALL_ROOMS, "rooms": [FIRST_ROOM[vendor]]}
    result = await create(home.hass, form, options)
    await home.settle()
    assert result["options"] == options
    assert home.device(vendor, SECOND_ROOM[vendor]) is not None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_at_least_one_room_is_required(home: Home, vendor: str) -> None:
    """Ignore empty IDs, white space and repetitions."""
    form = await open_rooms(home, vendor)
    form = await fill_in(home.hass, form, chosen("", " "))
    assert form["errors"] == {"rooms": "rooms_required"}
    room_id = FIRST_ROOM[vendor]
    result = await create(home.hass, form, chosen(f" {room_id} ", room_id))
    assert result["options"] == chosen(room_id)
    await home.settle()


@pytest.mark.parametrize("vendor", LISTERS)
async def test_unknown_room_is_named_in_the_error(home: Home, vendor: str) -> None:
    """Keep all chosen rooms in the form."""
    form = await open_rooms(home, vendor)
    form = await fill_in(home.hass, form, chosen(FIRST_ROOM[vendor], "4711"))
    assert form["errors"] == {"rooms": "room_not_found"}
    assert placeholders_of(form)["room"] == "4711"
    assert default_input(form) == chosen(FIRST_ROOM[vendor], "4711")
    result = await create(home.hass, form, chosen(FIRST_ROOM[vendor]))
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await home.settle()


@pytest.mark.parametrize("vendor", LISTERS)
async def test_room_that_is_newer_than_the_form_can_be_entered(
    home: Home, vendor: str
) -> None:
    """Accept an ID for which the vendor returns details."""
    form = await open_rooms(home, vendor)
    home.sim.company.add_room(vendor, "新会议室", "777777")
    home.sim.company.change(vendor, "777777", status=2)
    result = await create(home.hass, form, chosen("777777"))
    await home.settle()
    assert result["options"] == chosen("777777")
    assert home.shown(vendor, "777777", "status") == "idle"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_room_ids_are_entered_if_the_list_is_not_permitted(
    home: Home, vendor: str
) -> None:
    """Offer neither all rooms nor places."""
    permissions(home, vendor).revoke("list")
    form = await open_rooms(home, vendor)
    assert form["errors"] == {}
    assert fields_of(form) == ["rooms"]
    assert options_of(form, "rooms") == {}
    form = await fill_in(home.hass, form, {})
    assert form["errors"] == {"rooms": "rooms_required"}
    result = await create(home.hass, form, {"rooms": [FIRST_ROOM[vendor]]})
    await home.settle()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["options"] == chosen(FIRST_ROOM[vendor])
    assert result["result"].state is ConfigEntryState.LOADED
    status = home.sim.truth()[vendor][FIRST_ROOM[vendor]]
    assert home.shown(vendor, FIRST_ROOM[vendor], "status") == status


@pytest.mark.parametrize("vendor", LISTERS)
async def test_missing_permission_is_an_error_if_details_are_not_permitted_either(
    home: Home, vendor: str
) -> None:
    """Show the error in the form of the rooms, and accept the rooms once they are permitted."""
    permissions(home, vendor).revoke()
    form = await open_rooms(home, vendor)
    assert (form["step_id"], form["errors"]) == ("rooms", {})
    form = await fill_in(home.hass, form, {"rooms": [FIRST_ROOM[vendor]]})
    assert form["errors"] == {"base": "permission_denied"}
    permissions(home, vendor).grant()
    result = await create(home.hass, form, {"rooms": [FIRST_ROOM[vendor]]})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await home.settle()


@pytest.mark.parametrize("code", [48001, 48002, 48004, 48006, 400028, 680106], ids=str)
async def test_every_permission_code_of_wecom_has_the_same_error(
    home: Home, code: int
) -> None:
    """Accept the rooms once they are permitted."""
    home.sim.faults.add(Fault("vendor_code", WECOM, code=code))
    form = await open_rooms(home, WECOM)
    form = await fill_in(home.hass, form, {"rooms": [FIRST_ROOM[WECOM]]})
    assert form["errors"] == {"base": "permission_denied"}
    home.sim.faults.clear()
    result = await create(home.hass, form, {"rooms": [FIRST_ROOM[WECOM]]})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await home.settle()


@pytest.mark.parametrize("vendor", LISTERS)
async def test_form_keeps_all_rooms_after_an_api_error(home: Home, vendor: str) -> None:
    """Accept the same rooms after the error."""
    permissions(home, vendor).revoke("list")
    form = await open_rooms(home, vendor)
    home.sim.faults.add(Fault("http", vendor, status=502, times=1))
    rooms = {"rooms": [FIRST_ROOM[vendor], SECOND_ROOM[vendor]]}
    form = await fill_in(home.hass, form, rooms)
    assert form["errors"] == {"base": "cannot_connect"}
    assert default_input(form) == rooms
    result = await create(home.hass, form, rooms)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await home.settle()


async def test_an_operator_that_is_refused_is_no_unknown_room(home: Home) -> None:
    """Show the error of the operator when the vendor refuses it for an entered room."""
    permissions(home, TENCENT).revoke("list")
    form = await open_rooms(home, TENCENT)
    home.sim.faults.add(Fault("vendor_code", TENCENT, code=190001, times=1))

    form = await fill_in(home.hass, form, {"rooms": [FIRST_ROOM[TENCENT]]})

    assert form["errors"] == {"base": "invalid_operator"}
    done = await create(home.hass, form, {"rooms": [FIRST_ROOM[TENCENT]]})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await home.settle()


@pytest.mark.parametrize("room_id", ["a/b", "a?b", "会议室", "../meeting-rooms"])
@pytest.mark.parametrize("vendor", LISTERS)
async def test_room_id_never_leads_to_another_api(
    home: Home, vendor: str, room_id: str
) -> None:
    """Send characters with a meaning in URLs as part of the ID."""
    form = await open_rooms(home, vendor)
    home.sim.requests.clear()
    form = await fill_in(home.hass, form, chosen(room_id))
    assert form["errors"] in ({"rooms": "room_not_found"}, {"base": "invalid_response"})
    assert home.sim.requests.count(vendor, "list") == 0
