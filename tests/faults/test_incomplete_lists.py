"""Test responses with an unclear error or end, which remove no room."""

from collections.abc import Mapping
import json
from typing import Any

import pytest

from tests.vendors import QUANSHI, TENCENT, VENDOR_TABLE, WECOM

from .account import Account
from .fault_ids import FaultId, fault_name
from .outage import FAILED_POLLS, check_outage, every_response
from .proxy import ResponseFault, forward
from .response_faults import only_for, respond

UNREADABLE_CODES: list[tuple[str, dict[str, Any], str]] = [
    (TENCENT, {"error_info": {"error_code": "ERR_BUSY"}}, "200 OK"),
    (TENCENT, {"error_info": {"new_error_code": 500123}}, "200 OK"),
    (TENCENT, {"error_info": "busy"}, "200 OK"),
    (WECOM, {"errcode": "SYSTEM_BUSY"}, "200 OK"),
    (WECOM, {"errcode": [60020]}, "200 OK"),
    (WECOM, {"errcode": None}, "200 OK"),
    (QUANSHI, {}, "500 Internal Server Error"),
    (QUANSHI, {}, "404 Not Found"),
]
NO_RESULTS: list[dict[str, Any]] = [{"status": 0}, {"status": 0, "result": None}]
ODD_ENDS: list[tuple[str, dict[str, Any]]] = [
    (TENCENT, {"total_count": 0, "total_page": 0}),
    (TENCENT, {"total_count": 50, "total_page": 3}),
    (WECOM, {}),
    (WECOM, {"has_more": -1}),
    (WECOM, {"has_more": 0, "next_cursor": "c1"}),
]


def respond_to_list(
    vendor: str, fields: Mapping[str, Any], status: str = "200 OK"
) -> ResponseFault:
    """Respond to the requests for the list with these fields."""
    path = VENDOR_TABLE[vendor].list_path
    return only_for(path, respond(json.dumps(fields), status))


@pytest.mark.parametrize(
    ("vendor", "fields", "status"),
    [
        pytest.param(
            *case,
            id=f"{case[0]} {fault_name(FaultId.UNREADABLE_CODE, str(case[1:]))}",
        )
        for case in UNREADABLE_CODES
    ],
)
async def test_unreadable_error_is_an_outage(
    account: Account, other_vendor: str, fields: dict[str, Any], status: str
) -> None:
    """An empty list beside an unreadable error does not remove the rooms."""
    empty_list = VENDOR_TABLE[account.vendor].last_page([])
    fault = respond_to_list(account.vendor, empty_list | fields, status)
    await check_outage(account, other_vendor, every_response(fault))


@pytest.mark.parametrize(
    ("vendor", "fields"),
    [
        pytest.param(QUANSHI, fields, id=f"{QUANSHI} {FaultId.NO_RESULT} {fields}")
        for fields in NO_RESULTS
    ],
)
async def test_missing_result_removes_nothing(
    account: Account, fields: dict[str, Any]
) -> None:
    """A successful response without a result is not an empty list."""
    registered = account.registry_ids()
    account.proxy.fault = respond_to_list(QUANSHI, fields)
    await account.polls(FAILED_POLLS + 2)
    assert account.removed_since(registered) == set()
    assert "unavailable" not in account.values().values()
    account.proxy.fault = forward
    await account.polls(2)
    assert account.problems_since(registered) == []


@pytest.mark.parametrize("rooms", [104])
@pytest.mark.parametrize(
    ("vendor", "end"),
    [
        pytest.param(*case, id=f"{case[0]} {fault_name(FaultId.ODD_END, str(case[1]))}")
        for case in ODD_ENDS
    ],
)
async def test_inconsistent_end_of_list_removes_nothing(
    account: Account, end: dict[str, Any]
) -> None:
    """The rooms of the first page are updated; the others become unknown after three polls."""
    registered, rooms = account.registry_ids(), [*account.vendor_states()]
    listed = rooms[:50]
    rows = [{"meeting_room_id": room, "meeting_room_status": 3} for room in listed]
    fields = {**end, "meeting_room_list": rows}
    account.proxy.fault = respond_to_list(account.vendor, fields)
    await account.polls(FAILED_POLLS + 2)
    expected = dict.fromkeys(rooms, "unknown") | dict.fromkeys(listed, "in_use")
    assert account.room_states() == expected
    assert account.removed_since(registered) == set()
    account.proxy.fault = forward
    await account.polls(2)
    assert account.log_messages() == []
    assert account.problems_since(registered) == []
