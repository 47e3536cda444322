"""Test WeCom's tokens, errors and pagination."""

import json
from typing import Any

from aiohttp import ClientSession
from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator import Simulator

from .clients import WecomClient, send

LISTS = {
    "list": "meeting_room_list",
    "list_devices": "device_info_list",
    "list_controllers": "controller_info_list",
}


async def test_a_token_is_issued_for_the_correct_secret(wecom: WecomClient) -> None:
    """The token stays the same until it expires."""
    first, second = await wecom.gettoken(), await wecom.gettoken()
    assert first["errcode"] == 0
    assert first["access_token"] == second["access_token"]
    assert 200 < len(first["access_token"]) <= 512
    assert first["expires_in"] <= 7200


async def test_a_wrong_corp_id_or_secret_gets_no_token(wecom: WecomClient) -> None:
    """The two errors have different codes."""
    assert (await wecom.gettoken(corp_id="ww1"))["errcode"] == 40013
    assert (await wecom.gettoken(secret="x"))["errcode"] == 40001


async def test_five_wrong_secrets_ban_the_client_for_an_hour(
    freezer: FrozenDateTimeFactory, wecom: WecomClient
) -> None:
    """The correct secret is rejected during the ban."""
    codes = [(await wecom.gettoken(secret="x"))["errcode"] for _ in range(6)]
    assert codes == [40001] * 5 + [45009]
    assert (await wecom.gettoken())["errcode"] == 45009
    freezer.tick(3601)
    assert (await wecom.gettoken())["errcode"] == 0


async def test_a_ban_can_be_lifted(sim: Simulator, wecom: WecomClient) -> None:
    """The next request succeeds."""
    for _ in range(5):
        await wecom.gettoken(secret="x")
    sim.wecom.tokens.lift_ban()
    assert (await wecom.gettoken())["errcode"] == 0


async def test_an_error_has_the_vendors_format(wecom: WecomClient) -> None:
    """The error contains the hint, the address, the link and an empty list."""
    answer = (await wecom.post("list", token="nonsense")).json
    assert answer["errcode"] == 40014
    assert answer["meeting_room_list"] == []
    pieces = answer["errmsg"].split(", ")
    assert pieces[1].startswith("hint: [")
    assert pieces[2:] == [
        "from ip: 127.0.0.1",
        "more info at https://open.work.weixin.qq.com/devtool/query?e=40014",
    ]


@pytest.mark.parametrize("api", [*LISTS, "get_info", "get_inventory"])
async def test_a_request_without_a_token_is_rejected(
    wecom: WecomClient, api: str
) -> None:
    """The HTTP status is 200."""
    reply = await wecom.post(api, token="")
    assert (reply.status, reply.json["errcode"]) == (200, 41001)


async def test_a_token_in_the_header_or_the_body_is_ignored(
    sim: Simulator, session: ClientSession, wecom: WecomClient
) -> None:
    """Only a token in the query is accepted."""
    token = (await wecom.gettoken())["access_token"]
    reply = await send(
        session,
        "POST",
        f"{sim.url}/cgi-bin/meeting/rooms/list",
        headers={"Authorization": f"Bearer {token}", "access_token": token},
        body=json.dumps({"access_token": token}).encode(),
    )
    assert reply.json["errcode"] == 41001


async def test_a_token_expires(
    freezer: FrozenDateTimeFactory, sim: Simulator, wecom: WecomClient
) -> None:
    """The next token is different."""
    sim.accounts.wecom.token_lifetime = 60
    old = (await wecom.gettoken())["access_token"]
    freezer.tick(61)
    assert (await wecom.post("list", token=old)).json["errcode"] == 42001
    assert (await wecom.gettoken())["access_token"] != old


async def test_a_token_can_expire_early(sim: Simulator, wecom: WecomClient) -> None:
    """WeCom may invalidate a token at any time."""
    old = (await wecom.gettoken())["access_token"]
    sim.wecom.expire_tokens()
    assert (await wecom.post("list", token=old)).json["errcode"] == 42001
    assert (await wecom.post("list")).json["errcode"] == 0


