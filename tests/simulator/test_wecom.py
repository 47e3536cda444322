"""Test WeCom: its tokens, its refusals, its chains of pages."""

import json
from typing import Any

from aiohttp import ClientSession
from freezegun.api import FrozenDateTimeFactory
import pytest

from simulator import Simulator

from .callers import WecomCaller, send

LISTS = {
    "list": "meeting_room_list",
    "list_devices": "device_info_list",
    "list_controllers": "controller_info_list",
}


async def test_a_token_is_given_for_the_right_secret(wecom: WecomCaller) -> None:
    """It is long, and it is the same one as long as it lives."""
    first, second = await wecom.gettoken(), await wecom.gettoken()
    assert first["errcode"] == 0
    assert first["access_token"] == second["access_token"]
    assert 200 < len(first["access_token"]) <= 512
    assert first["expires_in"] <= 7200


async def test_a_wrong_company_or_secret_gets_no_token(wecom: WecomCaller) -> None:
    """Each has a code of its own."""
    assert (await wecom.gettoken(corp_id="ww1"))["errcode"] == 40013
    assert (await wecom.gettoken(secret="x"))["errcode"] == 40001


async def test_five_wrong_secrets_ban_the_caller_for_an_hour(
    freezer: FrozenDateTimeFactory, wecom: WecomCaller
) -> None:
    """Even the right secret is refused then."""
    codes = [(await wecom.gettoken(secret="x"))["errcode"] for _ in range(6)]
    assert codes == [40001] * 5 + [45009]
    assert (await wecom.gettoken())["errcode"] == 45009
    freezer.tick(3601)
    assert (await wecom.gettoken())["errcode"] == 0


async def test_a_ban_can_be_lifted_by_hand(sim: Simulator, wecom: WecomCaller) -> None:
    """A test need not wait."""
    for _ in range(5):
        await wecom.gettoken(secret="x")
    sim.wecom.tokens.lift_ban()
    assert (await wecom.gettoken())["errcode"] == 0


async def test_a_refusal_has_the_vendors_form(wecom: WecomCaller) -> None:
    """The hint, the address and the link stand in it, and the empty list too."""
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
async def test_a_call_without_a_token_is_refused(wecom: WecomCaller, api: str) -> None:
    """HTTP knows nothing of it."""
    reply = await wecom.post(api, token="")
    assert (reply.status, reply.json["errcode"]) == (200, 41001)


async def test_a_token_in_the_header_or_the_body_is_ignored(
    sim: Simulator, session: ClientSession, wecom: WecomCaller
) -> None:
    """Only the query counts."""
    token = (await wecom.gettoken())["access_token"]
    reply = await send(
        session,
        "POST",
        f"{sim.url}/cgi-bin/meeting/rooms/list",
        headers={"Authorization": f"Bearer {token}", "access_token": token},
        body=json.dumps({"access_token": token}).encode(),
    )
    assert reply.json["errcode"] == 41001


async def test_a_token_ends_with_its_life(
    freezer: FrozenDateTimeFactory, sim: Simulator, wecom: WecomCaller
) -> None:
    """The next one is another."""
    sim.accounts.wecom.token_life = 60
    old = (await wecom.gettoken())["access_token"]
    freezer.tick(61)
    assert (await wecom.post("list", token=old)).json["errcode"] == 42001
    assert (await wecom.gettoken())["access_token"] != old


async def test_a_token_can_be_ended_early(sim: Simulator, wecom: WecomCaller) -> None:
    """WeCom may do so at any time."""
    old = (await wecom.gettoken())["access_token"]
    sim.wecom.end_sessions()
    assert (await wecom.post("list", token=old)).json["errcode"] == 42001
    assert (await wecom.post("list")).json["errcode"] == 0


async def test_an_untrusted_address_gets_a_token_but_no_answer(
    sim: Simulator, wecom: WecomCaller
) -> None:
    """Only the first business call tells."""
    sim.accounts.wecom.trusted = {"198.51.100.1"}
    sim.accounts.wecom.seen_as = "203.0.113.9"
    assert (await wecom.gettoken())["errcode"] == 0
    answer = (await wecom.post("list")).json
    assert answer["errcode"] == 60020
    assert "from ip: 203.0.113.9," in answer["errmsg"]
    sim.accounts.wecom.trusted.add("203.0.113.9")
    assert (await wecom.post("list")).json["errcode"] == 0


