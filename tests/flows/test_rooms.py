"""Test the choice of rooms when an account is added."""

import pytest

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.data_entry_flow import FlowResultType
from simulator import Fault

from ..forms import fields_of, fill_in, open_form
from ..home import ALL_ROOMS, LISTERS, TENCENT, WECOM, Home, chosen, credentials

FIRST = {TENCENT: "100001", WECOM: "RoomId001"}
SECOND = {TENCENT: "100002", WECOM: "200002"}


async def open_rooms(home: Home, vendor: str) -> ConfigFlowResult:
    """Fill in the form of an account."""
    form = await open_form(home.hass, vendor)
    return await fill_in(home.hass, form, credentials(home.sim, vendor))


def deny(home: Home, vendor: str, *apis: str) -> None:
    """Take the right to some APIs away."""
    permissions = {
        TENCENT: home.sim.accounts.tencent_meeting.permissions,
        WECOM: home.sim.accounts.wecom.permissions,
    }
    permissions[vendor].revoke(*apis)


@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_are_picked_by_name_and_place(home: Home, vendor: str) -> None:
    """In the order of their names; other ids may be typed."""
    form = await open_rooms(home, vendor)
    assert fields_of(form) == ["all_rooms", "places", "rooms"]
    schema = form["data_schema"]
    assert schema is not None
    picker = schema.schema["rooms"].config
    names = {
        room.room_id: f"{room.name.strip()} · {room.location}"
        for room in home.sim.company.rooms_of(vendor)
    }
    assert {each["value"]: each["label"] for each in picker["options"]} == names
    labels = [each["label"] for each in picker["options"]]
    assert labels == sorted(labels)
    assert picker["custom_value"] is picker["multiple"] is True
    assert schema({}) == ALL_ROOMS


async def test_places_and_rooms_are_listed_as_people_count(home: Home) -> None:
    """The second floor comes before the tenth, and the second room before the tenth."""
    for room_id, number in ((FIRST[TENCENT], 10), (SECOND[TENCENT], 2)):
        home.sim.company.rename(TENCENT, room_id, f"0 会议室 {number}")
        home.sim.company.change(
            TENCENT, room_id, city="0", building="A座", floor=f"{number}F"
        )
    form = await open_rooms(home, TENCENT)
    schema = form["data_schema"]
    assert schema is not None
    places = schema.schema["places"].config["options"]
    assert places[:4] == ["0", "0-A座", "0-A座-2F", "0-A座-10F"]
    rooms = [each["value"] for each in schema.schema["rooms"].config["options"]]
    assert rooms[:2] == [SECOND[TENCENT], FIRST[TENCENT]]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_only_the_chosen_rooms_are_followed(home: Home, vendor: str) -> None:
    """Without a call for the picked ones."""
    form = await open_rooms(home, vendor)
    home.sim.requests.clear()
    done = await fill_in(home.hass, form, chosen(FIRST[vendor]))
    await home.settle()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["options"] == chosen(FIRST[vendor])
    assert home.device(vendor, FIRST[vendor]) is not None
    assert home.device(vendor, SECOND[vendor]) is None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_rooms_that_are_chosen_do_not_matter_while_all_are_followed(
    home: Home, vendor: str
) -> None:
    """They are kept for the day on which all are followed no more."""
    form = await open_rooms(home, vendor)
    both = {"all_rooms": True, "rooms": [FIRST[vendor]]}
    done = await fill_in(home.hass, form, both)
    await home.settle()
    assert done["options"] == both
    assert home.device(vendor, SECOND[vendor]) is not None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_at_least_one_room_is_chosen(home: Home, vendor: str) -> None:
    """Or all of them."""
    form = await open_rooms(home, vendor)
    form = await fill_in(home.hass, form, chosen("", " "))
    assert form["errors"] == {"rooms": "rooms_required"}
    done = await fill_in(home.hass, form, chosen(f" {FIRST[vendor]} ", FIRST[vendor]))
    assert done["options"] == chosen(FIRST[vendor])
    await home.settle()


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_the_vendor_does_not_know_is_named(
    home: Home, vendor: str
) -> None:
    """The form comes back as it was filled in."""
    form = await open_rooms(home, vendor)
    form = await fill_in(home.hass, form, chosen(FIRST[vendor], "4711"))
    assert form["errors"] == {"rooms": "room_not_found"}
    placeholders, schema = form["description_placeholders"], form["data_schema"]
    assert placeholders is not None
    assert schema is not None
    assert placeholders["room"] == "4711"
    assert schema({}) == chosen(FIRST[vendor], "4711")
    done = await fill_in(home.hass, form, chosen(FIRST[vendor]))
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await home.settle()


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_typed_room_that_the_list_does_not_show_is_taken(
    home: Home, vendor: str
) -> None:
    """If its details can be read: it may have come since."""
    form = await open_rooms(home, vendor)
    home.sim.company.add_room(vendor, "新会议室", "777777")
    home.sim.company.change(vendor, "777777", status=2)
    done = await fill_in(home.hass, form, chosen("777777"))
    await home.settle()
    assert done["options"] == chosen("777777")
    assert home.shown(vendor, "777777", "status") == "idle"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_ids_are_typed_where_the_list_is_not_granted(
    home: Home, vendor: str
) -> None:
    """All rooms cannot be followed then, and are not offered."""
    deny(home, vendor, "list")
    form = await open_rooms(home, vendor)
    assert form["errors"] == {}
    assert fields_of(form) == ["rooms"]
    schema = form["data_schema"]
    assert schema is not None
    assert schema.schema["rooms"].config["options"] == []
    form = await fill_in(home.hass, form, {})
    assert form["errors"] == {"rooms": "rooms_required"}
    done = await fill_in(home.hass, form, {"rooms": [FIRST[vendor]]})
    await home.settle()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["options"] == chosen(FIRST[vendor])
    assert done["result"].state is ConfigEntryState.LOADED
    status = home.sim.truth()[vendor][FIRST[vendor]]
    assert home.shown(vendor, FIRST[vendor], "status") == status


