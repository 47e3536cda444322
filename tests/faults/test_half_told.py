"""Test that nothing passes for gone that the vendor just does not tell of."""

from collections.abc import Mapping
import json
from typing import Any, Final

import pytest

from simulator import Fault
from tests.home import LISTERS, QUANSHI, TENCENT, WECOM

from .account import Account
from .fault_ids import FaultId, case
from .line import Mishap, http, only, pass_on
from .outage import FAILED_POLLS, live_through, meets

ROOM: Final = {TENCENT: "100001", WECOM: "RoomId001"}
OTHER: Final = {TENCENT: "100002", WECOM: "200002"}
PATH: Final = {
    TENCENT: "/v1/meeting-rooms?",
    WECOM: "/meeting/rooms/list?",
    QUANSHI: "/confopenapi/",
}
READING: Final = 300
"""Seconds between two readings in the background."""
EMPTY: Final[Mapping[str, dict[str, Any]]] = {
    TENCENT: {"total_count": 0, "total_page": 0, "meeting_room_list": []},
    WECOM: {"has_more": False, "next_cursor": "", "meeting_room_list": []},
    QUANSHI: {"status": 0, "result": []},
}
"""What a company without rooms answers, and what comes with an error."""

CODES: list[tuple[str, dict[str, Any], str]] = [
    (TENCENT, {"error_info": {"error_code": "ERR_BUSY"}}, "200 OK"),
    (TENCENT, {"error_info": {"new_error_code": 500123}}, "200 OK"),
    (TENCENT, {"error_info": "busy"}, "200 OK"),
    (WECOM, {"errcode": "SYSTEM_BUSY"}, "200 OK"),
    (WECOM, {"errcode": [60020]}, "200 OK"),
    (WECOM, {"errcode": None}, "200 OK"),
    (QUANSHI, {}, "500 Internal Server Error"),
    (QUANSHI, {}, "404 Not Found"),
]
ENDS: list[tuple[str, dict[str, Any]]] = [
    (TENCENT, {"total_count": 0, "total_page": 0}),
    (TENCENT, {"total_count": 50, "total_page": 3}),
    (WECOM, {}),
    (WECOM, {"has_more": -1}),
    (WECOM, {"has_more": 0, "next_cursor": "c1"}),
]


def says(vendor: str, fields: Mapping[str, Any], status: str = "200 OK") -> Mishap:
    """Answer the call for the list with these fields."""
    return only(PATH[vendor], http(json.dumps(fields), status))


@pytest.mark.parametrize(
    ("vendor", "fields", "status"),
    [
        pytest.param(
            *each, id=f"{each[0]} {case(FaultId.UNREADABLE_CODE, str(each[1:]))}"
        )
        for each in CODES
    ],
)
async def test_an_error_that_cannot_be_read_is_an_outage(
    account: Account, bystander: str, fields: dict[str, Any], status: str
) -> None:
    """And no company that has given up all its rooms."""
    mishap = says(account.vendor, EMPTY[account.vendor] | fields, status)
    await live_through(account, bystander, meets(mishap))


@pytest.mark.parametrize(
    ("vendor", "fields"),
    [
        pytest.param(QUANSHI, fields, id=f"{QUANSHI} {FaultId.NO_RESULT} {fields}")
        for fields in ({"status": 0}, {"status": 0, "result": None})
    ],
)
async def test_an_answer_without_a_result_removes_nothing(
    account: Account, fields: dict[str, Any]
) -> None:
    """Neither rooms nor conferences."""
    registered = account.registered()
    account.line.mishap = says(QUANSHI, fields)
    await account.polls(FAILED_POLLS + 2)
    assert account.lost(registered) == set()
    assert "unavailable" not in account.values().values()
    account.line.mishap = pass_on
    await account.polls(2)
    assert account.harm(registered) == []


@pytest.mark.parametrize("rooms", [104])
@pytest.mark.parametrize(
    ("vendor", "marks"),
    [
        pytest.param(*each, id=f"{each[0]} {case(FaultId.ODD_END, str(each[1]))}")
        for each in ENDS
    ],
)
async def test_an_end_that_does_not_fit_removes_nothing(
    account: Account, marks: dict[str, Any]
) -> None:
    """What the page tells is shown; the rooms of later pages are unknown after a while."""
    registered, truth = account.registered(), account.truth()
    rows = [
        {"meeting_room_id": room, "meeting_room_status": 3} for room in [*truth][:50]
    ]
    account.line.mishap = says(account.vendor, marks | {"meeting_room_list": rows})
    await account.polls(FAILED_POLLS + 2)
    shown = account.rooms()
    told = dict.fromkeys([*truth][:50], "in_use")
    assert shown == dict.fromkeys(truth, "unknown") | told
    assert account.lost(registered) == set()
    account.line.mishap = pass_on
    await account.polls(2)
    assert account.said() == []
    assert account.harm(registered) == []


def shown(account: Account, room: str, *keys: str) -> list[str]:
    """Return what a room shows."""
    return [account.home.shown(account.vendor, room, key) for key in keys]


