"""Fixtures of the clients' tests: vendors on loopback, and clients for them."""

from collections.abc import AsyncIterator
import socket

from aiohttp import ClientSession
import pytest

from simulator import Simulator

from .accounts import Company
from .scripted import ScriptedVendor, serve


@pytest.fixture
async def sim(socket_enabled: None) -> AsyncIterator[Simulator]:
    """Serve forty rooms whose states change only when a test changes them."""
    async with Simulator(rooms=40, seed=1, speed=0) as simulator:
        yield simulator


@pytest.fixture
async def session(socket_enabled: None) -> AsyncIterator[ClientSession]:
    """Return an HTTP session."""
    async with ClientSession() as opened:
        yield opened


@pytest.fixture
def company(sim: Simulator, session: ClientSession) -> Company:
    """Return clients of the simulated vendors."""
    return Company(sim, session, sim.url)


@pytest.fixture
def hurried(sim: Simulator, session: ClientSession) -> Company:
    """Return clients with a short timeout."""
    return Company(sim, session, sim.url, seconds=0.3)


@pytest.fixture
def nowhere(sim: Simulator, session: ClientSession) -> Company:
    """Return clients of an address without a server."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    return Company(sim, session, f"http://127.0.0.1:{port}")


@pytest.fixture
def vendor() -> ScriptedVendor:
    """Return a vendor with responses that the test sets."""
    return ScriptedVendor()


@pytest.fixture
async def scripted(
    vendor: ScriptedVendor, sim: Simulator, session: ClientSession
) -> AsyncIterator[Company]:
    """Return clients of the scripted vendor."""
    async with serve(vendor) as server:
        yield Company(sim, session, str(server.make_url("")))