async def test_an_untrusted_address_gets_a_token_but_no_data(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The first request with the token is rejected."""
    sim.accounts.wecom.trusted_ips = {"198.51.100.1"}
    sim.accounts.wecom.client_ip = "203.0.113.9"
    assert (await wecom.gettoken())["errcode"] == 0
    answer = (await wecom.post("list")).json
    assert answer["errcode"] == 60020
    assert "from ip: 203.0.113.9," in answer["errmsg"]
    sim.accounts.wecom.trusted_ips.add("203.0.113.9")
    assert (await wecom.post("list")).json["errcode"] == 0


async def test_a_missing_permission_is_rejected_for_that_api_only(
    sim: Simulator, wecom: WecomClient
) -> None:
    """Other APIs succeed."""
    sim.accounts.wecom.permissions.revoke("get_info")
    assert (await wecom.post("get_info")).json["errcode"] == 48002
    assert (await wecom.post("list")).json["errcode"] == 0


@pytest.mark.parametrize(
    ("api", "body", "code"),
    [
        ("list", "no json", 47001),
        ("list", "[]", 47001),
        ("list", '{"limit": 51}', 40058),
        ("list", '{"limit": 0}', 40058),
        ("list", '{"limit": "20"}', 40058),
        ("list", '{"cursor": "abc"}', 40058),
        ("list", '{"cursor": "é"}', 40058),
        ("list", '{"cursor": 1}', 40035),
        ("list", '{"meeting_room_name": 1}', 40035),
        ("list", '{"meeting_room_name": "\\u4e00"}', 40058),
        ("get_info", "{}", 40063),
        ("get_info", '{"meeting_room_id": 200002}', 40035),
        ("get_info", '{"meeting_room_id": "gone"}', 40058),
    ],
)
async def test_an_invalid_body_is_rejected(
    wecom: WecomClient, api: str, body: str, code: int
) -> None:
    """Ids are text, limits are numbers, text is not escaped."""
    assert (await wecom.post(api, body)).json["errcode"] == code


async def test_the_lists_require_post(
    sim: Simulator, session: ClientSession, wecom: WecomClient
) -> None:
    """GET is rejected with a code."""
    token = (await wecom.gettoken())["access_token"]
    url = f"{sim.url}/cgi-bin/meeting/rooms/list?access_token={token}"
    assert (await send(session, "GET", url)).json["errcode"] == 43002


async def test_gettoken_requires_get(sim: Simulator, session: ClientSession) -> None:
    """POST is rejected with a code."""
    url = f"{sim.url}/cgi-bin/gettoken?corpid=x&corpsecret=y"
    assert (await send(session, "POST", url)).json["errcode"] == 43001


async def test_an_unknown_path_is_an_empty_404(wecom: WecomClient) -> None:
    """The body is empty."""
    reply = await wecom.post("nothing")
    assert (reply.status, reply.text) == (404, "")


async def all_rows(wecom: WecomClient, api: str, limit: int) -> list[Any]:
    """Fetch every page of a list."""
    rows: list[Any] = []
    body: dict[str, Any] = {"limit": limit}
    more = True
    while more:
        answer = (await wecom.post(api, json.dumps(body))).json
        rows += answer[LISTS[api]]
        body["cursor"], more = answer["next_cursor"], answer["has_more"]
    return rows


async def test_all_pages_together_are_complete(
    sim: Simulator, wecom: WecomClient
) -> None:
    """Three pages contain twenty rooms, and ids may be any text."""
    rows = await all_rows(wecom, "list", 8)
    assert [row["meeting_room_id"] for row in rows] == sim.company.wecom.ids
    assert {"RoomId001", "200002", "000003"} <= {row["meeting_room_id"] for row in rows}
    assert sim.requests.count("wecom", "list") == 3


@pytest.mark.parametrize("api", ["list_devices", "list_controllers"])
async def test_the_other_lists_have_pages_too(wecom: WecomClient, api: str) -> None:
    """Small pages give the same rows as one large page."""
    assert await all_rows(wecom, api, 3) == await all_rows(wecom, api, 50)


@pytest.mark.parametrize(
    "changed", [{"limit": 6}, {"limit": None}, {"meeting_room_name": "楼"}]
)
async def test_a_cursor_is_bound_to_the_limit_and_the_filter(
    wecom: WecomClient, changed: dict[str, Any]
) -> None:
    """A request with another limit or filter is rejected."""
    first = (await wecom.post("list", '{"limit": 5}')).json
    params = {"limit": 5, "cursor": first["next_cursor"]} | changed
    body = {key: value for key, value in params.items() if value is not None}
    reply = await wecom.post("list", json.dumps(body, ensure_ascii=False))
    assert reply.json["errcode"] == 40058


async def test_a_cursor_is_bound_to_its_list(wecom: WecomClient) -> None:
    """Another list rejects the cursor."""
    first = (await wecom.post("list", '{"limit": 5}')).json
    body = json.dumps({"limit": 5, "cursor": first["next_cursor"]})
    assert (await wecom.post("list_devices", body)).json["errcode"] == 40058


async def test_details_contain_the_values_of_the_room(
    sim: Simulator, wecom: WecomClient
) -> None:
    """The response contains all documented objects."""
    sim.company.change("wecom", "RoomId001", status=3, cpu_usage="1.7", sn="SN-1")
    answer = (await wecom.post("get_info", '{"meeting_room_id": "RoomId001"}')).json
    assert answer["hardware_info"]["meeting_room_status"] == 3
    assert answer["hardware_info"]["cpu_usage"] == "1.7"
    assert answer["hardware_info"]["sn"] == "SN-1"
    assert {
        "errcode",
        "basic_info",
        "account_info",
        "pmi_info",
        "monitor_status",
        "is_allow_call",
        "scheduled_status",
    } <= set(answer)


async def test_accounts_are_counted(wecom: WecomClient) -> None:
    """Bought and used accounts are counted by kind."""
    answer = (await wecom.post("get_inventory", "")).json
    assert answer["normal_count"] + answer["special_count"] == 20
    assert answer["normal_used_count"] <= answer["normal_count"]
    assert answer["special_expired_count"] == 0
