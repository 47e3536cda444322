"""Test how the server starts and stops."""

from aiohttp import ClientConnectionError, ClientSession
import pytest

from simulator import Simulator

from .clients import TencentClient


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.com"])
def test_the_server_rejects_a_public_address(host: str) -> None:
    """The control endpoints have no authentication."""
    with pytest.raises(ValueError):
        Simulator(host=host)


async def test_the_server_can_be_restarted(
    sim: Simulator, session: ClientSession
) -> None:
    """The server has the same address and the same company."""
    tencent = TencentClient(sim, session)
    url = sim.url
    await sim.stop()
    with pytest.raises(ClientConnectionError):
        await tencent.get()
    await sim.start()
    assert sim.url == url
    assert (await tencent.get()).json["total_count"] == 40


async def test_several_simulators_can_run_at_once(
    sim: Simulator, session: ClientSession
) -> None:
    """Each simulator has its own address and log."""
    async with Simulator(rooms=3, seed=2, speed=0) as other:
        await TencentClient(other, session).get()
        assert other.url != sim.url
        assert (sim.requests.count(), other.requests.count()) == (0, 1)


async def test_requests_are_logged_one_by_one(
    sim: Simulator, session: ClientSession
) -> None:
    """The log contains the API and the room."""
    tencent = TencentClient(sim, session)
    await tencent.get()
    await tencent.get("/v1/meeting-rooms/100001")
    assert [(each.api, each.room_id) for each in sim.requests] == [
        ("list", None),
        ("details", "100001"),
    ]
    assert sim.requests.count("tencent_meeting", "details", "100001") == 1
    sim.requests.clear()
    assert len(sim.requests) == 0
