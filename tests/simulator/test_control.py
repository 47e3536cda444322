"""Test the control endpoints."""

from typing import Any

from aiohttp import ClientSession
import pytest

from simulator import Simulator

from .clients import TencentClient


async def control(
    sim: Simulator, session: ClientSession, method: str, path: str, body: Any = None
) -> tuple[int, Any]:
    """Send a request to a control endpoint; JSON is parsed."""
    async with session.request(
        method, f"{sim.url}/_control/{path}", json=body
    ) as reply:
        is_json = reply.content_type == "application/json"
        return reply.status, await (reply.json() if is_json else reply.text())


async def test_the_endpoints_are_listed(sim: Simulator, session: ClientSession) -> None:
    """The page is plain text."""
    status, text = await control(sim, session, "GET", "")
    assert status == 200
    assert "/_control/truth" in text


async def test_the_actual_states_are_returned(
    sim: Simulator, session: ClientSession
) -> None:
    """The response contains the rooms and the conferences."""
    _, truth = await control(sim, session, "GET", "truth")
    assert truth.pop("quanshi_conferences")
    assert truth == sim.truth()


async def test_requests_are_counted_and_reset(
    sim: Simulator, session: ClientSession, tencent: TencentClient
) -> None:
    """The counts are by vendor and API."""
    await tencent.get()
    _, counted = await control(sim, session, "GET", "requests")
    assert counted == {"total": 1, "by_api": {"tencent_meeting/list": 1}}
    await control(sim, session, "DELETE", "requests")
    assert (await control(sim, session, "GET", "requests"))[1]["total"] == 0


async def test_a_room_is_changed_and_released(
    sim: Simulator, session: ClientSession
) -> None:
    """The response is the new status."""
    path = "rooms/tencent_meeting/100001"
    before = sim.truth()["tencent_meeting"]["100001"]
    body = {"status": 4, "cpu_usage": "93%", "camera": False, "sn": "SN-7"}
    assert await control(sim, session, "PATCH", path, body) == (200, "offline")
    room = sim.company.tencent_meeting["100001"]
    assert (room.cpu_usage, room.camera) == ("93%", False)
    released = await control(sim, session, "PATCH", path, {"release": ["status"]})
    assert released == (200, before)


@pytest.mark.parametrize(
    ("vendor", "room_id"),
    [("tencent_meeting", "100003"), ("wecom", "RoomId001"), ("quanshi", "6516")],
)
async def test_a_meeting_starts_and_ends(
    sim: Simulator, session: ClientSession, vendor: str, room_id: str
) -> None:
    """A room of any vendor can hold a meeting."""
    path = f"rooms/{vendor}/{room_id}"
    assert await control(sim, session, "PATCH", path, {"meeting": True}) == (
        200,
        "in_use",
    )
    assert await control(sim, session, "PATCH", path, {"meeting": False}) == (
        200,
        "idle",
    )


async def test_rooms_are_added_and_removed(
    sim: Simulator, session: ClientSession
) -> None:
    """The response contains the new id."""
    body = {"name": "新会议室", "room_id": "777"}
    opened = await control(sim, session, "POST", "rooms/wecom", body)
    assert opened == (201, {"room_id": "777"})
    assert "777" in sim.company.wecom
    assert (await control(sim, session, "DELETE", "rooms/wecom/777"))[0] == 204
    assert "777" not in sim.company.wecom


async def test_a_conference_is_started_and_cancelled(
    sim: Simulator, session: ClientSession
) -> None:
    """Each response is the new status."""
    now = sim.company.clock.now
    room_id = next(iter(sim.company.quanshi.rooms))
    booking = sim.company.quanshi.book("评审", now, now + 3600, room_id)
    path = f"conferences/{booking.event_id}"
    states = [
        (await control(sim, session, "PATCH", path, body))[1]
        for body in (
            {"approve": room_id},
            {"run": True},
            {"run": False},
            {"move": 600},
            {"cancel": True},
            {"delete": True},
        )
    ]
    ended = ["ended", "ended"]
    assert states == ["created", "in_progress", *ended, "cancelled", "cancelled"]
    assert booking.end - booking.start == 3600
    assert booking.start == int(now) + 600


