"""Test that nobody else ever gets what is meant for a vendor."""

from collections.abc import AsyncIterator

import pytest

from simulator import Simulator

from .account import Account
from .fault_ids import FaultId, cases
from .line import Line, http
from .outage import live_through, meets


@pytest.fixture
async def elsewhere(sim: Simulator) -> AsyncIterator[Line]:
    """Return another host, which would answer as the vendor does."""
    async with Line(int(sim.url.rpartition(":")[2])) as opened:
        yield opened


STATUSES = [
    (FaultId.REDIRECT, "", "302 Found"),
    (FaultId.REDIRECT, "301", "301 Moved Permanently"),
    (FaultId.REDIRECT, "303", "303 See Other"),
    (FaultId.REDIRECT, "307", "307 Temporary Redirect"),
    (FaultId.REDIRECT, "308", "308 Permanent Redirect"),
]


@pytest.mark.parametrize(("vendor", "status"), cases(STATUSES))
async def test_a_redirect_is_not_followed(
    account: Account, bystander: str, elsewhere: Line, status: str
) -> None:
    """The other host gets no request, thus no secret."""
    leads_away = http("", status, Location=f"{elsewhere.url}/v1/meeting-rooms")
    await live_through(account, bystander, meets(leads_away))
    assert elsewhere.asked == []
