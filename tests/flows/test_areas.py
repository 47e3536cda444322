"""Test the choice of areas when an account is added, and in its options."""

from typing import Any

import pytest

from homeassistant.data_entry_flow import FlowResultType
from tests.vendors import OTHER_ROOM, ROOM

from ..forms import (
    choose,
    create,
    default_input,
    fields_of,
    fill_in,
    open_form,
    open_options,
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

MODES = ["none", "per_room", "per_floor"]


async def default_areas(home: Home, vendor: str, rooms: dict[str, Any]) -> str:
    """Return what the form of the areas suggests for chosen rooms."""
    form = await open_form(home.hass, vendor)
    form = await fill_in(home.hass, form, credentials(home.sim, vendor))
    form = await fill_in(home.hass, form, rooms)
    assert (form["step_id"], fields_of(form)) == ("areas", ["areas"])
    mode: str = default_input(form)["areas"]
    return mode


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_small_account_has_no_areas_by_default(home: Home, vendor: str) -> None:
    """The default is not stored."""
    form = await open_form(home.hass, vendor)
    form = await fill_in(home.hass, form, credentials(home.sim, vendor))
    result = await create(home.hass, form, ALL_ROOMS)
    await home.settle()
    assert result["options"] == ALL_ROOMS
    assert home.known_device(vendor, ROOM[vendor]).area_id is None


@pytest.mark.parametrize("mode", MODES[1:])
@pytest.mark.parametrize("vendor", LISTERS)
async def test_areas_can_be_chosen_for_a_new_account(
    home: Home, vendor: str, mode: str
) -> None:
    """The rooms are in areas at once."""
    form = await open_form(home.hass, vendor)
    form = await fill_in(home.hass, form, credentials(home.sim, vendor))
    form = await fill_in(home.hass, form, ALL_ROOMS)
    result = await fill_in(home.hass, form, {"areas": mode})
    await home.settle()
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["options"] == {**ALL_ROOMS, "areas": mode}
    assert home.known_device(vendor, ROOM[vendor]).area_id is not None


@pytest.mark.parametrize(
    ("rooms", "kept", "mode"),
    [
        (31, ALL_ROOMS, "per_floor"),
        (30, ALL_ROOMS, "none"),
        (31, chosen("1"), "none"),
        (31, {**ALL_ROOMS, "places": ["火星-A座-1F"]}, "none"),
    ],
)
async def test_the_default_depends_on_the_number_of_chosen_rooms(
    home: Home, kept: dict[str, Any], mode: str
) -> None:
    """More than 30 rooms have an area for each floor."""
    first = home.sim.company.tencent_meeting.ids[0]
    place = {"city": "火星", "building": "A座", "floor": "1F"}
    home.sim.company.change(TENCENT, first, **place)
    kept = {**kept, "rooms": [first for _ in kept["rooms"]]}
    assert await default_areas(home, TENCENT, kept) == mode


async def test_rooms_that_are_entered_by_id_are_few(home: Home) -> None:
    """The list is not permitted."""
    permissions(home, WECOM).revoke("list")
    rooms = {"rooms": [ROOM[WECOM], OTHER_ROOM[WECOM]]}
    assert await default_areas(home, WECOM, rooms) == "none"


@pytest.mark.parametrize("vendor", LISTERS)
async def test_areas_can_be_changed_in_the_options(home: Home, vendor: str) -> None:
    """An account of before has none; the other options are kept."""
    options = {**ALL_ROOMS, "soon_minutes": 20}
    entry = await home.add(vendor, options)
    form = await open_options(home.hass, entry, "areas")
    assert (form["step_id"], default_input(form)) == ("areas", {"areas": "none"})
    result = await choose(home.hass, form, {"areas": "per_room"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert entry.options == {**options, "areas": "per_room"}
    form = await open_options(home.hass, entry, "areas")
    assert default_input(form) == {"areas": "per_room"}
    await choose(home.hass, form, {"areas": "none"})
    assert entry.options == options


@pytest.mark.parametrize("vendor", LISTERS)
async def test_the_choice_of_rooms_keeps_the_areas(home: Home, vendor: str) -> None:
    """Each form saves its own options."""
    entry = await home.add(vendor, {**ALL_ROOMS, "areas": "per_floor"})
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, chosen(ROOM[vendor]))
    assert entry.options == {**chosen(ROOM[vendor]), "areas": "per_floor"}
    await home.settle()


async def test_a_stored_value_that_is_not_valid_counts_as_none(home: Home) -> None:
    """A later version may have stored it."""
    entry = await home.add(TENCENT, {**ALL_ROOMS, "areas": "per_city"})
    form = await open_options(home.hass, entry, "areas")
    assert default_input(form) == {"areas": "none"}
    assert home.known_device(TENCENT, ROOM[TENCENT]).area_id is None
