"""Test that every controller has a unique id."""

import pytest

from custom_components.meeting_rooms.api.models.room import Controller
from custom_components.meeting_rooms.rooms.controllers import by_id

MAC = "a1:ee:27:c1:8a:1a"


def test_a_controller_is_identified_by_its_device_and_mac_address() -> None:
    """The name of the controller may change."""
    controllers = [Controller(rooms_id="7", mac_address=MAC, name="Table")]
    assert [*by_id(controllers)] == [f"7_{MAC}"]


@pytest.mark.parametrize("mac_address", [None, "02:00:00:00:00:00"])
@pytest.mark.parametrize("name", [None, "Controller"])
def test_two_controllers_with_the_same_mac_address_have_different_ids(
    mac_address: str | None, name: str | None
) -> None:
    """The first controller keeps the id that it would have alone."""
    first = Controller(rooms_id="7", mac_address=mac_address, name=name, model="A")
    second = Controller(rooms_id="7", mac_address=mac_address, name=name, model="B")
    (alone,) = by_id([first])
    assert by_id([first, second]) == {alone: first, f"{alone}_2": second}


def test_ids_do_not_depend_on_the_order_of_the_list() -> None:
    """The ids follow from name and model, not from values that change."""
    controllers = [
        Controller(rooms_id="7", mac_address=None, name="Table", model=model)
        for model in ("A", "B", "C")
    ]
    assert by_id(controllers) == by_id(reversed(controllers))


def test_controllers_of_different_devices_keep_plain_ids() -> None:
    """The controllers report the same filler."""
    controllers = [
        Controller(rooms_id=rooms_id, mac_address="02:00:00:00:00:00")
        for rooms_id in ("7", "8")
    ]
    assert {*by_id(controllers)} == {"7_02:00:00:00:00:00", "8_02:00:00:00:00:00"}


def test_a_controller_without_a_device_is_not_returned() -> None:
    """Such a controller cannot be assigned to a room."""
    assert by_id([Controller(name="Table")]) == {}
