"""Test that each fault has its effect on the matching requests only."""

import asyncio
import contextlib
import json
import time
from typing import Any

from aiohttp import ClientConnectionError, ClientPayloadError, ClientSession
import pytest

from simulator import Fault, FaultKind, Simulator

from .clients import ROOMS, QuanshiClient, TencentClient, WecomClient

FEW = '{"limit": 5}'


async def test_a_fault_applies_only_to_matching_requests(
    sim: Simulator, tencent: TencentClient
) -> None:
    """Requests for other rooms and to other APIs succeed."""
    sim.faults.add(Fault("http", "tencent_meeting", "details", "100002", status=503))
    assert (await tencent.get(f"{ROOMS}/100001")).status == 200
    assert (await tencent.get(f"{ROOMS}/100002")).status == 503
    assert (await tencent.get()).status == 200


async def test_a_fault_ends_after_its_times(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The next request succeeds."""
    sim.faults.add(Fault("http", times=2, status=502))
    statuses = [(await tencent.get()).status for _ in range(3)]
    assert statuses == [502, 502, 200]
    assert len(sim.faults) == 0


async def test_faults_can_be_removed(sim: Simulator, tencent: TencentClient) -> None:
    """Either one fault or all can be removed."""
    first = sim.faults.add(Fault("empty_404"))
    sim.faults.add(Fault("empty_404", vendor="wecom"))
    sim.faults.remove(first)
    assert (await tencent.get()).status == 200
    sim.faults.clear()
    assert list(sim.faults) == []


def test_an_unknown_kind_of_fault_is_rejected() -> None:
    """The error names the kind."""
    with pytest.raises(ValueError, match="earthquake"):
        Fault("earthquake")


async def test_any_vendor_code_can_be_returned(
    sim: Simulator,
    tencent: TencentClient,
    wecom: WecomClient,
    quanshi: QuanshiClient,
) -> None:
    """The message and the HTTP status can be chosen."""
    sim.faults.add(Fault("vendor_code", "tencent_meeting", code=41, status=400))
    sim.faults.add(Fault("vendor_code", "wecom", "list", code=-1, message="busy now"))
    sim.faults.add(Fault("vendor_code", "quanshi", code=77))
    tencents, wecoms = await tencent.get(), (await wecom.post("list")).json
    assert (tencents.status, tencents.code) == (400, 41)
    assert wecoms["errcode"] == -1
    assert wecoms["errmsg"].startswith("busy now, hint: [")
    assert (await quanshi.post("room/listAll", {})).json["status"] == 77


async def test_a_proxy_returns_an_error_page(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The page is HTML, with headers such as Retry-After."""
    sim.faults.add(Fault("http", status=429, headers={"Retry-After": "30"}))
    reply = await tencent.get()
    assert (reply.status, reply.headers["Retry-After"]) == (429, "30")
    assert reply.text.startswith("<html>")


async def test_a_captive_portal_redirects(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The location can be chosen."""
    sim.faults.add(Fault("redirect", location="http://127.0.0.1:1/login"))
    reply = await tencent.get()
    assert (reply.status, reply.headers["Location"]) == (
        302,
        "http://127.0.0.1:1/login",
    )


async def test_an_empty_404_has_no_body(sim: Simulator, wecom: WecomClient) -> None:
    """The response is the same as for an unknown path."""
    sim.faults.add(Fault("empty_404", "wecom", "list"))
    reply = await wecom.post("list")
    assert (reply.status, reply.text) == (404, "")


@pytest.mark.parametrize("kind", ["invalid_json", "deep_nesting"])
async def test_a_body_can_be_invalid_json(
    sim: Simulator, tencent: TencentClient, kind: str
) -> None:
    """The JSON may also be nested too deeply for the parser."""
    sim.faults.add(Fault(kind))
    text = await tencent.get_text(ROOMS)
    with pytest.raises((ValueError, RecursionError)):
        json.loads(text)


@pytest.mark.parametrize("body", ['["a"]', '"text"', "7", "null"])
async def test_a_body_can_be_json_but_no_object(
    sim: Simulator, tencent: TencentClient, body: str
) -> None:
    """The body may be a list, a text, a number or null."""
    sim.faults.add(Fault("wrong_shape", body=body))
    assert await tencent.get_text(ROOMS) == body


async def test_every_value_can_have_a_wrong_type(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The envelope is unchanged, so that the response looks successful."""
    sim.faults.add(Fault("wrong_types", "wecom", "list"))
    answer = (await wecom.post("list")).json
    row = answer["meeting_room_list"][0]
    assert answer["errcode"] == 0
    assert row["is_allow_call"] == "maybe"
    assert isinstance(row["meeting_room_id"], list)
    assert isinstance(row["meeting_room_status"], dict)


async def test_invalid_rows_are_added_to_a_list(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The list still contains all valid rows."""
    sim.faults.add(Fault("bad_room", "tencent_meeting", "list"))
    rows = (await tencent.get(page_size=50)).json["meeting_room_list"]
    assert len(rows) == 42
    assert "nonsense" in rows


async def test_the_row_of_one_room_can_be_invalid(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The invalid row replaces the valid one."""
    sim.faults.add(Fault("bad_room", "wecom", "list", room_id="200002"))
    rows = (await wecom.post("list")).json["meeting_room_list"]
    assert rows[1]["meeting_room_status"] == "x"
    assert rows[0]["meeting_room_id"] == "RoomId001"


async def test_invalid_rows_are_added_to_a_result_of_text(
    sim: Simulator, quanshi: QuanshiClient
) -> None:
    """The text is still JSON."""
    sim.faults.add(Fault("bad_room", "quanshi", "list"))
    now = int(time.time())
    body = {"startTime": now - 9, "endTime": now + 9, "userId": quanshi.host_id}
    result = (await quanshi.post("room/conference/list", body)).json["result"]
    assert "nonsense" in json.loads(result)


async def test_a_body_can_be_truncated(sim: Simulator, tencent: TencentClient) -> None:
    """The content length announces more bytes."""
    sim.faults.add(Fault("truncate"))
    with pytest.raises(ClientPayloadError):
        await tencent.get()


async def test_a_connection_can_be_reset(
    sim: Simulator, tencent: TencentClient
) -> None:
    """No response is sent."""
    sim.faults.add(Fault("reset"))
    with pytest.raises(ClientConnectionError):
        await tencent.get()


@pytest.mark.parametrize("kind", ["hang_before", "hang_within"])
async def test_a_response_can_hang(
    sim: Simulator, tencent: TencentClient, kind: str
) -> None:
    """The client has to time out."""
    sim.faults.add(Fault(kind))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await tencent.get()


@pytest.mark.parametrize("kind", ["hang_before", "hang_within", "endless"])
async def test_hanging_responses_end_with_the_server(
    socket_enabled: None, kind: str
) -> None:
    """Stopping the server takes less than five seconds."""
    async with ClientSession() as session:
        started = time.monotonic()
        async with Simulator(rooms=2, speed=0) as sim:
            sim.faults.add(Fault(kind))
            pending = asyncio.create_task(TencentClient(sim, session).get())
            while sim.requests.count() == 0:
                await asyncio.sleep(0)
        with pytest.raises((ClientConnectionError, ClientPayloadError)):
            await pending
        assert time.monotonic() - started < 5


async def test_a_body_can_be_endless(sim: Simulator, session: ClientSession) -> None:
    """The client has to stop reading."""
    sim.faults.add(Fault("endless"))
    async with session.get(sim.url + ROOMS) as response:
        megabytes = await response.content.readexactly(4 * 1024 * 1024)
    assert megabytes.startswith(b'["xx')


async def pages(tencent: TencentClient) -> list[list[str]]:
    """Fetch the list in four pages."""
    answers = [
        (await tencent.get(page=page, page_size=10)).json for page in range(1, 5)
    ]
    return [
        [row["meeting_room_id"] for row in each["meeting_room_list"]]
        for each in answers
    ]


async def test_rooms_can_move_between_pages(
    sim: Simulator, tencent: TencentClient
) -> None:
    """Some rooms are missing, and some are listed twice."""
    sim.faults.add(Fault("shift_page", "tencent_meeting", "list"))
    rows = [room_id for page in await pages(tencent) for room_id in page]
    assert len(rows) == 40
    assert set(rows) < set(sim.company.tencent_meeting.ids)


async def test_the_same_page_can_be_repeated(
    sim: Simulator, tencent: TencentClient, wecom: WecomClient
) -> None:
    """The same page is returned for every page number and cursor."""
    sim.faults.add(Fault("repeat_page", "tencent_meeting"))
    sim.faults.add(Fault("repeat_page", "wecom", "list"))
    first, *others = await pages(tencent)
    assert all(page == first for page in others)
    one = (await wecom.post("list", FEW)).json
    body = json.dumps({"limit": 5, "cursor": one["next_cursor"]})
    assert (await wecom.post("list", body)).json == one


async def test_pages_can_be_endless(
    sim: Simulator, tencent: TencentClient, wecom: WecomClient
) -> None:
    """Every page announces another cursor or page."""
    sim.faults.add(Fault("endless_cursor", "wecom", "list"))
    sim.faults.add(Fault("endless_cursor", "tencent_meeting", "list"))
    cursors = []
    body: dict[str, Any] = {"limit": 5}
    for _ in range(10):
        answer = (await wecom.post("list", json.dumps(body))).json
        body["cursor"] = answer["next_cursor"]
        cursors.append((answer["has_more"], answer["next_cursor"]))
    assert len(set(cursors)) == 10
    assert {more for more, _ in cursors} == {True}
    far = (await tencent.get(page=500)).json
    assert (far["current_page"], far["total_page"]) == (500, 10**6)


async def test_a_token_can_expire_at_any_request(
    sim: Simulator, wecom: WecomClient
) -> None:
    """A new token is accepted."""
    sim.faults.add(Fault("token_expired", "wecom", "list", times=1))
    token = (await wecom.gettoken())["access_token"]
    assert (await wecom.post("list", token=token)).json["errcode"] == 42001
    assert (await wecom.post("list")).json["errcode"] == 0


async def test_an_ip_address_can_be_rejected(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The token is issued nevertheless; the error contains the address."""
    sim.faults.add(Fault("ip_not_allowed", "wecom", address="192.0.2.4"))
    answer = (await wecom.post("list")).json
    assert answer["errcode"] == 60020
    assert "from ip: 192.0.2.4," in answer["errmsg"]


async def test_the_servers_clock_can_be_wrong(
    sim: Simulator, tencent: TencentClient
) -> None:
    """A difference of more than five minutes rejects every request."""
    fault = sim.faults.add(Fault("clock", "tencent_meeting", seconds=301))
    assert (await tencent.get()).code == 190300
    fault.seconds = -200
    assert (await tencent.get()).status == 200


async def test_two_faults_can_be_combined(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The first fault is applied to the result of the second."""
    sim.faults.add(Fault("truncate"))
    sim.faults.add(Fault("wrong_shape", body='"' + "x" * 99 + '"'))
    with pytest.raises(ClientPayloadError):
        await tencent.get()


def test_every_kind_of_fault_can_be_created() -> None:
    """The kind is parsed from its name."""
    assert [Fault(kind).kind for kind in FaultKind] == list(FaultKind)


@pytest.mark.parametrize(
    ("kind", "carried_out", "changes"),
    [
        ("http_status", None, 1),
        ("http_status", False, 0),
        ("truncate", None, 1),
        ("truncate", False, 0),
        ("http", None, 0),
        ("http", True, 1),
        ("vendor_code", None, 0),
        ("vendor_code", True, 1),
        ("empty_404", True, 1),
        ("redirect", True, 1),
    ],
)
async def test_a_fault_lets_the_vendor_carry_out_a_change_or_not(
    sim: Simulator,
    tencent: TencentClient,
    kind: str,
    carried_out: bool | None,
    changes: int,
) -> None:
    """The response alone does not say which of the two it was."""
    now = int(sim.company.clock.now)
    meeting = {
        "userid": "operator1",
        "instanceid": 1,
        "subject": "周会",
        "type": 0,
        "start_time": str(now),
        "end_time": str(now + 3600),
    }
    fault = Fault(kind, api="create_meeting", carried_out=carried_out, code=41)
    sim.faults.add(fault)
    with contextlib.suppress(ClientPayloadError):
        await tencent.write("/v1/meetings", meeting)
    assert sim.company.writes.count("create_meeting") == changes
    assert sim.requests.count("tencent_meeting", "create_meeting") == 1
