"""Test the repair issues of places whose rooms are offline."""

import pytest

from homeassistant.config_entries import ConfigEntryState
from homeassistant.helpers import issue_registry as ir
from simulator import Fault

from ..home import TENCENT, Home, chosen, is_in
from .issues import locate


@pytest.mark.parametrize("rooms", [12])
async def test_a_floor_that_goes_offline_is_one_issue(home: Home) -> None:
    """With the place and the number of rooms, until half of the rooms are back."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids[:5], "深圳-A座-3F")
    locate(home, ids[5:], "深圳-A座-4F")
    await home.add(TENCENT)
    await home.polls(1)
    for room_id in ids[:4]:
        home.sim.company.change(TENCENT, room_id, status=4)
    await home.polls(1)
    shown = home.issues()["place_offline"]
    assert shown is not None
    assert (shown["place"], shown["offline"], shown["rooms"]) == (
        "深圳-A座-3F",
        "4",
        "5",
    )
    home.sim.company.change(TENCENT, ids[4], status=4)
    await home.polls(1)
    shown = home.issues()["place_offline"]
    assert shown is not None
    assert shown["offline"] == "5"
    for room_id in ids[:3]:
        home.sim.company.change(TENCENT, room_id, status=2)
    await home.polls(1)
    assert home.issues() == {}


@pytest.mark.parametrize("rooms", [12])
async def test_a_building_that_goes_offline_is_one_issue(home: Home) -> None:
    """Its floors have none of their own; rooms elsewhere do not count."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids[:4], "深圳-A座-3F")
    locate(home, ids[4:8], "深圳-A座-4F")
    locate(home, ids[8:], "深圳-B座-1F")
    await home.add(TENCENT)
    await home.polls(1)
    for room_id in ids[:7]:
        home.sim.company.change(TENCENT, room_id, status=4)
    await home.polls(1)
    shown = [
        issue.translation_placeholders["place"]
        for issue in ir.async_get(home.hass).issues.values()
        if issue.translation_placeholders is not None
    ]
    assert shown == ["深圳-A座"]


@pytest.mark.parametrize("rooms", [12])
async def test_rooms_that_go_offline_one_by_one_are_no_issue(home: Home) -> None:
    """People switch them off when they go home."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids, "深圳-A座-3F")
    await home.add(TENCENT)
    for room_id in ids:
        home.sim.company.change(TENCENT, room_id, status=4)
        await home.polls(1)
    assert home.issues() == {}


@pytest.mark.parametrize("rooms", [12])
async def test_an_offline_floor_is_still_an_issue_after_a_reload(home: Home) -> None:
    """However long the vendor cannot be reached meanwhile."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids[:5], "深圳-A座-3F")
    locate(home, ids[5:], "深圳-A座-4F")
    entry = await home.add(TENCENT)
    await home.polls(1)
    for room_id in ids[:4]:
        home.sim.company.change(TENCENT, room_id, status=4)
    await home.polls(1)
    home.sim.faults.add(Fault("http", TENCENT, "list", status=502))
    await home.restart(entry)
    assert is_in(entry, ConfigEntryState.SETUP_RETRY)
    home.sim.faults.clear()
    await home.polls(4)
    assert is_in(entry, ConfigEntryState.LOADED)
    shown = home.issues()["place_offline"]
    assert shown is not None
    assert (shown["place"], shown["offline"], shown["rooms"]) == (
        "深圳-A座-3F",
        "4",
        "5",
    )
    for room_id in ids[:3]:
        home.sim.company.change(TENCENT, room_id, status=2)
    await home.polls(1)
    assert home.issues() == {}


@pytest.mark.parametrize("rooms", [12])
async def test_an_error_of_the_poll_keeps_the_issues_of_rooms(
    home: Home,
) -> None:
    """An offline floor and an unknown room stay while the clock is wrong."""
    ids = home.sim.company.tencent_meeting.ids
    locate(home, ids, "深圳-A座-3F")
    await home.add(TENCENT, chosen(*ids, "404404"))
    await home.polls(1)
    for room_id in ids:
        home.sim.company.change(TENCENT, room_id, status=4)
    await home.polls(1)
    home.sim.faults.add(Fault("vendor_code", TENCENT, "list", code=190300))
    await home.polls(1)
    assert {*home.issues()} == {"clock_skew", "place_offline", "rooms_unknown"}
