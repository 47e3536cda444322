"""Test the faults of gateways, portals and vendors that return valid HTTP."""

import json
from typing import Any

from aiohttp import ClientSession
from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator import Fault, Simulator

from .clients import ROOMS, QuanshiClient, Reply, TencentClient, WecomClient, send
from .test_control import control

PAGE = "<html><body>Sign in</body></html>"


async def get_bytes(sim: Simulator, tencent: TencentClient) -> tuple[bytes, str]:
    """Request the list, and return the undecoded body and its content type."""
    target = tencent.target(ROOMS)
    async with tencent.session.get(
        sim.url + target, headers=tencent.headers(target)
    ) as response:
        return await response.read(), response.headers["Content-Type"]


async def post_rooms(quanshi: QuanshiClient) -> Reply:
    """Request all rooms of Quanshi, and accept any content type."""
    sim = quanshi.sim
    headers = {
        "token": sim.accounts.quanshi.token,
        "Content-Type": "application/json",
    }
    url = f"{sim.url}/confopenapi/room/listAll"
    return await send(quanshi.session, "POST", url, headers, b"{}")


@pytest.mark.parametrize("status", [401, 403])
async def test_one_api_can_return_an_html_page(
    sim: Simulator, quanshi: QuanshiClient, status: int
) -> None:
    """The other APIs succeed."""
    sim.faults.add(Fault("http", "quanshi", "listAll", status=status, body=PAGE))
    reply = await post_rooms(quanshi)
    assert (reply.status, reply.text) == (status, PAGE)
    assert reply.headers["Content-Type"].startswith("text/html")
    assert (await quanshi.post("conference/listbystatus", {})).json["status"] == 0


@pytest.mark.parametrize(
    ("code", "message"), [(7, "create token timeout"), (10001, "参数错误")]
)
async def test_quanshi_can_return_any_status_and_message(
    sim: Simulator, quanshi: QuanshiClient, code: int, message: str
) -> None:
    """The HTTP status is 200 unless one is given."""
    sim.faults.add(Fault("vendor_code", "quanshi", code=code, message=message))
    reply = await quanshi.post("room/listAll", {})
    assert reply.status == 200
    assert (reply.json["status"], reply.json["msg"]) == (code, message)
    assert "result" not in reply.json


async def test_quanshi_can_put_its_result_into_an_array(
    sim: Simulator, quanshi: QuanshiClient
) -> None:
    """The object with the rows is the only element."""
    event_id = sim.company.quanshi.bookings[0].event_id
    sim.faults.add(Fault("array_result", "quanshi", "getStatus"))
    reply = await quanshi.post("conference/getStatus", {"eventIds": [event_id]})
    ((row,),) = [each["conferences"] for each in reply.json["result"]]
    assert row["eventId"] == event_id


@pytest.mark.parametrize("status", [201, 203])
async def test_valid_json_can_have_another_http_status(
    sim: Simulator, tencent: TencentClient, status: int
) -> None:
    """The body is unchanged."""
    sim.faults.add(Fault("http_status", status=status))
    reply = await tencent.get()
    assert (reply.status, reply.json["total_count"]) == (status, 40)


async def test_fields_can_be_added_to_a_valid_response(
    sim: Simulator, tencent: TencentClient
) -> None:
    """An empty `error_info` is an example."""
    sim.faults.add(Fault("extra_fields", fields={"error_info": {}}))
    reply = await tencent.get()
    assert (reply.json["error_info"], reply.json["total_count"]) == ({}, 40)


