"""Test how long rooms are missing before they are removed, unknown or deletable."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from unittest.mock import patch

import pytest

from custom_components.meeting_rooms.account.presence import ListPresence
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
from simulator import Fault

from ..home import LISTERS, TENCENT, VENDORS, WECOM, Home

FIRST = {TENCENT: "100001", WECOM: "RoomId001"}
OTHER = {TENCENT: "100002", WECOM: "200002"}

type Deletes = Callable[[DeviceEntry], Awaitable[bool]]


@pytest.fixture
def deletes(
    home: Home,
    hass_ws_client: WebSocketGenerator,
    hass_access_token: str,
    hass_admin_user: MockUser,
) -> Deletes:
    """Return a function that deletes a device as the user does in the frontend."""

    async def tried(device: DeviceEntry) -> bool:
        """Log in again, and return whether the device was deleted."""
        assert await async_setup_component(home.hass, "config", {})
        (login,) = hass_admin_user.refresh_tokens.values()
        token = home.hass.auth.async_create_access_token(login)
        client = await hass_ws_client(home.hass, token)
        deleted = (await client.remove_device(device.id))["success"]
        await client.close()
        return bool(deleted)

    return tried


def test_an_item_is_removed_by_two_complete_lists_in_a_row() -> None:
    """Incomplete lists between the two do not count, unless they contain the item."""
    presence = ListPresence()
    assert presence.update("ab", "a", complete=True) == frozenset()
    assert presence.update("ab", "a", complete=False) == frozenset()
    assert presence.update("ab", "a", complete=True) == {"b"}
    assert presence.update("a", "", complete=True) == frozenset()
    assert presence.update("a", "a", complete=False) == frozenset()
    assert presence.update("a", "", complete=True) == frozenset()


def test_everything_is_confirmed_by_two_complete_lists() -> None:
    """An item that neither list contains does not exist."""
    presence = ListPresence()
    presence.update("", "a", complete=True)
    presence.update("", "a", complete=False)
    assert not presence.confirmed
    presence.update("", "a", complete=True)
    assert presence.confirmed


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_only_incomplete_lists_lack_can_be_deleted_after_an_hour(
    home: Home, vendor: str, deletes: Deletes
) -> None:
    """The room is unknown from the third poll on, and is not added again after its deletion."""
    await home.add(vendor)
    await home.polls(2)
    home.sim.faults.add(Fault("bad_room", vendor, "list", FIRST[vendor]))
    await home.polls(3)
    assert home.shown(vendor, FIRST[vendor], "status") == "unknown"
    removed = home.known_device(vendor, FIRST[vendor])
    other = home.known_device(vendor, OTHER[vendor])
    assert not await deletes(removed)
    for _ in range(12):
        await home.pass_time(300)
    assert not await deletes(other)
    assert await deletes(removed)
    await home.live(330)
    assert home.device(vendor, FIRST[vendor]) is None
    assert home.device(vendor, OTHER[vendor]) is not None


@pytest.mark.parametrize("vendor", LISTERS)
async def test_no_device_can_be_deleted_during_an_outage(
    home: Home, vendor: str, deletes: Deletes
) -> None:
    """Without a list, it is unknown whether the room still exists."""
    await home.add(vendor)
    home.sim.faults.add(Fault("http", vendor, status=502))
    for _ in range(15):
        await home.pass_time(300)
    device = home.known_device(vendor, FIRST[vendor])
    assert not await deletes(device)


@pytest.mark.parametrize("vendor", VENDORS)
async def test_the_oldest_update_is_correct_after_the_clock_was_set_back(
    home: Home, vendor: str
) -> None:
    """The time is corrected at the next poll and is never in the future."""
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
