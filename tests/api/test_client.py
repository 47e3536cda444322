"""Test that each client implements the interface of its features."""

from collections.abc import Callable

import pytest

from custom_components.meeting_rooms.api.client import Feature, LiveStatus, VendorClient
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    TencentMeetingClient,
)
from custom_components.meeting_rooms.api.wecom.client import WeComClient

from .accounts import Company

CLIENTS = (TencentMeetingClient, WeComClient, QuanshiClient)
METHODS = {
    Feature.DETAILS: "fetch_details",
    Feature.DEVICES: "fetch_devices",
    Feature.ALARMS: "fetch_alarms",
    Feature.CONTROLLERS: "fetch_controllers",
    Feature.ROOM_BOOKINGS: "fetch_bookings",
    Feature.BOOKING_CALENDAR: "fetch_calendar",
    Feature.HOST_BOOKINGS: "fetch_live",
    Feature.BOOK: "book_room",
    Feature.CALL: "call_room",
}
OF_BOOKINGS = {
    Feature.ROOM_BOOKINGS,
    Feature.BOOKING_CALENDAR,
    Feature.HOST_BOOKINGS,
    Feature.BOOK,
    Feature.CALL,
}
"""Features whose methods are also those of others, or depend on the account."""


def implements(client: type[VendorClient], feature: Feature) -> bool:
    """Return whether a client has the method of a feature."""
    method = METHODS[feature]
    return getattr(client, method) is not getattr(VendorClient, method)


def test_every_feature_has_a_method() -> None:
    """The next test covers all features."""
    assert METHODS.keys() == {*Feature}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_implements_the_methods_of_its_features(
    client: type[VendorClient],
) -> None:
    """The client has no method of another feature, except for bookings."""
    others = {*Feature} - OF_BOOKINGS
    implemented = {feature for feature in others if implements(client, feature)}
    assert implemented == client.features - OF_BOOKINGS


@pytest.mark.parametrize("create", [Company.tencent, Company.wecom, Company.quanshi])
def test_a_client_implements_the_bookings_of_its_account(
    company: Company, create: Callable[[Company], VendorClient]
) -> None:
    """Which features of bookings a client has may depend on the account."""
    client = create(company)
    assert all(implements(type(client), feature) for feature in client.features)


@pytest.mark.parametrize(
    ("client", "features"),
    [
        (
            TencentMeetingClient,
            {Feature.DETAILS, Feature.DEVICES, Feature.ALARMS, Feature.CONTROLLERS},
        ),
        (
            WeComClient,
            {
                Feature.DETAILS,
                Feature.DEVICES,
                Feature.CONTROLLERS,
                Feature.BOOKING_CALENDAR,
                Feature.BOOK,
                Feature.CALL,
            },
        ),
        (QuanshiClient, {Feature.HOST_BOOKINGS}),
    ],
)
def test_a_vendor_has_its_documented_features(
    client: type[VendorClient], features: set[Feature]
) -> None:
    """WeCom has no list of alarms, Quanshi conferences only."""
    assert client.features == features


def test_a_live_status_without_conferences_is_complete() -> None:
    """Some vendors have no conferences."""
    live = LiveStatus(rooms={}, rooms_complete=True)
    assert (live.conferences, live.conferences_complete) == ({}, True)
