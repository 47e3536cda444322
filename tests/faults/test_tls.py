"""Test that a server without a valid certificate receives no request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
import ssl

import pytest

from .account import Account
from .certificates import CertificateAuthority
from .fault_ids import FaultId, fault_params
from .outage import check_outage
from .proxy import HOST, FaultyProxy
from .resolver import FaultyResolver

VALID = "valid.pem"
INVALID = [
    (FaultId.CERTIFICATE_NOT_TRUSTED, "", "untrusted.pem"),
    (FaultId.CERTIFICATE_NOT_TRUSTED, "expired", "expired.pem"),
    (FaultId.CERTIFICATE_NOT_TRUSTED, "of another host", "other_host.pem"),
]


@pytest.fixture
def certificates(certificate_authority: CertificateAuthority, tmp_path: Path) -> Path:
    """Return a folder of certificates."""
    for file, content in {
        VALID: certificate_authority.sign(HOST),
        "untrusted.pem": CertificateAuthority.create().sign(HOST),
        "expired.pem": certificate_authority.sign_expired(HOST),
        "other_host.pem": certificate_authority.sign("other.vendor.test"),
    }.items():
        (tmp_path / file).write_bytes(content)
    return tmp_path


@pytest.fixture
def tls(certificates: Path) -> ssl.SSLContext:
    """Return the TLS context of the proxy."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates / VALID)
    return context


@pytest.fixture
async def proxy(vendor_port: int, tls: ssl.SSLContext) -> AsyncIterator[FaultyProxy]:
    """Return a proxy that uses TLS."""
    async with FaultyProxy(vendor_port, tls) as listening:
        yield listening


@pytest.mark.parametrize(("vendor", "certificate"), fault_params(INVALID))
async def test_server_with_an_invalid_certificate_gets_no_request(
    account: Account,
    other_vendor: str,
    tls: ssl.SSLContext,
    certificates: Path,
    certificate: str,
) -> None:
    """The outage lasts until the server has a valid certificate."""

    @asynccontextmanager
    async def invalid_certificate(
        proxy: FaultyProxy, resolver: FaultyResolver
    ) -> AsyncIterator[None]:
        tls.load_cert_chain(certificates / certificate)
        yield
        assert proxy.requests == []
        tls.load_cert_chain(certificates / VALID)

    await check_outage(account, other_vendor, invalid_certificate)