async def test_a_withdrawn_right_is_refused_for_that_api_only(
    sim: Simulator, wecom: WecomCaller
) -> None:
    """Rights are given one by one."""
    sim.accounts.wecom.grants.withdraw("get_info")
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
async def test_a_wrong_body_is_refused(
    wecom: WecomCaller, api: str, body: str, code: int
) -> None:
    """Ids are text, limits are numbers, text is raw."""
    assert (await wecom.post(api, body)).json["errcode"] == code


async def test_reading_is_posting(
    sim: Simulator, session: ClientSession, wecom: WecomCaller
) -> None:
    """GET is refused with a code."""
    token = (await wecom.gettoken())["access_token"]
    url = f"{sim.url}/cgi-bin/meeting/rooms/list?access_token={token}"
    assert (await send(session, "GET", url)).json["errcode"] == 43002


async def test_a_token_is_got_not_posted(
    sim: Simulator, session: ClientSession
) -> None:
    """POST is refused with a code."""
    url = f"{sim.url}/cgi-bin/gettoken?corpid=x&corpsecret=y"
    assert (await send(session, "POST", url)).json["errcode"] == 43001


async def test_an_unknown_path_is_an_empty_404(wecom: WecomCaller) -> None:
    """There is no JSON to read."""
    reply = await wecom.post("nothing")
    assert (reply.status, reply.text) == (404, "")


async def chain(wecom: WecomCaller, api: str, limit: int) -> list[Any]:
    """Read a list to its end."""
    rows: list[Any] = []
    asked: dict[str, Any] = {"limit": limit}
    more = True
    while more:
        answer = (await wecom.post(api, json.dumps(asked))).json
        rows += answer[LISTS[api]]
        asked["cursor"], more = answer["next_cursor"], answer["has_more"]
    return rows


async def test_a_chain_of_pages_is_complete(sim: Simulator, wecom: WecomCaller) -> None:
    """Twenty rooms in three pages; ids are opaque text."""
    rows = await chain(wecom, "list", 8)
    assert [row["meeting_room_id"] for row in rows] == sim.estate.wecom.ids
    assert {"RoomId001", "200002", "000003"} <= {row["meeting_room_id"] for row in rows}
    assert sim.requests.count("wecom", "list") == 3


@pytest.mark.parametrize("api", ["list_devices", "list_controllers"])
async def test_the_other_lists_are_chains_too(wecom: WecomCaller, api: str) -> None:
    """Small pages give the same rows as one large page."""
    assert await chain(wecom, api, 3) == await chain(wecom, api, 50)


@pytest.mark.parametrize(
    "changed", [{"limit": 6}, {"limit": None}, {"meeting_room_name": "楼"}]
)
async def test_a_chain_keeps_its_limit_and_its_filter(
    wecom: WecomCaller, changed: dict[str, Any]
) -> None:
    """A cursor belongs to the question that it came from."""
    first = (await wecom.post("list", '{"limit": 5}')).json
    asked = {"limit": 5, "cursor": first["next_cursor"]} | changed
    body = {key: value for key, value in asked.items() if value is not None}
    reply = await wecom.post("list", json.dumps(body, ensure_ascii=False))
    assert reply.json["errcode"] == 40058


async def test_a_cursor_of_one_list_is_none_of_another(wecom: WecomCaller) -> None:
    """Cursors cannot be carried over."""
    first = (await wecom.post("list", '{"limit": 5}')).json
    body = json.dumps({"limit": 5, "cursor": first["next_cursor"]})
    assert (await wecom.post("list_devices", body)).json["errcode"] == 40058


async def test_details_are_those_of_the_room(
    sim: Simulator, wecom: WecomCaller
) -> None:
    """The seed's four objects and three switches."""
    sim.estate.change("wecom", "RoomId001", status=3, cpu_usage="1.7", sn="SN-1")
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


async def test_accounts_are_counted(wecom: WecomCaller) -> None:
    """Bought and used, by kind."""
    answer = (await wecom.post("get_inventory", "")).json
    assert answer["normal_count"] + answer["special_count"] == 20
    assert answer["normal_used_count"] <= answer["normal_count"]
    assert answer["special_expired_count"] == 0
