"""Fixtures for the tests of faults: a proxy, a resolver, and an account that uses both."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
import logging
from unittest.mock import patch

import pytest

from homeassistant.core import HomeAssistant
from homeassistant.util import ssl as ssl_util
from simulator import Simulator
from tests.home import ALL_ROOMS, Home
from tests.vendors import VENDORS

from .account import Account
from .certificates import CertificateAuthority
from .proxy import FaultyProxy
from .resolver import FaultyResolver

type AddAccount = Callable[[str], Awaitable[Account]]


@pytest.fixture
def resolver() -> Iterator[FaultyResolver]:
    """Replace Home Assistant's resolver, as its test package does."""
    faulty = FaultyResolver()
    with patch(
        "homeassistant.helpers.aiohttp_client._async_make_resolver",
        return_value=faulty,
    ):
        yield faulty


@pytest.fixture
def hass(resolver: FaultyResolver, hass: HomeAssistant) -> HomeAssistant:
    """Return a Home Assistant that resolves the host of the proxy."""
    return hass


@pytest.fixture(scope="session")
def certificate_authority() -> CertificateAuthority:
    """Return a certificate authority that Home Assistant trusts."""
    authority = CertificateAuthority.create()
    ssl_util.client_context(
        ssl_util.SSLCipherList.PYTHON_DEFAULT, ssl_util.SSL_ALPN_HTTP11
    ).load_verify_locations(cadata=authority.pem)
    return authority


@pytest.fixture
def vendor_port(sim: Simulator) -> int:
    """Return the port of the simulated vendors."""
    return int(sim.url.rpartition(":")[2])


@pytest.fixture
async def proxy(vendor_port: int) -> AsyncIterator[FaultyProxy]:
    """Return a proxy in front of the vendors."""
    async with FaultyProxy(vendor_port) as listening:
        yield listening


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Capture the log of every component at debug level."""
    for name in (None, "aiohttp", "asyncio", "custom_components", "homeassistant"):
        caplog.set_level(logging.DEBUG, name)
    return caplog


@pytest.fixture
def add_account(
    home: Home,
    proxy: FaultyProxy,
    resolver: FaultyResolver,
    log: pytest.LogCaptureFixture,
) -> AddAccount:
    """Return a function that adds an account and waits for its first updates."""

    async def add(vendor: str) -> Account:
        entry = await home.add(vendor, ALL_ROOMS, base_url=proxy.url)
        account = Account(
            home=home,
            vendor=vendor,
            entry=entry,
            proxy=proxy,
            resolver=resolver,
            log=log,
        )
        await account.polls(4)
        log.clear()
        proxy.requests.clear()
        return account

    return add


@pytest.fixture
async def other_vendor(home: Home, vendor: str) -> str:
    """Add an account of another vendor without a proxy, and return the vendor."""
    other = VENDORS[VENDORS.index(vendor) - 1]
    await home.add(other)
    return other


@pytest.fixture
async def account(add_account: AddAccount, vendor: str) -> Account:
    """Return an account that has been updated without a fault."""
    return await add_account(vendor)
