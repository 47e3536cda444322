"""Test that no other host receives a request to the vendor."""

from collections.abc import AsyncIterator

import pytest

from .account import Account
from .fault_ids import FaultId, fault_params
from .outage import check_outage, every_response
from .proxy import FaultyProxy
from .response_faults import respond


@pytest.fixture
async def other_host(vendor_port: int) -> AsyncIterator[FaultyProxy]:
    """Return another host, which would respond like the vendor."""
    async with FaultyProxy(vendor_port) as listening:
        yield listening


STATUSES = [
    (FaultId.REDIRECT, "", "302 Found"),
    (FaultId.REDIRECT, "301", "301 Moved Permanently"),
    (FaultId.REDIRECT, "303", "303 See Other"),
    (FaultId.REDIRECT, "307", "307 Temporary Redirect"),
    (FaultId.REDIRECT, "308", "308 Permanent Redirect"),
]


@pytest.mark.parametrize(("vendor", "status"), fault_params(STATUSES))
async def test_redirect_is_not_followed(
    account: Account, other_vendor: str, other_host: FaultyProxy, status: str
) -> None:
    """The other host receives no request, and therefore no secret."""
    redirect = respond("", status, Location=f"{other_host.url}/v1/meeting-rooms")
    await check_outage(account, other_vendor, every_response(redirect))
    assert other_host.requests == []
