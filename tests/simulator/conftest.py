"""Start a simulator whose time is stopped, and clients for it."""

from collections.abc import AsyncIterator

from aiohttp import ClientSession
import pytest

from simulator import Simulator

from .clients import QuanshiClient, TencentClient, WecomClient


@pytest.fixture
async def sim(socket_enabled: None) -> AsyncIterator[Simulator]:
    """Serve forty rooms whose states change only manually, at a stopped time."""
    async with Simulator(rooms=40, seed=1, speed=0) as simulator:
        yield simulator


@pytest.fixture
async def session(sim: Simulator) -> AsyncIterator[ClientSession]:
    """Open an HTTP session."""
    async with ClientSession() as opened:
        yield opened


@pytest.fixture
def tencent(sim: Simulator, session: ClientSession) -> TencentClient:
    """Return a client of Tencent Meeting."""
    return TencentClient(sim, session)


@pytest.fixture
def wecom(sim: Simulator, session: ClientSession) -> WecomClient:
    """Return a client of WeCom."""
    return WecomClient(sim, session)


@pytest.fixture
def quanshi(sim: Simulator, session: ClientSession) -> QuanshiClient:
    """Return a client of Quanshi."""
    return QuanshiClient(sim, session)
