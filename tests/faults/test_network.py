"""Test failures of the network between Home Assistant and the vendor."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from .account import Account
from .fault_ids import FaultId, fault_params
from .outage import Outage, check_outage, every_response
from .proxy import FaultyProxy
from .resolver import FaultyResolver
from .response_faults import (
    hang_after,
    reset_connection,
    respond_raw,
    response_head,
    trickle,
)

HALF = response_head(Content_Length="1000") + b'{"errcode": 0, "status": 0, "meeting'
EARLY_HINTS = response_head("103 Early Hints", Link="</style.css>") * 3
TRICKLING = trickle(response_head(Transfer_Encoding="chunked"), b"1\r\n{\r\n")


@asynccontextmanager
async def connections_refused(
    proxy: FaultyProxy, resolver: FaultyResolver
) -> AsyncIterator[None]:
    """Refuse every connection."""
    await proxy.stop()
    yield
    await proxy.start()


@asynccontextmanager
async def dns_unavailable(
    proxy: FaultyProxy, resolver: FaultyResolver
) -> AsyncIterator[None]:
    """Fail to resolve every host name."""
    resolver.available = False
    yield
    resolver.available = True


@asynccontextmanager
async def one_byte_a_second(
    proxy: FaultyProxy, resolver: FaultyResolver
) -> AsyncIterator[None]:
    """Send one byte a second, so that no single read times out."""
    proxy.stall_seconds, usual = 1, proxy.stall_seconds
    async with every_response(TRICKLING)(proxy, resolver):
        yield
    proxy.stall_seconds = usual


OUTAGES: list[tuple[FaultId, str, Outage]] = [
    (FaultId.CONNECTION_REFUSED, "", connections_refused),
    (FaultId.NAME_NOT_FOUND, "", dns_unavailable),
    (FaultId.CONNECTION_RESET, "", every_response(reset_connection)),
    (FaultId.CONNECTION_CLOSED, "", every_response(respond_raw(b""))),
    (FaultId.SILENT_BEFORE_ANSWER, "", every_response(hang_after())),
    (
        FaultId.SILENT_BEFORE_ANSWER,
        "early hints",
        every_response(hang_after(EARLY_HINTS)),
    ),
    (FaultId.SILENT_WITHIN_ANSWER, "", every_response(hang_after(HALF))),
    (FaultId.DRIBBLING_ANSWER, "", one_byte_a_second),
    (FaultId.ANSWER_CUT_OFF, "", every_response(respond_raw(HALF))),
    (FaultId.NO_HTTP, "", every_response(respond_raw(b"SSH-2.0-OpenSSH_10.0\r\n"))),
    (
        FaultId.WRONG_LENGTH,
        "",
        every_response(respond_raw(response_head(Content_Length="-1"))),
    ),
]


@pytest.mark.parametrize(("vendor", "outage"), fault_params(OUTAGES))
async def test_network_failure_is_an_outage(
    account: Account, other_vendor: str, outage: Outage
) -> None:
    """The account has the outage that the reliability page describes."""
    await check_outage(account, other_vendor, outage)
