"""Test the vendor-neutral models of rooms."""

import pytest

from custom_components.meeting_rooms.api.models.room import (
    BasicDetails,
    Controller,
    RoomStatus,
)


def test_the_status_values_have_a_fixed_order() -> None:
    """Automations and dashboards list the values in this order."""
    assert [*RoomStatus] == [
        "idle",
        "in_use",
        "offline",
        "not_logged_in",
        "not_bound",
        "not_activated",
    ]


@pytest.mark.parametrize(
    ("place", "location"),
    [
        (BasicDetails(city="广州", building="大厦", floor="10"), "广州-大厦-10"),
        (BasicDetails(city="广州", floor="10"), "广州-10"),
        (BasicDetails(), None),
    ],
)
def test_a_location_has_the_form_of_the_list(
    place: BasicDetails, location: str | None
) -> None:
    """The location has no unknown parts."""
    assert place.location == location


@pytest.mark.parametrize(
    ("controller", "controller_id"),
    [
        (
            Controller(rooms_id="7", mac_address="a2:ee:27:00:00:01", name="Left"),
            "7_a2:ee:27:00:00:01",
        ),
        (Controller(rooms_id="7", name="Left"), "7_Left"),
        (Controller(rooms_id="7"), "7_1"),
        (Controller(name="Left"), None),
    ],
)
def test_every_controller_has_a_unique_id(
    controller: Controller, controller_id: str | None
) -> None:
    """The id contains the MAC address, or else the name."""
    assert controller.controller_id == controller_id


def test_the_identity_of_a_controller_has_no_values() -> None:
    """The identity keeps the id."""
    controller = Controller(rooms_id="7", name="Left", online=True, cpu_usage=3.0)
    assert controller.identity == Controller(rooms_id="7", name="Left")
    assert controller.identity.controller_id == controller.controller_id
