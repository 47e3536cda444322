"""Test that nothing is sent to a server that cannot prove who it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
import ssl

import pytest

from simulator import Simulator

from .account import Account
from .fault_ids import FaultId, cases
from .line import NAME, Line
from .names import Authority, Names
from .outage import live_through

GOOD = "good.pem"
UNTRUSTED = [
    (FaultId.CERTIFICATE_NOT_TRUSTED, "", "foreign.pem"),
    (FaultId.CERTIFICATE_NOT_TRUSTED, "it has ended", "ended.pem"),
    (FaultId.CERTIFICATE_NOT_TRUSTED, "of another host", "other.pem"),
]


@pytest.fixture
def certificates(authority: Authority, tmp_path: Path) -> Path:
    """Return a folder of certificates."""
    for file, content in {
        GOOD: authority.sign(NAME),
        "foreign.pem": Authority.open().sign(NAME),
        "ended.pem": authority.sign_ended(NAME),
        "other.pem": authority.sign("other.vendor.test"),
    }.items():
        (tmp_path / file).write_bytes(content)
    return tmp_path


@pytest.fixture
def tls(certificates: Path) -> ssl.SSLContext:
    """Return what the server speaks TLS with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / GOOD)
    return context


@pytest.fixture
async def line(sim: Simulator, tls: ssl.SSLContext) -> AsyncIterator[Line]:
    """Connect Home Assistant with the vendors by TLS."""
    async with Line(int(sim.url.rpartition(":")[2]), tls) as opened:
        yield opened


@pytest.mark.parametrize(("vendor", "certificate"), cases(UNTRUSTED))
async def test_a_server_with_a_bad_certificate_gets_no_request(
    account: Account,
    bystander: str,
    tls: ssl.SSLContext,
    certificates: Path,
    certificate: str,
) -> None:
    """The account is down until the server has a good one again."""

    @asynccontextmanager
    async def bad_certificate(line: Line, names: Names) -> AsyncIterator[None]:
        tls.load_cert_chain(certificates / certificate)
        yield
        assert line.asked == []
        tls.load_cert_chain(certificates / GOOD)

    await live_through(account, bystander, bad_certificate)