@pytest.mark.parametrize("vendor", LISTERS)
async def test_no_permission_is_said_when_details_are_refused_as_well(
    home: Home, vendor: str
) -> None:
    """The form that asks for the credentials does not say so yet."""
    deny(home, vendor)
    form = await open_rooms(home, vendor)
    assert (form["step_id"], form["errors"]) == ("rooms", {})
    form = await fill_in(home.hass, form, {"rooms": [FIRST[vendor]]})
    assert form["errors"] == {"base": "permission_denied"}
    home.sim.accounts.tencent_meeting.permissions.grant()
    home.sim.accounts.wecom.permissions.grant()
    done = await fill_in(home.hass, form, {"rooms": [FIRST[vendor]]})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await home.settle()


@pytest.mark.parametrize("code", [48001, 48002, 48004, 48006, 400028, 680106], ids=str)
async def test_every_way_in_which_wecom_withholds_a_right(
    home: Home, code: int
) -> None:
    """Each is told as a missing permission."""
    home.sim.faults.add(Fault("vendor_code", WECOM, code=code))
    form = await open_rooms(home, WECOM)
    form = await fill_in(home.hass, form, {"rooms": ["RoomId001"]})
    assert form["errors"] == {"base": "permission_denied"}
    home.sim.faults.clear()
    done = await fill_in(home.hass, form, {"rooms": ["RoomId001"]})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await home.settle()


@pytest.mark.parametrize("vendor", LISTERS)
async def test_trouble_while_a_typed_room_is_checked(home: Home, vendor: str) -> None:
    """It is told, and the form can be sent again."""
    deny(home, vendor, "list")
    form = await open_rooms(home, vendor)
    home.sim.faults.add(Fault("http", vendor, status=502, times=1))
    form = await fill_in(home.hass, form, {"rooms": [FIRST[vendor]]})
    assert form["errors"] == {"base": "cannot_connect"}
    done = await fill_in(home.hass, form, {"rooms": [FIRST[vendor]]})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await home.settle()


@pytest.mark.parametrize("room_id", ["a/b", "a?b", "会议室", "../meeting-rooms"])
@pytest.mark.parametrize("vendor", LISTERS)
async def test_odd_ids_are_asked_for_as_they_are(
    home: Home, vendor: str, room_id: str
) -> None:
    """They lead to no other API."""
    form = await open_rooms(home, vendor)
    home.sim.requests.clear()
    form = await fill_in(home.hass, form, chosen(room_id))
    assert form["errors"] in ({"rooms": "room_not_found"}, {"base": "invalid_response"})
    assert home.sim.requests.count(vendor, "list") == 0
