"""Test that each client implements the interface of its features."""

import pytest

from custom_components.meeting_rooms.api.client import Feature, LiveStatus, VendorClient
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    TencentMeetingClient,
)
from custom_components.meeting_rooms.api.wecom.client import WeComClient

CLIENTS = (TencentMeetingClient, WeComClient, QuanshiClient)
METHODS = {
    "fetch_details": {Feature.DETAILS},
    "fetch_devices": {Feature.DEVICES},
    "fetch_alarms": {Feature.ALARMS},
    "fetch_controllers": {Feature.CONTROLLERS},
    "fetch_bookings": {Feature.ROOM_BOOKINGS, Feature.BOOKING_CALENDAR},
    "fetch_calendar": {Feature.BOOKING_CALENDAR},
    "fetch_calendar_rooms": {Feature.BOOKING_CALENDAR},
}
WITHOUT_METHOD = {Feature.HOST_BOOKINGS}
"""The features that the live status has."""


def test_every_feature_has_a_method() -> None:
    """The next test covers all features."""
    assert {each for features in METHODS.values() for each in features} == (
        {*Feature} - WITHOUT_METHOD
    )


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_implements_the_methods_of_its_features(
    client: type[VendorClient],
) -> None:
    """The client has no method of another feature."""
    implemented = {
        method
        for method in METHODS
        if getattr(client, method) is not getattr(VendorClient, method)
    }
    assert implemented == {
        method for method, features in METHODS.items() if features & client.features
    }


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
            },
        ),
        (QuanshiClient, set()),
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
