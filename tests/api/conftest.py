"""Start the vendors on loopback, and open clients for them."""

from collections.abc import AsyncIterator
import socket

from aiohttp import ClientSession
import pytest

from simulator import Simulator

from .accounts import Company
from .scripted import ScriptedVendor, serve


@pytest.fixture
async def sim(socket_enabled: None) -> AsyncIterator[Simulator]:
    """Serve forty rooms in which nothing moves by itself."""
    async with Simulator(rooms=40, seed=1, speed=0) as simulator:
        yield simulator


@pytest.fixture
async def session(socket_enabled: None) -> AsyncIterator[ClientSession]:
    """Open a session for HTTP."""
    async with ClientSession() as opened:
        yield opened


@pytest.fixture
def company(sim: Simulator, session: ClientSession) -> Company:
    """Open clients of the simulated vendors."""
    return Company(sim, session, sim.url)


@pytest.fixture
def hurried(sim: Simulator, session: ClientSession) -> Company:
    """Open clients that do not wait long."""
    return Company(sim, session, sim.url, seconds=0.3)


@pytest.fixture
def nowhere(sim: Simulator, session: ClientSession) -> Company:
    """Open clients of an address at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    return Company(sim, session, f"http://127.0.0.1:{port}")


@pytest.fixture
def vendor() -> ScriptedVendor:
    """Return a vendor that answers what the test lays down."""
    return ScriptedVendor()


@pytest.fixture
async def scripted(
    vendor: ScriptedVendor, sim: Simulator, session: ClientSession
) -> AsyncIterator[Company]:
    """Open clients of the scripted vendor."""
    async with serve(vendor) as server:
        yield Company(sim, session, str(server.make_url("")))