@pytest.mark.parametrize(
    ("vendor", "room_id"),
    [("tencent_meeting", "100003"), ("wecom", "RoomId001"), ("quanshi", "6516")],
)
async def test_a_room_is_booked_and_the_booking_changed(
    sim: Simulator, session: ClientSession, vendor: str, room_id: str
) -> None:
    """Each response is the booking, which the list contains."""
    path, now = f"bookings/{vendor}", int(sim.company.clock.now)
    room = f"{path}?room_id={room_id}"
    assert (await control(sim, session, "DELETE", room))[0] == 204
    assert await control(sim, session, "GET", room) == (200, [])
    body = {"room_id": room_id, "minutes": 10, "subject": "Board", "tentative": True}
    status, made = await control(sim, session, "POST", path, body)
    assert (status, made["start"], made["end"]) == (201, now, now + 600)
    assert (made["subject"], made["status"]) == ("Board", "requested")
    one = f"{path}/{made['booking_id']}"
    moved = await control(sim, session, "PATCH", one, {"end": now + 900})
    assert moved == (200, made | {"end": now + 900})
    _, cancelled = await control(sim, session, "PATCH", one, {"cancel": True})
    assert cancelled["status"] == "cancelled"
    assert await control(sim, session, "GET", room) == (200, [cancelled])


async def test_a_meeting_is_ended_early(sim: Simulator, session: ClientSession) -> None:
    """The booked end stays."""
    now = int(sim.company.clock.now)
    body = {"room_id": "100001", "start": now - 60, "end": now + 60}
    _, made = await control(sim, session, "POST", "bookings/tencent_meeting", body)
    path = f"bookings/tencent_meeting/{made['booking_id']}"
    _, ended = await control(sim, session, "PATCH", path, {"end_now": True})
    assert ended == made | {"ended_at": now}


async def test_faults_are_added_and_removed(
    sim: Simulator, session: ClientSession, tencent: TencentClient
) -> None:
    """The faults apply to the next request."""
    body = {"kind": "http", "vendor": "tencent_meeting", "status": 503}
    assert (await control(sim, session, "POST", "faults", body))[0] == 201
    assert (await tencent.get()).status == 503
    _, listed = await control(sim, session, "GET", "faults")
    assert (listed[0]["kind"], listed[0]["used"]) == ("http", 1)
    await control(sim, session, "DELETE", "faults")
    assert (await tencent.get()).status == 200


async def test_the_time_is_advanced(sim: Simulator, session: ClientSession) -> None:
    """The time advances by the given seconds."""
    before = sim.company.clock.simulated
    assert (await control(sim, session, "POST", "advance", {"seconds": 90}))[0] == 204
    assert sim.company.clock.simulated == before + 90


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "rooms/wecom/nowhere", {"status": 2}),
        ("PATCH", "rooms/zoom/1", {"status": 2}),
        ("PATCH", "rooms/wecom/RoomId001", {"status": 9}),
        ("PATCH", "rooms/quanshi/6516", {"colour": "red"}),
        ("DELETE", "rooms/wecom/nowhere", None),
        ("POST", "faults", {"kind": "earthquake"}),
        ("POST", "faults", {"colour": "red"}),
        ("POST", "advance", {}),
        ("PATCH", "conferences/1", {"run": True}),
        ("GET", "bookings/wecom", None),
        ("POST", "bookings/wecom", {"room_id": "nowhere"}),
        ("POST", "bookings/wecom", {"room_id": "RoomId001", "minutes": 0}),
        ("PATCH", "bookings/wecom/1", {"cancel": True}),
        ("PATCH", "bookings/quanshi/1", {"end_now": True}),
    ],
)
async def test_a_bad_request_is_rejected(
    sim: Simulator, session: ClientSession, method: str, path: str, body: Any
) -> None:
    """The response is one line with the reason."""
    status, text = await control(sim, session, method, path, body)
    assert status == 400
    assert ":" in text
