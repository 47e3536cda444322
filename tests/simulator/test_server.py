"""Test how the server comes and goes."""

from aiohttp import ClientConnectionError, ClientSession
import pytest

from simulator import Simulator

from .callers import TencentCaller


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.com"])
def test_the_server_refuses_to_be_public(host: str) -> None:
    """There is no lock on the control panel."""
    with pytest.raises(ValueError):
        Simulator(host=host)


async def test_the_server_can_go_away_and_come_back(
    sim: Simulator, session: ClientSession
) -> None:
    """At the same address, with the same company."""
    tencent = TencentCaller(sim, session)
    url = sim.url
    await sim.stop()
    with pytest.raises(ClientConnectionError):
        await tencent.get()
    await sim.start()
    assert sim.url == url
    assert (await tencent.get()).json["total_count"] == 40


async def test_several_companies_can_be_served_at_once(
    sim: Simulator, session: ClientSession
) -> None:
    """Each at its own address, with its own log."""
    async with Simulator(rooms=3, seed=2, speed=0) as other:
        await TencentCaller(other, session).get()
        assert other.url != sim.url
        assert (sim.requests.count(), other.requests.count()) == (0, 1)


async def test_requests_are_told_one_by_one(
    sim: Simulator, session: ClientSession
) -> None:
    """Who was asked for what, and for which room."""
    tencent = TencentCaller(sim, session)
    await tencent.get()
    await tencent.get("/v1/meeting-rooms/100001")
    assert [(each.api, each.room_id) for each in sim.requests] == [
        ("list", None),
        ("details", "100001"),
    ]
    assert sim.requests.count("tencent_meeting", "details", "100001") == 1
    sim.requests.clear()
    assert len(sim.requests) == 0
