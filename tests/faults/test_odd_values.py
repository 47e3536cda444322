"""Test unusual values in a list of rooms, and cookies."""

from itertools import count
import json
from typing import Any, Final

import pytest

from homeassistant.const import MAX_LENGTH_STATE_STATE
from tests.home import Home
from tests.vendors import LISTERS, VENDOR_TABLE

from .account import Account
from .conftest import AddAccount
from .fault_ids import FaultId, vendor_params
from .proxy import ClientConnection, FaultyProxy, ProxiedRequest, ResponseFault, forward
from .response_faults import only_for, respond

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
ROOMS_WITH_AN_ID: Final = 13


@pytest.mark.parametrize("vendor", vendor_params(FaultId.ODD_VALUES, LISTERS))
async def test_odd_values_affect_only_their_room(
    home: Home, proxy: FaultyProxy, add_account: AddAccount, vendor: str
) -> None:
    """A value that cannot be used reaches no request, no state and no log line."""
    row = VENDOR_TABLE[vendor]
    proxy.fault = only_for(row.list_path, respond(json.dumps(row.last_page(ROWS))))
    account = await add_account(vendor)
    await account.polls(4)
    devices = [key for key in home.all_devices() if key != home.unique_id(vendor)]
    values, targets = account.values(), [each.target for each in proxy.requests]
    assert len(devices) == ROOMS_WITH_AN_ID
    assert home.shown(vendor, "ok", "status") == "idle"
    assert home.known_device(vendor, "n1").name == "Two lines  [31m"
    assert all(len(value) <= MAX_LENGTH_STATE_STATE for value in values.values())
    assert not any(" " in target or "/../" in target for target in targets)
    assert json.dumps(values).encode()
    assert account.log_problems() == []


def failures_with_cookies() -> ResponseFault:
    """Respond with an error and another cookie each time."""
    numbers = count()

    async def fault(
        proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
    ) -> None:
        cookie = f"session{next(numbers)}=1; Path=/; Max-Age=99999"
        await respond("{}", "500 Sorry", Set_Cookie=cookie)(proxy, request, client)

    return fault


@pytest.mark.parametrize("vendor", vendor_params(FaultId.COOKIES))
async def test_cookies_are_not_sent_back(account: Account) -> None:
    """No later request carries a cookie."""
    account.proxy.fault = failures_with_cookies()
    await account.polls(3)
    account.proxy.fault = forward
    await account.polls(2)
    assert [each.cookies for each in account.proxy.requests if each.cookies] == []
    assert account.room_states() == account.vendor_states()