async def test_a_byte_order_mark_can_follow_a_line_break(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The JSON is after the mark."""
    sim.faults.add(Fault("body_prefix"))
    body, _ = await get_bytes(sim, tencent)
    assert body.startswith(b"\n\xef\xbb\xbf{")
    assert json.loads(body.decode().removeprefix("\n\ufeff"))["total_count"] == 40


@pytest.mark.parametrize(
    ("declared", "content_type"),
    [(True, "application/json; charset=gbk"), (False, "application/json")],
)
async def test_a_body_can_be_encoded_in_gbk(
    sim: Simulator, tencent: TencentClient, declared: bool, content_type: str
) -> None:
    """The content type names the charset or does not."""
    sim.company.rename("tencent_meeting", "100001", "会议室")
    sim.faults.add(Fault("charset", charset="gbk", declared=declared))
    body, shown = await get_bytes(sim, tencent)
    assert shown == content_type
    rows = json.loads(body.decode("gbk"))["meeting_room_list"]
    assert rows[0]["meeting_room_name"] == "会议室"


async def test_a_server_can_be_unavailable_for_an_hour(
    sim: Simulator, tencent: TencentClient
) -> None:
    """The pause is in seconds."""
    sim.faults.add(Fault("http", status=503, headers={"Retry-After": "3600"}))
    reply = await tencent.get()
    assert (reply.status, reply.headers["Retry-After"]) == (503, "3600")


async def test_a_pause_can_be_a_date_by_the_servers_clock(
    freezer: FrozenDateTimeFactory, sim: Simulator, tencent: TencentClient
) -> None:
    """Both dates have the offset of the clock."""
    freezer.move_to("2026-11-21 04:00:00")
    offset = 8 * 3600
    sim.faults.add(Fault("retry_date", seconds=offset, retry_after=90))
    reply = await tencent.get()
    assert reply.status == 429
    assert reply.headers["Date"] == "Sat, 21 Nov 2026 12:00:00 GMT"
    assert reply.headers["Retry-After"] == "Sat, 21 Nov 2026 12:01:30 GMT"


async def test_wecoms_token_can_be_replaced_by_another_program(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The request is rejected with 40001, and a new token is accepted."""
    sim.faults.add(Fault("token_replaced", "wecom", "list", times=1))
    old = (await wecom.gettoken())["access_token"]
    reply = (await wecom.post("list", token=old)).json
    assert reply["errcode"] == 40001
    assert "not latest" in reply["errmsg"]
    assert (await wecom.post("list", token=old)).json["errcode"] == 40001
    new = await wecom.gettoken()
    assert (new["errcode"], new["access_token"] == old) == (0, False)
    assert (await wecom.post("list")).json["errcode"] == 0


@pytest.mark.parametrize("code", [190004, 190001])
async def test_a_missing_operator_is_rejected(
    sim: Simulator, tencent: TencentClient, code: int
) -> None:
    """The code can be chosen."""
    sim.accounts.tencent_meeting.missing_operator_code = code
    assert (await tencent.send(ROOMS, tencent.headers(ROOMS))).code == code
    assert (await tencent.get()).status == 200


async def test_an_account_is_changed_over_http(
    sim: Simulator, session: ClientSession, tencent: TencentClient
) -> None:
    """The next request is checked with the new settings."""
    body = {"operator_required": True, "missing_operator_code": 190004}
    status, _ = await control(sim, session, "PATCH", "accounts/tencent_meeting", body)
    assert status == 204
    assert (await tencent.send(ROOMS, tencent.headers(ROOMS))).code == 190004
    rejected = {"colour": "red"}
    status, _ = await control(sim, session, "PATCH", "accounts/wecom", rejected)
    assert status == 400


@pytest.mark.parametrize(
    ("fault", "status", "header"),
    [
        (
            {"kind": "http", "status": 503, "headers": {"Retry-After": "3600"}},
            503,
            ("Retry-After", "3600"),
        ),
        (
            {"kind": "charset", "charset": "gbk"},
            200,
            ("Content-Type", "application/json; charset=gbk"),
        ),
        (
            {"kind": "http_status", "status": 203},
            203,
            ("Content-Type", "application/json; charset=utf-8"),
        ),
    ],
)
async def test_a_fault_can_be_added_over_http(
    sim: Simulator,
    tencent: TencentClient,
    fault: dict[str, Any],
    status: int,
    header: tuple[str, str],
) -> None:
    """The fault applies to the next request."""
    await control(sim, tencent.session, "POST", "faults", fault)
    reply = await tencent.get()
    assert reply.status == status
    assert header in reply.headers.items()
