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
    Feature.DETAILS: "fetch_details",
    Feature.DEVICES: "fetch_devices",
    Feature.ALARMS: "fetch_alarms",
    Feature.CONTROLLERS: "fetch_controllers",
}


def test_every_feature_has_a_method() -> None:
    """The next test covers all features."""
    assert METHODS.keys() == {*Feature}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_implements_the_methods_of_its_features(
    client: type[VendorClient],
) -> None:
    """The client has no method of another feature."""
    implemented = {
        feature
        for feature, method in METHODS.items()
        if getattr(client, method) is not getattr(VendorClient, method)
    }
    assert implemented == client.features


@pytest.mark.parametrize(
    ("client", "features"),
    [
        (
            TencentMeetingClient,
            {Feature.DETAILS, Feature.DEVICES, Feature.ALARMS, Feature.CONTROLLERS},
        ),
        (WeComClient, {Feature.DETAILS, Feature.DEVICES, Feature.CONTROLLERS}),
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
