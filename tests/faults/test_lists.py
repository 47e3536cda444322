"""Test faults in the list of rooms, which remove no room and affect no other room."""

import json
from typing import Any

import pytest

from simulator import Fault
from tests.vendors import LISTERS, ROOM, VENDOR_TABLE

from .account import BACKGROUND_INTERVAL, Account
from .fault_ids import FaultId, vendor_params
from .outage import FAILED_POLLS

INCOMPLETE_LISTS = [
    (FaultId.PAGE_REPEATS, "repeat_page"),
    (FaultId.ENDLESS_LIST, "endless_cursor"),
    (FaultId.ROOMS_MOVE, "shift_page"),
]


def bad_room(vendor: str) -> Fault:
    """Return a malformed row of a room."""
    return Fault("bad_room", vendor, VENDOR_TABLE[vendor].rooms_api, ROOM[vendor])


def list_with(account: Account, **fields: Any) -> Fault:
    """Return a list of all rooms whose rows have the same fields."""
    rows = [{"meeting_room_id": room, **fields} for room in account.vendor_states()]
    body = json.dumps(VENDOR_TABLE[account.vendor].last_page(rows))
    return Fault("http", account.vendor, "list", status=200, body=body)


@pytest.mark.parametrize("rooms", [104])
@pytest.mark.parametrize(
    ("vendor", "kind"),
    [
        pytest.param(vendor, kind, id=f"{vendor} {fault}")
        for fault, kind in INCOMPLETE_LISTS
        for vendor in LISTERS
    ],
)
async def test_incomplete_list_removes_nothing(account: Account, kind: str) -> None:
    """Listed rooms are updated; a room that is not in the list becomes unknown."""
    home, vendor = account.home, account.vendor
    registered = account.registry_ids()
    home.sim.faults.add(Fault(kind, vendor, "list"))
    for _ in range(FAILED_POLLS + 3):
        home.sim.requests.clear()
        await account.polls()
        assert home.sim.requests.count(vendor, "list") <= 12
    states, expected = account.room_states(), account.vendor_states()
    assert all(states[room] in (expected[room], "unknown") for room in expected)
    assert account.removed_since(registered) == set()
    assert "unavailable" not in account.values().values()
    home.sim.faults.clear()
    await account.polls(2)
    assert account.log_messages() == []
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("rooms", [104])
@pytest.mark.parametrize("vendor", vendor_params(FaultId.PAGE_REPEATS, LISTERS))
async def test_restart_with_an_incomplete_list_removes_nothing(
    account: Account,
) -> None:
    """The controllers of the missing rooms are kept too."""
    home, vendor = account.home, account.vendor
    await home.live(2 * BACKGROUND_INTERVAL)
    registered = account.registry_ids()
    home.sim.faults.add(Fault("repeat_page", vendor, "list"))
    await home.restart(account.entry)
    await home.live(5 * BACKGROUND_INTERVAL)
    assert account.removed_since(registered) == set()
    home.sim.faults.clear()
    await home.live(BACKGROUND_INTERVAL)
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.ONE_BAD_ROOM))
async def test_malformed_row_affects_only_its_room(account: Account) -> None:
    """The room keeps its status for two polls; the other rooms are updated."""
    home, room_id = account.home, ROOM[account.vendor]
    registered = account.registry_ids()
    before = account.room_states()[room_id]
    home.sim.faults.add(bad_room(account.vendor))
    for _ in range(FAILED_POLLS - 1):
        await account.polls()
        assert account.room_states()[room_id] == before
    account.start_meeting()
    await account.polls(2)
    states, expected = account.room_states(), account.vendor_states()
    del states[room_id], expected[room_id]
    assert states == expected
    assert account.removed_since(registered) == set()
    home.sim.faults.clear()
    await account.polls(2)
    assert account.log_messages() == []
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("status", [None, [2], True, {}, ""], ids=repr)
@pytest.mark.parametrize("vendor", LISTERS)
async def test_unreadable_status_is_unknown_after_three_polls(
    account: Account, status: object
) -> None:
    """The older status of the details does not replace it."""
    home = account.home
    registered = account.registry_ids()
    await home.live(BACKGROUND_INTERVAL)
    account.start_meeting()
    await account.polls()
    before = account.room_states()
    home.sim.faults.add(list_with(account, meeting_room_status=status))
    for _ in range(FAILED_POLLS - 1):
        await account.polls()
        assert account.room_states() == before
    await account.polls()
    for _ in range(2):
        assert {*account.room_states().values()} == {"unknown"}
        await home.live(BACKGROUND_INTERVAL)
    home.sim.faults.clear()
    await account.polls(2)
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("vendor", LISTERS)
async def test_room_with_a_malformed_row_keeps_its_details(account: Account) -> None:
    """The details are updated independently, and do not restore an older status."""
    home, vendor = account.home, account.vendor
    await home.live(BACKGROUND_INTERVAL)
    health = home.shown(vendor, ROOM[vendor], "health")
    home.sim.faults.add(bad_room(vendor))
    await account.polls(FAILED_POLLS)
    for _ in range(2):
        assert home.shown(vendor, ROOM[vendor], "status") == "unknown"
        assert home.shown(vendor, ROOM[vendor], "health") == health != "unknown"
        await home.live(BACKGROUND_INTERVAL)


@pytest.mark.parametrize("vendor", vendor_params(FaultId.WRONG_TYPES))
async def test_values_of_wrong_types_are_unknown(account: Account) -> None:
    """The values are not converted, and no room is removed."""
    home, vendor = account.home, account.vendor
    registered, expected = account.registry_ids(), account.vendor_states()
    in_use = {room for room, status in expected.items() if status == "in_use"}
    home.sim.faults.add(Fault("wrong_types", vendor))
    await account.polls(FAILED_POLLS + 2)
    states = account.room_states()
    assert {states[room] for room in in_use} <= {"unknown", "unavailable"}
    assert account.removed_since(registered) == set()
    home.sim.faults.clear()
    await account.polls(3)
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.ROOM_COMES_BACK, LISTERS))
async def test_room_that_returns_has_the_same_entities(account: Account) -> None:
    """Home Assistant restores its entity IDs."""
    home, vendor, room_id = account.home, account.vendor, ROOM[account.vendor]
    entity_id = home.entity(vendor, room_id, "status").entity_id
    name = home.known_device(vendor, room_id).name
    home.sim.company.remove_room(vendor, room_id)
    await account.polls()
    assert home.hass.states.get(entity_id) is not None
    await account.polls(2)
    assert home.hass.states.get(entity_id) is None
    home.sim.company.add_room(vendor, str(name), room_id)
    await account.polls(2)
    assert home.entity(vendor, room_id, "status").entity_id == entity_id
    assert account.room_states() == account.vendor_states()
    assert account.log_problems() == []
