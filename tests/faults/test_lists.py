"""Test that a list that cannot be trusted loses nothing, and tells what it can."""

import json
from typing import Any

import pytest

from simulator import Fault
from tests.home import LISTERS, QUANSHI, TENCENT, VENDORS, WECOM

from .account import Account
from .fault_ids import FaultId
from .outage import FAILED_POLLS

ROOM = {TENCENT: "100001", WECOM: "RoomId001", QUANSHI: "6516"}
READING = 300
"""Seconds between two readings in the background."""
LIST = {TENCENT: "list", WECOM: "list", QUANSHI: "listAll"}


@pytest.mark.parametrize("rooms", [104])
@pytest.mark.parametrize(
    ("vendor", "fault"),
    [
        pytest.param(vendor, {"kind": kind}, id=f"{vendor} {fault}")
        for fault, kind, vendors in (
            (FaultId.PAGE_REPEATS, "repeat_page", LISTERS),
            (FaultId.ENDLESS_LIST, "endless_cursor", LISTERS),
            (FaultId.ROOMS_MOVE, "shift_page", LISTERS),
        )
        for vendor in vendors
    ],
)
async def test_a_list_that_does_not_add_up_removes_nothing(
    account: Account, fault: dict[str, Any]
) -> None:
    """What it tells is shown; a room that it does not tell of is unknown after a while."""
    home, vendor = account.home, account.vendor
    registered = account.registered()
    home.sim.faults.add(Fault(vendor=vendor, api="list", **fault))
    home.sim.requests.clear()
    for _ in range(FAILED_POLLS + 3):
        home.sim.requests.clear()
        await account.polls()
        assert home.sim.requests.count(vendor, "list") <= 12
    shown, truth = account.rooms(), account.truth()
    assert all(shown[room] in (truth[room], "unknown") for room in truth)
    assert account.lost(registered) == set()
    assert "unavailable" not in account.values().values()
    home.sim.faults.clear()
    await account.polls(2)
    assert account.said() == []
    assert account.harm(registered) == []


@pytest.mark.parametrize("rooms", [104])
@pytest.mark.parametrize(
    "vendor",
    [pytest.param(each, id=f"{each} {FaultId.PAGE_REPEATS}") for each in LISTERS],
)
async def test_a_restart_with_half_a_list_loses_nothing(account: Account) -> None:
    """Nor the controllers of the rooms that nobody tells of."""
    home, vendor = account.home, account.vendor
    await home.live(2 * READING)
    registered = account.registered()
    home.sim.faults.add(Fault("repeat_page", vendor, "list"))
    await home.restart(account.entry)
    await home.live(5 * READING)
    assert account.lost(registered) == set()
    home.sim.faults.clear()
    await home.live(READING)
    assert account.harm(registered) == []


@pytest.mark.parametrize(
    "vendor",
    [pytest.param(each, id=f"{each} {FaultId.ONE_BAD_ROOM}") for each in VENDORS],
)
async def test_one_bad_room_takes_only_itself(account: Account) -> None:
    """Its last status stands for two polls; the others follow the truth all the time."""
    home, vendor = account.home, account.vendor
    registered = account.registered()
    others = {*account.truth()} - {ROOM[vendor]}
    home.sim.faults.add(Fault("bad_room", vendor, LIST[vendor], ROOM[vendor]))
    before = account.rooms()[ROOM[vendor]]
    for _ in range(FAILED_POLLS - 1):
        await account.polls()
        assert account.rooms()[ROOM[vendor]] == before
    account.start_a_meeting()
    await account.polls(2)
    shown, truth = account.rooms(), account.truth()
    assert {room: shown[room] for room in others} == {
        room: truth[room] for room in others
    }
    assert account.lost(registered) == set()
    home.sim.faults.clear()
    await account.polls(2)
    assert account.said() == []
    assert account.harm(registered) == []


def list_of(account: Account, **row: object) -> str:
    """Return a list of all rooms of which each row says the same."""
    rooms = [{"meeting_room_id": room_id, **row} for room_id in account.truth()]
    return json.dumps(
        {
            "errcode": 0,
            "total_count": len(rooms),
            "total_page": 1,
            "has_more": False,
            "meeting_room_list": rooms,
        }
    )


@pytest.mark.parametrize("status", [None, [2], True, {}, ""], ids=repr)
@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_status_that_cannot_be_read_stands_for_two_polls(
    account: Account, status: object
) -> None:
    """Then it is unknown; an older one from the details is never shown in its place."""
    home = account.home
    registered = account.registered()
    await home.live(READING)
    account.start_a_meeting()
    await account.polls()
    shown = account.rooms()
    body = list_of(account, meeting_room_status=status)
    home.sim.faults.add(Fault("http", account.vendor, "list", status=200, body=body))
    for _ in range(FAILED_POLLS - 1):
        await account.polls()
        assert account.rooms() == shown
    await account.polls()
    for _ in range(2):
        assert {*account.rooms().values()} == {"unknown"}
        await home.live(READING)
    home.sim.faults.clear()
    await account.polls(2)
    assert account.harm(registered) == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_a_room_that_the_list_leaves_out_keeps_its_details(
    account: Account,
) -> None:
    """They are read apart from the list, and do not bring back a status that is old."""
    home, vendor = account.home, account.vendor
    await home.live(READING)
    health = home.shown(vendor, ROOM[vendor], "health")
    home.sim.faults.add(Fault("bad_room", vendor, LIST[vendor], ROOM[vendor]))
    await account.polls(FAILED_POLLS)
    for _ in range(2):
        assert home.shown(vendor, ROOM[vendor], "status") == "unknown"
        assert home.shown(vendor, ROOM[vendor], "health") == health != "unknown"
        await home.live(READING)


@pytest.mark.parametrize(
    "vendor",
    [pytest.param(each, id=f"{each} {FaultId.WRONG_TYPES}") for each in VENDORS],
)
async def test_wrong_types_are_unknown(account: Account) -> None:
    """Nothing is made of them, and nothing is lost by them."""
    home, vendor = account.home, account.vendor
    registered = account.registered()
    in_use = {room for room, word in account.truth().items() if word == "in_use"}
    home.sim.faults.add(Fault("wrong_types", vendor))
    await account.polls(FAILED_POLLS + 2)
    assert {account.rooms()[room] for room in in_use} <= {"unknown", "unavailable"}
    assert account.lost(registered) == set()
    home.sim.faults.clear()
    await account.polls(3)
    assert account.harm(registered) == []


@pytest.mark.parametrize(
    "vendor",
    [pytest.param(each, id=f"{each} {FaultId.ROOM_COMES_BACK}") for each in LISTERS],
)
async def test_a_room_that_comes_back_is_the_same_room(account: Account) -> None:
    """With the entities that it had, and whatever people made of them."""
    home, vendor = account.home, account.vendor
    entity = home.entity(vendor, ROOM[vendor], "status")
    name = home.known_device(vendor, ROOM[vendor]).name
    home.sim.company.remove_room(vendor, ROOM[vendor])
    await account.polls()
    assert home.hass.states.get(entity.entity_id) is not None
    await account.polls(2)
    assert home.hass.states.get(entity.entity_id) is None
    home.sim.company.add_room(vendor, str(name), ROOM[vendor])
    await account.polls(2)
    assert home.entity(vendor, ROOM[vendor], "status").entity_id == entity.entity_id
    assert account.rooms() == account.truth()
    assert (account.complaints(), account.leaks()) == ([], [])
