"""A line to the vendors that can be spoilt, and an account that uses it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
import logging
from unittest.mock import patch

import pytest

from homeassistant.core import HomeAssistant
from homeassistant.util import ssl as ssl_util
from simulator import Simulator
from tests.home import ALL_ROOMS, VENDORS, Home

from .account import Account
from .line import Line
from .names import Authority, Names

type Open = Callable[[str], Awaitable[Account]]


@pytest.fixture
def names() -> Iterator[Names]:
    """Let Home Assistant ask a service for names that can fail."""
    service = Names()
    with patch(
        "homeassistant.helpers.aiohttp_client._async_make_resolver",
        return_value=service,
    ):
        yield service


@pytest.fixture
def hass(names: Names, hass: HomeAssistant) -> HomeAssistant:
    """Return a Home Assistant that finds the vendors by name."""
    return hass


@pytest.fixture(scope="session")
def authority() -> Authority:
    """Return an authority that Home Assistant trusts."""
    authority = Authority.open()
    ssl_util.client_context(
        ssl_util.SSLCipherList.PYTHON_DEFAULT, ssl_util.SSL_ALPN_HTTP11
    ).load_verify_locations(cadata=authority.pem)
    return authority


@pytest.fixture
async def line(sim: Simulator) -> AsyncIterator[Line]:
    """Connect Home Assistant with the vendors."""
    async with Line(int(sim.url.rpartition(":")[2])) as opened:
        yield opened


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Let everybody say everything."""
    for name in (None, "aiohttp", "asyncio", "custom_components", "homeassistant"):
        caplog.set_level(logging.DEBUG, name)
    return caplog


@pytest.fixture
def open_account(
    home: Home, line: Line, names: Names, log: pytest.LogCaptureFixture
) -> Open:
    """Return what opens an account by way of the line, with everything read once."""

    async def opened(vendor: str) -> Account:
        entry = await home.add(vendor, ALL_ROOMS, base_url=line.url)
        account = Account(
            home=home, vendor=vendor, entry=entry, line=line, names=names, log=log
        )
        await account.polls(4)
        log.clear()
        line.asked.clear()
        return account

    return opened


@pytest.fixture
async def bystander(home: Home, vendor: str) -> str:
    """Return the vendor of another account, which is not concerned."""
    other = VENDORS[VENDORS.index(vendor) - 1]
    await home.add(other)
    return other


@pytest.fixture
async def account(open_account: Open, vendor: str) -> Account:
    """Return an account that has been well for a while."""
    return await open_account(vendor)