@pytest.mark.parametrize(
    ("vendor", "api", "keys"),
    [
        pytest.param(vendor, api, keys, id=f"{vendor} {FaultId.UNREADABLE_ROWS} {api}")
        for vendor, api, keys in (
            (TENCENT, "devices", ("camera", "microphone", "speaker")),
            (TENCENT, "alarms", ("problem", "problem_reason")),
            (WECOM, "list_devices", ("camera", "microphone", "speaker")),
        )
    ],
)
async def test_a_row_that_cannot_be_read_clears_nothing(
    account: Account, api: str, keys: tuple[str, ...]
) -> None:
    """What was known of its room stands for a quarter of an hour; other rooms go on."""
    home, vendor = account.home, account.vendor
    room, other = ROOM[vendor], OTHER[vendor]
    home.sim.company.change(vendor, other, status=2, camera=True)
    alarms = ["device_off_line"]
    home.sim.company.change(vendor, room, status=2, camera=True, alarms=alarms)
    await home.live(READING + 60)
    registered, known = account.registered(), shown(account, room, *keys)
    of_other = shown(account, other, *keys)
    assert "unknown" not in (*known, *of_other)
    home.sim.faults.add(Fault("bad_room", vendor, api, room))
    await home.live(2 * READING)
    assert shown(account, room, *keys) == known
    await home.live(3 * READING)
    assert shown(account, room, *keys) != known
    assert shown(account, other, *keys) == of_other
    home.sim.faults.clear()
    await home.live(READING)
    assert shown(account, room, *keys) == known
    assert account.said() == []
    assert account.harm(registered) == []


@pytest.mark.parametrize(
    ("vendor", "api"),
    [
        pytest.param(vendor, api, id=f"{vendor} {FaultId.UNREADABLE_ROWS} {api}")
        for vendor, api in zip(
            LISTERS, ("controllers", "list_controllers"), strict=True
        )
    ],
)
async def test_a_controller_whose_row_cannot_be_read_is_not_removed(
    account: Account, api: str
) -> None:
    """However often; the others go on."""
    home, vendor = account.home, account.vendor
    await home.live(READING)
    registered = account.registered()
    controller = next(
        found
        for room in home.sim.company.rooms_of(vendor)
        if (found := room.properties.controller) is not None
    )
    key = ("controller", f"{controller.rooms_id}_{controller.mac_address}", "online")
    known = home.shown(vendor, *key)
    home.sim.faults.add(Fault("bad_room", vendor, api, controller.rooms_id))
    await home.live(2 * READING)
    assert home.shown(vendor, *key) == known != "unknown"
    await home.live(3 * READING)
    assert home.shown(vendor, *key) == "unknown"
    assert account.lost(registered) == set()
    home.sim.faults.clear()
    await home.live(READING)
    assert home.shown(vendor, *key) == known
    assert account.harm(registered) == []


@pytest.mark.parametrize(
    "vendor",
    [pytest.param(each, id=f"{each} {FaultId.WRONG_TYPES}") for each in LISTERS],
)
async def test_a_controller_whose_address_cannot_be_read_is_no_other_one(
    account: Account,
) -> None:
    """It would be told apart by its name, and the one that was known would be gone."""
    home, vendor = account.home, account.vendor
    await home.live(READING)
    registered = account.registered()
    controllers = [
        found
        for room in home.sim.company.rooms_of(vendor)
        if (found := room.properties.controller) is not None
    ]
    rows = [
        {
            "rooms_id": each.rooms_id,
            "controller_name": each.controller_name,
            "mac_address": {"address": each.mac_address},
            "status": "1",
        }
        for each in controllers
    ]
    answer = {"total_count": len(rows), "total_page": 1, "has_more": False}
    body = json.dumps(answer | {"errcode": 0, "controller_info_list": rows})
    api = {TENCENT: "controllers", WECOM: "list_controllers"}[vendor]
    home.sim.faults.add(Fault("http", vendor, api, status=200, body=body))
    await home.live(4 * READING)
    assert account.registered() == registered
    home.sim.faults.clear()
    await home.live(READING)
    assert account.harm(registered) == []


@pytest.mark.parametrize(
    "vendor", [pytest.param(TENCENT, id=f"{TENCENT} {FaultId.WRONG_TYPES}")]
)
async def test_alarms_that_cannot_be_read_are_not_over(account: Account) -> None:
    """The row names its room, but not what stands against it."""
    home = account.home
    room = ROOM[TENCENT]
    home.sim.company.change(TENCENT, room, status=2, alarms=["device_off_line"])
    await home.live(READING + 60)
    assert shown(account, room, "problem_reason") == ["device_off_line"]
    rows = [{"meeting_room_id": room, "rooms_id": "1", "alarm_info_list": "none"}]
    answer = {"total_count": 1, "total_page": 1, "monitor_info_list": rows}
    body = json.dumps(answer)
    home.sim.faults.add(Fault("http", TENCENT, "alarms", status=200, body=body))
    await home.live(2 * READING)
    assert shown(account, room, "problem_reason") == ["device_off_line"]
