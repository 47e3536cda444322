"""Test lists with more rooms than the client accepts."""

from collections.abc import Iterator
from itertools import count
import json
from typing import Any

import pytest

from tests.vendors import LISTERS, VENDOR_TABLE

from .account import Account
from .fault_ids import FaultId, fault_name
from .outage import check_outage, every_response
from .proxy import ClientConnection, FaultyProxy, ProxiedRequest, ResponseFault
from .response_faults import only_for, respond

TOO_MANY = 100_000


def page(vendor: str, number: int, rooms: int) -> str:
    """Return a page of unknown rooms that is followed by another page."""
    rows = [
        {"meeting_room_id": f"{number}-{each}", "meeting_room_status": 2}
        for each in range(rooms)
    ]
    return json.dumps(VENDOR_TABLE[vendor].page_before_others(rows))


def endless_pages(vendor: str) -> ResponseFault:
    """Respond to each request for the list with another page."""
    numbers = count()

    async def fault(
        proxy: FaultyProxy, request: ProxiedRequest, client: ClientConnection
    ) -> None:
        next_page = page(vendor, next(numbers), VENDOR_TABLE[vendor].page_size)
        await respond(next_page)(proxy, request, client)

    return only_for(VENDOR_TABLE[vendor].list_path, fault)


def endless_page(vendor: str) -> ResponseFault:
    """Respond to each request for the list with one page of too many rooms."""
    fault = respond(page(vendor, 1, TOO_MANY))
    return only_for(VENDOR_TABLE[vendor].list_path, fault)


def endless_lists() -> Iterator[Any]:
    """Yield both kinds of an endless list for each vendor."""
    for vendor in LISTERS:
        for variant, fault in (("pages", endless_pages), ("page", endless_page)):
            name = f"{vendor} {fault_name(FaultId.ENDLESS_LIST, variant)}"
            yield pytest.param(vendor, fault(vendor), id=name)


@pytest.mark.parametrize(("vendor", "fault"), endless_lists())
async def test_endless_list_is_an_outage(
    account: Account, other_vendor: str, fault: ResponseFault
) -> None:
    """The client stops at a maximum number of pages and of rooms on a page."""
    await check_outage(account, other_vendor, every_response(fault))
