"""Test that more rooms than anybody has are not believed."""

import json
from typing import Any

import pytest

from tests.home import LISTERS, TENCENT, WECOM

from .account import Account
from .fault_ids import FaultId
from .line import Asked, Caller, Line, Mishap, http, only
from .outage import live_through, meets

PATH = {TENCENT: "/v1/meeting-rooms?", WECOM: "/meeting/rooms/list?"}
ON_PAGE = {TENCENT: 50, WECOM: 1000}
"""WeCom may hand out more than was asked for: so few calls see that there is no end."""
TOO_MANY = 100_000


def a_page(vendor: str, number: int, rooms: int) -> bytes:
    """Return a page of rooms that nobody has, and that promises another."""
    rows = [
        {"meeting_room_id": f"{number}-{each}", "meeting_room_status": 2}
        for each in range(rooms)
    ]
    ends: dict[str, dict[str, Any]] = {
        TENCENT: {"total_count": 10**7, "total_page": 10**5},
        WECOM: {"has_more": True, "next_cursor": f"cursor {number}"},
    }
    return json.dumps(
        {"errcode": 0, "meeting_room_list": rows, **ends[vendor]}
    ).encode()


def without_end(vendor: str) -> Mishap:
    """Answer each call for the list with a page of new rooms."""
    counted = iter(range(10**9))

    async def mishap(line: Line, asked: Asked, caller: Caller) -> None:
        await http(a_page(vendor, next(counted), ON_PAGE[vendor]))(line, asked, caller)

    return only(PATH[vendor], mishap)


CASES = [
    *(
        pytest.param(
            vendor, without_end(vendor), id=f"{vendor} {FaultId.ENDLESS_LIST}: pages"
        )
        for vendor in LISTERS
    ),
    *(
        pytest.param(
            vendor,
            only(PATH[vendor], http(a_page(vendor, 1, TOO_MANY))),
            id=f"{vendor} {FaultId.ENDLESS_LIST}: page",
        )
        for vendor in LISTERS
    ),
]


@pytest.mark.parametrize(("vendor", "mishap"), CASES)
async def test_rooms_without_end_are_not_believed(
    account: Account, bystander: str, mishap: Mishap
) -> None:
    """Neither on pages without end, nor on one page: nobody has so many."""
    await live_through(account, bystander, meets(mishap))
