"""Test the places in the form of an account's rooms."""

from typing import Any

import pytest

from tests.vendors import ROOM as FIRST_ROOM

from ..forms import choose, default_input, fields_of, open_options, suggested
from ..home import ALL_ROOMS, LISTERS, Home, chosen

PLACES = (
    {"city": "深圳", "building": "A座", "floor": "3F"},
    {"city": "深圳", "building": "B座", "floor": "1F"},
)


def at(*places: str) -> dict[str, Any]:
    """Return the options of an account with all rooms at some places."""
    return {**ALL_ROOMS, "places": [*places]}


def move_rooms(home: Home, vendor: str) -> None:
    """Move the rooms of a vendor to two places alternately."""
    for index, room_id in enumerate(home.sim.company.rooms_of(vendor).ids):
        home.sim.company.change(vendor, room_id, **PLACES[index % 2])


@pytest.mark.parametrize("vendor", LISTERS)
async def test_places_are_kept_in_the_options(home: Home, vendor: str) -> None:
    """Ignore white space and repetitions, and show the places when the form is opened again."""
    move_rooms(home, vendor)
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    assert suggested(form)["places"] == []
    await choose(home.hass, form, at(" 深圳 - B座 ", "", "深圳-B座"))
    assert entry.options == at("深圳-B座")
    form = await open_options(home.hass, entry)
    assert suggested(form)["places"] == ["深圳-B座"]


@pytest.mark.parametrize("vendor", LISTERS)
async def test_place_without_rooms_has_an_error(home: Home, vendor: str) -> None:
    """Keep it in the form, and accept it beside a place that has rooms."""
    move_rooms(home, vendor)
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    form = await choose(home.hass, form, at("北京"))
    assert form["errors"] == {"places": "places_empty"}
    assert suggested(form)["places"] == ["北京"]
    assert entry.options == ALL_ROOMS
    await choose(home.hass, form, at("北京", "深圳"))
    assert entry.options == at("北京", "深圳")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_no_place_means_every_place(home: Home, vendor: str) -> None:
    """Remove the stored places if the field is empty."""
    move_rooms(home, vendor)
    entry = await home.add(vendor, at("深圳-A座"))
    form = await open_options(home.hass, entry)
    await choose(home.hass, form, ALL_ROOMS)
    assert entry.options == ALL_ROOMS


@pytest.mark.parametrize("vendor", LISTERS)
async def test_places_are_kept_in_the_form_after_an_error_in_the_rooms(
    home: Home, vendor: str
) -> None:
    """Let the user turn all rooms on again without choosing the places again."""
    move_rooms(home, vendor)
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    form = await choose(home.hass, form, {**chosen(), "places": ["深圳-A座"]})
    assert form["errors"] == {"rooms": "rooms_required"}
    assert suggested(form)["places"] == ["深圳-A座"]
    assert default_input(form) == chosen()
    await choose(home.hass, form, at("深圳-A座"))
    assert entry.options == at("深圳-A座")


@pytest.mark.parametrize("vendor", LISTERS)
async def test_places_are_not_stored_with_chosen_rooms(home: Home, vendor: str) -> None:
    """Store the rooms alone."""
    move_rooms(home, vendor)
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    fields = {**chosen(FIRST_ROOM[vendor]), "places": ["深圳-B座"]}
    await choose(home.hass, form, fields)
    assert entry.options == chosen(FIRST_ROOM[vendor])


@pytest.mark.parametrize("vendor", LISTERS)
async def test_places_are_hidden_if_no_room_has_one(home: Home, vendor: str) -> None:
    """Show only the other fields."""
    for room_id in home.sim.company.rooms_of(vendor).ids:
        home.sim.company.change(vendor, room_id, city="", building="", floor="")
    entry = await home.add(vendor)
    form = await open_options(home.hass, entry)
    assert fields_of(form) == ["all_rooms", "rooms", "budget_share"]
