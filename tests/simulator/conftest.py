"""Start a company whose time stands still, and callers for it."""

from collections.abc import AsyncIterator

from aiohttp import ClientSession
import pytest

from simulator import Simulator

from .callers import QuanshiCaller, TencentCaller, WecomCaller


@pytest.fixture
async def sim(socket_enabled: None) -> AsyncIterator[Simulator]:
    """Serve forty rooms in which nothing moves by itself."""
    async with Simulator(rooms=40, seed=1, speed=0) as simulator:
        yield simulator


@pytest.fixture
async def session(sim: Simulator) -> AsyncIterator[ClientSession]:
    """Open a session for HTTP."""
    async with ClientSession() as opened:
        yield opened


@pytest.fixture
def tencent(sim: Simulator, session: ClientSession) -> TencentCaller:
    """Call Tencent Meeting."""
    return TencentCaller(sim, session)


@pytest.fixture
def wecom(sim: Simulator, session: ClientSession) -> WecomCaller:
    """Call WeCom."""
    return WecomCaller(sim, session)


@pytest.fixture
def quanshi(sim: Simulator, session: ClientSession) -> QuanshiCaller:
    """Call Quanshi."""
    return QuanshiCaller(sim, session)
