"""Test since when rooms are missing: removed, unknown, and old ones."""

from datetime import timedelta
import json
from unittest.mock import patch

import pytest

from custom_components.meeting_rooms.account.presence import ListPresence
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from simulator import Fault

from ..home import LISTERS, TENCENT, VENDORS, WECOM, Home

FIRST = {TENCENT: "100001", WECOM: "RoomId001"}


def list_with_a_wrong_total(*room_ids: str) -> str:
    """Return a list of either vendor that always announces one room too many."""
    return json.dumps(
        {
            "errcode": 0,
            "total_count": len(room_ids) + 1,
            "total_page": 1,
            "has_more": False,
            "meeting_room_list": [
                {"meeting_room_id": each, "meeting_room_status": 2} for each in room_ids
            ],
        }
    )


def test_an_item_is_removed_by_two_complete_lists_in_a_row() -> None:
    """Incomplete lists between them do not count, unless they contain it."""
    presence = ListPresence()
    assert presence.update("ab", "a", complete=True) == frozenset()
    assert presence.update("ab", "a", complete=False) == frozenset()
    assert presence.update("ab", "a", complete=True) == {"b"}
    assert presence.update("a", "", complete=True) == frozenset()
    assert presence.update("a", "a", complete=False) == frozenset()
    assert presence.update("a", "", complete=True) == frozenset()


def test_everything_is_confirmed_by_two_complete_lists() -> None:
    """What was in none of them does not exist."""
    presence = ListPresence()
    presence.update("", "a", complete=True)
    presence.update("", "a", complete=False)
    assert not presence.confirmed
    presence.update("", "a", complete=True)
    assert presence.confirmed


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_only_incomplete_lists_lack_can_be_deleted_after_an_hour(
    home: Home, vendor: str, hass_ws_client: WebSocketGenerator
) -> None:
    """It is unknown from the third poll on, and does not come back after its deletion."""
    assert await async_setup_component(home.hass, "config", {})
    client = await hass_ws_client(home.hass)
    await home.add(vendor)
    await home.polls(2)
    removed = FIRST[vendor]
    others = home.sim.truth()[vendor].keys() - {removed}
    body = list_with_a_wrong_total(*others)
    home.sim.faults.add(Fault("http", vendor, "list", status=200, body=body))
    home.sim.estate.remove_room(vendor, removed)
    await home.polls(3)
    assert home.shown(vendor, removed, "status") == "unknown"
    device = home.known_device(vendor, removed)
    assert not (await client.remove_device(device.id))["success"]
    for _ in range(12):
        await home.pass_time(300)
    other = home.known_device(vendor, next(iter(others)))
    assert not (await client.remove_device(other.id))["success"]
    assert (await client.remove_device(device.id))["success"]
    await home.live(330)
    assert home.device(vendor, removed) is None
    assert home.device(vendor, next(iter(others))) is not None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_an_outage_lets_no_device_be_deleted(
    home: Home, vendor: str, hass_ws_client: WebSocketGenerator
) -> None:
    """No list was fetched that a room could be missing from."""
    assert await async_setup_component(home.hass, "config", {})
    client = await hass_ws_client(home.hass)
    await home.add(vendor)
    home.sim.faults.add(Fault("http", vendor, status=502))
    for _ in range(15):
        await home.pass_time(300)
    device = home.known_device(vendor, FIRST[vendor])
    assert not (await client.remove_device(device.id))["success"]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_oldest_update_is_right_after_the_clock_was_set_back(
    home: Home, vendor: str
) -> None:
    """At the next poll, and never in the future."""
    entry = await home.add(vendor)
    await home.polls(1)
    now = dt_util.utcnow()
    with patch(
        "homeassistant.util.dt.utcnow", lambda: dt_util.now() - timedelta(hours=8)
    ):
        await home.polls(1)
        oldest = entry.runtime_data.presence.oldest_update
        assert oldest is not None
        assert oldest - now == timedelta(seconds=30, hours=-8)
