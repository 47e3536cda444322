"""Test the endpoint that people and other programs control the company with."""

from typing import Any

from aiohttp import ClientSession
import pytest

from simulator import Simulator

from .callers import TencentCaller


async def ask(
    sim: Simulator, session: ClientSession, method: str, path: str, body: Any = None
) -> tuple[int, Any]:
    """Ask the endpoint; JSON comes back parsed."""
    async with session.request(
        method, f"{sim.url}/_control/{path}", json=body
    ) as reply:
        is_json = reply.content_type == "application/json"
        return reply.status, await (reply.json() if is_json else reply.text())


async def test_the_endpoint_explains_itself(
    sim: Simulator, session: ClientSession
) -> None:
    """In plain text."""
    status, text = await ask(sim, session, "GET", "")
    assert status == 200
    assert "/_control/truth" in text


async def test_the_truth_is_told(sim: Simulator, session: ClientSession) -> None:
    """With the conferences beside the rooms."""
    _, truth = await ask(sim, session, "GET", "truth")
    assert truth.pop("quanshi_conferences")
    assert truth == sim.truth()


async def test_requests_are_counted_and_forgotten(
    sim: Simulator, session: ClientSession, tencent: TencentCaller
) -> None:
    """By vendor and API."""
    await tencent.get()
    _, counted = await ask(sim, session, "GET", "requests")
    assert counted == {"total": 1, "by_api": {"tencent_meeting/list": 1}}
    await ask(sim, session, "DELETE", "requests")
    assert (await ask(sim, session, "GET", "requests"))[1]["total"] == 0


async def test_a_room_is_changed_and_released(
    sim: Simulator, session: ClientSession
) -> None:
    """The new state comes back."""
    path = "rooms/tencent_meeting/100001"
    before = sim.truth()["tencent_meeting"]["100001"]
    body = {"status": 4, "cpu_usage": "93%", "camera": False, "sn": "SN-7"}
    assert await ask(sim, session, "PATCH", path, body) == (200, "offline")
    room = sim.estate.tencent_meeting["100001"]
    assert (room.cpu_usage, room.camera) == ("93%", False)
    released = await ask(sim, session, "PATCH", path, {"release": ["status"]})
    assert released == (200, before)


@pytest.mark.parametrize(
    ("vendor", "room_id"),
    [("tencent_meeting", "100003"), ("wecom", "RoomId001"), ("quanshi", "6516")],
)
async def test_a_meeting_starts_and_ends(
    sim: Simulator, session: ClientSession, vendor: str, room_id: str
) -> None:
    """In a room of any vendor."""
    path = f"rooms/{vendor}/{room_id}"
    assert await ask(sim, session, "PATCH", path, {"meeting": True}) == (200, "in_use")
    assert await ask(sim, session, "PATCH", path, {"meeting": False}) == (200, "idle")


async def test_rooms_open_and_close(sim: Simulator, session: ClientSession) -> None:
    """The id of the new one comes back."""
    body = {"name": "新会议室", "room_id": "777"}
    opened = await ask(sim, session, "POST", "rooms/wecom", body)
    assert opened == (201, {"room_id": "777"})
    assert "777" in sim.estate.wecom
    assert (await ask(sim, session, "DELETE", "rooms/wecom/777"))[0] == 204
    assert "777" not in sim.estate.wecom


async def test_a_conference_is_run_and_cancelled(
    sim: Simulator, session: ClientSession
) -> None:
    """Each change tells the new state."""
    now = sim.estate.clock.present
    room_id = next(iter(sim.estate.quanshi.rooms))
    booking = sim.estate.quanshi.book("评审", now, now + 3600, room_id)
    path = f"conferences/{booking.event_id}"
    told = [
        (await ask(sim, session, "PATCH", path, body))[1]
        for body in (
            {"approve": room_id},
            {"run": True},
            {"run": False},
            {"cancel": True},
            {"delete": True},
        )
    ]
    assert told == ["created", "in_progress", "ended", "cancelled", "cancelled"]


async def test_faults_are_put_in_force_and_taken_back(
    sim: Simulator, session: ClientSession, tencent: TencentCaller
) -> None:
    """From outside as from inside."""
    body = {"kind": "http", "vendor": "tencent_meeting", "status": 503}
    assert (await ask(sim, session, "POST", "faults", body))[0] == 201
    assert (await tencent.get()).status == 503
    _, listed = await ask(sim, session, "GET", "faults")
    assert (listed[0]["kind"], listed[0]["used"]) == ("http", 1)
    await ask(sim, session, "DELETE", "faults")
    assert (await tencent.get()).status == 200


async def test_the_office_moves_forward(sim: Simulator, session: ClientSession) -> None:
    """By as many seconds as asked."""
    before = sim.estate.clock.office
    assert (await ask(sim, session, "POST", "advance", {"seconds": 90}))[0] == 204
    assert sim.estate.clock.office == before + 90


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "rooms/wecom/nowhere", {"status": 2}),
        ("PATCH", "rooms/nobody/1", {"status": 2}),
        ("PATCH", "rooms/wecom/RoomId001", {"status": 9}),
        ("PATCH", "rooms/quanshi/6516", {"colour": "red"}),
        ("DELETE", "rooms/wecom/nowhere", None),
        ("POST", "faults", {"kind": "earthquake"}),
        ("POST", "faults", {"colour": "red"}),
        ("POST", "advance", {}),
        ("PATCH", "conferences/1", {"run": True}),
    ],
)
async def test_a_wrong_request_is_explained(
    sim: Simulator, session: ClientSession, method: str, path: str, body: Any
) -> None:
    """In one line."""
    status, text = await ask(sim, session, method, path, body)
    assert status == 400
    assert ":" in text
