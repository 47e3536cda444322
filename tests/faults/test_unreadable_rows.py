"""Test rows of devices, controllers and alarms that cannot be parsed."""

import json

import pytest

from simulator import Fault
from simulator.company.properties import ControllerInfo
from tests.vendors import LISTERS, OTHER_ROOM, ROOM, TENCENT, VENDOR_TABLE, WECOM

from .account import BACKGROUND_INTERVAL, Account
from .fault_ids import FaultId, vendor_params

APIS = [
    (TENCENT, "devices", ("camera", "microphone", "speaker")),
    (TENCENT, "alarms", ("problem", "problem_reason")),
    (WECOM, "list_devices", ("camera", "microphone", "speaker")),
]


def room_values(account: Account, room_id: str, *keys: str) -> list[str]:
    """Return the states of some entities of a room."""
    return [account.home.shown(account.vendor, room_id, key) for key in keys]


def controllers(account: Account) -> list[ControllerInfo]:
    """Return the controllers of the vendor's rooms."""
    rooms = account.home.sim.company.rooms_of(account.vendor)
    found = [room.properties.controller for room in rooms]
    return [controller for controller in found if controller is not None]


@pytest.mark.parametrize(
    ("vendor", "api", "keys"),
    [
        pytest.param(*case, id=f"{case[0]} {FaultId.UNREADABLE_ROWS} {case[1]}")
        for case in APIS
    ],
)
async def test_unreadable_row_affects_only_its_room(
    account: Account, api: str, keys: tuple[str, ...]
) -> None:
    """The room keeps its values for a quarter of an hour; other rooms are updated."""
    home, vendor = account.home, account.vendor
    room_id, other_id = ROOM[vendor], OTHER_ROOM[vendor]
    alarms = ["device_off_line"]
    home.sim.company.change(vendor, other_id, status=2, camera=True)
    home.sim.company.change(vendor, room_id, status=2, camera=True, alarms=alarms)
    await home.live(BACKGROUND_INTERVAL + 60)
    registered = account.registry_ids()
    before = room_values(account, room_id, *keys)
    other_before = room_values(account, other_id, *keys)
    assert "unknown" not in (*before, *other_before)
    home.sim.faults.add(Fault("bad_room", vendor, api, room_id))
    await home.live(2 * BACKGROUND_INTERVAL)
    assert room_values(account, room_id, *keys) == before
    await home.live(3 * BACKGROUND_INTERVAL)
    assert room_values(account, room_id, *keys) != before
    assert room_values(account, other_id, *keys) == other_before
    home.sim.faults.clear()
    await home.live(BACKGROUND_INTERVAL)
    assert room_values(account, room_id, *keys) == before
    assert account.log_messages() == []
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.UNREADABLE_ROWS, LISTERS))
async def test_controller_with_an_unreadable_row_is_kept(account: Account) -> None:
    """The entities become unknown after a quarter of an hour; the device is not removed."""
    home, vendor = account.home, account.vendor
    await home.live(BACKGROUND_INTERVAL)
    registered = account.registry_ids()
    controller = controllers(account)[0]
    key = ("controller", f"{controller.rooms_id}_{controller.mac_address}", "online")
    before = home.shown(vendor, *key)
    api = VENDOR_TABLE[vendor].apis["controllers"]
    home.sim.faults.add(Fault("bad_room", vendor, api, controller.rooms_id))
    await home.live(2 * BACKGROUND_INTERVAL)
    assert home.shown(vendor, *key) == before != "unknown"
    await home.live(3 * BACKGROUND_INTERVAL)
    assert home.shown(vendor, *key) == "unknown"
    assert account.removed_since(registered) == set()
    home.sim.faults.clear()
    await home.live(BACKGROUND_INTERVAL)
    assert home.shown(vendor, *key) == before
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.WRONG_TYPES, LISTERS))
async def test_controller_with_an_unreadable_address_is_kept(account: Account) -> None:
    """No other controller with an id from the name is created."""
    home, vendor = account.home, account.vendor
    await home.live(BACKGROUND_INTERVAL)
    registered = account.registry_ids()
    rows = [
        {
            "rooms_id": each.rooms_id,
            "controller_name": each.controller_name,
            "mac_address": {"address": each.mac_address},
            "status": "1",
        }
        for each in controllers(account)
    ]
    end = {"total_count": len(rows), "total_page": 1, "has_more": False}
    body = json.dumps({"errcode": 0, **end, "controller_info_list": rows})
    api = VENDOR_TABLE[vendor].apis["controllers"]
    home.sim.faults.add(Fault("http", vendor, api, status=200, body=body))
    await home.live(4 * BACKGROUND_INTERVAL)
    assert account.registry_ids() == registered
    home.sim.faults.clear()
    await home.live(BACKGROUND_INTERVAL)
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("vendor", vendor_params(FaultId.WRONG_TYPES, [TENCENT]))
async def test_unreadable_alarms_clear_no_alarm(account: Account) -> None:
    """An alarm stays active while the row of its room has no list of alarms."""
    home = account.home
    room_id = ROOM[TENCENT]
    home.sim.company.change(TENCENT, room_id, status=2, alarms=["device_off_line"])
    await home.live(BACKGROUND_INTERVAL + 60)
    assert room_values(account, room_id, "problem_reason") == ["device_off_line"]
    rows = [{"meeting_room_id": room_id, "rooms_id": "1", "alarm_info_list": "none"}]
    page = {"total_count": 1, "total_page": 1, "monitor_info_list": rows}
    body = json.dumps(page)
    home.sim.faults.add(Fault("http", TENCENT, "alarms", status=200, body=body))
    await home.live(2 * BACKGROUND_INTERVAL)
    assert room_values(account, room_id, "problem_reason") == ["device_off_line"]
