"""Test that every client keeps the promises that the house relies on."""

import pytest

from custom_components.meeting_rooms.api.client import Feature, LiveStatus, VendorClient
from custom_components.meeting_rooms.api.quanshi.client import QuanshiClient
from custom_components.meeting_rooms.api.tencent_meeting.client import (
    TencentMeetingClient,
)
from custom_components.meeting_rooms.api.wecom.client import WeComClient

CLIENTS = (TencentMeetingClient, WeComClient, QuanshiClient)
VERBS = {
    Feature.DETAILS: "fetch_details",
    Feature.DEVICES: "fetch_devices",
    Feature.ALARMS: "fetch_alarms",
    Feature.CONTROLLERS: "fetch_controllers",
}


def test_every_feature_has_its_verb() -> None:
    """So that the next test looks at all of them."""
    assert VERBS.keys() == {*Feature}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_can_tell_just_what_its_features_say(
    client: type[VendorClient],
) -> None:
    """The house asks for nothing else."""
    able = {
        feature
        for feature, verb in VERBS.items()
        if getattr(client, verb) is not getattr(VendorClient, verb)
    }
    assert able == client.features


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
def test_a_vendor_tells_what_its_pages_offer(
    client: type[VendorClient], features: set[Feature]
) -> None:
    """WeCom has no list of alarms; Quanshi knows conferences only."""
    assert client.features == features


def test_a_reading_of_a_vendor_without_conferences_has_none() -> None:
    """And nothing is missing from it."""
    reading = LiveStatus(rooms={}, rooms_complete=True)
    assert (reading.conferences, reading.conferences_complete) == ({}, True)
