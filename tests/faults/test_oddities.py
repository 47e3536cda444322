"""Test that no value whatever, and no header, upsets the house."""

import json
from typing import Any, Final

import pytest

from homeassistant.const import MAX_LENGTH_STATE_STATE
from tests.home import LISTERS, TENCENT, VENDORS, WECOM, Home

from .account import Account
from .conftest import Open
from .fault_ids import FaultId
from .line import Asked, Caller, Line, Mishap, http, only, pass_on

LIST: Final = {TENCENT: "/v1/meeting-rooms?", WECOM: "/meeting/rooms/list?"}
LONG: Final = "长" * 10_000
ROWS: Final[list[dict[str, Any]]] = [
    {"meeting_room_id": "ok", "meeting_room_name": "Plum", "meeting_room_status": 2},
    {"meeting_room_id": "../../rooms", "meeting_room_name": "Dots"},
    {"meeting_room_id": "a/b?c=d#e", "meeting_room_name": "Slash"},
    {"meeting_room_id": "会议 室", "meeting_room_name": "Space"},
    {"meeting_room_id": "x" * 10_000, "meeting_room_name": "Long id"},
    {"meeting_room_id": "", "meeting_room_name": "No id"},
    {"meeting_room_id": "-", "meeting_room_name": "Dash"},
    {"meeting_room_id": 2**70, "meeting_room_name": "Huge"},
    {"meeting_room_id": "n1", "meeting_room_name": "Two\nlines\x00\x1b[31m"},
    {"meeting_room_id": "n2", "meeting_room_name": LONG},
    {"meeting_room_id": "n3", "meeting_room_name": "{{ states('x') }} <script>"},
    {"meeting_room_id": "n4", "meeting_room_location": LONG},
    {"meeting_room_id": "v1", "participant_number": 2**64, "meeting_room_status": 99},
    {"meeting_room_id": "v2", "participant_number": -1, "meeting_room_status": 2.5},
    {"meeting_room_id": "v3", "participant_number": float("nan")},
    {"meeting_room_id": "v4", "participant_number": "１２", "scheduled_status": "yes"},
    {"meeting_room_id": "s1", "meeting_room_name": "Half \ud83d"},
]
READABLE: Final = 13
"""Rooms that have an id."""


def rows_of(vendor: str) -> Mishap:
    """Answer the call for the list with these rows."""
    ends: dict[str, dict[str, Any]] = {
        TENCENT: {"total_count": len(ROWS), "total_page": 1},
        WECOM: {"has_more": False, "next_cursor": ""},
    }
    answer = {"errcode": 0, "meeting_room_list": ROWS, **ends[vendor]}
    return only(LIST[vendor], http(json.dumps(answer)))


@pytest.mark.parametrize(
    "vendor",
    [pytest.param(each, id=f"{each} {FaultId.ODD_VALUES}") for each in LISTERS],
)
async def test_odd_values_are_shown_as_far_as_they_can_be(
    home: Home, line: Line, open_account: Open, vendor: str
) -> None:
    """Each room for itself; nothing odd reaches a path, a state or the log."""
    line.mishap = rows_of(vendor)
    account = await open_account(vendor)
    await account.polls(4)
    devices = [key for key in home.all_devices() if key != home.unique_id(vendor)]
    assert len(devices) == READABLE
    assert home.shown(vendor, "ok", "status") == "idle"
    assert home.known_device(vendor, "n1").name == "Two lines  [31m"
    assert all(
        len(value) <= MAX_LENGTH_STATE_STATE for value in account.values().values()
    )
    assert all(" " not in asked.target for asked in line.asked)
    assert not any("/../" in asked.target for asked in line.asked)
    assert json.dumps(account.values()).encode()
    assert (account.complaints(), account.leaks()) == ([], [])


def gives_cookies() -> Mishap:
    """Hand out a new cookie with every answer, without an answer."""
    numbers = iter(range(10**9))

    async def mishap(line: Line, asked: Asked, caller: Caller) -> None:
        cookie = f"session{next(numbers)}=1; Path=/; Max-Age=99999"
        await http("{}", "500 Sorry", Set_Cookie=cookie)(line, asked, caller)

    return mishap


@pytest.mark.parametrize(
    "vendor", [pytest.param(each, id=f"{each} {FaultId.COOKIES}") for each in VENDORS]
)
async def test_a_cookie_is_not_kept(account: Account) -> None:
    """Neither for the same account nor for another one at the same host."""
    account.line.mishap = gives_cookies()
    await account.polls(3)
    account.line.mishap = pass_on
    await account.polls(2)
    assert [asked.cookies for asked in account.line.asked if asked.cookies] == []
    assert account.rooms() == account.truth()
